"""Who is the player when several hands are in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.player_choice import ChoiceRule, PlayerChoice


def hand(hand_id: int, *, x: float = 300, y: float = 240, palm: float = 60, up: bool = True) -> Hand:
    points = np.zeros((21, 3), np.float32)
    points[:, :2] = (x, y)
    points[0, 1] = y + palm if up else y - palm
    return Hand(hand_id, "Right", 1.0, 1.0, points, points)


def frame(time_s: float, *hands: Hand) -> HandFrame:
    return HandFrame(0, time_s, 640, 480, hands=hands)


@pytest.mark.parametrize(
    ("rule", "wanted"), [("first", 1), ("nearest", 2), ("raised", 3)], ids=["first", "nearest", "raised"]
)
def test_each_rule_takes_its_hand_and_stays_with_it(rule: ChoiceRule, wanted: int) -> None:
    choice = PlayerChoice(rule)
    crowd = (hand(1, y=300, up=False), hand(2, y=400, palm=150), hand(3, y=100, palm=40))
    assert choice.update(frame(0.0, *crowd)) == wanted
    walker = hand(9, y=50, palm=300)
    for step in range(20):
        assert choice.update(frame(0.1 * step, *crowd, walker)) == wanted


def test_player_out_of_sight_for_a_moment_stays_the_player() -> None:
    choice = PlayerChoice()
    assert choice.update(frame(0.0, hand(1))) == 1
    assert choice.update(frame(0.8, hand(2))) == 1
    assert choice.update(frame(0.9, hand(1), hand(2))) == 1
    assert choice.update(frame(1.8, hand(2))) == 1
    assert choice.update(frame(2.0, hand(2))) == 2


def test_nobody_raised_is_nobody() -> None:
    choice = PlayerChoice("raised")
    assert choice.update(frame(0.0, hand(1, up=False), hand(2, y=450))) is None
    assert choice.update(frame(0.1, hand(1, up=False), hand(2, y=100))) == 2


def test_reset_frees_the_place() -> None:
    choice = PlayerChoice()
    choice.update(frame(0.0, hand(1)))
    choice.reset()
    assert choice.update(frame(0.1, hand(2))) == 2


def test_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="rule: got 'loudest', wanted one of first, nearest, raised"):
        PlayerChoice("loudest")  # type: ignore[arg-type]  # the point of the test
