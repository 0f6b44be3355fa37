"""What two hands do together: the distance and the angle between them, a clap, a frame.

Zoom and rotate begin alike, with both hands showing the pose; whichever changes first is meant, and the other one
waits until both hands have let go. Their values count from that moment, so that nothing jumps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from handplay.gestures.fingers import HandWords, switch
from handplay.gestures.motion.attempts import GROWTH, PALMS, SECONDS, SHARE, SILENT, SPEED, TURN, Judge
from handplay.gestures.motion.settings import PairSettings
from handplay.gestures.motion.trail import Sample

_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Member:
    """One of two hands in one frame.

    Attributes:
        sample: where it is.
        words: what it shows.
        bits: one bit for each named pose that it shows.
    """

    sample: Sample
    words: HandWords
    bits: int


@dataclass(frozen=True, slots=True)
class _Between:
    time_s: float
    distance: float  # of the palm centres, palm units
    level: float
    ax: float  # pixels
    bx: float
    flat: bool


class Pair:
    """The movements of two hands.

    Args:
        pose_bit: what both must show to zoom and rotate; 0 for a pinch.
    """

    __slots__ = (
        "_anchor", "_both_s", "_hands", "_judge", "_meant", "_settings", "_since", "_trail", "_turned", "pose_bit",
    )  # fmt: skip

    def __init__(self, settings: PairSettings, pose_bit: int = 0, judge: Judge = SILENT) -> None:
        self._settings, self._judge = settings, judge
        self.pose_bit = pose_bit
        self._anchor: tuple[float, float] | None = None
        self._hands: tuple[Sample, Sample] | None = None
        """Both hands when they took the pose."""
        self._meant = ""
        self._both_s = -math.inf
        self._turned = 0.0
        self._since: tuple[float, ...] = (math.inf, math.inf)
        """Since when each shows the pose."""
        self._trail: list[_Between] = []

    def look(self, time_s: float, a: Member, b: Member) -> dict[str, float]:
        """What the two do now: measure to value.

        Returns:
            "distance" (ratio since it began), "angle" (radians, clockwise for the player), "clap" (palms a second at
            which they met), "frame" (palm units between the hands).
        """
        result: dict[str, float] = {}
        self._follow(time_s, a, b)
        measure = self._spanned(time_s, a, b)
        if measure is not None:
            result[measure[0]] = measure[1]
        speed = self._clapped(0.0)
        opened = _open(a.words) and _open(b.words)
        if speed is not None and self._judge.true("no finger rolled in", opened, "clap with open hands"):
            result["clap"] = speed
        between = self._framed(time_s, a, b)
        if between is not None:
            result["frame"] = between
        return result

    def hidden(self, time_s: float) -> dict[str, float]:
        """One of the two is not seen in this frame, or neither is: hands that meet hide each other."""
        if not self._trail:
            return {}
        speed = self._clapped(time_s - self._trail[-1].time_s)
        return {} if speed is None else {"clap": speed}

    def _follow(self, time_s: float, a: Member, b: Member) -> None:
        unit = 0.5 * (a.sample.unit + b.sample.unit)
        dx, dy = b.sample.x - a.sample.x, b.sample.y - a.sample.y
        trail = self._trail
        if trail and time_s - trail[0].time_s > 2 * self._settings.clap_s:
            self._trail = trail = [row for row in trail if time_s - row.time_s <= self._settings.clap_s]
        if trail and time_s <= trail[-1].time_s:
            trail.pop()  # the same moment once more
        flat = _flat(a.words) and _flat(b.words)
        trail.append(_Between(time_s, math.hypot(dx, dy) / unit, abs(dy) / unit, a.sample.x, b.sample.x, flat))

    def _clapped(self, unseen_s: float) -> float | None:
        """Speed at which the hands have just met."""
        s, trail, judge = self._settings, self._trail, self._judge
        now = trail[-1]
        judge.begin(("clap",), now.time_s)
        at = len(trail) - 1
        while at > 0 and now.time_s - trail[at].time_s < s.clap_span_s - 1e-6:
            at -= 1
        span_s = now.time_s - trail[at].time_s
        if span_s <= 0:
            return None
        speed = max(
            (trail[at].distance - now.distance) / span_s,
            (trail[at].distance - trail[-2].distance) / (trail[-2].time_s - trail[at].time_s)
            if len(trail) - 2 > at
            else 0.0,
        )
        if not judge.least("come together fast", speed, s.clap_speed, SPEED):
            return None
        # Both hands come; one that passes by the other does not clap.
        sign = 1.0 if now.bx > now.ax else -1.0
        then = max(trail, key=lambda row: row.distance)
        own = (sign * (now.ax - then.ax), sign * (then.bx - now.bx))
        met = now.distance if unseen_s <= 0 else now.distance - speed * unseen_s
        first = max(row.distance for row in trail if now.time_s - row.time_s <= s.clap_s)
        way = [row.flat for row in trail if row.time_s >= then.time_s and row.distance > s.clap_near]
        ok = judge.most("seen all the while", unseen_s, s.clap_unseen_s, f"{SECONDS} hidden")
        ok &= judge.most("at one height", now.level, s.clap_level, f"{PALMS} apart")
        ok &= judge.true("both hands come", min(own) >= s.clap_share * sum(own), "move both of them")
        ok &= judge.most("meet", met, s.clap_near if unseen_s <= 0 else s.clap_hidden, f"{PALMS} apart")
        ok &= judge.least("come from apart", first, s.clap_apart, PALMS)
        ok &= judge.least("flat on their way", sum(way) / len(way) if way else 1.0, s.clap_flat, f"{SHARE} of it")
        if not ok:
            return None
        self._trail = [now]  # once
        return speed

    def _spanned(self, time_s: float, a: Member, b: Member) -> tuple[str, float] | None:
        s = self._settings
        shows = (self._shows(a), self._shows(b))
        self._since = tuple(
            min(since_s, time_s) if there else math.inf for there, since_s in zip(shows, self._since, strict=True)
        )
        judge = self._judge
        judge.begin(("distance", "angle"), time_s)
        if not judge.true("both show it", all(shows)):
            if not self._meant or time_s - self._both_s > s.flicker_s:
                self._anchor, self._meant = None, ""
            return None
        self._both_s = time_s
        if not self._meant and not judge.most(
            "one soon after the other", abs(self._since[0] - self._since[1]), s.pinch_together_s, SECONDS
        ):
            return None
        unit = 0.5 * (a.sample.unit + b.sample.unit)
        dx, dy = b.sample.tip_x - a.sample.tip_x, b.sample.tip_y - a.sample.tip_y
        distance, angle = max(0.05, math.hypot(dx, dy) / unit), math.atan2(dy, dx)
        if not judge.true("not in passing", self._meant != _NOTHING, "they moved too soon: let go and begin again"):
            return None
        if self._anchor is None or self._hands is None:
            self._anchor, self._turned = (distance, angle), 0.0
            self._hands = a.sample, b.sample
        distance0, angle0 = self._anchor
        # The angle goes on beyond half a turn.
        self._turned += (angle - angle0 - self._turned + math.pi) % (2 * math.pi) - math.pi
        if not self._meant:
            still = judge.least("in their place first", time_s - max(self._since), s.pinch_still_s - 1e-6, SECONDS)
            changed = abs(math.log(distance / distance0))
            zoomed, turned = changed / s.zoom_begin, abs(self._turned) / s.rotate_begin
            self._tell(changed, zoomed, turned)
            own = [
                math.hypot(one.sample.x - then.x, one.sample.y - then.y) / unit
                for then, one in zip(self._hands, (a, b), strict=True)
            ]
            if not still and (max(zoomed, turned) >= 0.7 or max(own) > s.pinch_still_way):
                self._meant = _NOTHING  # they pinch in passing: nothing before they have let go
            both = judge.least("both hands move", min(own) / max(1e-3, sum(own)), s.pair_share, SHARE)
            if not (still and both) or max(zoomed, turned) < 1:
                return None
            self._meant = "distance" if zoomed > turned else "angle"
            self._anchor, self._turned = (distance, angle), 0.0
            distance0 = distance
        return self._meant, distance / distance0 if self._meant == "distance" else self._turned

    def _tell(self, changed: float, zoomed: float, turned: float) -> None:
        """How near the two are to a zoom and to a turn, to those who listen."""
        judge, s = self._judge, self._settings
        if judge.of("distance") is not SILENT:
            judge.least("distance changes", changed, s.zoom_begin, f"{GROWTH} or smaller")
            judge.true("more than they turn", zoomed > turned or turned < 1, "they turned first, and that was meant")
        if judge.of("angle") is not SILENT:
            judge.least("turn about each other", abs(self._turned), s.rotate_begin, TURN)
            judge.true("more than they part", turned >= zoomed or zoomed < 1, "they came apart first: that was meant")

    def _framed(self, time_s: float, a: Member, b: Member) -> float | None:
        """Distance of hands that frame a picture: each an L, index finger upright, thumb toward the other hand."""
        judge = self._judge
        judge.begin(("frame",), time_s)
        left, right = (a, b) if a.sample.x < b.sample.x else (b, a)
        unit = 0.5 * (a.sample.unit + b.sample.unit)
        between = math.hypot(b.sample.x - a.sample.x, b.sample.y - a.sample.y) / unit
        note = "index finger upright, thumb out toward the other hand, the rest rolled in"
        ok = judge.true("the left one an L", _is_l(left.words, "right"), note)
        ok &= judge.true("the right one an L", _is_l(right.words, "left"), note)
        ok &= judge.between("apart as a frame", between, self._settings.frame_apart, PALMS)
        return between if ok else None

    def _shows(self, one: Member) -> bool:
        return bool(one.bits & self.pose_bit) if self.pose_bit else one.words.pinching


def _open(words: HandWords) -> bool:
    """No long finger is curled, as far as it can be told."""
    return not bool(words.on[switch("curled", 1) : switch("curled", 5)].any())


def _flat(words: HandWords) -> bool:
    """At least three of the long fingers are straight."""
    return int(words.on[switch("extended", 1) : switch("extended", 5)].sum()) >= 3


_UP, _DOWN, _LEFT, _RIGHT = range(4)


_PLAINLY = 0.65
"""Fit of a direction: within about 40 degrees."""


def _is_l(words: HandWords, thumb: str) -> bool:
    on, fit = words.on, words.fit
    if not (on[switch("extended", 0)] and on[switch("extended", 1)]):
        return False
    if on[switch("extended", 2) : switch("extended", 5)].any():
        return False
    upright = max(fit[switch("pointing", 6 + _UP)], fit[switch("pointing", 6 + _DOWN)])
    aside = fit[switch("pointing", _LEFT if thumb == "left" else _RIGHT)]
    return bool(min(upright, aside) >= _PLAINLY)
