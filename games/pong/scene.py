"""The Pong scene: puts the game between the stage's events and its canvas."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pygame

from handplay.engine.errors import OutputError
from handplay.engine.events import HANDADDED, HANDMOTION
from handplay.engine.high_scores import HighScores
from handplay.engine.player_choice import ChoiceRule, PlayerChoice
from handplay.engine.preferences import Reach
from handplay.engine.sources.base import Wish
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.keys_card import KeyRow
from handplay.engine.stage.stage import Stage
from handplay.games.pong.controls import Controls
from handplay.games.pong.court_view import CourtView
from handplay.games.pong.demonstration import Demonstration
from handplay.games.pong.effects import Effects
from handplay.games.pong.flight import PaddleHit
from handplay.games.pong.game import Changed, Happening, PongGame, between
from handplay.games.pong.hand_marks import HandMarks
from handplay.games.pong.hud import Hud
from handplay.games.pong.opponent import Difficulty
from handplay.games.pong.players import SeatSettings
from handplay.games.pong.rules import Served
from handplay.games.pong.screens import Screens
from handplay.games.pong.voices import sound_out

KEYS: tuple[KeyRow, ...] = (
    ("W S, arrows, mouse", "move the paddle"),
    ("Space or click", "begin, serve"),
    ("R or Enter", "rematch"),
    ("P", "pause, and on again"),
)

SCORES = "pong"
"""Name of the list of longest rallies."""


class PongScene:
    """Pong on the stage (`handplay.engine.stage.scene.Scene`).

    Args:
        stage: the services.
        players: 1 or 2.
        difficulty: of the opponent.
        bindings: gesture name to "serve", "rematch" or "pause"; the defaults if None.
        player: whose hand plays when one person plays and others are in the picture.
        reach: the part of the view in which the hand moves with ease; the usual one if None.
        scores: where the longest rally is kept; None keeps none.
    """

    def __init__(
        self,
        stage: Stage,
        *,
        players: int = 1,
        difficulty: Difficulty = "normal",
        bindings: Mapping[str, str] | None = None,
        player: ChoiceRule = "first",
        reach: Reach | None = None,
        scores: HighScores | None = None,
    ) -> None:
        self._stage = stage
        self._scores = scores
        # The seats take the first hand and stay with it by themselves.
        self._choice = PlayerChoice(player) if players == 1 and player != "first" else None
        seats = SeatSettings.within(reach or Reach())
        self.game = PongGame(players=players, difficulty=difficulty, rng=stage.rng, seats=seats)
        self._demonstration = Demonstration(self.game, random.Random(stage.rng.getrandbits(64)))
        self._controls = Controls(self.game, bindings, self._place)
        self._effects = Effects(reduced_motion=stage.settings.reduced_motion)
        self._hud = Hud(self.game)
        self._screens = Screens(self.game, stage, self._controls, self._hud.names)
        self._marks = HandMarks(self.game, stage)
        self._view: CourtView | None = None
        self._canvas: Canvas | None = None
        self._last_hit: int | None = None
        stage.inset.corner = "top_right"

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event."""
        if not self._is_bystanders(event):
            self._controls.handle(event)

    def update(self, dt_s: float) -> None:
        """One fixed step."""
        stage, game = self._stage, self.game
        game.can_start = stage.feed_state != "starting"
        self._controls.update()
        happened = game.update(dt_s)
        self._note(happened)
        self._effects.reduced_motion = stage.settings.reduced_motion
        self._effects.update(dt_s, game, happened)
        self._hud.update(dt_s)
        self._screens.update(dt_s)
        self._marks.update(dt_s)
        sound_out(stage.sound, game, happened)
        self._demonstration.update(dt_s)

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the moment between the last two steps."""
        if self._view is None or not self._view.fits(canvas):
            self._view = CourtView(canvas, self.game.court)
        self._canvas = canvas
        view, game = self._view, self.game
        view.draw(
            canvas,
            between(game, alpha),
            self._effects,
            last_hit=self._last_hit,
            awake=self._screens.awake,
            held=self._effects.appear,
            under=lambda: self._hud.draw_rally(canvas, view.layout, self._effects),
        )
        if game.serve_share > 0:
            place = view.ball_place(between(game, alpha))
            canvas.ring(place, 25, canvas.theme.gold, width=4, sweep=game.serve_share)
        self._marks.draw(canvas, view.layout, self._screens.awake)
        self._screens.draw_veil(canvas)
        self._hud.draw(canvas, view.layout, self._effects, self._screens.score_shown)
        self._screens.draw(canvas, view.layout)

    def wishes(self) -> tuple[Wish, ...]:
        """Where the demonstration hands should go."""
        return self._demonstration.wishes

    def keys(self) -> tuple[KeyRow, ...]:
        """What keys, mouse and hand do here."""
        return (("Hand", "up and down moves your paddle"), *self._controls.gesture_rows(), *KEYS)

    def summary(self) -> dict[str, object]:
        """Score, rallies, longest rally, hits, state."""
        return self.game.summary()

    @property
    def finished(self) -> bool:
        """Pong goes on until the player leaves."""
        return False

    def _note(self, happened: list[Happening]) -> None:
        for event in happened:
            if isinstance(event, (PaddleHit, Served)):
                self._last_hit = event.side
            elif isinstance(event, Changed) and event.after == "serve":
                self._last_hit = None
            elif isinstance(event, Changed) and event.after == "result":
                self._keep_rally()

    def _keep_rally(self) -> None:
        if self._scores is None:
            return
        try:
            rank = self._scores.add(SCORES, self.game.match.longest_rally)
        except OutputError as error:
            self._stage.toasts.show(str(error))
            return
        if rank == 1:
            self._stage.toasts.show(f"Your longest rally yet: {self.game.match.longest_rally}")

    def _is_bystanders(self, event: pygame.event.Event) -> bool:
        frame = self._stage.hands.frame
        if self._choice is None or frame is None or event.type not in (HANDADDED, HANDMOTION):
            return False
        return bool(event.hand_id != self._choice.update(frame))

    def _place(self, pos: tuple[int, int]) -> tuple[float, float]:
        if self._canvas is None or self._view is None:
            return 0.0, 0.0
        x, y = self._canvas.from_px(pos)
        return self._view.layout.court_x(x), self._view.layout.court_y(y)
