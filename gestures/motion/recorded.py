"""Movements by example: a path is compared with recorded ones, whatever its size and tempo.

Both are cut into points of equal distance, moved to their middle and scaled to the same size; the cosine between them
at the best turn is the score (Wobbrock's $1 recognizer, Li's Protractor in closed form). A stream has no beginning
and end, so a path is looked for between two pauses, and while the hand goes on, in windows as long as the samples.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from handplay.gestures.kinds import Motion, Path
from handplay.gestures.motion.attempts import PALMS, SECONDS, SHARE, SILENT, Judge
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.trail import Found, Trail

POINTS = 32
_WINDOWS_S = (0.6, 0.9, 1.3, 1.8)
_EVERY_S = 0.1
Fits = Callable[[int, float], bool]
"""Number of a recorded motion and when it began, to whether the right hand made it in the right pose."""
_RICH_RAD = 2.6
"""A path that turns this much is told apart without pauses; a straight one is part of too many others."""


def resampled(points: Sequence[tuple[float, float]], count: int = POINTS) -> list[tuple[float, float]]:
    """`count` points at equal distances along a path."""
    lengths = [math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points)]
    total = sum(lengths)
    if total <= 0:
        return [points[0]] * count
    result, at, done = [points[0]], 0, 0.0
    for i in range(1, count - 1):
        wanted = total * i / (count - 1)
        while at < len(lengths) - 1 and done + lengths[at] < wanted:
            done += lengths[at]
            at += 1
        part = (wanted - done) / lengths[at] if lengths[at] > 0 else 0.0
        (ax, ay), (bx, by) = points[at], points[at + 1]
        result.append((ax + part * (bx - ax), ay + part * (by - ay)))
    result.append(points[-1])
    return result


_ALONG = np.linspace(0.0, 1.0, POINTS)


def shape_of(points: Sequence[tuple[float, float]]) -> tuple[NDArray[np.complex64], float]:
    """A path as complex numbers of norm 1, and its size (root of the mean square from its middle) before.

    Its points are those of `resampled`, taken by arrays: a hand in motion is compared ten times a second.
    """
    xs, ys = np.array(points, np.float64).T
    lengths = np.zeros(len(xs))
    np.cumsum(np.hypot(xs[1:] - xs[:-1], ys[1:] - ys[:-1]), out=lengths[1:])
    at = _ALONG * lengths[-1]
    row = np.interp(at, lengths, xs) + 1j * np.interp(at, lengths, ys)
    row -= row.mean()
    norm = math.sqrt(np.vdot(row, row).real)
    if norm <= 1e-12 or lengths[-1] <= 0:
        return np.zeros(POINTS, np.complex64), 0.0
    return (row / norm).astype(np.complex64), norm / math.sqrt(POINTS)


def turning(points: Sequence[tuple[float, float]]) -> float:
    """How much a path turns altogether, radians."""
    row = resampled(points, 12)
    headings = [math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in itertools.pairwise(row)]
    return sum(abs((b - a + math.pi) % (2 * math.pi) - math.pi) for a, b in itertools.pairwise(headings))


def heard_as(motion: Motion) -> str:
    """What a recorded motion is called by those who listen to its tests."""
    return f"samples of {motion.name}"


class PathTable:
    """The recorded paths of a library.

    Args:
        motions: those with samples.
    """

    def __init__(self, motions: Sequence[Motion], settings: MotionSettings) -> None:
        self._settings = settings
        self.names = tuple(heard_as(motion) for motion in motions)
        rows: list[NDArray[np.complex64]] = []
        sizes: list[float] = []
        owners: list[int] = []
        rich: list[bool] = []
        for number, motion in enumerate(motions):
            for path in motion.samples:
                row, size = shape_of(path)
                if size > 0:
                    rows.append(row)
                    sizes.append(size)
                    owners.append(number)
                    rich.append(turning(path) >= _RICH_RAD)
        self._rows = np.array(rows, np.complex64).reshape(-1, POINTS).conj()
        self._sizes = np.array(sizes, np.float32)
        self._owners = np.array(owners, np.intp)
        self._rich = np.array(rich, np.bool_)
        self._any_turn = np.array([motions[i].rotation == "any" for i in owners], np.bool_)
        self.any_rich = bool(self._rich.any())

    def __len__(self) -> int:
        return len(self._rows)

    def match(
        self,
        points: Path | Sequence[tuple[float, float]],
        *,
        rich_only: bool = False,
        fits: Callable[[int], bool] | None = None,
        judge: Judge = SILENT,
    ) -> tuple[int, float] | None:
        """The motion that a path shows.

        Args:
            points: palm lengths, x to the player's right, y down.
            rich_only: of a stream without pauses: simple paths are left out, and it must fit better.
            fits: whether a motion may be meant at all; one that may not takes nothing from the others.

        Returns:
            its number and the score 0..1, or None if none fits, or two fit alike.
        """
        s = self._settings
        if not len(self._rows):
            return None
        row, size = shape_of(points)
        if size <= 0:
            return None
        dots = self._rows @ row
        tilt = np.angle(dots)
        bounded = np.minimum(np.maximum(tilt, -s.match_tilt_rad), s.match_tilt_rad)
        scores = np.where(self._any_turn, np.abs(dots), np.abs(dots) * np.cos(tilt - bounded))
        ratio = size / self._sizes
        sized = (ratio < s.match_size) & (ratio > 1 / s.match_size)
        if rich_only:
            sized &= self._rich
        least = s.match_stream if rich_only else s.match_score
        alike, scores = scores, np.where(sized, scores, -1.0)
        if fits is not None:
            for owner in set(self._owners[scores >= least - s.match_margin].tolist()):
                if not fits(owner):
                    scores[self._owners == owner] = -1.0
        self._tell(judge, alike, scores, ratio, least)
        best = int(scores.argmax())
        if scores[best] < least:
            return None
        others = scores[self._owners != self._owners[best]]
        if len(others) and scores[best] - others.max() < s.match_margin:
            return None
        return int(self._owners[best]), float(scores[best])

    def _tell(
        self, judge: Judge, alike: NDArray[np.float32], scores: NDArray[np.float32], ratio: NDArray[np.float32],
        least: float,
    ) -> None:  # fmt: skip
        """The numbers of each motion, to those who listen to it."""
        for number, name in enumerate(self.names):
            if judge.of(name) is SILENT:
                continue
            own = np.flatnonzero(self._owners == number)
            if not len(own):
                continue
            s, best = self._settings, int(own[np.lexsort((alike[own], scores[own]))[-1]])
            judge.least("like a recorded path", float(alike[best]), least, f"{SHARE} alike")
            judge.between("about as large", float(ratio[best]), (1 / s.match_size, s.match_size), "x its size")
            others = scores[self._owners != number]
            lead = float(alike[best] - others.max()) if len(others) else 1.0
            judge.least("more like it than another", lead, s.match_margin, SHARE)


class Paths:
    """The paths that one point of one hand makes."""

    __slots__ = ("_after_s", "_judge", "_looked_s", "_moving_s", "_quiet_s", "_settings", "_table", "_tip")

    def __init__(self, table: PathTable, settings: MotionSettings, judge: Judge = SILENT, *, tip: bool) -> None:
        """
        Args:
            tip: True for the index fingertip, False for the palm centre.
        """
        self._table, self._settings, self._judge, self._tip = table, settings, judge, tip
        self.reset()

    def reset(self) -> None:
        """The trail was broken off."""
        self._moving_s: float | None = None
        self._quiet_s: float | None = None
        self._after_s = self._looked_s = float("-inf")

    def look(self, trail: Trail, fits: Fits | None = None) -> tuple[int, Found] | None:
        """A recorded movement that has just been made: its number in the table.

        Args:
            fits: which of them may be meant.
        """
        s, now_s = self._settings, trail.t[-1]
        if self._speed(trail) >= s.pause_speed:
            self._quiet_s = None
            if self._moving_s is None:
                self._moving_s = trail.t[-2] if len(trail.t) > 1 else now_s
            if not self._table.any_rich or now_s - self._looked_s < _EVERY_S:
                return None
            self._looked_s = now_s
            for window_s in _WINDOWS_S:
                start_s = now_s - window_s
                if start_s >= max(self._moving_s, self._after_s):
                    found = self._judged(trail, start_s, now_s, fits, rich_only=True)
                    if found is not None:
                        return found
            return None
        if self._moving_s is None:
            return None
        if self._quiet_s is None:
            self._quiet_s = now_s
        if now_s - self._quiet_s < s.pause_s - 1e-6:
            return None
        start_s, end_s = max(self._moving_s, self._after_s), self._quiet_s
        self._moving_s = self._quiet_s = None
        return self._judged(trail, start_s, end_s, fits, rich_only=False)

    def _speed(self, trail: Trail) -> float:
        if not self._tip:
            return trail.speed[-1]
        at = max(0, trail.since(trail.t[-1] - self._settings.speed_span_s) - 1)
        a, b = trail.samples[at], trail.samples[-1]
        span_s = trail.t[-1] - trail.t[at]
        return math.hypot(b.tip_x - a.tip_x, b.tip_y - a.tip_y) / (b.unit * span_s) if span_s > 0 else 0.0

    def _judged(
        self, trail: Trail, start_s: float, end_s: float, fits: Fits | None, *, rich_only: bool
    ) -> tuple[int, Found] | None:
        s, judge = self._settings, self._judge
        judge.begin(self._table.names, trail.t[-1])
        judge.start(start_s)
        if not judge.between("time of it", end_s - start_s, s.match_tempo_s, SECONDS):
            return None
        rows = trail.samples[trail.since(start_s) : trail.since(end_s + 1e-9)]
        if len(rows) < 4:
            return None
        unit = sum(row.unit for row in rows) / len(rows)
        points = [(row.tip_x / unit, row.tip_y / unit) if self._tip else (row.x / unit, row.y / unit) for row in rows]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if not judge.least("far enough", math.hypot(max(xs) - min(xs), max(ys) - min(ys)), s.match_way, PALMS):
            return None
        meant = None if fits is None else lambda number: fits(number, start_s)
        match = self._table.match(points, rich_only=rich_only, fits=meant, judge=judge)
        if match is None:
            return None
        self._after_s = end_s
        length = sum(math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points))
        return match[0], Found(start_s, length / (end_s - start_s), match[1])
