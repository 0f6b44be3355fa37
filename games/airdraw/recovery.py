"""What earlier runs left behind: journals without a living owner, read up to the last whole line."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from handplay.games.airdraw.codec import DrawingError, Json, sheet_from_json, stroke_from_json, whole
from handplay.games.airdraw.data_folder import data_folder
from handplay.games.airdraw.document import Document, Edit, Sheet
from handplay.games.airdraw.file_lock import FileLock
from handplay.games.airdraw.journal import HEADER, journals, lock_path, value_of
from handplay.games.airdraw.strokes import Stroke

MAX_LINE_BYTES = 256 * 1024 * 1024
_OLD_ONES_KEPT = 10


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
        document: the drawing.
        crashed: True if the program did not end in order.
    """

    def __init__(self, path: Path, reading: Reading, lock: FileLock) -> None:
        self.path = path
        self.document = reading.document
        self.crashed = not reading.closed
        self._lock = lock

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
            reading = read_journal(path) if found is None else None
        except OSError:
            lock.release(remove=True)
            continue
        if found is None and reading is not None and reading.document.strokes:
            found = Unfinished(path, reading, lock)
            kept += 1
            continue
        empty = reading is not None and not reading.document.strokes and not reading.damaged
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
    document = Document()
    known: dict[int, Stroke] = {}
    closed, begun = False, False
    with open(path, "rb") as stream:
        while line := stream.readline(MAX_LINE_BYTES):
            value = value_of(line)
            if value is None:
                return Reading(document, False, True)
            if not begun:
                if value != HEADER:
                    return Reading(document, False, True)
                begun = True
            elif "closed" in value:
                closed = True
            else:
                try:
                    _take(document, value, known)
                except (DrawingError, ValueError, KeyError, TypeError):
                    return Reading(document, False, True)
                closed = False
    return Reading(document, closed, False)


def _take(document: Document, value: Json, known: dict[int, Stroke]) -> None:
    added = []
    for place, what in value.get("added", []):
        stroke = known[what] if isinstance(what, int) else stroke_from_json(what)
        known[stroke.id] = stroke
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
