"""Waits for the disk beside the game: a thread that flushes a file when it is asked to."""

from __future__ import annotations

import contextlib
import os
import threading

_WAIT_S = 2.0
"""How long `close` waits for a disk that does not answer."""


class DiskSync:
    """Flushes the file it was last asked for. The thread begins with the first file."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._descriptor: int | None = None
        self._error: OSError | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def ask(self, descriptor: int) -> None:
        """Asks for a flush of an open file, soon."""
        with self._lock:
            if self._descriptor is None:
                # A handle of its own, so that the file may be closed while it is being flushed.
                self._descriptor = os.dup(descriptor)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="airdraw-disk", daemon=True)
                self._thread.start()
        self._wanted.set()

    def check(self) -> None:
        """Raises what the last flush ended in, once.

        Raises:
            OSError: the disk did not take what was written.
        """
        error, self._error = self._error, None
        if error is not None:
            raise error

    def forget(self) -> None:
        """Lets go of the file after one more flush."""
        with self._lock:
            descriptor, self._descriptor = self._descriptor, None
            if descriptor is not None:
                with contextlib.suppress(OSError):
                    os.fsync(descriptor)
                os.close(descriptor)

    def close(self) -> None:
        """Ends the thread."""
        self._closed = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(_WAIT_S)

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._closed:
                return
            with self._lock:
                descriptor = None if self._descriptor is None else os.dup(self._descriptor)
            if descriptor is None:
                continue
            try:
                os.fsync(descriptor)
            except OSError as error:
                self._error = error
            finally:
                os.close(descriptor)
