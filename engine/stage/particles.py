"""Sparks in arrays: any number of them costs a handful of numpy calls and no memory."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np

from handplay.engine.stage.theme import Colour

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas


class Particles:
    """A ring of sparks; new ones take the places of the oldest.

    Args:
        capacity: how many live at once.
    """

    def __init__(self, capacity: int = 256) -> None:
        self._xy = np.zeros((capacity, 2), np.float32)
        self._v = np.zeros((capacity, 2), np.float32)
        self._left_s = np.zeros(capacity, np.float32)
        self._life_s = np.ones(capacity, np.float32)
        self._size = np.zeros(capacity, np.float32)
        self._colour: list[Colour] = [(0, 0, 0)] * capacity
        self._step = np.zeros((capacity, 2), np.float32)
        self._next = 0

    @property
    def alive(self) -> int:
        """How many shine."""
        return int(np.count_nonzero(self._left_s > 0))

    def burst(
        self,
        xy: tuple[float, float],
        colour: Colour,
        rng: Random,
        *,
        count: int = 18,
        speed: float = 320.0,
        direction: tuple[float, float] = (0.0, 0.0),
        life_s: float = 0.5,
        size: float = 5.0,
    ) -> None:
        """Throws sparks.

        Args:
            xy: from where, design units.
            colour: their light.
            rng: chance, the scene's own for looks: not the one that plays.
            count: how many.
            speed: of the quickest, design units a second.
            direction: added to all directions, 0..1; (0, 0) throws all round.
            life_s: of the longest.
            size: radius, design units.
        """
        for _ in range(min(count, len(self._size))):
            i = self._next
            self._next = (i + 1) % len(self._size)
            x, y = rng.gauss(0, 0.5) + direction[0], rng.gauss(0, 0.5) + direction[1]
            pace = speed * rng.uniform(0.3, 1.0)
            self._xy[i] = xy
            self._v[i] = (x * pace, y * pace)
            self._life_s[i] = self._left_s[i] = life_s * rng.uniform(0.5, 1.0)
            self._size[i] = size * rng.uniform(0.6, 1.2)
            self._colour[i] = colour

    def update(self, dt_s: float) -> None:
        """Moves on."""
        np.subtract(self._left_s, np.float32(dt_s), out=self._left_s)
        np.maximum(self._left_s, 0, out=self._left_s)
        np.multiply(self._v, np.float32(0.08**dt_s), out=self._v)
        np.multiply(self._v, np.float32(dt_s), out=self._step)
        np.add(self._xy, self._step, out=self._xy)

    def draw(self, canvas: Canvas) -> None:
        """Draws all that shine."""
        for i in np.flatnonzero(self._left_s > 0).tolist():
            left = float(self._left_s[i] / self._life_s[i])
            place = (float(self._xy[i, 0]), float(self._xy[i, 1]))
            canvas.glow(place, float(self._size[i]) * (1.0 + left), self._colour[i], left)
