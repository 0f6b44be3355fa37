"""Autosave: each step of a drawing is appended to a file of the program's own before the call returns.

    8 hex digits (CRC-32 of the rest), a space, JSON, end of line

    {"format": "handplay-journal", "version": 1}
    {"sheet": {...}}                                             layers, canvas, background
    {"added": [[place, stroke or id], ...], "removed": [[place, id], ...], "sheet": {...}}
    {"closed": true}                                             the program ended in order

A stroke that the file has seen before (undo, redo) is named by its id. A line that is cut off or damaged ends the
reading: what stands before it is the drawing. Each running program has a file of its own with a lock beside it that
dies with the process, so that a second program neither writes into it nor takes it for left over.

The line is in the hands of the system when `append` returns, so that killing the program loses nothing; a thread then
waits for the disk (`DiskSync`), because that may take longer than a frame.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from handplay.engine.atomic import atomic_path, write_error
from handplay.engine.errors import OutputError
from handplay.games.airdraw.codec import Json, sheet_to_json, stroke_to_json
from handplay.games.airdraw.data_folder import data_folder
from handplay.games.airdraw.disk_sync import DiskSync
from handplay.games.airdraw.document import Document, Edit
from handplay.games.airdraw.file_lock import FileLock
from handplay.games.airdraw.strokes import Stroke

SUFFIX = ".journal"
HEADER: Json = {"format": "handplay-journal", "version": 1}

_MOST_WAITING = 4096
"""Steps kept for a disk that does not take them; with more, the whole drawing is written once it does."""


class Journal:
    """Writes the steps of one drawing. Nothing here raises: a disk that fails is told in `problem`, and tried again.

    Args:
        folder: where; the data folder if None.

    Attributes:
        folder: as given.
        path: the file, once there is one.
        problem: one sentence while steps cannot be written, else empty.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.path: Path | None = None
        self.problem = ""
        self.folder = folder or data_folder()
        self._lock: FileLock | None = None
        self._descriptor: int | None = None
        self._sync = DiskSync()
        self._size = 0
        self._known: set[int] = set()
        self._waiting: list[bytes] = []

    def begin(self, document: Document, lines: Iterable[bytes] | None = None) -> bool:
        """Begins anew with a whole drawing; False if it could not be written. An empty one leaves no file yet.

        Args:
            lines: those of its strokes, if they are made already.
        """
        if self._descriptor is None and not document.strokes and document.sheet.background is None:
            return True
        return self._guarded(lambda: self._write_whole(document, lines))

    def append(self, edit: Edit, document: Document) -> bool:
        """Writes a step that the document has just taken; False if it has to wait."""
        if self._descriptor is None:
            return self._guarded(lambda: self._write_whole(document))
        if len(self._waiting) >= _MOST_WAITING or self._gone():
            self._drop_file()
            return self._guarded(lambda: self._write_whole(document))
        self._waiting.append(line_of(self._step(edit)))
        return self._guarded(self._write_waiting)

    def compact(self, document: Document) -> bool:
        """Makes the file small, the drawing as it is without the way there, if much of it is gone by now."""
        worth_it = len(self._known) > 2 * len(document.strokes) + 10
        return self._descriptor is None or not (worth_it or self._waiting) or self.begin(document)

    def close(self, *, keep: bool = True) -> None:
        """Ends it. With `keep` the next start finds the drawing, otherwise the file goes."""
        if self._descriptor is not None and keep:
            self._waiting.append(line_of({"closed": True}))
            self._guarded(self._write_waiting)
        self._drop_file()
        self._sync.close()
        if self.path is not None and not keep:
            with contextlib.suppress(OSError):
                self.path.unlink()
        if self._lock is not None:
            self._lock.release(remove=True)

    def _guarded(self, write: Callable[[], None]) -> bool:
        try:
            write()
            self._sync.check()
        except OSError as error:
            self.problem = _sentence(write_error(self.path or self.folder, error))
            return False
        except OutputError as error:
            self.problem = _sentence(error)
            return False
        self.problem = ""
        return True

    def _write_whole(self, document: Document, lines: Iterable[bytes] | None = None) -> None:
        path = self._claimed()
        self._drop_file()
        with atomic_path(path) as beside, open(beside, "wb") as stream:
            stream.write(line_of(HEADER) + line_of({"sheet": sheet_to_json(document.sheet)}))
            stream.writelines(strokes_as_lines(document.strokes) if lines is None else lines)
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
        self._size = os.fstat(self._descriptor).st_size
        self._known = {stroke.id for stroke in document.strokes}
        self._waiting.clear()

    def _claimed(self) -> Path:
        """The path of this journal; the first time, a new name with its lock taken."""
        if self.path is not None and self._lock is not None and self._lock.held:
            self.folder.mkdir(parents=True, exist_ok=True)
            return self.path
        self.folder.mkdir(parents=True, exist_ok=True)
        stamp = time.strftime("%Y%m%d-%H%M%S")
        path = self.folder / f"drawing-{stamp}-{os.getpid()}-{secrets.token_hex(3)}{SUFFIX}"
        lock = FileLock(lock_path(path))
        if not lock.take():
            raise OutputError(f"Cannot lock {lock.path}: another program holds it. Try again.")
        self.path, self._lock = path, lock
        return path

    def _write_waiting(self) -> None:
        if self._descriptor is None:
            return
        data = memoryview(b"".join(self._waiting))
        done = 0
        try:
            while done < len(data):
                done += os.write(self._descriptor, data[done:])
        except OSError:
            # Half a line would end the reading: back to the last whole one. The steps wait for a better moment.
            try:
                os.ftruncate(self._descriptor, self._size)
            except OSError:
                self._drop_file()
            raise
        self._size += done
        self._waiting.clear()
        self._sync.ask(self._descriptor)

    def _step(self, edit: Edit) -> Json:
        step: Json = {}
        if edit.removed:
            step["removed"] = [[place, stroke.id] for place, stroke in edit.removed]
        if edit.added:
            known = self._known
            step["added"] = [[at, s.id if s.id in known else stroke_to_json(s)] for at, s in edit.added]
            known.update(stroke.id for _, stroke in edit.added)
        if edit.after is not None:
            sheet = sheet_to_json(edit.after)
            if edit.before is not None and edit.before.background == edit.after.background:
                sheet["background"] = "same"
            step["sheet"] = sheet
        return step

    def _gone(self) -> bool:
        """True if someone has deleted the file."""
        try:
            return self._descriptor is not None and os.fstat(self._descriptor).st_nlink == 0
        except OSError:
            return True

    def _drop_file(self) -> None:
        self._waiting.clear()
        if self._descriptor is not None:
            self._sync.forget()
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


