"""The last fit of a stroke: few points, a fair curve, corners kept, never further off than the tolerance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TOLERANCE = 0.001
"""Largest distance of the final curve from what was drawn, canvas heights."""


@dataclass(frozen=True, slots=True, eq=False)
class Knots:
    """Points on a curve with what belongs to them: points (N, 2), widths (N,), times (N,), float64."""

    points: NDArray[np.float64]
    widths: NDArray[np.float64]
    times: NDArray[np.float64]


def refit(drawn: Knots, tolerance: float = TOLERANCE) -> Knots:
    """Fewer points for the same curve.

    Args:
        drawn: points as they were drawn, without doubles.
        tolerance: how far the curve may be from them, canvas heights.

    Returns:
        points for `bezier.through_points`; corners stand twice.
    """
    return drawn
