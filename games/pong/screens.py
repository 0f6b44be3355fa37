"""What is written over the court on each screen, and how it comes and goes. Every screen fades; nothing pops."""

from __future__ import annotations

from typing import get_args

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.hint import HintHand
from handplay.engine.stage.motion import Fade, breathe, ease_out
from handplay.engine.stage.stage import Stage
from handplay.engine.stage.status import STATUS, Icon, StatusText, draw_icon, trouble
from handplay.engine.stage.theme import FontName
from handplay.games.pong.controls import Controls
from handplay.games.pong.corner import Corner, two_hyphens, without_camera
from handplay.games.pong.court import LEFT
from handplay.games.pong.court_view import side_colour
from handplay.games.pong.flow import State
from handplay.games.pong.game import PongGame
from handplay.games.pong.hud import winner_words
from handplay.games.pong.layout import CourtLayout

_DIM: dict[State, float] = {
    "title": 0.45,
    "looking": 0.35,
    "lost": 0.5,
    "paused": 0.5,
    "countdown": 0.25,
    "result": 0.5,
}
"""How much of their light paddles and ball lose on each screen."""

_VEIL: dict[State, float] = {"title": 0.35, "lost": 0.45, "paused": 0.55, "result": 0.5}
"""How dark everything below the words gets."""

_FADE_S = 0.22

_POSE_HELD_S = 2.0
"""A hint hand holds its second pose at this time: what is seen when nothing may move."""


