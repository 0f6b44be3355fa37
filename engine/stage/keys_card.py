"""The page of keys: F1 or ? shows what the keyboard, the mouse and the hand do here, and what works everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, Fade

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas

KeyRow = tuple[str, str]
"""A key, a movement of the mouse or of the hand, and what it does."""

EVERYWHERE: tuple[KeyRow, ...] = (
    ("Esc or Q", "leave"),
    ("F11", "full screen"),
    ("M", "sound on or off"),
    ("H", "camera picture on or off"),
    ("F3", "figures"),
    ("F1 or ?", "this page"),
)

_OPEN = ("stop", "stop_inverted")
_GAP = 56.0


def gesture_rows(bindings: Mapping[str, str], actions: Sequence[str]) -> tuple[KeyRow, ...]:
    """The gestures that are bound to these actions, as people say them; an open hand is one, fingers apart or not."""
    said = {name: action for name, action in bindings.items() if action in actions}
    rows = []
    for name, action in said.items():
        if name not in _OPEN or said.get("open_palm") != action:
            rows.append((name.replace("_", " ").capitalize(), action))
    return tuple(rows)


class KeysCard:
    """Shows the rows of a scene beside those of the stage.

    Attributes:
        on: wanted.
    """

    def __init__(self) -> None:
        self.on = False
        self._rows: tuple[KeyRow, ...] = ()
        self._fade = Fade(duration_s=CALM_S)

    def switch(self, rows: Sequence[KeyRow]) -> None:
        """Shows these rows, or goes."""
        self.on = not self.on
        if self.on:
            self._rows = tuple(rows)

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self._fade.on = self.on
        self._fade.update(dt_s)

    def draw(self, canvas: Canvas) -> None:
        """Draws it over everything, while it shows."""
        shown = self._fade.value
        if shown <= 0.0:
            return
        theme = canvas.theme
        canvas.dim(0.6 * shown)
        blocks = [("Here", self._rows), ("Everywhere", EVERYWHERE)] if self._rows else [("Everywhere", EVERYWHERE)]
        # In a small window letters stop shrinking before their lines do.
        step = max(34.0, canvas.text_area("A").height * 1.15)
        sizes = [_widths(canvas, rows) for _, rows in blocks]
        width = sum(key + meaning for key, meaning in sizes) + _GAP * (len(blocks) - 1)
        stacked = width + 96 > canvas.bounds.width
        lines = [len(rows) + 1.4 for _, rows in blocks]
        height = (sum(lines) + 0.4 if stacked else max(lines)) * step
        if stacked:
            width = max(key + meaning for key, meaning in sizes)
        x, y = canvas.frame.centre
        card = Area.around((x, y + 14 * (1 - shown)), width + 96, height + 56)
        canvas.panel(card, colour=theme.raised, border=theme.line, radius=28, alpha=0.97 * shown, shadow=True)
        left, top = card.left + 48, card.top + 32
        for (heading, rows), (key_width, meaning_width), count in zip(blocks, sizes, lines, strict=True):
            canvas.text(heading, (left, top), font="bold", colour=theme.gold, alpha=shown)
            for number, (key, meaning) in enumerate(rows):
                line = top + (number + 1.3) * step
                canvas.text(key, (left, line), font="bold", alpha=shown)
                canvas.text(meaning, (left + key_width, line), colour=theme.quiet, alpha=shown)
            if stacked:
                top += (count + 0.4) * step
            else:
                left += key_width + meaning_width + _GAP


def _widths(canvas: Canvas, rows: Sequence[KeyRow]) -> tuple[float, float]:
    """Of the keys, with the space behind them, and of what they do."""
    keys = max(canvas.text_area(key, font="bold").width for key, _ in rows)
    return keys + 24, max(canvas.text_area(meaning).width for _, meaning in rows)
