"""Small pictures that are drawn once and then blitted: glows, discs, rings, rounded boxes.

Everything here is in real pixels. Shapes come from their distance functions, so that edges are soft at every size.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable

import numpy as np
import pygame
from numpy.typing import NDArray

from handplay.engine.stage.theme import Colour

MAX_SPRITES = 1500
MAX_PIXELS = 10_000_000
"""Together at most 40 MB; the sprite that was not used for longest goes first."""

_SUBPIXELS = 4  # small sprites exist at quarter pixels, so that slow things glide instead of stepping
_SUBPIXEL_LIMIT_PX = 48
_MASTER_PX = 160  # larger lights are scaled up from this radius: they have no detail


class SpriteCache:
    """Surfaces by key, bounded, least recently used out first."""

    def __init__(self, max_sprites: int = MAX_SPRITES, max_pixels: int = MAX_PIXELS) -> None:
        self._sprites: OrderedDict[Hashable, pygame.Surface] = OrderedDict()
        self._max_sprites = max_sprites
        self._max_pixels = max_pixels
        self._pixels = 0

    def __len__(self) -> int:
        return len(self._sprites)

    @property
    def pixels(self) -> int:
        """Pixels of all sprites together."""
        return self._pixels

    def get(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The sprite of a key, made now if it is not there."""
        found = self._sprites.get(key)
        if found is not None:
            self._sprites.move_to_end(key)
            return found
        sprite = make()
        self._sprites[key] = sprite
        self._pixels += sprite.get_width() * sprite.get_height()
        while len(self._sprites) > 1 and (len(self._sprites) > self._max_sprites or self._pixels > self._max_pixels):
            _, old = self._sprites.popitem(last=False)
            self._pixels -= old.get_width() * old.get_height()
        return sprite

    def clear(self) -> None:
        """Forgets all sprites."""
        self._sprites.clear()
        self._pixels = 0


def light(alpha: NDArray[np.float32], colour: Colour) -> pygame.Surface:
    """A surface for adding (`BLEND_RGB_ADD`): the colour times 0..1 per pixel; alpha is (height, width)."""
    rgb = (np.clip(alpha, 0, 1)[:, :, None] * np.array(colour, np.float32) + 0.5).astype(np.uint8)
    height, width = alpha.shape
    return pygame.image.frombuffer(rgb.tobytes(), (width, height), "RGB").convert()


def paint(alpha: NDArray[np.float32], colour: Colour) -> pygame.Surface:
    """A surface for blitting: one colour with 0..1 alpha per pixel; alpha is (height, width)."""
    height, width = alpha.shape
    rgba = np.empty((height, width, 4), np.uint8)
    rgba[:, :, :3] = colour
    rgba[:, :, 3] = (np.clip(alpha, 0, 1) * 255 + 0.5).astype(np.uint8)
    return pygame.image.frombuffer(rgba.tobytes(), (width, height), "RGBA").convert_alpha()


def falloff(radius_px: int) -> pygame.Surface:
    """A soft light in grey: bright in the middle, nothing at the radius."""
    half = min(_MASTER_PX, max(2, radius_px))
    axis = (np.arange(2 * half, dtype=np.float32) + 0.5 - half) / half
    d2 = axis[:, None] ** 2 + axis[None, :] ** 2
    small = light(np.clip(1 - d2, 0, 1) ** 2 * np.exp(-2.6 * d2), (255, 255, 255))
    if half >= radius_px:
        return small
    return pygame.transform.smoothscale(small, (2 * radius_px, 2 * radius_px))


def tinted(grey: pygame.Surface, colour: Colour) -> pygame.Surface:
    """A grey light in a colour."""
    copy = grey.copy()
    copy.fill(colour, special_flags=pygame.BLEND_RGB_MULT)
    return copy


def disc(radius_px: float, colour: Colour, dx: float = 0.0, dy: float = 0.0) -> pygame.Surface:
    """A soft-edged disc whose centre lies (dx, dy) beside the surface's middle."""
    d, _ = _distance_from_centre(radius_px + 1.5, dx, dy)
    return paint(np.clip(radius_px + 0.5 - d, 0, 1), colour)


