"""The tools as a table: how each lays ink, and how wide."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

Tool = Literal[
    "pen", "brush", "highlighter", "eraser", "line", "rectangle", "ellipse", "triangle", "arrow", "fill", "sticker"
]
Pressure = Literal["speed", "depth"]
"""What makes a brush thick: a slow hand, or one that is nearer to the camera than where it began."""
PRESSURES: tuple[Pressure, ...] = get_args(Pressure)
Blend = Literal["over", "multiply", "erase"]
Gesture = Literal["free", "drag", "place", "tap"]

TOOLS: tuple[Tool, ...] = get_args(Tool)

MIN_WIDTH = 0.0005
MAX_WIDTH = 0.5
"""Bounds of a line's width in canvas heights."""


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """How a tool behaves.

    Attributes:
        blend: "over" covers, "multiply" darkens the ink of its layer, "erase" takes ink of its layer away.
        opacity: of its ink, 0..1.
        width: what it starts with, canvas heights.
        varying: its width follows pressure or speed.
        gesture: "free" takes every sample, "drag" the first and the last, "place" a centre and a size, "tap" one point.
        about: a sentence for hints.
    """

    blend: Blend
    opacity: float
    width: float
    varying: bool
    gesture: Gesture
    about: str


SPECS: dict[Tool, ToolSpec] = {
    "pen": ToolSpec("over", 1.0, 0.008, False, "free", "A steady line."),
    "brush": ToolSpec("over", 1.0, 0.024, True, "free", "Thinner when fast, thicker when slow or pressed."),
    "highlighter": ToolSpec("multiply", 0.45, 0.04, False, "free", "Light shines through; what is written stays dark."),
    "eraser": ToolSpec("erase", 1.0, 0.05, False, "free", "Takes ink away on its layer."),
    "line": ToolSpec("over", 1.0, 0.008, False, "drag", "A straight line."),
    "rectangle": ToolSpec("over", 1.0, 0.008, False, "drag", "A rectangle from corner to corner."),
    "ellipse": ToolSpec("over", 1.0, 0.008, False, "drag", "An ellipse in its box."),
    "triangle": ToolSpec("over", 1.0, 0.008, False, "drag", "A triangle in its box."),
    "arrow": ToolSpec("over", 1.0, 0.008, False, "drag", "An arrow that points where you stop."),
    "fill": ToolSpec("over", 1.0, 0.008, False, "tap", "Fills a closed place with colour."),
    "sticker": ToolSpec("over", 1.0, 0.2, False, "place", "A star, a heart, a sun and more."),
}

BRUSH_FAST = 2.5
"""Speed at which a brush is at its thinnest, canvas heights a second: a quick stroke crosses a window in 0.6 s."""

BRUSH_THIN = 0.25
"""The thinnest a brush gets, as a share of its width."""


DEPTH_SPAN = 0.22
"""Logarithm of how much a hand grows from half to full pressure: 12 cm nearer, half a metre from the camera."""


def depth_pressure(palm: float, begun: float) -> float:
    """The pressure 0..1 of a hand by how near it is: a half where the stroke began, more toward the camera.

    Args:
        palm: its length now, any unit.
        begun: its length when the stroke began.
    """
    return min(1.0, max(0.0, 0.5 + 0.5 * math.log(palm / begun) / DEPTH_SPAN))


def brush_share(pressure: float | None, speed: float) -> float:
    """The share of its width that a brush draws with, `BRUSH_THIN`..1.

    Args:
        pressure: 0..1 if something tells it (depth, a real pen), else None.
        speed: canvas heights a second; counts without a pressure.
    """
    if pressure is None:
        pressure = 1.0 - math.sqrt(min(1.0, max(0.0, speed) / BRUSH_FAST))
    return BRUSH_THIN + (1 - BRUSH_THIN) * min(1.0, max(0.0, pressure))
