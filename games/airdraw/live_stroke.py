"""A stroke while it is drawn: pen samples in, curve out, piece by piece; what is fixed never moves again.

A sample pulls the tip of the pen as on a short string: at rest the string is slack and the tip stands still, however
the hand trembles; the faster the hand, the shorter the string, so that a moving pen has no lag. The tip leaves a point
each `step` of its way. The curve through the points (`bezier.through_points`) is fixed up to the last two of them;
from there to the tip, and to a predicted tip, it is the tail, drawn anew each frame.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.bezier import Curves, through_points
from handplay.games.airdraw.fitting import TOLERANCE, Knots, refit
from handplay.games.airdraw.paths import Path, paths_of
from handplay.games.airdraw.strokes import Rgb, Stroke
from handplay.games.airdraw.tools import MAX_WIDTH, MIN_WIDTH, SPECS, Tool, brush_share
from handplay.games.airdraw.view import PLANE_LIMIT


@dataclass(frozen=True, slots=True)
class InkSettings:
    """Lengths at zoom 1, canvas heights; divided by the zoom of the view that is drawn in.

    Attributes:
        slack: length of the string at rest; the tremble that is left after the filter of the hands is below it.
        slack_speed: heights a second at which the string has no length any more.
        step: way between two points.
        width_s: time constant that evens out the brush, s.
        tolerance: of the final fit.
        least: a drag shorter than this draws nothing.
    """

    slack: float = 0.003
    slack_speed: float = 0.25
    step: float = 0.0025
    width_s: float = 0.05
    tolerance: float = TOLERANCE
    least: float = 0.01


STICKER_SIZE = 0.07
"""From the middle of a sticker to its top if nobody drags it, canvas heights."""


class LiveStroke:
    """A stroke in progress.

    Args:
        tool: what it is drawn with.
        colour: its ink.
        width: canvas heights; what the tool starts with if None.
        layer: id of its layer.
        sticker: which sticker, for that tool.
        zoom: of the view it is drawn in: steadiness is a matter of the window, not of the plane.
        settings: lengths and times.
    """

    def __init__(
        self,
        tool: Tool,
        colour: Rgb,
        width: float | None = None,
        *,
        layer: int = 1,
        sticker: str = "",
        zoom: float = 1.0,
        settings: InkSettings | None = None,
    ) -> None:
        self.tool: Tool = tool
        self.colour: Rgb = (0, 0, 0) if tool == "eraser" else colour
        self.width = min(MAX_WIDTH, max(MIN_WIDTH, SPECS[tool].width / zoom if width is None else width))
        self.layer = layer
        self.sticker = sticker
        self.snapped: Stroke | None = None
        given = settings or InkSettings()
        self._settings = replace(
            given, slack=given.slack / zoom, slack_speed=given.slack_speed / zoom, step=given.step / zoom,
            tolerance=given.tolerance / zoom, least=given.least / zoom,
        )  # fmt: skip
        self.zoom = zoom
        self._x: list[float] = []
        self._y: list[float] = []
        self._w: list[float] = []
        self._t: list[float] = []
        self._tip = (0.0, 0.0, 0.0, 0.0)
        self._last = (0.0, 0.0, 0.0)
        self._speed = 0.0
        self._ahead: tuple[float, float] | None = None
        self._way: tuple[tuple[float, float], ...] = ()

    @property
    def empty(self) -> bool:
        """True before the first sample."""
        return not self._x

    @property
    def points(self) -> NDArray[np.float64]:
        """The points so far and the tip, (N, 2): what a shape is recognised from."""
        return np.column_stack([[*self._x, self._tip[0]], [*self._y, self._tip[1]]]) if self._x else np.zeros((0, 2))

    @property
    def span_s(self) -> tuple[float, float]:
        """When it was begun and when its last sample came; zeros before the first."""
        return (self._t[0], self._tip[3]) if self._t else (0.0, 0.0)

    @property
    def tip(self) -> tuple[float, float]:
        """Where the ink ends, without the prediction."""
        return self._tip[:2]

    def add(self, x: float, y: float, time_s: float, pressure: float | None = None) -> None:
        """Takes a sample of the pen: place in the plane, time, pressure 0..1 if known. Earlier times are passed over.

        Raises:
            ValueError: not finite.
        """
        if not (math.isfinite(x) and math.isfinite(y) and math.isfinite(time_s)):
            raise ValueError(f"a pen sample that is not finite: {x}, {y}, {time_s}")
        x, y = (min(PLANE_LIMIT, max(-PLANE_LIMIT, v)) for v in (x, y))
        self._ahead = None
        if not self._x:
            width = self._width_at(pressure, 0.0)
            self._tip = (x, y, width, time_s)
            self._put()
        elif time_s > self._last[2]:
            dt = time_s - self._last[2]
            speed = math.hypot(x - self._last[0], y - self._last[1]) / dt
            self._speed += (speed - self._speed) * (1 - math.exp(-dt / 0.03))
            self._pull(x, y, time_s, dt, pressure)
        else:
            return
        self._last = (x, y, time_s)

    def predict(self, x: float, y: float, way: Sequence[tuple[float, float]] = ()) -> None:
        """Where the pen is thought to be by now: drawn as the end of the tail until the next sample, never kept.

        Args:
            way: places on the way there that are not decided yet.
        """
        self._ahead, self._way = (x, y), tuple(way)

    def become(self, stroke: Stroke | None) -> None:
        """Takes the form of a shape (snap on hold); None takes it back. Samples still count for the free line."""
        self.snapped = stroke

    def finish(self, until_s: float | None = None) -> Stroke | None:
        """Ends the stroke.

        Args:
            until_s: what was drawn after this is dropped (the opening of a pinch).

        Returns:
            the stroke, without an id; None if there is nothing to keep.
        """
        self._ahead = None
        if self.snapped is not None:
            return self.snapped
        if not self._x or (until_s is not None and until_s < self._t[0]):
            return None
        if until_s is not None:
            self._cut(until_s)
        if SPECS[self.tool].gesture != "free":
            return self._shape() or self._tapped()
        return self._ink(refit(self._drawn(), self._settings.tolerance))

    def cancel(self) -> None:
        """Drops all; `finish` gives None."""
        for row in (self._x, self._y, self._w, self._t):
            row.clear()
        self.snapped = None

    @property
    def fixed(self) -> int:
        """How many spans of the curve will not change any more."""
        if self.snapped is not None or SPECS[self.tool].gesture != "free":
            return 0
        return max(0, len(self._x) - 2)

    def spans(self, first: int, end: int) -> tuple[Curves, NDArray[np.float64]]:
        """Fixed spans `first` to `end` of the curve: curves (K, 4, 2) and widths (K + 1,)."""
        low, high = max(0, first - 1), min(len(self._x), end + 2)
        points = np.column_stack([self._x[low:high], self._y[low:high]])
        curves, begins = through_points(points)
        kept = (begins >= first - low) & (begins < end - low)
        return curves[kept], np.array(self._w[first : end + 1])

    def tail(self) -> tuple[Path, ...]:
        """What follows the fixed spans: the last curves up to the (predicted) tip, or the whole shape."""
        if self.snapped is not None:
            return paths_of(self.snapped)
        if not self._x:
            return ()
        if SPECS[self.tool].gesture != "free":
            shape = self._shape(least=0.0)
            return paths_of(shape) if shape is not None else ()
        low = max(0, self.fixed - 1)
        rows = self._drawn(low)
        points, widths = rows.points, rows.widths
        if self._ahead is not None:
            points = np.vstack([points, *self._way, self._ahead])
            widths = np.append(widths, np.full(len(self._way) + 1, widths[-1]))
        curves, begins = through_points(points)
        kept = begins >= self.fixed - low
        if not kept.any():
            return (Path(curves[:0], widths[-1:], False, (float(points[-1, 0]), float(points[-1, 1]))),)
        curves, begins = curves[kept], begins[kept]
        joints = widths[np.append(begins, begins[-1] + 1)]
        return (Path(curves, joints, False, (float(curves[0, 0, 0]), float(curves[0, 0, 1]))),)

    def _pull(self, x: float, y: float, time_s: float, dt: float, pressure: float | None) -> None:
        s = self._settings
        tx, ty, tw, _ = self._tip
        slack = s.slack * max(0.0, 1 - self._speed / s.slack_speed)
        away = math.hypot(x - tx, y - ty)
        if away > slack:
            share = (away - slack) / away
            tx, ty = tx + (x - tx) * share, ty + (y - ty) * share
        want = self._width_at(pressure, self._speed * self.zoom)
        tw += (want - tw) * (1 - math.exp(-dt / s.width_s))
        self._tip = (tx, ty, tw, time_s)
        if math.hypot(tx - self._x[-1], ty - self._y[-1]) >= s.step:
            self._put()

    def _put(self) -> None:
        for row, value in zip((self._x, self._y, self._w, self._t), self._tip, strict=True):
            row.append(value)

    def _width_at(self, pressure: float | None, speed: float) -> float:
        return self.width * brush_share(pressure, speed) if SPECS[self.tool].varying else self.width

    def _cut(self, until_s: float) -> None:
        while len(self._t) > 1 and self._t[-1] > until_s:
            for row in (self._x, self._y, self._w, self._t):
                row.pop()
        if self._tip[3] > until_s:
            self._tip = (self._x[-1], self._y[-1], self._w[-1], self._t[-1])

    def _drawn(self, first: int = 0) -> Knots:
        """The points from `first` on, and the tip if it lies apart from the last of them."""
        tip = self._tip
        apart = math.hypot(tip[0] - self._x[-1], tip[1] - self._y[-1]) > 1e-5
        more = [[value] if apart else [] for value in tip]
        x, y, w, t = (row[first:] + end for row, end in zip((self._x, self._y, self._w, self._t), more, strict=True))
        return Knots(np.column_stack([x, y]), np.array(w), np.array(t))

    def _ink(self, knots: Knots) -> Stroke:
        times = knots.times - self._t[0]
        return Stroke(
            self.tool, self.colour, self.width, knots.points.astype(np.float32), knots.widths.astype(np.float32),
            times.astype(np.float32), self.layer, start_s=self._t[0],
        )  # fmt: skip

    def _shape(self, least: float | None = None) -> Stroke | None:
        ax, ay, bx, by = self._x[0], self._y[0], *(self._ahead or self._tip[:2])
        if math.hypot(bx - ax, by - ay) < (self._settings.least if least is None else least):
            return None
        points = _dragged(self.tool, ax, ay, bx, by)
        if points is None:
            return None
        times = np.linspace(0, self._tip[3] - self._t[0], len(points))
        return Stroke(
            self.tool, self.colour, self.width, np.array(points, np.float32), times=times.astype(np.float32),
            layer=self.layer, sticker=self.sticker, start_s=self._t[0],
        )  # fmt: skip

    def _tapped(self) -> Stroke | None:
        """A sticker that was placed without a drag, at its usual size."""
        if self.tool != "sticker":
            return None
        x, y = self._x[0], self._y[0]
        self._ahead = (x, y - STICKER_SIZE / self.zoom)
        return self._shape(least=0.0)


def _dragged(tool: Tool, ax: float, ay: float, bx: float, by: float) -> list[tuple[float, float]] | None:
    """The points of a shape that was dragged from a to b."""
    mx, my = (ax + bx) / 2, (ay + by) / 2
    if tool in ("line", "arrow"):
        return [(ax, ay), (bx, by)]
    if tool == "rectangle":
        return [(ax, ay), (bx, ay), (bx, by), (ax, by)]
    if tool == "triangle":
        return [(mx, ay), (bx, by), (ax, by)]
    if tool == "ellipse":
        return [(mx, my), (bx, my), (mx, by)]
    if tool == "sticker":
        # Placed where the drag began; the way of the drag is its size, and its top stays up.
        return [(ax, ay), (ax, ay - math.hypot(bx - ax, by - ay))]
    return None
