"""`LiveFeed.close` from every state: in time, without a trace, whatever blocks behind it."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from handplay.engine.errors import SourceMissing, WorkerDied
from handplay.engine.hands import HandFrame
from handplay.engine.live.live_feed import LiveFeed
from handplay.engine.live.settings import LiveSettings
from handplay.engine.sources.base import Frame, FrameSource, Image, SourceInfo

from live_parts import LONG_S, eventually

PICTURE = np.zeros((6, 8, 3), np.uint8)


class BlockingSource:
    """A live source with one picture, after which `read` blocks until `close`, or until `let_go` if it is deaf."""

    def __init__(self, *, deaf: bool = False) -> None:
        self.info = SourceInfo("blocking", "live", 8, 6, 0.0)
        self.deaf = deaf
        self.closed = 0
        self.reads = 0
        self._gone = threading.Event()

    def read(self) -> Frame | None:
        self.reads += 1
        if self.reads == 1:
            return Frame(0, time.monotonic(), PICTURE)
        self._gone.wait(LONG_S)
        return None

    def let_go(self) -> None:
        self._gone.set()

    def close(self) -> None:
        self.closed += 1
        if not self.deaf:
            self.let_go()


class EndlessFile:
    """A file of as many pictures as wanted, as fast as they are taken."""

    def __init__(self, frames: int) -> None:
        self.info = SourceInfo("file", "video", 8, 6, 30.0, frames)
        self.index = 0

    def read(self) -> Frame | None:
        if self.index == self.info.frame_count:
            return None
        self.index += 1
        return Frame(self.index - 1, self.index / 30, PICTURE)

    def close(self) -> None:
        pass


class NoHands:
    """A tracker that finds nothing, and does not return while it is held."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.closed = 0
        self.inside = 0

    def track(self, frame_bgr: Image, time_s: float, /) -> HandFrame:
        self.inside += 1
        self.free.wait(LONG_S)
        return HandFrame(0, time_s, 8, 6)

    def close(self) -> None:
        self.closed += 1


def started(open_source: Callable[[], FrameSource], tracker: NoHands, **options: object) -> LiveFeed:
    feed = LiveFeed(open_source, lambda info: tracker, **options)  # type: ignore[arg-type]  # options of several types
    feed.start()
    return feed


def no_camera() -> FrameSource:
    raise SourceMissing("There is no camera.")


def seconds_to_close(feed: LiveFeed) -> float:
    begin_s = time.monotonic()
    feed.close()
    return time.monotonic() - begin_s


GENEROUS_S = 5.0
"""A second is the promise; a busy machine gets more. What blocks in these tests blocks for 20."""


def never_started() -> LiveFeed:
    return LiveFeed(BlockingSource, lambda info: NoHands())


def reading() -> LiveFeed:
    source = BlockingSource()
    feed = started(lambda: source, NoHands())
    eventually(lambda: source.reads == 2)
    return feed


def waiting_for_a_camera() -> LiveFeed:
    feed = started(no_camera, NoHands(), optional=True, settings=LiveSettings(look_s=LONG_S))
    eventually(lambda: feed.state == "no_source")
    return feed


def in_a_file() -> LiveFeed:
    feed = started(lambda: EndlessFile(10**9), NoHands())
    eventually(lambda: feed.stats().tracked > 5)
    return feed


def ended() -> LiveFeed:
    feed = started(lambda: EndlessFile(1), NoHands())
    eventually(lambda: feed.state == "ended")
    return feed


def failed() -> LiveFeed:
    feed = started(no_camera, NoHands())
    eventually(lambda: feed.state == "ended")
    return feed


@pytest.mark.parametrize("make", [never_started, reading, waiting_for_a_camera, in_a_file, ended, failed])
def test_from_every_state(make: Callable[[], LiveFeed], caplog: pytest.LogCaptureFixture) -> None:
    feed = make()
    assert seconds_to_close(feed) < GENEROUS_S
    assert seconds_to_close(feed) < GENEROUS_S
    assert feed.state == "closed"
    feed.start()
    assert feed.state == "closed"
    assert caplog.records == []


