"""What one hand looks like, so that it can be told from another after the two have met.

Finger shape, size, and two tones: the palm's, and that of what follows the wrist (a sleeve, or a bare arm). None of it
is reliable over minutes; over the second of a meeting it is, unless the two hands are twins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.sources.base import Image
from handplay.engine.tracking.keypoints import Keypoints

_ENDS = np.array([0, 4, 8, 12, 16, 20, 5, 17])
"""Wrist, fingertips, and the two MCPs that span the palm: their distances tell which fingers are stretched."""
_FIRST, _SECOND = np.triu_indices(len(_ENDS), 1)
_SQUARE_PALMS = 2.8
_ALONG = np.repeat(np.linspace(0.3, 1.2, 7), 3)[:, None]
_ASIDE = np.tile(np.array([-0.12, 0.0, 0.12]), 7)[:, None]
"""Where the arm is looked at, palm lengths beyond the wrist and to the sides of it."""

SHAPE_SCALE, SIZE_SCALE, PALM_SCALE, ARM_SCALE = 0.2, 0.25, 12.0, 20.0
"""A difference of so much is a whole one; below it counts by its square. Read off 12,000 looks at lone demo hands
and 1,000 at hands that met: shape 0.04 from itself and 0.4 from another, size (natural logarithm) 0.02 and
0.14, palm (CIE Lab) 2 and 11, arm 1 and 53."""
SHAPE_WORTH, SIZE_WORTH, PALM_WORTH, ARM_WORTH = 3.0, 1.0, 1.0, 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """How a hand looks.

    Attributes:
        shape: distances between wrist, knuckles and fingertips, palm lengths, float32 (28,).
        log_size: logarithm of the side of its square.
        palm, arm: CIE Lab tones, None where the picture does not show them.
    """

    shape: Float32
    log_size: float
    palm: tuple[float, ...] | None
    arm: tuple[float, ...] | None

    def mixed(self, other: Likeness, share: float) -> Likeness:
        """This likeness, moved toward another by a share."""
        return Likeness(
            self.shape + np.float32(share) * (other.shape - self.shape),
            self.log_size + share * (other.log_size - self.log_size),
            _mixed(self.palm, other.palm, share),
            _mixed(self.arm, other.arm, share),
        )


def likeness_of(image: Image, look: Keypoints) -> Likeness:
    """What a look shows.

    Args:
        image: uint8 (height, width, 3), BGR, the picture of the look.
    """
    ends = look.world_m[_ENDS]
    apart = ends[_FIRST] - ends[_SECOND]
    palm_m = float(np.linalg.norm(look.world_m[9] - look.world_m[0])) or 1e-6
    shape: Float32 = np.sqrt(np.einsum("bx,bx->b", apart, apart)) / np.float32(palm_m)
    points = look.landmarks_px[:, :2]
    wrist, knuckles = points[0], points[[5, 9, 13, 17]].mean(axis=0)
    down = wrist - knuckles
    down = down * (look.roi.size_px / _SQUARE_PALMS / (math.hypot(*down.tolist()) or 1e-6))
    across = np.array([-down[1], down[0]], np.float32)
    palm = np.stack([(wrist + knuckles) / 2, knuckles, *(0.5 * (points[[0, 5, 17]] + knuckles))])
    arm = wrist + _ALONG * down + _ASIDE * across
    return Likeness(shape, math.log(max(look.roi.size_px, 1e-6)), _tone(image, palm), _tone(image, arm))


def shape_change(a: Likeness, b: Likeness) -> float:
    """How differently the fingers are held: root mean square of the distances' differences, palm lengths."""
    apart = a.shape - b.shape
    return math.sqrt(float(apart @ apart) / len(apart))


def unlike(a: Likeness | None, b: Likeness | None) -> float:
    """How little two looks resemble each other: 0 the same, up to 8; 0 if one is unknown."""
    if a is None or b is None:
        return 0.0
    return (
        SHAPE_WORTH * _part(shape_change(a, b), SHAPE_SCALE)
        + SIZE_WORTH * _part(a.log_size - b.log_size, SIZE_SCALE)
        + PALM_WORTH * _part(_apart(a.palm, b.palm), PALM_SCALE)
        + ARM_WORTH * _part(_apart(a.arm, b.arm), ARM_SCALE)
    )


def _part(difference: float, scale: float) -> float:
    return min(1.0, (difference / scale) ** 2)


def _apart(a: tuple[float, ...] | None, b: tuple[float, ...] | None) -> float:
    return 0.0 if a is None or b is None else math.dist(a, b)


def _mixed(a: tuple[float, ...] | None, b: tuple[float, ...] | None, share: float) -> tuple[float, ...] | None:
    if a is None or b is None:
        return a or b
    return tuple(x + share * (y - x) for x, y in zip(a, b, strict=True))


def _tone(image: Image, points: Float32) -> tuple[float, ...] | None:
    """Median of the picture at some points, CIE Lab; None if most lie outside."""
    height, width = image.shape[:2]
    x, y = points[:, 0].astype(np.intp), points[:, 1].astype(np.intp)
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    count = int(inside.sum())
    if count < 3:
        return None
    middle = np.sort(image[y[inside], x[inside]], axis=0)[count // 2]
    lab = cv2.cvtColor((middle / np.float32(255)).astype(np.float32).reshape(1, 1, 3), cv2.COLOR_BGR2LAB)
    return tuple(lab[0, 0].tolist())
