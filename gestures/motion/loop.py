"""Circles: a point that goes round, whichever point of the hand draws it.

The path is followed in steps of equal length, so that jitter does not turn it; a round is a full turn of its
direction, checked for being round.
"""

from __future__ import annotations

import itertools
import math

from handplay.gestures.motion.attempts import PALMS, SECONDS, SHARE, SILENT, SPEED, TURN, Judge
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.trail import Found, Trail

_BOTH = ("circle_cw", "circle_ccw")
_ROUND = {"circle_cw": "goes round clockwise", "circle_ccw": "goes round counter-clockwise"}
_NEAR_S = 0.2
"""So long before the first step of a round the hand may have left its place."""
_SLOW_S = 0.05
"""Between two pictures; a slower camera sees the first steps when they have been made, and a round with few corners."""
_STEPS = 2
"""As many of them at most."""


class Loop:
    """The path of one point of one hand."""

    __slots__ = ("_after_s", "_heading", "_judge", "_rows", "_settings")

    def __init__(self, settings: MotionSettings, judge: Judge = SILENT) -> None:
        self._settings, self._judge = settings, judge
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
        word = "circle_cw" if total > rows[0][3] else "circle_ccw"
        self._judge.begin(_BOTH, time_s)
        self._judge.only(word)
        if not self._judge.least(_ROUND[word], max(abs(total - rows[0][3]), abs(total)), s.loop_turn_rad, TURN):
            return None
        at = len(rows) - 1
        while at > 0 and abs(total - rows[at][3]) < s.loop_turn_rad:
            at -= 1
        if abs(total - rows[at][3]) < s.loop_turn_rad:
            return None
        word = "circle_cw" if total > rows[at][3] else "circle_ccw"
        self._judge.only(word)
        found = self._round(at, unit)
        if found is None or not self._is_meant(trail, found.start_s):
            return None
        self._after_s = time_s
        self.reset()
        return word, found

    def _is_meant(self, trail: Trail, start_s: float) -> bool:
        """Whether a straight index finger draws it, and the hand was at rest just before or goes round again."""
        s, judge, first = self._settings, self._judge, trail.since(start_s)
        drawn = trail.straight[first:]
        straight = sum(bits & 1 for bits in drawn)
        units = [one.unit for one in trail.samples[first:]]
        ok = judge.least("index finger straight", straight / len(drawn) if drawn else 1.0, s.pose_share, SHARE)
        ok &= judge.most("hand keeps its distance", max(units) / min(units) - 1.0, s.loop_growth, SHARE)
        slow = len(drawn) > 1 and trail.t[-1] - start_s > _SLOW_S * (len(drawn) - 1)
        begins_s = [row[0] for row in self._rows[1:] if row[0] <= start_s][-_STEPS if slow else -1 :]
        rested = start_s - self._after_s <= s.loop_pause_s or any(
            trail.rested(at, s.loop_step if slow else 0.0)
            for begin_s in begins_s
            for at in range(trail.since(begin_s - _NEAR_S), trail.since(begin_s))
        )
        return ok & judge.true("from rest", rested, "hold the hand still before it sets out")

    def _round(self, first: int, unit: float) -> Found | None:
        s = self._settings
        rows = self._rows[max(0, first - 1) :]
        lasted_s = rows[-1][0] - rows[0][0]
        if not self._judge.between("time of a round", lasted_s, s.loop_s, SECONDS) or len(rows) < 6:
            return None
        count = len(rows)
        points = [(row[1], row[2]) for row in rows]
        cx, cy = _centre(points)
        radii = [math.hypot(row[1] - cx, row[2] - cy) for row in rows]
        mean = sum(radii) / count
        uneven = math.sqrt(sum((radius - mean) ** 2 for radius in radii) / count) / mean
        # Width over length, along whichever axis it is long.
        xx = sum((row[1] - cx) ** 2 for row in rows) / count
        yy = sum((row[2] - cy) ** 2 for row in rows) / count
        xy = sum((row[1] - cx) * (row[2] - cy) for row in rows) / count
        half, apart = (xx + yy) / 2, math.hypot((xx - yy) / 2, xy)
        sign = 1.0 if rows[-1][3] > rows[0][3] else -1.0
        back = sum(max(0.0, -sign * (b[3] - a[3])) for a, b in itertools.pairwise(rows))
        closed = min(_off(points[-1], *points[:2]), _off(points[0], *points[-2:]))
        speed = 2 * math.pi * mean / unit / lasted_s
        longest = max(b[0] - a[0] for a, b in itertools.pairwise(rows))
        judge = self._judge
        judge.start(rows[1][0])
        ok = judge.between("size, its radius", mean / unit, s.loop_radius, PALMS)
        ok &= judge.most("radius even", uneven, s.loop_uneven, f"{SHARE} off")
        ok &= judge.least("as wide as long", math.sqrt(max(0.0, half - apart) / (half + apart)), s.loop_flat, SHARE)
        ok &= judge.most("without turning back", back, s.loop_back_rad, TURN)
        ok &= judge.most("ends where it began", closed / mean, s.loop_open, "of its radius")
        # Every quarter of the time must get somewhere: a stop in between is two movements.
        ok &= judge.most("without a stop", longest / lasted_s, 0.4, f"{SHARE} of the time")
        ok &= judge.least("fast enough", speed, s.loop_speed, SPEED)
        if not ok:
            return None
        return Found(rows[1][0], speed, max(0.0, 1.0 - uneven))


def _centre(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Of the circle that fits best: the squares of the distances from it differ least (Kasa 1976).

    A fast round has few points, unevenly spread, whose mean lies aside.
    """
    count = len(points)
    mx, my = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    xx = yy = xy = xz = yz = 0.0
    for x, y in points:
        dx, dy = x - mx, y - my
        z = dx * dx + dy * dy
        xx, yy, xy, xz, yz = xx + dx * dx, yy + dy * dy, xy + dx * dy, xz + dx * z, yz + dy * z
    det = 2 * (xx * yy - xy * xy)
    if det <= 1e-6 * (xx + yy) ** 2:  # a line
        return mx, my
    return mx + (xz * yy - yz * xy) / det, my + (yz * xx - xz * xy) / det


def _off(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance of a point from a stretch of the path: between two pictures a hand goes on."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    along = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy or 1.0)
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - a[0] - along * dx, point[1] - a[1] - along * dy)