def test_a_blocked_read_is_woken_and_all_is_closed() -> None:
    source, tracker = BlockingSource(), NoHands()
    feed = started(lambda: source, tracker)
    eventually(lambda: source.reads == 2 and feed.stats().tracked == 1)
    feed.close()
    assert source.closed
    assert tracker.closed == 1
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("handplay")]


def test_a_read_that_returns_by_itself_is_not_disturbed() -> None:
    source = EndlessFile(10**9)
    closers: list[str] = []
    source.close = lambda: closers.append(threading.current_thread().name)  # type: ignore[method-assign]  # a witness
    feed = started(lambda: source, NoHands())
    eventually(lambda: feed.stats().tracked > 2)
    feed.close()
    assert closers == ["handplay-capture"]


def test_the_first_error_is_the_cause_not_its_consequences() -> None:
    tracker = NoHands()

    def fail(frame_bgr: Image, time_s: float, /) -> HandFrame:
        raise ValueError("first")

    def fail_again() -> None:
        raise ValueError("second")

    tracker.track, tracker.close = fail, fail_again  # type: ignore[method-assign]  # a tracker that breaks twice
    feed = started(lambda: EndlessFile(10), tracker)
    eventually(lambda: feed.state == "ended")
    with pytest.raises(WorkerDied, match="ValueError: first"):
        feed.take(0.0)
    feed.close()


def test_an_error_while_closing_is_not_swallowed() -> None:
    tracker = NoHands()

    def fail() -> None:
        raise ValueError("the tracker does not close")

    tracker.close = fail  # type: ignore[method-assign]  # a tracker that breaks at the end
    feed = started(lambda: EndlessFile(1), tracker)
    eventually(lambda: feed.state == "ended" and feed.message)
    with pytest.raises(WorkerDied, match="the tracker does not close"):
        feed.take(0.0)
    feed.close()


@pytest.fixture
def blocked(request: pytest.FixtureRequest) -> Iterator[LiveFeed]:
    """A feed in which something blocks for good; it is let go of at the end of the test."""
    source, tracker, opening = BlockingSource(deaf=True), NoHands(), threading.Event()

    def open_source() -> FrameSource:
        if request.param == "open":
            opening.wait(LONG_S)
        return source

    if request.param == "track":
        tracker.free.clear()
    feed = started(open_source, tracker, settings=LiveSettings(close_s=0.1))
    if request.param == "read":
        eventually(lambda: source.reads == 2)
    if request.param == "track":
        eventually(lambda: tracker.inside)
        source.let_go()
    yield feed
    tracker.free.set()
    opening.set()
    source.let_go()
    eventually(lambda: source.closed)
    eventually(lambda: not any(thread.name.startswith("handplay") for thread in threading.enumerate()))


@pytest.mark.parametrize(
    ("blocked", "thread"),
    [("read", "capture"), ("open", "capture"), ("track", "tracking")],
    indirect=["blocked"],
    ids=["read", "open", "track"],
)
def test_what_blocks_for_good_is_left_behind_and_told(
    blocked: LiveFeed, thread: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert seconds_to_close(blocked) < GENEROUS_S
    assert f"the {thread} thread did not end in time" in caplog.text


FORGETFUL = """
from handplay.engine import HandFrame, LiveFeed, open_source

class NoHands:
    def track(self, frame_bgr, time_s):
        return HandFrame(0, time_s, 8, 6)
    def close(self):
        print("tracker closed")

feed = LiveFeed(lambda: open_source("demo"), lambda info: NoHands())
feed.start()
while not feed.take(0.0):
    pass
print("leaving")
"""


def test_a_program_that_forgets_to_close_ends_well() -> None:
    done = subprocess.run([sys.executable, "-c", FORGETFUL], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.split("\n")[:2], done.stderr) == (0, ["leaving", "tracker closed"], "")
