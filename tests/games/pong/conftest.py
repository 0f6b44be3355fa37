"""A sitting at Pong without a window: made-up hands go through the real recognizer, events and simulation."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pygame
import pytest
from hypothesis import settings

from handplay.engine.events import EVENT_NAMES, EventPump
from handplay.engine.hands import Hand, Handedness, HandFrame
from handplay.engine.high_scores import HighScores
from handplay.engine.live.feed import FeedState, FeedStats, HandFeed, HandUpdate
from handplay.engine.player_choice import ChoiceRule
from handplay.engine.sources.base import Image
from handplay.engine.sources.demo import pose_points
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.inset import Inset
from handplay.engine.stage.metrics import LoopMetrics
from handplay.engine.stage.simulation import STEP_S, Simulation
from handplay.engine.stage.sound import Sound
from handplay.engine.stage.stage import Stage
from handplay.engine.stage.theme import NIGHT
from handplay.engine.stage.toast import Toasts
from handplay.games.pong.scene import PongScene
from handplay.gestures.reading import HandReading

# No test here fails by the clock: on a busy machine a single example may take its time.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

WIDTH, HEIGHT = 640, 480
PALM_PX = 70.0
PALM_M = 0.09
FRAME_S = 1 / 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A hand that is held up: palm centre in the view, pose, id and side."""

    x: float = 0.4
    y: float = 0.52
    pose: str = "relaxed"
    hand_id: int = 1
    handedness: Handedness = "Right"


def make_hand(shown: Shown) -> Hand:
    points = np.array(pose_points(shown.pose, shown.handedness), np.float32)
    palm = points[[0, 5, 9, 13, 17]].mean(axis=0)
    centre = np.array([(1 - shown.x) * WIDTH, shown.y * HEIGHT, 0.0], np.float32)
    landmarks = (points - palm) * PALM_PX + centre
    landmarks[:, 2] -= landmarks[0, 2]
    world = (points - points.mean(axis=0)) * PALM_M
    return Hand(shown.hand_id, shown.handedness, 0.98, 0.99, landmarks.astype(np.float32), world.astype(np.float32))


Script = Callable[[float], tuple[Shown, ...]]
"""Seconds to the hands that are held up then."""


@dataclass
class ScriptedFeed:
    """Hands by a script at 30 frames a second, on the simulation's clock like a recording."""

    script: Script
    state: FeedState = "running"
    message: str = ""
    given: int = 0

    def start(self) -> None: ...

    def take(self, now_s: float) -> list[HandUpdate]:
        updates = []
        while self.state == "running" and self.given * FRAME_S <= now_s:
            time_s = self.given * FRAME_S
            hands = tuple(make_hand(shown) for shown in self.script(time_s))
            updates.append(HandUpdate(HandFrame(self.given, time_s, WIDTH, HEIGHT, hands=hands)))
            self.given += 1
        return updates

    def picture(self) -> Image | None:
        return None

    def stats(self) -> FeedStats:
        return FeedStats()

    def close(self) -> None: ...


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
        self.stage = Stage(
            sound=self.sound, inset=Inset(), toasts=Toasts(), seed=self.seed, rng=random.Random(self.seed)
        )
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


class HeardSound(Sound):
    """Writes down what would be heard."""

    def __init__(self) -> None:
        super().__init__(off=True)
        self.heard: list[tuple[str, float, int]] = []

    def play(self, name: str, *, x: float = 0.5, pitch: int = 0, volume: float = 1.0) -> None:
        super().play(name, x=x, pitch=pitch, volume=volume)
        self.heard.append((name, x, pitch))


@pytest.fixture
def shown() -> type[Shown]:
    return Shown


@pytest.fixture
def sitting() -> Iterator[type[Sitting]]:
    pygame.display.init()
    pygame.event.clear()
    yield Sitting
    pygame.event.clear()
