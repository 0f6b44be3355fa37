"""The canvas a scene draws on: design units in, soft-edged pixels out.

All places and sizes are design units (see `layout`); everything that costs time is drawn once and kept by size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import pygame

from handplay.engine.stage import sprites
from handplay.engine.stage.layout import FRAME, Area, Layout
from handplay.engine.stage.lettering import Lettering
from handplay.engine.stage.theme import RADIUS, TYPE_SCALE, Colour, FontName, SizeName, Theme, mix

Point = tuple[float, float]
Align = Literal["left", "centre", "right"]
VAlign = Literal["top", "middle", "bottom"]

_LIGHT_STEPS = 24  # glows exist in this many strengths
_MIN_ALPHA = 1 / 255
_SPRITE_LIMIT_PX = 320


class Canvas:
    """One window surface with its layout.

    Attributes:
        surface: the pygame surface, for what the methods below do not offer.
        theme: the colours.
        layout: design units and pixels of this window size.
    """

    def __init__(self, surface: pygame.Surface, theme: Theme) -> None:
        self.surface = surface
        self.theme = theme
        self._lay_out(surface)
        self._text = Lettering()
        self._sprites = sprites.SpriteCache()
        self._shift_px = (0.0, 0.0)
        self._ground: pygame.Surface | None = None
        self._veil: pygame.Surface | None = None

    def fit(self, surface: pygame.Surface, theme: Theme | None = None) -> None:
        """Takes a new surface after the window changed, or a new theme."""
        # The window's surface is one object that changes its size: what it was is known from the layout alone.
        resized = surface.get_size() != (self.layout.width_px, self.layout.height_px)
        if resized or (theme is not None and theme != self.theme):
            self._sprites.clear()
            self._ground = self._veil = None
        self.surface = surface
        self.theme = theme or self.theme
        if resized:
            self._lay_out(surface)

    # -- where things are ----------------------------------------------------------------------------------------

    def _lay_out(self, surface: pygame.Surface) -> None:
        self.layout = Layout(*surface.get_size())
        # Asked for thousands of times a picture.
        self._scale = self.layout.scale
        self._origin_px = self.layout.origin_px

    @property
    def scale(self) -> float:
        """Pixels per design unit."""
        return self._scale

    @property
    def frame(self) -> Area:
        """The 1280x720 that is always visible."""
        return FRAME

    @property
    def bounds(self) -> Area:
        """The whole window."""
        return self.layout.bounds

    @property
    def safe(self) -> Area:
        """The window without 5 % on each side."""
        return self.layout.safe

    def to_px(self, xy: Point) -> Point:
        """Design units to pixels of `surface`."""
        (x, y), scale, shift = self._origin_px, self._scale, self._shift_px
        return (x + xy[0] * scale + shift[0], y + xy[1] * scale + shift[1])

    def from_px(self, xy_px: Point) -> Point:
        """Pixels (a mouse event's `pos`) to design units."""
        return self.layout.from_px(*xy_px)

    def from_view(self, x: float, y: float) -> Point:
        """The view (0..1, what hand events carry) to design units."""
        return self.layout.from_view(x, y)

    @contextmanager
    def shifted(self, dx: float, dy: float) -> Iterator[None]:
        """Draws all within the block beside its place: camera shake, cards that slide."""
        before = self._shift_px
        self._shift_px = (before[0] + dx * self.scale, before[1] + dy * self.scale)
        try:
            yield
        finally:
            self._shift_px = before

    # -- grounds -------------------------------------------------------------------------------------------------

    def backdrop(self) -> None:
        """Fills the window with the dark room: the background, a little lighter in the middle."""
        if self._ground is None:
            self._ground = _room(self.surface.get_size(), self.theme)
        self.surface.blit(self._ground, (0, 0))

    def fill(self, colour: Colour) -> None:
        """Fills the window with one colour."""
        self.surface.fill(colour)

    def dim(self, strength: float) -> None:
        """Darkens all that is drawn so far: 0 not at all, 1 to the background."""
        if strength < _MIN_ALPHA:
            return
        if self._veil is None:
            self._veil = pygame.Surface(self.surface.get_size()).convert()
            self._veil.fill(self.theme.background)
        self._veil.set_alpha(_byte(strength))
        self.surface.blit(self._veil, (0, 0))

    # -- words ---------------------------------------------------------------------------------------------------

    def text(
        self,
        text: str,
        xy: Point,
        *,
        size: SizeName | float = "body",
        colour: Colour | None = None,
        font: FontName = "ui",
        align: Align = "left",
        valign: VAlign = "top",
        alpha: float = 1.0,
        tabular: bool = False,
        zoom: float = 1.0,
    ) -> Area:
        """Draws one line of text.

        Args:
            text: the line.
            xy: the anchor, design units; `align` and `valign` say which point of the line lies there.
            size: a step of the type scale or design units; never set below 12 real pixels.
            colour: `theme.text` if None.
            font: "ui", "bold" or "title".
            align, valign: where the anchor is.
            alpha: 0..1.
            tabular: digits in cells of equal width, for numbers that change.
            zoom: scales the finished line, for words that grow in.

        Returns:
            The area it covers.
        """
        area = self.text_area(text, xy, size=size, font=font, align=align, valign=valign, tabular=tabular)
        if alpha < _MIN_ALPHA or not text:
            return area
        size_px = self._size_px(size)
        line = self._text.line(text, font, size_px, colour or self.theme.text, tabular=tabular)
        if abs(zoom - 1.0) > 0.004:
            wanted = (max(1, round(line.get_width() * zoom)), max(1, round(line.get_height() * zoom)))
            line = pygame.transform.smoothscale(line, wanted)
        x, y = self.to_px(area.centre)
        self._blit(line, (round(x - line.get_width() / 2), round(y - line.get_height() / 2)), alpha)
        return area

    def text_area(
        self,
        text: str,
        xy: Point = (0.0, 0.0),
        *,
        size: SizeName | float = "body",
        font: FontName = "ui",
        align: Align = "left",
        valign: VAlign = "top",
        tabular: bool = False,
    ) -> Area:
        """The area that `text` would cover, design units."""
        size_px = self._size_px(size)
        width = self._text.width(text, font, size_px, tabular=tabular) / self.scale
        height = self._text.height(font, size_px) / self.scale
        x = xy[0] - {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * width
        y = xy[1] - {"top": 0.0, "middle": 0.5, "bottom": 1.0}[valign] * height
        return Area(x, y, width, height)

    def paragraph(
        self,
        text: str,
        xy: Point,
        width: float,
        *,
        size: SizeName | float = "body",
        colour: Colour | None = None,
        font: FontName = "ui",
        align: Align = "left",
        alpha: float = 1.0,
        draw: bool = True,
    ) -> Area:
        """Draws text in as many lines as its width asks for; `xy` is the top of the block.

        Returns:
            The area it covers; with `draw=False` it is only measured.
        """
        lines = self._text.wrap(text, font, self._size_px(size), width * self.scale)
        y, widest = xy[1], 0.0
        for line in lines:
            place = (xy[0], y)
            if draw:
                area = self.text(line, place, size=size, colour=colour, font=font, align=align, alpha=alpha)
            else:
                area = self.text_area(line, place, size=size, font=font, align=align)
            widest = max(widest, area.width)
            y += area.height
        x = xy[0] - {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * widest
        return Area(x, xy[1], widest, y - xy[1])

    # -- shapes --------------------------------------------------------------------------------------------------

    def panel(
        self,
        area: Area,
        *,
        colour: Colour | None = None,
        border: Colour | None = None,
        radius: float = RADIUS,
        alpha: float = 1.0,
        shadow: bool = False,
    ) -> None:
        """A rounded box, with a thin outline if `border` is given and a soft shadow if asked for."""
        if alpha < _MIN_ALPHA:
            return
        width, height = max(1, round(area.width * self.scale)), max(1, round(area.height * self.scale))
        radius_px = round(radius * self.scale, 1)
        fill = colour or self.theme.raised
        x, y = self.to_px((area.x, area.y))
        place = (round(x), round(y))
        if shadow:
            blur = max(2, round(24 * self.scale))
            key = ("shadow", width, height, radius_px, blur)
            soft = self._sprites.get(key, lambda: sprites.shadow(width, height, radius_px, blur))
            self._blit(soft, (place[0] - blur, place[1] - blur + blur // 3), alpha)

        def make() -> pygame.Surface:
            if border is None:
                return sprites.rounded(width, height, radius_px, fill)
            box = sprites.rounded(width, height, radius_px, border)
            line = max(1, round(1.5 * self.scale))
            if width > 2 * line and height > 2 * line:
                inner = sprites.rounded(width - 2 * line, height - 2 * line, max(0.0, radius_px - line), fill)
                box.blit(inner, (line, line))
            return box

        self._blit(self._sprites.get(("box", width, height, radius_px, fill, border), make), place, alpha)

    def glow(self, xy: Point, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """Adds a soft light."""
        step = min(_LIGHT_STEPS, round(strength * _LIGHT_STEPS))
        radius_px = _coarse(min(radius * self.scale, 0.6 * max(self.surface.get_size())))
        if step <= 0 or radius_px < 1:
            return
        tint = mix((0, 0, 0), colour, step / _LIGHT_STEPS)
        grey = self._sprites.get(("falloff", radius_px), lambda: sprites.falloff(radius_px))
        sprite = self._sprites.get(("glow", radius_px, tint), lambda: sprites.tinted(grey, tint))
        x, y = self.to_px(xy)
        half = sprite.get_width() / 2
        self.surface.blit(sprite, (round(x - half), round(y - half)), special_flags=pygame.BLEND_RGB_ADD)

    def disc(self, xy: Point, radius: float, colour: Colour, *, alpha: float = 1.0) -> None:
        """A filled circle with a soft edge, placed to a quarter of a pixel."""
        radius_px = max(0.5, round(radius * self.scale * 4) / 4)
        if alpha < _MIN_ALPHA or radius <= 0:
            return
        x, y = self.to_px(xy)
        if radius_px > _SPRITE_LIMIT_PX:
            pygame.draw.aacircle(self.surface, mix(self.theme.background, colour, alpha), (x, y), radius_px)
            return
        (px, dx), (py, dy) = sprites.subpixel(x, radius_px), sprites.subpixel(y, radius_px)
        sprite = self._sprites.get(("disc", radius_px, colour, dx, dy), lambda: sprites.disc(radius_px, colour, dx, dy))
        half = sprite.get_width() // 2
        self._blit(sprite, (px - half, py - half), alpha)

    def ring(
        self,
        xy: Point,
        radius: float,
        colour: Colour,
        *,
        width: float = 3.0,
        start: float = 0.0,
        sweep: float = 1.0,
        alpha: float = 1.0,
    ) -> None:
        """A ring, or an arc of `sweep` turns from `start` turns clockwise of the top."""
        sweep = round(min(1.0, sweep) * 90) / 90
        if alpha < _MIN_ALPHA or radius <= 0 or sweep <= 0:
            return
        radius_px = max(1.0, round(radius * self.scale * 2) / 2)
        width_px = max(1.0, round(width * self.scale * 2) / 2)
        turn = round(start * 90) / 90
        x, y = self.to_px(xy)
        if radius_px > _SPRITE_LIMIT_PX:
            # Larger than any window needs: a hand that touches the camera. Without an arc, and quick.
            line_px = max(1, min(round(width_px), 64))
            pygame.draw.circle(self.surface, mix(self.theme.background, colour, alpha), (x, y), radius_px, line_px)
            return
        sprite = self._sprites.get(
            ("ring", radius_px, width_px, colour, turn, sweep),
            lambda: sprites.ring(radius_px, width_px, colour, turn, sweep),
        )
        half = sprite.get_width() / 2
        self._blit(sprite, (round(x - half), round(y - half)), alpha)

    def line(self, a: Point, b: Point, colour: Colour, *, width: float = 2.0, end_width: float | None = None) -> None:
        """A line with soft edges and round ends, tapered from `width` at `a` to `end_width` at `b`."""
        (ax, ay), (bx, by) = self.to_px(a), self.to_px(b)
        ra = max(0.5, width * self.scale / 2)
        rb = ra if end_width is None else max(0.5, end_width * self.scale / 2)
        dx, dy = bx - ax, by - ay
        length = math.hypot(dx, dy)
        if length > 0.5:
            nx, ny = -dy / length, dx / length
            corners = [
                (ax + nx * ra, ay + ny * ra),
                (bx + nx * rb, by + ny * rb),
                (bx - nx * rb, by - ny * rb),
                (ax - nx * ra, ay - ny * ra),
            ]
            if max(ra, rb) > 0.8:
                pygame.draw.polygon(self.surface, colour, corners)
                pygame.draw.aaline(self.surface, colour, corners[2], corners[3])
            pygame.draw.aaline(self.surface, colour, corners[0], corners[1])
        if ra > 1.2:
            self.disc(a, ra / self.scale, colour)
        if rb > 1.2:
            self.disc(b, rb / self.scale, colour)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled polygon with soft edges."""
        pixels = [self.to_px(point) for point in points]
        pygame.draw.polygon(self.surface, colour, pixels)
        pygame.draw.aalines(self.surface, colour, True, pixels)

    def image(self, picture: pygame.Surface, centre: Point, *, alpha: float = 1.0) -> None:
        """Blits a finished surface (real pixels) about a centre."""
        x, y = self.to_px(centre)
        self._blit(picture, (round(x - picture.get_width() / 2), round(y - picture.get_height() / 2)), alpha)

    def kept(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """A surface of one's own in the canvas's cache: made once a key, dropped when the window or theme changes."""
        return self._sprites.get(("kept", key), make)

    # -- within --------------------------------------------------------------------------------------------------

    def _size_px(self, size: SizeName | float) -> int:
        return self.layout.text_px(TYPE_SCALE[size] if isinstance(size, str) else size)

    def _blit(self, sprite: pygame.Surface, place: tuple[int, int], alpha: float) -> None:
        if alpha >= 1.0:
            self.surface.blit(sprite, place)
        elif alpha >= _MIN_ALPHA:
            sprite.set_alpha(_byte(alpha))
            self.surface.blit(sprite, place)
            sprite.set_alpha(255)


def _byte(share: float) -> int:
    return round(min(1.0, max(0.0, share)) * 255)


def _coarse(radius_px: float) -> int:
    """Radii in steps of about 4 %, so that pulsing lights do not fill the cache."""
    if radius_px < 24:
        return round(radius_px)
    return round(24 * 1.04 ** round(math.log(radius_px / 24, 1.04)))


def _room(size_px: tuple[int, int], theme: Theme) -> pygame.Surface:
    # A small picture scaled up: the gradient has no detail, and a dither would be lost anyway at this darkness.
    width, height = 64, 36
    small = pygame.Surface((width, height))
    warm = mix(theme.background, theme.surface, 0.55)
    for y in range(height):
        for x in range(width):
            d = math.hypot((x - 31.5) / 38, (y - 15) / 24)
            small.set_at((x, y), mix(warm, theme.background, d * d * 1.1))
    return pygame.transform.smoothscale(small.convert(), size_px)
