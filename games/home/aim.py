"""How the demo hand finds a place with its pointer: as people do, by looking where the pointer is and correcting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.engine import events

if TYPE_CHECKING:
    import pygame

    from handplay.engine.stage.layout import Area

_LEARNS_PER_S = 1.0
"""Share of the miss that is made good in a second."""

_OFTEN_S = 0.1
"""Wishes change this often at most: the hand answers each of them with a movement."""

_FAR = 0.35
"""A pointer this far away is still on its way: nothing is learned from it."""


class Aim:
    """Turns a place for the pointer into one for the palm.

    Attributes:
        offset: of the palm from the pointer, view units; learned.
    """

    def __init__(self, offset: tuple[float, float] = (0.02, 0.16)) -> None:
        self.offset = offset
        self._pointer: tuple[float, float] | None = None
        self._told = (0.0, 0.0)
        self._next_s = 0.0
        self._time_s = 0.0

    def handle(self, event: pygame.event.Event) -> None:
        """Sees where the pointer is."""
        if event.type == events.POINTERMOTION:
            self._pointer = (event.x, event.y)

    def miss(self, place: tuple[float, float]) -> float:
        """How far the pointer is from a place, view units; large while there is none."""
        if self._pointer is None:
            return 1.0
        return max(abs(place[0] - self._pointer[0]), abs(place[1] - self._pointer[1]))

    def is_in(self, area: Area) -> bool:
        """True if the pointer is in an area of the 1280x720 frame."""
        return self._pointer is not None and area.holds(self._pointer[0] * 1280, self._pointer[1] * 720)

    def update(self, place: tuple[float, float], dt_s: float, *, learn: bool = True) -> tuple[float, float]:
        """Where the palm should be so that the pointer comes to `place`."""
        self._time_s += dt_s
        if learn and self._pointer is not None and self.miss(place) < _FAR:
            share = _LEARNS_PER_S * dt_s
            x, y = self.offset
            dx, dy = place[0] - self._pointer[0], place[1] - self._pointer[1]
            self.offset = (min(0.3, max(-0.3, x + share * dx)), min(0.4, max(-0.2, y + share * dy)))
        if self._time_s >= self._next_s:
            self._next_s = self._time_s + _OFTEN_S
            self._told = (round(place[0] + self.offset[0], 3), round(place[1] + self.offset[1], 3))
        return self._told
