"""A feed of synthetic hands (an open hand that circles), a scene that writes down what it gets, a small stage."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pygame
import pytest

from handplay.engine.coordinates import Float32
from handplay.engine.errors import HandplayError
from handplay.engine.hands import Hand, Handedness, HandFrame
from handplay.engine.live.feed import FeedState, FeedStats, HandUpdate
from handplay.engine.sources.base import Image, Wish
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.inset import Inset
from handplay.engine.stage.sound import Sound
from handplay.engine.stage.stage import HandsNow, Stage
from handplay.engine.stage.theme import NIGHT
from handplay.engine.stage.toast import Toasts

_BASES = ((-0.35, -0.25), (-0.28, -0.95), (-0.02, -1.0), (0.22, -0.93), (0.42, -0.78))
_AIMS = ((-0.75, -0.65), (-0.2, -1.0), (0.0, -1.0), (0.15, -1.0), (0.35, -0.95))
_LENGTHS = (0.8, 0.85, 0.95, 0.85, 0.65)


def open_hand() -> Float32:
    """A right hand held up, palm to the camera, in palm lengths; float32 (21, 3), wrist at the origin."""
    points = [(0.0, 0.0, 0.0)]
    for (bx, by), (ax, ay), length in zip(_BASES, _AIMS, _LENGTHS, strict=True):
        unit = length / math.hypot(ax, ay)
        points += [(bx + ax * unit * share, by + ay * unit * share, -0.1 * share) for share in (0.0, 0.5, 0.8, 1.0)]
    return np.array(points, np.float32)


def hand_at(x: float, y: float, *, hand_id: int = 1, handedness: Handedness = "Right", palm_px: float = 90.0) -> Hand:
    """An open hand whose palm is about a place of a 1280x720 picture."""
    shape = open_hand() * np.array([-1 if handedness == "Left" else 1, 1, 1], np.float32)
    points = shape * palm_px + np.array([x, y + palm_px / 2, 0], np.float32)
    return Hand(hand_id, handedness, 0.98, 0.97, points, shape * np.float32(0.09))


class FakeFeed:
    """A feed that needs no camera, no tracker and no clock."""

    def __init__(
        self, *, hands: int = 2, fps: float = 30.0, length_s: float = 1e9, picture: Image | None = None
    ) -> None:
        self.steered: list[tuple[Wish, ...]] = []
        self.closed = 0
        self.started = 0
        self.fail_at_s: float | None = None
        self.error: HandplayError | None = None
        self._hands = hands
        self._fps = fps
        self._length_s = length_s
        self._picture = picture
        self._next = 0
        self._state: FeedState = "starting"
        self._broken = False

    def start(self) -> None:
        self.started += 1

    @property
    def state(self) -> FeedState:
        return self._state

    @property
    def message(self) -> str:
        return ""

    def take(self, now_s: float) -> list[HandUpdate]:
        if self.error is not None and self.fail_at_s is not None and now_s >= self.fail_at_s:
            error, self.error = self.error, None
            self._state, self._broken = "ended", True
            raise error
        if self._broken:
            return []
        due = []
        while self._next / self._fps <= now_s and self._next / self._fps < self._length_s:
            self._state = "running"
            due.append(HandUpdate(self._frame(self._next)))
            self._next += 1
        if self._next / self._fps >= self._length_s:
            self._state = "ended"
        return due

    def picture(self) -> Image | None:
        return self._picture

    def stats(self) -> FeedStats:
        return FeedStats(self._next, self._next, 0, ())

    def close(self) -> None:
        self.closed += 1
        self._state = "closed"

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        self.steered.append(wishes)

    def _frame(self, index: int) -> HandFrame:
        time_s = index / self._fps
        hands = []
        for number in range(self._hands):
            angle = 2 * math.pi * (time_s / 3 + number / 2)
            x = 640 + (260 if number else -260) + 150 * math.cos(angle)
            y = 360 + 120 * math.sin(angle)
            hands.append(hand_at(x, y, hand_id=number + 1, handedness="Right" if number == 0 else "Left"))
        return HandFrame(index, time_s, 1280, 720, False, tuple(hands))


class TraceScene:
    """Writes down every event with its step, and lets the hands and the seed move a point."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.steps = 0
        self.drawn = 0
        self.x = 0.0
        self.trace: list[tuple[int, str, float]] = []
        self.finished = False
        self.fail_at_step: int | None = None

    def handle(self, event: pygame.event.Event) -> None:
        name = getattr(event, "name", "") or pygame.event.event_name(event.type)
        self.trace.append((self.steps, f"{event.type} {name}", float(getattr(event, "x", 0.0) or 0.0)))
        self.x += float(getattr(event, "dx", 0.0) or 0.0)

    def update(self, dt_s: float) -> None:
        if self.fail_at_step == self.steps:
            raise ZeroDivisionError("a mistake in a scene")
        self.x += (self.stage.rng.random() - 0.5) * dt_s
        self.steps += 1
        self.trace.append((self.steps, "x", self.x))

    def draw(self, canvas: Canvas, alpha: float) -> None:
        assert 0.0 <= alpha <= 1.0
        self.drawn += 1
        canvas.backdrop()
        canvas.text("12:34", canvas.frame.centre, size="score", font="title", align="centre", tabular=True)

    def wishes(self) -> tuple[Wish, ...]:
        return (Wish(0.5, 0.5, "point" if self.steps > 60 else "open_palm"),)

    def summary(self) -> dict[str, object]:
        return {"steps": self.steps}


def make_stage(frame: HandFrame | None = None, seed: int = 1) -> Stage:
    return Stage(
        sound=Sound(off=True),
        inset=Inset(),
        toasts=Toasts(),
        seed=seed,
        rng=random.Random(seed),
        hands=HandsNow(frame),
    )


@pytest.fixture
def make_feed() -> type[FakeFeed]:
    return FakeFeed


@pytest.fixture
def trace_scene() -> type[TraceScene]:
    return TraceScene


@pytest.fixture
def new_stage() -> Callable[..., Stage]:
    return make_stage


@pytest.fixture
def new_hand() -> Callable[..., Hand]:
    return hand_at


@pytest.fixture
def new_canvas() -> Callable[..., Canvas]:
    """A canvas of any size, on a surface of its own."""
    pygame.display.init()
    pygame.display.set_mode((64, 64))

    def make(width: int = 1280, height: int = 720, theme: Any = NIGHT) -> Canvas:
        return Canvas(pygame.Surface((width, height)).convert(), theme)

    return make


@pytest.fixture(autouse=True)
def quiet_queue() -> Iterator[None]:
    pygame.display.init()
    pygame.event.clear()
    yield
    pygame.display.quit()  # the next test begins without a window
