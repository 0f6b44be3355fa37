"""The pinhole camera of the demo hand, and a posed hand placed before it.

Camera frame: metres, x right, y down, z forward from the lens. Image: pixels, the centre of pixel 0 at 0.5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.anatomy import PALM_M
from handplay.engine.sources.demo.skeleton import Joints, mirrored, posed

FIELD_OF_VIEW_DEG = 60.0
"""Horizontal, as most laptop cameras have (58 to 65 degrees)."""

_NEAREST_M = 0.10
_PALM_CENTRE_M = np.array([0.0015, -0.0457, 0.0], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class HandView:
    """One hand as a frame should show it.

    Attributes:
        handedness: the person's own hand.
        angles_deg: float32 (24,) joint angles, degrees.
        turn: float32 (3, 3), rotation from "palm to the camera, fingers up".
        centre_px: where the palm's centre lies, image pixels.
        palm_px: length of a palm that faces the camera at this distance, pixels.
        pose: name of the pose that the angles come from, or of the one they move to.
        move_px: how far the palm moves during the exposure, pixels.
        skin: number of the skin tone.
        sleeve: number of the sleeve.
    """

    handedness: Handedness
    angles_deg: Float32
    turn: Float32
    centre_px: tuple[float, float]
    palm_px: float
    pose: str = ""
    move_px: tuple[float, float] = (0.0, 0.0)
    skin: int = 1
    sleeve: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class PlacedHand:
    """A hand in front of the camera.

    Attributes:
        view: what was asked for.
        joints: points, frames and forearm in the camera frame, metres.
        points_px: float32 (21, 2), the joints' exact projections, image pixels.
        focal_px: the camera's focal length, pixels.
        size: (width, height) of the image.
    """

    view: HandView
    joints: Joints
    points_px: Float32 = field(repr=False)
    focal_px: float
    size: tuple[int, int]

    @property
    def z_m(self) -> float:
        """Mean distance of the joints, metres."""
        return float(self.joints.points[:, 2].mean())


def focal_px(width: int) -> float:
    """Focal length of the demo camera, pixels."""
    return width / 2 / math.tan(math.radians(FIELD_OF_VIEW_DEG / 2))


def project(points_m: Float32, size: tuple[int, int], focal: float) -> Float32:
    """Camera frame to image.

    Args:
        points_m: (..., 3) metres.

    Returns:
        float32 (..., 2) image pixels.
    """
    z = np.maximum(points_m[..., 2:], 1e-3)
    return np.asarray(points_m[..., :2] / z * focal + np.array(size, np.float32) / 2, np.float32)


def place(view: HandView, size: tuple[int, int]) -> PlacedHand:
    """Poses the hand and puts its palm centre where the view wants it.

    Raises:
        ValueError: `palm_px` is not positive.
    """
    if not view.palm_px > 0:
        raise ValueError(f"palm_px: got {view.palm_px}, wanted a positive number of pixels")
    focal = focal_px(size[0])
    z = max(_NEAREST_M, focal * PALM_M / view.palm_px)
    joints, anchor = posed(view.angles_deg), _PALM_CENTRE_M
    if view.handedness == "Left":
        joints, anchor = mirrored(joints), anchor * np.array([-1, 1, 1], np.float32)
    x, y = ((c - s / 2) / focal * z for c, s in zip(view.centre_px, size, strict=True))
    turn = view.turn.astype(np.float32)
    points = (joints.points - anchor) @ turn.T + np.array([x, y, z], np.float32)
    placed = Joints(points.astype(np.float32), turn @ joints.frames, turn @ joints.forearm)
    return PlacedHand(view, placed, project(placed.points, size, focal), focal, size)
