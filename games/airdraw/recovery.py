"""What earlier runs left behind: journals without a living owner, read up to the last whole line."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handplay.games.airdraw.codec import DrawingError, Json, sheet_from_json, stroke_from_json, whole
from handplay.games.airdraw.data_folder import data_folder
from handplay.games.airdraw.document import Document, Edit, Sheet
from handplay.games.airdraw.file_lock import FileLock
from handplay.games.airdraw.journal import HEADER, journals, line_of, lock_path, value_of
from handplay.games.airdraw.opening import Opening, Result, Work
from handplay.games.airdraw.strokes import Stroke

MAX_LINE_BYTES = 256 * 1024 * 1024
_OLD_ONES_KEPT = 10

_LARGE_BYTES = 128 * 1024
"""A journal of this size is not read through only to learn whether anything is left in it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a journal holds.

    Attributes:
        document: the drawing up to the last whole step.
        closed: True if the program ended in order.
        damaged: True if something after it could not be read.
    """

    document: Document
    closed: bool
    damaged: bool


class Unfinished:
    """A drawing of an earlier run. It is kept for this process until `discard` or `release`.

    Attributes:
        path: its journal.
    """

    def __init__(self, path: Path, lock: FileLock) -> None:
        self.path = path
        self._lock = lock

    def opening(self) -> Opening:
        """The drawing, to be read in slices; its journal goes once the drawing is in another one."""
        return Opening(
            _redone(self.path), _first_sheet(self.path), settle=lambda kept: self.discard() if kept else self.release()
        )

    @property
    def document(self) -> Document:
        """The drawing, read now."""
        return read_journal(self.path).document

    @property
    def crashed(self) -> bool:
        """True if the program did not end in order."""
        return not read_journal(self.path).closed

    def discard(self) -> None:
        """Deletes the journal: its drawing is in another one by now, or not wanted."""
        with contextlib.suppress(OSError):
            self.path.unlink()
        self._lock.release(remove=True)

    def release(self) -> None:
        """Leaves it for another time."""
        self._lock.release(remove=True)


def newest_unfinished(folder: Path | None = None) -> Unfinished | None:
    """The newest drawing that an earlier run left and no living program works on; None if there is none.

    Journals without a stroke are cleared away, and so are all but the ten newest.
    """
    found: Unfinished | None = None
    kept = 0
    for path in journals(folder or data_folder()):
        lock = FileLock(lock_path(path))
        try:
            if not lock.take():
                continue
            holds = _holds_strokes(path) if found is None else None
        except OSError:
            lock.release(remove=True)
            continue
        if holds:
            found = Unfinished(path, lock)
            kept += 1
            continue
        empty = holds is False
        kept += not empty
        if empty or kept > _OLD_ONES_KEPT:
            with contextlib.suppress(OSError):
                path.unlink()
        lock.release(remove=True)
    return found


def read_journal(path: Path) -> Reading:
    """Reads a journal as far as it goes; a damaged one never raises.

    Raises:
        OSError: it cannot be opened.
    """
    for made in reading_journal(path):
        if isinstance(made, Reading):
            return made
    raise AssertionError("a reading that does not end in one")


def reading_journal(path: Path, rows: dict[int, Json] | None = None) -> Iterator[float | Reading]:
    """The same in steps: yields the share 0..1 that is read, and last of all what it holds.

    Args:
        rows: takes the JSON of the strokes, by id.

    Raises:
        OSError: it cannot be opened.
    """
    document = Document()
    known: dict[int, Stroke] = {}
    rows = {} if rows is None else rows
    closed, begun = False, False
    with open(path, "rb") as stream:
        size = max(1, os.fstat(stream.fileno()).st_size)
        while line := stream.readline(MAX_LINE_BYTES):
            value = value_of(line)
            if value is None or (not begun and value != HEADER):
                yield Reading(document, False, True)
                return
            if not begun:
                begun = True
            elif "closed" in value:
                closed = True
            else:
                try:
                    _take(document, value, known, rows)
                except (DrawingError, ValueError, KeyError, TypeError):
                    yield Reading(document, False, True)
                    return
                closed = False
            yield min(1.0, stream.tell() / size)
    yield Reading(document, closed, False)


def _redone(path: Path) -> Work:
    """The work of reading a journal and of writing it down for a new one, as it is without the way there."""
    document = Document()
    rows: dict[int, Json] = {}
    for made in reading_journal(path, rows):
        if isinstance(made, Reading):
            document = made.document
        else:
            yield 0.9 * made
    lines: list[bytes] = []
    for place, stroke in enumerate(document.strokes):
        lines.append(line_of({"added": [[place, rows[stroke.id]]]}))
        yield 0.9 + 0.1 * place / len(document.strokes)
    yield Result(Document(document.strokes, document.sheet), lines)


def _first_sheet(path: Path) -> Sheet:
    """The sheet that a journal begins with."""
    with contextlib.suppress(OSError, DrawingError, ValueError, KeyError, TypeError), open(path, "rb") as stream:
        value = [value_of(stream.readline(MAX_LINE_BYTES)) for _ in range(2)][1]
        if value is not None and "sheet" in value:
            return sheet_from_json(value["sheet"])
    return Sheet()


def _holds_strokes(path: Path) -> bool | None:
    """True if a journal ends with strokes, False if it ends without, None if it is damaged before it has any.

    Raises:
        OSError: it cannot be opened.
    """
    if path.stat().st_size > _LARGE_BYTES:
        return True
    reading = read_journal(path)
    return True if reading.document.strokes else None if reading.damaged else False


def _take(document: Document, value: Json, known: dict[int, Stroke], rows: dict[int, Json]) -> None:
    added = []
    for place, what in value.get("added", []):
        if isinstance(what, int):
            stroke = known[what]
        else:
            stroke = stroke_from_json(what)
            known[stroke.id], rows[stroke.id] = stroke, what
        added.append((whole(place, 0, 10**9, "place"), stroke))
    removed = []
    for place, number in value.get("removed", []):
        stroke = document.strokes[whole(place, 0, len(document.strokes) - 1, "place")]
        if stroke.id != number:
            raise ValueError(f"stroke {number} is not at place {place}")
        removed.append((place, stroke))
    after: Sheet | None = None
    if "sheet" in value:
        given = dict(value["sheet"])
        if given.get("background") == "same":
            given["background"] = None
            after = sheet_from_json(given)
            after = Sheet(after.layers, after.canvas, document.sheet.background)
        else:
            after = sheet_from_json(given)
    document.apply(Edit(tuple(removed), tuple(added), None, after))
