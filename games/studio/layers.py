"""Parts of a picture that stay the same: painted once onto a clear surface of their own, then blitted."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

import pygame

from handplay.engine.stage.layout import Area

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas


def layer(canvas: Canvas, key: Hashable, area: Area, paint: Callable[[], None]) -> pygame.Surface:
    """The surface of an area, kept by the canvas under a key and its size.

    Args:
        canvas: where to; while the layer is made, what is drawn on it goes to the layer.
        key: tells it from other layers, with all that changes it.
        area: design units.
        paint: draws on the canvas, at the places of the window.
    """
    size = (max(1, round(area.width * canvas.scale)), max(1, round(area.height * canvas.scale)))
    return canvas.kept((key, size), lambda: _painted(canvas, size, area, paint))


def blit_layer(canvas: Canvas, made: pygame.Surface, area: Area, alpha: float = 1.0) -> None:
    """Puts a layer where its area is."""
    x, y = canvas.to_px((area.x, area.y))
    made.set_alpha(round(255 * min(1.0, alpha)))
    canvas.surface.blit(made, (round(x), round(y)))


def _painted(canvas: Canvas, size: tuple[int, int], area: Area, paint: Callable[[], None]) -> pygame.Surface:
    window, made = canvas.surface, pygame.Surface(size, pygame.SRCALPHA)
    x, y = canvas.to_px((area.x, area.y))
    canvas.surface = made
    try:
        with canvas.shifted(-round(x) / canvas.scale, -round(y) / canvas.scale):
            paint()
    finally:
        canvas.surface = window
    return made
