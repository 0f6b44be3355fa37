"""What all games are tried on: a stage that can be listened to, and a canvas without a window of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest
from hypothesis import settings

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.stage import Stage
from handplay.engine.stage.theme import NIGHT

from quiet_stage import HeardToasts, quiet_stage
from shown_hands import Shown

# No test here fails by the clock: on a busy machine a single example may take its time.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def stage() -> Stage:
    return quiet_stage()


@pytest.fixture
def told(stage: Stage) -> list[str]:
    """What the stage's toasts say."""
    assert isinstance(stage.toasts, HeardToasts)
    return stage.toasts.told


@pytest.fixture
def canvas() -> Iterator[Canvas]:
    pygame.display.init()
    yield Canvas(pygame.display.set_mode((1280, 720)), NIGHT)
    pygame.display.quit()


@pytest.fixture
def shown() -> type[Shown]:
    return Shown
