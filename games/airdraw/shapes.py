"""Shape snap: a wobbly circle becomes a circle, and what is no shape stays what it is.

Each shape is fitted to the line as a whole; what is left over, as a share of its size, is the doubt. A line that is not
clearly one shape, or clearly more than a shape (a letter, a spiral, a scribble), gives None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.polygons import (
    Points,
    along_sides,
    closed_corners,
    off_outline,
    off_segment,
    resampled,
    simplified,
)
from handplay.games.airdraw.strokes import Stroke
from handplay.games.airdraw.tools import Tool

Kind = Literal["line", "arrow", "circle", "ellipse", "triangle", "rectangle", "square"]

_TOOL: dict[Kind, Tool] = {
    "line": "line", "arrow": "arrow", "circle": "ellipse", "ellipse": "ellipse", "triangle": "triangle",
    "rectangle": "rectangle", "square": "rectangle",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShapeSettings:
    """What counts as a shape. Chosen on seeded lines with wobble, see the tests.

    Attributes:
        least: smaller lines are no shapes, canvas heights.
        gap: an outline is closed if its ends are nearer than this share of its length.
        line: mean distance of a line from straight, share of its length, at which there is no confidence left.
        round: the same for an ellipse, share of its mean radius.
        sides: the same for a polygon, share of its diagonal.
        right_rad: how far corners of a rectangle may be from right angles.
        level_rad: lines so near to level or upright are made so.
        equal: sides or half axes this near to each other, as a share, are made equal.
        confidence: the least that snaps.
    """

    least: float = 0.04
    gap: float = 0.16
    line: float = 0.03
    round: float = 0.11
    sides: float = 0.035
    right_rad: float = 0.35
    level_rad: float = 0.09
    equal: float = 0.18
    confidence: float = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Snap:
    """A shape that a line was meant to be.

    Attributes:
        kind: which.
        confidence: 0..1.
        points: as a stroke of this shape has them, plane.
    """

    kind: Kind
    confidence: float
    points: Points

    def stroke(self, live: LiveStroke, times: tuple[float, float] = (0.0, 1.0), start_s: float = 0.0) -> Stroke:
        """The shape in the ink of a stroke in progress."""
        tool = _TOOL[self.kind]
        row = np.linspace(*times, len(self.points), dtype=np.float32)
        return Stroke(
            tool, live.colour, live.width, self.points.astype(np.float32), times=row, layer=live.layer, start_s=start_s
        )


def snapped(live: LiveStroke, settings: ShapeSettings | None = None) -> Stroke | None:
    """The shape that a stroke in progress was meant to be, in its ink; None if it is none, or its tool draws no lines.

    `live.become` takes it.
    """
    if live.tool not in ("pen", "brush") or live.empty:
        return None
    snap = recognise(live.points * live.zoom, settings)
    if snap is None:
        return None
    began_s, ended_s = live.span_s
    return replace(snap, points=snap.points / live.zoom).stroke(live, (0.0, ended_s - began_s), began_s)


def recognise(points: NDArray[np.floating[Any]], settings: ShapeSettings | None = None) -> Snap | None:
    """The shape that a line was meant to be.

    Args:
        points: (N, 2), plane, in the order they were drawn.
        settings: what counts.

    Returns:
        the best shape, None if there is none.
    """
    s = settings or ShapeSettings()
    given = np.asarray(points, np.float64)
    if len(given) < 3:
        return None
    reach = float(np.hypot(*np.ptp(given, axis=0)))
    if reach < s.least:
        return None
    line = resampled(given, 96)
    length = float(np.hypot(*np.diff(line, axis=0).T).sum())
    found = [_line(line, length, s), _arrow(line, reach, s)]
    outline = _outline(line, length, s)
    if outline is not None:
        found += [_ellipse(outline, s), _polygon(outline, s)]
    best = max((snap for snap in found if snap is not None), key=lambda snap: snap.confidence, default=None)
    return best if best is not None and best.confidence >= s.confidence else None


def _outline(line: Points, length: float, s: ShapeSettings) -> Points | None:
    """The line as a closed outline that goes round once; None if it is none."""
    count = len(line)
    tail = count // 5
    # Ends that run past each other are cut where they are nearest.
    gaps = np.hypot(*(line[:tail, None] - line[None, -tail:]).transpose(2, 0, 1))
    cost = gaps + 0.15 * length / count * (np.arange(tail)[:, None] + np.arange(tail)[::-1][None])
    a, b = np.unravel_index(int(cost.argmin()), cost.shape)
    if gaps[a, b] > s.gap * length:
        return None
    ring = line[a : count - tail + b + 1]
    ring = resampled(np.vstack([ring, ring[:1]]), 73)[:-1]
    smooth = (np.roll(ring, 1, axis=0) + np.roll(ring, -1, axis=0) + ring) / 3
    step = np.roll(smooth, -3, axis=0) - smooth
    ahead = np.roll(step, -3, axis=0)
    turn = np.arctan2(step[:, 0] * ahead[:, 1] - step[:, 1] * ahead[:, 0], (step * ahead).sum(axis=1)) / 3
    # Once round is 2 pi; an eight is 0, a spiral is more, and a line that goes to and fro turns both ways.
    if not 0.85 < abs(turn.sum()) / math.tau < 1.15 or np.abs(turn).sum() > 1.5 * math.tau:
        return None
    return ring


def _line(line: Points, length: float, s: ShapeSettings) -> Snap | None:
    chord = float(np.hypot(*(line[-1] - line[0])))
    if chord < 0.9 * length:
        return None
    middle = line.mean(axis=0)
    way = np.linalg.svd(line - middle)[2][0]
    along = (line - middle) @ way
    off = np.abs((line - middle) @ np.array([-way[1], way[0]]))
    doubt = max(float(off.mean()) / s.line, float(off.max()) / (3.2 * s.line)) / length
    if along[0] > along[-1]:
        way, along = -way, -along
    half = (along[-1] - along[0]) / 2
    centre = middle + way * (along[-1] + along[0]) / 2
    angle = _level(math.atan2(way[1], way[0]), s)
    way = np.array([math.cos(angle), math.sin(angle)])
    return Snap("line", 1 - doubt, np.array([centre - half * way, centre + half * way]))


def _arrow(line: Points, reach: float, s: ShapeSettings) -> Snap | None:
    corners = line[simplified(line, 0.05 * reach)]
    if len(corners) not in (4, 5):
        return None
    start, tip, one = corners[:3]
    other = corners[-1]
    shaft = tip - start
    size = float(np.hypot(*shaft))
    back_to_tip = len(corners) == 4 or float(np.hypot(*(corners[3] - tip))) < 0.15 * size
    if size < 0.5 * reach or not back_to_tip:
        return None
    sides = []
    for wing in (one - tip, other - tip):
        far = float(np.hypot(*wing))
        angle = math.atan2(shaft[0] * wing[1] - shaft[1] * wing[0], -float(shaft @ wing))
        if not 0.08 * size < far < 0.6 * size or not 0.2 < abs(angle) < 1.35:
            return None
        sides.append(math.copysign(far, angle))
    if sides[0] * sides[1] > 0 or not 0.4 < abs(sides[0] / sides[1]) < 2.5:
        return None
    polyline = np.min([off_segment(line, corners[k], corners[k + 1]) for k in range(len(corners) - 1)], axis=0)
    doubt = float(polyline.mean()) / (s.sides * reach)
    angle = _level(math.atan2(shaft[1], shaft[0]), s)
    return Snap("arrow", 1 - doubt, np.array([tip - size * np.array([math.cos(angle), math.sin(angle)]), tip]))


def _ellipse(ring: Points, s: ShapeSettings) -> Snap | None:
    middle = ring.mean(axis=0)
    size = float(np.hypot(*(ring - middle).T).mean())
    x, y = ((ring - middle) / size).T
    try:
        a, b, c, d, e = np.linalg.lstsq(np.column_stack([x * x, x * y, y * y, x, y]), np.ones(len(x)), rcond=None)[0]
    except np.linalg.LinAlgError:
        return None
    conic = np.array([[a, b / 2], [b / 2, c]])
    if a * c - b * b / 4 <= 1e-9:
        return None
    centre = np.linalg.solve(2 * conic, [-d, -e])
    values, axes = np.linalg.eigh(conic / (1 + centre @ conic @ centre))
    if values.min() <= 0:
        return None
    long, short = 1 / math.sqrt(values[0]), 1 / math.sqrt(values[1])
    if short < 0.2 * long or long > 3:
        return None
    uv = (np.column_stack([x, y]) - centre) @ axes
    radius = np.hypot(*(uv / [long, short]).T)
    off = np.abs(radius - 1) * np.hypot(*uv.T) / np.maximum(radius, 1e-9) / math.sqrt(long * short)
    doubt = max(float(off.mean()) / (0.5 * s.round), float(off.max()) / (1.7 * s.round))
    centre = middle + centre * size
    if short / long > 1 - s.equal:
        r = (long + short) / 2 * size
        return Snap("circle", 1 - doubt * 0.8, centre + np.array([(0, 0), (r, 0), (0, r)]))
    angle = _level(math.atan2(axes[1, 0], axes[0, 0]), s, 2.5)
    way = np.array([math.cos(angle), math.sin(angle)])
    side = np.array([-way[1], way[0]])
    return Snap("ellipse", 1 - doubt, np.array([centre, centre + way * long * size, centre + side * short * size]))


def _polygon(ring: Points, s: ShapeSettings) -> Snap | None:
    reach = float(np.hypot(*np.ptp(ring, axis=0)))
    for tolerance in (0.07, 0.1):
        corners = closed_corners(ring, tolerance * reach)
        if len(corners) in (3, 4):
            break
    else:
        return None
    fitted = along_sides(ring, corners)
    if fitted is None:
        return None
    if len(corners) == 4:
        fitted = _rectangle(fitted, s)
        if fitted is None:
            return None
    away = off_outline(ring, fitted)
    # Rounded corners are a hand's way of drawing corners: the largest distance counts little.
    doubt = max(float(away.mean()) / s.sides, float(away.max()) / (4.5 * s.sides)) / reach
    if len(corners) == 3:
        # A side too many, cut off at a corner, would grow to a point that was never drawn.
        far = np.hypot(*(fitted[:, None] - ring[None]).transpose(2, 0, 1)).min(axis=1)
        if far.max() > 0.08 * reach:
            return None
        sides = np.hypot(*(np.roll(fitted, -1, axis=0) - fitted).T)
        if sides.min() < 0.2 * sides.max():
            return None
        return Snap("triangle", 1 - doubt, fitted)
    one, two = np.hypot(*(fitted[1] - fitted[0])), np.hypot(*(fitted[2] - fitted[1]))
    return Snap("square" if abs(one - two) < 1e-9 else "rectangle", 1 - doubt, fitted)


def _rectangle(corners: Points, s: ShapeSettings) -> Points | None:
    sides = np.roll(corners, -1, axis=0) - corners
    angles = np.arctan2(sides[:, 1], sides[:, 0])
    turns = np.abs(np.angle(np.exp(1j * np.diff(angles, append=angles[:1]))))
    if np.abs(turns - math.pi / 2).max() > s.right_rad:
        return None
    # The mean of the four directions, modulo a quarter turn, weighed by length.
    length = np.hypot(*sides.T)
    angle = float(np.angle((length * np.exp(4j * angles)).sum()) / 4)
    angle = 0.0 if abs(angle) < 1.6 * s.level_rad else angle
    u = np.array([math.cos(angle), math.sin(angle)])
    v = np.array([-u[1], u[0]])
    if abs(sides[0] @ u) < abs(sides[0] @ v):
        u, v = v, -u
    centre = corners.mean(axis=0)
    half_u = (length[0] + length[2]) / 4
    half_v = (length[1] + length[3]) / 4
    if min(half_u, half_v) < 0.08 * max(half_u, half_v):
        return None
    if min(half_u, half_v) > (1 - s.equal * 0.7) * max(half_u, half_v):
        half_u = half_v = (half_u + half_v) / 2
    return np.array([centre - half_u * u - half_v * v, centre + half_u * u - half_v * v,
                     centre + half_u * u + half_v * v, centre - half_u * u + half_v * v])  # fmt: skip


def _level(angle: float, s: ShapeSettings, times: float = 1.0) -> float:
    """The angle, or the nearest quarter turn if that is near."""
    quarter = round(angle / (math.pi / 2)) * math.pi / 2
    return quarter if abs(angle - quarter) < times * s.level_rad else angle
