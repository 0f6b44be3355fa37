"""How things move: easing curves, fades and springs. All in seconds, driven by `update(dt_s)`."""

from __future__ import annotations

import math
from dataclasses import dataclass

QUICK_S = 0.16
CALM_S = 0.24
"""Interface moves take 160 to 240 ms."""


def ease_out(share: float) -> float:
    """Cubic ease-out: 0..1 to 0..1, quick at first and soft at the end."""
    t = min(1.0, max(0.0, share))
    return 1.0 - (1.0 - t) ** 3


def ease_in_out(share: float) -> float:
    """Smoothstep: 0..1 to 0..1, soft at both ends."""
    t = min(1.0, max(0.0, share))
    return t * t * (3.0 - 2.0 * t)


def lerp(a: float, b: float, share: float) -> float:
    """A value on the way from `a` to `b`."""
    return a + (b - a) * share


def breathe(time_s: float, period_s: float = 2.4) -> float:
    """0..1..0, slow and soft: for what waits."""
    return 0.5 - 0.5 * math.cos(2 * math.pi * time_s / period_s)


@dataclass(slots=True)
class Fade:
    """A switch that takes its time: `value` eases between 0 and 1 as `on` changes, also when turned half way.

    Attributes:
        on: where it goes.
        duration_s: time of a whole way.
        share: the way gone, linear, 0..1.
    """

    on: bool = False
    duration_s: float = 0.2
    share: float = 0.0

    def update(self, dt_s: float) -> None:
        """Moves on."""
        step = dt_s / self.duration_s if self.duration_s > 0 else 1.0
        self.share = min(1.0, self.share + step) if self.on else max(0.0, self.share - step)

    @property
    def value(self) -> float:
        """0..1, eased at both ends."""
        return ease_in_out(self.share)


@dataclass(slots=True)
class Spring:
    """A damped spring for what is held: `value` follows `target`.

    Exact for a target that stands still during the step, so that the step's length does not change the motion.

    Attributes:
        value, velocity: the state.
        target: where it wants to be.
        frequency_hz: how stiff.
        damping: 1 arrives without overshoot, less swings; at most 1.
    """

    value: float = 0.0
    target: float = 0.0
    frequency_hz: float = 4.0
    damping: float = 1.0
    velocity: float = 0.0

    def update(self, dt_s: float) -> None:
        """Moves on."""
        omega = 2 * math.pi * self.frequency_hz
        x, v = self.value - self.target, self.velocity
        zeta = min(1.0, self.damping)
        decay = math.exp(-zeta * omega * dt_s)
        if zeta >= 1.0:
            slope = v + omega * x
            self.value = self.target + (x + slope * dt_s) * decay
            self.velocity = (v - omega * slope * dt_s) * decay
            return
        ringing = omega * math.sqrt(1 - zeta * zeta)
        c, s = math.cos(ringing * dt_s), math.sin(ringing * dt_s)
        slope = (v + zeta * omega * x) / ringing
        self.value = self.target + (x * c + slope * s) * decay
        self.velocity = ((slope * ringing - zeta * omega * x) * c - (x * ringing + zeta * omega * slope) * s) * decay
