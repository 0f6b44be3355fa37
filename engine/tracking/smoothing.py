"""Steadies the landmarks of one hand, in palm lengths, so that near and far hands feel alike."""

from __future__ import annotations

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import LANDMARK_COUNT
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.one_euro import OneEuroFilter
from handplay.engine.tracking.settings import SmoothingSettings

_SQUARE_PALMS = 2.8
"""Side of the square from landmarks in palm lengths (2.3 for a fist, 3.0 for an open hand). Unlike wrist to middle MCP
in the picture it does not shrink when the hand tips toward the camera."""
_PALM_M = 0.09
"""Wrist to middle MCP of the model's world landmarks, metres."""


class HandSmoother:
    """Filters the landmarks and world landmarks of one hand over time: one filter for the 42 points of both."""

    def __init__(self, settings: SmoothingSettings) -> None:
        self._filter = OneEuroFilter(settings.min_cutoff_hz, settings.beta, settings.d_cutoff_hz, settings.rest_speed)
        self._unit = np.full((2 * LANDMARK_COUNT, 1), _PALM_M, np.float32)

    def __call__(self, keypoints: Keypoints, time_s: float) -> tuple[Float32, Float32]:
        """Smoothed `landmarks_px` and `world_m`, float32 (21, 3) each."""
        self._unit[:LANDMARK_COUNT] = keypoints.roi.size_px / _SQUARE_PALMS
        both = self._filter(np.concatenate((keypoints.landmarks_px, keypoints.world_m)), time_s, self._unit)
        return both[:LANDMARK_COUNT], both[LANDMARK_COUNT:]
