"""Numbers of a hand's shape that can be compared: the same wherever it is, how large, which side, and how it is turned.

The hand is mirrored to a right one, measured in palm units from the wrist, and turned in the picture until its palm
points up. Where up was before is kept as two numbers of its own, so that a raised and a lowered thumb stay apart while
a hand that leans by 30 degrees stays near.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import LANDMARK_COUNT

FEATURES = 3 * (LANDMARK_COUNT - 1) + 2
"""x y z of all landmarks but the wrist, then the direction of the palm, x right and y down."""
_LANDMARK_WEIGHT = np.float32((LANDMARK_COUNT - 1) ** -0.5)
"""Distances become the root mean square over the landmarks, in palm units."""
_ARMS = np.array([5, 9, 17])
"""The palm unit: mean distance of these from the wrist, as in `measures`."""

DEPTH_WEIGHT = 0.7
"""The model's z wavers more than x and y."""
UP_WEIGHT = 1.0
"""Of the two numbers of the direction, as much as one landmark of the twenty."""


def features(points: Float32, mirror: bool | NDArray[np.bool_] = False) -> Float32:
    """Features of hands.

    Args:
        points: (N, 21, 3) or (21, 3), x right, y down, any uniform scale; z may be 0 throughout.
        mirror: True turns left to right, for hands that are not right ones; one for all or (N,).

    Returns:
        float32 (N, 62), or (62,) for one hand; NaN for points that are no hand (not finite, or no palm).
    """
    with np.errstate(all="ignore"):  # what is no hand becomes NaN
        rows = _rows(points, mirror)
    rows[~np.isfinite(rows).all(axis=1)] = np.nan
    return rows[0] if np.ndim(points) == 2 else rows


def _rows(points: Float32, mirror: bool | NDArray[np.bool_]) -> Float32:
    hands = np.array(points, np.float32).reshape(-1, LANDMARK_COUNT, 3)
    shape = hands[:, 1:] - hands[:, :1]
    shape[:, :, 0] *= np.where(mirror, np.float32(-1), np.float32(1)).reshape(-1, 1)
    arms = shape[:, _ARMS - 1]
    unit = np.sqrt(np.einsum("nax,nax->na", arms, arms)).sum(axis=1) / np.float32(3)
    ahead = arms[:, 0, :2] + arms[:, 2, :2]
    flat = np.sqrt(np.einsum("nx,nx->n", ahead, ahead))
    up = ahead / np.maximum(flat, np.float32(1e-3) * unit)[:, None]
    shape /= unit[:, None, None]
    turned = np.empty_like(shape)
    along_x, along_y = up[:, :1], up[:, 1:]
    turned[:, :, 0] = -along_y * shape[:, :, 0] + along_x * shape[:, :, 1]
    turned[:, :, 1] = -along_x * shape[:, :, 0] - along_y * shape[:, :, 1]
    turned[:, :, 2] = shape[:, :, 2] * np.float32(DEPTH_WEIGHT)
    turned *= _LANDMARK_WEIGHT
    rows = np.empty((len(hands), FEATURES), np.float32)
    rows[:, :-2] = turned.reshape(len(hands), FEATURES - 2)
    rows[:, -2:] = up * (np.float32(UP_WEIGHT) * _LANDMARK_WEIGHT)
    return rows


def is_flat(points: Float32) -> bool:
    """True for points without depth (all z equal): a table made in the plane of the picture."""
    depth = np.asarray(points)[..., 2]
    return not np.ptp(depth) > 0


def flattened(points: Float32) -> Float32:
    """The same points with z 0, a copy."""
    flat = np.array(points, np.float32)
    flat[..., 2] = 0.0
    return flat
