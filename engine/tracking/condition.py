"""Notices what keeps hands from being seen: too dark, too bright, too far, a frozen picture, a low rate."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from handplay.engine.hands import Condition, Hand
from handplay.engine.sources.base import Image
from handplay.engine.tracking.settings import ConditionSettings

_STEP = 16


class ConditionWatch:
    """Judges the picture a few times a second, and holds its word until the opposite has lasted a while."""

    def __init__(self, settings: ConditionSettings) -> None:
        self._settings = settings
        self.reset()

    def reset(self) -> None:
        """Starts anew, as for another clip."""
        self.condition: Condition = "ok"
        self._doubt: Condition = "ok"
        self._doubt_since_s = 0.0
        self._judged_s: float | None = None
        self._sample: NDArray[np.uint8] | None = None
        self._same_since_s = 0.0
        self._times: deque[float] = deque(maxlen=16)
        self._hand_s: float | None = None

    def look(self, image: Image, time_s: float, hands: tuple[Hand, ...]) -> Condition:
        """Takes a picture and the hands that were found in it.

        Args:
            image: uint8 (height, width, 3), BGR.
            time_s: monotonic seconds.

        Returns:
            What is wrong, "ok" if nothing is.
        """
        self._times.append(time_s)
        if hands:
            self._hand_s = time_s
        if self._judged_s is not None and time_s - self._judged_s < self._settings.every_s:
            return self.condition
        self._judged_s = time_s
        now = self._judge(image, time_s, hands)
        if now != self._doubt:
            self._doubt, self._doubt_since_s = now, time_s
        wait = self._settings.clear_s if now == "ok" else self._settings.hold_s
        if time_s - self._doubt_since_s >= wait:
            self.condition = now
        return self.condition

    def _judge(self, image: Image, time_s: float, hands: tuple[Hand, ...]) -> Condition:
        s = self._settings
        sample = np.ascontiguousarray(image[_STEP // 2 :: _STEP, _STEP // 2 :: _STEP])
        if self._sample is None or not np.array_equal(sample, self._sample):
            self._same_since_s = time_s
        self._sample = sample
        if time_s - self._same_since_s >= s.frozen_s:
            return "frozen"
        # A hand that is seen well needs no advice about the light.
        if self._hand_s is None or time_s - self._hand_s > s.unseen_s:
            level = float(sample.mean())
            if level < s.dark_level:
                return "dark"
            if level > s.bright_level or float((sample > 250).mean()) > s.burnt_share:
                return "bright"
        if hands and max(hand.palm_px for hand in hands) < s.far_px:
            return "far"
        times = self._times
        if len(times) == times.maxlen and (times[-1] - times[0]) / (len(times) - 1) > 1.0 / s.slow_fps:
            return "slow"
        return "ok"
