"""A part of the window drawn anew from the strokes, in slices of time, beside what is seen until it is whole."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from handplay.games.airdraw.buffers import LayerSheets, fine_part
from handplay.games.airdraw.document import Document
from handplay.games.airdraw.raster import Frame, Pixels, RectPx, draw_stroke
from handplay.games.airdraw.strokes import Stroke

_MARGIN = 3
"""Pixels more on each side: OpenCV draws the edge of what it cuts off a little differently near the cut."""


class Redraw:
    """The work for one rectangle of the window, all layers.

    Args:
        rect: pixels of the window.
        document: whose strokes; they are listed now, later ones come by `also`.
        frame: where the plane lies on the window.
        times: fineness.
    """

    def __init__(self, rect: RectPx, document: Document, frame: Frame, times: int) -> None:
        self.rect = rect
        self._times = times
        x, y, w, h = rect
        s = frame.scale
        self._frame = frame.moved(x - _MARGIN, y - _MARGIN).finer(times)
        # A little more, for edges that reach over their box.
        box = (
            (frame.left + x - _MARGIN) / s,
            (frame.top + y - _MARGIN) / s,
            (frame.left + x + w + _MARGIN) / s,
            (frame.top + y + h + _MARGIN) / s,
        )
        self._todo: deque[Stroke] = deque(document.touching(box))
        self._sheets: dict[int, Pixels] = {}

    def also(self, stroke: Stroke) -> None:
        """One more stroke, on top."""
        self._todo.append(stroke)

    def go_on(self, deadline: float, clock: Callable[[], float]) -> bool:
        """Works until the deadline or the end; True when it is done."""
        while self._todo:
            stroke = self._todo.popleft()
            draw_stroke(self._whole(stroke.layer), stroke, self._frame)
            if clock() > deadline:
                # Delivered in the next slice, which has the time for it.
                return False
        return True

    def deliver(self, layers: dict[int, LayerSheets]) -> None:
        """Puts the result into the layers; every layer with strokes here must be among them."""
        for number, sheets in layers.items():
            part = fine_part(sheets.fine, self.rect, self._times)
            part[:] = self.sheet(number) if number in self._sheets else 0
            sheets.settle(self.rect)

    @property
    def layers(self) -> set[int]:
        """The layers that have strokes here."""
        return set(self._sheets)

    def sheet(self, layer: int) -> Pixels:
        """What is drawn of a layer, fine, premultiplied BGRA; empty if nothing is."""
        edge = _MARGIN * self._times
        return self._whole(layer)[edge:-edge, edge:-edge]

    def _whole(self, layer: int) -> Pixels:
        if layer not in self._sheets:
            w, h = (v + 2 * _MARGIN for v in self.rect[2:])
            self._sheets[layer] = np.zeros((h * self._times, w * self._times, 4), np.uint8)
        return self._sheets[layer]
