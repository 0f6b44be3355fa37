"""Where the palette lies: places of its buttons in design units, for every window. No pygame.

Targets for a hand are 120 units with 24 between them, in a window of any shape: the dock is a row along the top, what
it opens is a sheet below it, in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handplay.engine.stage.layout import Area
from handplay.engine.stage.theme import HAND_TARGET

GAP = 24.0
TARGET = float(HAND_TARGET)
PAD = 24.0
"""Between the buttons and the edge of their panel."""

HANDLE_WIDTH, HANDLE_SEEN = 264.0, 44.0


@dataclass(frozen=True, slots=True)
class PaletteLayout:
    """The places for one window.

    Attributes:
        handle: what a hand reaches for to open the palette; as large as a target, though less of it shows.
        pill: what shows of it.
        dock: the panel of the dock.
        buttons: those of the dock, from the left.
    """

    handle: Area
    pill: Area
    dock: Area
    buttons: tuple[Area, ...]

    def sheet(self, count: int) -> tuple[Area, tuple[Area, ...]]:
        """A panel below the dock with so many buttons, and their places, row by row.

        Args:
            count: 1..14.
        """
        rows = 1 if count <= 7 else 2
        across = -(-count // rows)
        width = across * TARGET + (across - 1) * GAP
        height = rows * TARGET + (rows - 1) * GAP
        x, top = self.dock.centre[0], self.dock.bottom + GAP
        places = []
        for number in range(count):
            row, column = divmod(number, across)
            in_row = min(across, count - row * across)
            left = x - (in_row * TARGET + (in_row - 1) * GAP) / 2
            places.append(Area(left + column * (TARGET + GAP), top + PAD + row * (TARGET + GAP), TARGET, TARGET))
        return Area(x - width / 2 - PAD, top, width + 2 * PAD, height + 2 * PAD), tuple(places)


def palette_layout(bounds: Area, safe: Area, count: int) -> PaletteLayout:
    """The places for a window.

    Args:
        bounds, safe: of the window, design units.
        count: buttons of the dock.
    """
    x = safe.centre[0]
    width = count * TARGET + (count - 1) * GAP
    top = max(bounds.top + 12, min(safe.top, bounds.top + 28))
    dock = Area(x - width / 2 - PAD / 2, top - PAD / 2, width + PAD, TARGET + PAD)
    left = x - width / 2
    buttons = tuple(Area(left + i * (TARGET + GAP), top, TARGET, TARGET) for i in range(count))
    handle = Area(x - HANDLE_WIDTH / 2, bounds.top, HANDLE_WIDTH, TARGET)
    pill = Area(x - HANDLE_WIDTH / 2, bounds.top + 14, HANDLE_WIDTH, HANDLE_SEEN)
    return PaletteLayout(handle, pill, dock, buttons)


def nearest(areas: Sequence[Area], x: float, y: float, margin: float = GAP / 2) -> int | None:
    """The area that holds a place, with half the gap around each; None between and beside them."""
    for number, area in enumerate(areas):
        if area.shrunk(-margin).holds(x, y):
            return number
    return None
