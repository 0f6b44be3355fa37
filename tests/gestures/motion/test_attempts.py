"""What is explained of a movement is what decides: all tests hold when it begins, and the one that fails is named."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from handplay.engine.hands import HandFrame
from handplay.gestures.explain import Explainer, Explanation
from handplay.gestures.library import builtin_library
from handplay.gestures.motion.attempts import GROWTH, PALMS, SHARE, SILENT, STAYS_S, TURN, Listener
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.stroke import Strokes
from handplay.gestures.motion.table import HandMotions, MotionTable
from handplay.gestures.recognizer import Recognizer

Make = Callable[..., Any]
Runs = Callable[[Any], list[Iterator[HandFrame]]]


def swipe(x: float, y: float = 0.0, seconds: float = 0.45, rest: float = 0.6) -> Runs:
    def runs(m: Any) -> list[Iterator[HandFrame]]:
        m.at = (-x / 2, -y / 2)
        return [m.rest(rest), m.go(seconds, x / 2, y / 2), m.rest(0.5)]

    return runs


def bowed(x: float, bow: float) -> Runs:
    def runs(m: Any) -> list[Iterator[HandFrame]]:
        m.at = (-x / 2, 0.0)
        return [
            m.rest(0.6),
            m.along(0.5, lambda t: (x * (t - 0.5), bow * math.sin(math.pi * t))),
            m.rest(0.5),
        ]

    return runs


def circle(turns: float, wide: float = 0.8, tall: float = 0.8, rest: float = 0.5) -> Runs:
    def place(t: float) -> tuple[float, float]:
        return wide * math.cos(2 * math.pi * turns * t), tall * math.sin(2 * math.pi * turns * t)

    def runs(m: Any) -> list[Iterator[HandFrame]]:
        m.at = place(0.0)
        return [m.rest(rest), m.along(abs(turns), place), m.rest(0.5)]

    return runs


def wave(*rolls: float) -> Runs:
    return lambda m: [m.rest(0.4), *(m.swing(0.3, roll) for roll in rolls), m.rest(0.4)]


def nearer(size: float, aside: float = 0.0) -> Runs:
    return lambda m: [m.rest(0.5), m.go(0.4, aside, 0.0, size=size), m.rest(0.6)]


def taps(count: int) -> Runs:
    return lambda m: [m.rest(0.5), *(run for _ in range(count) for run in (m.tap(0.36), m.rest(0.1))), m.rest(0.4)]


def posed(m: Any, pose: str, seconds: float = 0.3) -> Iterator[HandFrame]:
    m.pose = pose
    yield from m.rest(seconds)


def drag(x: float, before: str = "open_palm") -> Runs:
    return lambda m: [posed(m, before, 0.5), posed(m, "fist"), m.go(0.6, x, 0.0), m.rest(0.3)]


def throw(step: float) -> Runs:
    def fly(m: Any) -> Iterator[HandFrame]:
        for i in range(12):
            m.pose = "fist" if i < 7 else "open_palm"
            m.at = (step * i, -0.4 * step * i)
            yield m.frame()

    def runs(m: Any) -> list[Iterator[HandFrame]]:
        m.pose = "fist"
        return [m.rest(0.6), fly(m), m.rest(0.5)]

    return runs


MADE: dict[str, Runs] = {
    "swipe_left": swipe(-2.4, 0.2),
    "swipe_down": swipe(-0.2, 2.2),
    "circle_cw": circle(1.3),
    "circle_ccw": circle(-1.3),
    "wave": wave(20, -20, 20, -20, 20, 0),
    "push": nearer(1.6),
    "tap": taps(1),
    "double_tap": taps(2),
    "drag": drag(1.6),
    "throw": throw(0.25),
}


def explained(name: str, runs: Runs, mover: Make, pose: str = "", until: str = "end") -> tuple[Explainer, Explanation]:
    """The last explanation of a performance, or the one at the moment when the gesture begins."""
    library = builtin_library()
    gesture = library.find(name)
    assert gesture is not None
    explainer, m = Explainer(library, gesture), mover()
    m.pose = pose or ("point" if name.startswith("circle") else "open_palm")
    last: Explanation | None = None
    for run in runs(m):
        for frame in run:
            (last,) = explainer.look(frame)
            if until == "begin" and explainer.begun:
                return explainer, last
    assert last is not None
    return explainer, last


@pytest.mark.parametrize(("name", "runs"), MADE.items(), ids=MADE)
def test_when_it_begins_every_test_holds(mover: Make, name: str, runs: Runs) -> None:
    explainer, seen = explained(name, runs, mover, until="begin")
    assert explainer.begun == 1
    assert seen.failing == ()
    assert len(seen.rows) >= 6
    for row in seen.rows:
        assert row.off == 0, row
    assert seen.verdict.startswith("It is on")


@pytest.mark.parametrize("name", ["swipe_left", "circle_cw", "wave"])
def test_that_it_was_made_is_told_afterwards(mover: Make, name: str) -> None:
    _, seen = explained(name, MADE[name], mover)
    assert seen.failing == ()
    assert seen.phase != "on"
    assert "cooling down" in seen.verdict or seen.verdict.startswith("It was made 0.")


WRONG: dict[str, tuple[str, Runs, str, str]] = {
    "a short swipe": ("swipe_left", swipe(-0.9), "open_palm", "far enough"),
    "a swipe the other way": ("swipe_left", swipe(2.4), "open_palm", "goes left"),
    "a swipe not from rest": ("swipe_left", swipe(-2.4, rest=0.25), "open_palm", "from rest"),
    "a bowed swipe": ("swipe_left", bowed(-2.2, 0.75), "open_palm", "straight"),
    "a swipe of a fist": ("swipe_left", swipe(-2.4), "fist", "shows open_palm as it sets out"),
    "half a circle": ("circle_cw", circle(0.55), "point", "goes round clockwise"),
    "a flat round": ("circle_cw", circle(1.4, 1.2, 0.42), "point", "as wide as long"),
    "a circle of a flat hand's fist": ("circle_cw", circle(1.3), "fist", "index finger straight"),
    "a wave of two swings": ("wave", wave(20, -20, 0), "open_palm", "swings from side to side"),
    "a narrow wave": ("wave", wave(7, -7, 7, -7, 7, 0), "open_palm", "wide enough, the smallest swing"),
    "a small push": ("push", nearer(1.18), "open_palm", "comes nearer in all"),
    "a push that goes aside": ("push", nearer(1.6, aside=3.0), "open_palm", "along the line of sight"),
    "one tap of two": ("double_tap", taps(1), "open_palm", "soon after the first one"),
    "a drag of what was never open": ("drag", drag(1.6, before="fist"), "open_palm", "open and flat just before"),
    "a drag that goes nowhere": ("drag", drag(0.2), "open_palm", "carried far enough"),
    "a gentle throw": ("throw", throw(0.06), "open_palm", "fast enough"),
}


@pytest.mark.parametrize(("name", "runs", "pose", "fails"), WRONG.values(), ids=WRONG)
def test_what_was_wrong_is_named(mover: Make, name: str, runs: Runs, pose: str, fails: str) -> None:
    explainer, seen = explained(name, runs, mover, pose)
    assert explainer.begun == 0
    failing = {row.text: row for row in seen.failing}
    assert fails in failing, [(row.text, row.got, row.wanted) for row in seen.rows]
    row = failing[fails]
    assert row.note or (row.got != "-" and row.wanted and row.missed)
    assert row.text in seen.verdict


def test_a_hand_at_rest_is_told_what_to_do(mover: Make) -> None:
    for gesture in builtin_library().gestures:
        if gesture.kind == "motion":
            _, seen = explained(gesture.name, lambda m: [m.rest(1.0)], mover)
            assert seen.failing, gesture.name


LIMITS: dict[str, tuple[str, dict[str, Any], str, float]] = {
    "way": ("left", {"swipe_way": 1.5}, "far enough", 1.5),
    "bend": ("left", {"swipe_bend": 0.31}, "straight", 31.0),
    "time": ("left", {"swipe_fast_s": 1.1}, "quick enough", 1.1),
    "turn": ("circle_cw", {"loop_turn_rad": 5.0}, "goes round clockwise", math.degrees(5.0)),
    "swings": ("wave", {"wave_swings": 4}, "swings from side to side", 4),
    "growth": ("push", {"push_growth": 0.3}, "comes nearer in all", 100 * (math.exp(0.3) - 1)),
    "reach": ("tap", {"tap_sideways": 0.4}, "stays in its place", 0.4),
    "speed": ("throw", {"throw_speed": 3.0}, "fast enough", 3.0),
    "carried": ("drag", {"carry_way": 0.7}, "carried far enough", 0.7),
}
_NAME = {"left": "swipe_left"}


@pytest.mark.parametrize(("word", "changed", "text", "limit"), LIMITS.values(), ids=LIMITS)
def test_the_limits_are_the_detectors_own(
    mover: Make, word: str, changed: dict[str, Any], text: str, limit: float
) -> None:
    name = _NAME.get(word, word)
    library = builtin_library()
    gesture = library.find(name)
    assert gesture is not None
    explainer = Explainer(library, gesture)
    explainer.recognizer._judges.motions.settings = replace(MotionSettings(), **changed)
    m = mover()
    m.pose = "point" if word.startswith("circle") else "open_palm"
    limits = set()
    for run in MADE[name](m):
        for frame in run:
            (seen,) = explainer.look(frame)
            for row in seen.rows:
                if row.text == text:
                    limits.add(row.low if row.low is not None else row.high)
    assert len(limits) == 1
    assert limits.pop() == pytest.approx(limit)


@pytest.mark.parametrize("name", MADE)
def test_listening_changes_nothing(mover: Make, name: str) -> None:
    library = builtin_library()
    gesture = library.find(name)
    assert gesture is not None
    explainer, plain = Explainer(library, gesture), Recognizer(library)
    begun = 0
    m = mover()
    m.pose = "point" if name.startswith("circle") else "open_palm"
    for run in MADE[name](m):
        for frame in run:
            explainer.look(frame)
            begun += sum(step.kind == "begin" and step.name == name for step in plain.update(frame).steps)
    assert begun == explainer.begun == 1


def test_nobody_listens_in_a_game() -> None:
    assert MotionTable([], []).judge is SILENT
    assert HandMotions(MotionTable([], []))._strokes is None
    assert Strokes(MotionSettings())._judge is SILENT


# The listener by itself


def attempt(listener: Listener, time_s: float, *ways: float) -> None:
    listener.begin(("left",), time_s)
    for number, way in enumerate(ways):
        listener.least(f"test {number}", way, 1.0, PALMS)


def test_the_attempt_that_came_farthest_is_kept_for_a_while() -> None:
    listener = Listener("left")
    assert listener.attempt(0.0) is None
    attempt(listener, 0.0, 2.0, 0.5)
    attempt(listener, 0.1, 2.0, 0.9)
    attempt(listener, 0.2, 0.1)
    best = listener.attempt(0.3)
    assert best is not None
    assert best.time_s == 0.1
    assert [test.measured for test in best.tests.values()] == [2.0, 0.9]
    assert listener.attempt(0.1 + STAYS_S + 0.01) is None
    attempt(listener, 0.2 + STAYS_S, 0.2)
    later = listener.attempt(0.2 + STAYS_S)
    assert later is not None
    assert later.tests["test 0"].measured == 0.2


def test_other_movements_are_not_heard() -> None:
    listener = Listener("left")
    listener.begin(("up", "down"), 0.0)
    listener.least("far enough", 2.0, 1.0)
    assert listener.attempt(0.0) is None
    assert listener.of("up", "down") is SILENT
    assert listener.of("left") is listener
    listener.begin(("left", "right"), 0.1)
    listener.only("right", "goes {}")
    listener.least("far enough", 2.0, 1.0)
    heard = listener.attempt(0.1)
    assert heard is not None
    assert {text: test.ok for text, test in heard.tests.items()} == {"goes left": False}


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [(PALMS, 1.5, 1.5), (SHARE, 0.25, 25.0), (f"{SHARE} of the way", 0.5, 50.0), (TURN, math.pi, 180.0),
     (GROWTH, math.log(1.3), 30.0), (f"{GROWTH} a second", math.log(2.0), 100.0)],
)  # fmt: skip
def test_units_are_a_persons(unit: str, value: float, shown: float) -> None:
    listener = Listener("left")
    listener.begin(("left",), 0.0)
    assert listener.most("x", value, value, unit)
    assert not listener.least("y", value, value + 1, unit)
    heard = listener.attempt(0.0)
    assert heard is not None
    assert heard.tests["x"].measured == heard.tests["x"].high == pytest.approx(shown)
    assert heard.tests["y"].ok is False
