"""Feeds that are closed at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handplay.engine.live.live_feed import LiveFeed
from handplay.engine.sources.base import FrameSource

from live_parts import FAST, FakeTracker, MakeFeed


@pytest.fixture
def make_feed() -> Iterator[MakeFeed]:
    """Makes started feeds from sources or errors, the last one for ever; all are closed at the end."""
    feeds: list[LiveFeed] = []

    def make(*opened: FrameSource | BaseException, tracker: FakeTracker | None = None, **options: object) -> LiveFeed:
        queue = list(opened)

        def open_source() -> FrameSource:
            thing = queue.pop(0) if len(queue) > 1 else queue[0]
            if isinstance(thing, BaseException):
                raise thing
            return thing

        options.setdefault("settings", FAST)
        feed = LiveFeed(open_source, lambda info: tracker or FakeTracker(info), **options)  # type: ignore[arg-type]
        feeds.append(feed)
        feed.start()
        return feed

    yield make
    for feed in feeds:
        feed.close()
