"""The plain picture window, on SDL's dummy driver."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pygame
import pytest

from handplay.engine.errors import StageError
from handplay.engine.stage.preview import PreviewWindow


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[PreviewWindow]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    preview = PreviewWindow("test")
    yield preview
    preview.close()
    preview.close()


def test_a_picture_is_shown_in_its_colours(window: PreviewWindow) -> None:
    image = np.zeros((240, 320, 3), np.uint8)
    image[:, :, 2] = 200  # red, in BGR
    assert window.show(image)
    surface = pygame.display.get_surface()
    assert surface is not None
    assert surface.get_size() == (320, 240)
    assert tuple(surface.get_at((160, 120)))[:3] == (200, 0, 0)


def test_a_large_picture_is_shrunk_and_later_ones_fit(window: PreviewWindow) -> None:
    assert window.show(np.zeros((2160, 3840, 3), np.uint8))
    surface = pygame.display.get_surface()
    assert surface is not None
    assert surface.get_size() == (1280, 720)
    assert window.show(np.full((100, 50, 3), 255, np.uint8))
    assert tuple(surface.get_at((640, 360)))[:3] == (255, 255, 255)
    assert tuple(surface.get_at((10, 360)))[:3] != (255, 255, 255)


@pytest.mark.parametrize(
    "event",
    [
        pygame.event.Event(pygame.QUIT),
        pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE),
        pygame.event.Event(pygame.KEYDOWN, key=pygame.K_q),
    ],
    ids=["closed", "escape", "q"],
)
def test_closing_is_told(window: PreviewWindow, event: pygame.event.Event) -> None:
    image = np.zeros((240, 320, 3), np.uint8)
    assert window.show(image)
    pygame.event.post(event)
    assert not window.show(image)


def test_a_screen_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr(pygame.display, "get_driver", lambda: "offscreen")
    with pytest.raises(StageError, match="no display to open a window on"):
        PreviewWindow("test")
