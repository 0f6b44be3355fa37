"""The Slice scene: puts the game between the stage's events and its canvas."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pygame

from handplay.engine import events
from handplay.engine.errors import OutputError
from handplay.engine.high_scores import HighScores
from handplay.engine.preferences import Reach
from handplay.engine.stage.feel import HitStop
from handplay.engine.stage.keys_card import KeyRow, gesture_rows
from handplay.engine.stage.layout import Layout
from handplay.engine.stage.theme import Colour
from handplay.games.slice import ACTIONS
from handplay.games.slice.blades import MOUSE, Blades
from handplay.games.slice.demonstration import Demonstration
from handplay.games.slice.effects import Effects
from handplay.games.slice.flight import Boom, Combo, Cut, Missed, Stroke
from handplay.games.slice.game import Changed, Happening, LifeBack, SliceGame
from handplay.games.slice.screens import Screens
from handplay.games.slice.view import draw_blades, draw_flyer, draw_halves, draw_stains, draw_words

if TYPE_CHECKING:
    from handplay.engine.sources.base import Wish
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.stage import Stage

BINDINGS: Mapping[str, str] = {"thumbs_up": "start"}
"""Gesture to action, where the gesture library says nothing else."""

KEYS: tuple[KeyRow, ...] = (
    ("Mouse", "cuts while its button is down"),
    ("Space or Enter", "begin"),
    ("P", "pause, and on again"),
)

SCORES = "slice"
"""Name of the game's list of high scores."""


