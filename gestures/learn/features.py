"""Numbers of a hand's shape that can be compared: the same wherever it is, how large, which side, and how it is turned.

The hand is mirrored to a right one, measured in palm units from the wrist, and turned in the picture until its palm
points up. Where up was before is kept as two numbers of its own, so that a raised and a lowered thumb stay apart while
a hand that leans by 30 degrees stays near.
"""

from __future__ import annotations

import math

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
_PALM = np.array([0, 5, 9, 17])

_LEAST_FLAT = 1e-3
"""A palm seen end on has no direction in the picture: its length there counts as this share of the unit at least."""

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
    if np.ndim(points) == 2:
        return _row(np.asarray(points, np.float32), bool(mirror))
    with np.errstate(all="ignore"):  # what is no hand becomes NaN
        rows = _rows(points, mirror)
    rows[~np.isfinite(rows).all(axis=1)] = np.nan
    return rows


def _rows(points: Float32, mirror: bool | NDArray[np.bool_]) -> Float32:
    hands = np.array(points, np.float32).reshape(-1, LANDMARK_COUNT, 3)
    shape = hands[:, 1:] - hands[:, :1]
    shape[:, :, 0] *= np.where(mirror, np.float32(-1), np.float32(1)).reshape(-1, 1)
    arms = shape[:, _ARMS - 1]
    unit = np.sqrt(np.einsum("nax,nax->na", arms, arms)).sum(axis=1) / np.float32(3)
    ahead = arms[:, 0, :2] + arms[:, 2, :2]
    flat = np.sqrt(np.einsum("nx,nx->n", ahead, ahead))
    up = ahead / np.maximum(flat, np.float32(_LEAST_FLAT) * unit)[:, None]
    turn = np.zeros((len(hands), 3, 3), np.float32)
    turn[:, 0, 0] = turn[:, 1, 1] = -up[:, 1]
    turn[:, 1, 0], turn[:, 0, 1] = up[:, 0], -up[:, 0]
    turn[:, 2, 2] = DEPTH_WEIGHT
    rows = np.empty((len(hands), FEATURES), np.float32)
    turned = np.matmul(shape, turn * (_LANDMARK_WEIGHT / unit)[:, None, None])
    rows[:, :-2] = turned.reshape(len(hands), FEATURES - 2)
    rows[:, -2:] = up * (np.float32(UP_WEIGHT) * _LANDMARK_WEIGHT)
    return rows


def _row(points: Float32, mirror: bool) -> Float32:
    """The same of one hand. In plain floats: this is done for every hand in every frame."""
    (x0, y0, z0), (x5, y5, z5), (x9, y9, z9), (x17, y17, z17) = points.take(_PALM, axis=0).tolist()
    side = -1.0 if mirror else 1.0
    unit = (math.dist((x5, y5, z5), (x0, y0, z0)) + math.dist((x9, y9, z9), (x0, y0, z0))
            + math.dist((x17, y17, z17), (x0, y0, z0))) / 3  # fmt: skip
    ahead_x, ahead_y = side * (x5 + x17 - 2 * x0), y5 + y17 - 2 * y0
    flat = max(math.hypot(ahead_x, ahead_y), _LEAST_FLAT * unit)
    if not (0 < flat < math.inf and unit < math.inf):  # NaN too
        return np.full(FEATURES, np.nan, np.float32)
    up_x, up_y = ahead_x / flat, ahead_y / flat
    size = float(_LANDMARK_WEIGHT) / unit
    across, along = up_x * size, -up_y * size
    turn = np.array([[along * side, -across * side, 0], [across, along, 0], [0, 0, DEPTH_WEIGHT * size]], np.float32)
    row = np.empty(FEATURES, np.float32)
    np.dot(points[1:] - points[0], turn, out=row[:-2].reshape(-1, 3))
    row[-2] = up_x * UP_WEIGHT * float(_LANDMARK_WEIGHT)
    row[-1] = up_y * UP_WEIGHT * float(_LANDMARK_WEIGHT)
    if not math.isfinite(float(np.add.reduce(row))):
        row[:] = np.nan
    return row


def is_flat(points: Float32) -> bool:
    """True for points without depth (all z equal): a table made in the plane of the picture."""
    depth: list[float] = np.asarray(points)[..., 2].ravel().tolist()
    return not max(depth) - min(depth) > 0


def flattened(points: Float32) -> Float32:
    """The same points with z 0, a copy."""
    flat = np.array(points, np.float32)
    flat[..., 2] = 0.0
    return flat
