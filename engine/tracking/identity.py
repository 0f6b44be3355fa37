"""Who is who: hands seen twice, and hands that come back."""

from __future__ import annotations

import math

import numpy as np

from handplay.engine.coordinates import Roi
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.motion import HandMotion
from handplay.engine.tracking.settings import IdentitySettings
from handplay.engine.tracking.tracks import SideEvidence

_IMPOSSIBLE = 1e6


def same_hand(a: Keypoints, b: Keypoints, settings: IdentitySettings) -> bool:
    """True if two looks show one hand: enough landmarks lie together (the measure of MediaPipe's Tasks graph)."""
    (ax, ay), (bx, by) = a.landmarks_px[9, :2].tolist(), b.landmarks_px[9, :2].tolist()
    if abs(ax - bx) + abs(ay - by) > max(a.roi.size_px, b.roi.size_px):
        return False
    apart = a.landmarks_px[:, :2] - b.landmarks_px[:, :2]
    near = settings.double_distance * max(_palm_side(a), _palm_side(b))
    together = np.einsum("pd,pd->p", apart, apart) < near * near
    return int(together.sum()) >= settings.double_points


def _palm_side(look: Keypoints) -> float:
    """Longest side of the triangle wrist, index MCP, little MCP; pixels."""
    (x0, y0), (x5, y5), (x17, y17) = look.landmarks_px[[0, 5, 17], :2].tolist()
    return max(math.hypot(x5 - x0, y5 - y0), math.hypot(x17 - x0, y17 - y0), math.hypot(x5 - x17, y5 - y17))


def misfit(
    motion: HandMotion, evidence: SideEvidence, look: Keypoints, carried: Roi, time_s: float, settings: IdentitySettings
) -> float:
    """How badly a look continues a hand: 0 exactly as expected, 1 at the edge of belief.

    Args:
        motion, evidence: of the hand, without this look.
        carried: the square that the look's landmarks give.
    """
    expected = motion.predict(time_s)
    unseen = time_s - motion.last_time_s
    side = max(expected.size_px, carried.size_px)
    reach = settings.gate_sides + settings.gate_growth * unseen
    distance = _from_path(motion.last, expected, carried) / (side * reach)
    size = abs(math.log(carried.size_px / expected.size_px)) / settings.gate_log_size
    return distance + settings.size_weight * size + settings.side_weight * evidence.against(look.right)


def _from_path(last: Roi, expected: Roi, carried: Roi) -> float:
    """Distance from the way between where a hand was and where it should be: it may have stopped, or come back."""
    wx, wy = expected.cx - last.cx, expected.cy - last.cy
    px, py = carried.cx - last.cx, carried.cy - last.cy
    along = wx * wx + wy * wy
    share = min(1.0, max(0.0, (px * wx + py * wy) / along)) if along > 0 else 0.0
    return math.hypot(px - share * wx, py - share * wy)


def assign(costs: list[list[float]], limit: float = 1.0) -> dict[int, int]:
    """The pairing of rows and columns with the least total cost, pairs above the limit left out.

    Args:
        costs: one row a track, one column a look.

    Returns:
        Row to column.
    """
    if not costs or not costs[0]:
        return {}
    table = np.array(costs)
    if table.size == 1:
        return {0: 0} if costs[0][0] <= limit else {}
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(np.where(table <= limit, table, _IMPOSSIBLE))
    return {int(row): int(column) for row, column in zip(rows, columns, strict=True) if table[row, column] <= limit}
