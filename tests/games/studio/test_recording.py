"""How recording goes, step by step, without a window."""

from __future__ import annotations

from typing import Any

import pytest

from handplay.engine.hands import HandFrame
from handplay.games.studio.recording import COUNTDOWN_S, SEEN_S, WAIT_TOLD_S, Recording, with_gesture
from handplay.gestures.kinds import Pose
from handplay.gestures.learn.recorder import Recorded
from handplay.gestures.library import builtin_library

Build = Any
STEP_S = 1 / 120


class Sitting:
    """A recording that is fed 30 frames a second."""

    def __init__(self, make_hand: Build, shown: Build, **options: Any) -> None:
        self.recording = Recording("mine", builtin_library(), **options)
        self.pose: str | None = "claw"
        self._make_hand, self._shown = make_hand, shown
        self._steps = 0

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            time_s = self._steps * STEP_S
            if self._steps % 4 == 0:
                hands = () if self.pose is None else (self._make_hand(self._shown(self.pose)),)
                self.recording.feed(HandFrame(self._steps // 4, time_s, 640, 480, hands=hands))
            self.recording.update(STEP_S)
            self._steps += 1

    def run_until(self, state: str, limit_s: float = 40.0) -> None:
        for _ in range(round(limit_s / STEP_S)):
            if self.recording.state == state:
                return
            self.run(STEP_S)
        raise AssertionError(f"after {limit_s} s still {self.recording.state}, wanted {state}")


@pytest.fixture
def now(hand_maker: Build, shown: Build) -> Sitting:
    return Sitting(hand_maker, shown)


def test_the_whole_way(now: Sitting) -> None:
    now.run(SEEN_S - 0.1)
    assert now.recording.state == "ready"
    now.run(0.2)
    assert (now.recording.state, now.recording.countdown) == ("countdown", 3)
    now.run(COUNTDOWN_S - 0.2)
    assert now.recording.countdown == 1
    assert now.recording.recorder_state.samples == 0
    now.run_until("collecting")
    now.run_until("result")
    assert now.recording.recorded is not None
    assert now.recording.recorded.gesture.name == "mine"
    now.run(0.5)
    lit = [now.recording.lit]
    assert now.recording.trials == 1
    now.pose = "open_palm"
    now.run(0.5)
    assert [*lit, now.recording.lit] == [True, False]
    now.recording.act("keep")
    now.run(1.0)
    assert (now.recording.state, now.recording.finished) == ("kept", True)


def test_without_a_hand_it_waits(now: Sitting) -> None:
    now.pose = None
    now.run(5.0)
    states = [now.recording.state]
    now.recording.act("start")
    assert [*states, now.recording.state] == ["ready", "countdown"]


def test_again_begins_anew(now: Sitting) -> None:
    now.run_until("result")
    first = now.recording.recorded
    now.recording.act("again")
    assert (now.recording.state, now.recording.recorded, now.recording.trials) == ("ready", None, 0)
    now.run_until("result")
    assert now.recording.recorded is not first


def test_discard_keeps_nothing(now: Sitting) -> None:
    now.run_until("result")
    now.recording.act("discard")
    now.run(1.0)
    assert (now.recording.state, now.recording.finished) == ("discarded", True)
    now.recording.act("keep")
    assert now.recording.state == "discarded"


def test_too_little_is_told_and_can_be_tried_again(hand_maker: Build, shown: Build) -> None:
    now = Sitting(hand_maker, shown, most_s=3.0)
    now.run_until("collecting")
    now.pose = None
    now.run_until("nothing")
    assert "Show your hand" in now.recording.message
    now.recording.act("again")
    now.pose = "claw"
    now.run_until("result")


def test_keeping_at_once_waits_for_the_trial(hand_maker: Build, shown: Build) -> None:
    now = Sitting(hand_maker, shown, keep_at_once=True)
    now.run_until("result")
    now.run_until("kept", 3.0)
    assert now.recording.trials == 1
    assert now.recording.finished


def test_keeping_at_once_keeps_nothing_of_nothing(hand_maker: Build, shown: Build) -> None:
    now = Sitting(hand_maker, shown, keep_at_once=True, most_s=2.0)
    now.run_until("collecting")
    now.pose = None
    now.run_until("discarded")
    assert now.recording.message


def test_pictures_that_end_end_the_collecting(now: Sitting) -> None:
    now.run_until("collecting")
    now.run(1.0)
    now.recording.hands_gone(over=True)
    now.run_until("result", 1.0)


def test_pictures_that_end_early_are_told(now: Sitting) -> None:
    now.pose = None
    now.recording.hands_gone(over=True)
    now.run(0.1)
    assert now.recording.state == "nothing"
    assert "before a hand was seen" in now.recording.message


def test_the_new_gesture_takes_its_name_from_others() -> None:
    mine = Pose("peace", fingers=(None, frozenset({"extended"}), None, None, None))
    library = with_gesture(builtin_library(), Recorded(mine, (), {}))
    assert library.find("peace") is mine
    victory = library.find("victory")
    assert victory is not None
    assert "peace" not in victory.aliases
    again = with_gesture(library, Recorded(Pose("peace"), (), {}))
    assert [gesture.name for gesture in again.gestures].count("peace") == 1


def test_what_is_missing_is_told_once_it_has_been_so_for_a_while(hand_maker: Build, shown: Build) -> None:
    told: list[str] = []
    now = Sitting(hand_maker, shown, keep_at_once=True, on_wait=told.append)
    now.pose = None
    now.run(WAIT_TOLD_S - 0.5)
    before = list(told)
    now.run(10.0)
    assert (before, told) == ([], ["Show your hand to the camera."])
    now.pose = "claw"
    now.run_until("kept")
    assert len(told) == 1


@pytest.mark.parametrize(
    ("state", "hand", "said"),
    [
        ("ready", False, "No hand was seen. Show your hand to the camera."),
        ("countdown", True, "It was ended before the countdown was over."),
        ("collecting", False, "It was ended before the gesture was learned, at 0%. Show your hand to the camera."),
        ("result", True, "It was learned, but ended before it was kept."),
        ("kept", True, ""),
    ],
)
def test_where_it_was_ended_is_told(hand_maker: Build, shown: Build, state: str, hand: bool, said: str) -> None:
    now = Sitting(hand_maker, shown, keep_at_once=True)
    now.run_until(state)
    if not hand:
        now.pose = None
        now.run(0.1)
    assert now.recording.unfinished == said
