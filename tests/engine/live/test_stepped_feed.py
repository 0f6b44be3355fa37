"""The feed on the game's own clock: every picture once, in time, on wishes, to the end."""

from __future__ import annotations

import numpy as np

from handplay.engine.hands import HandFrame
from handplay.engine.live.stepped_feed import SteppedFeed
from handplay.engine.sources.base import Frame, Image, SourceInfo, Wish


class Pictures:
    """Five pictures, 0.1 s apart, that begin at 3 s; takes wishes."""

    def __init__(self) -> None:
        self.info = SourceInfo("made", "video", 8, 6, 10.0, 5)
        self.next = 0
        self.closed = False
        self.wishes: tuple[Wish, ...] = ()

    def read(self) -> Frame | None:
        if self.next == 5:
            return None
        self.next += 1
        return Frame(self.next - 1, 3.0 + 0.1 * (self.next - 1), np.full((6, 8, 3), self.next, np.uint8))

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        self.wishes = wishes

    def close(self) -> None:
        self.closed = True


class Tracker:
    """Finds nothing; remembers what it saw."""

    def __init__(self) -> None:
        self.seen: list[float] = []
        self.closed = False

    def track(self, image: Image, time_s: float) -> HandFrame:
        self.seen.append(round(time_s, 3))
        return HandFrame(0, time_s, 8, 6)

    def close(self) -> None:
        self.closed = True


def test_every_picture_comes_once_and_late() -> None:
    source, tracker = Pictures(), Tracker()
    feed = SteppedFeed(source, tracker, late_s=0.05)  # type: ignore[arg-type]  # stands in for a tracker
    assert feed.take(9.0) == []  # not started
    feed.start()
    feed.start()
    states: list[str] = [feed.state]
    assert feed.take(0.04) == []
    assert [one.hands.frame_index for one in feed.take(0.051)] == [0]
    assert feed.take(0.1) == []
    picture = feed.picture()
    assert picture is not None
    assert picture[0, 0, 0] == 1
    assert [one.hands.frame_index for one in feed.take(0.3)] == [1, 2]
    assert [one.hands.frame_index for one in feed.take(60.0)] == [3, 4]
    states.append(feed.state)
    assert states == ["running", "ended"]
    assert feed.take(99.0) == []
    assert tracker.seen == [3.0, 3.1, 3.2, 3.3, 3.4]
    assert feed.stats().tracked == 5


def test_wishes_reach_the_source_and_closing_closes_all() -> None:
    source, tracker = Pictures(), Tracker()
    feed = SteppedFeed(source, tracker)  # type: ignore[arg-type]  # stands in for a tracker
    feed.steer((Wish(0.2, 0.3),))
    assert source.wishes == (Wish(0.2, 0.3),)
    feed.start()
    feed.close()
    assert (source.closed, tracker.closed, feed.state) == (True, True, "closed")
    assert feed.take(99.0) == []