def strokes_as_lines(strokes: Sequence[Stroke], begin: int = 0) -> Iterator[bytes]:
    """The lines of whole strokes, in drawing order, from a place on."""
    for place, stroke in enumerate(strokes[begin:], begin):
        yield line_of({"added": [[place, stroke_to_json(stroke)]]})


def line_of(value: Json) -> bytes:
    """A line of a journal."""
    body = json.dumps(value, separators=(",", ":"), ensure_ascii=True).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(body), body)


def value_of(line: bytes) -> Json | None:
    """What a line says; None if it is damaged."""
    if len(line) < 11 or line[8:9] != b" " or not line.endswith(b"\n"):
        return None
    try:
        right = int(line[:8], 16) == zlib.crc32(line[9:-1])
        value = json.loads(line[9:-1]) if right else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def lock_path(path: Path) -> Path:
    """The lock file of a journal."""
    return path.with_suffix(".lock")


def journals(folder: Path) -> Iterable[Path]:
    """The journals of a folder, the newest first."""
    with contextlib.suppress(OSError):
        return sorted(folder.glob(f"*{SUFFIX}"), key=_changed_s, reverse=True)
    return []


def _changed_s(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _sentence(error: Exception) -> str:
    return f"Your drawing is not being saved as you draw. {error}"
