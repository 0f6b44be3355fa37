"""One program at a time changes a file: between reading it and putting the new one in its place nobody else does."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from handplay.engine.errors import OutputError

WAIT_S = 10.0
"""A change takes milliseconds; who holds on longer is stuck."""
_AGAIN_S = 0.02
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextlib.contextmanager
def sole_writer(path: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Waits until no other handplay changes a file in the folder of `path`, and keeps others waiting meanwhile.

    The lock goes with the program that holds it, however that ends. Where the system has no locks it is none.

    Raises:
        OutputError: another program did not come to an end in time.
    """
    handle = _open(path)
    try:
        until_s = time.monotonic() + wait_s
        while handle is not None and not _taken(handle):
            if time.monotonic() >= until_s:
                raise OutputError(
                    f"Cannot write {path}: another handplay is changing it. Close that one, or try again."
                )
            time.sleep(_AGAIN_S)
        yield
    finally:
        if handle is not None:
            os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _open(path: Path) -> int | None:
        # A folder cannot be opened there: a file beside it that stays.
        with contextlib.suppress(OSError):
            return os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT)
        return None

    def _taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return error.errno not in _HELD
        return True

else:
    import fcntl

    def _open(path: Path) -> int | None:
        with contextlib.suppress(OSError):
            return os.open(path.parent, os.O_RDONLY)
        return None

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in _HELD
        return True
