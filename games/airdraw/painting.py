"""The drawing on pygame surfaces."""

from __future__ import annotations

import numpy as np
import pygame

from handplay.games.airdraw.document import Document
from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.raster import Frame, blend, draw_stroke, fill_paths
from handplay.games.airdraw.tools import SPECS
from handplay.games.airdraw.view import SizePx, View


class Painter:
    """Keeps a surface true to a document.

    Args:
        size_px: of the window.
        view: what of the plane it shows.
        document: what to begin with.

    Attributes:
        surface: what is seen; premultiplied alpha over a camera, opaque otherwise.
        dirty: rectangles of `surface` that changed since `clean` was called.
    """

    def __init__(self, size_px: SizePx, view: View, document: Document) -> None:
        self.size_px = size_px
        self.view = view
        self.dirty: list[pygame.Rect] = []
        self._pixels = np.zeros((size_px[1], size_px[0], 4), np.uint8)
        self.surface = pygame.image.frombuffer(self._pixels, size_px, "BGRA")
        self._live: list[LiveStroke] = []
        self._document = document

    def show(self, view: View, size_px: SizePx | None = None) -> None:
        """Shows another part of the plane, or a window of another size: a preview at once, sharp by and by."""
        self.view = view
        if size_px is not None and size_px != self.size_px:
            self.size_px = size_px
            self._pixels = np.zeros((size_px[1], size_px[0], 4), np.uint8)
            self.surface = pygame.image.frombuffer(self._pixels, size_px, "BGRA")

    def extend(self, live: LiveStroke) -> None:
        """Draws what is new of a stroke in progress; begins with it when it is seen first."""
        if live not in self._live:
            self._live.append(live)

    def finish(self, live: LiveStroke) -> None:
        """Takes the preview of a stroke away."""
        if live in self._live:
            self._live.remove(live)

    def paint(self, document: Document, budget_s: float = 0.004) -> bool:
        """Goes on with whatever is not true yet, for so long; True when all is sharp."""
        self._pixels[:] = {"white": 255, "black": (0, 0, 0, 255), "camera": 0}[document.sheet.canvas]
        frame = Frame.of(self.view, self.size_px)
        for stroke in document.touching(self.view.box(self.size_px)):
            draw_stroke(self._pixels, stroke, frame)
        for live in self._live:
            cover = np.zeros(self._pixels.shape[:2], np.uint8)
            fill_paths(cover, live.tail(), frame, (255, 255, 255, 255))
            blend(self._pixels, cover, SPECS[live.tool], live.colour)
        self.dirty = [self.surface.get_rect()]
        return True

    def blit(self, target: pygame.Surface) -> None:
        """Puts the drawing onto the window's surface."""
        target.blit(self.surface, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
