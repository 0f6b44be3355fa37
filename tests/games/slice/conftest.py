"""A small stage without a window of its own."""

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


@pytest.fixture
def stage() -> Stage:
    stage = Stage(sound=Sound(off=True), inset=Inset(), toasts=Toasts(), rng=random.Random(3))
    stage.feed_state = "running"
    return stage


@pytest.fixture
def canvas() -> Iterator[Canvas]:
    pygame.display.init()
    yield Canvas(pygame.display.set_mode((1280, 720)), NIGHT)
    pygame.display.quit()
