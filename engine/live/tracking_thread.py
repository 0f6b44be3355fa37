"""The thread around the tracker: newest picture in, results out, none of them lost."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from handplay.engine.hands import HandFrame
from handplay.engine.live.capture import Arrival
from handplay.engine.live.feed import HandUpdate
from handplay.engine.live.mailbox import Mailbox, MailboxClosed
from handplay.engine.live.processors import keep_opencv_aside
from handplay.engine.sources.base import Image, SourceInfo


class TrackerLike(Protocol):
    """What the thread needs of a tracker."""

    def track(self, frame_bgr: Image, time_s: float, /) -> HandFrame: ...

    def close(self) -> None: ...


class TrackingThread:
    """Takes pictures from a mailbox and keeps the results until they are taken.

    Args:
        mailbox: where pictures come from.
        make_tracker: called in the thread, with the first picture's source, again if a later source is of another
            kind or mirrored otherwise, and after `remake`.
        warm_up: called first of all in the thread, while the source opens in its own: loads the models.
        kept_latencies: how many of the newest latencies are kept.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        mailbox: Mailbox[Arrival],
        make_tracker: Callable[[SourceInfo], TrackerLike],
        *,
        warm_up: Callable[[], object] | None = None,
        kept_latencies: int = 4096,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._mailbox = mailbox
        self._make_tracker = make_tracker
        self._warm_up = warm_up
        self._clock = clock
        self._lock = threading.Lock()
        self._results: deque[HandUpdate] = deque()
        self._latencies_ms: deque[float] = deque(maxlen=kept_latencies)
        self._picture: Image | None = None
        self._tracked = 0
        self._busy_since_s: float | None = None
        self._error: BaseException | None = None
        self._tracker: TrackerLike | None = None
        self._made_for: tuple[str, bool] | None = None
        self._stale = False
        self._thread = threading.Thread(target=self._run, name="handplay-tracking", daemon=True)

    def start(self) -> None:
        """Begins; returns at once."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """False once the last result is there."""
        return self._thread.is_alive()

    @property
    def tracked(self) -> int:
        """Pictures that went through the tracker."""
        with self._lock:
            return self._tracked

    @property
    def busy_s(self) -> float:
        """Seconds that the tracker has spent on its present picture, 0 if it waits for one."""
        with self._lock:
            return 0.0 if self._busy_since_s is None else self._clock() - self._busy_since_s

    @property
    def picture(self) -> Image | None:
        """The newest tracked picture."""
        with self._lock:
            return self._picture

    def take(self) -> list[HandUpdate]:
        """All results since the last call, oldest first."""
        with self._lock:
            results = list(self._results)
            self._results.clear()
            return results

    def take_error(self) -> BaseException | None:
        """What ended the thread, or the capture thread before it; once."""
        with self._lock:
            error, self._error = self._error, None
            return error

    def latencies_ms(self) -> tuple[float, ...]:
        """Arrival to posted result, the newest values, milliseconds; live sources alone."""
        with self._lock:
            return tuple(self._latencies_ms)

    def remake(self) -> None:
        """Asks for a new tracker with the next picture; returns at once."""
        with self._lock:
            self._stale = True

    def join(self, timeout_s: float) -> bool:
        """True if the thread has ended within the time, or was never started."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            keep_opencv_aside()
            if self._warm_up is not None:
                self._warm_up()
            while True:
                arrival = self._mailbox.take()
                if arrival is not None:
                    self._track(arrival)
        except MailboxClosed:
            pass
        except BaseException as error:
            self._fail(error)
        finally:
            self._close_tracker()

    def _track(self, arrival: Arrival) -> None:
        with self._lock:
            self._busy_since_s = self._clock()
        tracker = self._tracker_for(arrival.info)
        frame = arrival.frame
        hands = tracker.track(frame.image, frame.time_s)
        if hands.frame_index != frame.index:
            # The tracker counts what it was given; dropped pictures count too.
            hands = dataclasses.replace(hands, frame_index=frame.index)
        with self._lock:
            posted_s = self._clock()
            self._results.append(HandUpdate(hands, posted_s))
            self._picture = frame.image
            self._tracked += 1
            self._busy_since_s = None
            if arrival.info.kind == "live":
                self._latencies_ms.append((posted_s - arrival.arrived_s) * 1000)

    def _tracker_for(self, info: SourceInfo) -> TrackerLike:
        wanted = (info.kind, info.mirrored)
        with self._lock:
            stale, self._stale = self._stale, False
        if self._tracker is None or stale or self._made_for != wanted:
            self._close_tracker()
            self._tracker = self._make_tracker(info)
            self._made_for = wanted
        return self._tracker

    def _close_tracker(self) -> None:
        tracker, self._tracker = self._tracker, None
        if tracker is not None:
            try:
                tracker.close()
            except BaseException as error:
                self._fail(error)

    def _fail(self, error: BaseException) -> None:
        with self._lock:
            self._busy_since_s = None
            # The first error is the cause, later ones its consequences.
            self._error = self._error or error
