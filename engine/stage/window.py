"""The window: opened with a clear word when that fails, resized, full screen and back."""

from __future__ import annotations

import contextlib
import os

import pygame

from handplay.engine.errors import StageError
from handplay.engine.stage.icon import window_icon
from handplay.engine.stage.options import StageOptions

MIN_SIZE_PX = (320, 200)
_NOT_A_SCREEN = ("offscreen", "dummy")


def is_screen() -> bool:
    """False if SDL draws into memory without having been asked to by name, as it quietly does without a display."""
    driver = pygame.display.get_driver()
    return driver not in _NOT_A_SCREEN or os.environ.get("SDL_VIDEODRIVER") == driver


class Window:
    """The display of a run.

    Args:
        options: size, title, headless, full screen.

    Raises:
        StageError: there is no display.
    """

    def __init__(self, options: StageOptions) -> None:
        self._size = (options.width, options.height)
        self._headless = options.headless
        self.fullscreen = False
        if options.headless:
            os.environ["SDL_VIDEODRIVER"] = "dummy"
            os.environ["SDL_AUDIODRIVER"] = "dummy"
        try:
            pygame.display.init()
            if not is_screen():
                raise pygame.error("SDL found none")
            pygame.display.set_caption(options.title)
            if not options.headless:
                pygame.display.set_icon(window_icon())
            self.surface = pygame.display.set_mode(self._size, self._flags())
        except pygame.error as error:
            pygame.display.quit()
            raise StageError(
                f"There is no display to open a window on ({error}). Run it in a desktop session, or with --headless."
            ) from error
        if not options.headless:
            self._limit()
        if options.fullscreen:
            self.toggle_fullscreen()

    def toggle_fullscreen(self) -> None:
        """Full screen at the desktop's own size, or back to the window as it was."""
        if self._headless:
            return
        if self.fullscreen:
            size, flags = self._size, self._flags()
        else:
            self._size = self.surface.get_size()
            size, flags = pygame.display.get_desktop_sizes()[0], pygame.FULLSCREEN
        try:
            self.surface = pygame.display.set_mode(size, flags)
        except pygame.error:
            self.surface = pygame.display.set_mode(self._size, self._flags())
            return
        self.fullscreen = not self.fullscreen

    def refresh(self) -> pygame.Surface:
        """The surface as it is now: another one after the window was resized."""
        surface = pygame.display.get_surface()
        if surface is not None:
            self.surface = surface
        return self.surface

    def close(self) -> None:
        """Takes the window away."""
        pygame.display.quit()

    def _flags(self) -> int:
        return 0 if self._headless else pygame.RESIZABLE

    def _limit(self) -> None:
        # Some window managers know no limits; the layout survives any size.
        with contextlib.suppress(AttributeError, pygame.error, ValueError):
            pygame.Window.from_display_module().minimum_size = MIN_SIZE_PX
