"""Hands that follow a path: what the tests of movements are about."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType

import pytest

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.recognizer import Recognition, Recognizer

Place = Callable[[float], tuple[float, float]]


def eased(t: float) -> float:
    """From rest to rest with least jerk."""
    t = min(1.0, max(0.0, t))
    return t * t * t * (10 - 15 * t + 6 * t * t)


class Mover:
    """A hand in a picture of 640x480 that goes where it is told, frame by frame.

    Places are palm lengths from the middle of the picture as the player sees it: x right, y down.
    """

    def __init__(
        self,
        builders: ModuleType,
        *,
        fps: float = 30.0,
        palm_px: float = 50.0,
        side: str = "Right",
        mirrored: bool = False,
        hand_id: int = 1,
        pose: str = "open_palm",
    ) -> None:
        self.builders, self.fps, self.palm_px = builders, fps, palm_px
        self.side, self.mirrored, self.hand_id, self.pose = side, mirrored, hand_id, pose
        self.time_s = 0.0
        self.at = (0.0, 0.0)
        self.size = 1.0
        self.turn: dict[str, float] = {}

    def hand(self) -> Hand:
        """The hand as it is now."""
        x, y = self.at
        hand: Hand = self.builders.show(
            self.pose,
            self.side,
            at=(320 - x * self.palm_px, 240 + y * self.palm_px),
            palm_px=self.palm_px * self.size,
            hand_id=self.hand_id,
            **self.turn,
        )
        if not self.mirrored:
            return hand
        points = hand.landmarks_px.copy()
        points[:, 0] = 640 - points[:, 0]
        return replace(hand, landmarks_px=points)

    def frame(self, *others: Hand) -> HandFrame:
        """The picture of this moment; time goes on."""
        frame: HandFrame = self.builders.frame(self.hand(), *others, time_s=self.time_s, mirrored=self.mirrored)
        self.time_s += 1 / self.fps
        return frame

    def nothing(self, seconds: float) -> Iterator[HandFrame]:
        """The hand is not seen."""
        for _ in range(round(seconds * self.fps)):
            yield self.builders.frame(time_s=self.time_s, mirrored=self.mirrored)
            self.time_s += 1 / self.fps

    def rest(self, seconds: float) -> Iterator[HandFrame]:
        """Stays."""
        for _ in range(round(seconds * self.fps)):
            yield self.frame()

    def go(
        self, seconds: float, x: float, y: float, *, even: bool = False, size: float | None = None
    ) -> Iterator[HandFrame]:
        """Goes there, from rest to rest or evenly."""
        (x0, y0), size0 = self.at, self.size
        count = max(1, round(seconds * self.fps))
        for i in range(1, count + 1):
            t = i / count if even else eased(i / count)
            self.at = (x0 + t * (x - x0), y0 + t * (y - y0))
            self.size = size0 + t * ((size if size is not None else size0) - size0)
            yield self.frame()

    def along(self, seconds: float, place: Place) -> Iterator[HandFrame]:
        """Follows places of progress 0..1, evenly."""
        count = max(1, round(seconds * self.fps))
        for i in range(count + 1):
            self.at = place(i / count)
            yield self.frame()

    def swing(self, seconds: float, roll: float) -> Iterator[HandFrame]:
        """Turns to this roll, degrees."""
        roll0 = self.turn.get("roll", 0.0)
        count = max(1, round(seconds * self.fps))
        for i in range(1, count + 1):
            self.turn = {"roll": roll0 + eased(i / count) * (roll - roll0)}
            yield self.frame()

    def tap(self, seconds: float) -> Iterator[HandFrame]:
        """Tips toward the camera, comes nearer, and goes back."""
        count = max(2, round(seconds * self.fps))
        for i in range(1, count + 1):
            near = math.sin(math.pi * i / count) ** 2
            self.turn, self.size = {"pitch": 24 * near}, 1 + 0.16 * near
            yield self.frame()


class Played:
    """Feeds frames and keeps what was told."""

    def __init__(self, recognizer: Recognizer | None = None) -> None:
        self.recognizer = recognizer or Recognizer()
        self.told: list[tuple[float, str, str, float]] = []
        self.last = Recognition(0.0)

    def feed(self, *runs: Iterator[HandFrame]) -> Played:
        """Plays these one after the other."""
        for run in runs:
            for frame in run:
                self.last = self.recognizer.update(frame)
                self.told += [(step.time_s, step.kind, step.name, step.value) for step in self.last.steps]
        return self

    def names(self, kind: str = "begin") -> list[str]:
        """Names of the motions and two-hand gestures that began (or ended ...), in order."""
        library = self.recognizer.library
        return [name for _, one, name, _ in self.told if one == kind and self._moves(library.find(name))]

    @staticmethod
    def _moves(gesture: object) -> bool:
        return getattr(gesture, "kind", "motion") in ("motion", "two_hands")


@pytest.fixture
def mover(builders: ModuleType) -> Callable[..., Mover]:
    """Makes a `Mover`."""
    return lambda **more: Mover(builders, **more)


@pytest.fixture
def played() -> Callable[..., Played]:
    """Makes a `Played`."""
    return Played
