"""Movements along the line of sight: push, pull, and the tap that comes straight back."""

from __future__ import annotations

import math

from handplay.gestures.motion.attempts import GROWTH, PALMS, SECONDS, SHARE, SILENT, TURN, Judge
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.trail import Found, Trail

_LINE = ("push", "pull")
_GROWS = {"push": "comes nearer", "pull": "goes away"}
_LENS = 0.87
"""Focal length over picture width of a usual webcam (60 degrees)."""
_MAX_DISTANCE = 8.0
"""Palm units from the camera; farther away the palm's growth says too little."""


class Depths:
    """Push, pull and tap of one hand."""

    __slots__ = ("_after_s", "_home", "_judge", "_settings", "_tap_after_s", "_tapped_s")

    def __init__(self, settings: MotionSettings, judge: Judge = SILENT) -> None:
        self._settings, self._judge = settings, judge
        self._tapped_s = float("-inf")
        self.reset()

    def reset(self) -> None:
        """The trail was broken off."""
        self._after_s = self._tap_after_s = float("-inf")
        self._home: tuple[int, float] | None = None

    def push(self, trail: Trail) -> tuple[str, Found] | None:
        """A push or pull that has just come to its end."""
        s, t, samples = self._settings, trail.t, trail.samples
        now = len(t) - 1
        wait = trail.since(t[now] - s.push_wait_s + 1e-6)
        if wait == 0:
            return None
        size = math.log(samples[now].unit)
        before = samples[max(0, trail.since(t[now] - 0.6))].unit
        sign = 1 if samples[now].unit > before else -1
        judge, word = self._judge, "push" if sign > 0 else "pull"
        judge.begin(_LINE, t[now])
        judge.only(word)
        if not judge.least(_GROWS[word], abs(size - math.log(before)), 0.5 * s.push_growth, GROWTH):
            return None
        # It has come to its end: the last moments have hardly changed it.
        still = sign * (size - math.log(samples[wait - 1].unit))
        end = now
        for at in range(wait - 1, now):
            if sign * (samples[at].unit - samples[end].unit) > 0:
                end = at
        top = low = sign * math.log(samples[end].unit)
        start = at = end
        oldest_s = max(self._after_s, t[end] - s.push_s[1])
        while at > 0 and t[at - 1] >= oldest_s:
            at -= 1
            here = sign * math.log(samples[at].unit)
            if here < low:
                low, start = here, at
            elif here > low + 0.04:
                break
        growth = top - low
        if not judge.least(f"{_GROWS[word]} in all", growth, s.push_growth, GROWTH) or end - start < 2:
            return None
        while start + 1 < end and sign * math.log(samples[start + 1].unit) < low + 0.06 * growth:
            start += 1
        lasted_s = t[end] - t[start]
        rate = growth / max(lasted_s, 1e-3)
        judge.start(t[start])
        ok = judge.true("stays there", still <= 0.3 * rate * s.push_wait_s, "stop at its end")
        ok &= judge.most("does not come back", (top - sign * size) / growth, 0.2, f"{SHARE} of the way")
        ok &= judge.between("time", lasted_s, s.push_s, SECONDS)
        ok &= judge.least("fast enough", rate, s.push_rate, f"{GROWTH} a second")
        ok &= self._straight(trail, start, end, sign * growth)
        # A hand that was hidden, or just found, grows too: the size before must have been seen, and lasted.
        early = trail.since(t[start] - s.push_still_s)
        early -= early > 0 and t[start] - t[early] < 0.6 * s.push_still_s
        before_s = t[start] - t[early]
        kept = before_s >= 0.6 * s.push_still_s and abs(math.log(samples[early].unit) - sign * low) <= 0.12 * growth
        if not ok & judge.true("still before it", kept, "hold the hand still before it sets out"):
            return None
        self._after_s = t[now]
        back = self._home is not None and self._home[0] == sign and t[start] <= self._home[1]
        if not judge.true("not the way back", not back, "the hand went the other way just before"):
            self._home = None
            return None
        self._home = (-sign, t[now] + s.return_s)
        speed = rate * min(_MAX_DISTANCE, _LENS * trail.size[0] / samples[end].unit)
        return word, Found(t[start], speed, min(1.0, growth / (2 * s.push_growth)))

    def _straight(self, trail: Trail, start: int, end: int, growth: float) -> bool:
        """Along the line of sight, with the palm as it was."""
        s, a, b = self._settings, trail.samples[start], trail.samples[end]
        scale = b.unit / a.unit
        width, height = trail.size
        # A hand that comes nearer moves away from the picture's middle by itself.
        off_x = b.x - (width / 2 + (a.x - width / 2) * scale)
        off_y = b.y - (height / 2 + (a.y - height / 2) * scale)
        turned = abs(b.angle - a.angle)
        wider = math.log(max(b.width, 1e-3) / max(a.width, 1e-3))
        judge = self._judge
        ok = judge.most("along the line of sight", math.hypot(off_x, off_y) / b.unit, s.push_sideways, f"{PALMS} off")
        ok &= judge.most("hand keeps its lean", min(turned, 2 * math.pi - turned), s.push_turn_rad, TURN)
        widens = wider * math.copysign(1.0, growth) > 0.5 * abs(growth)
        return ok & judge.true("palm turned as before", widens, "the knuckles did not grow with the palm")

    def tap(self, trail: Trail) -> list[tuple[str, Found]]:
        """A tap that has just come back; with the one before it also a double tap."""
        found = self._jab(trail)
        if found is None:
            return []
        s, now_s = self._settings, trail.t[-1]
        since_s, self._tapped_s = now_s - self._tapped_s, now_s
        self._tap_after_s = now_s
        self._judge.only("double_tap")
        if since_s == math.inf:
            self._judge.true("soon after the first one", False, "tap once more")
        elif self._judge.most("soon after the first one", since_s, s.double_tap_s, SECONDS):
            self._tapped_s = float("-inf")
            return [("double_tap", found)]
        return [("tap", found)]

    def _jab(self, trail: Trail) -> Found | None:
        s, t, samples = self._settings, trail.t, trail.samples
        now = len(t) - 1
        judge = self._judge
        judge.begin(("tap", "double_tap"), t[now])
        shape = trail.straight[now] & trail.LONG_FINGERS in (1, trail.LONG_FINGERS)
        if not judge.true("index finger alone straight, or a flat hand", shape, "hold it so all the while"):
            return None
        again = t[now] - self._tapped_s <= s.double_tap_s
        first = trail.since(max(t[now] - s.tap_s[1] - 2 * s.tap_still_s, self._tap_after_s + 1e-6))
        if now - first < 3:
            return None
        unit = samples[now].unit
        # On its way back it shrinks; most frames end here.
        recent = samples[trail.since(t[now] - 0.3) :]
        goes_back = max(row.unit for row in recent) >= unit * (1 + 0.5 * s.tap_growth) or (
            max(row.reach for row in recent) >= samples[now].reach + s.tap_back * s.tap_bend
        )
        if not judge.true("comes forward and goes back", goes_back, "jab at the camera and come back at once"):
            return None
        distance = min(_MAX_DISTANCE, _LENS * trail.size[0] / unit)
        nearer = [row.reach + distance * math.log(row.unit / unit) for row in samples[first:]]
        last = len(nearer) - 1
        end = max(range(len(nearer)), key=nearer.__getitem__)
        top = nearer[end]
        back = top - nearer[last]
        if end == 0 or not judge.least("goes back from its nearest point", back, s.tap_back * s.tap_way, PALMS):
            return None
        start = end
        for at in range(end - 1, -1, -1):
            if nearer[at] < nearer[start]:
                start = at
            elif nearer[at] > nearer[start] + 0.35 * (top - nearer[start]) and top - nearer[start] > s.tap_way:
                break
        way = top - nearer[start]
        while start + 1 < end and nearer[start + 1] < top - 0.88 * way:
            start += 1
        lasted_s = t[now] - t[first + start]
        a, b, c = samples[first + start], samples[first + end], samples[now]
        # Hand and finger both come nearer and go back, or one of them alone by far: a little of either is a finger that
        # bends, or the model's doubt, which hardly sees the reach of a finger that points into the camera.
        grown, shrunk = math.log(b.unit / a.unit), math.log(b.unit / c.unit)
        reached, drawn = b.reach - a.reach, b.reach - c.reach
        both = min(grown, 2 * shrunk) >= s.tap_growth and min(reached, 2 * drawn) >= s.tap_reach
        dips = min(reached, drawn / s.tap_back) >= s.tap_bend and min(grown, shrunk) > -s.tap_growth
        jabs = min(grown, shrunk) >= s.tap_jab
        beside = max(math.hypot(b.x - a.x, b.y - a.y), 1.5 * math.hypot(c.x - a.x, c.y - a.y)) / unit
        turned = max(abs(b.angle - a.angle), abs(c.angle - a.angle))
        judge.start(t[first + start])
        ok = judge.least("comes near enough", way, s.tap_way, PALMS)
        ok &= judge.least("comes back", back / way if way > 0 else 0.0, s.tap_back, f"{SHARE} of the way")
        ok &= judge.between("time there and back", lasted_s, s.tap_s, SECONDS)
        kept = again or self._still(trail, first, start, nearer, 0.25 * way)
        ok &= judge.true("still before it", kept, "hold the hand still before it")
        same = not (trail.straight[first + start] ^ trail.straight[now]) & trail.LONG_FINGERS
        ok &= judge.true("fingers as before", same, "the same fingers must be straight all the while")
        backs = trail.away[first + start :]
        ok &= judge.true("palm shown", 2 * sum(backs) <= len(backs), "the hand shows its back")
        ok &= judge.true(
            "hand and finger come forward", both or dips or jabs, "bring the whole hand, or dip the finger far"
        )
        ok &= judge.most("stays in its place", beside, s.tap_sideways, f"{PALMS} aside")
        ok &= judge.most("hand keeps its lean", min(turned, 2 * math.pi - turned), s.tap_turn_rad, TURN)
        if not ok:
            return None
        return Found(t[first + start], 2 * way / lasted_s, min(1.0, 0.5 * way / s.tap_way))

    def _still(self, trail: Trail, first: int, start: int, nearer: list[float], most: float) -> bool:
        """Whether the hand was seen, and hardly moved, in the moment before."""
        t, at = trail.t, start
        begin_s = t[first + start]
        while at > 0 and begin_s - t[first + at] < self._settings.tap_still_s - 1e-6:
            at -= 1
            if abs(nearer[at] - nearer[start]) > most:
                return False
        return begin_s - t[first + at] >= self._settings.tap_still_s - 1e-6
