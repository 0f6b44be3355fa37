"""The hint hand: it moves between the right poses, stands still when asked to, and shows the hand as in a mirror."""

from __future__ import annotations

import numpy as np
import pytest

from handplay.engine.hands import INDEX_TIP, PINKY_TIP, THUMB_TIP, WRIST
from handplay.games.pong.hint_hand import _MOVES, _STEPS, Hint, _shape


@pytest.mark.parametrize("hint", sorted(_MOVES))
def test_a_move_rests_holds_and_comes_back(hint: Hint) -> None:
    move = _MOVES[hint]
    period_s = move.rest_s + 2 * move.change_s + move.held_s
    shares = [move.share(time_s) for time_s in np.linspace(0, period_s, 200, endpoint=False)]
    assert (shares[0], max(shares), shares[-1] < 0.01) == (0.0, 1.0, True)
    assert move.share(move.rest_s + move.change_s + 0.1) == 1.0
    # No jump anywhere, also not from one round to the next.
    assert max(abs(b - a) for a, b in zip(shares, [*shares[1:], shares[0]], strict=True)) < 0.1


def test_the_fist_opens() -> None:
    def reach(step: int) -> float:
        points = _shape("fist", "open_palm", step, "Right")
        return float(np.hypot(*(points[INDEX_TIP] - points[WRIST])[:2]))

    assert reach(_STEPS) > 1.5 * reach(0)


def test_a_right_hand_shows_its_thumb_on_the_left_as_in_a_mirror() -> None:
    points = _shape("fist", "open_palm", _STEPS, "Right")
    assert points[THUMB_TIP, 0] < points[PINKY_TIP, 0]


def test_the_thumb_points_up() -> None:
    points = _shape("fist", "thumbs_up", _STEPS, "Right")
    assert points[THUMB_TIP, 1] == points[:, 1].min()
