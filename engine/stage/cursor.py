"""The hand as a cursor: a point of light with a ring that closes while it dwells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.engine.stage.motion import QUICK_S, Fade, Spring
from handplay.engine.stage.theme import mix

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.theme import Colour

_RADIUS = 14.0


class Cursor:
    """A hand's cursor.

    Attributes:
        place: where it is, design units.
        dwell: 0..1, how full the arc is.
        down: pinched.
        shown: fades in and out.
    """

    def __init__(self) -> None:
        self.place = (0.0, 0.0)
        self.dwell = 0.0
        self.down = False
        self.shown = False
        self._fade = Fade(duration_s=QUICK_S)
        self._press = Spring(frequency_hz=6.0, damping=0.6)

    @property
    def hidden(self) -> bool:
        """True once it has faded out."""
        return self._fade.share == 0.0

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self._fade.on = self.shown
        self._fade.update(dt_s)
        self._press.target = 1.0 if self.down else 0.0
        self._press.update(dt_s)

    def draw(self, canvas: Canvas, colour: Colour) -> None:
        """Draws it."""
        alpha = self._fade.value
        if alpha <= 0.0:
            return
        theme, press = canvas.theme, self._press.value
        tint = mix(colour, theme.gold, press)
        radius = _RADIUS * (1.0 - 0.3 * press)
        canvas.glow(self.place, radius * 3, tint, (0.5 + 0.3 * press) * alpha)
        canvas.disc(self.place, radius * 0.4, theme.text, alpha=alpha)
        canvas.ring(self.place, radius, tint, width=3, alpha=alpha)
        if self.dwell > 0.0:
            canvas.ring(self.place, radius + 10, theme.line, width=5, alpha=0.8 * alpha)
            canvas.ring(self.place, radius + 10, theme.gold, width=5, sweep=self.dwell, alpha=alpha)
