"""The demo hand on the home screen: it points at one tile after another, and pinches the one it came for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from handplay.engine.sources.base import Wish
from handplay.games.home.aim import Aim

if TYPE_CHECKING:
    import pygame

    from handplay.engine.stage.layout import Area

_COMES_S = 1.0
_LOOKS_S = 0.4


class Demonstration:
    """Moves the demo hand over the tiles.

    Args:
        places: the tiles in order.
        tour: keys of the tiles that are pointed at; the last one is pinched. The fourth and the first if None.
    """

    def __init__(self, places: Mapping[str, Area], tour: tuple[str, ...] | None = None) -> None:
        keys = tuple(places)
        self._places = dict(places)
        self._tour = tour or (keys[:4][-1], keys[0])
        self._at = 0
        self._time_s = 0.0
        self._on_it_s = 0.0
        self._aim = Aim()
        self.wishes: tuple[Wish, ...] = (Wish(0.5, 0.7, "away"),)

    def handle(self, event: pygame.event.Event) -> None:
        """Sees where the pointer is."""
        self._aim.handle(event)

    def update(self, dt_s: float) -> None:
        """Wishes where the hand should be."""
        self._time_s += dt_s
        if self._time_s < _COMES_S:
            return
        x, y = self._places[self._tour[self._at]].centre
        goal = (x / 1280, y / 720)
        last = self._at == len(self._tour) - 1
        pinches = last and self._on_it_s > _LOOKS_S
        palm = self._aim.update(goal, dt_s, learn=not pinches)
        if not pinches:
            on_it = self._aim.is_in(self._places[self._tour[self._at]])
            self._on_it_s = self._on_it_s + dt_s if on_it else 0.0
        self.wishes = (Wish(*palm, "pinch" if pinches else "point"),)
        if not last and self._on_it_s > _LOOKS_S:
            self._at, self._on_it_s = self._at + 1, 0.0
