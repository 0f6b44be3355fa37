"""Pointers become blades: the way of each since the last step, and the trail it leaves."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from handplay.games.slice.flight import Stroke

MOUSE = -1
TRAIL_S = 0.16
_GLIDE_S = 0.03
"""A hand is seen 30 times a second; its blade takes this long from one place to the next, so that it cuts evenly."""

_FORGET_S = 0.15
"""A blade that was not seen for longer begins anew: no stroke across a gap."""


@dataclass(frozen=True, slots=True)
class TrailPoint:
    """A place of a trail: when, where, and how fast the blade was."""

    time_s: float
    x: float
    y: float
    speed: float


@dataclass(slots=True)
class Blade:
    """One blade.

    Attributes:
        x, y: where it is now. speed: units a second.
        trail: oldest first.
    """

    x: float
    y: float
    goal: tuple[float, float]
    seen_s: float
    speed: float = 0.0
    left_s: float = 0.0
    down: bool = True
    trail: deque[TrailPoint] = field(default_factory=lambda: deque(maxlen=48))


class Blades:
    """All blades.

    Attributes:
        by_hand: the last stroke came from a hand.
    """

    def __init__(self) -> None:
        self.all: dict[int, Blade] = {}
        self.by_hand = False
        self._now_s = 0.0

    @property
    def hands(self) -> int:
        """How many are hands."""
        return sum(number != MOUSE for number in self.all)

    def move(self, number: int, x: float, y: float, *, down: bool = True) -> None:
        """A pointer has come to a place; a mouse cuts only while its button is down."""
        blade = self.all.get(number)
        if blade is None or self._now_s - blade.seen_s > _FORGET_S or (down and not blade.down):
            trail = blade.trail if blade is not None else deque(maxlen=48)
            trail.clear()
            self.all[number] = Blade(x, y, (x, y), self._now_s, down=down, trail=trail)
            return
        step_s = max(1 / 240, self._now_s - blade.seen_s)
        blade.speed = math.hypot(x - blade.goal[0], y - blade.goal[1]) / step_s
        blade.goal, blade.seen_s, blade.down = (x, y), self._now_s, down
        blade.left_s = min(step_s, _GLIDE_S) if number != MOUSE else 0.0

    def remove(self, number: int) -> None:
        """A hand has gone."""
        self.all.pop(number, None)

    def step(self, dt_s: float) -> list[Stroke]:
        """The ways of all blades in this step."""
        self._now_s += dt_s
        strokes = []
        for number, blade in self.all.items():
            share = 1.0 if blade.left_s <= dt_s else dt_s / blade.left_s
            blade.left_s = max(0.0, blade.left_s - dt_s)
            ax, ay = blade.x, blade.y
            blade.x += (blade.goal[0] - ax) * share
            blade.y += (blade.goal[1] - ay) * share
            if (blade.x, blade.y) != (ax, ay):
                blade.trail.append(TrailPoint(self._now_s, blade.x, blade.y, blade.speed))
                if blade.down:
                    self.by_hand = number != MOUSE
                    strokes.append(Stroke(number, ax, ay, blade.x, blade.y, blade.speed))
            while blade.trail and self._now_s - blade.trail[0].time_s > TRAIL_S:
                blade.trail.popleft()
        return strokes

    def age(self, point: TrailPoint) -> float:
        """0 new .. 1 about to go."""
        return min(1.0, (self._now_s - point.time_s) / TRAIL_S)
