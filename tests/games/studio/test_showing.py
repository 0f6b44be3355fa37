"""Words, log and lights follow the gesture events."""

from __future__ import annotations

import itertools

import pytest

from handplay.games.studio.showing import FILL_S, LOG_STAY_S, STAY_S, Happened, Showing
from handplay.gestures.reading import Coming

LAYERS = {"fist": "pose", "rock": "pose", "pinch": "grip", "swipe_left": "motion", "zoom": "two_hands"}


@pytest.fixture
def now() -> Showing:
    return Showing(LAYERS)


def run(now: Showing, seconds: float) -> None:
    for _ in range(round(seconds * 120)):
        now.update(1 / 120)


def test_a_word_comes_fills_and_goes(now: Showing) -> None:
    now.tell("down", "fist", "Right")
    run(now, 0.3)
    word = now.words["Right"]
    assert (word.name, word.ended, word.fade.value) == ("fist", False, 1.0)
    assert 0.2 < word.fill < 0.3
    run(now, FILL_S)
    assert word.fill == 1.0
    now.tell("up", "fist", "Right", held_s=1.5)
    run(now, 0.3)
    assert word.fade.value == 0.0
    assert now.words["Left"].name == ""


def test_a_quick_one_stays_long_enough_to_be_read(now: Showing) -> None:
    now.tell("down", "swipe_left", "Right")
    now.tell("up", "swipe_left", "Right")
    run(now, STAY_S - 0.05)
    assert now.words["Right"].fade.value == 1.0
    assert now.lit["swipe_left"].value == 1.0
    run(now, 0.5)
    assert now.words["Right"].fade.value == 0.0
    assert "swipe_left" not in now.lit


def test_a_motion_is_shown_before_the_pose_it_is_made_with(now: Showing) -> None:
    now.tell("down", "fist", "Right")
    run(now, 0.5)
    now.tell("down", "swipe_left", "Right")
    now.tell("up", "swipe_left", "Right")
    run(now, 0.1)
    assert now.words["Right"].name == "swipe_left"
    run(now, STAY_S)
    assert (now.words["Right"].name, now.words["Right"].ended) == ("fist", False)


def test_a_grip_is_a_detail_of_the_pose(now: Showing) -> None:
    now.tell("down", "fist", "Right")
    run(now, 0.1)
    now.tell("down", "pinch", "Right")
    run(now, 0.1)
    assert now.words["Right"].name == "fist"
    assert now.is_on("pinch")
    assert set(now.lit) == {"fist", "pinch"}


def test_two_hands_have_a_word_of_their_own(now: Showing) -> None:
    now.tell("down", "zoom", "Left", value=1.0)
    now.tell("hold", "zoom", "Left", value=1.4)
    run(now, 0.2)
    assert (now.words["Both"].name, now.words["Both"].value) == ("zoom", 1.4)
    assert now.words["Left"].name == ""
    assert now.lit_by["zoom"] == "Both"


def test_a_gesture_of_both_hands_at_once_is_lit_for_both(now: Showing) -> None:
    now.tell("down", "fist", "Left")
    by = [now.lit_by["fist"]]
    now.tell("down", "fist", "Right")
    by.append(now.lit_by["fist"])
    assert by == ["Left", "Both"]
    now.tell("up", "fist", "Left")
    run(now, 0.1)
    assert now.is_on("fist")


def test_a_lost_hand_takes_its_word_at_once(now: Showing) -> None:
    now.tell("down", "fist", "Right")
    run(now, 0.2)
    now.tell("cancel", "fist", "Right")
    run(now, 0.2)
    assert now.words["Right"].fade.value == 0.0
    assert now.words["Right"].cancelled


