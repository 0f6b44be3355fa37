"""Strokes while they are drawn: what is fixed stays, what trembles does not show, the final fit is near."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Literal

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from handplay.games.airdraw.bezier import at, distances, flatten, straight, through_points
from handplay.games.airdraw.fitting import TOLERANCE, Knots, find_corners, refit
from handplay.games.airdraw.live_stroke import STICKER_SIZE, LiveStroke
from handplay.games.airdraw.strokes import Stroke
from handplay.games.airdraw.tools import BRUSH_THIN, brush_share

Points = NDArray[np.float64]
_unit = st.floats(-1, 1, width=32)
_points = st.lists(st.tuples(_unit, _unit), min_size=2, max_size=25).map(lambda p: np.array(p, np.float64))


def line_of(stroke: Stroke) -> Points:
    curves, _ = through_points(stroke.points)
    return flatten(curves, 1e-5)[0] if len(curves) else stroke.points.astype(np.float64)


@given(_points)
def test_the_curve_goes_through_its_points(points: Points) -> None:
    curves, begins = through_points(points)
    assert np.allclose(curves[:, 0], points[begins])
    assert np.allclose(curves[:, 3], points[begins + 1])
    assert np.isfinite(curves).all()
    # Smooth where no point stands twice: the handles on both sides lie on one line.
    for k in np.flatnonzero(np.diff(begins) == 1):
        a, b = curves[k, 3] - curves[k, 2], curves[k + 1, 1] - curves[k + 1, 0]
        assert abs(a[0] * b[1] - a[1] * b[0]) <= 1e-6 * max(1, np.hypot(*a) * np.hypot(*b)) + 1e-9


@given(_points, st.tuples(_unit, _unit))
def test_a_new_point_changes_the_last_two_spans_alone(points: Points, more: tuple[float, float]) -> None:
    curves, begins = through_points(points)
    again, _ = through_points(np.vstack([points, more]))
    fixed = begins < len(points) - 2
    assert np.allclose(curves[fixed], again[: len(curves)][fixed])


@given(_points, st.floats(1e-4, 0.1))
@settings(deadline=None)
def test_flattening_stays_within_its_tolerance(points: Points, tolerance: float) -> None:
    curves, _ = through_points(points)
    line, where = flatten(curves, tolerance)
    if len(curves) == 0:
        return
    assert (np.diff(where) > 0).all()
    owner = np.repeat(np.arange(len(curves)), 20)
    truth = at(curves, owner, np.tile(np.linspace(0, 1, 20), len(curves)))
    assert distances(truth, line).max() <= tolerance * 1.01 + 1e-9


def test_corners_are_where_a_point_stands_twice() -> None:
    bent = np.array([(0, 0), (1, 0), (1, 0), (1, 1)], np.float64)
    curves, begins = through_points(bent)
    assert begins.tolist() == [0, 2]
    assert np.allclose(curves, straight(np.array([(0, 0), (1, 0), (1, 1)])))


def drawn(path: Points, *, noise: float = 0.0, rate: float = 60.0, seed: int = 0, **more: object) -> LiveStroke:
    rng = np.random.default_rng(seed)
    live = LiveStroke(more.pop("tool", "pen"), (0, 0, 0), **more)  # type: ignore[arg-type] # by name
    for k, (x, y) in enumerate(path + rng.normal(0, noise, path.shape)):
        live.add(float(x), float(y), k / rate)
    return live


T = np.linspace(0, 1, 150)[:, None]
PATHS = {
    "circle": 0.3 * np.hstack([np.cos(6.3 * T), np.sin(6.3 * T)]),
    "small_circle": 0.03 * np.hstack([np.cos(6.3 * T), np.sin(6.3 * T)]),
    "zigzag": np.hstack([T - 0.5, 0.2 * np.abs((T * 6) % 2 - 1)]),
    "spiral": 0.4 * T * np.hstack([np.cos(20 * T), np.sin(20 * T)]),
    "line": np.hstack([T, 0.3 * T]),
    "eight": np.hstack([0.3 * np.sin(6.3 * T), 0.2 * np.sin(12.6 * T)]),
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
@pytest.mark.parametrize("noise", [0.0, 0.0005, 0.002])
@pytest.mark.parametrize("tool", ["pen", "brush"])
def test_the_final_fit_is_near_what_was_drawn_and_small(path: Points, noise: float, tool: str) -> None:
    live = drawn(path, noise=noise, seed=4, tool=tool)
    seen = live.points
    stroke = live.finish()
    assert stroke is not None
    assert distances(seen, line_of(stroke)).max() <= TOLERANCE
    if noise == 0 and tool == "pen":
        assert len(stroke.points) <= 0.7 * len(path)
        assert distances(path, line_of(stroke)).max() <= 2.5 * TOLERANCE


@given(_points)
@example(np.array([(0.25, 0.0), (1.0, 0.625), (0.0, 0.0), (-0.0625, 0.0), (0.0, 1.0)]))
@settings(deadline=None, max_examples=200)
def test_the_fit_of_any_line_keeps_the_tolerance(points: Points) -> None:
    gap = np.hypot(*np.diff(points, axis=0).T)
    points = points[np.concatenate([[True], gap > 1e-4])]
    count = len(points)
    fitted = refit(Knots(points, np.full(count, 0.01), np.arange(count, dtype=np.float64)))
    assert np.allclose(fitted.points[[0, -1]], points[[0, -1]])
    line = flatten(through_points(fitted.points)[0], 1e-5)[0] if count > 1 else points
    assert distances(points, line).max() <= TOLERANCE
    assert (np.diff(fitted.times) >= 0).all()


@pytest.mark.parametrize(
    ("path", "corners"),
    [("circle", 0), ("small_circle", 0), ("line", 0), ("eight", 0), ("zigzag", 5)],
)
def test_corners_are_found_and_curves_are_none(path: str, corners: int) -> None:
    live = drawn(PATHS[path])
    assert len(find_corners(live.points)) == corners


def test_a_round_line_with_few_samples_stays_round() -> None:
    angles = np.linspace(0, math.tau, 8)[:, None]
    live = drawn(0.2 * np.hstack([np.cos(angles), np.sin(angles)]), rate=7)
    assert len(find_corners(live.points)) == 0
    stroke = live.finish()
    assert stroke is not None
    line = line_of(stroke)
    # From corner to corner it would have seven straight sides, 0.18 from the middle.
    assert np.hypot(*line[len(line) // 8 : -len(line) // 8].T).min() > 0.19


def test_corners_stay_sharp() -> None:
    stroke = drawn(PATHS["zigzag"]).finish()
    assert stroke is not None
    tips = np.array([(k / 6 - 0.5, 0.2 * (k % 2 == 0)) for k in range(1, 6)])
    # A hand's sample may be up to half a step away from the very tip.
    assert distances(tips, line_of(stroke)).max() < 0.004


@pytest.mark.parametrize("tool", ["pen", "brush", "highlighter", "eraser"])
def test_what_is_fixed_never_moves(tool: str) -> None:
    live = LiveStroke(tool, (0, 0, 0))  # type: ignore[arg-type] # a name of a tool
    seen: list[NDArray[np.float64]] = []
    widths: list[float] = []
    for k, (x, y) in enumerate(PATHS["spiral"]):
        live.add(float(x), float(y), k / 60)
        live.predict(float(x) + 0.01, float(y))
        if live.fixed > len(seen):
            curves, some = live.spans(len(seen), live.fixed)
            seen += list(curves)
            widths += some[1:].tolist()
        whole, row = live.spans(0, live.fixed)
        assert np.allclose(whole, np.array(seen).reshape(-1, 4, 2))
        assert row[1:].tolist() == widths
        for path in live.tail():
            if seen and len(path.curves):
                assert np.allclose(path.curves[0, 0], seen[-1][3])


def test_a_trembling_hand_at_rest_draws_a_dot_not_a_tangle() -> None:
    rng = np.random.default_rng(5)
    live = LiveStroke("pen", (0, 0, 0))
    tips = []
    for k in range(300):
        x, y = 0.1 + rng.normal(0, 0.0008, 2)
        live.add(float(x), float(y), k / 60)
        tips.append(live.tip)
    assert np.ptp(np.array(tips), axis=0).max() < 0.003
    stroke = live.finish()
    assert stroke is not None
    assert len(stroke.points) <= 4


def test_a_moving_pen_has_no_lag_from_being_steadied() -> None:
    live = drawn(np.hstack([T * 1.5, 0 * T]))
    assert live.tip[0] == pytest.approx(1.5, abs=1e-6)


def test_the_last_moments_can_be_dropped() -> None:
    path = np.hstack([T, 0 * T])
    live = drawn(path)
    stroke = live.finish(until_s=100 / 60)
    assert stroke is not None
    assert float(stroke.points[-1, 0]) == pytest.approx(float(path[100, 0]), abs=0.008)
    assert float(stroke.points[-1, 0]) <= float(path[100, 0]) + 1e-4
    assert drawn(path).finish(until_s=-1.0) is None


def test_prediction_is_seen_and_never_kept() -> None:
    live = drawn(PATHS["line"][:40])
    end = live.tip
    live.predict(end[0] + 0.05, end[1])
    assert live.tail()[0].curves[-1, 3, 0] == pytest.approx(end[0] + 0.05)
    stroke = live.finish()
    assert stroke is not None
    assert float(stroke.points[-1, 0]) == pytest.approx(end[0], abs=1e-4)


def test_a_tap_is_a_dot() -> None:
    live = LiveStroke("pen", (1, 2, 3), layer=4)
    live.add(0.2, 0.3, 5.0)
    stroke = live.finish()
    assert stroke is not None
    assert stroke.points.tolist() == pytest.approx(np.array([[0.2, 0.3]]), abs=1e-5)
    assert (stroke.layer, stroke.start_s) == (4, 5.0)


def test_nothing_and_what_was_cancelled_is_no_stroke() -> None:
    assert LiveStroke("pen", (0, 0, 0)).finish() is None
    live = drawn(PATHS["line"])
    live.cancel()
    assert live.finish() is None
    assert live.tail() == ()


def test_a_time_that_goes_back_is_passed_over() -> None:
    live = LiveStroke("pen", (0, 0, 0))
    for time_s, x in ((1.0, 0.0), (1.1, 0.1), (1.05, 0.9), (1.1, 0.9), (1.2, 0.2)):
        live.add(x, 0.0, time_s)
    assert live.points[:, 0].max() == pytest.approx(0.2)


def test_a_sample_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not finite"):
        LiveStroke("pen", (0, 0, 0)).add(math.nan, 0, 0)


@pytest.mark.parametrize(
    ("tool", "points"),
    [
        ("line", [(0.1, 0.1), (0.5, 0.3)]),
        ("arrow", [(0.1, 0.1), (0.5, 0.3)]),
        ("rectangle", [(0.1, 0.1), (0.5, 0.1), (0.5, 0.3), (0.1, 0.3)]),
        ("triangle", [(0.3, 0.1), (0.5, 0.3), (0.1, 0.3)]),
        ("ellipse", [(0.3, 0.2), (0.5, 0.2), (0.3, 0.3)]),
        ("sticker", [(0.1, 0.1), (0.1, 0.1 - math.hypot(0.4, 0.2))]),
    ],
)
def test_a_drag_makes_a_shape(tool: str, points: list[tuple[float, float]]) -> None:
    live = LiveStroke(tool, (9, 9, 9), sticker="heart" if tool == "sticker" else "")  # type: ignore[arg-type] # a name
    for k in range(11):
        live.add(0.1 + 0.04 * k, 0.1 + 0.02 * k, k / 10)
        assert live.fixed == 0
    stroke = live.finish()
    assert stroke is not None
    assert stroke.tool == tool
    assert stroke.points == pytest.approx(np.array(points), abs=2e-5)
    short = LiveStroke(tool, (9, 9, 9), sticker="heart" if tool == "sticker" else "")
    short.add(0.1, 0.1, 0)
    short.add(0.101, 0.1, 0.1)
    assert (short.finish() is None) == (tool != "sticker")


def test_a_brush_is_thinner_when_fast_and_thicker_when_pressed() -> None:
    slow, fast = drawn(PATHS["line"] * 0.2, tool="brush").finish(), drawn(PATHS["line"][::8], tool="brush").finish()
    assert slow is not None
    assert fast is not None
    assert fast.widths.mean() < 0.6 * slow.widths.mean()
    assert brush_share(1.0, 99.0) == 1.0
    assert brush_share(0.0, 0.0) == BRUSH_THIN


@pytest.mark.parametrize("zoom", [1.0, 8.0])
def test_steadiness_is_of_the_window_not_of_the_plane(zoom: float) -> None:
    live = LiveStroke("pen", (0, 0, 0), zoom=zoom)
    for k, (x, y) in enumerate(PATHS["circle"] / zoom):
        live.add(float(x), float(y), k / 60)
    stroke = live.finish()
    assert stroke is not None
    assert 8 <= len(stroke.points) <= 60
    assert stroke.width == pytest.approx(0.008 / zoom, abs=1e-5)


def test_a_live_stroke_can_become_a_shape(drawings: ModuleType) -> None:
    live = drawings.live_circle()
    shape = drawings.pen((0, 0), (1, 1), tool="line")
    live.become(shape)
    assert live.fixed == 0
    assert len(live.tail()) == 1
    assert live.finish() is shape
    live.become(None)
    assert live.fixed > 0


@pytest.mark.parametrize("zoom", [1.0, 4.0])
def test_a_tap_places_a_sticker_of_the_usual_size(zoom: float) -> None:
    live = LiveStroke("sticker", (255, 200, 87), sticker="star", zoom=zoom)
    live.add(0.3, 0.4, 0.0)
    live.add(0.3, 0.4001, 0.1)
    stroke = live.finish()
    assert stroke is not None
    assert stroke.points == pytest.approx(np.array([[0.3, 0.4], [0.3, 0.4 - STICKER_SIZE / zoom]]))


@pytest.mark.parametrize("tool", ["line", "rectangle", "ellipse"])
def test_a_tap_with_a_shape_is_nothing(tool: Literal["line", "rectangle", "ellipse"]) -> None:
    live = LiveStroke(tool, (255, 200, 87))
    live.add(0.3, 0.4, 0.0)
    assert live.finish() is None
