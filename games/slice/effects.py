"""What stays of a cut for a moment: halves that fall, drops, stains, numbers, the flash of a bomb."""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from handplay.engine.stage.feel import Shake
from handplay.engine.stage.particles import Particles
from handplay.games.slice.flight import HEIGHT, Boom, Combo, Cut
from handplay.games.slice.fruit import BOMB, juice
from handplay.games.slice.game import Changed, Happening, LifeBack

STAIN_S = 1.6
WORD_S = 0.9
_GRAVITY = 900.0


@dataclass(slots=True)
class Half:
    """A falling half.

    Attributes:
        turn_rad: direction of its cut face, as for `fruit.sprite`.
    """

    kind: str
    radius: float
    x: float
    y: float
    vx: float
    vy: float
    turn_rad: float
    spin: float


@dataclass(slots=True)
class Stain:
    """Juice on the wall."""

    x: float
    y: float
    size: float
    kind: str
    age_s: float = 0.0


@dataclass(slots=True)
class Word:
    """A number or a word that rises and goes."""

    text: str
    x: float
    y: float
    big: bool
    age_s: float = 0.0


class Effects:
    """All that only looks.

    Attributes:
        flash: 1 when a bomb goes off, fading.
        shake: of the picture, when one does.
    """

    def __init__(self, rng: random.Random) -> None:
        self.halves: deque[Half] = deque(maxlen=40)
        self.stains: deque[Stain] = deque(maxlen=14)
        self.words: deque[Word] = deque(maxlen=12)
        self.drops = Particles(220)
        self.flash = 0.0
        self.shake = Shake()
        self.bump = 0.0
        self._rng = rng

    def update(self, dt_s: float, happened: Iterable[Happening]) -> None:
        """Moves on and takes in what happened."""
        for event in happened:
            self._take(event)
        self.drops.update(dt_s)
        self.flash = max(0.0, self.flash - dt_s / 0.5)
        self.shake.update(dt_s)
        self.bump *= math.exp(-dt_s * 10)
        for half in self.halves:
            half.vy += _GRAVITY * dt_s
            half.x += half.vx * dt_s
            half.y += half.vy * dt_s
            half.turn_rad += half.spin * dt_s
        while self.halves and self.halves[0].y > HEIGHT + 300:
            self.halves.popleft()
        for stain in self.stains:
            stain.age_s += dt_s
        while self.stains and self.stains[0].age_s > STAIN_S:
            self.stains.popleft()
        for word in self.words:
            word.age_s += dt_s
        while self.words and self.words[0].age_s > WORD_S:
            self.words.popleft()

    def _take(self, event: Happening) -> None:
        if isinstance(event, Cut):
            self._cut(event)
        elif isinstance(event, Combo):
            self.words.append(Word(f"{event.count} in one go  +{event.count}", event.x, event.y - 60, True))
            self.bump = 1.0
        elif isinstance(event, Boom):
            self.flash = 1.0
            place = (event.flyer.x, event.flyer.y)
            self.shake.hit(1.0, (place[0] - 640, place[1] - 360))
            self.drops.burst(place, BOMB.core, self._rng, count=60, speed=900, life_s=0.8, size=9)
        elif isinstance(event, LifeBack):
            self.words.append(Word("A life back", 640, 200, True))
        elif isinstance(event, Changed) and event.after == "playing" and event.before in ("title", "over"):
            self.stains.clear()

    def _cut(self, event: Cut) -> None:
        flyer, along = event.flyer, event.along_rad
        push = min(260.0, 90.0 + 0.06 * event.speed)
        nx, ny = math.sin(along), -math.cos(along)
        for side in (1, -1):
            self.halves.append(
                Half(
                    flyer.kind, flyer.radius,
                    flyer.x + side * nx * 6, flyer.y + side * ny * 6,
                    flyer.vx + side * nx * push + 0.05 * event.speed * math.cos(along),
                    flyer.vy * 0.6 + side * ny * push + 0.05 * event.speed * math.sin(along),
                    along + (0.0 if side > 0 else math.pi),
                    side * self._rng.uniform(1.0, 3.5),
                )
            )  # fmt: skip
        tint = juice(flyer.kind)
        way = (0.8 * math.cos(along), 0.8 * math.sin(along))
        self.drops.burst((flyer.x, flyer.y), tint, self._rng, count=22, speed=520, direction=way, life_s=0.55, size=7)
        self.stains.append(Stain(flyer.x, flyer.y, flyer.radius * self._rng.uniform(0.8, 1.3), flyer.kind))
        if event.together > 1:
            self.words.append(Word(str(event.together), flyer.x, flyer.y - flyer.radius - 10, False))
        self.bump = max(self.bump, 0.5)
