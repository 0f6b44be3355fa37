"""A stroke in progress on the window: its fixed part in a mask that only grows, its tail drawn anew each frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.buffers import fine_part, joined, shrink
from handplay.games.airdraw.dirty import path_rects
from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.paths import Path
from handplay.games.airdraw.raster import Frame, Pixels, RectPx, blend, fill_paths
from handplay.games.airdraw.tools import SPECS
from handplay.games.airdraw.view import SizePx

_WHITE = (255, 255, 255, 255)


class LiveInk:
    """What the painter knows of a stroke in progress.

    Args:
        live: the stroke.
        mask: uint8 (H * times, W * times), empty; given back by `mask` after `wipe`.
        frame: of the window.
        size_px: of the window.
        times: fineness.
    """

    def __init__(self, live: LiveStroke, mask: NDArray[np.uint8], frame: Frame, size_px: SizePx, times: int) -> None:
        self.live = live
        self.mask = mask
        self.box: RectPx = (0, 0, 0, 0)
        self._frame = frame
        self._size_px = size_px
        self._times = times
        self._drawn = 0
        self._tail: tuple[Path, ...] = ()
        self.tail_rects: list[RectPx] = []

    def extend(self) -> list[RectPx]:
        """Draws what has become fixed and takes the new tail; gives the rectangles that change."""
        rects = list(self.tail_rects)
        fixed = self.live.fixed
        if fixed < self._drawn:
            # It has become a shape: the free line goes.
            rects.append(self.wipe())
            self._drawn = 0
        if fixed > self._drawn:
            curves, widths = self.live.spans(self._drawn, fixed)
            if len(curves):
                path = Path(curves, widths, False, (float(curves[0, 0, 0]), float(curves[0, 0, 1])))
                fill_paths(self.mask, (path,), self._frame.finer(self._times), _WHITE)
                rects += path_rects(path, self._frame, self._size_px)
            self._drawn = fixed
        self.box = joined([self.box, *rects])
        self._tail = self.live.tail()
        self.tail_rects = [rect for path in self._tail for rect in path_rects(path, self._frame, self._size_px)]
        return rects + self.tail_rects

    def lay(self, part: Pixels, rect: RectPx) -> None:
        """Lays the stroke onto a copy of its layer's seen sheet, `part`, which is the rectangle of the window."""
        cover = fine_part(self.mask, rect, self._times)
        if self._tail:
            cover = cover.copy()
            fill_paths(cover, self._tail, self._frame.moved(rect[0], rect[1]).finer(self._times), _WHITE)
        seen = np.empty(part.shape[:2], np.uint8)
        shrink(cover, seen)
        blend(part, seen, SPECS[self.live.tool], self.live.colour)

    def wipe(self) -> RectPx:
        """Empties the mask; gives the rectangle that it held."""
        rect = joined([self.box, *self.tail_rects])
        fine_part(self.mask, rect, self._times)[:] = 0
        self.box = (0, 0, 0, 0)
        return rect
