"""A line of varying width as simple polygons and round joints, ready to be filled one by one.

Polygons are filled by the even-odd rule, so none may cover itself: the line is cut where it turns sharply, where it is
wider than its curve is round, and before it comes about. A disc closes each cut, and each end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SHARP = 0.7
"""Turn at one point that makes a joint, radians."""

_ABOUT = 2.2
"""Turn within one polygon, radians; below pi, so that it cannot meet itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Ribbon:
    """Polygons and discs whose union is the line, for any width beyond the one it was cut for.

    Attributes:
        centre: float32 (M, 2), points of the line; a joint stands twice.
        normal: float32 (M, 2), unit vectors to the side.
        half: float32 (M, 1), what the width was cut for.
        cuts: rising, from 0 to M: polygon k has the points cuts[k]..cuts[k + 1] of both edges.
        discs: indices of the points at which there are discs.
    """

    centre: NDArray[np.float32]
    normal: NDArray[np.float32]
    half: NDArray[np.float32]
    cuts: tuple[int, ...]
    discs: NDArray[np.intp]


def ribbon(points: NDArray[np.float64], half: NDArray[np.float64], least: float) -> Ribbon:
    """The ribbon along a polyline.

    Args:
        points: (M, 2), M >= 1.
        half: (M,), half the width at each point.
        least: points nearer than this to the one before are passed over.
    """
    step = points[1:] - points[:-1]
    length = np.hypot(step[:, 0], step[:, 1])
    keep = length > least
    if not keep.all():
        kept = np.concatenate([[True], keep])
        # The end stays where it is.
        if len(points) > 2 and not kept[-1]:
            kept[np.flatnonzero(kept)[-1]] = len(np.flatnonzero(kept)) == 1
            kept[-1] = True
        points, half = points[kept], half[kept]
        step = points[1:] - points[:-1]
        length = np.hypot(step[:, 0], step[:, 1])
    if len(points) < 2 or length.max() <= 0:
        dot = np.array([0], np.intp)
        return _ribbon(points[:1], np.zeros((1, 2)), half[:1], (0,), dot)
    way = step / np.maximum(length, 1e-12)[:, None]
    side = np.empty_like(way)
    side[:, 0], side[:, 1] = -way[:, 1], way[:, 0]
    cross = (way[:-1] * side[1:]).sum(axis=1)
    turned = np.abs(np.arctan2(cross, (way[:-1] * way[1:]).sum(axis=1)))
    tight = (turned * half[1:-1] > 0.8 * np.minimum(length[:-1], length[1:])) & (turned > 0.05)
    trips = (np.cumsum(turned) * (1 / _ABOUT)).astype(np.intp)
    joint = (turned > _SHARP) | tight
    joint[1:] |= trips[1:] > trips[:-1]
    # At a joint both neighbours end square; elsewhere the edges meet on the middle of the two directions.
    mean = side[:-1] + side[1:]
    mean /= np.maximum(np.hypot(mean[:, 0], mean[:, 1]), 1e-12)[:, None]
    joints = np.flatnonzero(joint) + 1
    normals = np.concatenate([side[:1], mean, side[-1:]])
    normals[joints] = side[joints - 1]
    count = len(points)
    order = np.sort(np.concatenate([np.arange(count), joints]))
    normals = normals[order]
    first = joints + np.arange(len(joints))
    normals[first + 1] = side[joints]
    cuts = (0, *(first + 1).tolist(), len(order))
    discs = np.concatenate([[0], first, [len(order) - 1]])
    return _ribbon(points[order], normals, half[order], cuts, discs)


def _ribbon(
    centre: NDArray[np.float64],
    normal: NDArray[np.float64],
    half: NDArray[np.float64],
    cuts: tuple[int, ...],
    discs: NDArray[np.intp],
) -> Ribbon:
    f = np.float32
    return Ribbon(centre.astype(f), normal.astype(f), half.astype(f)[:, None], cuts, discs)