class SliceScene:
    """Slice on the stage (`handplay.engine.stage.scene.Scene`).

    Args:
        stage: the services.
        scores: where results are kept; None keeps none.
        reach: the part of the view that covers the window.
        bindings: gesture name to "start" or "pause"; the defaults if None.
    """

    def __init__(
        self,
        stage: Stage,
        *,
        scores: HighScores | None = None,
        reach: Reach | None = None,
        bindings: Mapping[str, str] | None = None,
    ) -> None:
        self._stage = stage
        self._bindings = BINDINGS if bindings is None else bindings
        self._scores = scores
        self._reach = reach or Reach()
        self.game = SliceGame(stage.rng)
        self.blades = Blades()
        self._colours: dict[int, Colour] = {}
        self._effects = Effects(random.Random(stage.rng.getrandbits(64)))
        self._screens = Screens(self.game, stage)
        self._screens.best = self._best()
        self._demonstration = Demonstration(self.game)
        self._layout: Layout | None = None
        self._asked: list[Happening] = []
        self._strokes: list[Stroke] = []
        self._stop = HitStop()
        self._time_s = 0.0
        stage.inset.corner = "bottom_right"

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event."""
        if event.type == events.POINTERMOTION:
            self._hand(event)
        elif event.type == events.HANDREMOVED:
            self.blades.remove(event.hand_id)
        elif event.type in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            self._mouse(event)
        elif event.type == events.GESTUREDOWN:
            self._act(self._bindings.get(event.name, ""))
        elif event.type == pygame.KEYDOWN:
            self._key(event.key)

    def update(self, dt_s: float) -> None:
        """One fixed step."""
        self._time_s += dt_s
        happened = self._play(dt_s)
        self._effects.update(dt_s, happened)
        self._screens.update(dt_s)
        self._sound(happened)
        self._keep(happened)
        self._demonstration.update(dt_s)

    def _play(self, dt_s: float) -> list[Happening]:
        """Blades move on while the flight is held at an impact: what they do meanwhile counts after it."""
        self._strokes += self.blades.step(dt_s)
        moved_s = self._stop.filter(dt_s)
        if moved_s <= 0.0:
            return []
        strokes, self._strokes = self._strokes, []
        asked, self._asked = self._asked, []
        happened = asked + self.game.step(moved_s, strokes, hands=self.blades.hands, by_hand=self.blades.by_hand)
        if any(isinstance(event, Boom) or (isinstance(event, Cut) and event.together == 3) for event in happened):
            self._stop.hit()
        return happened

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the moment."""
        self._layout = canvas.layout
        still = self._stage.settings.reduced_motion
        effects = self._effects
        canvas.backdrop()
        effects.shake.reduced = still
        with canvas.shifted(*effects.shake.offset):
            draw_stains(canvas, effects)
            draw_halves(canvas, effects)
            for flyer in self.game.air.flyers:
                draw_flyer(canvas, flyer, self._time_s)
            effects.drops.draw(canvas)
            canvas.dim(self._screens.veil)
            colours = {MOUSE: canvas.theme.gold, **self._colours}
            draw_blades(canvas, self.blades, colours, trails=not still)
            draw_words(canvas, effects)
        if effects.flash > 0 and not still:
            canvas.glow((640, 360), 760, canvas.theme.danger, 0.5 * effects.flash)
        self._screens.draw(canvas, 0.0 if still else effects.bump)

    def wishes(self) -> tuple[Wish, ...]:
        """Where the demo hand should go."""
        return self._demonstration.wishes

    def keys(self) -> tuple[KeyRow, ...]:
        """What keys, mouse and hands do here."""
        return (("Hands", "each one cuts while it is quick"), *gesture_rows(self._bindings, ACTIONS), *KEYS)

    def summary(self) -> dict[str, object]:
        """Score and how it came about."""
        return self.game.summary()

    @property
    def finished(self) -> bool:
        """Slice goes on until the player leaves."""
        return False

    # -- what people do ------------------------------------------------------------------------------------------

    def _hand(self, event: pygame.event.Event) -> None:
        if self._layout is None:
            return
        x, y = self._layout.from_view(*self._reach.spread(event.x, event.y))
        theme = self._stage.theme
        self._colours[event.hand_id] = theme.aqua if event.handedness == "Left" else theme.coral
        self.blades.move(event.hand_id, x, y)

    def _mouse(self, event: pygame.event.Event) -> None:
        if self._layout is None or (event.type != pygame.MOUSEMOTION and event.button != 1):
            return
        down = event.type == pygame.MOUSEBUTTONDOWN or (event.type == pygame.MOUSEMOTION and bool(event.buttons[0]))
        self.blades.move(MOUSE, *self._layout.from_px(*event.pos), down=down)

    def _act(self, action: str) -> None:
        if action == "start" and self.game.state in ("title", "over"):
            self._asked += self.game.start()
        elif action == "pause":
            self._asked += self.game.pause()

    def _key(self, key: int) -> None:
        state = self.game.state
        if state in ("title", "over") and key in (pygame.K_SPACE, pygame.K_RETURN):
            self._asked += self.game.start()
        elif key == pygame.K_p or (state == "paused" and key == pygame.K_SPACE):
            self._asked += self.game.pause()

    # -- what comes of it ----------------------------------------------------------------------------------------

    def _sound(self, happened: Iterable[Happening]) -> None:
        sound = self._stage.sound
        for event in happened:
            if isinstance(event, Cut):
                sound.play("hit", x=event.flyer.x / 1280, pitch=min(11, 2 * event.together))
            elif isinstance(event, Combo):
                sound.play("score", x=event.x / 1280)
            elif isinstance(event, Missed):
                sound.play("miss", x=event.flyer.x / 1280)
            elif isinstance(event, Boom):
                sound.play("lose", x=event.flyer.x / 1280)
            elif isinstance(event, LifeBack):
                sound.play("found")
            elif isinstance(event, Changed) and event.after in ("playing", "lost"):
                sound.play("go" if event.after == "playing" else "lost")

    def _keep(self, happened: Iterable[Happening]) -> None:
        for event in happened:
            if isinstance(event, Changed) and event.after == "over" and self._scores is not None:
                try:
                    self._screens.rank = self._scores.add(SCORES, self.game.score)
                except OutputError as error:
                    self._stage.toasts.show(str(error))
                self._screens.best = self._best()
                self._stage.sound.play("win" if self._screens.rank == 1 else "lose")

    def _best(self) -> int:
        rows = self._scores.best(SCORES) if self._scores is not None else ()
        return rows[0].score if rows else 0
