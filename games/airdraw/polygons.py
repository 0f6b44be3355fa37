"""A wobbly outline as straight sides: where it turns, and the lines that lie best along what is between."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def resampled(points: NDArray[np.floating[Any]], count: int) -> Points:
    """So many points at equal ways along a line (N, 2)."""
    p = np.asarray(points, np.float64)
    step = np.hypot(*np.diff(p, axis=0).T)
    way = np.concatenate([[0.0], np.cumsum(step)])
    at = np.linspace(0, way[-1], count)
    return np.column_stack([np.interp(at, way, p[:, 0]), np.interp(at, way, p[:, 1])])


def simplified(points: Points, tolerance: float) -> list[int]:
    """Indices of the points that a polyline within the tolerance needs (Ramer, Douglas, Peucker)."""
    keep = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        a, b = todo.pop()
        if b - a < 2:
            continue
        away = off_segment(points[a + 1 : b], points[a], points[b])
        k = int(away.argmax())
        if away[k] > tolerance:
            middle = a + 1 + k
            keep.add(middle)
            todo += [(a, middle), (middle, b)]
    return sorted(keep)


def off_segment(points: Points, a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distance of each point from the segment a-b, (N,)."""
    d = b - a
    size = max(float(d @ d), 1e-18)
    t = np.clip((points - a) @ d / size, 0, 1)
    away: NDArray[np.float64] = np.hypot(*(points - a - t[:, None] * d).T)
    return away


def closed_corners(points: Points, tolerance: float) -> list[int]:
    """Indices of the corners of a closed outline, in order along it."""
    centre = points.mean(axis=0)
    start = int(np.hypot(*(points - centre).T).argmax())
    turned = np.roll(points, -start, axis=0)
    loop = np.vstack([turned, turned[:1]])
    found = simplified(loop, tolerance)[:-1]
    return sorted((k + start) % len(points) for k in found)


def along_sides(points: Points, corners: list[int]) -> Points | None:
    """The corners again, as the crossings of the lines that lie best along the sides; None if two are parallel."""
    lines = []
    count = len(points)
    for k, start in enumerate(corners):
        end = corners[(k + 1) % len(corners)]
        length = (end - start) % count
        # The rounding of the corners does not count for the sides.
        trim = max(1, length // 6)
        part = points[(start + np.arange(trim, length - trim + 1)) % count]
        if len(part) < 3:
            return None
        middle = part.mean(axis=0)
        way = np.linalg.svd(part - middle)[2][0]
        lines.append((middle, way))
    crossings = []
    for k in range(len(lines)):
        (a, u), (b, v) = lines[k - 1], lines[k]
        cross = u[0] * v[1] - u[1] * v[0]
        if abs(cross) < 0.2:
            return None
        t = ((b - a)[0] * v[1] - (b - a)[1] * v[0]) / cross
        crossings.append(a + t * u)
    return np.array(crossings)


def off_outline(points: Points, corners: Points) -> NDArray[np.float64]:
    """Distance of each point from the outline of a polygon, (N,)."""
    sides = [off_segment(points, corners[k - 1], corners[k]) for k in range(len(corners))]
    return np.asarray(np.min(sides, axis=0))
