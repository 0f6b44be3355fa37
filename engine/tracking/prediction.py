"""Where points will be at the moment of display: an option for pointers, never part of the tracker's own result.

A picture is shown some tens of milliseconds after it was taken. A pointer that is drawn where the hand is going to be
feels attached to it; the price is a little overshoot when the hand stops, so the horizon is short and slow hands are
hardly led at all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from handplay.engine.coordinates import Float32


@dataclass(frozen=True, slots=True)
class PredictionSettings:
    """How far and how boldly.

    Attributes:
        max_horizon_s: never predict further: a hand may turn by then.
        cutoff_hz: low-pass of the velocity (measured with `benchmarks/jitter_lag.py`: lower shakes less, higher turns
            and stops sooner).
        rest_speed: units a second; at this speed the lead is halved, well below it there is none.
    """

    max_horizon_s: float = 0.06
    cutoff_hz: float = 8.0
    rest_speed: float = 0.6

    def __post_init__(self) -> None:
        for name in ("max_horizon_s", "cutoff_hz", "rest_speed"):
            if not getattr(self, name) > 0:
                raise ValueError(f"PredictionSettings.{name}: got {getattr(self, name)}, wanted more than 0")


class Predictor:
    """Leads points by their filtered velocity.

    Args:
        settings: see there.
    """

    def __init__(self, settings: PredictionSettings | None = None) -> None:
        self._settings = settings or PredictionSettings()
        self.reset()

    def reset(self) -> None:
        """Forgets everything: the next points are not led."""
        self._time_s: float | None = None
        self._points: Float32 | None = None
        self._velocity: Float32 | None = None

    def update(self, points: Float32, time_s: float) -> None:
        """Takes the newest filtered points, float32 (n, d), any unit; a time that does not advance changes nothing."""
        if self._time_s is None or self._points is None or self._velocity is None:
            self._time_s, self._points = time_s, np.array(points, np.float32)
            self._velocity = np.zeros_like(self._points)
            return
        dt = time_s - self._time_s
        if dt <= 0:
            return
        r = 2 * math.pi * self._settings.cutoff_hz * dt
        newest = (points - self._points) / np.float32(dt)
        self._velocity = self._velocity + np.float32(r / (r + 1)) * (newest - self._velocity)
        self._time_s, self._points = time_s, np.array(points, np.float32)

    def at(self, time_s: float, unit: float = 1.0) -> Float32:
        """The points at a later moment.

        Args:
            time_s: the moment of display; earlier than the newest points gives these as they are.
            unit: length that `rest_speed` is counted in (the palm length), in the points' unit.

        Returns:
            float32 (n, d).

        Raises:
            ValueError: no points were taken yet.
        """
        if self._time_s is None or self._points is None or self._velocity is None:
            raise ValueError("Predictor.at: no points yet: call update first")
        horizon_s = min(max(0.0, time_s - self._time_s), self._settings.max_horizon_s)
        speed_sq = np.einsum("nd,nd->n", self._velocity, self._velocity)[:, None]
        rest_sq = np.float32((self._settings.rest_speed * unit) ** 2)
        led: Float32 = self._points + self._velocity * (np.float32(horizon_s) * speed_sq / (speed_sq + rest_sq))
        return led
