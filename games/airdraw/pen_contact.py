"""Pen up or pen down: an adaptive hysteresis on the gap between thumb and index finger. No pygame, no clock.

    | phase   | meaning                                      | leaves it                                              |
    |---------|----------------------------------------------|--------------------------------------------------------|
    | apart   | hovering                                     | gap at or below `on`: closed                           |
    | closed  | touching                                     | gap above `off`: opening                               |
    | opening | too wide, but it may have been one bad frame | near `on` again: closed; very wide, or for long: apart |

The borders lie between the gaps that this person shows when the fingers touch and when they do not: both are learned
while the pen is used, because hands and views differ by more than the band is wide.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Literal

Phase = Literal["apart", "closed", "opening"]


@dataclass(frozen=True, slots=True)
class ContactSettings:
    """How a gap becomes a touch. Gaps are in palm lengths.

    Attributes:
        closed_gap, open_gap: what is expected before a person is known: tracked fingertips that touch are 0.15 to 0.3
            apart, and readings end at 0.75.
        closed_range, open_range: how far the learned gaps may go.
        least_span: the two are never taken to be nearer to each other.
        sensitivity: 0..1; higher touches earlier and holds longer.
        on_share, off_share: border of touching and of letting go at sensitivity 0.5, as shares of the way from closed
            to open: 0.32 and 0.5 of it are 0.36 and 0.46 palm lengths for the expected gaps.
        sensitivity_share: how much sensitivity 0 and 1 move both borders.
        wide_share: beyond this share there is no doubt that the fingers are apart.
        doubt_s: a gap between the two borders of doubt means apart after this time (two frames at 30 a second).
        learn_closed_s, learn_open_s: time constants of learning.
        dip_depth: fingers that came this much nearer and stay there have touched, even if the gap is wide for one.
        dip_s: how long they stay.
        dip_gap: but never wider than this.
    """

    closed_gap: float = 0.20
    open_gap: float = 0.75
    closed_range: tuple[float, float] = (0.05, 0.42)
    open_range: tuple[float, float] = (0.5, 1.2)
    least_span: float = 0.25
    sensitivity: float = 0.5
    on_share: float = 0.32
    off_share: float = 0.5
    sensitivity_share: float = 0.16
    wide_share: float = 0.72
    doubt_s: float = 0.06
    learn_closed_s: float = 1.0
    learn_open_s: float = 1.5
    dip_depth: float = 0.28
    dip_s: float = 0.1
    dip_gap: float = 0.45

    def __post_init__(self) -> None:
        if not 0 <= self.sensitivity <= 1:
            raise ValueError(f"ContactSettings.sensitivity: got {self.sensitivity}, wanted 0 to 1")
        if not 0 < self.on_share < self.off_share < self.wide_share < 1:
            raise ValueError("ContactSettings: wanted 0 < on_share < off_share < wide_share < 1")
        if not self.closed_gap < self.open_gap:
            raise ValueError("ContactSettings: closed_gap must be less than open_gap")


POINTING = ContactSettings(closed_gap=0.1, open_gap=0.8, closed_range=(0.0, 0.3), wide_share=0.95, dip_depth=9.0)
"""For the style in which a second finger draws: the "gap" is that finger's curl, 0 straight to 1 curled.

