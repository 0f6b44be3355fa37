"""A feed of synthetic hands: an open hand that circles, at thirty frames a second of simulation time."""

from __future__ import annotations

import math

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.errors import HandplayError
from handplay.engine.hands import Hand, Handedness, HandFrame
from handplay.engine.live.feed import FeedState, FeedStats, HandUpdate
from handplay.engine.sources.base import Image, Wish

_BASES = ((-0.35, -0.25), (-0.28, -0.95), (-0.02, -1.0), (0.22, -0.93), (0.42, -0.78))
_AIMS = ((-0.75, -0.65), (-0.2, -1.0), (0.0, -1.0), (0.15, -1.0), (0.35, -0.95))
_LENGTHS = (0.8, 0.85, 0.95, 0.85, 0.65)


def open_hand() -> Float32:
    """A right hand held up, palm to the camera, in palm lengths; float32 (21, 3), wrist at the origin."""
    points = [(0.0, 0.0, 0.0)]
    for (bx, by), (ax, ay), length in zip(_BASES, _AIMS, _LENGTHS, strict=True):
        norm = math.hypot(ax, ay)
        for share in (0.0, 0.5, 0.8, 1.0):
            points.append((bx + ax / norm * length * share, by + ay / norm * length * share, -0.1 * share))
    return np.array(points, np.float32)


def hand_at(x: float, y: float, *, hand_id: int = 1, handedness: Handedness = "Right", palm_px: float = 90.0) -> Hand:
    """An open hand whose palm is about a place of a 1280x720 picture."""
    shape = open_hand() * np.array([-1 if handedness == "Left" else 1, 1, 1], np.float32)
    points = shape * palm_px + np.array([x, y + palm_px / 2, 0], np.float32)
    return Hand(hand_id, handedness, 0.98, 0.97, points, shape * np.float32(0.09))


class FakeFeed:
    """A feed that needs no camera, no tracker and no clock."""

    def __init__(
        self, *, hands: int = 2, fps: float = 30.0, length_s: float = 1e9, picture: Image | None = None
    ) -> None:
        self.steered: list[tuple[Wish, ...]] = []
        self.closed = 0
        self.started = 0
        self.fail_at_s: float | None = None
        self.error: HandplayError | None = None
        self._hands = hands
        self._fps = fps
        self._length_s = length_s
        self._picture = picture
        self._next = 0
        self._state: FeedState = "starting"

    def start(self) -> None:
        self.started += 1

    @property
    def state(self) -> FeedState:
        return self._state

    @property
    def message(self) -> str:
        return ""

    def take(self, now_s: float) -> list[HandUpdate]:
        if self.error is not None and self.fail_at_s is not None and now_s >= self.fail_at_s:
            error, self.error = self.error, None
            self._state = "ended"
            raise error
        due = []
        while self._next / self._fps <= now_s and self._next / self._fps < self._length_s:
            self._state = "running"
            due.append(HandUpdate(self._frame(self._next)))
            self._next += 1
        if self._next / self._fps >= self._length_s:
            self._state = "ended"
        return due

    def picture(self) -> Image | None:
        return self._picture

    def stats(self) -> FeedStats:
        return FeedStats(self._next, self._next, 0, ())

    def close(self) -> None:
        self.closed += 1
        self._state = "closed"

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        self.steered.append(wishes)

    def _frame(self, index: int) -> HandFrame:
        time_s = index / self._fps
        hands = []
        for number in range(self._hands):
            angle = 2 * math.pi * (time_s / 3 + number / 2)
            x = 640 + (260 if number else -260) + 150 * math.cos(angle)
            y = 360 + 120 * math.sin(angle)
            hands.append(hand_at(x, y, hand_id=number + 1, handedness="Right" if number == 0 else "Left"))
        return HandFrame(index, time_s, 1280, 720, False, tuple(hands))
