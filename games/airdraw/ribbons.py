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
    """Polygons and discs whose union is the line.

    Attributes:
        left, right: float64 (M, 2), the two edges.
        cuts: (C,), rising, from 0 to M: polygon k has the points cuts[k]..cuts[k + 1] of both edges.
        discs: (D, 3), x, y, radius.
    """

    left: NDArray[np.float64]
    right: NDArray[np.float64]
    cuts: NDArray[np.intp]
    discs: NDArray[np.float64]

    def polygon(self, k: int) -> NDArray[np.float64]:
        """One polygon, (P, 2)."""
        part = slice(self.cuts[k], self.cuts[k + 1])
        return np.concatenate([self.left[part], self.right[part][::-1]])


def ribbon(points: NDArray[np.float64], half: NDArray[np.float64], least: float) -> Ribbon:
    """The ribbon along a polyline.

    Args:
        points: (M, 2), M >= 1.
        half: (M,), half the width at each point.
        least: points nearer than this to the one before are passed over.
    """
    gap = np.hypot(*np.diff(points, axis=0).T)
    keep = np.concatenate([[True], gap > least])
    if not keep.all():
        points, half = points[keep], half[keep]
    if len(points) < 2:
        none = np.zeros((0, 2))
        return Ribbon(none, none, np.zeros(1, np.intp), np.array([[*points[0], half.max()]]))
    step = np.diff(points, axis=0)
    length = np.maximum(np.hypot(*step.T), 1e-12)
    way = step / length[:, None]
    cross = way[:-1, 0] * way[1:, 1] - way[:-1, 1] * way[1:, 0]
    turn = np.arctan2(cross, (way[:-1] * way[1:]).sum(axis=1))
    turned = np.abs(turn)
    tight = turned * half[1:-1] > 0.8 * np.minimum(length[:-1], length[1:])
    round_trip = np.floor(np.cumsum(turned) / _ABOUT)
    about = np.diff(round_trip, prepend=0.0) > 0
    joint = (turned > _SHARP) | (tight & (turned > 0.05)) | about
    side = np.column_stack([-way[:, 1], way[:, 0]])
    # At a joint both neighbours end square; elsewhere the edges meet on the middle of the two directions.
    mean = side[:-1] + side[1:]
    mean /= np.maximum(np.hypot(*mean.T), 1e-12)[:, None]
    inner_in = np.where(joint[:, None], side[:-1], mean)
    inner_out = np.where(joint[:, None], side[1:], mean)
    arriving = np.concatenate([inner_in, side[-1:]])
    leaving = np.concatenate([side[:1], inner_out])
    where = np.flatnonzero(joint) + 1
    return _assembled(points, half, arriving, leaving, where)


def _assembled(
    points: NDArray[np.float64],
    half: NDArray[np.float64],
    arriving: NDArray[np.float64],
    leaving: NDArray[np.float64],
    joints: NDArray[np.intp],
) -> Ribbon:
    """Edges in which each joint stands twice: as the end of one polygon and the start of the next."""
    count = len(points)
    order = np.insert(np.arange(count), joints, joints)
    first = joints + np.arange(len(joints))
    normals = np.concatenate([leaving[:1], arriving])[order]
    normals[first + 1] = leaving[joints]
    offset = normals * half[order][:, None]
    centre = points[order]
    cuts = np.concatenate([[0], first + 1, [len(order)]]).astype(np.intp)
    at = np.concatenate([[0], joints, [count - 1]])
    discs = np.column_stack([points[at], half[at]])
    return Ribbon(centre + offset, centre - offset, cuts, discs)
