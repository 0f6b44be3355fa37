"""A rough picture of many strokes, in a fraction of the time: what is seen until the sharp one is drawn.

Each line is one polyline through its points, straight onto what is seen, at the window's own resolution.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.document import Document
from handplay.games.airdraw.raster import Frame, Pixels, RectPx, draw_stroke, ink
from handplay.games.airdraw.strokes import Stroke

WORTH_IT = 400
"""Fewer strokes are drawn sharp in the time that it takes to see that they are not."""

_SHIFT = 4
_AT_A_TIME = 8
_FAR_PX = 8000.0
_TURN = np.linspace(0, 2 * np.pi, 24, endpoint=False)
_CIRCLE = np.column_stack([np.cos(_TURN), np.sin(_TURN)])


class Sketch:
    """The rough picture of one rectangle of the window, all layers.

    Args:
        rect: pixels of the window.
        document: whose strokes; they are listed now.
        frame: where the plane lies on the window.
    """

    def __init__(self, rect: RectPx, document: Document, frame: Frame) -> None:
        self.rect = rect
        x, y, w, h = rect
        self._frame = frame.moved(x, y)
        s = frame.scale
        box = ((frame.left + x) / s, (frame.top + y) / s, (frame.left + x + w) / s, (frame.top + y + h) / s)
        self._todo: deque[Stroke] = deque(document.touching(box))

    @property
    def worth_it(self) -> bool:
        """True if there are so many strokes that the sharp picture takes a while."""
        return len(self._todo) >= WORTH_IT

    def also(self, stroke: Stroke) -> None:
        """One more stroke, on top."""
        self._todo.append(stroke)

    def go_on(self, part_of: Callable[[int], Pixels], deadline: float, clock: Callable[[], float]) -> bool:
        """Works until the deadline or the end; True when it is done.

        Args:
            part_of: the rectangle of what is seen of a layer.
        """
        while self._todo:
            for _ in range(min(_AT_A_TIME, len(self._todo))):
                stroke = self._todo.popleft()
                self._draw(part_of(stroke.layer), stroke)
            if clock() > deadline:
                return False
        return True

    def _draw(self, target: Pixels, stroke: Stroke) -> None:
        frame, spec = self._frame, stroke.spec
        points = _polyline(stroke)
        far = max(map(abs, stroke.box)) * frame.scale + abs(frame.left) + abs(frame.top)
        if points is None or far > _FAR_PX:  # beyond that OpenCV cannot count
            draw_stroke(target, stroke, frame)
            return
        value = ink(spec, stroke.colour)
        if spec.opacity < 1:
            value = tuple(round(v * spec.opacity) for v in value)  # type: ignore[assignment] # four stay four
        fixed = ((points * frame.scale - (frame.left, frame.top)) * (1 << _SHIFT)).astype(np.int32)
        width = min(255, max(1, round(float(stroke.widths[len(stroke.widths) // 2]) * frame.scale)))
        closed = stroke.tool in ("rectangle", "triangle", "ellipse")
        cv2.polylines(target, [fixed], closed, value, width, cv2.LINE_8, _SHIFT)


def _polyline(stroke: Stroke) -> NDArray[np.floating[Any]] | None:
    """The points of a line, plane; None for what is none."""
    p = stroke.points
    if stroke.spec.gesture == "free" and len(p) > 1:
        return p
    if stroke.tool == "ellipse":
        return np.asarray(_CIRCLE @ (p[1:] - p[0]) + p[0])
    return p if stroke.tool in ("line", "arrow", "rectangle", "triangle") else None