Single frames read a straight finger as curled by up to 0.75: without doubt it is curled only beyond that.
"""

_KEPT_S = 0.6


class Contact:
    """Whether one hand touches.

    Args:
        settings: borders and learning.
        closed_gap, open_gap: what is known of this person from before.
    """

    def __init__(
        self,
        settings: ContactSettings | None = None,
        *,
        closed_gap: float | None = None,
        open_gap: float | None = None,
    ) -> None:
        self.settings = settings or ContactSettings()
        self.closed_gap = self.settings.closed_gap if closed_gap is None else closed_gap
        self.open_gap = self.settings.open_gap if open_gap is None else open_gap
        self.phase: Phase = "apart"
        self.history: deque[tuple[float, float]] = deque()
        """(time_s, gap) of the last 0.6 s, oldest first."""
        self._since_s = -math.inf

    @property
    def on(self) -> float:
        """The gap at which it touches."""
        return self._border(self.settings.on_share)

    @property
    def off(self) -> float:
        """The gap beyond which it lets go."""
        return self._border(self.settings.off_share)

    def update(self, gap: float, time_s: float, *, may_touch: bool = True) -> Phase:
        """Takes the gap of one frame; a gap that is not a number changes nothing.

        Args:
            may_touch: False keeps the fingers apart whatever the gap: a fist, or a hand that came in closed.
        """
        if not math.isfinite(gap):
            return self.phase
        while self.history and not 0 < time_s - self.history[0][0] <= _KEPT_S:
            self.history.popleft()
        before_s = self.history[-1][0] if self.history else time_s
        self.history.append((time_s, gap))
        if self.phase == "apart":
            if may_touch and (gap <= self.on or self._dipped(time_s)):
                self._go("closed", time_s)
        elif gap <= self.off:
            if self.phase == "opening" and gap <= (self.on + self.off) / 2:
                self._go("closed", time_s)
        elif self.phase == "closed":
            self._go("opening", time_s)
        if self.phase == "opening" and (
            gap > self._border(self.settings.wide_share) or time_s - self._since_s >= self.settings.doubt_s
        ):
            self._go("apart", time_s)
        self._learn(gap, time_s, max(0.0, time_s - before_s))
        return self.phase

    def closing_began_s(self) -> float:
        """When the gap began to fall to where it is now: aim is taken at that moment."""
        return self._turned_s(-1)

    def opening_began_s(self) -> float:
        """When the gap began to rise to where it is now: ink drawn after that was not meant."""
        return self._turned_s(1)

    def rising(self) -> bool:
        """True while the fingers may be on their way apart, though nothing is decided yet."""
        if self.phase != "closed":
            return self.phase == "opening"
        level = self.closed_level()
        return bool(self.history) and self.history[-1][1] > level + 0.35 * max(0.05, self.off - level)

    def still_closing(self) -> bool:
        """True while the gap falls quickly: the finger moves, but does not draw yet."""
        if self.phase != "closed" or len(self.history) < 2:
            return False
        (then_s, before), (now_s, now) = self.history[-2], self.history[-1]
        return (before - now) / max(1e-3, now_s - then_s) > 1.2

    def closed_level(self) -> float:
        """The usual gap of this touch: the lower middle of what was seen in it."""
        gaps = sorted(gap for time_s, gap in self.history if gap <= self.off)
        return gaps[len(gaps) // 3] if gaps else self.closed_gap

    def _turned_s(self, way: int) -> float:
        rows = list(self.history)
        if not rows:
            return -math.inf
        last = len(rows) - 1
        if way > 0:
            # Back to the last gap that was still a plain touch, then on while it rises all the time.
            level = self.closed_level() + 0.25 * max(0.05, self.off - self.closed_level())
            while last > 0 and rows[last][1] > level:
                last -= 1
        limit_s = rows[last][0] - (0.08 if way > 0 else 0.3)
        while last > 0 and rows[last - 1][0] >= limit_s and way * (rows[last][1] - rows[last - 1][1]) > 0.012:
            last -= 1
        return rows[last][0]

    def _border(self, share: float) -> float:
        span = max(self.settings.least_span, self.open_gap - self.closed_gap)
        shift = (self.settings.sensitivity - 0.5) * 2 * self.settings.sensitivity_share
        return self.closed_gap + span * min(0.95, max(0.08, share + shift * (1 - share)))

    def _go(self, phase: Phase, time_s: float) -> None:
        self.phase, self._since_s = phase, time_s

    def _dipped(self, time_s: float) -> bool:
        """The gap fell deep and stays there: a touch of fingers that are never seen to meet."""
        s = self.settings
        recent = [gap for then_s, gap in self.history if time_s - then_s <= s.dip_s + 1e-6]
        covered = self.history[-1][0] - self.history[0][0] > s.dip_s
        if not covered or max(recent) > s.dip_gap or max(recent) - min(recent) > 0.06:
            return False
        highest = max(gap for _, gap in self.history)
        if highest - max(recent) < s.dip_depth:
            return False
        self.closed_gap = min(s.closed_range[1], max(self.closed_gap, sum(recent) / len(recent)))
        return True

    def _learn(self, gap: float, time_s: float, dt_s: float) -> None:
        s = self.settings
        if self.phase == "closed" and time_s - self._since_s > 0.1 and not self.rising():
            share = 1 - math.exp(-dt_s / s.learn_closed_s)
            self.closed_gap = _within(s.closed_range, self.closed_gap + share * (gap - self.closed_gap))
        elif self.phase == "apart" and time_s - self._since_s > 0.2 and gap > self._border(s.wide_share):
            share = 1 - math.exp(-dt_s / s.learn_open_s)
            self.open_gap = _within(s.open_range, self.open_gap + share * (gap - self.open_gap))


def _within(limits: tuple[float, float], value: float) -> float:
    return min(limits[1], max(limits[0], value))
