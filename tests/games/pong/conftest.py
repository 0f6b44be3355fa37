"""A sitting at Pong without a window: made-up hands go through the real recognizer, events and simulation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pygame
import pytest

from handplay.engine.events import EVENT_NAMES, EventPump
from handplay.engine.hands import HandFrame
from handplay.engine.high_scores import HighScores
from handplay.engine.live.feed import HandFeed
from handplay.engine.player_choice import ChoiceRule
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.metrics import LoopMetrics
from handplay.engine.stage.simulation import STEP_S, Simulation
from handplay.engine.stage.theme import NIGHT
from handplay.games.pong.scene import PongScene
from handplay.gestures.reading import HandReading

from quiet_stage import HeardSound, quiet_stage
from shown_hands import Script, ScriptedFeed, Shown


@dataclass
class Sitting:
    """Pong, its stage and its hands; events of a test go in by `post`."""

    script: Script
    players: int = 1
    seed: int = 5
    bindings: Mapping[str, str] | None = None
    player: ChoiceRule = "first"
    size: tuple[int, int] = (1280, 720)
    hand: dict[str, Any] = field(default_factory=dict)
    record: Callable[[HandFrame, tuple[HandReading, ...]], None] | None = None
    replay: HandFeed | None = None
    scores: HighScores | None = None
    feed: ScriptedFeed = field(init=False)

    def __post_init__(self) -> None:
        self.feed = ScriptedFeed(lambda now_s: self.script(now_s))
        source: HandFeed = self.replay or self.feed
        source.start()
        self.sound = HeardSound()
        self.stage = quiet_stage(self.seed, self.sound)
        self.scene = PongScene(
            self.stage, players=self.players, bindings=self.bindings, player=self.player, scores=self.scores
        )
        self.game = self.scene.game
        self.metrics = LoopMetrics()
        self._mine: list[pygame.event.Event] = []
        self.simulation = Simulation(
            self.scene,
            self.stage,
            source,
            EventPump(),
            self._events,
            self.metrics,
            names=EVENT_NAMES,
            record=self.record,
        )
        self.canvas = Canvas(pygame.display.set_mode(self.size), NIGHT)

    @classmethod
    def serving(cls, **options: Any) -> Sitting:
        """At the first serve; a test changes `hand`: its pose, its height, and whether it is here."""
        hand: dict[str, Any] = {"pose": "relaxed", "y": 0.52, "here": True}

        def script(_: float) -> tuple[Shown, ...]:
            return (Shown(y=hand["y"], pose=hand["pose"]),) if hand["here"] else ()

        made = cls(script, **options)
        made.hand = hand
        made.run_until("serve")
        return made

    def _events(self) -> list[pygame.event.Event]:
        mine, self._mine = self._mine, []
        return [*pygame.event.get(), *mine]

    def post(self, kind: int, **values: object) -> None:
        self._mine.append(pygame.event.Event(kind, values))

    def press(self, key: int, *, hold: bool = False) -> None:
        self.post(pygame.KEYDOWN, key=key, mod=0)
        if not hold:
            self.post(pygame.KEYUP, key=key, mod=0)

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.simulation.step()

    def run_until(self, state: str, limit_s: float = 20.0) -> None:
        for _ in range(round(limit_s / STEP_S)):
            if self.game.state == state:
                return
            self.simulation.step()
        raise AssertionError(f"after {limit_s} s still {self.game.state}, wanted {state}")

    def draw(self, alpha: float = 0.5) -> pygame.Surface:
        self.scene.draw(self.canvas, alpha)
        return self.canvas.surface


@pytest.fixture
def sitting() -> Iterator[type[Sitting]]:
    pygame.display.init()
    pygame.event.clear()
    yield Sitting
    pygame.event.clear()
