"""Design space and window: how one layout fits every window.

A scene places things in design units. The *frame* is 1280x720 units, always whole and centred in the window, and one
unit is as many pixels as that allows. A window of another shape shows more on two sides: the *bounds* reach beyond
the frame there (x below 0 and above 1280, or y below 0 and above 720). The *safe* area is the bounds without 5 % on
each side.
"""

from __future__ import annotations

from dataclasses import dataclass

from handplay.engine.stage.theme import MIN_TEXT_PX, SAFE_SHARE

FRAME_WIDTH = 1280.0
FRAME_HEIGHT = 720.0
MIN_WINDOW_PX = 64
"""Smaller sides are drawn as if they were this long."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in design units.

    Attributes:
        x, y: top left corner.
        width, height: size.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return self.x

    @property
    def top(self) -> float:
        return self.y

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x + self.width / 2, self.y + self.height / 2)

    def shrunk(self, by: float) -> Area:
        """Smaller by `by` on each side; a negative value makes it larger."""
        return Area(self.x + by, self.y + by, max(0.0, self.width - 2 * by), max(0.0, self.height - 2 * by))

    def moved(self, dx: float, dy: float) -> Area:
        """The same size elsewhere."""
        return Area(self.x + dx, self.y + dy, self.width, self.height)

    def holds(self, x: float, y: float) -> bool:
        """True if the point lies inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom

    @staticmethod
    def around(centre: tuple[float, float], width: float, height: float) -> Area:
        """The area of a size about a centre."""
        return Area(centre[0] - width / 2, centre[1] - height / 2, width, height)


FRAME = Area(0.0, 0.0, FRAME_WIDTH, FRAME_HEIGHT)


@dataclass(frozen=True, slots=True)
class Layout:
    """One window size.

    Attributes:
        width_px, height_px: the window.
    """

    width_px: int
    height_px: int

    @property
    def scale(self) -> float:
        """Pixels per design unit."""
        return max(MIN_WINDOW_PX, min(self.width_px * FRAME_HEIGHT / FRAME_WIDTH, self.height_px)) / FRAME_HEIGHT

    @property
    def origin_px(self) -> tuple[float, float]:
        """Where the frame's top left corner lies in the window, pixels."""
        scale = self.scale
        return ((self.width_px - FRAME_WIDTH * scale) / 2, (self.height_px - FRAME_HEIGHT * scale) / 2)

    @property
    def bounds(self) -> Area:
        """The whole window, design units."""
        scale = self.scale
        ox, oy = self.origin_px
        return Area(-ox / scale, -oy / scale, self.width_px / scale, self.height_px / scale)

    @property
    def safe(self) -> Area:
        """The window without 5 % on each side, design units."""
        b = self.bounds
        dx, dy = b.width * SAFE_SHARE, b.height * SAFE_SHARE
        return Area(b.x + dx, b.y + dy, b.width - 2 * dx, b.height - 2 * dy)

    def to_px(self, x: float, y: float) -> tuple[float, float]:
        """Design units to window pixels."""
        ox, oy = self.origin_px
        return (ox + x * self.scale, oy + y * self.scale)

    def from_px(self, x_px: float, y_px: float) -> tuple[float, float]:
        """Window pixels (a mouse event's `pos`) to design units."""
        ox, oy = self.origin_px
        return ((x_px - ox) / self.scale, (y_px - oy) / self.scale)

    def from_view(self, x: float, y: float) -> tuple[float, float]:
        """The view (0..1, what hand events carry) to design units: its edges are the window's edges."""
        b = self.bounds
        return (b.x + x * b.width, b.y + y * b.height)

    def text_px(self, size: float) -> int:
        """Real font size of a size in design units: never below 12 pixels."""
        return max(MIN_TEXT_PX, round(size * self.scale))
