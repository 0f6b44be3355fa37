"""Swipes: the whole hand goes straight along one axis of the view, in one stroke from rest, and does not show its back.

A fast one is told when it slows down, so that its whole way has been seen: a hand that leaves the picture, or goes
round, has not swiped. A slow one is told when it is long and straight enough; of a hand that was found on its way,
sooner.

The way back is none. After a swipe, a movement the other way that begins within `return_s` takes the hand home.
"""

from __future__ import annotations

from handplay.gestures.motion.attempts import PALMS, SECONDS, SHARE, SILENT, SPEED, TURN, Judge
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.trail import Found, Trail

WAYS = {"left": (0, -1), "right": (0, 1), "up": (1, -1), "down": (1, 1)}
"""Path word to axis (0 across, 1 down) and sign."""
_TRIMMED = 0.06
"""Share of the way that the hand creeps before it plainly sets out."""
_WORDS = {way: word for word, way in WAYS.items()}
_ALL = tuple(WAYS)


class Strokes:
    """The swipes of one hand."""

    __slots__ = ("_after_s", "_backs", "_home", "_judge", "_settings", "_spent")

    def __init__(self, settings: MotionSettings, judge: Judge = SILENT, *, backs: bool = True) -> None:
        self._settings, self._judge, self._backs = settings, judge, backs
        self.reset()

    def reset(self) -> None:
        """The trail was broken off."""
        self._after_s = float("-inf")
        self._spent: tuple[int, int] | None = None
        """The way of the last swipe, while the hand still goes there."""
        self._home: tuple[tuple[int, int], float] | None = None
        """The way back from the last swipe, and until when it may begin."""

    def look(self, trail: Trail) -> tuple[str, Found] | None:
        """A swipe that has just been made."""
        s, t = self._settings, trail.t
        now_s = t[-1]
        recent = trail.since(now_s - 0.35)
        self._judge.begin(_ALL, now_s)
        if not self._judge.least("moves", max(trail.speed[recent:]), s.swipe_least_speed, SPEED):
            self._spent = None
            return None
        first = trail.since(now_s - 0.5)
        a, b = trail.samples[first], trail.samples[-1]
        dx, dy = b.x - a.x, b.y - a.y
        way = (0, 1 if dx > 0 else -1) if abs(dx) > abs(dy) else (1, 1 if dy > 0 else -1)
        if self._spent is not None:
            if way == self._spent and trail.speed[-1] > 0.5 * s.swipe_least_speed:
                self._after_s = now_s
                if self._home is not None:
                    self._home = (self._home[0], now_s + s.return_s)
                return None
            self._spent = None
        self._judge.only(_WORDS[way], "goes {}", f"it went {_WORDS[way]}")
        found = self._stroke(trail, way)
        if found is None:
            return None
        start_s, end_s = found.start_s, now_s
        self._after_s, self._spent = end_s, way
        back = self._home is not None and way == self._home[0] and start_s <= self._home[1]
        if not self._judge.true("not the way back", not back, "a swipe the other way came just before"):
            self._home = None
            return None
        self._home = ((way[0], -way[1]), end_s + s.return_s)
        return _WORDS[way], found

    def _stroke(self, trail: Trail, way: tuple[int, int]) -> Found | None:
        s, t, samples = self._settings, trail.t, trail.samples
        axis, sign = way
        newest = len(t) - 1
        unit = samples[-1].unit
        # The end: the farthest point of the last moments; behind it the hand has turned back already.
        end = newest
        at = newest
        while at > 0 and t[newest] - t[at] < 0.25:
            at -= 1
            if sign * (samples[at][axis] - samples[end][axis]) > 0:
                end = at
        top = sign * samples[end][axis]
        # The start: back along the way until the hand comes from elsewhere.
        low, start, at = top, end, end
        oldest_s = max(self._after_s, t[end] - s.swipe_slow_s)
        while at > 0 and t[at - 1] >= oldest_s:
            at -= 1
            along = sign * samples[at][axis]
            if along < low:
                low, start = along, at
            elif along > low + 0.12 * unit:
                break
        way_px = top - low
        if not self._judge.least("far enough", way_px / unit, s.swipe_way, PALMS):
            return None
        while start + 1 < end and sign * samples[start + 1][axis] < low + _TRIMMED * way_px:
            start += 1
        return self._judged(trail, way, start, end)

    def _judged(self, trail: Trail, way: tuple[int, int], start: int, end: int) -> Found | None:
        s, t, samples = self._settings, trail.t, trail.samples
        axis, sign = way
        a, b = samples[start], samples[end]
        unit = 0.5 * (a.unit + b.unit)
        along = sign * (b[axis] - a[axis]) / unit
        if end - start < 3 or along < s.swipe_way:
            return None
        judge, lasted_s = self._judge, t[end] - t[start]
        mean, peak = along / lasted_s, max(trail.speed[start : end + 1])
        off = (b[1 - axis] - a[1 - axis]) / unit
        bend = step = 0.0
        before = a
        for one in samples[start + 1 : end + 1]:
            part = sign * (one[axis] - a[axis]) / (unit * along)
            bend = max(bend, abs((one[1 - axis] - a[1 - axis]) / unit - part * off))
            step = max(step, sign * (one[axis] - before[axis]) / unit)
            before = one
        off = abs(off)
        grown, turned = abs(b.unit / a.unit - 1), abs(b.angle - a.angle)
        judge.start(t[start])
        ok = judge.least("fast enough all the way", mean, s.swipe_least_speed, SPEED)
        # With a stop on the way it is two movements.
        ok &= judge.least("in one stroke", mean / peak if peak > 0 else 0.0, s.swipe_even, SHARE)
        ok &= judge.most("without a jump", step / along, s.swipe_step, SHARE)
        ok &= judge.most("hand keeps its lean", min(turned, 6.2832 - turned), s.swipe_turn_rad, TURN)
        # One that shows its back reaches for something else than what is on the screen.
        shown = self._backs or 2 * sum(trail.away[start : end + 1]) <= end - start
        ok &= judge.true("palm shown", shown, "the hand shows its back")
        rested = trail.rested(start, min(_TRIMMED * along, s.rest_way))
        over = end < len(t) - 1 or trail.speed[-1] <= s.swipe_done * peak
        if peak <= s.swipe_slow_peak:
            # Of a hand that was just found it is not known how it began; a slow one may be on its way already.
            ok &= judge.true("from rest", rested is not False, "hold the hand still before it sets out")
            ok &= judge.true(
                "far enough for one that goes on", not rested or over or along >= s.swipe_fast_way, "stop at its end"
            )
            ok &= judge.most("hand keeps its distance", grown, min(s.swipe_growth, s.swipe_slow_growth), SHARE)
            ok &= judge.most("keeps its direction", off / along, s.swipe_slow_off, SHARE)
            ok &= judge.most("straight", bend / along, s.swipe_slow_bend, SHARE)
        else:
            ok &= judge.true("from rest", bool(rested), "hold the hand still before it sets out")
            ok &= judge.true("comes to its end", over, "stop at its end, inside the picture")
            ok &= judge.least("far enough for a fast one", along, s.swipe_fast_way, PALMS)
            ok &= judge.most("quick enough", lasted_s, s.swipe_fast_s, SECONDS)
            ok &= judge.most("hand keeps its distance", grown, s.swipe_growth, SHARE)
            ok &= judge.most("keeps its direction", off / along, s.swipe_off, SHARE)
            ok &= judge.most("straight", bend / along, s.swipe_bend, SHARE)
        if not ok:
            return None
        return Found(t[start], peak, max(0.0, 1.0 - off / along - bend / along))
