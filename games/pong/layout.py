"""Where everything lies: a strip for score and camera above, the court below, clear of the outer 5 %.

Design units of the canvas throughout; pure geometry, one object for each window size.
"""

from __future__ import annotations

from dataclasses import dataclass

from handplay.engine.stage.layout import Area
from handplay.games.pong.court import CourtSettings

STRIP_HEIGHT = 135.0
"""As high as the camera inset."""

GAP = 32.0
"""Between strip and court; the inset's small sign stands in it."""


@dataclass(frozen=True, slots=True)
class CourtLayout:
    """Places in one window.

    Attributes:
        court: the floor, from wall to wall and goal line to goal line.
        strip: above it and as wide.
        unit: design units of one court unit.
    """

    court: Area
    strip: Area
    unit: float

    def x(self, x: float) -> float:
        """A place across the court in design units."""
        return self.court.x + self.court.width / 2 + x * self.unit

    def y(self, y: float) -> float:
        """A place down the court in design units."""
        return self.court.y + self.court.height / 2 + y * self.unit

    def court_x(self, x: float) -> float:
        """A place in design units as one across the court."""
        return (x - self.court.x - self.court.width / 2) / self.unit

    def court_y(self, y: float) -> float:
        """A height in design units as a place down the court."""
        return (y - self.court.y - self.court.height / 2) / self.unit


def lay_out(safe: Area, court: CourtSettings) -> CourtLayout:
    """The layout within the safe area of a window."""
    room_height = safe.height - STRIP_HEIGHT - GAP
    unit = min(safe.width / (2 * court.half_width), room_height / (2 * court.half_height))
    width, height = 2 * court.half_width * unit, 2 * court.half_height * unit
    left = safe.x + (safe.width - width) / 2
    # A tall window leaves room: more of it below than between.
    spare = 0.4 * (room_height - height)
    return CourtLayout(
        court=Area(left, safe.y + STRIP_HEIGHT + GAP + spare, width, height),
        strip=Area(left, safe.y, width, STRIP_HEIGHT),
        unit=unit,
    )
