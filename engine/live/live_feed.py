"""Hands for a game loop from a source and a tracker, each in a thread of its own."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Callable

from handplay.engine.errors import HandplayError, WorkerDied
from handplay.engine.live.capture import Arrival, CaptureThread
from handplay.engine.live.feed import FeedState, FeedStats, HandUpdate
from handplay.engine.live.mailbox import Mailbox
from handplay.engine.live.settings import LiveSettings
from handplay.engine.live.tracking_thread import TrackerLike, TrackingThread
from handplay.engine.sources.base import FrameSource, Image, SourceInfo, Wish

_log = logging.getLogger(__name__)


class LiveFeed:
    """Source -> capture thread -> mailbox -> tracking thread -> `take`. A `HandFeed`.

    Models load and the source opens behind the first drawn frame, side by side. A live source that is lost is told in
    `message` and opened again; any other error is raised by `take`, once, and ends the feed.

    Args:
        open_source: opens the source; called again after a loss.
        make_tracker: makes the tracker for a source; called in the tracking thread.
        optional: True if no source was named: then the feed waits for a camera to be plugged in.
        warm_up: called in the tracking thread while the source opens, to load the models.
        settings: how patient.
        clock: monotonic seconds, the clock of live frames.
    """

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        make_tracker: Callable[[SourceInfo], TrackerLike],
        *,
        optional: bool = False,
        warm_up: Callable[[], object] | None = None,
        settings: LiveSettings | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_source = open_source
        self._optional = optional
        self._settings = settings or LiveSettings()
        self._clock = clock
        self._lock = threading.Lock()
        self._mailbox: Mailbox[Arrival] = Mailbox()
        self._tracking = TrackingThread(
            self._mailbox,
            make_tracker,
            warm_up=warm_up,
            kept_latencies=self._settings.kept_latencies,
            clock=clock,
        )
        self._capture = self._new_capture()
        self._wishes: tuple[Wish, ...] | None = None
        self._captured_before = 0
        self._started_s: float | None = None
        self._error: HandplayError | None = None
        self._error_told = False
        self._closed = False

    def start(self) -> None:
        """Begins; returns at once. Does nothing the second time."""
        with self._lock:
            if self._closed or self._started_s is not None:
                return
            self._started_s = self._clock()
            # A thread that is inside OpenCV when the interpreter ends takes the process down with an abort.
            atexit.register(self.close)
            self._tracking.start()
            self._capture.start()

    @property
    def state(self) -> FeedState:
        return self._condition()[0]

    @property
    def message(self) -> str:
        """One sentence for the player, empty when all is well."""
        return self._condition()[1]

    @property
    def info(self) -> SourceInfo | None:
        """Of the source, None until it is open."""
        return self._capture.info

    def take(self, now_s: float) -> list[HandUpdate]:
        """All results since the last call, oldest first; `now_s` does not matter to a live feed.

        Raises:
            HandplayError: what ended the feed, once; `WorkerDied` with its cause if it was no error of handplay's.
        """
        self._notice_error()
        with self._lock:
            if self._error is not None and not self._error_told:
                self._error_told = True
                raise self._error
        self._replace_stuck_capture()
        return self._tracking.take()

    def picture(self) -> Image | None:
        return self._tracking.picture

    def stats(self) -> FeedStats:
        with self._lock:
            captured = self._captured_before + self._capture.captured
        return FeedStats(
            captured=captured,
            tracked=self._tracking.tracked,
            dropped=self._mailbox.dropped,
            track_ms=self._tracking.latencies_ms(),
        )

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        """Tells a steerable source (the demo hand) where its hands should be; other sources take no notice."""
        with self._lock:
            self._wishes = wishes
            capture = self._capture
        capture.steer(wishes)

    def retune(self) -> None:
        """Makes a new tracker for the next picture: what `make_tracker` gives has changed."""
        self._tracking.remake()

    def reopen(self, open_source: Callable[[], FrameSource]) -> None:
        """Takes pictures from another source from now on. Returns at once; the one before is let go of first."""
        with self._lock:
            before = self._capture

            def open_after() -> FrameSource:
                before.join(self._settings.close_s)  # it may be the same device
                return open_source()

            self._open_source = open_source if self._started_s is None else open_after
        self._hand_over(before)

    def close(self) -> None:
        """Ends both threads. What does not end in time is left behind as a daemon thread, and told in the log."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            capture = self._capture
        atexit.unregister(self.close)
        deadline_s = time.monotonic() + self._settings.close_s
        capture.stop()
        self._mailbox.close()
        # Most reads return with the next picture. Only one that blocks is woken by closing the source under it.
        if not capture.join(self._settings.close_s / 4):
            capture.wake()
        left = [
            name
            for name, thread in (("capture", capture), ("tracking", self._tracking))
            if not thread.join(max(0.0, deadline_s - time.monotonic()))
        ]
        if left:
            _log.warning("the %s thread did not end in time and was left behind", " and the ".join(left))

    def _condition(self) -> tuple[FeedState, str]:
        self._notice_error()
        with self._lock:
            capture, error, closed, started_s = self._capture, self._error, self._closed, self._started_s
        if closed:
            return "closed", ""
        if error is not None:
            return "ended", str(error)
        if started_s is None:
            return "starting", ""
        phase, message, info = capture.phase, capture.message, capture.info
        if phase == "missing":
            return "no_source", message
        if phase == "ended" and not self._tracking.alive:
            return "ended", ""
        if self._stalled(capture):
            name = info.name if info is not None else "source"
            return "no_source", f"No picture from {name} for {capture.silent_s:.0f} s: check its cable and its light."
        if self._tracking.tracked == 0:
            slow = self._clock() - started_s > self._settings.slow_start_s
            return "starting", "Still opening: some cameras take their time." if slow else ""
        busy_s = self._tracking.busy_s
        if busy_s > self._settings.stall_s:
            return "running", f"This computer is busy: hands are {busy_s:.0f} s late."
        return "running", ""

    def _stalled(self, capture: CaptureThread) -> bool:
        info = capture.info
        live = info is not None and info.kind == "live"
        return live and capture.phase == "running" and capture.silent_s > self._settings.stall_s

    def _notice_error(self) -> None:
        error = self._tracking.take_error()
        if error is None:
            return
        if not isinstance(error, HandplayError):
            died = WorkerDied(f"The hand tracking stopped: {type(error).__name__}: {error}. Start again with --debug.")
            died.__cause__ = error
            error = died
        with self._lock:
            self._error = error
            capture = self._capture
        capture.stop()
        capture.wake()
        self._mailbox.close()

    def _replace_stuck_capture(self) -> None:
        """A read that will not return holds its thread for good: a new one takes over and opens the source anew."""
        with self._lock:
            stuck = self._capture
        if self._stalled(stuck) and stuck.silent_s >= self._settings.abandon_s:
            self._hand_over(stuck)

    def _hand_over(self, before: CaptureThread) -> None:
        """A new capture thread in the place of this one."""
        with self._lock:
            if self._closed or self._error is not None:
                return
            self._captured_before += before.captured
            self._capture = self._new_capture()
            if self._wishes is not None:
                self._capture.steer(self._wishes)
            if self._started_s is not None:
                self._capture.start()
        before.stop()
        before.wake()

    def _new_capture(self) -> CaptureThread:
        return CaptureThread(
            self._open_source,
            self._mailbox,
            optional=self._optional,
            settings=self._settings,
            clock=self._clock,
        )
