"""The demo hand as a player: it looks for fruit near its way, waits until it is high, and swipes through it."""

from __future__ import annotations

import math

from handplay.engine.sources.base import Wish
from handplay.games.slice.flight import Flyer
from handplay.games.slice.game import SliceGame

_TIP = (0.0, 0.22)
"""The index tip lies this far above the palm's centre, view units."""

_LEAD_S = 0.32
"""From the wish until the blade arrives: reaction, arm and tracker."""

_EVERY_S = 0.62
_HALF_WAY = 0.2


class Demonstration:
    """Moves one demo hand.

    Args:
        game: what is played; only looked at.
    """

    def __init__(self, game: SliceGame) -> None:
        self._game = game
        self._time_s = 0.0
        self._next_s = 1.2
        self._side = -1
        self.wishes: tuple[Wish, ...] = (Wish(0.5, 0.75, "away", "Right"),)

    def update(self, dt_s: float) -> None:
        """Wishes where the hand should be."""
        self._time_s += dt_s
        if self._time_s < self._next_s:
            return
        self._next_s = self._time_s + _EVERY_S
        game = self._game
        target = self._best([flyer for flyer in game.air.flyers if not flyer.is_bomb])
        if target is None:
            self.wishes = (Wish(0.5 + 0.16 * self._side, 0.72, "point"),)
            return
        x, y = target
        self._side = -self._side
        across = _HALF_WAY * self._side
        goal_x = min(0.92, max(0.08, x + across))
        self.wishes = (Wish(round(goal_x + _TIP[0], 3), round(min(0.95, y + _TIP[1]), 3), "point"),)

    def _best(self, fruit: list[Flyer]) -> tuple[float, float] | None:
        """Where the fruit that is easiest to meet will be, view units."""
        bombs = [self._later(flyer) for flyer in self._game.air.flyers if flyer.is_bomb]
        best, least = None, math.inf
        for flyer in fruit:
            x, y = self._later(flyer)
            if not 0.08 < y < 0.7 or any(abs(y - by) < 0.14 for _, by in bombs):
                continue
            effort = abs(y - 0.4)
            if effort < least:
                best, least = (x, y), effort
        return best

    def _later(self, flyer: Flyer) -> tuple[float, float]:
        gravity = self._game.air.settings.gravity if flyer.number else 0.0
        later = flyer.moved(_LEAD_S, gravity)
        y = later.y if flyer.number else flyer.y
        return later.x / 1280, y / 720
