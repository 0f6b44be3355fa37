"""A hand that follows wishes as a person would: late, smoothly, and no faster than an arm.

Every new wish is noticed after a reaction time and answered by a movement of least jerk from where the hand is, with
the speed it has (a quintic, Flash & Hogan 1985; replanned on the way, as Hoff & Arbib 1993).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from handplay.engine.hands import Handedness
from handplay.engine.sources.base import Wish


@dataclass(frozen=True, slots=True)
class FollowSettings:
    """How a steered hand moves.

    Attributes:
        reaction_s: wish seen to movement begun; a tracked moving target is answered faster than a sudden one
            (120 to 180 ms, visuomotor tracking).
        least_s, per_frame_s: duration of a movement: least_s plus per_frame_s for each frame height of way.
        top_speed: greatest speed, frame heights a second (an arm at 50 cm moves about 2 m/s at ease).
        away_y: where a hand waits that is out of the picture, frame heights.
    """

    reaction_s: float = 0.14
    least_s: float = 0.20
    per_frame_s: float = 0.30
    top_speed: float = 3.5
    away_y: float = 1.55

    def __post_init__(self) -> None:
        for name in ("reaction_s", "least_s", "per_frame_s", "top_speed", "away_y"):
            if not getattr(self, name) > 0:
                raise ValueError(f"FollowSettings.{name}: got {getattr(self, name)}, wanted more than 0")


class Follower:
    """One steered hand: position in frame widths and heights of the image, and the pose it is asked for."""

    def __init__(
        self, handedness: Handedness, x: float, y: float, pose: str, settings: FollowSettings | None = None
    ) -> None:
        """
        Args:
            handedness: which hand.
            x, y: where it is, 0..1 of the image, not mirrored.
            pose: the pose it holds.
            settings: how it moves.
        """
        self.handedness: Handedness = handedness
        self.pose = pose
        self._settings = settings or FollowSettings()
        self._target = np.array([x, y])
        self._from = np.array([[x, y], [0, 0], [0, 0]], float)  # place, speed, acceleration
        self._start_s, self._length_s = 0.0, 0.0
        self._coming: deque[tuple[float, Wish]] = deque(maxlen=256)

    def wish(self, wish: Wish, time_s: float) -> None:
        """Takes a wish seen at this time; x is turned from the view into the image."""
        self._coming.append((time_s + self._settings.reaction_s, wish))

    def at(self, time_s: float, aspect: float) -> tuple[float, float, str]:
        """Place (x, y) in the image, 0..1, and the pose at this time. Times must not go back.

        Args:
            time_s: seconds on the clock of `wish`.
            aspect: width over height of the picture.
        """
        while self._coming and self._coming[0][0] <= time_s:
            due_s, wish = self._coming.popleft()
            if wish.pose == "away":
                target = np.array([self._target[0], self._settings.away_y])
            else:
                self.pose = wish.pose
                target = np.array([1 - wish.x, wish.y])
            if np.abs(target - self._target).max() > 1e-4:
                self._plan(target, due_s, aspect)
        x, y = self._state(time_s)[0].tolist()
        return x, y, self.pose

    def _plan(self, target: np.ndarray[tuple[int, ...], np.dtype[np.float64]], time_s: float, aspect: float) -> None:
        s = self._settings
        self._from = self._state(time_s)
        self._target, self._start_s = target, time_s
        way = float(np.hypot(*((target - self._from[0]) * (aspect, 1.0))))
        # The peak of a least-jerk movement is 15/8 of its mean speed.
        self._length_s = max(s.least_s + s.per_frame_s * way, 1.875 * way / s.top_speed)

    def _state(self, time_s: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """float64 (3, 2): place, speed and acceleration on the planned movement."""
        length = self._length_s
        if length <= 0 or time_s >= self._start_s + length:
            return np.array([self._target, (0, 0), (0, 0)], float)
        p, v, a = self._from
        t = max(0.0, (time_s - self._start_s) / length)
        v, a, d = v * length, a * length * length, self._target - p
        c3 = 10 * d - 6 * v - 1.5 * a
        c4 = -15 * d + 8 * v + 1.5 * a
        c5 = 6 * d - 3 * v - 0.5 * a
        place = p + t * (v + t * (a / 2 + t * (c3 + t * (c4 + t * c5))))
        speed = v + t * (a + t * (3 * c3 + t * (4 * c4 + t * 5 * c5)))
        bend = a + t * (6 * c3 + t * (12 * c4 + t * 20 * c5))
        return np.array([place, speed / length, bend / (length * length)])
