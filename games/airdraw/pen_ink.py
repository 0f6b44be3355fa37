"""The ink of one touch: wet at first, dry when it has been judged. No pygame, no clock.

The newest 80 ms of a path are wet: they are shown, and may still be taken back. Ink dries in order, a little steadied
by the points on both sides of it (there is time for that), and not at all while the fingers may be on their way apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_FIVE: tuple[float, ...] = (-3 / 35, 12 / 35, 17 / 35, 12 / 35, -3 / 35)
_THREE: tuple[float, ...] = (0.2, 0.6, 0.2)
_SPAN_S = 0.25


@dataclass(frozen=True, slots=True)
class InkPoint:
    """A place of a path. x, y: canvas heights; speed: palm lengths a second."""

    time_s: float
    x: float
    y: float
    speed: float = 0.0


@dataclass(frozen=True, slots=True)
class InkSettings:
    """How ink dries.

    Attributes:
        judged_s: ink younger than this is wet.
        dot_s: a touch that stays in place makes a dot after this time; a shorter one was an accident.
        meant_palms: a touch that moves this far is meant at once.
        least_step_palms: a point nearer than this to the last dry one adds nothing: the tremble of a resting tip.
    """

    judged_s: float = 0.08
    dot_s: float = 0.14
    meant_palms: float = 0.16
    least_step_palms: float = 0.012

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if not 0 < value < math.inf:
                raise ValueError(f"InkSettings.{name}: got {value}, wanted a number above 0")


class Ink:
    """The path of one touch.

    Args:
        settings: how it dries.
    """

    def __init__(self, settings: InkSettings | None = None) -> None:
        self.settings = settings or InkSettings()
        self.wet: list[InkPoint] = []
        """Not judged yet, oldest first."""
        self.meant = False
        """True once it is more than an accidental touch."""
        self.dry_count = 0
        self.length = 0.0
        """Of the path so far, palm lengths."""
        self._begun_s = math.nan
        self._last: InkPoint | None = None  # newest point that dried or was left out
        self._before: tuple[InkPoint, ...] = ()  # as measured, before the first wet one; two at most
        self._first: InkPoint | None = None

    @property
    def begun_s(self) -> float:
        """Time of the first point; NaN without any."""
        return self._begun_s

    def restart(self) -> None:
        """Forgets all wet ink: the finger was still closing. Only while nothing has dried."""
        if self.dry_count == 0:
            self.wet.clear()
            self.length, self._begun_s, self._first = 0.0, math.nan, None

    def add(self, x: float, y: float, time_s: float, palm: float) -> None:
        """Takes the tip of one frame. palm: palm length, canvas heights."""
        before = self.wet[-1] if self.wet else self._before[-1] if self._before else None
        speed = 0.0
        if before is not None:
            step = math.hypot(x - before.x, y - before.y) / palm
            self.length += step
            speed = step / max(1e-3, time_s - before.time_s)
        point = InkPoint(time_s, x, y, speed)
        if self._first is None:
            self._first, self._begun_s = point, time_s
        self.wet.append(point)

    def judge(self, now_s: float, palm: float, *, hold: bool) -> list[InkPoint]:
        """Dries what is old enough.

        Args:
            now_s: time of the newest frame.
            hold: True dries nothing: the fingers may be opening.

        Returns:
            the points that dried.
        """
        if hold or not self.wet:
            return []
        s = self.settings
        if not self.meant:
            far = self._first is not None and self._reach() >= s.meant_palms * palm
            self.meant = far or now_s - self._begun_s >= s.dot_s
        if not self.meant:
            return []
        count = sum(1 for point in self.wet if now_s - point.time_s >= s.judged_s - 1e-6)
        # The newest wet points have no neighbours after them to be steadied by.
        return self._dry(min(count, len(self.wet) - 2), palm)

    def end(self, until_s: float, palm: float) -> list[InkPoint]:
        """The touch is over: all wet ink up to a moment dries, the rest is taken back.

        Returns:
            the points that dried; none at all if the touch was an accident (`meant` stays False).
        """
        s = self.settings
        self.wet = [point for point in self.wet if point.time_s <= until_s + 1e-6]
        if not self.meant and self.wet and self._first is not None:
            far = self._reach() >= s.meant_palms * palm and len(self.wet) > 1
            self.meant = far or self.wet[-1].time_s - self._begun_s >= s.dot_s
        dried = self._dry(len(self.wet), palm) if self.meant else []
        self.wet.clear()
        return dried

    def steadied(self) -> list[InkPoint]:
        """The wet ink as it would dry now, for showing."""
        return [self._steady(i) for i in range(len(self.wet))]

    def _reach(self) -> float:
        first = self._first
        if first is None:
            return 0.0
        return max((math.hypot(p.x - first.x, p.y - first.y) for p in self.wet), default=0.0)

    def _dry(self, count: int, palm: float) -> list[InkPoint]:
        dried = []
        for i in range(count):
            point = self._steady(i)
            last = self._last
            least = self.settings.least_step_palms * palm
            if last is None or math.hypot(point.x - last.x, point.y - last.y) >= least:
                dried.append(point)
                self._last = point
        if count > 0:
            self._before = (*self._before, *self.wet[:count])[-2:]
            del self.wet[:count]
        self.dry_count += len(dried)
        return dried

    def _steady(self, i: int) -> InkPoint:
        """A point among its neighbours, as a parabola through the five of them says (Savitzky & Golay 1964).

        That takes half of the noise and leaves bends as they are. Near the ends there are not so many: three points
        are weighed, or it stays as measured.
        """
        point = self.wet[i]
        row = (*self._before, *self.wet)
        i += len(self._before)
        if 2 <= i < len(row) - 2:
            weights, near = _FIVE, row[i - 2 : i + 3]
        elif 1 <= i < len(row) - 1:
            weights, near = _THREE, row[i - 1 : i + 2]
        else:
            return point
        if near[-1].time_s - near[0].time_s > _SPAN_S:  # frames are missing between them
            return point
        x = sum(weight * p.x for weight, p in zip(weights, near, strict=True))
        y = sum(weight * p.y for weight, p in zip(weights, near, strict=True))
        return InkPoint(point.time_s, x, y, point.speed)
