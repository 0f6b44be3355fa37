"""Waving: the fingers go from side to side and back, several times."""

from __future__ import annotations

import itertools

from handplay.gestures.motion.attempts import PALMS, SECONDS, SHARE, SILENT, SPEED, Judge
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.trail import Found, Trail


class Waves:
    """The swings of one hand's middle fingertip."""

    __slots__ = ("_ends", "_far", "_judge", "_settings", "_side")

    def __init__(self, settings: MotionSettings, judge: Judge = SILENT) -> None:
        self._settings, self._judge = settings, judge
        self.reset()

    def reset(self) -> None:
        """Begins anew."""
        self._ends: list[tuple[float, float]] = []
        """Where it turned back: time, place across in pixels."""
        self._far: tuple[float, float] | None = None
        self._side = 0

    def look(self, trail: Trail) -> Found | None:
        """A wave, with the swing that makes it one."""
        s, now_s = self._settings, trail.t[-1]
        now = trail.samples[-1]
        x, unit = now.middle_x, now.unit
        if self._far is None:
            self._far = (now_s, x)
            return None
        if now_s - self._far[0] > s.wave_swing_s:
            self.reset()
            return None
        ahead = x - self._far[1]
        if self._side == 0:
            if abs(ahead) > 0.3 * s.wave_swing * unit:
                self._side = 1 if ahead > 0 else -1
                self._ends = [self._far]
                self._far = (now_s, x)
            return None
        if ahead * self._side > 0:
            self._far = (now_s, x)
            return None
        if abs(ahead) < 0.5 * s.wave_swing * unit:
            return None
        # It has turned back: one swing is whole.
        self._ends.append(self._far)
        self._far, self._side = (now_s, x), -self._side
        self._ends = self._ends[-(s.wave_swings + 1) :]
        return self._judged(trail, unit)

    def _judged(self, trail: Trail, unit: float) -> Found | None:
        s, ends = self._settings, self._ends
        swings = [abs(b[1] - a[1]) / unit for a, b in itertools.pairwise(ends)]
        times = [b[0] - a[0] for a, b in itertools.pairwise(ends)]
        judge = self._judge
        judge.begin(("wave",), trail.t[-1])
        if not judge.least("swings from side to side", len(swings), s.wave_swings, "swings"):
            return None
        judge.start(ends[0][0])
        first = trail.since(ends[0][0])
        ys = [row.y for row in trail.samples[first:]]
        speed = sum(swings) / sum(times)
        ok = judge.least("wide enough, the smallest swing", min(swings), s.wave_swing, PALMS)
        ok &= judge.most("not too wide, the largest swing", max(swings), s.wave_most, PALMS)
        ok &= judge.most("swings alike, largest over smallest", max(swings), s.wave_even * min(swings), PALMS)
        ok &= judge.most("quick enough, the slowest swing", max(times), s.wave_swing_s, SECONDS)
        ok &= judge.most("level, up and down of it", (max(ys) - min(ys)) / (max(swings) * unit), s.wave_level, SHARE)
        ok &= judge.least("fast enough", speed, s.wave_speed, SPEED)
        if not ok:
            return None
        start_s = ends[0][0]
        self.reset()
        return Found(start_s, speed, min(1.0, min(swings) / max(swings) + 0.2))
