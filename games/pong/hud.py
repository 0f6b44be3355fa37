"""The strip above the court: score, names, who serves; and the rally's count in the middle circle."""

from __future__ import annotations

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.motion import Fade, lerp
from handplay.engine.stage.theme import mix
from handplay.games.pong.court import LEFT, RIGHT, SIDES
from handplay.games.pong.court_view import side_colour
from handplay.games.pong.effects import Effects
from handplay.games.pong.game import PongGame
from handplay.games.pong.layout import CourtLayout

_RALLY_FROM = 3
"""Shorter rallies are not worth a number."""


class Hud:
    """Score and counters.

    Args:
        game: what is played.
    """

    def __init__(self, game: PongGame) -> None:
        self._game = game
        self._serving = Fade(duration_s=0.2)
        self._server_x = -1.0
        self._rally = Fade(duration_s=0.24)
        self._count = 0

    @property
    def names(self) -> tuple[str, str]:
        """What the sides are called."""
        if len(self._game.seats.sides) == 2:
            return "Player 1", "Player 2"
        return "You", {"easy": "Easy", "normal": "Normal", "hard": "Hard"}[self._game.difficulty]

    def update(self, dt_s: float) -> None:
        """One step."""
        match = self._game.match
        self._serving.on = self._game.state in ("serve", "rally", "point", "countdown", "paused", "lost")
        self._serving.update(dt_s)
        goal = -1.0 if match.server == LEFT else 1.0
        self._server_x += (goal - self._server_x) * min(1.0, dt_s * 14.0)
        # The middle belongs to other things while the game is interrupted.
        self._rally.on = self._game.state == "rally" and match.rally >= _RALLY_FROM
        self._rally.update(dt_s)
        if self._rally.on:
            self._count = match.rally

    def draw(self, canvas: Canvas, layout: CourtLayout, effects: Effects, alpha: float) -> None:
        """Draws the strip; `alpha` 0..1 fades it as a whole."""
        match, theme, strip = self._game.match, canvas.theme, layout.strip
        x, y = strip.centre
        for side in SIDES:
            way = -1 if side == LEFT else 1
            colour = side_colour(theme, side)
            zoom = 1.0 if effects.reduced_motion else 1.0 + 0.22 * max(-0.5, min(1.0, effects.bump[side].value))
            points = str(match.score[side])
            canvas.text(
                points, (x + way * 88, y), size="score", font="title", colour=colour, align="centre", valign="middle",
                tabular=True, zoom=zoom, alpha=alpha,
            )  # fmt: skip
            canvas.text(
                self.names[side], (x + way * 172, y), size="lead", font="bold", colour=theme.quiet,
                align="right" if side == LEFT else "left", valign="middle", alpha=alpha,
            )  # fmt: skip
        for dot_y in (y - 15, y + 15):
            canvas.disc((x, dot_y), 5, theme.line, alpha=alpha)
        self._draw_server(canvas, x, y, alpha)

    def draw_rally(self, canvas: Canvas, layout: CourtLayout, effects: Effects) -> None:
        """The number of hits in the middle circle, below the ball in the order of drawing."""
        shown = self._rally.value
        if shown <= 0:
            return
        zoom = 1.0 if effects.reduced_motion else 1.0 + 0.15 * max(-0.5, min(1.0, effects.rally_bump.value))
        warm = min(1.0, max(0.0, (self._count - 8) / 16))
        colour = mix(canvas.theme.quiet, canvas.theme.gold, warm)
        x, y = layout.court.centre
        canvas.text(
            str(self._count), (x, y), size="display", font="title", colour=colour, align="centre", valign="middle",
            tabular=True, zoom=zoom, alpha=shown * 0.9,
        )  # fmt: skip

    def _draw_server(self, canvas: Canvas, x: float, y: float, alpha: float) -> None:
        """A small ball under the score of the side that serves; it rolls over when the serve changes."""
        seen = self._serving.value * alpha
        if seen <= 0:
            return
        place = (lerp(x - 88, x + 88, (self._server_x + 1) / 2), y + 58)
        canvas.glow(place, 18, canvas.theme.gold, 0.5 * seen)
        canvas.disc(place, 5, canvas.theme.gold, alpha=seen)


def winner_words(game: PongGame, names: tuple[str, str]) -> tuple[str, str]:
    """Two lines for the result: who won, and a kind word."""
    match = game.match
    left, right = match.score
    close = abs(left - right) <= 2
    if len(game.seats.sides) == 2:
        winner = names[LEFT] if match.winner == LEFT else names[RIGHT]
        return f"{winner} wins", "What a close one!" if close else "Well played, both of you"
    if match.winner == LEFT:
        return "You win!", "By a hair: what a game" if close else "Well played"
    return "So close!" if close else "Good game", "One more and it is yours" if close else "Have another go"
