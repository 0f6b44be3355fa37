"""Hands that are held up by a script instead of a camera, for scenes that are played without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from handplay.engine.hands import Condition, Hand, Handedness, HandFrame
from handplay.engine.live.feed import FeedState, FeedStats, HandUpdate
from handplay.engine.sources.base import Image
from handplay.engine.sources.demo import pose_points

WIDTH, HEIGHT = 640, 480
PALM_PX = 80.0
PALM_M = 0.09
FRAME_S = 1 / 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A hand that is held up: pose, palm centre in the view, id and side."""

    pose: str = "relaxed"
    x: float = 0.45
    y: float = 0.52
    hand_id: int = 1
    handedness: Handedness = "Right"


Script = Callable[[float], tuple[Shown, ...]]
"""Seconds to the hands that are held up then."""


def make_hand(shown: Shown) -> Hand:
    """As the tracker would give it in a picture of 640 x 480."""
    points = np.array(pose_points(shown.pose, shown.handedness), np.float32)
    palm = points[[0, 5, 9, 13, 17]].mean(axis=0)
    centre = np.array([(1 - shown.x) * WIDTH, shown.y * HEIGHT, 0.0], np.float32)
    landmarks = (points - palm) * PALM_PX + centre
    landmarks[:, 2] -= landmarks[0, 2]
    world = (points - points.mean(axis=0)) * PALM_M
    return Hand(shown.hand_id, shown.handedness, 0.98, 0.99, landmarks.astype(np.float32), world.astype(np.float32))


@dataclass
class ScriptedFeed:
    """Hands by a script at 30 frames a second, on the simulation's clock like a recording. A `HandFeed`."""

    script: Script
    state: FeedState = "running"
    message: str = ""
    condition: Condition = "ok"
    given: int = 0

    def start(self) -> None: ...

    def take(self, now_s: float) -> list[HandUpdate]:
        updates = []
        while self.state == "running" and self.given * FRAME_S <= now_s:
            time_s = self.given * FRAME_S
            hands = tuple(make_hand(shown) for shown in self.script(time_s))
            frame = HandFrame(self.given, time_s, WIDTH, HEIGHT, hands=hands, condition=self.condition)
            updates.append(HandUpdate(frame))
            self.given += 1
        return updates

    def picture(self) -> Image | None:
        return None

    def stats(self) -> FeedStats:
        return FeedStats()

    def close(self) -> None: ...
