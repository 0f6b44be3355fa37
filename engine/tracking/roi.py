"""Where the keypoint model looks: the rotated square from a palm, and from landmarks for the next frame."""

from __future__ import annotations

import math

import numpy as np

from handplay.engine.coordinates import Float32, Roi, normalize_angle
from handplay.engine.hands import INDEX_MCP, MIDDLE_MCP, RING_MCP, WRIST, Palm
from handplay.engine.tracking.settings import RoiSettings

_STEADY = np.array([0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18])
"""Wrist, thumb up to its IP, MCPs and PIPs: the points that bound the square (hand_landmarks_to_rect_calculator)."""


def roi_from_palm(palm: Palm, settings: RoiSettings) -> Roi:
    """The square around the whole hand, turned so that wrist to middle MCP points up."""
    wrist, middle = palm.points[0], palm.points[2]
    angle = _upright(float(middle[0] - wrist[0]), float(middle[1] - wrist[1]))
    x0, y0, x1, y1 = palm.box
    return _grown((x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0, angle, settings.palm_shift, settings.palm_scale)


def roi_from_landmarks(landmarks_px: Float32, settings: RoiSettings) -> Roi:
    """The square for the next look.

    Args:
        landmarks_px: (21, 2 or more) image pixels.
    """
    xy = landmarks_px[:, :2].astype(np.float64)
    knuckles = ((xy[INDEX_MCP] + xy[RING_MCP]) / 2 + xy[MIDDLE_MCP]) / 2
    toward = knuckles - xy[WRIST]
    angle = _upright(float(toward[0]), float(toward[1]))
    points = xy[_STEADY]
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    c, s = math.cos(angle), math.sin(angle)
    turned = (points - middle) @ np.array([[c, -s], [s, c]])  # into the upright frame
    high, low = turned.max(axis=0), turned.min(axis=0)
    mx, my = (high + low) / 2
    width, height = high - low
    return _grown(
        float(middle[0] + mx * c - my * s),
        float(middle[1] + mx * s + my * c),
        float(width),
        float(height),
        angle,
        settings.hand_shift,
        settings.hand_scale,
    )


def box_iou(a: Roi, b: Roi) -> float:
    """Overlap of two squares as if neither were turned, 0..1 (the measure of MediaPipe's association)."""
    width = min(a.cx + a.size_px / 2, b.cx + b.size_px / 2) - max(a.cx - a.size_px / 2, b.cx - b.size_px / 2)
    height = min(a.cy + a.size_px / 2, b.cy + b.size_px / 2) - max(a.cy - a.size_px / 2, b.cy - b.size_px / 2)
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (a.size_px**2 + b.size_px**2 - shared)


def _upright(dx: float, dy: float) -> float:
    """The turn that makes the direction (dx, dy) point up."""
    return normalize_angle(math.pi / 2 + math.atan2(dy, dx))


def _grown(cx: float, cy: float, width: float, height: float, angle: float, shift: float, scale: float) -> Roi:
    """A square by the long side, moved toward the fingers by a share of the height, then scaled."""
    up = shift * height
    return Roi(cx + up * math.sin(angle), cy - up * math.cos(angle), max(width, height) * scale, angle)
