"""Where a hand will be: one motion model a hand for position, size and turn of its square."""

from __future__ import annotations

import cmath
import math

from handplay.engine.coordinates import Roi, normalize_angle
from handplay.engine.tracking.settings import MotionSettings

_State = tuple[Roi, float, complex, complex, float, float, "float | None"]


class HandMotion:
    """The path of one square, and the square to look at next.

    The path is a coordinated turn: from step to step the velocity keeps turning and changing its speed as it did
    between the last two (one complex ratio), which fits swings, circles and stops alike. Times may be any distance
    apart. Plain numbers: there are few of them, and this runs for every hand in every frame.

    Args:
        steady: hold the square of a resting hand still; otherwise it follows every landmark, as MediaPipe's does.
    """

    def __init__(self, roi: Roi, time_s: float, settings: MotionSettings, *, steady: bool = False) -> None:
        self._settings, self._steady = settings, steady
        self._roi, self._time_s = roi, time_s
        self._velocity = 0j
        self._ratio = 1 + 0j
        self._growth = self._turn = 0.0
        self._interval_s: float | None = None
        self._before: _State | None = None

    @property
    def last(self) -> Roi:
        """The square of the newest look, not led."""
        return self._roi

    @property
    def last_time_s(self) -> float:
        return self._time_s

    def update(self, roi: Roi, time_s: float) -> None:
        """Takes the square that the newest landmarks give."""
        dt = time_s - self._time_s
        if dt <= 0:
            return
        s = self._settings
        self._before = (
            self._roi,
            self._time_s,
            self._velocity,
            self._ratio,
            self._growth,
            self._turn,
            self._interval_s,
        )
        if self._steady:
            roi = self._steadied(roi)
        velocity = complex(roi.cx - self._roi.cx, roi.cy - self._roi.cy) / dt
        if self._interval_s is None:
            self._velocity = velocity  # the second look: all that is known of the speed
        else:
            noise = s.rest_lead * roi.size_px / dt
            if abs(velocity) > noise and abs(self._velocity) > noise:
                self._ratio += s.ratio_gain * (velocity / self._velocity - self._ratio)
            else:
                self._ratio = 1 + 0j  # too slow to tell a turn from jitter
            self._velocity += s.velocity_gain * (velocity - self._velocity)
        growth = math.log(max(roi.size_px, 1e-6) / max(self._roi.size_px, 1e-6)) / dt
        turn = normalize_angle(roi.angle_rad - self._roi.angle_rad) / dt
        self._growth += s.shape_gain * (growth - self._growth)
        self._turn += s.shape_gain * (turn - self._turn)
        self._roi, self._time_s, self._interval_s = roi, time_s, dt

    def predict(self, time_s: float) -> Roi:
        """The square to look at: led by the motion, wider the faster and the longer unseen."""
        s = self._settings
        dt = max(0.0, time_s - self._time_s)
        side = max(self._roi.size_px, 1e-6)
        # A hand that is not seen slows down in our mind: nobody keeps up a swing for long.
        reach = s.fade_s * (1 - math.exp(-dt / s.fade_s))
        step = self._velocity * self._bend(reach) * reach
        lead = abs(step) / side
        # A hand at rest or in gentle motion is well inside its square: leading it there would only shake the crop.
        keep = min(1.0, max(0.0, (lead - s.rest_lead) / (s.full_lead - s.rest_lead)))
        if lead > s.max_lead:
            keep = s.max_lead / lead
        # Growth and turn are led by half: they reverse sooner than the path does.
        scale = math.exp(max(-0.2, min(0.2, 0.5 * self._growth * reach * keep)))
        turn = max(-0.5, min(0.5, 0.5 * self._turn * reach * keep))
        unseen = min(1.0, max(0.0, dt - 1.5 * (self._interval_s or dt)) / s.fade_s)
        wider = 1 + min(s.max_wider, s.wider_by_lead * lead * keep) + s.wider_unseen * unseen
        return Roi(
            self._roi.cx + step.real * keep,
            self._roi.cy + step.imag * keep,
            side * scale * wider,
            normalize_angle(self._roi.angle_rad + turn),
        )

    def rewound(self) -> HandMotion:
        """The motion without its newest square, which was not this hand's."""
        earlier = HandMotion(self._roi, self._time_s, self._settings, steady=self._steady)
        if self._before is not None:
            (
                earlier._roi,
                earlier._time_s,
                earlier._velocity,
                earlier._ratio,
                earlier._growth,
                earlier._turn,
                earlier._interval_s,
            ) = self._before
        return earlier

    def _steadied(self, roi: Roi) -> Roi:
        """The new square, nearer to the old one the less it differs: a crop that shakes makes landmarks shake."""
        old = self._roi
        turn = normalize_angle(roi.angle_rad - old.angle_rad)
        growth = math.log(max(roi.size_px, 1e-6) / max(old.size_px, 1e-6))
        change = math.hypot(roi.cx - old.cx, roi.cy - old.cy) / max(old.size_px, 1e-6) + abs(growth) + abs(turn)
        gain = min(1.0, max(self._settings.rest_gain, change / self._settings.rest_change))
        return Roi(
            old.cx + gain * (roi.cx - old.cx),
            old.cy + gain * (roi.cy - old.cy),
            old.size_px * math.exp(gain * growth),
            normalize_angle(old.angle_rad + gain * turn),
        )

    def _bend(self, reach_s: float) -> complex:
        """What the last velocity has become by the middle of the coming step, as a factor."""
        s = self._settings
        if self._interval_s is None or self._ratio == 1:
            return 1 + 0j
        steps = min(2.0, reach_s / self._interval_s)
        speed = min(s.max_speed_up, max(1 / s.max_speed_up, abs(self._ratio)))
        angle = max(-s.max_turn_rad, min(s.max_turn_rad, cmath.phase(self._ratio)))
        return cmath.rect(speed**steps, angle * steps)
