"""A stroke: what was drawn from pen down to pen up, or a shape, frozen and exact in a file.

Positions and widths are kept to 1e-5 of the canvas height and times to 1 ms, so that writing and reading give the
same stroke to the bit. What the points mean:

    pen, brush, highlighter, eraser   points on the curve, in order; a point that stands twice is a corner
    line, arrow                       start, end
    rectangle, triangle               the corners
    ellipse                           centre, end of one half axis, end of the other
    fill                              outlines; a ring begins at 0 and at each of `rings`, holes run the other way
    sticker                           centre, top
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.stickers import STICKERS
from handplay.games.airdraw.tools import MAX_WIDTH, MIN_WIDTH, SPECS, TOOLS, Tool, ToolSpec
from handplay.games.airdraw.view import PLANE_LIMIT, Box

Rgb = tuple[int, int, int]
Points = NDArray[np.float32]

STEPS = 100_000
"""Positions and widths are multiples of 1 / STEPS canvas heights."""

MAX_POINTS = 100_000
"""Most points of one stroke."""

_COUNTS: dict[Tool, int] = {"line": 2, "arrow": 2, "rectangle": 4, "triangle": 3, "ellipse": 3, "sticker": 2}


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """One stroke. Two strokes are equal when all they hold is equal.

    Attributes:
        tool: what it was drawn with.
        colour: red, green, blue, 0..255; black for an eraser.
        width: canvas heights; what the tool was set to.
        points: float32 (N, 2), plane.
        widths: float32 (N,), canvas heights; the width at each point.
        times: float32 (N,), seconds after `start_s`, never falling.
        layer: id of its layer.
        id: unique within a drawing; 0 until a drawing takes it.
        rings: starts of further rings of a fill.
        sticker: name of a sticker.
        start_s: when it was begun, on any clock that the drawing's strokes share.
        box: x0, y0, x1, y1 of all that it may colour.

    Raises:
        ValueError: a part does not fit the others or is out of bounds.
    """

    tool: Tool
    colour: Rgb
    width: float
    points: Points
    widths: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    times: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    layer: int = 1
    id: int = 0
    rings: tuple[int, ...] = ()
    sticker: str = ""
    start_s: float = 0.0
    box: Box = field(init=False, repr=False, default=(0, 0, 0, 0))

    def __post_init__(self) -> None:
        put = object.__setattr__
        if self.tool not in TOOLS:
            raise ValueError(f"tool is {self.tool!r}, not one of {', '.join(TOOLS)}")
        points = np.asarray(self.points, np.float64)
        if points.ndim != 2 or points.shape[1] != 2 or not 1 <= len(points) <= MAX_POINTS:
            raise ValueError(f"points have the shape {points.shape}, wanted (1..{MAX_POINTS}, 2)")
        if not np.abs(points).max() <= PLANE_LIMIT:  # nor what is not a number
            raise ValueError(f"a point is not within {PLANE_LIMIT:g} canvas heights of the origin")
        wanted = _COUNTS.get(self.tool)
        if wanted is not None and len(points) != wanted:
            raise ValueError(f"a {self.tool} has {wanted} points, got {len(points)}")
        if len(self.colour) != 3 or not all(isinstance(c, int) and 0 <= c <= 255 for c in self.colour):
            raise ValueError(f"colour is {self.colour}, wanted three whole numbers within 0 and 255")
        if not MIN_WIDTH <= self.width <= MAX_WIDTH:
            raise ValueError(f"width is {self.width:g}, not within {MIN_WIDTH} and {MAX_WIDTH}")
        if (self.tool == "sticker") != bool(self.sticker) or (self.sticker and self.sticker not in STICKERS):
            raise ValueError(f"sticker is {self.sticker!r}, not one of {', '.join(STICKERS)} (for stickers alone)")
        if not (math.isfinite(self.start_s) and abs(self.start_s) < 1e12):
            raise ValueError(f"start_s is {self.start_s}, not a time")
        self._check_rings(len(points))
        put(self, "start_s", round(self.start_s, 3))
        put(self, "points", _frozen(points, STEPS))
        put(self, "width", round(self.width * STEPS) / STEPS)
        # Of a drawing with thousands of strokes most have neither: what follows from the rest is not looked at again.
        varied, timed = np.size(self.widths) > 0, np.size(self.times) > 0
        put(self, "widths", self._row("widths", self.widths, len(points), self.width, STEPS))
        put(self, "times", self._row("times", self.times, len(points), 0.0, 1000))
        if varied and (self.widths.min() < 0 or self.widths.max() > 2 * MAX_WIDTH):
            raise ValueError(f"a width is not within 0 and {2 * MAX_WIDTH:g}")
        if timed and (self.times.min() < 0 or (np.diff(self.times) < 0).any()):
            raise ValueError("times go backwards or begin before 0")
        put(self, "box", _reach(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stroke) and (
            (self.tool, self.colour, self.width, self.layer, self.id, self.rings, self.sticker, self.start_s)
            == (other.tool, other.colour, other.width, other.layer, other.id, other.rings, other.sticker, other.start_s)
            and np.array_equal(self.points, other.points)
            and np.array_equal(self.widths, other.widths)
            and np.array_equal(self.times, other.times)
        )

    def __hash__(self) -> int:
        return hash((self.id, self.tool, self.colour, len(self.points), self.box))

    @property
    def spec(self) -> ToolSpec:
        """How its tool lays ink."""
        return SPECS[self.tool]

    def with_id(self, number: int) -> Stroke:
        """The same under another id."""
        return replace(self, id=number)

    def recoloured(self, colour: Rgb) -> Stroke:
        """The same in another colour, as a new stroke without an id."""
        return replace(self, colour=colour, id=0)

    def ring_slices(self) -> tuple[slice, ...]:
        """Where each ring of a fill lies in `points`."""
        edges = (0, *self.rings, len(self.points))
        return tuple(slice(a, b) for a, b in itertools.pairwise(edges))

    def _check_rings(self, count: int) -> None:
        if self.rings and self.tool != "fill":
            raise ValueError(f"a {self.tool} has no rings")
        edges = (0, *self.rings, count)
        if any(b - a < 3 for a, b in itertools.pairwise(edges)) and self.tool == "fill":
            raise ValueError("a ring of a fill has fewer than 3 points")

    @staticmethod
    def _row(
        name: str, given: Sequence[float] | NDArray[np.floating[Any]], count: int, value: float, steps: int
    ) -> object:
        if np.size(given) == 0:
            same = np.full(count, round(value * steps) / steps, np.float32)
            same.setflags(write=False)
            return same
        row = np.asarray(given, np.float64)
        if row.shape != (count,) or not np.isfinite(row).all():
            raise ValueError(f"{name} have the shape {row.shape}, wanted ({count},) finite numbers")
        return _frozen(row, steps)


def _frozen(values: NDArray[np.float64], steps: int) -> NDArray[np.float32]:
    kept: NDArray[np.float32] = (np.round(values * steps) / steps).astype(np.float32)
    kept.setflags(write=False)
    return kept


def _reach(stroke: Stroke) -> Box:
    """The box of all that a stroke may colour; generous, never too small."""
    points = stroke.points
    # Shapes are drawn at `width`, whatever the widths at their points.
    pad = max(stroke.width, float(stroke.widths.max())) / 2 + 1e-4
    low, high = points.min(axis=0), points.max(axis=0)
    if stroke.tool == "sticker":
        pad += 1.3 * float(np.hypot(*(points[1] - points[0])))
    elif stroke.tool == "ellipse":
        pad += float(np.hypot(*(points[1] - points[0])) + np.hypot(*(points[2] - points[0])))
    elif stroke.tool == "arrow":
        pad += ARROW_HEAD * float(stroke.width) + 0.5 * float(np.hypot(*(points[1] - points[0])))
    elif len(points) > 2:
        # A curve through points may swing out a little between two of them.
        pad += 0.3 * float(np.abs(points[1:] - points[:-1]).max())
    return float(low[0]) - pad, float(low[1]) - pad, float(high[0]) + pad, float(high[1]) + pad


ARROW_HEAD = 5.0
"""Length of an arrow's head in widths of its line."""
