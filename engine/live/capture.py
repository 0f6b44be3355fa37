"""The thread around a source: opens it, reads it, opens it again when it breaks."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from handplay.engine.errors import SourceError, SourceMissing
from handplay.engine.live.mailbox import Mailbox
from handplay.engine.live.settings import LiveSettings
from handplay.engine.sources.base import Frame, FrameSource, SourceInfo, Steerable, Wish

Phase = Literal["opening", "running", "missing", "ended"]

NO_CAMERA = (
    "No camera found: play with mouse and keys, or start with --source demo. "
    "A camera is taken as soon as it is plugged in."
)


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """A picture on its way to the tracker.

    Attributes:
        frame: the picture.
        info: of the source it came from.
        arrived_s: monotonic seconds.
    """

    frame: Frame
    info: SourceInfo
    arrived_s: float


class CaptureThread:
    """Reads a source into a mailbox.

    Live sources (and files that are paced) leave the newest picture and never wait; other files wait until their
    picture is taken, so that none is lost. A live source that breaks is opened again with growing pauses; a file
    that breaks, and a source that was named and is not there, end the thread with the error in the mailbox.

    Args:
        open_source: opens it; called again after a loss.
        mailbox: where pictures and the last error go.
        optional: True if the source need not be there: then it is looked for until it is.
        settings: how patient.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        mailbox: Mailbox[Arrival],
        *,
        optional: bool = False,
        settings: LiveSettings | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_source = open_source
        self._mailbox = mailbox
        self._optional = optional
        self._settings = settings or LiveSettings()
        self._clock = clock
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._phase: Phase = "opening"
        self._message = ""
        self._info: SourceInfo | None = None
        self._source: FrameSource | None = None
        self._wishes: tuple[Wish, ...] | None = None
        self._captured = 0
        self._last_arrival_s = clock()
        self._waker: threading.Thread | None = None
        self._thread = threading.Thread(target=self._run, name="handplay-capture", daemon=True)

    def start(self) -> None:
        """Begins; returns at once."""
        self._thread.start()

    @property
    def phase(self) -> Phase:
        with self._lock:
            return self._phase

    @property
    def message(self) -> str:
        """One sentence if something is wrong, else empty."""
        with self._lock:
            return self._message

    @property
    def info(self) -> SourceInfo | None:
        """Of the newest source that was open."""
        with self._lock:
            return self._info

    @property
    def captured(self) -> int:
        """Pictures that arrived."""
        with self._lock:
            return self._captured

    @property
    def silent_s(self) -> float:
        """Seconds since the last picture arrived, or since the start."""
        with self._lock:
            return self._clock() - self._last_arrival_s

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        """Passes wishes on if the source can be steered; a source that opens later gets the newest."""
        with self._lock:
            self._wishes = wishes
            source = self._source
        _steer(source, wishes)

    def stop(self) -> None:
        """Asks the thread to end; returns at once. It ends when its read returns, or when `wake` makes it return."""
        self._stop.set()

    def wake(self) -> None:
        """Closes the source under a read that still blocks after `stop`; returns at once."""
        with self._lock:
            source = self._source
            if source is None or self._waker is not None:
                return
            # In a thread of its own: a driver may take its time, or block, to let go of a device.
            self._waker = threading.Thread(target=_close_quietly, args=(source,), name="handplay-waking", daemon=True)
            self._waker.start()

    def join(self, timeout_s: float) -> bool:
        """True if the thread, and that of `wake`, have ended within the time or were never started."""
        limit_s = time.monotonic() + timeout_s
        for thread in (self._thread, self._waker):
            if thread is not None and thread.ident is not None:
                thread.join(max(0.0, limit_s - time.monotonic()))
                if thread.is_alive():
                    return False
        return True

    def _run(self) -> None:
        try:
            ended = self._open_and_read()
        except BaseException as error:
            self._set_phase("ended")
            if not self._stop.is_set():
                self._mailbox.fail(error)
        else:
            self._set_phase("ended")
            if ended and not self._stop.is_set():
                self._mailbox.finish()

    def _open_and_read(self) -> bool:
        """True when the source has come to its end, False when the thread was stopped."""
        pause_s = self._settings.retry_s
        was_open = False
        while not self._stop.is_set():
            try:
                source = self._open_source()
            except SourceError as error:
                if not (was_open or self._optional):
                    raise
                self._set_phase("missing", self._told(error, was_open))
            else:
                was_open = True
                before = self.captured
                try:
                    if self._read(source):
                        return True
                except SourceError as error:
                    if source.info.kind != "live":
                        raise
                    self._set_phase("missing", str(error))
                finally:
                    with self._lock:
                        self._source = None
                    source.close()
                if self.captured > before + 1:
                    pause_s = self._settings.retry_s
            self._stop.wait(pause_s if was_open else self._settings.look_s)
            pause_s = min(2 * pause_s, self._settings.look_s)
        return False

    def _read(self, source: FrameSource) -> bool:
        info = source.info
        with self._lock:
            self._source, self._info, wishes = source, info, self._wishes
            self._last_arrival_s = self._clock()
        if wishes is not None:
            _steer(source, wishes)
        put = self._mailbox.put if info.kind == "live" else self._mailbox.put_wait
        while not self._stop.is_set():
            frame = source.read()
            if self._stop.is_set():
                break
            if frame is None:
                return True
            arrived_s = frame.time_s if info.kind == "live" else self._clock()
            with self._lock:
                self._captured += 1
                self._last_arrival_s = self._clock()
                self._phase, self._message = "running", ""
            if not put(Arrival(frame, info, arrived_s)):
                break
        return False

    def _told(self, error: SourceError, was_open: bool) -> str:
        if was_open:
            return str(error)
        if isinstance(error, SourceMissing):
            return NO_CAMERA
        return f"{error} Until then play with mouse and keys, or start with --source demo."

    def _set_phase(self, phase: Phase, message: str = "") -> None:
        with self._lock:
            self._phase, self._message = phase, message


def _steer(source: object, wishes: tuple[Wish, ...]) -> None:
    if isinstance(source, Steerable):
        source.steer(wishes)


def _close_quietly(source: FrameSource) -> None:
    # The reading thread closes too and tells what is wrong; this call only wakes it.
    with contextlib.suppress(Exception):
        source.close()
