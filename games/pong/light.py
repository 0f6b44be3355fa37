"""The luminous bars that are the paddles, drawn once for each size and colour and kept. Real pixels."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pygame

from handplay.engine.stage.sprites import light
from handplay.engine.stage.theme import Colour, mix

_FINE = 4
"""Bars are drawn this much larger and scaled down, for smooth edges."""


@lru_cache(maxsize=32)
def bar_glow(width_px: int, height_px: int, reach_px: int, colour: Colour, percent: int) -> pygame.Surface:
    """The light around an upright bar, reaching `reach_px` beyond it on all sides; to be added."""
    x = np.abs(np.arange(width_px + 2 * reach_px) + 0.5 - (width_px / 2 + reach_px))[None, :]
    y = np.abs(np.arange(height_px + 2 * reach_px) + 0.5 - (height_px / 2 + reach_px))[:, None]
    half_line = max(height_px - width_px, 0) / 2
    away = np.hypot(x, np.maximum(y - half_line, 0.0)) - width_px / 2
    return light(np.clip(1.0 - np.maximum(away, 0.0) / reach_px, 0.0, 1.0) ** 3 * (percent / 100), colour)


@lru_cache(maxsize=512)
def bar(width_px: int, height_px: int, colour: Colour, white: Colour, split: bool) -> pygame.Surface:
    """A paddle: a rounded bar with a bright core.

    Args:
        width_px, height_px: its size.
        colour, white: of its body and its core.
        split: two halves with a gap, and squarer corners: the right player's shape.
    """
    w, h = max(2, width_px) * _FINE, max(4, height_px) * _FINE
    big = pygame.Surface((w, h), pygame.SRCALPHA)
    pygame.draw.rect(big, colour, (0, 0, w, h), border_radius=w // 4 if split else w // 2)
    inset = max(1, round(w * 0.3))
    core = pygame.Rect(inset, inset, w - 2 * inset, h - 2 * inset)
    pygame.draw.rect(big, mix(colour, white, 0.75), core, border_radius=max(1, core.width // 2))
    if split:
        gap = max(_FINE, round(w * 0.3))
        big.fill((0, 0, 0, 0), (0, (h - gap) // 2, w, gap))
    return pygame.transform.smoothscale(big, (w // _FINE, h // _FINE)).convert_alpha()


@lru_cache(maxsize=32)
def goal_light(width_px: int, height_px: int, colour: Colour, percent: int, leftward: bool) -> pygame.Surface:
    """Light that falls into the court from a goal line, strongest at the line; to be added."""
    share = np.linspace(0, 1, max(2, width_px), dtype=np.float32)
    fall = np.broadcast_to((share if leftward else share[::-1]) ** 2.5, (max(2, height_px), max(2, width_px)))
    return light(fall * (percent / 100), colour)


def add(target: pygame.Surface, lit: pygame.Surface, x: float, y: float) -> None:
    """Adds a light with its middle at (x, y) real pixels."""
    place = (round(x - lit.get_width() / 2), round(y - lit.get_height() / 2))
    target.blit(lit, place, special_flags=pygame.BLEND_RGB_ADD)
