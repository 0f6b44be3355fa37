"""The keypoint model: one crop in, 21 landmarks, world landmarks, presence and handedness out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.hands import LANDMARK_COUNT
from handplay.engine.sources.base import Image
from handplay.engine.tracking.crop import cut, lift_for, lifted, to_image_points
from handplay.engine.tracking.runtime import ImageModel

HAND_INPUT_PX = 224
_SAMPLE_PX = 16
_Z_SCALE = 0.4  # hand_landmark_cpu.pbtxt: normalize_z


@dataclass(frozen=True, slots=True, eq=False)
class Keypoints:
    """What the model says of one crop.

    Attributes:
        landmarks_px: float32 (21, 3), image pixels, z as in `handplay.engine.coordinates`.
        world_m: float32 (21, 3), metres, x and y along the image's axes.
        presence: 0..1.
        right: probability of the right hand of a person in a picture that is not mirrored, 0..1.
        roi: the square that was looked at.
        gamma: how the crop was brightened, 1 not at all.
    """

    landmarks_px: Float32
    world_m: Float32
    presence: float
    right: float
    roi: Roi
    gamma: float = 1.0


class KeypointModel:
    """The keypoint network and its decoding.

    Args:
        model: network with outputs (63,) crop points, (1,) presence, (1,) handedness, (63,) world points.
    """

    def __init__(self, model: ImageModel) -> None:
        self._model = model

    def look(self, image: Image, roi: Roi, *, gamma: float = 1.0, exact: bool = False) -> Keypoints:
        """Runs the model on one square of the picture.

        Args:
            image: uint8 (height, width, 3), BGR.
            roi: the square; may reach beyond the picture.
            gamma: brightens a dark crop, see `crop.lift_for`.
            exact: sample as MediaPipe does.
        """
        crop = cut(image, roi, HAND_INPUT_PX, exact=exact)
        if gamma != 1.0:
            crop = lifted(crop, gamma)
        points, presence, right, world = self._model.infer(crop)
        screen = points.reshape(LANDMARK_COUNT, 3)
        landmarks = np.empty_like(screen)
        landmarks[:, :2] = to_image_points(screen[:, :2], roi, HAND_INPUT_PX)
        landmarks[:, 2] = screen[:, 2] * np.float32(roi.size_px / HAND_INPUT_PX / _Z_SCALE)
        turned = _turned(world.reshape(LANDMARK_COUNT, 3), roi.angle_rad)
        return Keypoints(landmarks, turned, float(presence[0]), float(right[0]), roi, gamma)

    def lift_for(self, image: Image, roi: Roi) -> float | None:
        """The gamma that would help this square, None if it is bright enough."""
        return lift_for(cut(image, roi, _SAMPLE_PX))


def _turned(world: Float32, angle_rad: float) -> Float32:
    """World points from the crop's frame into the image's."""
    c, s = math.cos(angle_rad), math.sin(angle_rad)
    turn = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]], np.float32)
    return world @ turn
