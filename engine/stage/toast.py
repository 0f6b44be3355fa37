"""Short notes that slide in, stay for a moment and go: "Sound off", "No sound device". One may be pinned below them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, Fade

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas

STAY_S = 2.6
HURRY_S = 1.2
"""A note stays shorter when the next one waits, but long enough to be read."""

_MAX_WAITING = 4
_PINNED_WIDTH = 880.0


@dataclass(slots=True)
class Toasts:
    """Shows one note after the other at the bottom of the window.

    Attributes:
        at_top: at the top instead: a scene that has its buttons below says so.
    """

    at_top: bool = False
    _waiting: list[str] = field(default_factory=list)
    _text: str = ""
    _left_s: float = 0.0
    _fade: Fade = field(default_factory=lambda: Fade(duration_s=CALM_S))
    _wanted: str = ""
    _pinned: str = ""
    _pin_fade: Fade = field(default_factory=lambda: Fade(duration_s=CALM_S))

    @property
    def pinned(self) -> str:
        """The note that stays; empty if there is none."""
        return self._wanted

    def pin(self, text: str) -> None:
        """A note that stays until it is changed: something is wrong and will not go by itself. Empty takes it away.

        It may be long, and makes room for the passing ones.
        """
        self._wanted = text

    def show(self, text: str) -> None:
        """Shows a note; the same text again only stays longer."""
        if text == self._text and self._fade.on:
            self._left_s = STAY_S
        elif text not in self._waiting:
            self._waiting.append(text)
            del self._waiting[:-_MAX_WAITING]

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self._left_s -= dt_s
        if self._left_s <= (STAY_S - HURRY_S if self._waiting else 0.0):
            self._fade.on = False
        self._fade.update(dt_s)
        if self._waiting and self._fade.share == 0.0:
            self._text = self._waiting.pop(0)
            self._left_s = STAY_S
            self._fade.on = True
        if self._pin_fade.share == 0.0:
            self._pinned = self._wanted
        passing = self._fade.on or self._fade.share > 0.0
        self._pin_fade.on = bool(self._pinned) and self._pinned == self._wanted and not passing
        self._pin_fade.update(dt_s)

    def draw(self, canvas: Canvas) -> None:
        """Draws the note, if there is one."""
        self._draw_pinned(canvas, self._pin_fade.value)
        shown = self._fade.value
        if shown <= 0.0:
            return
        size = canvas.text_area(self._text, size="body")
        slide = 16 * (1 - shown)
        y = canvas.safe.top + 8 - slide if self.at_top else canvas.safe.bottom - 24 + slide
        centre = (canvas.safe.centre[0], y)
        box = Area.around(centre, size.width + 48, size.height + 16)
        canvas.panel(box, colour=canvas.theme.surface, border=canvas.theme.line, radius=box.height / 2, alpha=shown)
        canvas.text(self._text, centre, align="centre", valign="middle", alpha=shown)

    def _draw_pinned(self, canvas: Canvas, shown: float) -> None:
        if shown <= 0.0:
            return
        inner = min(_PINNED_WIDTH, canvas.safe.width) - 48
        x = canvas.safe.centre[0]
        words = canvas.paragraph(self._pinned, (x, 0), inner, size="small", align="centre", draw=False)
        centre = (x, canvas.safe.bottom - words.height / 2 - 12 + 16 * (1 - shown))
        box = Area.around(centre, words.width + 48, words.height + 24)
        canvas.panel(box, colour=canvas.theme.surface, border=canvas.theme.danger, radius=16, alpha=shown)
        canvas.paragraph(self._pinned, (x, box.top + 12), inner, size="small", align="centre", alpha=shown)
