"""The small moving pictures on the tiles, drawn with the stage's own lights: each takes an area and a time."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from handplay.engine.stage.hint import HintHand
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import ease_in_out
from handplay.engine.stage.theme import mix

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas, Point
    from handplay.games.home.entries import Picture


class TilePictures:
    """Draws the pictures of all tiles.

    Args:
        still: True keeps them from moving (reduced motion).
    """

    def __init__(self, *, still: bool = False) -> None:
        self.still = still
        self._time_s = 1.2
        self._hand = HintHand("fist", "victory", handedness="Left")
        self._guide = HintHand("point", "pinch")
        for hand in (self._hand, self._guide):
            hand.update(2.0)
        self._draw: dict[Picture, Callable[[Canvas, Area, float], None]] = {
            "pong": self._pong,
            "airdraw": self._airdraw,
            "slice": self._slice,
            "gestures": self._gestures,
            "settings": self._settings,
            "scores": self._scores,
            "guide": self._show_guide,
        }

    def update(self, dt_s: float) -> None:
        """Moves on."""
        if not self.still:
            self._time_s += dt_s
            self._hand.update(dt_s)
            self._guide.update(dt_s)

    def draw(self, canvas: Canvas, picture: Picture, area: Area, light: float) -> None:
        """Draws one picture; `light` 0..1 is how much the tile is pointed at."""
        self._draw[picture](canvas, area, light)

    def _pong(self, canvas: Canvas, area: Area, light: float) -> None:
        theme, t = canvas.theme, self._time_s
        court = area.shrunk(14)
        x = court.left + 24 + (court.width - 48) * _swing(t * 0.55)
        y = court.centre[1] + 0.32 * court.height * math.sin(t * 2.1)
        for side, colour in ((court.left + 8, theme.aqua), (court.right - 8, theme.coral)):
            near = 1.0 - min(1.0, abs(x - side) / court.width)
            middle = court.centre[1] + (y - court.centre[1]) * (0.4 + 0.6 * near)
            canvas.glow((side, middle), 44, colour, 0.35 + 0.35 * light)
            canvas.panel(Area.around((side, middle), 8, 46), colour=colour, radius=4)
        for share in (0.45, 0.3, 0.15, 0.0):
            back = court.left + 24 + (court.width - 48) * _swing((t - share * 0.35) * 0.55)
            up = court.centre[1] + 0.32 * court.height * math.sin((t - share * 0.35) * 2.1)
            canvas.glow((back, up), 14, theme.text, 0.5 * (0.5 - share) + 0.1)
        canvas.disc((x, y), 7, theme.text)

    def _airdraw(self, canvas: Canvas, area: Area, light: float) -> None:
        theme = canvas.theme
        share = 1.0 if self.still else min(1.0, (self._time_s % 4.2) / 2.8)
        steps = max(2, round(72 * ease_in_out(share)))
        points = [_flourish(area, i / 72) for i in range(steps)]
        for i, (a, b) in enumerate(itertools.pairwise(points)):
            along = i / 72
            colour = mix(theme.aqua, theme.gold, along)
            thick = 3.0 + 4.0 * math.sin(math.pi * (0.15 + 0.8 * along)) ** 2
            canvas.line(a, b, colour, width=thick)
        tip = points[-1]
        canvas.glow(tip, 26 + 8 * light, theme.gold, 0.7)
        canvas.disc(tip, 5, theme.text)

    def _slice(self, canvas: Canvas, area: Area, light: float) -> None:
        theme = canvas.theme
        t = 0.62 if self.still else (self._time_s % 2.4) / 2.4
        x, y = area.centre
        cut = min(1.0, max(0.0, (t - 0.35) / 0.5))
        part = 26 * ease_in_out(cut)
        fall = 26 * cut * cut
        canvas.glow((x, y), 60, theme.coral, 0.3 + 0.3 * light)
        for side in (-1, 1):
            centre = (x + side * part * 0.8, y + fall + side * part * 0.3)
            _half_fruit(canvas, centre, 34, side)
        if 0.25 < t < 0.6:
            way = min(1.0, (t - 0.25) / 0.16)
            fade = 1.0 - max(0.0, (t - 0.42) / 0.18)
            a = (x - 62, y + 52)
            b = (x - 62 + 124 * way, y + 52 - 104 * way)
            canvas.line(a, b, mix(theme.raised, theme.aqua, fade), width=1, end_width=7)
            canvas.glow(b, 20, theme.aqua, 0.8 * fade)

    def _gestures(self, canvas: Canvas, area: Area, light: float) -> None:
        x, y = area.centre
        canvas.glow((x, y), 64, canvas.theme.aqua, 0.2 + 0.25 * light)
        self._hand.draw(canvas, (x, y + 22), 44)

    def _settings(self, canvas: Canvas, area: Area, light: float) -> None:
        theme = canvas.theme
        x, y = area.centre
        for row, share in enumerate((0.3, 0.72, 0.5)):
            shift = 0.0 if self.still else 0.08 * math.sin(self._time_s * 0.9 + 2 * row)
            level = y - 20 + 20 * row
            knob = x - 36 + 72 * (share + shift)
            canvas.line((x - 36, level), (x + 36, level), theme.line, width=4)
            canvas.line((x - 36, level), (knob, level), mix(theme.line, theme.aqua, 0.5 + 0.5 * light), width=4)
            canvas.disc((knob, level), 7, theme.text)

    def _scores(self, canvas: Canvas, area: Area, light: float) -> None:
        theme = canvas.theme
        x, foot = area.centre[0], area.centre[1] + 28
        colours = ((-24, 26.0, theme.aqua), (0, 42.0, theme.gold), (24, 18.0, theme.coral))
        for number, (aside, height, colour) in enumerate(colours):
            grown = height if self.still else height * (0.92 + 0.08 * math.sin(self._time_s * 1.4 + 1.7 * number))
            fill = mix(theme.line, colour, 0.6 + 0.4 * light)
            canvas.panel(Area(x + aside - 10, foot - grown, 20, grown), colour=fill, radius=5)
        top = (x, foot - 54)
        canvas.glow(top, 20, theme.gold, 0.4 + 0.4 * light)
        canvas.disc(top, 6, theme.gold)

    def _show_guide(self, canvas: Canvas, area: Area, light: float) -> None:
        x, y = area.centre
        canvas.glow((x, y), 44, canvas.theme.coral, 0.15 + 0.2 * light)
        self._guide.draw(canvas, (x, y + 12), 26)


def _swing(turns: float) -> float:
    """0..1..0, evenly: a ball between two paddles."""
    share = turns % 2.0
    return share if share <= 1.0 else 2.0 - share


def _flourish(area: Area, share: float) -> Point:
    """A row of growing loops, as one draws to try a pen."""
    angle = share * 2 * math.pi * 2.6
    grow = 0.55 + 0.45 * share
    x = area.left + area.width * (0.18 + 0.62 * share - 0.11 * grow * math.sin(angle))
    y = area.centre[1] + area.height * 0.3 * grow * math.cos(angle)
    return x, y


def _half_fruit(canvas: Canvas, centre: Point, radius: float, side: int) -> None:
    """Half of a fruit: skin, flesh and light rim, cut from the lower left to the upper right."""
    theme = canvas.theme
    turn = math.radians(-40) + (math.pi if side > 0 else 0.0)

    def arc(size: float) -> list[Point]:
        angles = [turn - math.pi * k / 14 for k in range(15)]
        return [(centre[0] + size * math.cos(angle), centre[1] + size * math.sin(angle)) for angle in angles]

    canvas.polygon(arc(radius), theme.coral)
    canvas.polygon(arc(radius - 5), mix(theme.coral, theme.text, 0.75))
    canvas.polygon(arc(radius - 9), mix(theme.coral, theme.gold, 0.35))
