"""A small stage without a window of its own, for the home screen and what belongs to it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pygame
import pytest

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.inset import Inset
from handplay.engine.stage.sound import Sound
from handplay.engine.stage.stage import Stage
from handplay.engine.stage.theme import NIGHT
from handplay.engine.stage.toast import Toasts


class HeardToasts(Toasts):
    """Toasts that can be asked what they were told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def show(self, text: str) -> None:
        self.told.append(text)
        super().show(text)


@pytest.fixture
def told(stage: Stage) -> list[str]:
    """What the stage's toasts say."""
    assert isinstance(stage.toasts, HeardToasts)
    return stage.toasts.told


@pytest.fixture
def stage() -> Stage:
    stage = Stage(sound=Sound(off=True), inset=Inset(), toasts=HeardToasts(), rng=random.Random(1))
    stage.feed_state = "running"
    return stage


@pytest.fixture
def canvas() -> Iterator[Canvas]:
    pygame.display.init()
    yield Canvas(pygame.display.set_mode((1280, 720)), NIGHT)
    pygame.display.quit()
