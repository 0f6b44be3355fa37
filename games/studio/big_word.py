"""The big word below the picture: what the hands show, filled with gold while it is held."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pygame

from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, Fade, Spring
from handplay.engine.stage.theme import Colour
from handplay.games.studio.hand_card import spoken

if TYPE_CHECKING:
    from handplay.engine.hands import Handedness
    from handplay.engine.stage.canvas import Canvas
    from handplay.games.studio.showing import Holding, Showing, Word
    from handplay.gestures.kinds import Gesture

_SIZE = 52.0
_LARGEST = 76.0
_BAR = 5.0
_RING = 15.0
"""Radius of the ring that closes while a gesture is held and has not begun."""
_TOLD_S = 0.3
"""A hold time from which the rest of it is worth a number."""
_SIDES: tuple[Handedness, Handedness] = ("Left", "Right")


class BigWords:
    """One word in the middle, or two side by side when each hand shows something.

    Args:
        gestures: by name, for how to tell their values.
    """

    def __init__(self, gestures: dict[str, Gesture]) -> None:
        self._gestures = gestures
        self._apart: dict[Handedness, Spring] = {side: Spring(frequency_hz=3.0) for side in _SIDES}
        self.shown = Fade(duration_s=CALM_S)
        """How much any word is there."""

    def update(self, dt_s: float, showing: Showing) -> None:
        """Moves on."""
        there = {side: _there(showing, side) for side in _SIDES}
        for side, spring in self._apart.items():
            way = -1.0 if side == "Left" else 1.0
            spring.target = way if all(there.values()) else 0.0
            if not there[side]:
                spring.value, spring.velocity = spring.target, 0.0
            spring.update(dt_s)
        fades = [word.fade for word in showing.words.values()] + [held.fade for held in showing.holding.values()]
        self.shown.on = any(fade.on for fade in fades)
        self.shown.update(dt_s)

    def draw(self, canvas: Canvas, band: Area, showing: Showing, *, still: bool = False, light: float = 1.0) -> None:
        """Draws what is to be seen in the band; `still` without zoom (reduced motion), `light` 0..1 dims all."""
        theme = canvas.theme
        both = showing.words["Both"]
        sizes = [_size(canvas, showing.words[side].name, self._place(band, side)) for side in _SIDES]
        beside = min(sizes) if all(_there(showing, side) for side in _SIDES) else 0.0
        hands = light * (1.0 - max(both.fade.value, showing.holding["Both"].fade.value))
        for number, side in enumerate(_SIDES):
            size = beside or sizes[number]
            place, word = self._place(band, side), showing.words[side]
            self._draw_word(canvas, place, size, word, theme.hand(side), hands, still)
            _draw_holding(canvas, place, showing.holding[side], word, hands)
        place = Area.around((band.centre[0], band.centre[1] - 4), 0.78 * band.width, band.height)
        self._draw_word(canvas, place, _size(canvas, both.name, place), both, theme.gold, light, still)
        _draw_holding(canvas, place, showing.holding["Both"], both, light)

    def _place(self, band: Area, side: Handedness) -> Area:
        apart = self._apart[side].value
        width = band.width * (0.9 - 0.48 * min(1.0, abs(apart)))
        return Area.around((band.centre[0] + apart * band.width * 0.245, band.centre[1] - 4), width, band.height)

    def _draw_word(
        self, canvas: Canvas, place: Area, size: float, word: Word, colour: Colour, alpha: float, still: bool
    ) -> None:
        shown = word.fade.value * alpha
        if shown <= 0.01 or not word.name:
            return
        theme = canvas.theme
        text = spoken(word.name)
        told = _told(self._gestures.get(word.name), word)
        aside = canvas.text_area(told, size="lead", tabular=True).width + 16 if told else 0.0
        x, y = place.centre[0] - aside / 2, place.centre[1] + 10 * (1 - shown)
        jump = 0.0 if still else word.jump.value
        zoom = 1.0 - 0.10 * jump if abs(jump) > 0.02 else 1.0
        half = canvas.text_area(text, size=size, font="title").width / 2
        canvas.glow((x, y), 0.9 * half + 50, colour, 0.12 * shown)
        area = canvas.text(
            text, (x, y), size=size, font="title", align="centre", valign="middle", alpha=shown, zoom=zoom
        )
        if word.fill > 0.0 and zoom == 1.0:
            _fill(canvas, text, area, size, word.fill, shown)
        # A bar of the hand's colour below grows with the fill, then stays.
        share = min(1.0, 0.12 + 0.88 * word.fill)
        step = 1 / canvas.scale
        line = max(_BAR, round(area.width * share / step) * step)
        bar = Area(x - area.width / 2, area.bottom - 2, line, _BAR)
        canvas.panel(bar, colour=colour, radius=_BAR / 2, alpha=shown)
        if told:
            canvas.text(
                told, (x + half + 16, y), size="lead", colour=theme.quiet, valign="middle", tabular=True, alpha=shown
            )


def _there(showing: Showing, side: Handedness) -> bool:
    """Whether there is anything to be seen of a hand."""
    return showing.words[side].fade.share > 0 or showing.holding[side].fade.share > 0


def _draw_holding(canvas: Canvas, place: Area, held: Holding, word: Word, alpha: float) -> None:
    """What must still be held: its name, waiting, and a ring that closes until it begins.

    A word that stands there already keeps its place.
    """
    shown = held.fade.value * alpha
    if shown <= 0.01 or not held.name:
        return
    theme = canvas.theme
    waiting = shown * (1.0 - word.fade.value) * (not held.done)
    text = spoken(held.name)
    size = _size(canvas, held.name, place)
    half = canvas.text_area(text, size=size, font="title").width / 2
    told = held.hold_s >= _TOLD_S
    x, y = place.centre[0], place.centre[1] - 8 * told
    canvas.text(
        text, (x, y), size=size, font="title", colour=theme.quiet, align="centre", valign="middle", alpha=waiting
    )
    ring = (max(place.left + _RING, x - half - _RING - 14), y)
    light = shown if held.done else waiting
    canvas.ring(ring, _RING, theme.line, width=4, alpha=light)
    canvas.ring(ring, _RING, theme.gold, width=4, sweep=held.share, alpha=light)
    if told:
        canvas.text(
            f"hold {held.left_s:.1f} s", (x, place.bottom - 5), size="small", colour=theme.quiet, align="centre",
            valign="bottom", tabular=True, alpha=waiting,
        )  # fmt: skip


def _size(canvas: Canvas, name: str, place: Area) -> float:
    """The largest size at which a name fits its place."""
    size = min(_LARGEST, max(_SIZE, 0.42 * place.height))
    wide = canvas.text_area(spoken(name), size=size, font="title").width if name else 0.0
    return size * min(1.0, 0.98 * place.width / wide) if wide else size


def _fill(canvas: Canvas, text: str, area: Area, size: float, share: float, alpha: float) -> None:
    """The word once more in gold, as much of it as is filled."""
    x, y = canvas.to_px((area.left, area.top))
    clip = pygame.Rect(
        math.floor(x), math.floor(y), round(area.width * canvas.scale * share), math.ceil(area.height * canvas.scale)
    )
    before = canvas.surface.get_clip()
    canvas.surface.set_clip(clip.clip(before))
    canvas.text(
        text, area.centre, size=size, font="title", colour=canvas.theme.gold, align="centre", valign="middle",
        alpha=alpha,
    )  # fmt: skip
    canvas.surface.set_clip(before)


def _told(gesture: Gesture | None, word: Word) -> str:
    """What a gesture of two hands measures, in words."""
    measure = getattr(gesture, "measure", "")
    if measure == "distance" and word.value > 0:
        return f"x {word.value:.2f}"
    if measure == "angle":
        return f"{math.degrees(word.value):+.0f}°"
    return ""
