"""Small signs that several screens of the studio draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas, Point
    from handplay.engine.stage.theme import Colour


def draw_tick(canvas: Canvas, centre: Point, colour: Colour, size: float) -> None:
    """Done, or right; `size` is half of its width."""
    x, y = centre
    bend = (x - 0.2 * size, y + 0.65 * size)
    canvas.line((x - 0.9 * size, y), bend, colour, width=0.5 * size)
    canvas.line(bend, (x + size, y - 0.75 * size), colour, width=0.5 * size)


def draw_cross(canvas: Canvas, centre: Point, colour: Colour, size: float, width: float) -> None:
    """Wrong, or away with it; `size` is half of its width."""
    x, y = centre
    canvas.line((x - size, y - size), (x + size, y + size), colour, width=width)
    canvas.line((x - size, y + size), (x + size, y - size), colour, width=width)
