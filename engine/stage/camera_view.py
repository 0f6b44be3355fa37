"""The large camera picture: mirrored, darkened and cooled so that the hand of light is the brightest thing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pygame
from numpy.typing import NDArray

from handplay.engine.stage.layout import Area
from handplay.engine.stage.theme import Theme, mix

if TYPE_CHECKING:
    from handplay.engine.sources.base import Image
    from handplay.engine.stage.canvas import Canvas

_RADIUS = 12.0
_EDGE = 0.36
"""How much of its light in the middle a picture has in the corners."""


class CameraView:
    """Turns each picture once into what is blitted until the next one comes; all buffers are kept.

    Args:
        light: how much of its light the picture keeps in the middle.
        grey: how much of its colour it loses.
    """

    def __init__(self, *, light: float = 0.5, grey: float = 0.5) -> None:
        self._light = light
        self._tone = _tone(grey)
        self._shown: object = None
        self._key: object = None
        self._surface: pygame.Surface | None = None
        self._pixels: NDArray[np.uint8] = np.zeros((1, 1, 4), np.uint8)
        self._small: NDArray[np.uint8] = np.zeros((1, 1, 3), np.uint8)
        self._vignette: NDArray[np.uint8] = np.zeros((1, 1, 3), np.uint8)
        self._night: NDArray[np.uint8] = np.zeros((1, 1, 3), np.uint8)

    def draw(self, canvas: Canvas, area: Area, picture: Image | None, *, mirrored: bool, alpha: float = 1.0) -> None:
        """Draws the picture in an area of its own shape, on a card of the colour `raised`.

        Args:
            canvas: where to.
            area: where, design units.
            picture: uint8 (h, w, 3) BGR; None shows a plain dark room.
            mirrored: True if the source is a selfie view already.
            alpha: 0..1, how much of the picture shows through the dark.
        """
        x, y = canvas.to_px((area.x, area.y))
        size = (max(2, round(area.width * canvas.scale)), max(2, round(area.height * canvas.scale)))
        place = (round(x), round(y))
        theme = canvas.theme
        room = canvas.kept(("camera room", size), lambda: _room(size, theme))
        canvas.surface.blit(room, place)
        if picture is not None and alpha > 0.01:
            self._take(picture, size, mirrored, theme)
            if self._surface is not None:
                self._surface.set_alpha(None if alpha > 0.99 else round(255 * alpha))
                canvas.surface.blit(self._surface, place)
        self._corners(canvas, place, size)

    def _take(self, picture: Image, size: tuple[int, int], mirrored: bool, theme: Theme) -> None:
        import cv2  # here, because a picture that was tracked has loaded it already

        key = (size, theme)
        if self._shown is picture and self._key == key:
            return
        if self._key != key:
            self._key = key
            self._pixels = np.full((size[1], size[0], 4), 255, np.uint8)
            self._small = np.empty((size[1], size[0], 3), np.uint8)
            self._vignette = _vignette(size, self._light)
            # Nothing in the picture is darker than the room around it.
            self._night = np.empty_like(self._small)
            self._night[:] = theme.background[::-1]
            # Shares the memory of the pixels: a new picture is written where the surface already looks.
            self._surface = pygame.image.frombuffer(self._pixels.data, size, "RGBX")
        self._shown = picture
        shrinks = picture.shape[1] > size[0]
        cv2.resize(picture, size, self._small, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
        if not mirrored:
            cv2.flip(self._small, 1, self._small)
        cv2.transform(self._small, self._tone, self._small)
        cv2.multiply(self._small, self._vignette, self._small, 1 / 255)
        cv2.add(self._small, self._night, self._small)
        cv2.cvtColor(self._small, cv2.COLOR_BGR2RGBA, self._pixels)

    def _corners(self, canvas: Canvas, place: tuple[int, int], size: tuple[int, int]) -> None:
        """Rounds the corners by painting them over in the colour of the card."""
        side = max(1, round(_RADIUS * canvas.scale))
        colour = canvas.theme.raised
        whole = canvas.kept(("camera corners", side, colour), lambda: _corner_mask(side, colour))
        for right in (0, 1):
            for low in (0, 1):
                at = (place[0] + right * (size[0] - side), place[1] + low * (size[1] - side))
                canvas.surface.blit(whole, at, (right * side, low * side, side, side))


def _tone(grey: float) -> NDArray[np.float32]:
    """BGR to BGR: part of the way to grey, a little bluer and less red: the room at night."""
    blue, green, red = 0.11 * grey, 0.59 * grey, 0.30 * grey
    own = 1 - grey
    rows = [
        [own + blue, green + 0.32 * grey, red + 0.12 * grey],
        [blue, own + green - 0.06 * grey, red],
        [blue, green, own + red - 0.28 * grey],
    ]
    return np.array(rows, np.float32)


def _vignette(size: tuple[int, int], light: float) -> NDArray[np.uint8]:
    """uint8 (h, w, 3): what each pixel keeps of its light."""
    x = np.linspace(-1, 1, size[0], dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, size[1], dtype=np.float32)[:, None]
    away = np.clip((x * x + y * y) / 2, 0, 1)
    keep = (light * (1 - (1 - _EDGE) * away) * 255 + 0.5).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(keep[:, :, None], 3, axis=2))


def _room(size: tuple[int, int], theme: Theme) -> pygame.Surface:
    """A dark room without a camera: a little lighter in the middle."""
    small = pygame.Surface((48, 32))
    for y in range(32):
        for x in range(48):
            away = min(1.0, ((x - 23.5) / 30) ** 2 + ((y - 13) / 24) ** 2)
            small.set_at((x, y), mix(mix(theme.surface, theme.line, 0.15), theme.background, away))
    return pygame.transform.smoothscale(small.convert(), size)


def _corner_mask(side: int, colour: tuple[int, int, int]) -> pygame.Surface:
    """What is left of a square when a disc is cut out, twice `side` wide."""
    axis = np.arange(2 * side, dtype=np.float32) + 0.5 - side
    away = np.hypot(axis[:, None], axis[None, :])
    from handplay.engine.stage.sprites import paint

    return paint(np.clip(away - side + 0.5, 0, 1).astype(np.float32), colour)
