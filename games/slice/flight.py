"""What flies, and what a blade does to it. Pure: no pygame, no clock, no chance. Lengths in design units, y down."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

WIDTH, HEIGHT = 1280.0, 720.0


@dataclass(frozen=True, slots=True)
class FlightSettings:
    """How things fly and what cuts them.

    Attributes:
        gravity: units a second squared; a fruit is in the air for about 2.4 s.
        cut_speed: a blade slower than this only touches: half the window's width a second, about four palm lengths.
        reach: how far beyond its own size a fruit is met: a hand seen 30 times a second jumps between two pictures.
        bomb_reach: the same of a bomb, smaller: a near miss spares it.
        combo_s: fruit cut within this time of the one before by the same blade belongs together.
        combo_from: so many together earn something.
    """

    gravity: float = 760.0
    cut_speed: float = 620.0
    reach: float = 10.0
    bomb_reach: float = -8.0
    combo_s: float = 0.38
    combo_from: int = 3


@dataclass(frozen=True, slots=True)
class Flyer:
    """A fruit or a bomb.

    Attributes:
        number: of this game.
        kind: of fruit; "bomb" for a bomb.
        x, y, vx, vy: centre and velocity, units and units a second.
        radius: units.
        turn_rad, spin: how it is turned, and radians a second.
    """

    number: int
    kind: str
    x: float
    y: float
    vx: float
    vy: float
    radius: float
    turn_rad: float = 0.0
    spin: float = 0.0

    @property
    def is_bomb(self) -> bool:
        return self.kind == "bomb"

    def moved(self, dt_s: float, gravity: float) -> Flyer:
        """A step later; exact for constant gravity."""
        return replace(
            self,
            x=self.x + self.vx * dt_s,
            y=self.y + self.vy * dt_s + 0.5 * gravity * dt_s * dt_s,
            vy=self.vy + gravity * dt_s,
            turn_rad=self.turn_rad + self.spin * dt_s,
        )


@dataclass(frozen=True, slots=True)
class Stroke:
    """The way of one blade since its last place.

    Attributes:
        blade: which hand (or the mouse).
        ax, ay, bx, by: from and to, units.
        speed: units a second.
    """

    blade: int
    ax: float
    ay: float
    bx: float
    by: float
    speed: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A fruit was cut; `along_rad` is the blade's direction, `together` how many it has cut in one go so far."""

    flyer: Flyer
    blade: int
    along_rad: float
    speed: float
    together: int


@dataclass(frozen=True, slots=True)
class Combo:
    """So many fruits were cut in one go; told when no more come."""

    count: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Missed:
    """A fruit fell uncut."""

    flyer: Flyer


@dataclass(frozen=True, slots=True)
class Boom:
    """A bomb was cut."""

    flyer: Flyer
    blade: int


FlightEvent = Cut | Combo | Missed | Boom


@dataclass(frozen=True, slots=True)
class _Run:
    """Fruits that one blade is cutting in one go."""

    count: int
    last_s: float
    x: float
    y: float


class Air:
    """All that flies at the moment.

    Args:
        settings: how.
    """

    def __init__(self, settings: FlightSettings | None = None) -> None:
        self.settings = settings or FlightSettings()
        self.flyers: tuple[Flyer, ...] = ()
        self._runs: dict[int, _Run] = {}
        self._now_s = 0.0

    def throw(self, flyers: Iterable[Flyer]) -> None:
        """More comes up."""
        self.flyers = (*self.flyers, *flyers)

    def clear(self) -> None:
        """Nothing flies any more."""
        self.flyers = ()
        self._runs.clear()

    def step(self, dt_s: float, strokes: Iterable[Stroke] = ()) -> list[FlightEvent]:
        """Moves everything and lets the blades cut.

        Args:
            strokes: of all blades since the last step.
        """
        self._now_s += dt_s
        told: list[FlightEvent] = []
        left = [flyer.moved(dt_s, self.settings.gravity) for flyer in self.flyers]
        for stroke in strokes:
            if stroke.speed < self.settings.cut_speed:
                continue
            for flyer in [one for one in left if self._meets(stroke, one)]:
                left.remove(flyer)
                told.append(self._cut(flyer, stroke))
        fallen = [flyer for flyer in left if flyer.vy > 0 and flyer.y - flyer.radius > HEIGHT]
        told += [Missed(flyer) for flyer in fallen if not flyer.is_bomb]
        self.flyers = tuple(flyer for flyer in left if flyer not in fallen)
        told += self._end_runs()
        return told

    def _meets(self, stroke: Stroke, flyer: Flyer) -> bool:
        reach = flyer.radius + (self.settings.bomb_reach if flyer.is_bomb else self.settings.reach)
        dx, dy = stroke.bx - stroke.ax, stroke.by - stroke.ay
        length2 = dx * dx + dy * dy
        t = 0.0
        if length2 > 0:
            t = min(1.0, max(0.0, ((flyer.x - stroke.ax) * dx + (flyer.y - stroke.ay) * dy) / length2))
        return math.hypot(stroke.ax + t * dx - flyer.x, stroke.ay + t * dy - flyer.y) <= reach

    def _cut(self, flyer: Flyer, stroke: Stroke) -> FlightEvent:
        if flyer.is_bomb:
            self._runs.pop(stroke.blade, None)
            return Boom(flyer, stroke.blade)
        before = self._runs.get(stroke.blade)
        count = before.count + 1 if before is not None else 1
        self._runs[stroke.blade] = _Run(count, self._now_s, flyer.x, flyer.y)
        along = math.atan2(stroke.by - stroke.ay, stroke.bx - stroke.ax)
        return Cut(flyer, stroke.blade, along, stroke.speed, count)

    def _end_runs(self) -> list[FlightEvent]:
        over = [blade for blade, run in self._runs.items() if self._now_s - run.last_s > self.settings.combo_s]
        told: list[FlightEvent] = []
        for blade in over:
            run = self._runs.pop(blade)
            if run.count >= self.settings.combo_from:
                told.append(Combo(run.count, run.x, run.y))
        return told
