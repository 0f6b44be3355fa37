"""Cubic Bezier curves as arrays (K, 4, 2): through points, flattened, measured. Pure numpy, no loops over points."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Curves = NDArray[np.float64]
"""Bezier curves, float64 (K, 4, 2): start, two handles, end."""

_TINY = 1e-12


def through_points(points: NDArray[np.floating[Any]]) -> tuple[Curves, NDArray[np.intp]]:
    """The centripetal Catmull-Rom curve through points, as Bezier curves.

    It has no loops or cusps between points (Yuksel 2011), and a new point changes the last two spans alone. A point
    that stands twice is a corner. At the ends and at corners a span is a parabola toward its neighbour.

    Args:
        points: (N, 2), N >= 1.

    Returns:
        curves (K, 4, 2) and the index of the point each begins at (K,); spans of no length are left out.
    """
    p = np.asarray(points, np.float64)
    if len(p) < 2:
        return np.zeros((0, 4, 2)), np.zeros(0, np.intp)
    span = np.hypot(*np.diff(p, axis=0).T)
    live = span > _TINY
    a, b = p[:-1], p[1:]
    before = np.concatenate([[0.0], span[:-1]])
    after = np.concatenate([span[1:], [0.0]])
    first = np.concatenate([p[:1], p[:-2]])
    last = np.concatenate([p[2:], p[-1:]])
    open_start, open_end = before <= _TINY, after <= _TINY
    one = _handle(a, b, first, span, np.where(open_start, 1.0, before))
    two = _handle(b, a, last, span, np.where(open_end, 1.0, after))
    third = (b - a) / 3
    lone = (open_start & open_end)[:, None]
    one = np.where(lone, a + third, np.where(open_start[:, None], two - third, one))
    two = np.where(lone, b - third, np.where(open_end[:, None], one + third, two))
    return np.stack([a, one, two, b], axis=1)[live], np.flatnonzero(live)


def _handle(
    here: NDArray[np.float64],
    there: NDArray[np.float64],
    beyond: NDArray[np.float64],
    span: NDArray[np.float64],
    other: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The handle at `here` of the span to `there`, with the point `beyond` on the other side."""
    d1, d2 = np.sqrt(other), np.sqrt(np.maximum(span, _TINY))
    top = other[:, None] * there - span[:, None] * beyond + (2 * other + 3 * d1 * d2 + span)[:, None] * here
    moved: NDArray[np.float64] = top / (3 * d1 * (d1 + d2))[:, None]
    return moved


def straight(points: NDArray[np.floating[Any]], *, closed: bool = False) -> Curves:
    """The polyline through points as curves."""
    p = np.asarray(points, np.float64)
    q = np.roll(p, -1, axis=0) if closed else p[1:]
    p = p if closed else p[:-1]
    return np.stack([p, p + (q - p) / 3, q - (q - p) / 3, q], axis=1)


def flatten(curves: Curves, tolerance: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A polyline along joined curves that is off by at most the tolerance.

    Args:
        curves: (K, 4, 2), each beginning where the one before ends.
        tolerance: plane units.

    Returns:
        points (M, 2), and where each lies: index of its curve plus the share of it, (M,), rising from 0 to K.
    """
    count = len(curves)
    if count == 0:
        return np.zeros((0, 2)), np.zeros(0)
    bend = np.maximum(
        np.abs(curves[:, 0] - 2 * curves[:, 1] + curves[:, 2]).max(axis=1),
        np.abs(curves[:, 1] - 2 * curves[:, 2] + curves[:, 3]).max(axis=1),
    )
    # Distance of a cubic from its chord is at most |second difference| * 6 / 8 / steps^2; sqrt(2) for the two axes.
    steps = np.clip(np.ceil(np.sqrt(1.0607 * bend / tolerance)), 1, 256).astype(np.intp)
    owner = np.repeat(np.arange(count), steps)
    inside = np.arange(len(owner)) - np.repeat(np.cumsum(steps) - steps, steps)
    t = inside / steps[owner]
    points = at(curves, owner, t)
    return np.concatenate([points, curves[-1:, 3]]), np.concatenate([owner + t, [float(count)]])


def at(curves: Curves, owner: NDArray[np.intp], t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on curves: `owner` (M,) tells which, `t` (M,) where on it, 0..1."""
    c = curves[owner]
    u = t[:, None]
    v = 1 - u
    value: NDArray[np.float64] = (
        v * v * v * c[:, 0] + 3 * u * v * v * c[:, 1] + 3 * u * u * v * c[:, 2] + u * u * u * c[:, 3]
    )
    return value


def distances(points: NDArray[np.floating[Any]], line: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each point (N, 2) is from a polyline (M, 2), (N,)."""
    p = np.asarray(points, np.float64)
    if len(line) == 1:
        return np.asarray(np.hypot(*(p - line[0]).T))
    a, d = line[:-1], np.diff(line, axis=0)
    out = np.full(len(p), np.inf)
    size = np.maximum((d * d).sum(axis=1), _TINY)
    block = max(1, 2_000_000 // len(a))
    for k in range(0, len(p), block):
        rel = p[k : k + block, None, :] - a[None]
        t = np.clip((rel * d[None]).sum(axis=2) / size, 0, 1)
        away = rel - t[..., None] * d[None]
        out[k : k + block] = np.sqrt((away * away).sum(axis=2).min(axis=1))
    return out
