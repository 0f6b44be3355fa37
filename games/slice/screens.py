"""Score, lives and the words of each screen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from handplay.engine.stage.motion import Fade, breathe, ease_out
from handplay.engine.stage.status import STATUS, StatusCard, StatusText, trouble
from handplay.games.slice.game import LIVES, SliceGame, State

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.stage import Stage

_FADE_S = 0.22


class Screens:
    """All words and marks over the game.

    Args:
        game: what is played.
        stage: feed state.
    """

    def __init__(self, game: SliceGame, stage: Stage) -> None:
        self._game = game
        self._stage = stage
        states: tuple[State, ...] = ("title", "playing", "lost", "paused", "over")
        self._fades = {state: Fade(duration_s=_FADE_S, on=state == "title") for state in states}
        self._lives = [1.0] * LIVES
        self._card = StatusCard()
        self._time_s = 0.0
        self.rank: int | None = None
        self.best = 0

    @property
    def veil(self) -> float:
        """How dark everything below the words is."""
        return 0.5 * max(self._fades["lost"].value, self._fades["paused"].value) + 0.35 * self._fades["over"].value

    def update(self, dt_s: float) -> None:
        """One step."""
        self._time_s += dt_s
        game = self._game
        for state, fade in self._fades.items():
            fade.on = state == game.state
            fade.update(dt_s)
        for number in range(LIVES):
            goal = 1.0 if number < game.lives else 0.0
            self._lives[number] += (goal - self._lives[number]) * min(1.0, 8 * dt_s)
        self._card.show(self._state())
        self._card.update(dt_s)

    def _state(self) -> StatusText | None:
        """What has to be told before the game can go on."""
        bad = trouble(self._stage)
        if self._game.state == "lost":
            return bad or STATUS["hand_lost"]
        without_hands = bad is not None and self._stage.feed_state in ("no_source", "ended", "closed")
        return bad if self._game.state == "title" and not without_hands else None

    def draw(self, canvas: Canvas, bump: float) -> None:
        """Draws all that can be seen at the moment."""
        # One after the other: words that fade across each other cannot be read.
        title, over, paused = (max(0.0, 2 * self._fades[name].value - 1) for name in ("title", "over", "paused"))
        if title > 0:
            self._draw_title(canvas, title)
        if self._fades["title"].value < 0.5:
            self._draw_score(canvas, 1 - 2 * self._fades["title"].value, bump)
        if over > 0:
            self._draw_over(canvas, over)
        if paused > 0:
            self._draw_paused(canvas, paused)
        self._card.draw(canvas, (640, 452) if self._game.state == "title" else None)
        if self._game.back_share > 0:
            canvas.ring((640, 360), 240, canvas.theme.good, width=6, sweep=self._game.back_share)

    def _draw_title(self, canvas: Canvas, shown: float) -> None:
        theme = canvas.theme
        grow = 0.94 + 0.06 * ease_out(shown)
        canvas.glow((640, 200), 300, theme.coral, 0.12 * shown)
        canvas.text(
            "Slice", (640, 200), size=150, font="title", align="centre", valign="middle", alpha=shown, zoom=grow
        )
        self._draw_invitation(canvas, "Swipe through the fruit to start", shown * (1 - self._card.shown))

    def _draw_invitation(self, canvas: Canvas, words: str, shown: float) -> None:
        theme = canvas.theme
        radius = 128 + 8 * breathe(self._time_s, 1.8)
        canvas.ring((640, 430), radius, theme.gold, width=4, alpha=0.9 * shown)
        y = 592.0
        canvas.text(words, (640, y), size="lead", font="bold", align="centre", valign="middle", alpha=shown)
        if self._stage.feed_state in ("running", "starting"):
            line = "Both hands cut. Spare the bombs with the cross. The mouse cuts, too. F1 shows all keys."
        else:
            state = "over" if self._stage.feed_state == "ended" else "no_camera"
            line = f"{STATUS[state].sentence}: cut with the mouse, its button held down."
        canvas.text(line, (640, y + 32), size=16, colour=theme.quiet, align="centre", valign="middle", alpha=shown)

    def _draw_score(self, canvas: Canvas, shown: float, bump: float) -> None:
        theme, game = canvas.theme, self._game
        left, top = canvas.safe.left, max(36.0, canvas.safe.top)
        canvas.text(
            str(game.score), (left, top), size="score", font="title", tabular=True, alpha=shown,
            zoom=1.0 + 0.14 * bump,
        )  # fmt: skip
        if self.best > 0:
            words = f"Best {max(self.best, game.score)}"
            canvas.text(words, (left + 4, top + 104), size=16, colour=theme.quiet, alpha=shown)
        for number in range(LIVES):
            place = (left + 20 + 46 * number, top + 158)
            life = self._lives[number]
            canvas.ring(place, 15, theme.line, width=3, alpha=shown)
            if life > 0.02:
                canvas.glow(place, 26 * life, theme.good, 0.4 * life * shown)
                canvas.disc(place, 12 * life, theme.good, alpha=shown)
            else:
                d = 7.0
                for way in (1, -1):
                    a, b = (place[0] - d, place[1] - way * d), (place[0] + d, place[1] + way * d)
                    canvas.line(a, b, theme.danger, width=3)

    def _draw_over(self, canvas: Canvas, shown: float) -> None:
        theme, game = canvas.theme, self._game
        new = self.rank == 1 and game.score > 0
        if new:
            for k in range(12):
                angle = 2 * math.pi * k / 12 + 0.3 * self._time_s
                at = (640 + 250 * math.cos(angle), 190 + 90 * math.sin(angle))
                canvas.glow(at, 26, (theme.gold, theme.aqua, theme.coral)[k % 3], 0.6 * shown)
        words = "Your best yet" if new else "Well cut" if game.score >= 20 else "Good try"
        canvas.text(words, (640, 120), size="display", font="title", align="centre", valign="middle", alpha=shown)
        canvas.text(str(game.score), (640, 204), size=110, font="title", colour=theme.gold, align="centre",
                    valign="middle", tabular=True, alpha=shown)  # fmt: skip
        told = f"{game.cuts} cut"
        if game.best_combo:
            told += f"   {game.best_combo} in one go"
        canvas.text(told, (640, 270), size="lead", colour=theme.quiet, align="centre", valign="middle", alpha=shown)
        if game.air.flyers:
            self._draw_invitation(canvas, "Swipe to play again", shown)

    def _draw_paused(self, canvas: Canvas, shown: float) -> None:
        canvas.text("Paused", (640, 320), size=96, font="title", align="centre", valign="middle", alpha=shown)
        words = "P or space goes on"
        canvas.text(words, (640, 400), size="lead", colour=canvas.theme.quiet, align="centre", valign="middle",
                    alpha=shown)  # fmt: skip
