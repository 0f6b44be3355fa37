"""What makes it a hand at second sight: nails and the lines of palm and fingers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handplay.engine.sources.demo.optics import PlacedHand
from handplay.engine.sources.demo.raster import DepthMap


def add_details(
    colour: NDArray[np.uint8],
    surface: DepthMap,
    hand: PlacedHand,
    window: tuple[float, float, float, float],
    unit_px: float,
) -> None:
    """Draws nails and lines into a shaded hand, in place."""
