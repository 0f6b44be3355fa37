"""The still part of the picture: the dark room and the court in it, painted once for each window size."""

from __future__ import annotations

from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.theme import Theme
from handplay.games.pong.layout import CourtLayout

_FINE = 2
_Light = NDArray[np.floating[Any]]


def paint_backdrop(canvas: Canvas, layout: CourtLayout) -> pygame.Surface:
    """Room, floor, walls, middle line, and a breath of each player's colour at the goals: as large as the window."""
    theme = canvas.theme
    width, height = canvas.surface.get_size()
    light = _room(width, height, theme)
    left, top = (round(v) for v in canvas.to_px((layout.court.left, layout.court.top)))
    right, bottom = (round(v) for v in canvas.to_px((layout.court.right, layout.court.bottom)))
    court = pygame.Rect(left, top, right - left, bottom - top)
    light[court.left : court.right, court.top : court.bottom] = _floor(court.width, court.height, theme)
    # Dark gradients show steps in 8 bits; half a level of grain hides them.
    grain = np.random.default_rng(7).uniform(-0.5, 0.5, (width, height))[..., None]
    surface = pygame.Surface((width, height)).convert()
    pygame.surfarray.blit_array(surface, np.clip(light + grain + 0.5, 0, 255).astype(np.uint8))
    surface.blit(_lines((width, height), court, canvas.scale, layout.unit * canvas.scale, theme), (0, 0))
    return surface


def _room(width: int, height: int, theme: Theme) -> _Light:
    """(width, height, 3): darker toward the corners, a little raised behind the court."""
    x = np.linspace(-1, 1, width)[:, None]
    y = np.linspace(-1, 1, height)[None, :]
    away = np.clip(np.hypot(x * 0.85, (y - 0.15) * 0.8), 0, 1)
    share = ((1 - away) ** 1.5)[..., None]
    ground, raised = np.array(theme.background, float), np.array(theme.raised, float)
    lit: _Light = ground * 0.82 + (raised - ground * 0.82) * share
    return lit


def _floor(width: int, height: int, theme: Theme) -> _Light:
    across = np.linspace(0, 1, width)[:, None, None]
    down = np.abs(np.linspace(-1, 1, height))[None, :, None]
    raised, surface = np.array(theme.raised, float), np.array(theme.surface, float)
    left, right = np.array(theme.aqua, float), np.array(theme.coral, float)
    reach = 0.16
    tint = np.clip(1 - across / reach, 0, 1) ** 2 * left + np.clip(1 - (1 - across) / reach, 0, 1) ** 2 * right
    lit: _Light = raised * 0.92 + (surface - raised) * 0.35 * (1 - down) + tint * 0.055
    return lit


def _lines(size: tuple[int, int], court: pygame.Rect, scale: float, unit_px: float, theme: Theme) -> pygame.Surface:
    """Walls and middle line with smooth edges, on a clear surface."""
    big = pygame.Surface((size[0] * _FINE, size[1] * _FINE), pygame.SRCALPHA)

    def px(units: float) -> int:
        return max(1, round(units * scale)) * _FINE

    x, y, w, h = (value * _FINE for value in court)
    thick = px(4)
    for wall_y in (y - thick, y + h):
        pygame.draw.rect(big, (*theme.line, 255), (x, wall_y, w, thick), border_radius=thick // 2)
    middle, radius, width = x + w // 2, round(unit_px * 1.15) * _FINE, px(3)
    pygame.draw.circle(big, (*theme.line, 200), (middle, y + h // 2), radius, width)
    dash, gap = px(12), px(14)
    count = max(1, int((h / 2 - radius - gap) // (dash + gap)))
    for number in range(count):
        away = h / 2 - gap - dash - number * (dash + gap)
        for top in (y + h / 2 - away - dash, y + h / 2 + away):
            box = (middle - width // 2, round(top), width, dash)
            pygame.draw.rect(big, (*theme.line, 200), box, border_radius=width // 2)
    for goal_x, colour in ((x, theme.aqua), (x + w, theme.coral)):
        pygame.draw.rect(big, (*colour, 60), (goal_x - width // 2, y, width, h))
    return pygame.transform.smoothscale(big, size)
