"""Impact: a little camera shake and a hit-stop, both off or short when motion is reduced."""

from __future__ import annotations

import math
from dataclasses import dataclass

MAX_SHAKE = 6.0
HIT_STOP_S = 0.04
_SHAKE_S = 0.22


@dataclass(slots=True)
class Shake:
    """Camera shake that dies away; draw within `canvas.shifted(*shake.offset)`.

    Attributes:
        reduced: True keeps the camera still.
    """

    reduced: bool = False
    _strength: float = 0.0
    _angle: float = 0.0
    _left_s: float = 0.0

    def hit(self, strength: float, direction: tuple[float, float] = (1.0, 0.0)) -> None:
        """Shakes along a direction; `strength` 1 is the strongest, six design units."""
        if not self.reduced and strength > 0:
            self._strength = min(1.0, max(strength, self._strength * self._left_s / _SHAKE_S))
            self._angle = math.atan2(direction[1], direction[0])
            self._left_s = _SHAKE_S

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self._left_s = max(0.0, self._left_s - dt_s)

    @property
    def offset(self) -> tuple[float, float]:
        """How far everything is drawn beside its place, design units."""
        if self._left_s <= 0.0 or self.reduced:
            return (0.0, 0.0)
        left = self._left_s / _SHAKE_S
        swing = MAX_SHAKE * self._strength * left * left * math.cos((1 - left) * 3.5 * math.pi)
        return (swing * math.cos(self._angle), swing * math.sin(self._angle))


@dataclass(slots=True)
class HitStop:
    """Holds the game for a moment at an impact: pass each step's time through `filter`."""

    _left_s: float = 0.0

    def hit(self, duration_s: float = HIT_STOP_S) -> None:
        """Holds."""
        self._left_s = max(self._left_s, duration_s)

    def filter(self, dt_s: float) -> float:
        """The part of the step that the game may move."""
        held = min(self._left_s, dt_s)
        self._left_s -= held
        return dt_s - held
