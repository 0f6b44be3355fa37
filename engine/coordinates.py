"""Every frame of reference, in one place.

image   pixels of the source frame, x right, y down, the source as it came (never flipped by us)
crop    pixels of a model's input square; `Roi` says where that square lies in the image
view    what a player sees: x and y in 0..1 of the frame, mirrored, so that moving right moves right on screen.
        A source that is a selfie view already (`mirrored=True`) is not flipped again.
world   metres, origin at the hand's centre, x right and y down as in the image, z away from the camera

Depth: `landmarks_px` z is in the image's pixels by MediaPipe's published scale (model z x side / 224 / 0.4),
zero at the wrist and negative toward the camera.

Angles are radians, measured from +x toward +y (clockwise on screen, since y points down).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Roi:
    """A rotated square in the image: the region of interest that a crop is cut from.

    Attributes:
        cx, cy: centre, image pixels.
        size_px: side length, image pixels.
        angle_rad: rotation of the square; 0 means that the crop's up is the image's up.
    """

    cx: float
    cy: float
    size_px: float
    angle_rad: float

    def corners(self) -> Float32:
        """The corners as float32 (4, 2) image pixels: top left, top right, bottom right, bottom left of the crop."""
        half = self.size_px / 2
        c, s = math.cos(self.angle_rad) * half, math.sin(self.angle_rad) * half
        x, y = self.cx, self.cy
        return np.array(
            [[x - c + s, y - s - c], [x + c + s, y + s - c], [x + c - s, y + s + c], [x - c - s, y - s + c]],
            np.float32,
        )


def view_from_image(xy: Float32, width: int, height: int, *, mirrored: bool) -> Float32:
    """Image pixels to the view.

    Args:
        xy: (..., 2 or more) image pixels; further columns are ignored.
        width, height: size of the source frame, pixels.
        mirrored: True if the source is a selfie view already.

    Returns:
        float32 (..., 2), 0..1 inside the frame.
    """
    view = np.asarray(xy, np.float32)[..., :2] / np.array([width, height], np.float32)
    if not mirrored:
        view[..., 0] = 1.0 - view[..., 0]
    return view


def normalize_angle(angle_rad: float) -> float:
    """The same angle in -pi..pi."""
    return angle_rad - 2 * math.pi * math.floor((angle_rad + math.pi) / (2 * math.pi))