class Screens:
    """All words of the game.

    Args:
        game: what is played.
        stage: theme, feed state, settings.
        controls: what the gestures are bound to.
        names: what the sides are called.
    """

    def __init__(self, game: PongGame, stage: Stage, controls: Controls, names: tuple[str, str]) -> None:
        self._game = game
        self._stage = stage
        self._controls = controls
        self._names = names
        self._fades = {state: Fade(duration_s=_FADE_S) for state in get_args(State)}
        self._fades["title"].share = 1.0
        self._hint = Fade(duration_s=_FADE_S)
        self._opening = HintHand("fist", "open_palm")
        self._thumb = HintHand("fist", "thumbs_up")
        for hand in (self._opening, self._thumb):
            hand.update(_POSE_HELD_S)
        self._dim = _DIM["title"]
        self._veil = _VEIL["title"]
        self._corner = Corner(stage)
        self._time_s = 0.0
        self._missing: tuple[int, ...] = ()

    def update(self, dt_s: float) -> None:
        """One step."""
        game = self._game
        self._time_s += dt_s
        if not self._stage.settings.reduced_motion:
            self._opening.update(dt_s)
            self._thumb.update(dt_s)
        for state, fade in self._fades.items():
            fade.on = state == game.state
            fade.update(dt_s)
        share = min(1.0, dt_s * 12)
        self._dim += (_DIM.get(game.state, 0.0) - self._dim) * share
        self._veil += (_VEIL.get(game.state, 0.0) - self._veil) * share
        self._corner.update(dt_s, game.state)
        if game.missing:
            self._missing = game.missing
        # Known by now: the hint comes at once in the first serves, later only for those who wait.
        patience_s = 0.3 if game.match.rallies < 2 else 2.5
        self._hint.on = game.state == "serve" and game.human_serves and game.age_s > patience_s
        self._hint.update(dt_s)

    @property
    def awake(self) -> float:
        """0..1: how bright the court's lights are."""
        return 1.0 - self._dim

    @property
    def score_shown(self) -> float:
        """0..1: how visible the score is."""
        return 1.0 - max(self._fades["title"].value, self._fades["looking"].value)

    def draw_veil(self, canvas: Canvas) -> None:
        """Darkens what is drawn so far, as far as the screen asks for it."""
        if self._veil > 0.02:
            canvas.dim(self._veil)

    def draw(self, canvas: Canvas, layout: CourtLayout) -> None:
        """Draws every screen that can be seen at the moment."""
        for state, draw in (
            ("title", self._title),
            ("looking", self._looking),
            ("lost", self._lost),
            ("paused", self._paused),
            ("countdown", self._countdown),
            ("result", self._result),
        ):
            # One after the other: words that fade across each other cannot be read.
            shown = 2 * self._fades[state].value - 1
            if shown > 0:
                draw(canvas, layout, shown)
        if self._hint.value > 0:
            self._serve_hint(canvas, layout, self._hint.value)
        self._corner.draw(canvas, layout)

    # -- screens -------------------------------------------------------------------------------------------------

    def _title(self, canvas: Canvas, layout: CourtLayout, shown: float) -> None:
        x, y = layout.court.centre
        theme = canvas.theme
        grow = 0.94 + 0.06 * ease_out(shown)
        size = 168.0
        parts = [(text, canvas.text_area(text, size=size, font="title")) for text in ("P", "ng")]
        ball = 0.27 * size
        gap = 10.0
        width = sum(area.width for _, area in parts) + 2 * ball + 2 * gap
        left = x - width / 2
        middle = y - 36
        area = parts[0][1]
        canvas.text("P", (left, middle), size=size, font="title", valign="middle", alpha=shown, zoom=grow)
        ball_x = left + area.width + gap + ball
        bounce = 0.0 if self._stage.settings.reduced_motion else 6 * breathe(self._time_s, 1.6)
        place = (ball_x, middle + 0.14 * size - bounce)
        canvas.glow(place, ball * 3.2, theme.aqua, 0.6 * shown)
        canvas.disc(place, ball * grow, theme.text, alpha=shown)
        canvas.text(
            "ng", (ball_x + ball + gap, middle), size=size, font="title", valign="middle", alpha=shown, zoom=grow
        )
        self._words(canvas, "Played with your bare hand", (x, y + 88), shown, size="lead", bold=True)
        versus = "Two players" if len(self._game.seats.sides) == 2 else f"You against {self._names[1]}"
        self._words(canvas, f"{versus}, first to {self._game.court.points_to_win}", (x, y + 128), shown, quiet=True)
        if self._stage.feed_state == "starting":
            dots = "." * (1 + int(self._time_s * 2.5) % 3)
            words = "Waking the camera"
            area = canvas.text_area(words, size="body")
            start = x - area.width / 2
            canvas.text(words + dots, (start, y + 176), size="body", colour=theme.quiet, alpha=shown)
            if self._stage.feed_message:
                self._words(canvas, self._stage.feed_message, (x, y + 214), shown, quiet=True)

    def _looking(self, canvas: Canvas, layout: CourtLayout, shown: float) -> None:
        x, y = layout.court.centre
        no_source = without_camera(self._stage)
        two = len(self._game.seats.sides) == 2
        bad = trouble(self._stage)
        self._draw_state(canvas, bad, (x, y), shown)
        if no_source:
            words = "Press space to play"
            more = "W S and arrow keys, or the mouse"
            if "--source demo" not in self._stage.feed_message:
                why = "The pictures are over" if self._stage.feed_state == "ended" else "No camera here"
                more = f"{why}: {more}" + ("" if why.startswith("The") else ". Or start with --source demo")
        elif bad is not None and not (two and len(self._missing) == 1):
            words, more = bad.sentence, bad.action
        elif two and len(self._missing) == 1:
            side = "left" if self._missing[0] == LEFT else "right"
            words = f"{self._names[self._missing[0]]}, show your hand on the {side}"
            more = "The other one is ready"
        elif two:
            words, more = "Show your hands to start", "One on the left, one on the right, an arm's length away"
        else:
            words, more = "Show your hand to start", "An arm's length away, palm to the camera. Or press space"
        self._words(canvas, words, (x, y + 116), shown, size="title", bold=True)
        self._words(canvas, more, (x, y + 162), shown, quiet=True)
        if self._stage.feed_message:
            self._words(canvas, self._stage.feed_message, (x, y + 194), shown, quiet=True)

    def _lost(self, canvas: Canvas, layout: CourtLayout, shown: float) -> None:
        game, theme = self._game, canvas.theme
        x, y = layout.court.centre
        two = len(game.seats.sides) == 2
        bad = trouble(self._stage)
        self._draw_state(canvas, bad, (x, y), shown)
        if self._stage.feed_state == "no_source":
            head, more = STATUS["camera_gone"].sentence, "Plug it in again, or press space to go on with keys"
        elif bad is not None:
            head, more = bad.sentence, f"{bad.action}. Space goes on with keys" if self._sees else bad.action
        else:
            who = f"{self._names[self._missing[0]]}, show" if two and len(self._missing) == 1 else "Show"
            head, more = f"{who} your hand to go on", "The ball waits for you. Space goes on with keys"
        self._words(canvas, head, (x, y + 116), shown, size="title", bold=True)
        self._words(canvas, more, (x, y + 162), shown, quiet=True)
        if self._stage.feed_message:
            self._words(canvas, self._stage.feed_message, (x, y + 194), shown, quiet=True)
        for side in self._missing:
            # Where it was last.
            beat = self._time_s % 1.4 / 1.4
            place = (
                layout.x(-game.court.face_x if side == LEFT else game.court.face_x),
                layout.y(game.match.paddles[side].y),
            )
            colour = side_colour(theme, side)
            canvas.glow(place, 110, colour, 0.7 * shown * (1 - beat))
            canvas.ring(place, 40 + 4 * round(14 * ease_out(beat)), colour, width=3, alpha=shown * (1 - beat))

    def _draw_state(self, canvas: Canvas, bad: StatusText | None, middle: tuple[float, float], shown: float) -> None:
        icon: Icon = bad.icon if bad is not None else "hand"
        aside = (8, 12) if icon in ("hand", "far") else (0, 6)
        draw_icon(canvas, icon, (middle[0] + aside[0], middle[1] + aside[1]), self._time_s, alpha=shown)

    @property
    def _sees(self) -> bool:
        """True while pictures come."""
        return not without_camera(self._stage)

    def _paused(self, canvas: Canvas, layout: CourtLayout, shown: float) -> None:
        x, y = layout.court.centre
        canvas.text("Paused", (x, y - 20), size="score", font="title", align="centre", valign="middle", alpha=shown)
        self._words(canvas, "P or space to go on, Esc to leave", (x, y + 60), shown, size="lead", quiet=True)

    def _countdown(self, canvas: Canvas, layout: CourtLayout, shown: float) -> None:
        game = self._game
        x, y = layout.court.centre
        beat_s = game.settings.countdown_s / 3
        share = min(1.0, game.age_s % beat_s / beat_s)
        number = game.countdown or 1
        radius = 84.0
        canvas.disc((x, y), radius + 10, canvas.theme.background, alpha=0.85 * shown)
        canvas.ring((x, y), radius, canvas.theme.line, width=6, alpha=shown)
        if game.state == "countdown":
            canvas.ring((x, y), radius, canvas.theme.gold, width=6, sweep=1.0 - share, alpha=shown)
        zoom = 1.0 if self._stage.settings.reduced_motion else 1.18 - 0.18 * ease_out(min(1.0, share * 3))
        canvas.text(
            str(number), (x, y), size="score", font="title", align="centre", valign="middle", tabular=True, alpha=shown,
            zoom=zoom,
        )  # fmt: skip

    def _result(self, canvas: Canvas, layout: CourtLayout, shown: float) -> None:
        game, theme = self._game, canvas.theme
        x, y = layout.court.centre
        if game.match.winner is None:
            return
        head, kind = winner_words(game, self._names)
        colour = side_colour(theme, game.match.winner)
        canvas.glow((x, y - 120), 300, colour, 0.24 * shown)
        grow = 0.92 + 0.08 * ease_out(shown)
        canvas.text(head, (x, y - 148), size=88, font="title", colour=theme.text, align="centre", valign="middle",
                    alpha=shown, zoom=grow)  # fmt: skip
        self._words(canvas, kind, (x, y - 78), shown, size="lead", quiet=True)
        longest = f"Longest rally: {game.match.longest_rally}"
        self._words(canvas, longest, (x, y - 44), shown, quiet=True)
        self._thumb.draw(canvas, (x, y + 76), 56.0, colour=theme.gold, alpha=shown)
        self._words(canvas, "Thumbs up for a rematch", (x, y + 170), shown, size="lead", bold=True)
        self._words(canvas, "or press Enter", (x, y + 206), shown, quiet=True)

    def _serve_hint(self, canvas: Canvas, layout: CourtLayout, shown: float) -> None:
        game = self._game
        x, y = layout.court.centre
        two = len(game.seats.sides) == 2
        seat = game.seats[game.match.server]
        by_hand = seat.control == "hand"
        words = "Open your palm to serve" if by_hand else "Space or click to serve"
        if by_hand:
            colour = side_colour(canvas.theme, game.match.server)
            self._opening.draw(canvas, (x, y + 22), 50.0, colour=colour, alpha=shown)
        if two:
            words = f"{self._names[game.match.server]}: {words[0].lower()}{words[1:]}"
        self._words(canvas, words, (x, y + 116), shown, size="title", bold=True)

    def _words(
        self,
        canvas: Canvas,
        words: str,
        place: tuple[float, float],
        shown: float,
        *,
        size: str = "body",
        bold: bool = False,
        quiet: bool = False,
    ) -> None:
        """One centred line; it rises a little as it comes, and shrinks its letters before it leaves the window."""
        words = two_hyphens(words)
        size_units = {"body": 18.0, "lead": 24.0, "title": 32.0}[size]
        font: FontName = "bold" if bold else "ui"
        room = canvas.safe.width * 0.94
        width = canvas.text_area(words, size=size_units, font=font).width
        if width > room:
            size_units *= room / width
        x, y = place
        rise = 0.0 if self._stage.settings.reduced_motion else 10 * (1 - ease_out(shown))
        colour = canvas.theme.quiet if quiet else canvas.theme.text
        canvas.text(
            words, (x, y + rise), size=size_units, font=font, colour=colour, align="centre", valign="middle",
            alpha=shown,
        )  # fmt: skip
