"""The mouse at the drawing: the left button draws, the right one pushes the paper, the wheel zooms."""

from __future__ import annotations

import math
from collections.abc import Callable

import pygame

from handplay.engine.hands import Handedness
from handplay.games.airdraw.game import AirDrawing, Place

SHOWN_S = 3.0
"""The mouse is shown, and opens the palette by pointing, for so long after it moved."""

KEY = "mouse"
"""Who draws, for the game and the palette."""

_WHEEL = 1.12


class Mouse:
    """What the mouse does.

    Args:
        game: what it draws on.
        main: in whose colour.
        covers: True for places (canvas heights) where a click makes no ink.
        on_press: told of clicks at such places.
        on_ink: told where a stroke begins.

    Attributes:
        place: where it is, canvas heights; None before it moved.
        used_s: when it was last used; also moved by keys, which keep hints about hands away for a while.
    """

    def __init__(
        self,
        game: AirDrawing,
        main: Handedness,
        covers: Callable[[float, float], bool],
        on_press: Callable[[Place], None],
        on_ink: Callable[[Place], None],
    ) -> None:
        self.place: Place | None = None
        self.used_s = -math.inf
        self.main: Handedness = main
        self._game = game
        self._covers, self._on_press, self._on_ink = covers, on_press, on_ink
        self._panning = False

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event; those of others are passed over."""
        if event.type == pygame.MOUSEMOTION:
            self._moved(event)
        elif event.type == pygame.MOUSEBUTTONDOWN:
            self._pressed(event)
        elif event.type == pygame.MOUSEBUTTONUP:
            if event.button == 1:
                self._game.end(KEY)
            elif event.button in (2, 3):
                self._panning = False
        elif event.type == pygame.MOUSEWHEEL:
            x, y = self.place or (self._game.size_px[0] / self._game.size_px[1] / 2, 0.5)
            self._game.zoom(_WHEEL**event.y, x, y)
        elif event.type in (pygame.WINDOWFOCUSLOST, pygame.WINDOWLEAVE):
            self._panning = False

    def shown(self, time_s: float) -> bool:
        """True while its place is to be shown."""
        return self.place is not None and time_s - self.used_s <= SHOWN_S and not self._panning

    def _moved(self, event: pygame.event.Event) -> None:
        x, y = self._take(event)
        if self._panning:
            height = self._game.size_px[1]
            self._game.pan(event.rel[0] / height, event.rel[1] / height)
        else:
            self._game.extend(KEY, x, y, self._game.now_s)

    def _pressed(self, event: pygame.event.Event) -> None:
        place = self._take(event)
        if event.button == 1 and self._covers(*place):
            self._on_press(place)
        elif event.button == 1:
            self._game.begin(KEY, *place, self._game.now_s, self.main)
            self._on_ink(place)
        elif event.button in (2, 3):
            self._panning = True

    def _take(self, event: pygame.event.Event) -> Place:
        height = self._game.size_px[1]
        self.place = (event.pos[0] / height, event.pos[1] / height)
        self.used_s = self._game.now_s
        return self.place
