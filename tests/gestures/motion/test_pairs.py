"""Two hands: what they do together, and whose steps those are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from handplay.engine.event_plan import EventSettings, EventState, plan_events
from handplay.engine.hands import HandFrame

Make = Callable[..., Any]
Places = Callable[[float], tuple[tuple[float, float], tuple[float, float]]]


class Two:
    """A right and a left hand; places are palm lengths as the player sees them."""

    def __init__(self, mover: Make, pose: str, **turn: float | str) -> None:
        self.right, self.left = mover(pose=pose), mover(pose=pose, side="Left", hand_id=2)
        for hand in (self.right, self.left):
            hand.turn = dict(turn)

    def frame(self, *, right: bool = True, left: bool = True) -> HandFrame:
        builders: ModuleType = self.right.builders
        hands = ([self.right.hand()] if right else []) + ([self.left.hand()] if left else [])
        frame: HandFrame = builders.frame(*hands, time_s=self.right.time_s)
        self.right.time_s += 1 / 30
        return frame

    def along(self, seconds: float, places: Places) -> Iterator[HandFrame]:
        for i in range(round(seconds * 30) + 1):
            self.right.at, self.left.at = places(i / round(seconds * 30))
            yield self.frame()
        self.left.time_s = self.right.time_s

    def show(self, seconds: float, pose: str = "") -> Iterator[HandFrame]:
        self.right.pose = self.left.pose = pose or self.right.pose
        for _ in range(round(seconds * 30)):
            yield self.frame()

    def gone(self, seconds: float, **seen: bool) -> Iterator[HandFrame]:
        for _ in range(round(seconds * 30)):
            yield self.frame(**seen)


def apart(a: float, b: float) -> Places:
    """Level, from so many palm lengths between them to so many."""
    return lambda t: ((0.5 * (a + t * (b - a)), 0.0), (-0.5 * (a + t * (b - a)), 0.0))


def round_each_other(turn_rad: float, between: float = 3.0) -> Places:
    def places(t: float) -> tuple[tuple[float, float], tuple[float, float]]:
        x, y = 0.5 * between * math.cos(turn_rad * t), 0.5 * between * math.sin(turn_rad * t)
        return (x, y), (-x, -y)

    return places


@pytest.mark.parametrize(("a", "b"), [(2.5, 5.0), (5.0, 2.5)])
def test_zoom_tells_the_distance_over_that_at_the_begin(mover: Make, played: Make, a: float, b: float) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(a, b)(0)
    told = played().feed(two.show(0.4), two.show(0.3, "pinch"), two.along(1.0, apart(a, b)), two.show(0.4, "open_palm"))
    assert told.names() == ["zoom"]
    assert told.names("end") == ["zoom"]
    values = [value for _, kind, name, value in told.told if name == "zoom" and kind in ("begin", "hold")]
    assert values[0] == 1.0
    assert values == sorted(values, reverse=b < a)
    # Of the fingertips, which begin nearer to each other than the palms.
    assert abs(math.log(b / a)) - 0.14 < max(abs(math.log(v)) for v in values) < abs(math.log(b / a)) + 0.1


@pytest.mark.parametrize("turn", [1.0, -1.0])
def test_rotate_tells_radians_clockwise(mover: Make, played: Make, turn: float) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = round_each_other(turn)(0)
    told = played().feed(two.show(0.4), two.show(0.3, "pinch"), two.along(1.0, round_each_other(turn)), two.show(0.1))
    assert told.names() == ["rotate"]
    values = [value for _, kind, name, value in told.told if name == "rotate"]
    assert values[0] == 0.0
    assert 0.75 < values[-1] / turn < 1.1


def test_a_pair_that_rests_in_a_pinch_does_nothing(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(3, 3)(0)
    assert played().feed(two.show(0.4), two.show(2.0, "pinch")).names() == []


def test_hands_that_pinch_on_their_way_do_not_turn(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")

    def level(t: float) -> tuple[tuple[float, float], tuple[float, float]]:
        return (1.5, 0.5 - 0.5 * t), (-1.5, 0.5 - 0.5 * t)

    two.right.at, two.left.at = level(0)
    told = played().feed(two.show(0.4))
    two.right.pose = two.left.pose = "pinch"
    told.feed(two.along(0.3, level), two.show(0.2), two.along(0.6, lambda t: ((1.5, 0.8 * t), (-1.5, -0.8 * t))))
    assert told.names() == []


@pytest.mark.parametrize(
    "places", [lambda t: ((1.3 + t, 0.0), (-1.3, 0.0)), lambda t: ((1.3, 1.5 * t), (-1.3, 0.0))], ids=["zoom", "rotate"]
)
def test_one_hand_that_moves_alone_does_nothing(mover: Make, played: Make, places: Places) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = places(0)
    assert played().feed(two.show(0.4), two.show(0.3, "pinch"), two.along(0.8, places), two.show(0.1)).names() == []


def test_pinches_at_different_times_are_no_zoom(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(3, 3)(0)
    told = played().feed(two.show(0.4))
    two.right.pose = "pinch"
    told.feed(two.gone(1.2))
    two.left.pose = "pinch"
    assert told.feed(two.along(1.0, apart(3, 5))).names() == []


def test_a_pinch_in_passing_is_no_zoom(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(2.5, 2.5)(0)
    told = played().feed(two.show(0.4))
    two.right.pose = two.left.pose = "pinch"
    assert told.feed(two.along(0.4, apart(2.5, 5.0)), two.show(0.3)).names() == []


def test_a_pinch_that_flickers_still_zooms(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(2.5, 2.5)(0)
    told = played().feed(two.show(0.4), two.show(0.3, "pinch"), two.along(0.6, apart(2.5, 4.0)))
    two.left.pose = "open_palm"
    told.feed(two.gone(0.067), two.show(0.3, "pinch"))
    assert told.names() == ["zoom"]
    assert told.names("end") == []


def test_a_hand_that_is_lost_cancels_the_zoom(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(2.5, 2.5)(0)
    told = played().feed(two.show(0.4), two.show(0.3, "pinch"), two.along(0.6, apart(2.5, 4.0)))
    assert told.last.readings[0].gestures[-1] == told.last.readings[1].gestures[-1] == "zoom"
    told.feed(two.gone(0.3, left=False))
    assert told.names("cancel") == ["zoom"]


def test_a_hand_hidden_for_a_moment_does_not_end_the_zoom(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(2.5, 2.5)(0)
    told = played().feed(two.show(0.4), two.show(0.3, "pinch"), two.along(0.6, apart(2.5, 4.0)))
    told.feed(two.gone(0.07, left=False), two.show(0.3))
    assert told.names("end") == told.names("cancel") == []


def test_a_clap_is_told_once_and_the_way_back_is_no_swipe(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(4, 4)(0)
    told = played().feed(two.show(0.6), two.along(0.3, apart(4, 0.4)), two.along(0.4, apart(0.4, 4)), two.show(0.6))
    assert told.names() == ["clap"]


def test_hands_that_hide_each_other_have_clapped(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(4, 4)(0)
    told = played()
    told.feed(two.show(0.6), two.along(0.2, apart(4, 1.5)))
    told.feed(two.left.go(0.1, 0.0, 0.0, even=True), two.left.nothing(0.3))
    assert told.names() == ["clap"]
    assert told.names("cancel") == []


@pytest.mark.parametrize(("apart_then", "clapped"), [(1.5, True), (3.0, False)])
def test_hands_that_vanish_together_have_clapped_if_they_were_about_to_meet(
    mover: Make, played: Make, apart_then: float, clapped: bool
) -> None:
    """Edge-on and one before the other, neither may be seen for a moment."""
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(4, 4)(0)
    told = played().feed(two.show(0.6), two.along(0.2 * (4 - apart_then) / 2.5, apart(4, apart_then)))
    told.feed(two.gone(0.4, left=False, right=False))
    assert ("clap" in told.names()) is clapped


@pytest.mark.parametrize(
    ("places", "seconds"),
    [
        pytest.param(apart(4, 0.5), 2.5, id="slowly"),
        pytest.param(apart(4, 0.5), 0.8, id="at an easy pace"),
        pytest.param(lambda t: ((2 - 3.6 * t, 0.0), (-2.0, 0.0)), 0.3, id="one hand alone"),
        pytest.param(lambda t: ((2 - 2 * t, 1.2), (-2 + 2 * t, -1.2)), 0.3, id="one above the other"),
        pytest.param(apart(1.5, 0.6), 0.2, id="from nearby"),
    ],
)
def test_no_clap(mover: Make, played: Make, places: Places, seconds: float) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = places(0)
    assert "clap" not in played().feed(two.show(0.6), two.along(seconds, places), two.show(0.3)).names()


def test_hands_that_meet_half_bent_have_not_clapped(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm", index="half", middle="half", ring="half", pinky="half")
    two.right.at, two.left.at = apart(4, 4)(0)
    assert "clap" not in played().feed(two.show(0.6), two.along(0.3, apart(4, 0.4)), two.show(0.3)).names()


def _ells(two: Two) -> None:
    two.right.turn = two.left.turn = {"thumb": "extended"}


def test_two_ells_frame_a_picture(mover: Make, played: Make) -> None:
    two = Two(mover, "point")
    _ells(two)
    two.right.at, two.left.at = apart(4, 4)(0)
    told = played().feed(two.show(0.8), two.show(0.4, "fist"))
    assert told.names() == told.names("end") == ["frame"]
    begin = next(value for _, kind, name, value in told.told if name == "frame" and kind == "begin")
    assert begin == pytest.approx(4 / 0.96, rel=0.05)


def test_thumbs_that_point_outward_frame_nothing(mover: Make, played: Make) -> None:
    two = Two(mover, "point")
    _ells(two)
    two.left.at, two.right.at = apart(4, 4)(0)  # arms crossed
    assert played().feed(two.show(0.8)).names() == []


def test_steps_carry_the_lower_id_and_reach_the_events_while_that_hand_is_hidden(mover: Make, played: Make) -> None:
    two = Two(mover, "open_palm")
    two.right.at, two.left.at = apart(4, 4)(0)
    told, state, posted = played(), EventState(), []
    for frame in [*two.show(0.6), *two.along(0.2, apart(4, 1.5)), *two.gone(0.1, right=False)]:
        told.feed(iter([frame]))
        state, events = plan_events(state, frame, told.last, EventSettings())
        posted += [(event.kind, event.name, event.hand_id) for event in events if hasattr(event, "name")]
        assert all(step.hand_id == 1 for step in told.last.steps if step.name == "clap")
    assert ("GESTUREDOWN", "clap", 1) in posted
