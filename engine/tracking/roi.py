"""Where the keypoint model looks: the rotated square from a palm, and from landmarks for the next frame."""

from __future__ import annotations

import math

import numpy as np

from handplay.engine.coordinates import Float32, Roi, normalize_angle
from handplay.engine.hands import INDEX_MCP, MIDDLE_MCP, RING_MCP, WRIST, Palm
from handplay.engine.tracking.settings import RoiSettings

_STEADY = np.array([0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18])
"""Wrist, thumb up to its IP, MCPs and PIPs: the points that bound the square (hand_landmarks_to_rect_calculator)."""

_AXIS = np.array([WRIST, INDEX_MCP, MIDDLE_MCP, RING_MCP])
"""The points that say which way is up."""


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
    (wx, wy), (ix, iy), (mx, my), (rx, ry) = landmarks_px[_AXIS, :2].tolist()
    angle = _upright(((ix + rx) / 2 + mx) / 2 - wx, ((iy + ry) / 2 + my) / 2 - wy)
    c, s = math.cos(angle), math.sin(angle)
    upright = landmarks_px[_STEADY, :2].astype(np.float64) @ np.array([[c, -s], [s, c]])
    left, top = upright.min(axis=0).tolist()
    right, bottom = upright.max(axis=0).tolist()
    x, y = (left + right) / 2, (top + bottom) / 2
    return _grown(
        x * c - y * s, x * s + y * c, right - left, bottom - top, angle, settings.hand_shift, settings.hand_scale
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
