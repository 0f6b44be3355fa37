"""The One-Euro filter on arrays of points: steady at rest, quick in motion."""

from __future__ import annotations

import math

import numpy as np

from handplay.engine.coordinates import Float32


class OneEuroFilter:
    """Low-pass filter whose cutoff rises with speed (Casiez, Roussel, Vogel: "1 Euro Filter", CHI 2012).

    One cutoff a point: the speed is the length of the filtered velocity vector, so that the filter does not depend on
    how the hand is turned. For one-dimensional points and a `rest_speed` of 0 this is the paper's filter to the letter.

    Args:
        min_cutoff_hz, beta, d_cutoff_hz: the paper's three parameters; speed is in units of `unit` a second.
        rest_speed: speeds well below it are taken for noise and hardly open the filter, those above it do so fully:
            the cutoff rises with speed^2 / (speed + rest_speed). In the paper's filter the noise of a resting point
            opens its own filter, which bounds how large beta can be.
    """

    def __init__(self, min_cutoff_hz: float, beta: float, d_cutoff_hz: float, rest_speed: float = 0.0) -> None:
        self._min_cutoff, self._beta, self._d_cutoff = min_cutoff_hz, beta, d_cutoff_hz
        self._rest_speed = rest_speed
        self.reset()

    def reset(self) -> None:
        """Forgets everything: the next value passes as it is."""
        self._time_s: float | None = None
        self._value: Float32 | None = None
        self._speed: Float32 | None = None

    def __call__(self, value: Float32, time_s: float, unit: float | Float32 = 1.0) -> Float32:
        """Filters one sample.

        Args:
            value: (n, d) points, any unit.
            time_s: time of the sample; a time that does not advance gives the last result again.
            unit: length that speeds are counted in (the palm length), in the points' unit: one number, or (n, 1).

        Returns:
            float32 (n, d).
        """
        if self._value is None or self._time_s is None or self._speed is None:
            self._time_s, self._value = time_s, np.array(value, np.float32)
            self._speed = np.zeros_like(self._value)
            return self._value
        dt = time_s - self._time_s
        if dt <= 0:
            return self._value
        self._time_s = time_s
        raw_speed = (value - self._value) / (np.float32(dt) * unit)
        self._speed = self._speed + np.float32(_alpha(self._d_cutoff, dt)) * (raw_speed - self._speed)
        speed = np.sqrt(np.einsum("nd,nd->n", self._speed, self._speed))
        if self._rest_speed > 0:
            speed = speed * speed / (speed + self._rest_speed)
        cutoff = self._min_cutoff + self._beta * speed
        tau_dt = (2 * math.pi * dt) * cutoff
        alpha = (tau_dt / (tau_dt + 1)).astype(np.float32)[:, None]
        self._value = self._value + alpha * (value - self._value)
        return self._value


def _alpha(cutoff_hz: float, dt_s: float) -> float:
    r = 2 * math.pi * cutoff_hz * dt_s
    return r / (r + 1)
