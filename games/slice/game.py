"""One sitting at Slice: air, waves, lives and score, and which screen shows. No pygame; time comes in steps."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from handplay.games.slice.flight import Air, Boom, Combo, Cut, FlightEvent, FlightSettings, Flyer, Missed, Stroke
from handplay.games.slice.waves import Waves

State = Literal["title", "playing", "lost", "paused", "over"]

LIVES = 3
LOST_S = 1.6
"""A game played by hand waits when no hand has been seen for this long."""

BACK_S = 1.2
"""A hand that is back is given this long before everything moves on."""

REST_S = 1.4
"""The result is looked at this long before a cut begins a new game."""

NEW_LIFE = 60
"""So many points give a life back."""

_BUTTON = Flyer(0, "melon", 640.0, 430.0, 0.0, 0.0, 92.0, spin=0.5)
"""The fruit that begins a game when it is cut."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One screen gave way to another."""

    before: State
    after: State


@dataclass(frozen=True, slots=True)
class LifeBack:
    """A life was earned."""


Happening = FlightEvent | Changed | LifeBack


class SliceGame:
    """A game with everything around it.

    Args:
        rng: the only source of chance.
        settings: how things fly.

    Attributes:
        state: the screen. score, lives, best_combo, cuts, booms: of this game.
    """

    def __init__(self, rng: random.Random, settings: FlightSettings | None = None) -> None:
        self.air = Air(settings)
        self.state: State = "title"
        self.score = self.best_combo = self.cuts = self.booms = 0
        self.lives = LIVES
        self.games = 0
        self.age_s = 0.0
        self._rng = rng
        self._waves = Waves(random.Random(rng.getrandbits(64)), self.air.settings.gravity)
        self._by_hand = False
        self._unseen_s = 0.0
        self._back_s = 0.0
        self.air.throw((_BUTTON,))

    @property
    def level(self) -> float:
        """0..1: how hard it is at the moment."""
        return self._waves.level

    @property
    def back_share(self) -> float:
        """0..1: how soon it goes on after a hand is back."""
        return min(1.0, self._back_s / BACK_S) if self.state == "lost" else 0.0

    def start(self) -> list[Happening]:
        """Begins a new game, by key or by a cut."""
        self.score = self.best_combo = self.cuts = self.booms = 0
        self.lives = LIVES
        self.games += 1
        self.air.clear()
        self._waves = Waves(random.Random(self._rng.getrandbits(64)), self.air.settings.gravity)
        return self._show("playing")

    def pause(self) -> list[Happening]:
        """Pauses, or goes on."""
        if self.state == "playing":
            return self._show("paused")
        return self._show("playing") if self.state in ("paused", "lost") else []

    def step(self, dt_s: float, strokes: Iterable[Stroke], *, hands: int, by_hand: bool) -> list[Happening]:
        """One step.

        Args:
            strokes: of all blades since the last step.
            hands: how many hands are seen.
            by_hand: the last stroke came from a hand, not from the mouse.
        """
        self.age_s += dt_s
        if self.state in ("title", "over"):
            return self._wait(dt_s, strokes)
        if self.state == "playing":
            self._unseen_s = 0.0 if hands or not by_hand else self._unseen_s + dt_s
            if self._unseen_s > LOST_S:
                return self._show("lost")
            return self._play(dt_s, strokes)
        if self.state == "lost":
            self._back_s = self._back_s + dt_s if hands else 0.0
            if self._back_s >= BACK_S:
                return self._show("playing")
        return []

    def summary(self) -> dict[str, object]:
        """Score and how it came about."""
        return {
            "score": self.score, "lives": self.lives, "cuts": self.cuts, "bombs": self.booms,
            "best_combo": self.best_combo, "games": self.games, "level": round(self.level, 3), "state": self.state,
        }  # fmt: skip

    def _wait(self, dt_s: float, strokes: Iterable[Stroke]) -> list[Happening]:
        """Only the fruit that begins a game is there; it floats."""
        if self.state == "over" and self.age_s < REST_S:
            self.air.clear()
            return []
        if not self.air.flyers:
            self.air.throw((_BUTTON,))
        gravity, floating = self.air.settings.gravity, self.air.flyers[0]
        # Held up against the step's gravity.
        self.air.flyers = (Flyer(0, floating.kind, 640.0, 430.0 - 0.5 * gravity * dt_s * dt_s, 0.0, -gravity * dt_s,
                                 floating.radius, floating.turn_rad, floating.spin),)  # fmt: skip
        cuts = [event for event in self.air.step(dt_s, strokes) if isinstance(event, Cut)]
        return [*cuts, *self.start()] if cuts else []

    def _play(self, dt_s: float, strokes: Iterable[Stroke]) -> list[Happening]:
        self.air.throw(self._waves.step(dt_s, len(self.air.flyers)))
        told: list[Happening] = []
        for event in self.air.step(dt_s, strokes):
            told.append(event)
            if isinstance(event, Cut):
                self.cuts += 1
                self._waves.cut()
                told += self._earn(1)
            elif isinstance(event, Combo):
                self.best_combo = max(self.best_combo, event.count)
                told += self._earn(event.count)
            elif isinstance(event, Missed):
                self._waves.missed()
                self.lives -= 1
            elif isinstance(event, Boom):
                self.booms += 1
                self._waves.boom()
                self.lives -= 1
        if self.lives <= 0:
            self.lives = 0
            self.air.clear()
            told += self._show("over")
        return told

    def _earn(self, points: int) -> list[Happening]:
        before = self.score
        self.score += points
        if self.score // NEW_LIFE > before // NEW_LIFE and 0 < self.lives < LIVES:
            self.lives += 1
            return [LifeBack()]
        return []

    def _show(self, state: State) -> list[Happening]:
        before, self.state = self.state, state
        self.age_s = self._unseen_s = self._back_s = 0.0
        return [Changed(before, state)]
