"""Poses in words, from examples."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

import numpy as np
import pytest

from handplay.gestures.kinds import Pose
from handplay.gestures.learn.rules import Facts, describe, facts_of_table


def facts(builders: ModuleType, *hands: Mapping[str, object]) -> Facts:
    """Each hand as it is, and turned a little."""
    turns: tuple[dict[str, object], ...] = ({}, {"yaw": 12}, {"pitch": 10}, {"yaw": -12}, {"pitch": -10})
    shown = [builders.build_hand(**{**hand, **turn}).landmarks_px for hand in hands for turn in turns]
    return facts_of_table(np.stack(shown), ["Right"] * len(shown))


BENT = ("thumb", "index", "middle", "ring", "pinky")
STATES = ("extended", "half", "curled")


@pytest.mark.parametrize("finger", range(1, 5), ids=BENT[1:])
@pytest.mark.parametrize("state", STATES)
def test_the_state_of_a_finger_is_found(builders: ModuleType, finger: int, state: str) -> None:
    pose = describe("x", facts(builders, {BENT[finger]: state}))
    words = pose.fingers[finger] or frozenset()
    assert state in words
    assert len(words) <= 2


def test_a_finger_in_two_states_gets_both(builders: ModuleType) -> None:
    pose = describe("x", facts(builders, {"ring": "half"}, {"ring": "curled"}))
    assert pose.fingers[3] == frozenset({"half", "curled"})


def test_a_finger_that_may_be_anything_is_left_out(builders: ModuleType) -> None:
    pose = describe("x", facts(builders, *({"ring": state} for state in STATES)))
    assert pose.fingers[3] is None


def test_only_words_that_keep_others_out_are_added(builders: ModuleType) -> None:
    apart, together = facts(builders, {"splay": 1.5}), facts(builders, {"splay": 0.0})
    assert describe("x", apart).apart == ()
    pose = describe("x", apart, together)
    assert pose.apart
    assert apart.share(pose) > 0.9
    assert together.share(pose) == 0
    fist = facts(builders, dict.fromkeys(BENT, "curled"))
    assert describe("x", apart, fist).apart == ()


@pytest.mark.parametrize(
    ("hand", "pointing"),
    [
        pytest.param({**dict.fromkeys(BENT[1:], "curled"), "roll": -75}, ((0, "up"),), id="a thumb that stands alone"),
        pytest.param({**dict.fromkeys(BENT[1:], "curled"), "roll": 105}, ((0, "down"),), id="and down"),
        pytest.param({}, (), id="the thumb of an open hand, and fingers that are up anyway"),
        pytest.param({**dict.fromkeys(BENT, "curled"), "index": "extended"}, (), id="a finger up"),
        pytest.param(
            {**dict.fromkeys(BENT, "curled"), "index": "extended", "roll": 180}, ((1, "down"),), id="a finger down"
        ),
    ],
)
def test_a_direction_that_all_share_is_kept(
    builders: ModuleType, hand: Mapping[str, object], pointing: tuple[tuple[int, str], ...]
) -> None:
    shown = facts(builders, hand)
    assert describe("x", shown).pointing == pointing
    others = facts(builders, dict.fromkeys(BENT, "curled"))
    assert describe("x", shown, others).pointing == pointing


def test_a_direction_that_they_do_not_share_is_none(builders: ModuleType) -> None:
    thumb = dict.fromkeys(BENT[1:], "curled")
    shown = facts(builders, *({**thumb, "roll": roll} for roll in (-75, 15, 105)))
    assert describe("x", shown).pointing == ()


def test_directions_are_found_where_they_matter(builders: ModuleType) -> None:
    thumb = dict.fromkeys(BENT[1:], "curled")
    up, down = facts(builders, {**thumb, "roll": -75}), facts(builders, {**thumb, "roll": 105})
    pose = describe("x", up, down)
    assert ("up" in dict(pose.pointing).values()) or ("down" not in dict(pose.pointing).values())
    assert up.share(pose) > 0.9
    assert down.share(pose) == 0


def test_the_side_of_the_palm_is_found(builders: ModuleType) -> None:
    front = facts(builders, {})
    back_turned = [builders.build_hand(yaw=180 + turn).landmarks_px for turn in (-10, 0, 10)]
    back = facts_of_table(np.stack(back_turned), ["Right"] * 3)
    pose = describe("x", front, back)
    assert front.share(pose) > 0.9
    assert back.share(pose) == 0


def test_facts_are_those_of_the_pose_itself(builders: ModuleType) -> None:
    shown = facts(builders, {"index": "curled"}, {})
    curled = Pose(name="x", fingers=(None, frozenset({"curled"}), None, None, None))
    assert shown.shows(curled).tolist() == [True] * 5 + [False] * 5
