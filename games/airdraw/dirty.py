"""The pixels that a path may touch, as small rectangles: a long diagonal in one rectangle would be the whole window."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.bezier import flatten
from handplay.games.airdraw.paths import Path, paths_of
from handplay.games.airdraw.raster import Frame, RectPx
from handplay.games.airdraw.strokes import Stroke
from handplay.games.airdraw.view import SizePx

_STEP_PX = 60
"""Points along a line are at most so far apart."""

_PIECE_PX = 200
"""Way along a line that shares a rectangle."""


def stroke_rects(stroke: Stroke, frame: Frame, size_px: SizePx) -> list[RectPx]:
    """The rectangles of a stroke, within the window."""
    return [rect for path in paths_of(stroke) for rect in path_rects(path, frame, size_px)]


def path_rects(path: Path, frame: Frame, size_px: SizePx) -> list[RectPx]:
    """The rectangles of a path, within the window; a filled outline is one."""
    width = 0.0 if path.filled else float(path.widths.max())
    if len(path.curves) == 0:
        points = np.array([path.start])
    else:
        points = flatten(path.curves, 1 / frame.scale)[0]
        if not path.filled:
            points = _even(points, _STEP_PX / frame.scale)
    pad = width / 2 + 2 / frame.scale
    starts = np.array([0])
    if not path.filled and len(points) > 2:
        way = np.cumsum(np.hypot(*np.diff(points, axis=0).T)) * (frame.scale / _PIECE_PX)
        starts = np.concatenate([[0], np.flatnonzero(np.diff(way.astype(np.intp))) + 1])
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    # Each piece ends where the next one begins.
    after = points[np.append(starts[1:], len(points) - 1)]
    low, high = np.minimum(low, after) - pad, np.maximum(high, after) + pad
    rects = [frame.rect((*a, *b), size_px) for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    return [rect for rect in rects if rect[2] and rect[3]]


def _even(points: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """The same polyline with points at most so far apart, within reason."""
    gap = np.hypot(*np.diff(points, axis=0).T)
    steps = np.clip(np.ceil(gap / step), 1, 100).astype(np.intp)
    owner = np.repeat(np.arange(len(gap)), steps)
    share = (np.arange(len(owner)) - np.repeat(np.cumsum(steps) - steps, steps)) / steps[owner]
    between = points[owner] + (points[owner + 1] - points[owner]) * share[:, None]
    return np.concatenate([between, points[-1:]])
