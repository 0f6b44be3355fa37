"""A plain window for pictures: what the tracker sees, without a game."""

from __future__ import annotations

import cv2
import pygame

from handplay.engine.errors import StageError
from handplay.engine.overlay_video import letterbox
from handplay.engine.sources.base import Image
from handplay.engine.stage.window import is_screen

_LARGEST = (1280, 720)


class PreviewWindow:
    """Shows pictures in a resizable window until it is closed (or Esc, or Q).

    Args:
        title: of the window.

    Raises:
        StageError: there is no display.
    """

    def __init__(self, title: str) -> None:
        try:
            pygame.display.init()
        except pygame.error as error:
            raise StageError(f"No window can be opened: {error}. Leave out --display.") from error
        if not is_screen():
            pygame.display.quit()
            raise StageError("There is no display to open a window on. Leave out --display, or use --overlay OUT.mp4.")
        self._title = title

    def show(self, image: Image) -> bool:
        """Shows a picture; False when the window has been closed.

        Args:
            image: uint8 (height, width, 3), BGR.
        """
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                return False
            if event.type == pygame.KEYDOWN and event.key in (pygame.K_ESCAPE, pygame.K_q):
                return False
        surface = pygame.display.get_surface() or self._open(image)  # another one after each resize
        fitted = letterbox(image, *surface.get_size())
        rgb = cv2.cvtColor(fitted, cv2.COLOR_BGR2RGB)
        surface.blit(pygame.image.frombuffer(rgb.tobytes(), surface.get_size(), "RGB"), (0, 0))
        pygame.display.flip()
        return True

    def close(self) -> None:
        """Closes the window. May be called twice."""
        pygame.display.quit()

    def _open(self, image: Image) -> pygame.Surface:
        height, width = image.shape[:2]
        scale = min(1.0, _LARGEST[0] / width, _LARGEST[1] / height)
        size = max(160, round(width * scale)), max(120, round(height * scale))
        try:
            surface = pygame.display.set_mode(size, pygame.RESIZABLE)
        except pygame.error as error:
            raise StageError(f"No window can be opened: {error}. Leave out --display.") from error
        pygame.display.set_caption(self._title)
        return surface
