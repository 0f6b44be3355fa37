"""The movements that need no recording, and all that looks a little like them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handplay.engine.hands import HandFrame
from handplay.gestures.kinds import Motion
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.recognizer import Recognizer

Make = Callable[..., Any]
Runs = Callable[[Any], list[Iterator[HandFrame]]]


def _circle(turn: int, turns: float = 1.3, radius: float = 0.8, seconds: float = 1.3) -> Runs:
    def place(t: float) -> tuple[float, float]:
        angle = turn * 2 * math.pi * turns * t
        return radius * math.cos(angle), radius * math.sin(angle)

    def runs(m: Any) -> list[Iterator[HandFrame]]:
        m.at = place(0.0)
        return [m.rest(0.5), m.along(seconds * turns / 1.3, place), m.rest(0.5)]

    return runs


def _swipe(x: float, y: float, seconds: float = 0.45) -> Runs:
    def runs(m: Any) -> list[Iterator[HandFrame]]:
        m.at = (-x / 2, -y / 2)
        return [m.rest(0.6), m.go(seconds, x / 2, y / 2), m.rest(0.5)]

    return runs


def _wave(m: Any) -> list[Iterator[HandFrame]]:
    return [m.rest(0.4), *(m.swing(0.3, roll) for roll in (20, -20, 20, -20, 20, 0)), m.rest(0.4)]


def _closes(m: Any, pose: str) -> Iterator[HandFrame]:
    m.pose = pose
    yield from m.rest(0.3)


def _drag(m: Any) -> list[Iterator[HandFrame]]:
    return [m.rest(0.5), _closes(m, "fist"), m.go(0.6, 1.6, 0.4), m.rest(0.2), _closes(m, "open_palm"), m.rest(0.3)]


def _throw(m: Any) -> list[Iterator[HandFrame]]:
    def fly(m: Any) -> Iterator[HandFrame]:
        for i in range(12):
            m.pose = "fist" if i < 7 else "open_palm"
            m.at = (0.25 * i, -0.1 * i)
            yield m.frame()

    m.pose = "fist"
    return [m.rest(0.6), fly(m), m.rest(0.5)]


WORDS: dict[str, Runs] = {
    "swipe_left": _swipe(-2.4, 0.2),
    "swipe_right": _swipe(2.4, -0.2),
    "swipe_up": _swipe(0.2, -2.2),
    "swipe_down": _swipe(-0.2, 2.2),
    "circle_cw": _circle(1),
    "circle_ccw": _circle(-1),
    "wave": _wave,
    "push": lambda m: [m.rest(0.5), m.go(0.5, 0.0, 0.0, size=1.6), m.rest(0.5)],
    "pull": lambda m: [m.rest(0.5), m.go(0.5, 0.0, 0.0, size=0.62), m.rest(0.5)],
    "tap": lambda m: [m.rest(0.5), m.tap(0.4), m.rest(0.5)],
    "drag": _drag,
    "throw": _throw,
}
"""Gesture to what shows it once."""


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
@pytest.mark.parametrize("side", ["Right", "Left"])
@pytest.mark.parametrize("name", WORDS)
def test_each_movement_is_told_under_its_name_alone(
    mover: Make, played: Make, name: str, side: str, fps: float
) -> None:
    m = mover(fps=fps, side=side, pose="point" if name == "tap" else "open_palm")
    assert played().feed(*WORDS[name](m)).names() == [name]


@pytest.mark.parametrize("name", ["swipe_left", "swipe_up", "circle_cw", "circle_ccw"])
def test_left_and_right_are_the_players_own_in_a_selfie_view_too(mover: Make, played: Make, name: str) -> None:
    assert played().feed(*WORDS[name](mover(mirrored=True))).names() == [name]


def test_two_taps_are_a_tap_and_a_double_tap(mover: Make, played: Make) -> None:
    m = mover(pose="point")
    told = played().feed(m.rest(0.5), m.tap(0.35), m.rest(0.1), m.tap(0.35), m.rest(1.2), m.tap(0.35), m.rest(0.3))
    assert told.names() == ["tap", "double_tap", "tap"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fps=st.sampled_from([10.0, 12.5, 15.0, 24.0, 30.0, 48.0, 60.0]),
    palm_px=st.floats(25, 70),
    seconds=st.floats(0.4, 0.9),
    way=st.floats(1.9, 2.8),
    tilt_deg=st.floats(-12, 12),
    name=st.sampled_from(["swipe_left", "swipe_right", "swipe_up", "swipe_down"]),
)
def test_a_swipe_is_one_at_any_size_rate_and_tempo(
    mover: Make, played: Make, fps: float, palm_px: float, seconds: float, way: float, tilt_deg: float, name: str
) -> None:
    angle = {"swipe_left": 180, "swipe_right": 0, "swipe_up": -90, "swipe_down": 90}[name] + tilt_deg
    x, y = way * math.cos(math.radians(angle)), way * math.sin(math.radians(angle))
    assert played().feed(*_swipe(x, y, seconds)(mover(fps=fps, palm_px=palm_px))).names() == [name]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fps=st.sampled_from([15.0, 24.0, 30.0, 60.0]),
    palm_px=st.floats(25, 70),
    radius=st.floats(0.45, 1.2),
    seconds=st.floats(0.8, 1.8),
    turn=st.sampled_from([1, -1]),
    pose=st.sampled_from(["point", "open_palm"]),
)
def test_a_circle_is_one_at_any_size_rate_and_tempo(
    mover: Make, played: Make, fps: float, palm_px: float, radius: float, seconds: float, turn: int, pose: str
) -> None:
    m = mover(fps=fps, palm_px=palm_px, pose=pose)
    told = played().feed(*_circle(turn, radius=radius, seconds=seconds)(m)).names()
    assert told == ["circle_cw" if turn > 0 else "circle_ccw"]


def _jump(m: Any) -> Iterator[HandFrame]:
    m.at = (2.5, 0.0)
    yield from m.rest(0.5)


def _opens_on_the_way(m: Any) -> Iterator[HandFrame]:
    for i, frame in enumerate(m.go(0.6, 1.2, 0.0)):
        m.pose = "point" if i < m.fps / 4 else "open_palm"
        yield frame


def _turned(m: Any, **turn: float) -> Iterator[HandFrame]:
    m.turn = turn
    yield from m.rest(0.6)


def _from(m: Any, x: float, y: float, *runs: Iterator[HandFrame], pose: str = "open_palm") -> list[Iterator[HandFrame]]:
    m.at, m.pose = (x, y), pose
    return list(runs)


def _arrives_and_goes_on(m: Any) -> list[Iterator[HandFrame]]:
    m.at = (-0.4, -1.6)
    return [m.rest(0.6), m.go(0.4, -1.2, 0.0), m.go(0.45, 1.2, 0.0), m.rest(0.5)]


def _in_two_goes(m: Any) -> list[Iterator[HandFrame]]:
    m.at = (-1.2, 0.0)
    return [m.rest(0.6), m.go(0.2, -0.2, 0.0), m.rest(0.35), m.go(0.25, 1.2, 0.0), m.rest(0.5)]


def _round_after_coming(m: Any) -> Iterator[HandFrame]:
    m.at = (2.0, -1.6)
    yield from m.rest(0.6)
    yield from m.go(0.4, 0.8, 0.0, even=True)
    for run in _circle(1)(m)[1:]:
        yield from run


def _spiral(t: float) -> tuple[float, float]:
    radius, angle = 1.5 - 0.95 * t, 2 * math.pi * 1.05 * t
    return radius * math.cos(angle), radius * math.sin(angle)


def _grows(m: Any) -> Iterator[HandFrame]:
    m.at = (-0.9, 0.0)
    yield from m.rest(0.6)
    yield from m.go(1.4, 0.9, 0.0, size=1.2)


def _in_halves(m: Any) -> list[Iterator[HandFrame]]:
    """Half a circle, a stop, and the other half."""

    def half(t: float, first: float) -> tuple[float, float]:
        angle = 2 * math.pi * (first + 0.55 * t)
        return 0.8 * math.cos(angle), 0.8 * math.sin(angle)

    return [
        m.along(0.5, lambda t: half(t, 0.0)),
        m.rest(0.45),
        m.along(0.5, lambda t: half(t, 0.55)),
    ]


def _waves(t: float) -> tuple[float, float]:
    """A circle that is none on the way: in and out, five times."""
    angle = 2 * math.pi * 1.2 * t
    radius = 0.8 * (1 + 0.16 * math.sin(5 * angle))
    return radius * math.cos(angle), radius * math.sin(angle)


NOTHING: dict[str, Runs] = {
    "rests": lambda m: [m.rest(2.0)],
    "drifts": lambda m: [m.rest(0.5), m.go(3.0, 1.2, 0.3, even=True)],
    "goes aslant": lambda m: _from(m, -1.0, -1.0, m.rest(0.6), m.go(0.5, 1.0, 0.8), m.rest(0.4)),
    "goes a short way": lambda m: [m.rest(0.6), m.go(0.3, 0.9, 0.0), m.rest(0.4)],
    "goes in an arc": lambda m: [
        m.rest(0.6),
        m.along(0.7, lambda t: (1.6 * math.sin(1.9 * t), 1.6 - 1.6 * math.cos(1.9 * t))),
        m.rest(0.4),
    ],
    "is found elsewhere": lambda m: [m.rest(0.6), _jump(m)],
    "is found while it moves": lambda m: _from(m, -1.2, 0.0, m.go(0.3, 1.2, 0.0), m.rest(0.6)),
    "comes in from below": lambda m: _from(m, 0.0, 5.0, m.go(0.8, 0.0, 0.5), m.rest(0.6)),
    "comes in from the side": lambda m: _from(m, -6.6, 0.0, m.go(0.8, 0.0, 0.0), m.rest(0.6)),
    "leaves downward": lambda m: [m.rest(0.6), m.go(0.6, 0.0, 6.0), m.nothing(0.5)],
    "leaves to the side": lambda m: [m.rest(0.6), m.go(0.6, 8.0, 0.0), m.nothing(0.5)],
    "opens on its way": lambda m: _from(m, -1.2, 0.0, m.rest(0.6), _opens_on_the_way(m), m.rest(0.5), pose="point"),
    "moves as a fist": lambda m: _from(m, -1.2, 0.0, m.rest(0.6), m.go(0.4, 1.2, 0.0), m.rest(0.5), pose="fist"),
    "turns about its wrist": lambda m: [m.rest(0.5), *(m.swing(0.5, roll) for roll in (50, 0)), m.rest(0.4)],
    "walks up to the camera": lambda m: [m.rest(0.5), m.go(4.0, 0.0, 0.0, size=1.7), m.rest(0.4)],
    "arrives and goes on": _arrives_and_goes_on,
    "goes in two goes": _in_two_goes,
    "goes 21 degrees aslant": lambda m: _from(m, -1.2, -0.46, m.rest(0.6), m.go(0.4, 1.2, 0.46), m.rest(0.5)),
    "creeps aside and nearer": lambda m: [_grows(m), m.rest(0.4)],
    "shows its back": lambda m: _from(m, -1.2, 0.0, _turned(m, yaw=180.0), m.go(0.4, 1.2, 0.0), m.rest(0.5)),
    "goes round after coming": lambda m: [_round_after_coming(m)],
    "goes round as a fist": lambda m: _from(m, 0.8, 0.0, *_circle(1)(m), pose="fist"),
    "goes round in a spiral": lambda m: _from(m, *_spiral(0.0), m.rest(0.6), m.along(1.2, _spiral), m.rest(0.5)),
    "goes half round": lambda m: _circle(1, turns=0.6)(m),
    "goes round in two goes": lambda m: _from(m, 0.8, 0.0, m.rest(0.6), *_in_halves(m), m.rest(0.5)),
    "goes round in waves": lambda m: _from(m, 0.8, 0.0, m.rest(0.6), m.along(1.6, _waves), m.rest(0.5)),
    "bends its fingers": lambda m: [m.rest(0.4), _closes(m, "fist"), _closes(m, "open_palm"), _closes(m, "point")],
}


@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_told_of_a_hand_that(mover: Make, played: Make, name: str, fps: float) -> None:
    assert played().feed(*NOTHING[name](mover(fps=fps))).names() == []


def test_a_swipe_with_the_back_of_the_hand_may_be_asked_for(mover: Make, played: Make) -> None:
    brush_off = Motion(name="brush_off", path="left", pose="stop_inverted")
    library = Library((*builtin_library().gestures, brush_off), MappingProxyType({}))
    m = mover(pose="stop")
    m.at, m.turn = (1.2, 0.0), {"yaw": 180.0}
    told = played(Recognizer(library)).feed(m.rest(0.6), m.go(0.4, -1.2, 0.0), m.rest(0.5))
    assert told.names() == ["brush_off"]


@pytest.mark.parametrize("late", [0.0, 0.3, 0.6])
@pytest.mark.parametrize(("turn", "name"), [(1, "circle_cw"), (-1, "circle_ccw")])
def test_a_fast_circle_is_seen_in_seven_pictures(mover: Make, played: Make, turn: int, name: str, late: float) -> None:
    """Ten pictures a second show a polygon, and its end some way beyond its begin."""
    m, around = mover(fps=10.0), 2 * math.pi * turn
    m.at = (0.8 * math.cos(around * 0.16 * late), 0.8 * math.sin(around * 0.16 * late))
    path = m.along(0.8, lambda t: (0.8 * math.cos(around * (t * 1.3 + 0.16 * late)),
                                   0.8 * math.sin(around * (t * 1.3 + 0.16 * late))))  # fmt: skip
    assert played().feed(m.rest(0.8), path, m.rest(0.5)).names() == [name]


@pytest.mark.parametrize(("size", "meant"), [(0.65, "pull"), (1.5, "push")])
def test_a_hand_that_turns_out_to_be_another_one_neither_pushes_nor_pulls(
    mover: Make, played: Make, size: float, meant: str
) -> None:
    """Where one hand hid another, the id may go on with the wrong one: no hand grows so fast."""
    m = mover()
    assert played().feed(m.rest(0.8), m.go(1 / 30, 0.2, 0.0, size=size), m.rest(0.5)).names() == []
    m = mover()
    assert played().feed(m.rest(0.8), m.go(0.4, 0.0, 0.0, size=size), m.rest(0.5)).names() == [meant]


@pytest.mark.parametrize(("nearer", "told"), [(1.2, ["tap"]), (1.1, [])])
def test_a_tap_of_the_whole_hand_need_not_tip_its_finger(
    mover: Make, played: Make, nearer: float, told: list[str]
) -> None:
    """Of a finger that points into the camera the model hardly sees how far it reaches."""
    m = mover(pose="point")
    jab = [m.go(0.2, 0.0, 0.0, size=nearer), m.go(0.2, 0.0, 0.0, size=1.0)]
    assert played().feed(m.rest(0.5), itertools.chain(*jab), m.rest(0.5)).names() == told


def test_a_tap_of_two_fingers_is_none(mover: Make, played: Make) -> None:
    m = mover(pose="victory")
    assert played().feed(m.rest(0.5), m.tap(0.4), m.rest(0.5)).names() == []


def test_a_tap_with_the_back_of_the_hand_is_none(mover: Make, played: Make) -> None:
    m, told = mover(pose="open_palm"), played()
    for frame in [*m.rest(0.5), *m.tap(0.4), *m.rest(0.5)]:
        # The same landmarks as another hand's: what was the palm is the back.
        hands = tuple(replace(hand, handedness="Left") for hand in frame.hands)
        told.feed(iter([replace(frame, hands=hands)]))
    assert {reading.palm for reading in told.last.readings} == {"away"}
    assert told.names() == []


def test_a_hand_at_ease_draws_no_circle(mover: Make, played: Make) -> None:
    def drawn(**fingers: str) -> list[HandFrame]:
        m = mover(pose="open_palm")
        m.turn = fingers
        return [frame for run in _circle(1)(m) for frame in run]

    bent = dict.fromkeys(("index", "middle", "ring", "pinky"), "half")
    told = played()
    for flat, half in zip(drawn(), drawn(**bent), strict=True):
        points = 0.6 * flat.hands[0].landmarks_px + 0.4 * half.hands[0].landmarks_px
        told.feed(iter([replace(flat, hands=(replace(flat.hands[0], landmarks_px=points),))]))
    assert told.last.readings[0].fingers[1] == "extended"
    assert told.names() == []


@pytest.mark.parametrize("start", range(0, 360, 60))
@pytest.mark.parametrize("fps", [10.0, 12.5])
def test_a_slow_camera_sees_a_circle_too(mover: Make, played: Make, fps: float, start: int) -> None:
    def place(t: float) -> tuple[float, float]:
        angle = math.radians(start) + 2 * math.pi * 1.4 * t * t * (3 - 2 * t)  # from rest to rest
        return 0.8 * math.cos(angle), 0.8 * math.sin(angle)

    m = mover(fps=fps, pose="point")
    m.at = place(0.0)
    assert played().feed(m.rest(0.7), m.along(1.2, place), m.rest(0.6)).names() == ["circle_cw"]


def test_rounds_again_and_again_are_all_told(mover: Make, played: Make) -> None:
    assert played().feed(*_circle(1, turns=3.2, seconds=1.3)(mover(pose="point"))).names() == ["circle_cw"] * 3


@pytest.mark.parametrize("pause_s", [0.0, 0.1, 0.4, 0.8])
@pytest.mark.parametrize("x", [2.4, -2.4])
def test_the_way_back_of_a_swipe_is_none(mover: Make, played: Make, pause_s: float, x: float) -> None:
    m = mover()
    m.at = (-x / 2, 0.0)
    told = played().feed(m.rest(0.6), m.go(0.4, x / 2, 0.0), m.rest(pause_s), m.go(0.5, -x / 2, 0.0), m.rest(0.5))
    assert told.names() == ["swipe_right" if x > 0 else "swipe_left"]


def test_the_other_way_after_a_pause_is_a_swipe(mover: Make, played: Make) -> None:
    m = mover()
    m.at = (-1.2, 0.0)
    told = played().feed(m.rest(0.6), m.go(0.4, 1.2, 0.0), m.rest(1.6), m.go(0.4, -1.2, 0.0), m.rest(0.5))
    assert told.names() == ["swipe_right", "swipe_left"]


def test_swipes_again_and_again_are_all_told(mover: Make, played: Make) -> None:
    m = mover()
    m.at = (-1.2, 0.0)
    strokes = [run for _ in range(3) for run in (m.go(0.4, 1.2, 0.0), m.rest(0.15), m.go(0.5, -1.2, 0.0), m.rest(0.15))]
    assert played().feed(m.rest(0.6), *strokes).names() == ["swipe_right"] * 3


def test_a_slow_straight_way_is_a_swipe_before_it_ends(mover: Make, played: Make) -> None:
    m = mover(fps=10.0)
    m.at = (1.5, 0.0)
    told = played().feed(m.go(2.2, -1.5, 0.1, even=True))
    assert told.names() == ["swipe_left"]
    assert told.told[-1][0] < 1.8


def test_times_that_jitter_do_not_matter(mover: Make, played: Make) -> None:
    m, told = mover(), played()
    m.at = (-1.2, 0.0)
    for number, frame in enumerate([*m.rest(0.6), *m.go(0.4, 1.2, 0.0), *m.rest(0.4)]):
        late = 0.012 * ((number * 7919) % 5 - 2) / 2
        told.feed(iter([HandFrame(number, frame.time_s + late, 640, 480, hands=frame.hands)]))
    assert told.names() == ["swipe_right"]
