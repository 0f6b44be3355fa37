"""Files that are whole or not there at all: written beside their place, flushed to the disk, then renamed.

A crash or a kill leaves a hidden `.NAME.XXXXXXXX.part.SUFFIX` behind and the old file as it was. What is not a
regular file (a pipe, a device, `/dev/stdout`) is opened in place and never replaced.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from handplay.engine.errors import OutputError

_DEVICE_FOLDERS = ("/dev/", "/proc/")


class PendingFile:
    """A file on its way to its place; the two steps `commit` and `discard` for those who cannot use `with`.

    Attributes:
        path: where to write now: beside the target, with the same suffix; the target itself if it is special.
        target: where the file will be.
        special: True if the target is a pipe or device: it is written in place.

    Raises:
        OutputError: the place cannot be written to.
    """

    def __init__(self, target: str | os.PathLike[str]) -> None:
        self.target = Path(target)
        self.special = is_special(self.target)
        self.path = self.target
        self._done = False
        if not self.special:
            self.path = self._create_beside()

    def commit(self) -> None:
        """Puts the file in its place. All handles on `path` must be closed by now."""
        if self._done or self.special:
            self._done = True
            return
        try:
            _flush_to_disk(self.path)
            os.replace(self.path, self._real_target())
        except OSError as error:
            self.discard()
            raise write_error(self.target, error) from error
        self._done = True

    def discard(self) -> None:
        """Removes what was written; the target stays as it was."""
        if not self._done and not self.special:
            with contextlib.suppress(OSError):
                self.path.unlink()
        self._done = True

    def _real_target(self) -> Path:
        # A link stays a link: the file it points to is replaced.
        return self.target.resolve() if self.target.is_symlink() else self.target

    def _create_beside(self) -> Path:
        place = self._real_target()
        if place.is_dir():
            raise OutputError(f"{self.target} is a folder: name a file to write to.")
        beside = place.with_name(f".{place.stem}.{secrets.token_hex(4)}.part{place.suffix}")
        try:
            # Created here and now, so that a place that cannot be written to is told before the work, not after it.
            os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except OSError as error:
            raise write_error(self.target, error) from error
        with contextlib.suppress(OSError):
            shutil.copymode(place, beside)
        return beside


@contextlib.contextmanager
def atomic_path(target: str | os.PathLike[str]) -> Iterator[Path]:
    """A path to write to, renamed to `target` when the block ends well and removed when it does not.

    The file exists and is empty at the start and has the target's suffix, so that writers that choose a format by
    the name work. For a pipe or a device the path is the target itself.

    Raises:
        OutputError: the place cannot be written to, or an `OSError` came up while writing (disk full).
    """
    pending = PendingFile(target)
    try:
        yield pending.path
    except OSError as error:
        pending.discard()
        raise write_error(pending.target, error) from error
    except BaseException:
        pending.discard()
        raise
    pending.commit()


def write_text(target: str | os.PathLike[str], text: str) -> None:
    """Writes a whole UTF-8 text file, or none of it.

    Raises:
        OutputError: the place cannot be written to.
    """
    with atomic_path(target) as path, open(path, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def is_special(path: str | os.PathLike[str]) -> bool:
    """True for what must be opened and never replaced: pipes, devices, sockets, and all below /dev and /proc."""
    if os.name == "posix" and os.path.abspath(path).startswith(_DEVICE_FOLDERS):
        return not os.path.isdir(path)
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def write_error(target: str | os.PathLike[str], error: OSError) -> OutputError:
    """The one sentence about a file that cannot be written."""
    if isinstance(error, FileNotFoundError):
        folder = Path(target).parent
        return OutputError(f"Cannot write {target}: there is no folder {folder}. Make it first, or name another place.")
    if isinstance(error, PermissionError):
        return OutputError(f"Cannot write {target}: no permission, or another program has it open. Name another place.")
    if isinstance(error, BrokenPipeError):
        return OutputError(f"Cannot write {target}: the program that reads it has ended.")
    reason = error.strerror or str(error)
    return OutputError(f"Cannot write {target}: {reason[:1].lower()}{reason[1:]}. Make room or name another place.")


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
