"""Shape snap on seeded hands: shapes become what they were meant to be, and nothing else becomes a shape."""

from __future__ import annotations

import math
from collections import Counter
from types import ModuleType

import numpy as np
import pytest

from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.shapes import Snap, recognise, snapped

# Settings were chosen on the seeds 0 to 59; these are others.
SEEDS = range(5000, 5025)
SHAPES = ("line", "circle", "ellipse", "square", "rectangle", "triangle", "arrow")
NO_SHAPES = (
    "spiral", "eight", "wave", "arc", "letter_s", "letter_w", "letter_z", "letter_l", "letter_n", "letter_e", "star",
    "heart", "cross_star", "trapezoid", "crescent", "scribble", "loop",
)  # fmt: skip


def seen(hand_drawn: ModuleType, path: object, wobble: float) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        turn, size = rng.uniform(0, math.tau), rng.uniform(0.5, 1.5)
        snap = recognise(hand_drawn.drawn(path, rng, wobble=wobble, turn_rad=turn, size=size))
        kinds[snap.kind if snap else "none"] += 1
    return kinds


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("wobble", [0.0, 0.02, 0.04])
def test_a_wobbly_shape_is_recognised(hand_drawn: ModuleType, name: str, wobble: float) -> None:
    kinds = seen(hand_drawn, hand_drawn.SHAPES[name], wobble)
    assert kinds[name] >= 24
    assert kinds["none"] + kinds[name] == len(SEEDS)


@pytest.mark.parametrize("name", NO_SHAPES)
@pytest.mark.parametrize("wobble", [0.0, 0.04])
def test_what_is_no_shape_stays_as_it_is(hand_drawn: ModuleType, name: str, wobble: float) -> None:
    assert seen(hand_drawn, hand_drawn.NO_SHAPES[name], wobble)["none"] >= 24


def test_the_tables_are_whole(hand_drawn: ModuleType) -> None:
    assert set(hand_drawn.SHAPES) == set(SHAPES)
    assert set(hand_drawn.NO_SHAPES) == set(NO_SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_lies_where_it_was_drawn(hand_drawn: ModuleType, name: str) -> None:
    path = hand_drawn.SHAPES[name]
    snap = recognise(path)
    assert snap is not None
    truth = {
        "line": [(-0.3, 0), (0.3, 0)],
        "arrow": [(-0.3, 0), (0.3, 0)],
        "circle": [(0, 0), (0.2, 0), (0, 0.2)],
        "triangle": [(0, -0.22), (0.25, 0.2), (-0.25, 0.2)],
    }.get(name)
    if truth is not None:
        far = np.hypot(*(np.array(truth)[:, None] - snap.points[None]).transpose(2, 0, 1)).min(axis=1)
        assert far.max() < 0.02
    else:
        low, high = _reach(snap)
        assert low == pytest.approx(path.min(axis=0), abs=0.02)
        assert high == pytest.approx(path.max(axis=0), abs=0.02)


def _reach(snap: Snap) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg] # two numbers each
    p = snap.points
    if snap.kind == "ellipse":
        half = np.sqrt((p[1] - p[0]) ** 2 + (p[2] - p[0]) ** 2)
        return p[0] - half, p[0] + half
    return p.min(axis=0), p.max(axis=0)


def test_what_goes_round_twice_is_no_circle(hand_drawn: ModuleType) -> None:
    once = hand_drawn.SHAPES["circle"]
    assert recognise(once) is not None
    assert recognise(np.vstack([once, once])) is None


def test_an_arrow_points_where_it_was_drawn_to(hand_drawn: ModuleType) -> None:
    snap = recognise(hand_drawn.SHAPES["arrow"][:, ::-1])
    assert snap is not None
    assert snap.points == pytest.approx(np.array([(0, -0.3), (0, 0.3)]), abs=0.02)


@pytest.mark.parametrize("points", [np.zeros((0, 2)), np.zeros((1, 2)), np.zeros((50, 2)), np.full((9, 2), 0.01)])
def test_dots_are_no_shapes(points: np.ndarray) -> None:  # type: ignore[type-arg] # any
    assert recognise(points) is None


def test_confidence_falls_with_the_wobble(hand_drawn: ModuleType) -> None:
    for name in SHAPES:
        means = []
        for wobble in (0.0, 0.03, 0.06):
            found = [
                recognise(
                    hand_drawn.drawn(hand_drawn.SHAPES[name], np.random.default_rng(k), wobble=wobble, turn_rad=1)
                )
                for k in range(10)
            ]
            means.append(sum(snap.confidence if snap else 0.0 for snap in found))
        assert means[0] > means[1] > means[2]


def test_a_snapped_stroke_keeps_its_ink(drawings: ModuleType) -> None:
    live = drawings.live_circle()
    stroke = snapped(live)
    assert stroke is not None
    assert (stroke.tool, stroke.colour) == ("ellipse", live.colour)
    assert stroke.width == pytest.approx(live.width)
    assert stroke.points[0] == pytest.approx((0, 0), abs=0.01)
    assert stroke.start_s == 0.0
    assert float(stroke.times[-1]) == pytest.approx(79 / 60, abs=0.01)


@pytest.mark.parametrize("tool", ["eraser", "highlighter", "line"])
def test_other_tools_do_not_snap(drawings: ModuleType, tool: str) -> None:
    assert snapped(drawings.live_circle(tool)) is None
    assert snapped(LiveStroke("pen", (0, 0, 0))) is None


def test_a_small_circle_in_a_close_view_snaps_too() -> None:
    live = LiveStroke("pen", (0, 0, 0), zoom=20)
    for k in range(80):
        live.add(0.01 * math.cos(k / 79 * math.tau), 0.01 * math.sin(k / 79 * math.tau), k / 60)
    stroke = snapped(live)
    assert stroke is not None
    assert np.hypot(*(stroke.points[1] - stroke.points[0])) == pytest.approx(0.01, rel=0.1)
