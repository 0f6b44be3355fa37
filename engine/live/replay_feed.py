"""Hands for a game loop from a recording, on the game's own clock: a game replays identically."""

from __future__ import annotations

import os

from handplay.engine.errors import RecordingError
from handplay.engine.live.feed import FeedState, FeedStats, HandUpdate
from handplay.engine.recording import RecordedFrame, RecordingHeader, read_recording
from handplay.engine.sources.base import Image, Wish


class ReplayFeed:
    """A `*.hands.jsonl` recording in place of camera and tracker. A `HandFeed` without threads.

    Args:
        path: the recording. Its header is read now, its frames as they come due.

    Raises:
        RecordingError: there is no such file, or it is no recording; from `take` if a later line is wrong.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._header, self._frames = read_recording(path)
        self._next: RecordedFrame | None = None
        self._origin_s = 0.0
        self._given = 0
        self._error: RecordingError | None = None
        self._state: FeedState = "starting"

    @property
    def header(self) -> RecordingHeader:
        """What was recorded."""
        return self._header

    def start(self) -> None:
        """Begins. Does nothing the second time."""
        if self._state == "starting":
            self._state = "running"
            self._next = self._advance()
            if self._next is not None:
                self._origin_s = self._next.hands.time_s

    @property
    def state(self) -> FeedState:
        return self._state

    @property
    def message(self) -> str:
        """Always empty: a recording is either there or an error."""
        return ""

    def take(self, now_s: float) -> list[HandUpdate]:
        """The frames up to `now_s` seconds after the first, oldest first; every frame once, however long the step.

        Raises:
            RecordingError: a line is wrong; names it.
        """
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        due = []
        while self._next is not None and self._next.hands.time_s - self._origin_s <= now_s:
            due.append(HandUpdate(self._next.hands))
            self._given += 1
            self._next = self._advance()
        return due

    def picture(self) -> Image | None:
        """None: a recording has no pictures."""
        return None

    def stats(self) -> FeedStats:
        return FeedStats(captured=self._given, tracked=self._given)

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        """Takes no notice: what was recorded is recorded."""

    def close(self) -> None:
        self._state = "closed"
        self._next = None
        self._frames.close()

    def _advance(self) -> RecordedFrame | None:
        try:
            frame = next(self._frames, None)
        except RecordingError as error:
            # Told by the next `take`: the frames before the wrong line are good.
            self._error, frame = error, None
        if frame is None:
            self._state = "ended"
        return frame
