"""Lines as a hand in the air draws them: true paths with a slow wobble, tremble, and ends that do not meet."""

from __future__ import annotations

import itertools
import math

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def polyline(*corners: tuple[float, float], closed: bool = False) -> Points:
    """Points every 0.01 along straight sides."""
    p = np.array([*corners, corners[0]] if closed else corners, np.float64)
    parts = [
        a + (b - a) * np.linspace(0, 1, max(3, int(np.hypot(*(b - a)) / 0.01)), endpoint=False)[:, None]
        for a, b in itertools.pairwise(p)
    ]
    return np.vstack([*parts, p[-1:]])


def curve(x: object, y: object, count: int = 120) -> Points:
    """Points of a curve that two functions of 0..1 tell."""
    t = np.linspace(0, 1, count)
    return np.column_stack([x(t), y(t)])  # type: ignore[operator] # functions


def ellipse(a: float, b: float) -> Points:
    """An ellipse from its top."""
    return curve(lambda t: a * np.sin(math.tau * t), lambda t: -b * np.cos(math.tau * t))


SHAPES: dict[str, Points] = {
    "line": polyline((-0.3, 0), (0.3, 0)),
    "circle": ellipse(0.2, 0.2),
    "ellipse": ellipse(0.3, 0.16),
    "square": polyline((-0.2, -0.2), (0.2, -0.2), (0.2, 0.2), (-0.2, 0.2), closed=True),
    "rectangle": polyline((-0.3, -0.15), (0.3, -0.15), (0.3, 0.15), (-0.3, 0.15), closed=True),
    "triangle": polyline((0, -0.22), (0.25, 0.2), (-0.25, 0.2), closed=True),
    "arrow": polyline((-0.3, 0), (0.3, 0), (0.18, -0.1), (0.3, 0), (0.18, 0.1)),
}

NO_SHAPES: dict[str, Points] = {
    "spiral": curve(lambda t: 0.3 * t * np.cos(18 * t), lambda t: 0.3 * t * np.sin(18 * t)),
    "eight": curve(lambda t: 0.15 * np.sin(2 * math.tau * t), lambda t: 0.3 * np.sin(math.tau * t)),
    "wave": curve(lambda t: 0.8 * t - 0.4, lambda t: 0.06 * np.sin(20 * t)),
    "arc": curve(lambda t: 0.3 * np.sin(2.2 * t), lambda t: 0.3 * np.cos(2.2 * t)),
    "letter_s": curve(lambda t: 0.12 * np.sin(math.tau * t), lambda t: 0.5 * t - 0.25),
    "letter_w": polyline((-0.3, -0.2), (-0.15, 0.2), (0, -0.1), (0.15, 0.2), (0.3, -0.2)),
    "letter_z": polyline((-0.2, -0.2), (0.2, -0.2), (-0.2, 0.2), (0.2, 0.2)),
    "letter_l": polyline((-0.1, -0.2), (-0.1, 0.2), (0.15, 0.2)),
    "letter_n": polyline((-0.15, 0.2), (-0.15, -0.2), (0.15, 0.2), (0.15, -0.2)),
    "letter_e": curve(lambda t: 0.2 * np.cos(5.2 * t), lambda t: -0.2 * np.sin(5.2 * t) - 0.0),
    "star": polyline(*[(0.3 * math.sin(k * 4 * math.pi / 5), -0.3 * math.cos(k * 4 * math.pi / 5)) for k in range(6)]),
    "heart": curve(
        lambda t: 0.018 * 16 * np.sin(math.tau * t) ** 3,
        lambda t: -0.018
        * (13 * np.cos(math.tau * t) - 5 * np.cos(2 * math.tau * t) - 2 * np.cos(3 * math.tau * t)),
    ),
    "cross_star": polyline(
        *[
            (radius * math.sin(k * math.tau / 8), radius * math.cos(k * math.tau / 8))
            for k, radius in enumerate([0.12, 0.3] * 4)
        ],
        closed=True,
    ),
    "trapezoid": polyline((-0.1, -0.2), (0.1, -0.2), (0.35, 0.2), (-0.35, 0.2), closed=True),
    "crescent": np.vstack([
        curve(lambda t: 0.25 * np.sin(math.pi * t), lambda t: -0.25 * np.cos(math.pi * t)),
        curve(lambda t: 0.12 * np.sin(math.pi * t), lambda t: 0.25 * np.cos(math.pi * t)),
    ]),
    "scribble": curve(lambda t: 0.3 * np.sin(37 * t), lambda t: 0.2 * np.sin(29 * t + 1)),
    "loop": curve(lambda t: 0.5 * t - 0.25 - 0.2 * np.sin(math.tau * 2 * t), lambda t: 0.15 * np.cos(math.tau * 2 * t)),
}  # fmt: skip


def drawn(path: Points, rng: np.random.Generator, *, wobble: float, turn_rad: float, size: float = 1.0) -> Points:
    """A path as a hand draws it.

    Args:
        path: the truth.
        rng: the hand.
        wobble: of the slow kind, share of the size of the path; the tremble is a tenth of it.
        turn_rad: by how much it is turned.
        size: by how much it is scaled.
    """
    reach = float(np.hypot(*np.ptp(path, axis=0)))
    step = np.hypot(*np.diff(path, axis=0).T)
    way = np.concatenate([[0.0], np.cumsum(step)])
    count = max(24, int(way[-1] / 0.012))
    # The hand is slower at the ends than in between, so samples are not even.
    at = way[-1] * (np.linspace(0, 1, count) + 0.06 * np.sin(math.tau * np.linspace(0, 1, count)))
    p = np.column_stack([np.interp(at, way, path[:, 0]), np.interp(at, way, path[:, 1])])
    t = np.linspace(0, 1, count)
    for axis in range(2):
        for frequency in (1, 2, 3, 4):
            swing = rng.normal(0, wobble * reach / 2 / frequency**0.5) / 2
            p[:, axis] += swing * np.sin(math.tau * (frequency * 0.7 * t + rng.uniform()))
    p += rng.normal(0, wobble * reach * 0.05, p.shape)
    c, s = math.cos(turn_rad), math.sin(turn_rad)
    turned: Points = p @ np.array([[c, s], [-s, c]]) * size + rng.uniform(-0.3, 0.3, 2)
    return turned
