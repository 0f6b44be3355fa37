"""The pictures on the palette's buttons, painted once for each size and colour. Real pixels."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pygame

from handplay.engine.stage.theme import Colour, Theme
from handplay.games.airdraw.bezier import flatten
from handplay.games.airdraw.palette import COLOURS, WIDTHS
from handplay.games.airdraw.stickers import STICKERS

_FINE = 3
Line = tuple[tuple[float, float], ...]

_LINES: dict[str, tuple[Line, ...]] = {
    "tool:pen": (
        ((-0.62, 0.62), (-0.5, 0.2), (0.3, -0.6), (0.6, -0.3), (-0.2, 0.5), (-0.62, 0.62)),
        ((0.12, -0.42), (0.42, -0.12)),
    ),
    "tool:brush": (
        ((0.62, -0.66), (0.0, 0.02)), ((0.66, -0.6), (0.1, 0.12)),
        ((-0.02, 0.0), (-0.28, 0.06), (-0.42, 0.3), (-0.66, 0.56), (-0.3, 0.62), (0.02, 0.46), (0.12, 0.14),
         (-0.02, 0.0)),
    ),
    "tool:highlighter": (
        ((-0.3, 0.3), (-0.3, -0.1), (0.3, -0.66), (0.62, -0.34), (0.1, 0.3), (-0.3, 0.3)), ((-0.3, 0.3), (-0.46, 0.46)),
        ((-0.66, 0.66), (0.66, 0.66)),
    ),
    "tool:eraser": (
        ((-0.64, 0.2), (0.08, -0.52), (0.6, 0.0), (0.02, 0.58), (-0.26, 0.58), (-0.64, 0.2)),
        ((-0.32, -0.12), (0.2, 0.4)),
        ((-0.26, 0.6), (0.62, 0.6)),
    ),
    "tool:fill": (
        ((-0.62, -0.04), (-0.06, -0.6), (0.46, -0.08), (-0.1, 0.48), (-0.62, -0.04)), ((-0.3, -0.66), (-0.06, -0.42)),
        ((0.6, 0.14), (0.72, 0.42), (0.6, 0.56), (0.48, 0.42), (0.6, 0.14)), ((-0.62, -0.04), (0.42, -0.04)),
    ),
    "tool:line": (((-0.6, 0.5), (0.6, -0.5)),),
    "tool:arrow": (((-0.6, 0.5), (0.6, -0.5)), ((0.12, -0.52), (0.6, -0.5), (0.5, -0.02))),
    "tool:rectangle": (((-0.62, -0.44), (0.62, -0.44), (0.62, 0.44), (-0.62, 0.44), (-0.62, -0.44)),),
    "tool:triangle": (((0.0, -0.58), (0.64, 0.5), (-0.64, 0.5), (0.0, -0.58)),),
    "pressure:speed": (((-0.5, -0.5), (0.0, 0.0), (-0.5, 0.5)), ((0.06, -0.5), (0.56, 0.0), (0.06, 0.5))),
    "pressure:depth": (
        ((-0.62, 0.62), (-0.2, 0.2)), ((0.62, 0.62), (0.2, 0.2)), ((-0.62, -0.62), (-0.2, -0.2)),
        ((0.62, -0.62), (0.2, -0.2)), ((-0.2, -0.2), (0.2, -0.2), (0.2, 0.2), (-0.2, 0.2), (-0.2, -0.2)),
        ((-0.62, -0.62), (0.62, -0.62), (0.62, 0.62), (-0.62, 0.62), (-0.62, -0.62)),
    ),
    "undo": (((-0.3, -0.56), (-0.62, -0.24), (-0.3, 0.08)),),
    "redo": (((0.3, -0.56), (0.62, -0.24), (0.3, 0.08)),),
    "clear": (
        ((-0.58, -0.4), (0.58, -0.4)), ((-0.2, -0.42), (-0.16, -0.62), (0.16, -0.62), (0.2, -0.42)),
        ((-0.44, -0.38), (-0.36, 0.62), (0.36, 0.62), (0.44, -0.38)), ((-0.14, -0.1), (-0.1, 0.36)),
        ((0.14, -0.1), (0.1, 0.36)),
    ),
    "save": (((0.0, -0.62), (0.0, 0.22)), ((-0.32, -0.08), (0.0, 0.24), (0.32, -0.08)),
             ((-0.6, 0.24), (-0.6, 0.6), (0.6, 0.6), (0.6, 0.24))),
    "layer:new": (
        ((0.0, -0.62), (0.66, -0.26), (0.0, 0.1), (-0.66, -0.26), (0.0, -0.62)), ((-0.66, 0.1), (-0.02, 0.44)),
        ((0.4, 0.22), (0.4, 0.66)), ((0.18, 0.44), (0.62, 0.44)),
    ),
    "layer:next": (
        ((0.0, -0.62), (0.66, -0.26), (0.0, 0.1), (-0.66, -0.26), (0.0, -0.62)),
        ((-0.66, 0.08), (0.0, 0.42), (0.66, 0.08)),
        ((-0.66, 0.34), (0.0, 0.68), (0.66, 0.34)),
    ),
    "view:reset": (
        ((-0.6, -0.2), (-0.6, -0.6), (-0.2, -0.6)), ((0.2, -0.6), (0.6, -0.6), (0.6, -0.2)),
        ((0.6, 0.2), (0.6, 0.6), (0.2, 0.6)), ((-0.2, 0.6), (-0.6, 0.6), (-0.6, 0.2)),
    ),
    "film": (((-0.24, -0.34), (0.34, 0.0), (-0.24, 0.34), (-0.24, -0.34)),),
    "canvas:camera": (((0.34, -0.12), (0.66, -0.32), (0.66, 0.32), (0.34, 0.12)),),
}  # fmt: skip
"""Action to polylines in a square from -1 to 1."""


def icon(action: str, size_px: int, ink: Colour, theme: Theme) -> pygame.Surface:
    """The picture of an action, as a surface of its own.

    Args:
        action: see `palette`.
        size_px: side of the picture.
        ink: colour of its lines; pictures that show a colour have that.
    """
    side = max(8, size_px) * _FINE
    surface = pygame.Surface((side, side), pygame.SRCALPHA)
    surface.fill((*ink, 0))
    _paint(_Pad(surface), action, ink, theme)
    return pygame.transform.smoothscale(surface, (side // _FINE, side // _FINE)).convert_alpha()


class _Pad:
    """Paints in a square from -1 to 1."""

    def __init__(self, surface: pygame.Surface) -> None:
        self.surface = surface
        self.half = surface.get_width() / 2

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.half * (1 + point[0]), self.half * (1 + point[1])

    def lines(self, points: Line, ink: Colour, width: float = 0.13) -> None:
        r = width * self.half / 2
        places = [self.at(point) for point in points]
        for a, b in pairwise(places):
            length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
            nx, ny = (a[1] - b[1]) / length * r, (b[0] - a[0]) / length * r
            corners = [(a[0] + nx, a[1] + ny), (b[0] + nx, b[1] + ny), (b[0] - nx, b[1] - ny), (a[0] - nx, a[1] - ny)]
            pygame.draw.polygon(self.surface, ink, corners)
        for place in places:
            pygame.draw.circle(self.surface, ink, place, r)

    def ring(self, centre: tuple[float, float], rx: float, ry: float, ink: Colour, width: float = 0.13,
             turns: tuple[float, float] = (0.0, 1.0)) -> None:  # fmt: skip
        angles = np.linspace(2 * math.pi * turns[0], 2 * math.pi * turns[1], 48)
        line = tuple((centre[0] + rx * math.sin(a), centre[1] - ry * math.cos(a)) for a in angles)
        self.lines(line, ink, width)

    def disc(self, centre: tuple[float, float], radius: float, ink: Colour) -> None:
        pygame.draw.circle(self.surface, ink, self.at(centre), radius * self.half)

    def box(self, x: float, y: float, w: float, h: float, ink: Colour, radius: float) -> None:
        left, top = self.at((x, y))
        rect = (left, top, w * self.half, h * self.half)
        pygame.draw.rect(self.surface, ink, rect, border_radius=round(radius * self.half))


def _paint(pad: _Pad, action: str, ink: Colour, theme: Theme) -> None:
    kind, _, value = action.partition(":")
    for line in _LINES.get(action, ()):
        pad.lines(line, ink)
    if kind == "colour":
        pad.disc((0, 0), 0.66, theme.line)
        pad.disc((0, 0), 0.6, COLOURS[value])
    elif kind == "width":
        pad.disc((0, 0), 0.08 + 0.2 * WIDTHS[int(value)], ink)
    elif action == "tool:ellipse":
        pad.ring((0, 0), 0.64, 0.46, ink)
    elif action == "tool:sticker":
        _sticker(pad, "star", ink, 0.72)
    elif kind == "sticker":
        _sticker(pad, value, ink, 0.72)
    elif action in ("undo", "redo"):
        side = -1 if action == "undo" else 1
        pad.lines(((side * 0.6, -0.24), (-side * 0.2, -0.24)), ink)
        pad.ring((-side * 0.2, 0.16), 0.4, 0.4, ink, turns=(0.0, -0.5 * side))
        pad.lines(((-side * 0.2, 0.56), (side * 0.3, 0.56)), ink)
    elif action == "canvas:camera":
        pad.box(-0.66, -0.4, 1.04, 0.8, ink, 0.16)
    elif action in ("canvas:white", "canvas:black"):
        paper = (255, 255, 255) if action.endswith("white") else (10, 12, 20)
        pad.box(-0.56, -0.62, 1.12, 1.24, theme.quiet, 0.14)
        pad.box(-0.5, -0.56, 1.0, 1.12, paper, 0.1)
    elif action == "film":
        pad.ring((0, 0), 0.66, 0.66, ink)
    elif action == "layer:hide":
        pad.ring((0, 0.02), 0.66, 0.4, ink)
        pad.disc((0, 0.02), 0.2, ink)


def _sticker(pad: _Pad, name: str, ink: Colour, size: float) -> None:
    for outline in STICKERS[name]:
        points, _ = flatten(outline, 0.01)
        if len(points) > 2:
            hole = _turn(points) < 0
            colour = (*ink, 0) if hole else ink
            pygame.draw.polygon(pad.surface, colour, [pad.at((size * x, size * y)) for x, y in points.tolist()])


def _turn(points: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """Signed area: holes run the other way round."""
    x, y = points[:, 0], points[:, 1]
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())
