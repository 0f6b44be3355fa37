"""What a movement measures: the best that the trail of the last moments holds of it, and what is wanted.

The detectors of `gestures.motion` ask for more than is told here (that a way is even, that nothing jumps); these are
the numbers that a person can do something about.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from handplay.engine.hands import HandFrame
from handplay.gestures.explain_rows import PALMS, Row
from handplay.gestures.inside import Inside
from handplay.gestures.kinds import Motion, TwoHands
from handplay.gestures.motion.recorded import shape_of
from handplay.gestures.motion.settings import MotionSettings, PairSettings
from handplay.gestures.motion.stroke import WAYS
from handplay.gestures.motion.trail import Sample, Trail

SPEED = "palm lengths a second"
_SHOWN_S = 1.5
"""How far back the poses of a movement are looked at."""


class MotionRows:
    """One motion's conditions.

    Args:
        motion: the gesture.
        settings: what counts as a movement.
    """

    def __init__(self, motion: Motion, settings: MotionSettings) -> None:
        self._motion, self._settings = motion, settings

    def rows(self, trail: Trail, bit: int, handedness: str) -> list[Row]:
        """
        Args:
            bit: of the pose that it asks for, 0 for none.
        """
        motion, s, rows = self._motion, self._settings, []
        if motion.hand != "any":
            ok = motion.hand == handedness.lower()
            rows.append(Row(f"{motion.hand} hand", ok, note="" if ok else f"it is the {handedness.lower()} hand"))
        if len(trail.t) < 3:
            note = "it was just found, or is coming or going; hold it still inside the picture for a moment"
            return [*rows, Row("the hand can be followed", False, note=note)]
        if bit:
            since = trail.since(trail.t[-1] - _SHOWN_S)
            share = sum(bool(bits & bit) for bits in trail.pose_bits[since:]) / len(trail.pose_bits[since:])
            note = "" if share >= s.pose_share else f"'handplay gestures explain {motion.pose}' says why"
            row = Row(f"shows {motion.pose}", share >= s.pose_share, 100 * share, "% of the time", 100 * s.pose_share)
            rows.append(Row(row.text, row.ok, row.measured, row.unit, row.low, None, note))
        if motion.samples:
            return rows + self._recorded(trail)
        if motion.path in WAYS:
            return rows + self._swipe(trail)
        makers = {
            "circle_cw": self._circle, "circle_ccw": self._circle, "wave": self._wave, "push": self._depth,
            "pull": self._depth, "tap": self._tap, "double_tap": self._tap, "drag": self._carry, "throw": self._carry,
        }  # fmt: skip
        return rows + makers[motion.path](trail)

    def _swipe(self, trail: Trail) -> list[Row]:
        s = self._settings
        axis, sign = WAYS[self._motion.path]
        since = trail.since(trail.t[-1] - s.swipe_slow_s)
        samples, times = trail.samples[since:], trail.t[since:]
        start, end = _farthest([sign * one[axis] for one in samples])
        a, b = samples[start], samples[end]
        way = sign * (b[axis] - a[axis]) / b.unit
        lasted_s = max(times[end] - times[start], 1e-3)
        speed = way / lasted_s
        fast = max(trail.speed[since + start : since + end + 1]) > s.swipe_slow_peak
        off = abs(b[1 - axis] - a[1 - axis]) / max(b.unit * way, 1e-3)
        most = s.swipe_off if fast else s.swipe_slow_off
        rows = [
            Row(f"moves {self._motion.path}", way >= s.swipe_way, way, PALMS, s.swipe_way),
            Row("fast enough", speed >= s.swipe_least_speed, speed, SPEED, s.swipe_least_speed),
        ]
        if way >= 0.5 * s.swipe_way:
            rows.append(Row("straight on", off <= most, 100 * off, "% sideways", None, 100 * most))
        return rows

    def _circle(self, trail: Trail) -> list[Row]:
        s = self._settings
        since = trail.since(trail.t[-1] - s.loop_s[1])
        best: tuple[float, float] = (0.0, 0.0)
        samples = trail.samples[since:]
        for points in ([(one.x, one.y) for one in samples], [(one.tip_x, one.tip_y) for one in samples]):
            x, y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
            angles = [math.atan2(py - y, px - x) for px, py in points]
            turned = sum(_near(b - a) for a, b in itertools.pairwise(angles))
            turned *= 1 if self._motion.path == "circle_cw" else -1
            radius = sum(math.hypot(px - x, py - y) for px, py in points) / len(points) / trail.samples[-1].unit
            best = max(best, (turned, radius))
        turned, radius = best
        low, high = s.loop_radius
        way = "clockwise" if self._motion.path == "circle_cw" else "counter-clockwise"
        wanted = math.degrees(s.loop_turn_rad)
        return [
            Row(f"goes round {way}", math.degrees(turned) >= wanted, math.degrees(turned), "degrees", wanted),
            Row("round enough to see", low <= radius <= high, radius, f"{PALMS} radius", low, high),
        ]

    def _wave(self, trail: Trail) -> list[Row]:
        s = self._settings
        since = trail.since(trail.t[-1] - s.wave_swing_s * (s.wave_swings + 1))
        unit = trail.samples[-1].unit
        swings = _swings([one.middle_x / unit for one in trail.samples[since:]], s.wave_swing)
        xs = [one.middle_x / unit for one in trail.samples[since:]]
        wide = max(xs) - min(xs)
        return [
            Row("swings from side to side", len(swings) >= s.wave_swings, len(swings), "swings", s.wave_swings),
            Row("wide enough", wide >= s.wave_swing, wide, PALMS, s.wave_swing),
        ]

    def _depth(self, trail: Trail) -> list[Row]:
        s = self._settings
        since = trail.since(trail.t[-1] - s.push_s[1])
        samples = trail.samples[since:]
        sign = 1 if self._motion.path == "push" else -1
        start, end = _farthest([sign * math.log(one.unit) for one in samples])
        a, b = samples[start], samples[end]
        grown = 100 * (math.exp(sign * math.log(b.unit / a.unit)) - 1)
        beside = math.hypot(b.x - a.x, b.y - a.y) / b.unit
        wanted = 100 * (math.exp(s.push_growth) - 1)
        what = "comes nearer" if sign > 0 else "goes away"
        unit = "% larger" if sign > 0 else "% larger before"
        return [
            Row(what, grown >= wanted, grown, unit, wanted),
            Row("along the line of sight", beside <= s.push_sideways, beside, f"{PALMS} off", None, s.push_sideways),
        ]

    def _tap(self, trail: Trail) -> list[Row]:
        s = self._settings
        since = trail.since(trail.t[-1] - 2 * s.tap_s[1])
        samples = trail.samples[since:]
        reach = [one.reach for one in samples]
        start, end = _farthest(reach)
        forward = reach[end] - reach[start]
        beside = math.hypot(samples[end].x - samples[start].x, samples[end].y - samples[start].y) / samples[end].unit
        rows = [
            Row("fingertip comes forward", forward >= s.tap_reach, forward, PALMS, s.tap_reach),
            Row("hand stays in its place", beside <= s.tap_sideways, beside, PALMS, None, s.tap_sideways),
        ]
        if self._motion.path == "double_tap":
            rows[0] = Row(rows[0].text, rows[0].ok, forward, PALMS, s.tap_reach, None, "twice")
        return rows

    def _carry(self, trail: Trail) -> list[Row]:
        s = self._settings
        closed = [index for index, grabbing in enumerate(trail.grabbing) if grabbing]
        note = "" if closed else "close it to a fist first"
        rows = [Row("hand closed", bool(closed), note=note)]
        if closed:
            since = closed[-1]
            while since > 0 and trail.grabbing[since - 1]:
                since -= 1
            samples = trail.samples[since:]
            way = max(math.hypot(one.x - samples[0].x, one.y - samples[0].y) / one.unit for one in samples)
            if self._motion.path == "drag":
                rows.append(Row("moves while closed", way >= s.carry_way, way, PALMS, s.carry_way))
            else:
                speed = max(trail.speed[since:])
                rows.append(Row("fast when it lets go", speed >= s.throw_speed, speed, SPEED, s.throw_speed))
        return rows

    def _recorded(self, trail: Trail) -> list[Row]:
        """The likest piece of the trail, of all that begin at one of its slower moments."""
        s = self._settings
        since = trail.since(trail.t[-1] - s.match_tempo_s[1])
        shapes = [shape_of(path) for path in self._motion.samples]
        low, high = 1 / s.match_size, s.match_size
        best, size_ratio, best_fits = 0.0, 0.0, False
        for tip in (False, True):
            points = [_point(one, tip=tip) for one in trail.samples[since:]]
            for start in range(0, max(1, len(points) - 3), 3):
                row, size = shape_of(points[start:])
                for sample, sample_size in shapes:
                    if size <= 0 or sample_size <= 0:
                        continue
                    dot = sum(a.conjugate() * b for a, b in zip(sample, row, strict=True))
                    tilt = math.atan2(dot.imag, dot.real)
                    bounded = max(-s.match_tilt_rad, min(s.match_tilt_rad, tilt))
                    score = abs(dot) * (1.0 if self._motion.rotation == "any" else math.cos(tilt - bounded))
                    fits = low < size / sample_size < high
                    if (fits, score) > (best_fits, best):
                        best_fits, best, size_ratio = fits, score, size / sample_size
        return [
            Row("like a recorded path", best >= s.match_score, 100 * best, "% alike", 100 * s.match_score),
            Row("about as large", best_fits, size_ratio, "x its size", low, high),
        ]


class PairRows:
    """One two-hand gesture's conditions.

    Args:
        gesture: the gesture.
        settings: what two hands must do.
    """

    def __init__(self, gesture: TwoHands, settings: PairSettings | None = None) -> None:
        self.gesture, self._settings = gesture, settings or PairSettings()
        self._begin: tuple[float, float] | None = None
        self._farthest = 0.0

    def rows(self, frame: HandFrame, insides: Sequence[Inside], shows: Sequence[bool]) -> list[Row]:
        """
        Args:
            insides: what the recognizer knows of each hand, by rising id.
            shows: of each, whether it shows the pose that the gesture asks for.
        """
        gesture, s = self.gesture, self._settings
        rows = [Row("two hands in the picture", len(frame) >= 2, len(frame), "hands", 2)]
        spans = gesture.measure in ("distance", "angle")
        if gesture.pose:
            ok = sum(shows) >= 2
            rows.append(Row(f"both show {gesture.pose}", ok, sum(shows), "hands", 2))
        elif spans:
            pinching = sum(one.words.pinching for one in insides)
            rows.append(Row("both pinch", pinching >= 2, pinching, "hands", 2))
        samples = [one.sample for one in insides if one.sample is not None][:2]
        if len(samples) < 2 or not all(row.ok for row in rows):
            self._begin, self._farthest = None, 0.0
            return rows
        a, b = samples
        unit = 0.5 * (a.unit + b.unit)
        if spans:
            distance = max(0.05, math.hypot(b.tip_x - a.tip_x, b.tip_y - a.tip_y) / unit)
            angle = math.atan2(b.tip_y - a.tip_y, b.tip_x - a.tip_x)
            self._begin = self._begin or (distance, angle)
            if gesture.measure == "distance":
                changed, wanted = 100 * abs(distance / self._begin[0] - 1), 100 * (math.exp(s.zoom_begin) - 1)
                rows.append(Row("distance changes", changed >= wanted, changed, "%", wanted))
            else:
                turned, wanted = math.degrees(abs(_near(angle - self._begin[1]))), math.degrees(s.rotate_begin)
                rows.append(Row("hands turn about each other", turned >= wanted, turned, "degrees", wanted))
            return rows
        distance = math.hypot(b.x - a.x, b.y - a.y) / unit
        if gesture.measure == "clap":
            self._farthest = max(self._farthest, distance)
            came = self._farthest
            rows.append(Row("come from apart", came >= s.clap_apart, came, PALMS, s.clap_apart))
            rows.append(Row("meet", distance <= s.clap_near, distance, PALMS, None, s.clap_near))
        else:
            low, high = s.frame_apart
            rows.append(Row("apart as a frame", low <= distance <= high, distance, PALMS, low, high))
        return rows


def _point(one: Sample, *, tip: bool) -> tuple[float, float]:
    return (one.tip_x / one.unit, one.tip_y / one.unit) if tip else (one.x / one.unit, one.y / one.unit)


def _near(angle_rad: float) -> float:
    """The same angle in -pi..pi."""
    return (angle_rad + math.pi) % (2 * math.pi) - math.pi


def _farthest(values: Sequence[float]) -> tuple[int, int]:
    """Places of the largest rise."""
    low, best = 0, (0, 0)
    for index, value in enumerate(values):
        if value < values[low]:
            low = index
        if value - values[low] > values[best[1]] - values[best[0]]:
            best = (low, index)
    return best


def _swings(values: Sequence[float], least: float) -> list[float]:
    """Sizes of the turns to and fro that are at least so large."""
    swings: list[float] = []
    low = high = values[0]
    way = 0
    for value in values:
        low, high = min(low, value), max(high, value)
        if way <= 0 and value - low >= least:
            if way < 0 or not swings:
                swings.append(value - low)
            way, high = 1, value
            low = value
        elif way >= 0 and high - value >= least:
            swings.append(high - value)
            way, low = -1, value
            high = value
    return swings
