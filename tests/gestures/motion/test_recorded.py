"""Movements by example: what matches whatever its size, tempo and turn, and what does not."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handplay.gestures.kinds import Motion, Path
from handplay.gestures.library import Library
from handplay.gestures.motion.recorded import POINTS, PathTable, resampled, shape_of
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.recognizer import Recognizer

Make = Callable[..., Any]

ZIGZAG: Path = ((-1, -0.8), (1, -0.8), (-1, 0.8), (1, 0.8))
HOOK: Path = ((0, -1), (0, 0.6), (0.3, 1), (0.8, 1), (1.1, 0.6))
ROOF: Path = ((-1, 0.7), (0, -0.7), (1, 0.7))


def moved(path: Path, scale: float = 1.0, turn_deg: float = 0.0, x: float = 0.0, y: float = 0.0) -> Path:
    c, s = math.cos(math.radians(turn_deg)) * scale, math.sin(math.radians(turn_deg)) * scale
    return tuple((x + c * a - s * b, y + s * a + c * b) for a, b in path)


def table(*motions: Motion) -> PathTable:
    return PathTable(motions, MotionSettings())


def library(*motions: Motion) -> Library:
    return Library(motions, MappingProxyType({}))


BOTH = (Motion("zigzag", samples=(ZIGZAG,)), Motion("hook", samples=(HOOK,)))


def test_points_lie_at_equal_distances() -> None:
    points = resampled(ZIGZAG)
    steps = [math.dist(a, b) for a, b in itertools.pairwise(points)]
    assert len(points) == POINTS
    assert points[0] == ZIGZAG[0]
    assert points[-1] == pytest.approx(ZIGZAG[-1])
    assert max(steps) < 1.01 * math.dist(*ZIGZAG[:2]) / 4


def test_a_point_has_no_shape() -> None:
    assert shape_of([(1.0, 1.0)] * 4)[1] == 0.0
    assert table(*BOTH).match([(1.0, 1.0)] * 4) is None


@given(
    scale=st.floats(0.4, 2.5), turn=st.floats(-28, 28), x=st.floats(-9, 9), y=st.floats(-9, 9),
    which=st.sampled_from([(0, ZIGZAG), (1, HOOK)]),
)  # fmt: skip
def test_size_place_and_a_small_turn_do_not_matter(
    scale: float, turn: float, x: float, y: float, which: tuple[int, Path]
) -> None:
    number, path = which
    match = table(*BOTH).match(moved(path, scale, turn, x, y))
    assert match is not None
    assert match[0] == number
    assert match[1] > 0.99


@pytest.mark.parametrize(("rotation", "found"), [("fixed", False), ("any", True)])
@pytest.mark.parametrize("turn", [70, 140, -100])
def test_a_large_turn_matters_unless_any_is_asked_for(rotation: str, turn: float, found: bool) -> None:
    match = table(Motion("zigzag", samples=(ZIGZAG,), rotation=rotation)).match(moved(ZIGZAG, 1.0, turn))
    assert (match is not None) == found


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(ROOF, id="another shape"),
        pytest.param(tuple((-x, y) for x, y in ZIGZAG), id="mirrored"),
        pytest.param(ZIGZAG[::-1], id="backwards"),
        pytest.param(moved(ZIGZAG, 4.0), id="much too large"),
        pytest.param(moved(ZIGZAG, 0.2), id="much too small"),
    ],
)
def test_what_does_not_match(path: Path) -> None:
    assert table(BOTH[0]).match(path) is None


def test_of_two_that_fit_alike_none_is_told() -> None:
    twin = Motion("twin", samples=(moved(ZIGZAG, 1.1),))
    assert table(BOTH[0], twin).match(ZIGZAG) is None


def _drawn(m: Any, path: Path, seconds: float) -> Any:
    points = resampled(path, 61)

    def place(t: float) -> tuple[float, float]:
        at = 60 * t
        i = min(59, int(at))
        (ax, ay), (bx, by) = points[i], points[i + 1]
        return ax + (at - i) * (bx - ax), ay + (at - i) * (by - ay)

    return m.along(seconds, place)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scale=st.floats(0.7, 1.5),
    turn=st.floats(-15, 15),
    seconds=st.floats(0.7, 1.8),
    fps=st.sampled_from([15.0, 30.0, 60.0]),
    which=st.sampled_from([("zigzag", ZIGZAG), ("hook", HOOK)]),
)
def test_a_drawn_path_is_told_once(
    mover: Make, played: Make, scale: float, turn: float, seconds: float, fps: float, which: tuple[str, Path]
) -> None:
    name, path = which
    m = mover(fps=fps, pose="fist")
    path = moved(path, scale, turn)
    m.at = path[0]
    told = played(Recognizer(library(*BOTH))).feed(m.rest(0.6), _drawn(m, path, seconds), m.rest(0.6))
    assert told.names() == [name]


def test_a_fingertip_can_draw_too(mover: Make, played: Make) -> None:
    m = mover(pose="point")
    m.at = ROOF[0]
    roof = Motion("roof", samples=(ROOF,))
    told = played(Recognizer(library(roof))).feed(m.rest(0.6), _drawn(m, ROOF, 1.0), m.rest(0.5))
    assert told.names() == ["roof"]


def test_a_rich_path_needs_no_pause(mover: Make, played: Make) -> None:
    m = mover(pose="fist")
    m.at = ZIGZAG[0]
    told = played(Recognizer(library(*BOTH)))
    assert told.feed(m.rest(0.6), _drawn(m, ZIGZAG, 1.3), m.go(0.8, 3.0, 1.4, even=True)).names() == ["zigzag"]


@pytest.mark.parametrize("seed", range(6))
def test_wandering_about_matches_nothing(mover: Make, played: Make, seed: int) -> None:
    rng = random.Random(seed)
    m = mover(pose="fist")
    runs = [m.go(rng.uniform(0.3, 0.8), rng.uniform(-2, 2), rng.uniform(-1.5, 1.5)) for _ in range(20)]
    assert played(Recognizer(library(*BOTH))).feed(m.rest(0.5), *runs).names() == []