def test_the_log_is_newest_first_and_counts_a_hold_in_one_line(now: Showing) -> None:
    now.tell("down", "fist", "Right")
    run(now, 0.5)
    for held_s in (0.1, 0.2, 0.3):
        now.tell("hold", "fist", "Right", held_s=held_s)
    now.tell("up", "fist", "Right", held_s=0.4)
    assert [(line.happened, line.held_s) for line in now.logs["Right"]] == [("up", 0.4), ("hold", 0.3), ("down", 0.0)]
    assert not now.logs["Left"]


def test_a_hold_of_the_next_time_is_a_new_line(now: Showing) -> None:
    story: tuple[Happened, ...] = ("down", "hold", "up", "down", "hold")
    for happened in story:
        now.tell(happened, "fist", "Right")
    assert [line.happened for line in now.logs["Right"]] == ["hold", "down", "up", "hold", "down"]


def test_log_lines_fade(now: Showing) -> None:
    now.tell("down", "fist", "Right")
    line = now.logs["Right"][0]
    run(now, LOG_STAY_S - 0.1)
    assert now.age(line) == 1.0
    run(now, 5.0)
    assert now.age(line) == 0.0


def test_counts_are_of_beginnings(now: Showing) -> None:
    for _ in range(3):
        now.tell("down", "rock", "Left")
        now.tell("up", "rock", "Left")
    assert now.counts == {"rock": 3}


def test_a_gesture_that_does_not_tell_its_end_ends_with_its_hand() -> None:
    now = Showing(LAYERS, frozenset({"rock"}))
    now.tell("down", "rock", "Right")
    now.tell("down", "pinch", "Right")
    now.still_on({"rock"})
    run(now, 2.0)
    on = [now.is_on("rock")]
    now.still_on(set())
    run(now, 0.5)
    assert [*on, now.is_on("rock")] == [True, False]
    assert "rock" not in now.lit
    assert now.is_on("pinch")


def hold(now: Showing, seconds: float, name: str = "fist", hold_s: float = 1.0, from_s: float = 0.0) -> None:
    """A right hand shows it, seen by a camera at 30 pictures a second."""
    for step in range(round(seconds * 120)):
        now.hold({"Right": [Coming(name, from_s + step // 4 / 30, hold_s)]})
        now.update(1 / 120)


def test_what_must_be_held_fills_evenly_until_it_begins(now: Showing) -> None:
    hold(now, 0.5)
    held = now.holding["Right"]
    assert (held.name, held.done) == ("fist", False)
    assert held.share == pytest.approx(0.5, abs=0.03)
    assert held.left_s == pytest.approx(0.5, abs=0.03)
    assert held.fade.value == 1.0
    shares = []
    for step in range(48):
        now.hold({"Right": [Coming("fist", 0.5 + step // 4 / 30, 1.0)]})
        now.update(1 / 120)
        shares.append(held.share)
    assert shares == sorted(shares)
    assert all(0.0 < b - a < 0.02 for a, b in itertools.pairwise(shares))
    now.tell("down", "fist", "Right")
    assert (held.done, held.share) == (True, 1.0)
    run(now, 0.3)
    assert held.fade.value == 0.0


def test_what_is_given_up_fades_and_begins_from_nothing(now: Showing) -> None:
    hold(now, 0.6)
    now.hold({"Right": []})
    run(now, 0.3)
    assert now.holding["Right"].fade.value == 0.0
    hold(now, 0.1)
    assert now.holding["Right"].share == pytest.approx(0.1, abs=0.03)


def test_of_two_that_are_held_the_higher_layer_is_shown(now: Showing) -> None:
    now.hold({"Right": [Coming("pinch", 0.0, 0.5), Coming("rock", 0.0, 0.5)], "Left": [Coming("zoom", 0.1, 0.5)]})
    now.update(1 / 120)
    shown = {side: held.name for side, held in now.holding.items() if held.fade.on}
    assert shown == {"Right": "rock", "Both": "zoom"}


def test_what_begins_before_it_could_be_seen_is_not_shown(now: Showing) -> None:
    hold(now, 0.1, hold_s=0.03)
    assert now.holding["Right"].name == ""
