"""Another tracker, another source, while the feed runs."""

from __future__ import annotations

from collections.abc import Callable

from handplay.engine.live.live_feed import LiveFeed
from handplay.engine.sources.base import SourceInfo, Wish

from live_parts import FAST, FakeSource, FakeTracker, MakeFeed, take


def test_a_new_tracker_takes_over_with_the_next_picture() -> None:
    source, made = FakeSource(), []

    def make_tracker(info: SourceInfo) -> FakeTracker:
        made.append(FakeTracker(info))
        return made[-1]

    feed = LiveFeed(lambda: source, make_tracker, settings=FAST)
    feed.start()
    for _ in range(2):
        source.push()
        take(feed, 1)
    assert len(made) == 1
    feed.retune()
    for _ in range(2):
        source.push()
        take(feed, 1)
    assert [tracker.count for tracker in made] == [2, 2]
    assert made[0].closed == 1
    feed.close()


def test_another_source_is_opened_once_the_first_is_let_go(make_feed: MakeFeed) -> None:
    first, second = FakeSource(), FakeSource()
    feed = make_feed(first)
    feed.steer((Wish(0.5, 0.5),))
    first.push()
    take(feed, 1)

    closed_when_opened = []

    def open_second() -> FakeSource:
        closed_when_opened.append(first.closed)
        return second

    feed.reopen(open_second)
    second.push()
    (update,) = take(feed, 1)
    assert update.hands.frame_index == 0
    assert feed.info is second.info
    assert closed_when_opened[0] >= 1
    assert feed.stats().captured == 2
    assert second.wishes == [(Wish(0.5, 0.5),)]


def test_a_source_that_is_exchanged_before_the_start_is_never_opened() -> None:
    opened: list[str] = []

    def opener(name: str, source: FakeSource) -> Callable[[], FakeSource]:
        def open_source() -> FakeSource:
            opened.append(name)
            return source

        return open_source

    source = FakeSource()
    feed = LiveFeed(opener("first", FakeSource()), FakeTracker, settings=FAST)
    feed.reopen(opener("second", source))
    feed.start()
    source.push()
    take(feed, 1)
    feed.close()
    assert opened == ["second"]
