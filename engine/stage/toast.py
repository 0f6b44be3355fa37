"""Short notes that slide in, stay for a moment and go: "Sound off", "No sound device"."""

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


@dataclass(slots=True)
class Toasts:
    """Shows one note after the other at the bottom of the window."""

    _waiting: list[str] = field(default_factory=list)
    _text: str = ""
    _left_s: float = 0.0
    _fade: Fade = field(default_factory=lambda: Fade(duration_s=CALM_S))

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

    def draw(self, canvas: Canvas) -> None:
        """Draws the note, if there is one."""
        shown = self._fade.value
        if shown <= 0.0:
            return
        size = canvas.text_area(self._text, size="body")
        centre = (canvas.safe.centre[0], canvas.safe.bottom - 24 + 16 * (1 - shown))
        box = Area.around(centre, size.width + 48, size.height + 16)
        canvas.panel(box, colour=canvas.theme.surface, border=canvas.theme.line, radius=box.height / 2, alpha=shown)
        canvas.text(self._text, centre, align="centre", valign="middle", alpha=shown)
