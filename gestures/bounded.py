"""Reads a file that somebody named: never more than asked for, and never waiting for a pipe that nobody writes to."""

from __future__ import annotations

import os
import stat
from os import PathLike

_KINDS = (
    (stat.S_ISDIR, "it is a folder; name a file in it"),
    (stat.S_ISFIFO, "it is a pipe; save it as a file first"),
    (stat.S_ISSOCK, "it is a socket, not a file"),
    (stat.S_ISCHR, "it is a device, not a file"),
    (stat.S_ISBLK, "it is a device, not a file"),
)


def read_bounded(path: str | PathLike[str], most: int) -> bytes:
    """A file's content, or its first `most` bytes.

    Raises:
        OSError, ValueError: it cannot be read, or is no ordinary file; `why` makes words of it.
    """
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):  # as far as the system has them
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        if not os.path.islink(path):
            raise
        raise OSError(0, f"no such file: it is a link to {os.readlink(path)}, which is not there") from None
    try:
        mode = os.fstat(descriptor).st_mode
        for is_kind, reason in _KINDS:
            if is_kind(mode):
                raise OSError(0, reason)
        parts = []
        while most > 0 and (part := os.read(descriptor, min(most, 1 << 20))):
            parts.append(part)
            most -= len(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def why(error: OSError | ValueError) -> str:
    """The reason alone, without the path and the error's number."""
    reason = getattr(error, "strerror", None) or str(error)
    return reason[:1].lower() + reason[1:]
