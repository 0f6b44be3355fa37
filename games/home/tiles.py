"""What all tiles of the home screens have in common: their ground, their answer to a pointer, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.engine.stage.keys_card import KeyRow
from handplay.engine.stage.layout import Area
from handplay.engine.stage.theme import Colour, SizeName, mix

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas

BACK = "back"

KEYS: tuple[KeyRow, ...] = (
    ("Hand", "point, then pinch or stay"),
    ("Mouse", "point and click"),
    ("Arrows, W A S D", "choose"),
    ("Enter or space", "press"),
)
"""What keys, mouse and hand do on all of these screens."""


def draw_ground(
    canvas: Canvas, place: Area, *, hover: float, come: float, grow: float = 5.0, radius: int = 20, shadow: bool = False
) -> Area:
    """Draws the panel of a tile.

    Args:
        place: of the tile at rest.
        hover: 0..1, how much it is pointed at.
        come: 0..1, how far it has come in.
        grow: design units by which it grows under the pointer.

    Returns:
        Where it is now.
    """
    theme = canvas.theme
    area = place.shrunk(-grow * hover).moved(0, 3 * grow * (1 - come))
    fill, line = mix(theme.raised, theme.surface, hover), mix(theme.line, theme.aqua, hover)
    canvas.panel(area, colour=fill, border=line, radius=radius, alpha=come, shadow=shadow)
    return area


def draw_filled(canvas: Canvas, area: Area, filled: float) -> None:
    """The bar that fills while a pointer stays."""
    if filled > 0:
        bar = Area(area.left + 24, area.bottom - 10, (area.width - 48) * filled, 4)
        canvas.panel(bar, colour=canvas.theme.gold, radius=2)


def draw_back(canvas: Canvas, area: Area, come: float) -> None:
    """An arrow and the word, in the middle of a tile's height."""
    left, middle, gold = area.left + 24, area.centre[1], canvas.theme.gold
    for way in (-14, 14):
        canvas.line((left + 20, middle), (left + 34, middle + way), gold, width=5)
    canvas.line((left + 20, middle), (left + 56, middle), gold, width=5)
    canvas.text("Back", (left + 76, middle), size="lead", font="bold", valign="middle", alpha=come)


def draw_titled(
    canvas: Canvas,
    title: str,
    line: str,
    place: Area,
    come: float,
    *,
    size: SizeName | float = "small",
    colour: Colour | None = None,
) -> None:
    """A title and a quiet line below it, in the middle of an area's height.

    Letters stop shrinking before the window does: the line wraps then.
    """
    words = canvas.paragraph(line, (place.left, 0), place.width, size=size, draw=False)
    head = canvas.text_area(title, size="lead", font="bold")
    top = place.centre[1] - (head.height + words.height) / 2
    canvas.text(title, (place.left, top), size="lead", font="bold", alpha=come)
    canvas.paragraph(
        line, (place.left, top + head.height), place.width, size=size, colour=colour or canvas.theme.quiet, alpha=come
    )
