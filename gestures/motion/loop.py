"""Circles: a point that goes round, whichever point of the hand draws it.

The path is followed in steps of equal length, so that jitter does not turn it; a round is a full turn of its
direction, checked for being round.
"""

from __future__ import annotations

import itertools
import math

from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.trail import Found, Trail

_NEAR_S = 0.2
"""So long before the first step of a round the hand may have left its place."""


class Loop:
    """The path of one point of one hand."""

    __slots__ = ("_after_s", "_heading", "_rows", "_settings")

    def __init__(self, settings: MotionSettings) -> None:
        self._settings = settings
        self._after_s = float("-inf")
        """When the last round was closed: the next one goes on from there."""
        self.reset()

    def reset(self) -> None:
        """Begins a new path."""
        self._rows: list[tuple[float, float, float, float]] = []  # time, x, y, turned so far
        self._heading: float | None = None

    def look(self, trail: Trail, x: float, y: float) -> tuple[str, Found] | None:
        """Takes the point of this frame; a round that has just been closed.

        Args:
            x, y: pixels, x to the player's right.
        """
        s, rows = self._settings, self._rows
        time_s, unit = trail.t[-1], trail.samples[-1].unit
        if not rows:
            rows.append((time_s, x, y, 0.0))
            return None
        before_s, x0, y0, turned = rows[-1]
        dx, dy = x - x0, y - y0
        if dx * dx + dy * dy < (s.loop_step * unit) ** 2:
            if time_s - before_s > s.loop_pause_s:
                self.reset()
            return None
        heading = math.atan2(dy, dx)
        turn = 0.0
        if self._heading is not None:
            turn = (heading - self._heading + math.pi) % (2 * math.pi) - math.pi
            if abs(turn) > 2.4:  # straight back: a swing, not a turn
                self._rows, self._heading = [(before_s, x0, y0, 0.0), (time_s, x, y, 0.0)], heading
                return None
        self._heading = heading
        rows.append((time_s, x, y, turned + turn))
        if rows[0][0] < time_s - s.loop_s[1]:
            del rows[0]
        total = rows[-1][3]
        if abs(total - rows[0][3]) < s.loop_turn_rad and abs(total) < s.loop_turn_rad:
            return None
        at = len(rows) - 1
        while at > 0 and abs(total - rows[at][3]) < s.loop_turn_rad:
            at -= 1
        if abs(total - rows[at][3]) < s.loop_turn_rad:
            return None
        found = self._round(at, unit)
        if found is None or not self._is_meant(trail, found.start_s):
            return None
        self._after_s = time_s
        word = "circle_cw" if total > rows[at][3] else "circle_ccw"
        self.reset()
        return word, found

    def _is_meant(self, trail: Trail, start_s: float) -> bool:
        """Whether a straight index finger draws it, and the hand was at rest just before or goes round again."""
        s, first = self._settings, trail.since(start_s)
        drawn = trail.straight[first:]
        if sum(bits & 1 for bits in drawn) < s.pose_share * len(drawn):
            return False
        units = [one.unit for one in trail.samples[first:]]
        if max(units) > (1 + s.loop_growth) * min(units):
            return False
        if start_s - self._after_s <= s.loop_pause_s:
            return True
        first, last = trail.since(start_s - _NEAR_S), trail.since(start_s)
        return any(trail.rested(at) for at in range(first, last))

    def _round(self, first: int, unit: float) -> Found | None:
        s = self._settings
        rows = self._rows[max(0, first - 1) :]
        lasted_s = rows[-1][0] - rows[0][0]
        if len(rows) < 6 or not s.loop_s[0] <= lasted_s <= s.loop_s[1]:
            return None
        count = len(rows)
        cx, cy = sum(row[1] for row in rows) / count, sum(row[2] for row in rows) / count
        radii = [math.hypot(row[1] - cx, row[2] - cy) for row in rows]
        mean = sum(radii) / count
        if not s.loop_radius[0] * unit <= mean <= s.loop_radius[1] * unit:
            return None
        uneven = math.sqrt(sum((radius - mean) ** 2 for radius in radii) / count) / mean
        if uneven > s.loop_uneven:
            return None
        # Width over length, along whichever axis it is long.
        xx = sum((row[1] - cx) ** 2 for row in rows) / count
        yy = sum((row[2] - cy) ** 2 for row in rows) / count
        xy = sum((row[1] - cx) * (row[2] - cy) for row in rows) / count
        half, apart = (xx + yy) / 2, math.hypot((xx - yy) / 2, xy)
        if half - apart < (s.loop_flat**2) * (half + apart):
            return None
        sign = 1.0 if rows[-1][3] > rows[0][3] else -1.0
        back = sum(max(0.0, -sign * (b[3] - a[3])) for a, b in itertools.pairwise(rows))
        closed = math.hypot(rows[-1][1] - rows[0][1], rows[-1][2] - rows[0][2])
        if back > s.loop_back_rad or closed > s.loop_open * mean:
            return None
        # Every quarter of the time must get somewhere: a stop in between is two movements.
        speed = 2 * math.pi * mean / unit / lasted_s
        longest = max(b[0] - a[0] for a, b in itertools.pairwise(rows))
        if longest > 0.4 * lasted_s or speed < s.loop_speed:
            return None
        return Found(rows[1][0], speed, max(0.0, 1.0 - uneven))
