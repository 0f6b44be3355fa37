"""The filters that `jitter_lag.py` compares, each over a whole clip of points (n, 21, 2) in palm lengths."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from handplay.engine.tracking.one_euro import OneEuroFilter

Array = NDArray[np.float64]
Filter = Callable[[Array, Array, Array], Array]
"""Times (n,), points (n, 21, 2), side of the square (n,) to filtered points."""


def raw() -> Filter:
    return lambda times, points, roi: points


def exponential(cutoff_hz: float) -> Filter:
    """One fixed low-pass of first order."""

    def run(times: Array, points: Array, roi: Array) -> Array:
        out = points.copy()
        for i in range(1, len(points)):
            r = 2 * math.pi * cutoff_hz * (times[i] - times[i - 1])
            out[i] = out[i - 1] + r / (r + 1) * (points[i] - out[i - 1])
        return out

    return run


def moving_average(count: int) -> Filter:
    """The mean of the newest frames."""

    def run(times: Array, points: Array, roi: Array) -> Array:
        return np.stack([points[max(0, i - count + 1) : i + 1].mean(axis=0) for i in range(len(points))])

    return run


def kalman(acceleration: float, noise: float = 0.01) -> Filter:
    """Constant velocity, driven by white acceleration (palms / s^2), measured with white noise (palms)."""

    def run(times: Array, points: Array, roi: Array) -> Array:
        out = points.copy()
        place, speed = points[0].copy(), np.zeros_like(points[0])
        cov = np.diag([noise**2, 1.0])
        for i in range(1, len(points)):
            dt = times[i] - times[i - 1]
            step = np.array([[1.0, dt], [0.0, 1.0]])
            drive = np.array([dt * dt / 2, dt])
            cov = step @ cov @ step.T + acceleration**2 * np.outer(drive, drive)
            place = place + dt * speed
            gain = cov[:, 0] / (cov[0, 0] + noise**2)
            wrong = points[i] - place
            place, speed = place + gain[0] * wrong, speed + gain[1] * wrong
            cov = cov - np.outer(gain, cov[0])
            out[i] = place
        return out

    return run


def one_euro(min_cutoff_hz: float, beta: float, d_cutoff_hz: float, rest_speed: float = 0.0) -> Filter:
    """The product's One-Euro: one cutoff a point from the length of its velocity."""

    def run(times: Array, points: Array, roi: Array) -> Array:
        euro = OneEuroFilter(min_cutoff_hz, beta, d_cutoff_hz, rest_speed)
        return np.stack([euro(p.astype(np.float32), t) for t, p in zip(times, points, strict=True)]).astype(np.float64)

    return run


def mediapipe_pose(min_cutoff_hz: float = 0.05, beta: float = 80.0, d_cutoff_hz: float = 1.0) -> Filter:
    """The One-Euro as MediaPipe's pose graph has it: each coordinate alone, speeds in sides of the square."""

    def run(times: Array, points: Array, roi: Array) -> Array:
        out, speed = points.copy(), np.zeros_like(points[0])
        for i in range(1, len(points)):
            dt = times[i] - times[i - 1]
            r = 2 * math.pi * d_cutoff_hz * dt
            speed = speed + r / (r + 1) * ((points[i] - points[i - 1]) / roi[i] / dt - speed)
            r2 = 2 * math.pi * dt * (min_cutoff_hz + beta * np.abs(speed))
            out[i] = out[i - 1] + r2 / (r2 + 1) * (points[i] - out[i - 1])
        return out

    return run
