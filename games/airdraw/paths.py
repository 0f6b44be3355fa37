"""What a stroke looks like: its outline or spine as Bezier curves, the one truth for screen, SVG and PNG."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.bezier import Curves, straight, through_points
from handplay.games.airdraw.stickers import STICKERS, circle
from handplay.games.airdraw.strokes import ARROW_HEAD, Stroke


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Joined curves.

    Attributes:
        curves: (K, 4, 2), plane; K = 0 is a dot at `start`.
        widths: (K + 1,), the width at each joint, canvas heights; empty for a filled outline.
        closed: the end is the start.
        start: where it begins.
    """

    curves: Curves
    widths: NDArray[np.float64]
    closed: bool
    start: tuple[float, float]

    @property
    def filled(self) -> bool:
        """True for an outline whose inside is ink."""
        return len(self.widths) == 0


def paths_of(stroke: Stroke) -> tuple[Path, ...]:
    """The paths of a stroke: all lines, or all filled outlines."""
    p = stroke.points.astype(np.float64)
    width = stroke.width
    if stroke.spec.gesture == "free":
        curves, begins = through_points(p)
        if len(curves) == 0:
            return (_line(curves, stroke.widths[:1].astype(np.float64), p[0]),)
        widths = stroke.widths[np.append(begins, begins[-1] + 1)].astype(np.float64)
        return (_line(curves, widths, p[0]),)
    if stroke.tool == "line":
        return (_even(straight(p), width, p[0]),)
    if stroke.tool == "arrow":
        return tuple(_even(curves, width, curves[0, 0]) for curves in _arrow(p, width))
    if stroke.tool in ("rectangle", "triangle"):
        return (_even(straight(p, closed=True), width, p[0], closed=True),)
    if stroke.tool == "ellipse":
        curves = circle() @ np.stack([p[1] - p[0], p[2] - p[0]]) + p[0]
        return (_even(curves, width, curves[0, 0], closed=True),)
    if stroke.tool == "fill":
        return tuple(_filled(straight(p[part], closed=True)) for part in stroke.ring_slices())
    up = p[1] - p[0]
    turn = np.array([(-up[1], up[0]), (-up[0], -up[1])])
    return tuple(_filled(outline @ turn + p[0]) for outline in STICKERS[stroke.sticker])


def _arrow(p: NDArray[np.float64], width: float) -> tuple[Curves, Curves]:
    along = p[1] - p[0]
    length = float(np.hypot(*along))
    along = along / length if length > 1e-9 else np.array([1.0, 0.0])
    # A short arrow gets a small head, so that it stays an arrow.
    head = min(ARROW_HEAD * width, 0.5 * length)
    back, side = -along * head, np.array([-along[1], along[0]]) * head * 0.6
    wings = np.stack([p[1] + back + side, p[1], p[1] + back - side])
    return straight(p), straight(wings)


def _line(curves: Curves, widths: NDArray[np.float64], start: NDArray[np.float64]) -> Path:
    return Path(curves, widths, False, (float(start[0]), float(start[1])))


def _even(curves: Curves, width: float, start: NDArray[np.float64], *, closed: bool = False) -> Path:
    return Path(curves, np.full(len(curves) + 1, width), closed, (float(start[0]), float(start[1])))


def _filled(curves: Curves) -> Path:
    return Path(curves, np.zeros(0), True, (float(curves[0, 0, 0]), float(curves[0, 0, 1])))
