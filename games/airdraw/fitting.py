"""The last fit of a stroke: few points, a fair curve, corners kept, never further off than the tolerance."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.bezier import Curves, through_points

TOLERANCE = 0.001
"""Largest distance of the final curve from what was drawn, canvas heights."""

_SMOOTHED = 0.3
"""Share of the tolerance by which a point may be moved to even the line out."""

_FITTED = 0.6
"""Share of it that the curve may miss such a point by; the rest is for rounding."""

_LOOK = 12.0
"""A corner is looked for over this many tolerances of way to either side."""

_CORNER = 0.8
"""Turn over that way that may be a corner, radians."""

_SUDDEN = 0.6
"""The share of the turn that a corner makes within a third of the way; a curve makes about a third of it there."""

_DENSE = 2.5
"""The points around a corner are at most so many of those ways apart."""

_WIDTH_SHARE = 0.05
"""How far the width may be off, as a share of the largest."""

_LONG = 250
_STRIDE = 8
"""In lines of more points than `_LONG` every eighth is kept from the beginning: the end of a minute-long line would
hold up a frame otherwise, and hardly more points are kept in the end."""

_CHORDS = 0.08
_PARTS = 8, 160
"""A span is measured with so many chords, at least and at most, that they miss it by this share of the tolerance."""


@dataclass(frozen=True, slots=True, eq=False)
class Knots:
    """Points on a curve with what belongs to them: points (N, 2), widths (N,), times (N,), float64."""

    points: NDArray[np.float64]
    widths: NDArray[np.float64]
    times: NDArray[np.float64]


def refit(drawn: Knots, tolerance: float = TOLERANCE) -> Knots:
    """Fewer points for the same curve.

    Args:
        drawn: points as they were drawn, without doubles.
        tolerance: how far the curve may be from them, canvas heights.

    Returns:
        points for `bezier.through_points`; corners stand twice.
    """
    count = len(drawn.points)
    if count <= 2:
        return drawn
    corners = find_corners(drawn.points, tolerance)
    points = _smoothed(drawn.points, corners, _SMOOTHED * tolerance)
    chosen = _chosen(points, drawn.widths, corners, tolerance)
    order = np.sort(np.concatenate([chosen, corners]))
    return Knots(points[order], drawn.widths[order], drawn.times[order])


def find_corners(points: NDArray[np.float64], tolerance: float = TOLERANCE) -> NDArray[np.intp]:
    """Indices of the points (N, 2) at which a line turns suddenly, without its ends."""
    step = np.hypot(*np.diff(points, axis=0).T)
    way = np.concatenate([[0.0], np.cumsum(step)])
    reach = _LOOK * tolerance
    turn = _turn(points, way, reach)
    sudden = _turn(points, way, reach / 3) >= _SUDDEN * turn
    inside = (way > reach / 2) & (way < way[-1] - reach / 2)
    # A hand slows down in a corner. Where points lie far apart a turn may as well have been round.
    apart = np.maximum(np.append(step, 0.0), np.insert(step, 0, 0.0))
    inside &= apart <= _DENSE * reach
    # The tip of a corner is where the turn within the short way is largest.
    strength = np.where((turn > _CORNER) & sudden & inside, turn + _turn(points, way, reach / 3), 0.0)
    found: list[int] = []
    for index in np.argsort(-strength, kind="stable"):
        if strength[index] <= 0:
            break
        if all(abs(way[index] - way[other]) > reach for other in found):
            found.append(int(index))
    return np.array(sorted(found), np.intp)


def _turn(points: NDArray[np.float64], way: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    """How much the line turns around each point, from the chords over a way before and after it, (N,)."""
    last = len(points) - 1
    back = np.clip(np.searchsorted(way, way - reach, side="right") - 1, 0, None)
    ahead = np.clip(np.searchsorted(way, way + reach, side="left"), None, last)
    here = np.arange(len(points))
    back, ahead = np.minimum(back, np.maximum(here - 1, 0)), np.maximum(ahead, np.minimum(here + 1, last))
    a, b = points - points[back], points[ahead] - points
    turn: NDArray[np.float64] = np.abs(np.arctan2(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], (a * b).sum(axis=1)))
    turn[[0, -1]] = 0
    return turn


def _smoothed(points: NDArray[np.float64], corners: NDArray[np.intp], most: float) -> NDArray[np.float64]:
    """Points evened out, each moved by at most so much; ends and corners stay."""
    fixed = np.zeros(len(points), bool)
    fixed[[0, -1]] = True
    fixed[corners] = True
    moved = points.copy()
    for _ in range(4):
        mean = (moved[:-2] + 2 * moved[1:-1] + moved[2:]) / 4
        moved[1:-1] = np.where(fixed[1:-1, None], moved[1:-1], mean)
    away = moved - points
    size = np.maximum(np.hypot(*away.T), 1e-15)
    result: NDArray[np.float64] = points + away * np.minimum(1.0, most / size)[:, None]
    return result


def _chosen(
    points: NDArray[np.float64], widths: NDArray[np.float64], corners: NDArray[np.intp], tolerance: float
) -> NDArray[np.intp]:
    """Indices of the points to keep: more and more where the curve through them misses the others."""
    last = len(points) - 1
    first = np.arange(0, last, _STRIDE if len(points) > _LONG else last)
    chosen: NDArray[np.intp] = np.unique(np.concatenate([first, corners, [last]]))
    bound, wide = _FITTED * tolerance, max(_WIDTH_SHARE * float(widths.max()), 1e-4)
    error = np.full(len(points), np.inf)
    error[chosen] = 0
    changed = np.ones(len(chosen) - 1, bool)
    while changed.any():
        curves = _spans(points, chosen, corners)
        error = _measured(points, widths, chosen, curves, changed, error, wide / bound, _CHORDS * tolerance)
        worst = _worst(error, chosen, bound)
        if len(worst) == 0:
            break
        before = chosen
        chosen = np.sort(np.concatenate([chosen, worst]))
        error[worst] = 0
        changed = _touched(before, chosen)
    return chosen


def _spans(points: NDArray[np.float64], chosen: NDArray[np.intp], corners: NDArray[np.intp]) -> Curves:
    """One curve from each chosen point to the next; where both lie in one place (a closed line) it stands still."""
    order = np.sort(np.concatenate([chosen, corners]))
    curves, begins = through_points(points[order])
    spans = np.repeat(points[chosen[:-1], None], 4, axis=1)
    spans[np.searchsorted(chosen, order[begins])] = curves
    return spans


def _touched(before: NDArray[np.intp], now: NDArray[np.intp]) -> NDArray[np.bool_]:
    """The spans that new points change: those that they split, and one to either side."""
    new = ~np.isin(now, before)
    touched = np.zeros(len(now) - 1, bool)
    for offset in (-2, -1, 0, 1):
        at = np.flatnonzero(new) + offset
        touched[at[(at >= 0) & (at < len(touched))]] = True
    return touched


def _measured(
    points: NDArray[np.float64],
    widths: NDArray[np.float64],
    chosen: NDArray[np.intp],
    curves: Curves,
    changed: NDArray[np.bool_],
    error: NDArray[np.float64],
    wide: float,
    slack: float,
) -> NDArray[np.float64]:
    """The error of each point (N,) again, where its span has changed; an error of width counts as one of place."""
    span = np.clip(np.searchsorted(chosen, np.arange(len(points)), side="right") - 1, 0, len(chosen) - 2)
    missed = changed[span]
    missed[chosen] = False
    some = np.flatnonzero(missed)
    if len(some) == 0:
        return error
    parts = _parts(curves[np.unique(span[some])], slack)
    t = np.linspace(0, 1, parts + 1)[None, :, None]
    c = curves[:, None]
    u = 1 - t
    chords = u**3 * c[:, :, 0] + 3 * t * u**2 * c[:, :, 1] + 3 * t**2 * u * c[:, :, 2] + t**3 * c[:, :, 3]
    own = chords[span[some]]
    a, d = own[:, :-1], np.diff(own, axis=1)
    rel = points[some][:, None] - a
    share = np.clip((rel * d).sum(axis=2) / np.maximum((d * d).sum(axis=2), 1e-18), 0, 1)
    away = rel - share[..., None] * d
    distance = np.sqrt((away * away).sum(axis=2))
    nearest = distance.argmin(axis=1)
    rows = np.arange(len(some))
    along = (nearest + share[rows, nearest]) / parts
    left, right = widths[chosen[span[some]]], widths[chosen[span[some] + 1]]
    off = np.abs(left + (right - left) * along - widths[some])
    error = error.copy()
    error[some] = np.maximum(distance[rows, nearest], off / max(wide, 1e-12))
    return error


def _parts(curves: Curves, slack: float) -> int:
    """Into how many chords to cut curves that they may be off by so much from (the bound of `bezier.flatten`)."""
    bend = float(np.abs(curves[:, :2] - 2 * curves[:, 1:3] + curves[:, 2:]).max())
    return int(min(_PARTS[1], max(_PARTS[0], math.ceil(math.sqrt(1.0607 * bend / slack)))))


def _worst(error: NDArray[np.float64], chosen: NDArray[np.intp], bound: float) -> NDArray[np.intp]:
    """In each span with an error beyond the bound, the point with the largest."""
    worst = []
    for index in np.flatnonzero(np.maximum.reduceat(error, chosen[:-1]) > bound):
        start, end = int(chosen[index]), int(chosen[index + 1])
        worst.append(start + int(np.argmax(error[start:end])))
    found: NDArray[np.intp] = np.array(worst, np.intp)
    return found
