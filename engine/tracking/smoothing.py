"""Steadies the landmarks of one hand, in palm lengths, so that near and far hands feel alike."""

from __future__ import annotations

from handplay.engine.coordinates import Float32
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.one_euro import OneEuroFilter
from handplay.engine.tracking.settings import SmoothingSettings

_SQUARE_PALMS = 2.8
"""Side of the square from landmarks in palm lengths (2.3 for a fist, 3.0 for an open hand). Unlike wrist to middle MCP
in the picture it does not shrink when the hand tips toward the camera."""
_PALM_M = 0.09
"""Wrist to middle MCP of the model's world landmarks, metres."""


class HandSmoother:
    """Filters the landmarks and world landmarks of one hand over time."""

    def __init__(self, settings: SmoothingSettings) -> None:
        numbers = (settings.min_cutoff_hz, settings.beta, settings.d_cutoff_hz)
        self._landmarks, self._world = OneEuroFilter(*numbers), OneEuroFilter(*numbers)

    def __call__(self, keypoints: Keypoints, time_s: float) -> tuple[Float32, Float32]:
        """Smoothed `landmarks_px` and `world_m`, float32 (21, 3) each."""
        unit = keypoints.roi.size_px / _SQUARE_PALMS
        return self._landmarks(keypoints.landmarks_px, time_s, unit), self._world(keypoints.world_m, time_s, _PALM_M)
