"""What comes next: waves of fruit and bombs that follow the player, so that it stays hard and never unfair."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from handplay.games.slice.flight import HEIGHT, WIDTH, Flyer

FRUITS = ("orange", "lime", "melon", "plum", "peach")
_RADIUS = {"orange": 58.0, "lime": 50.0, "melon": 74.0, "plum": 52.0, "peach": 60.0, "bomb": 52.0}


@dataclass(frozen=True, slots=True)
class PaceSettings:
    """How the level follows the player.

    Attributes:
        up: gained by each fruit that is cut, of a level 0..1: from calm to full in about a hundred cuts.
        down_miss, down_boom: lost by each that falls, and by a bomb.
        calm_s, full_s: time between two waves at levels 0 and 1.
        most: fruits of a wave at level 1.
        bombs_from, bombs: no bombs below this level; their share of what flies at level 1.
        gap_s: time between two throws of a wave.
    """

    up: float = 0.011
    down_miss: float = 0.07
    down_boom: float = 0.10
    calm_s: float = 1.7
    full_s: float = 0.75
    most: int = 5
    bombs_from: float = 0.08
    bombs: float = 0.28
    gap_s: float = 0.16


class Waves:
    """Throws waves.

    Args:
        rng: the only chance.
        settings: the pace.
        gravity: of the air they fly in.

    Attributes:
        level: 0..1, follows the player.
    """

    def __init__(self, rng: random.Random, gravity: float, settings: PaceSettings | None = None) -> None:
        self.settings = settings or PaceSettings()
        self.level = 0.0
        self._rng = rng
        self._gravity = gravity
        self._number = 0
        self._wait_s = 0.6
        self._coming: list[tuple[float, Flyer]] = []

    def cut(self) -> None:
        """A fruit was cut."""
        self.level = min(1.0, self.level + self.settings.up)

    def missed(self) -> None:
        """A fruit fell."""
        self.level = max(0.0, self.level - self.settings.down_miss)

    def boom(self) -> None:
        """A bomb was cut: what was about to come does not."""
        self.level = max(0.0, self.level - self.settings.down_boom)
        self._coming.clear()
        self._wait_s = 1.4

    def step(self, dt_s: float, busy: int) -> list[Flyer]:
        """What is thrown in this step.

        Args:
            busy: how many fly; a new wave waits until the air is clear enough for the level.
        """
        self._wait_s -= dt_s
        if self._wait_s <= 0 and not self._coming and busy <= 1 + 4 * self.level:
            self._plan()
        due = [flyer for wait_s, flyer in self._coming if wait_s <= dt_s]
        self._coming = [(wait_s - dt_s, flyer) for wait_s, flyer in self._coming if wait_s > dt_s]
        return due

    def _plan(self) -> None:
        rng, s = self._rng, self.settings
        count = 1 + min(s.most - 1, int(rng.random() * (1.2 + self.level * s.most)))
        kinds = [rng.choice(FRUITS) for _ in range(count)]
        if self.level >= s.bombs_from and rng.random() < s.bombs * (0.5 + self.level):
            kinds.insert(rng.randrange(len(kinds) + 1), "bomb")
        # In a row, from one side, or from everywhere; never two on top of each other.
        start = rng.uniform(0.22, 0.78)
        spread = rng.choice((0.0, 0.09, -0.09))
        for place, kind in enumerate(kinds):
            share = start + spread * place if spread else rng.uniform(0.18, 0.82)
            self._coming.append((0.01 + place * s.gap_s * (1.2 - 0.7 * self.level), self._make(kind, share)))
        self._wait_s = s.calm_s + (s.full_s - s.calm_s) * self.level + s.gap_s * len(kinds)

    def _make(self, kind: str, share: float) -> Flyer:
        rng, radius = self._rng, _RADIUS[kind]
        self._number += 1
        x = WIDTH * min(0.86, max(0.14, share))
        apex = rng.uniform(120.0, 300.0)
        vy = -math.sqrt(2 * self._gravity * (HEIGHT + radius - apex))
        air_s = 2 * -vy / self._gravity
        land = min(WIDTH - 120, max(120, x + rng.uniform(-0.22, 0.22) * WIDTH + 0.35 * (WIDTH / 2 - x)))
        return Flyer(
            self._number, kind, x, HEIGHT + radius, (land - x) / air_s, vy, radius,
            rng.uniform(0, 2 * math.pi), rng.uniform(-3.0, 3.0),
        )  # fmt: skip
