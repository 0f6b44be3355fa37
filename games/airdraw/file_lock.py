"""A lock that dies with its process: whoever cannot take it knows that the owner is alive."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


class FileLock:
    """An exclusive lock on a file beside the one that is meant.

    Args:
        path: of the lock file; made if it is not there.

    Attributes:
        held: True from a successful `take` to `release`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """True while this object has the lock."""
        return self._descriptor is not None

    def take(self) -> bool:
        """Takes the lock at once, or not at all.

        Raises:
            OSError: the file cannot be made.
        """
        if self._descriptor is not None:
            return True
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
            # Between opening and locking the last owner may have removed the file: then this lock guards nothing.
            kept = os.path.exists(self.path) and os.path.samestat(os.fstat(descriptor), os.stat(self.path))
        except OSError:
            os.close(descriptor)
            return False
        if not kept:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self, *, remove: bool = False) -> None:
        """Gives the lock up, and with `remove` its file too."""
        if self._descriptor is None:
            return
        if remove:
            with contextlib.suppress(OSError):
                self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = None
        if remove:
            with contextlib.suppress(OSError):
                # Windows removes no open file.
                self.path.unlink()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