def ring(radius_px: float, width_px: float, colour: Colour, start: float = 0.0, sweep: float = 1.0) -> pygame.Surface:
    """A soft-edged ring, or the part of one.

    Args:
        radius_px: to the middle of the stroke.
        width_px: of the stroke.
        colour: its colour.
        start: where it begins, in turns; 0 is the top, clockwise.
        sweep: how much of it, in turns, 0..1; the ends are round.
    """
    half = width_px / 2
    d, (x, y) = _distance_from_centre(radius_px + half + 1.5, 0.0, 0.0)
    edge = np.abs(d - radius_px)
    if sweep < 1.0:
        turn = np.mod(np.arctan2(x, -y) / (2 * np.pi) - start, 1.0)
        ends = []
        for end in (start, start + sweep):
            angle = 2 * math.pi * end
            ends.append(np.hypot(x - radius_px * math.sin(angle), y + radius_px * math.cos(angle)))
        edge = np.where(turn <= sweep, edge, np.minimum(ends[0], ends[1]))
    return paint(np.clip(half + 0.5 - edge, 0, 1), colour)


def rounded(width_px: int, height_px: int, radius_px: float, colour: Colour) -> pygame.Surface:
    """A filled box with soft round corners."""
    r = min(radius_px, width_px / 2, height_px / 2)
    surface = pygame.Surface((max(1, width_px), max(1, height_px)), pygame.SRCALPHA)
    surface.fill((*colour, 255))
    side = math.ceil(r)
    if side >= 1:
        axis = side - (np.arange(side, dtype=np.float32) + 0.5)
        d = np.hypot(axis[:, None] + (r - side), axis[None, :] + (r - side))
        corner = np.clip(r + 0.5 - d, 0, 1)
        for flip_x, flip_y in ((0, 0), (1, 0), (0, 1), (1, 1)):
            part = corner[:: -1 if flip_y else 1, :: -1 if flip_x else 1]
            x = surface.get_width() - side if flip_x else 0
            y = surface.get_height() - side if flip_y else 0
            _set_alpha(surface, x, y, part)
    return surface.convert_alpha()


def shadow(width_px: int, height_px: int, radius_px: float, blur_px: float) -> pygame.Surface:
    """The soft shadow of a rounded box; `blur_px` larger on each side."""
    pad = math.ceil(blur_px)
    w, h = width_px + 2 * pad, height_px + 2 * pad
    x = np.abs(np.arange(w, dtype=np.float32) + 0.5 - w / 2) - (width_px / 2 - radius_px)
    y = np.abs(np.arange(h, dtype=np.float32) + 0.5 - h / 2) - (height_px / 2 - radius_px)
    outside = np.hypot(np.maximum(x, 0)[None, :], np.maximum(y, 0)[:, None])
    inside = np.minimum(np.maximum(x[None, :], y[:, None]), 0)
    d = outside + inside - radius_px
    share = np.clip(0.5 - d / (2 * max(1.0, blur_px)), 0, 1)
    return paint(share * share * (3 - 2 * share) * 0.55, (0, 0, 0))


def subpixel(value_px: float, radius_px: float) -> tuple[int, float]:
    """A place as a whole pixel and a rest in quarters; large sprites get no rest."""
    if radius_px > _SUBPIXEL_LIMIT_PX:
        return round(value_px), 0.0
    quarters = round(value_px * _SUBPIXELS)
    whole = math.floor(quarters / _SUBPIXELS)
    return whole, quarters / _SUBPIXELS - whole


def _distance_from_centre(
    half_px: float, dx: float, dy: float
) -> tuple[NDArray[np.float32], tuple[NDArray[np.float32], NDArray[np.float32]]]:
    half = math.ceil(half_px)
    axis = np.arange(2 * half, dtype=np.float32) + 0.5 - half
    x, y = axis[None, :] - np.float32(dx), axis[:, None] - np.float32(dy)
    return np.hypot(x, y).astype(np.float32), (x, y)


def _set_alpha(surface: pygame.Surface, x: int, y: int, alpha: NDArray[np.float32]) -> None:
    height, width = alpha.shape
    pixels = pygame.surfarray.pixels_alpha(surface)
    pixels[x : x + width, y : y + height] = (alpha.T * 255 + 0.5).astype(np.uint8)
    del pixels  # unlocks the surface
