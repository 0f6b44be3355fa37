"""Cuts a model's input square out of the picture, and maps points back.

Pixel k of an n-pixel crop shows the point k / n of the square, without a half-pixel shift: the models were trained so.
"""

from __future__ import annotations

import functools
import math

import cv2
import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.sources.base import Image


def crop_to_image(roi: Roi, size_px: int) -> NDArray[np.float64]:
    """The affine map from crop pixels to image pixels, float64 (2, 3)."""
    scale = roi.size_px / size_px
    c, s = math.cos(roi.angle_rad) * scale, math.sin(roi.angle_rad) * scale
    half = size_px / 2
    return np.array([[c, -s, roi.cx - (c - s) * half], [s, c, roi.cy - (s + c) * half]])


def cut(image: Image, roi: Roi, size_px: int, *, exact: bool = False, border_black: bool = False) -> Image:
    """The square as the network wants it.

    Args:
        image: uint8 (height, width, 3), BGR.
        roi: the square; may reach beyond the picture.
        size_px: side of the result.
        exact: sample as MediaPipe does, to the bit (its perspective warp; a little slower).
        border_black: outside the picture is black; otherwise the border is repeated.

    Returns:
        uint8 (size_px, size_px, 3), RGB.
    """
    to_image = crop_to_image(roi, size_px)
    border = cv2.BORDER_CONSTANT if border_black else cv2.BORDER_REPLICATE
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    if exact:
        square = np.vstack([to_image, (0.0, 0.0, 1.0)])
        crop = cv2.warpPerspective(image, square, (size_px, size_px), flags=flags, borderMode=border)
    else:
        crop = cv2.warpAffine(image, to_image, (size_px, size_px), flags=flags, borderMode=border)
    return cv2.cvtColor(crop, cv2.COLOR_BGR2RGB, dst=crop)  # type: ignore[return-value]  # stubs do not know uint8 stays


def to_image_points(points: Float32, roi: Roi, size_px: int) -> Float32:
    """Crop pixels (..., 2) to image pixels, float32 of the same shape."""
    to_image = crop_to_image(roi, size_px)
    mapped: Float32 = (points @ to_image[:, :2].T + to_image[:, 2]).astype(np.float32)
    return mapped


def letterbox(width: int, height: int) -> Roi:
    """The square around a whole picture, centred."""
    return Roi(width / 2, height / 2, float(max(width, height)), 0.0)


DARK_LEVEL, LIFTED_LEVEL, LEAST_GAMMA = 100.0, 150.0, 0.4
"""A crop whose mean is below the first is dark; lifting aims at the second, by a gamma of no less than the third."""


def lifted(crop: Image, gamma: float) -> Image:
    """The crop with its shadows raised: uint8 of the same shape, every level to the power of gamma."""
    return cv2.LUT(crop, _curve(gamma), dst=crop)  # type: ignore[return-value]  # stubs do not know uint8 stays


def lift_for(crop: Image) -> float | None:
    """The gamma that brings a dark crop to an ordinary brightness, None if it is bright enough."""
    level = float(np.mean(cv2.mean(crop)[:3]))
    if level >= DARK_LEVEL:
        return None
    return round(max(LEAST_GAMMA, math.log(LIFTED_LEVEL / 255) / math.log(max(level, 1.0) / 255)), 2)


@functools.lru_cache(maxsize=64)
def _curve(gamma: float) -> Image:
    curve: Image = np.rint(255 * (np.arange(256) / 255) ** gamma).astype(np.uint8)
    return curve
