"""Hands for a game loop from a source and a tracker on the game's own clock: no threads, and as slow as it takes.

For films and tests: every picture is tracked, a busy machine changes nothing, and the demo hand still follows the
game's wishes.
"""

from __future__ import annotations

from dataclasses import replace

from handplay.engine.live.feed import FeedState, FeedStats, HandUpdate
from handplay.engine.sources.base import Frame, FrameSource, Image, Steerable, Wish
from handplay.engine.tracking.tracker import HandTracker


class SteppedFeed:
    """A `HandFeed` without threads.

    Args:
        source: gives its pictures at once, with the times of its own clock.
        tracker: closed with the feed.
        late_s: a result is due this long after its picture, as with a camera and a tracker that work.
    """

    def __init__(self, source: FrameSource, tracker: HandTracker, *, late_s: float = 0.03) -> None:
        self._source = source
        self._tracker = tracker
        self._late_s = late_s
        self._next: Frame | None = None
        self._origin_s = 0.0
        self._picture: Image | None = None
        self._given = 0
        self._state: FeedState = "starting"

    def start(self) -> None:
        """Begins. Does nothing the second time."""
        if self._state == "starting":
            self._state = "running"
            self._next = self._read()
            if self._next is not None:
                self._origin_s = self._next.time_s

    @property
    def state(self) -> FeedState:
        return self._state

    @property
    def message(self) -> str:
        """Always empty."""
        return ""

    def take(self, now_s: float) -> list[HandUpdate]:
        """Tracks and gives what is due by `now_s`; blocks as long as that takes.

        Raises:
            SourceError: the source broke.
        """
        due = []
        while self._next is not None and self._next.time_s - self._origin_s + self._late_s <= now_s:
            frame = self._next
            hands = replace(self._tracker.track(frame.image, frame.time_s), frame_index=frame.index)
            self._picture = frame.image
            due.append(HandUpdate(hands))
            self._given += 1
            self._next = self._read()
        return due

    def picture(self) -> Image | None:
        """The newest tracked picture."""
        return self._picture

    def stats(self) -> FeedStats:
        return FeedStats(captured=self._given, tracked=self._given)

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        """Passes wishes on to a source that can be steered."""
        if isinstance(self._source, Steerable):
            self._source.steer(wishes)

    def close(self) -> None:
        self._state = "closed"
        self._next = None
        self._source.close()
        self._tracker.close()

    def _read(self) -> Frame | None:
        frame = self._source.read()
        if frame is None:
            self._state = "ended"
        return frame
