"""Stickers as outlines of Bezier curves: no words, no pictures, drawn in the unit circle with the top up."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Outline = NDArray[np.float64]
"""Bezier curves (K, 4, 2) of one closed outline; y down, top at (0, -1)."""


def _polygon(points: list[tuple[float, float]]) -> Outline:
    p = np.array(points, np.float64)
    q = np.roll(p, -1, axis=0)
    return np.stack([p, p + (q - p) / 3, p + (q - p) * 2 / 3, q], axis=1)


def _star(tips: int, inner: float) -> Outline:
    rays = [1.0 if k % 2 == 0 else inner for k in range(2 * tips)]
    angles = [math.pi * k / tips for k in range(2 * tips)]
    return _polygon([(r * math.sin(a), -r * math.cos(a)) for r, a in zip(rays, angles, strict=True)])


def circle(x: float = 0.0, y: float = 0.0, radius: float = 1.0, *, hole: bool = False) -> Outline:
    """A circle of four curves; a hole runs the other way round."""
    k = 0.5522847498
    quarter = np.array([(1, 0), (1, k), (k, 1), (0, 1)], np.float64)
    turns = []
    for n in range(4):
        c, s = [(1, 0), (0, 1), (-1, 0), (0, -1)][n]
        turns.append(quarter @ np.array([(c, s), (-s, c)], np.float64))
    curves: Outline = np.stack(turns) * radius + np.array((x, y))
    return curves[::-1, ::-1].copy() if hole else curves


def _path(
    start: tuple[float, float], *rest: tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
) -> Outline:
    curves = []
    here = start
    for a, b, end in rest:
        curves.append((here, a, b, end))
        here = end
    return np.array(curves, np.float64)


_HEART = _path(
    (0.0, 0.95),
    ((-0.25, 0.68), (-1.0, 0.3), (-1.0, -0.3)),
    ((-1.0, -0.68), (-0.74, -0.92), (-0.46, -0.92)),
    ((-0.26, -0.92), (-0.08, -0.8), (0.0, -0.6)),
    ((0.08, -0.8), (0.26, -0.92), (0.46, -0.92)),
    ((0.74, -0.92), (1.0, -0.68), (1.0, -0.3)),
    ((1.0, 0.3), (0.25, 0.68), (0.0, 0.95)),
)

_MOON = _path(
    (0.25, -0.95),
    ((-0.35, -0.85), (-0.8, -0.4), (-0.8, 0.1)),
    ((-0.8, 0.6), (-0.35, 0.95), (0.15, 0.95)),
    ((0.5, 0.95), (0.8, 0.78), (0.9, 0.5)),
    ((0.35, 0.62), (-0.2, 0.3), (-0.2, -0.25)),
    ((-0.2, -0.55), (0.0, -0.8), (0.25, -0.95)),
)

_DROP = _path(
    (0.0, -1.0),
    ((0.15, -0.6), (0.7, -0.05), (0.7, 0.35)),
    ((0.7, 0.74), (0.38, 1.0), (0.0, 1.0)),
    ((-0.38, 1.0), (-0.7, 0.74), (-0.7, 0.35)),
    ((-0.7, -0.05), (-0.15, -0.6), (0.0, -1.0)),
)

_CLOUD = _path(
    (-0.6, 0.5),
    ((-1.05, 0.5), (-1.15, -0.1), (-0.72, -0.18)),
    ((-0.7, -0.62), (-0.12, -0.78), (0.08, -0.42)),
    ((0.4, -0.66), (0.78, -0.4), (0.68, -0.08)),
    ((1.1, -0.04), (1.08, 0.5), (0.62, 0.5)),
    ((0.2, 0.5), (-0.2, 0.5), (-0.6, 0.5)),
)

_BOLT = _polygon([(0.2, -1.0), (-0.6, 0.12), (-0.08, 0.12), (-0.25, 1.0), (0.6, -0.22), (0.06, -0.22)])

_CHECK = _polygon([(-0.95, 0.05), (-0.68, -0.24), (-0.3, 0.14), (0.65, -0.8), (0.95, -0.52), (-0.3, 0.7)])


def _flower() -> tuple[Outline, ...]:
    petals = [circle(0.6 * math.sin(math.tau * k / 6), -0.6 * math.cos(math.tau * k / 6), 0.38) for k in range(6)]
    return (*petals, circle(radius=0.45), circle(radius=0.22, hole=True))


def _smile() -> tuple[Outline, ...]:
    mouth = _path((0.5, 0.25), ((0.4, 0.8), (-0.4, 0.8), (-0.5, 0.25)), ((-0.25, 0.45), (0.25, 0.45), (0.5, 0.25)))
    cut = _solid(mouth)[::-1, ::-1].copy()
    return (circle(), circle(-0.35, -0.3, 0.13, hole=True), circle(0.35, -0.3, 0.13, hole=True), cut)


def _sun() -> tuple[Outline, ...]:
    rays = []
    for k in range(10):
        a, half = math.tau * k / 10, 0.16
        tip = (math.sin(a), -math.cos(a))
        left, right = (a - half, a + half)
        rays.append(
            _polygon(
                [
                    tip,
                    (0.68 * math.sin(right), -0.68 * math.cos(right)),
                    (0.68 * math.sin(left), -0.68 * math.cos(left)),
                ]
            )
        )
    return (circle(radius=0.55), *(_solid(ray) for ray in rays))


def _area(outline: Outline) -> float:
    x, y = outline[:, :3].reshape(-1, 2).T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2


def _solid(outline: Outline) -> Outline:
    """The same outline, running the way of ink; holes run against it."""
    return outline if _area(outline) > 0 else outline[::-1, ::-1].copy()


STICKERS: dict[str, tuple[Outline, ...]] = {
    "star": (_solid(_star(5, 0.45)),),
    "heart": (_solid(_HEART),),
    "sun": _sun(),
    "moon": (_solid(_MOON),),
    "cloud": (_solid(_CLOUD),),
    "drop": (_solid(_DROP),),
    "bolt": (_solid(_BOLT),),
    "flower": _flower(),
    "smile": _smile(),
    "check": (_solid(_CHECK),),
    "spark": (_solid(_star(4, 0.32)),),
}
"""Outlines by name, filled by the non-zero rule."""
