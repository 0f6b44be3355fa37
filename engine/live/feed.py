"""What a game loop takes hands from: a live source with its tracker, or a recording. One protocol for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from handplay.engine.hands import HandFrame
from handplay.engine.sources.base import Image

FeedState = Literal["starting", "running", "no_source", "ended", "closed"]


@dataclass(frozen=True, slots=True, eq=False)
class HandUpdate:
    """One result on its way to the game loop.

    Attributes:
        hands: the tracked hands.
        posted_s: `time.monotonic()` when the result was put where the loop takes it; None from a recording.
    """

    hands: HandFrame
    posted_s: float | None = None


@dataclass(frozen=True, slots=True)
class FeedStats:
    """Counters since the start.

    Attributes:
        captured: pictures that arrived.
        tracked: pictures that went through the tracker.
        dropped: pictures overwritten in the mailbox before the tracker took them.
        track_ms: arrival to posted result, the newest values (at most some thousands), milliseconds.
    """

    captured: int = 0
    tracked: int = 0
    dropped: int = 0
    track_ms: tuple[float, ...] = ()


class HandFeed(Protocol):
    """Hands for a game loop. Never blocks; the threads behind it, if any, are its own affair."""

    def start(self) -> None:
        """Begins; returns at once (models and cameras open behind the first drawn frame)."""
        ...

    @property
    def state(self) -> FeedState: ...

    @property
    def message(self) -> str:
        """One sentence for the player about the state, empty when all is well."""
        ...

    def take(self, now_s: float) -> list[HandUpdate]:
        """All results that are due, oldest first, none lost.

        Args:
            now_s: seconds since `start` on the simulation's clock. A recording gives what lies before it on its
                own clock, so that a game replays identically; a live feed gives all there is.

        Raises:
            HandplayError: a thread behind the feed ended in an error; told once.
        """
        ...

    def picture(self) -> Image | None:
        """The newest tracked picture (BGR, not mirrored by us) for an inset, or None. Not to be written to."""
        ...

    def stats(self) -> FeedStats: ...

    def close(self) -> None:
        """Ends all threads within a second and lets go of the source. May be called twice."""
        ...
