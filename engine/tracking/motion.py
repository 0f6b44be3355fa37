"""Where a hand will be: one motion model a hand for position, size and turn of its square."""

from __future__ import annotations

import math
from dataclasses import replace

from handplay.engine.coordinates import Roi, normalize_angle
from handplay.engine.tracking.settings import MotionSettings


class HandMotion:
    """Speed and acceleration of one square, and the square to look at next.

    Times are seconds and may be any distance apart. Plain floats: there are eight numbers in here, and this runs for
    every hand in every frame.
    """

    def __init__(self, roi: Roi, time_s: float, settings: MotionSettings) -> None:
        self._settings = settings
        self._roi, self._time_s = roi, time_s
        self._vx = self._vy = self._ax = self._ay = 0.0
        self._growth = self._turn = 0.0
        self._interval_s: float | None = None

    @property
    def last(self) -> Roi:
        """The square of the newest look, not led."""
        return self._roi

    @property
    def last_time_s(self) -> float:
        return self._time_s

    @property
    def speed(self) -> float:
        """Sides of the square a second."""
        return math.hypot(self._vx, self._vy) / max(self._roi.size_px, 1e-6)

    def update(self, roi: Roi, time_s: float) -> None:
        """Takes the square that the newest landmarks give."""
        dt = time_s - self._time_s
        if dt <= 0:
            return
        s = self._settings
        vx, vy = (roi.cx - self._roi.cx) / dt, (roi.cy - self._roi.cy) / dt
        if self._interval_s is None:
            self._vx, self._vy = vx, vy  # the second look: all that is known of the speed
        else:
            between = (dt + self._interval_s) / 2
            ax, ay = (vx - self._vx) / between, (vy - self._vy) / between
            self._ax += s.acceleration_gain * (ax - self._ax)
            self._ay += s.acceleration_gain * (ay - self._ay)
            self._vx += s.velocity_gain * (vx - self._vx)
            self._vy += s.velocity_gain * (vy - self._vy)
        growth = math.log(max(roi.size_px, 1e-6) / max(self._roi.size_px, 1e-6)) / dt
        turn = normalize_angle(roi.angle_rad - self._roi.angle_rad) / dt
        self._growth += s.shape_gain * (growth - self._growth)
        self._turn += s.shape_gain * (turn - self._turn)
        self._roi, self._time_s, self._interval_s = roi, time_s, dt

    def predict(self, time_s: float) -> Roi:
        """The square to look at: led by the motion, wider the faster and the longer unseen."""
        s = self._settings
        dt = max(0.0, time_s - self._time_s)
        # A hand that is not seen slows down in our mind: nobody keeps up a swing for long.
        reach = s.fade_s * (1 - math.exp(-dt / s.fade_s))
        dx = self._vx * reach + 0.5 * self._ax * reach * reach
        dy = self._vy * reach + 0.5 * self._ay * reach * reach
        side = max(self._roi.size_px, 1e-6)
        lead = math.hypot(dx, dy) / side
        # Jitter of a resting hand must not shake its crop: small leads shrink to nothing.
        keep = lead / (lead + s.rest_lead) if lead > 0 else 0.0
        if lead > s.max_lead:
            keep *= s.max_lead / lead
        # Growth and turn are led by half: they reverse sooner than the path does.
        scale = math.exp(max(-0.2, min(0.2, 0.5 * self._growth * reach * keep)))
        turn = max(-0.5, min(0.5, 0.5 * self._turn * reach * keep))
        unseen = min(1.0, max(0.0, dt - 1.5 * (self._interval_s or dt)) / s.fade_s)
        wider = 1 + min(s.max_wider, s.wider_by_lead * lead * keep) + s.wider_unseen * unseen
        return replace(
            self._roi,
            cx=self._roi.cx + dx * keep,
            cy=self._roi.cy + dy * keep,
            size_px=side * scale * wider,
            angle_rad=normalize_angle(self._roi.angle_rad + turn),
        )
