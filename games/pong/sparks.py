"""Sparks: little lights that fly from a hit, and rise when a game is won. All of them in a few arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.theme import Colour, mix
from handplay.games.pong.layout import CourtLayout

_Floats = NDArray[np.floating[Any]]

CAPACITY = 120
"""More at a time are not drawn; the oldest give way."""

_DRAG_S = 0.35
"""Air: a spark loses its speed in this time."""


class Sparks:
    """The sparks of one court.

    Args:
        seed: of their own chance, which never touches the game's.
    """

    def __init__(self, seed: int = 0) -> None:
        self._rng = np.random.default_rng(seed)
        self._place = np.zeros((CAPACITY, 2), np.float32)
        self._speed = np.zeros((CAPACITY, 2), np.float32)
        self._fall = np.zeros(CAPACITY, np.float32)
        self._left_s = np.zeros(CAPACITY, np.float32)
        self._life_s = np.ones(CAPACITY, np.float32)
        self._size = np.ones(CAPACITY, np.float32)
        self._tint = np.zeros(CAPACITY, np.int8)
        self._next = 0

    @property
    def alive(self) -> int:
        """How many can be seen."""
        return int(np.count_nonzero(self._left_s > 0))

    def burst(self, x: float, y: float, angle_rad: float, speed: float, count: int, tint: int) -> None:
        """A fan of sparks from a contact.

        Args:
            x, y: court units.
            angle_rad: its middle.
            speed: of the fastest, units a second.
            count: how many.
            tint: index of the colour given to `draw`.
        """
        angle = angle_rad + self._rng.normal(0.0, 0.55, count)
        fast = speed * self._rng.uniform(0.25, 1.0, count)
        speeds = np.stack([np.cos(angle) * fast, np.sin(angle) * fast], axis=1)
        self._add(np.tile([x, y], (count, 1)), speeds, self._rng.uniform(0.2, 0.5, count), 0.0, 3.2, tint)

    def celebrate(self, half_width: float, half_height: float, count: int, tint: int) -> None:
        """Lights that rise from the floor of the whole court and come down again."""
        places = np.stack(
            [self._rng.uniform(-half_width, half_width, count), np.full(count, half_height * 1.02)], axis=1
        )
        speeds = np.stack([self._rng.normal(0.0, 0.8, count), -self._rng.uniform(6.0, 15.0, count)], axis=1)
        self._add(places, speeds, self._rng.uniform(1.4, 2.6, count), 3.0, 5.0, tint)

    def update(self, dt_s: float) -> None:
        """One step."""
        if not self._left_s.any():
            return
        keep = np.float32(np.exp(-dt_s / _DRAG_S))
        self._speed *= keep
        self._speed[:, 1] += self._fall * np.float32(dt_s)
        self._place += self._speed * np.float32(dt_s)
        np.maximum(self._left_s - np.float32(dt_s), 0, out=self._left_s)

    def draw(self, canvas: Canvas, layout: CourtLayout, colours: tuple[Colour, ...]) -> None:
        """Draws those that are left."""
        # Nearly white in the middle, since a sum of lights is all that is drawn of a spark.
        lights = tuple(mix(colour, canvas.theme.text, 0.3) for colour in colours)
        for i in np.flatnonzero(self._left_s > 0).tolist():
            share = float(self._left_s[i] / self._life_s[i])
            bright = min(1.0, share * 2.0)
            x, y = self._place[i].tolist()
            place = (layout.x(x), layout.y(y))
            size = float(self._size[i]) * (0.5 + 0.5 * share)
            canvas.glow(place, size * 2.6, lights[int(self._tint[i])], bright)

    def _add(self, places: _Floats, speeds: _Floats, life_s: _Floats, fall: float, size: float, tint: int) -> None:
        count = len(places)
        slots = (self._next + np.arange(count)) % CAPACITY
        self._next = (self._next + count) % CAPACITY
        self._place[slots] = places
        self._speed[slots] = speeds
        self._fall[slots] = fall
        self._left_s[slots] = self._life_s[slots] = life_s
        self._size[slots] = size * self._rng.uniform(0.6, 1.3, count)
        self._tint[slots] = tint
