"""A rough picture of many strokes, in a tenth of the time: what is seen until the sharp one is drawn.

Each line is one polyline through its points, at the window's own resolution; only what is no free line is drawn as it
will be.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import cv2
import numpy as np

from handplay.games.airdraw.document import Document
from handplay.games.airdraw.raster import Frame, Pixels, RectPx, draw_stroke, ink
from handplay.games.airdraw.strokes import Stroke

WORTH_IT = 400
"""Fewer strokes are drawn sharp in the time that it takes to see that they are not."""

_SHIFT = 4
_AT_A_TIME = 8
_FAR_PX = 8000.0


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
        self.sheets: dict[int, Pixels] = {}

    @property
    def worth_it(self) -> bool:
        """True if there are so many strokes that the sharp picture takes a while."""
        return len(self._todo) >= WORTH_IT

    def also(self, stroke: Stroke) -> None:
        """One more stroke, on top."""
        self._todo.append(stroke)

    def go_on(self, deadline: float, clock: Callable[[], float]) -> bool:
        """Works until the deadline or the end; True when it is done."""
        while self._todo:
            for _ in range(min(_AT_A_TIME, len(self._todo))):
                self._draw(self._todo.popleft())
            if clock() > deadline:
                return False
        return True

    def _draw(self, stroke: Stroke) -> None:
        if stroke.layer not in self.sheets:
            self.sheets[stroke.layer] = np.zeros((self.rect[3], self.rect[2], 4), np.uint8)
        target, spec, frame = self.sheets[stroke.layer], stroke.spec, self._frame
        if spec.gesture != "free" or len(stroke.points) < 2:
            draw_stroke(target, stroke, frame)
            return
        points = frame.px(stroke.points)
        if np.abs(points).max() > _FAR_PX:  # beyond what OpenCV counts in
            draw_stroke(target, stroke, frame)
            return
        value = ink(spec, stroke.colour)
        if spec.opacity < 1:
            value = tuple(round(v * spec.opacity) for v in value)  # type: ignore[assignment] # four stay four
        width = max(1, round(float(stroke.widths.mean()) * frame.scale))
        fixed = np.round(points * (1 << _SHIFT)).astype(np.int32)
        cv2.polylines(target, [fixed], False, value, min(width, 255), cv2.LINE_8, _SHIFT)
