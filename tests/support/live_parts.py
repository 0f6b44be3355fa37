"""Sources and trackers with a hand on their tap, for tests of what runs in threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

import numpy as np

from handplay.engine.hands import HandFrame
from handplay.engine.live.feed import HandFeed, HandUpdate
from handplay.engine.live.live_feed import LiveFeed
from handplay.engine.live.settings import LiveSettings
from handplay.engine.sources.base import Frame, Image, SourceInfo, Wish

LONG_S = 20.0  # nobody waits this long unless something is broken


def eventually(what: Callable[[], object], timeout_s: float = LONG_S) -> None:
    """Waits until it is true; fails if it never is."""
    limit_s = time.monotonic() + timeout_s
    while not what():
        assert time.monotonic() < limit_s, "it never came true"
        time.sleep(0.002)


class FakeSource:
    """Gives `frames` pictures at once, or blocks in between and gives them as `push` and `break_off` say."""

    def __init__(
        self, kind: Literal["live", "video", "stills"] = "live", frames: int | None = None, *, deaf: bool = False
    ) -> None:
        self.info = SourceInfo("fake", kind, 8, 6, 0.0)
        self.index = 0
        self.left = frames
        self.deaf = deaf
        self.closed = 0
        self.wishes: list[tuple[Wish, ...]] = []
        self._pushed = threading.Semaphore(0)
        self._error: BaseException | None = None
        self._gone = threading.Event()

    def push(self, count: int = 1) -> None:
        self._pushed.release(count)

    def break_off(self, error: BaseException) -> None:
        self._error = error
        self._pushed.release()

    def unblock(self) -> None:
        self._gone.set()
        self._pushed.release()

    def read(self) -> Frame | None:
        if self.left is None:
            self._pushed.acquire()
        elif self.index >= self.left:
            return None
        if self._error is not None:
            raise self._error
        if self._gone.is_set():
            return None
        time_s = time.monotonic() if self.info.kind == "live" else self.index / 30
        frame = Frame(self.index, time_s, np.full((6, 8, 3), self.index % 256, np.uint8))
        self.index += 1
        return frame

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        self.wishes.append(wishes)

    def close(self) -> None:
        self.closed += 1
        if not self.deaf:
            self.unblock()


class FakeTracker:
    """Finds nothing, at a pace of its own."""

    def __init__(self, info: SourceInfo | None = None) -> None:
        self.info = info
        self.count = 0
        self.closed = 0
        self.hold = threading.Event()
        self.hold.set()
        self.error: BaseException | None = None

    def track(self, frame_bgr: Image, time_s: float, /) -> HandFrame:
        self.hold.wait()
        if self.error is not None:
            raise self.error
        self.count += 1
        return HandFrame(self.count - 1, time_s, frame_bgr.shape[1], frame_bgr.shape[0])

    def close(self) -> None:
        self.closed += 1


FAST = LiveSettings(look_s=0.02, retry_s=0.01, stall_s=LONG_S, slow_start_s=0.1)

MakeFeed = Callable[..., LiveFeed]


def take(feed: HandFeed, count: int) -> list[HandUpdate]:
    """The next results, as many as asked for."""
    got: list[HandUpdate] = []

    def enough() -> bool:
        got.extend(feed.take(0.0))
        return len(got) >= count

    eventually(enough)
    return got
