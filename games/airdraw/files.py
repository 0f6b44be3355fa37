"""Drawings and pictures on the disk: the program's own JSON format, pictures to draw on, names for what is saved."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handplay.engine.atomic import write_error, write_text
from handplay.games.airdraw.codec import DrawingError, sheet_from_json, sheet_to_json, stroke_from_json, stroke_to_json
from handplay.games.airdraw.document import MAX_STROKES, Document, Sheet
from handplay.games.airdraw.journal import line_of
from handplay.games.airdraw.opening import FIRST_SLICE_S, Opening, Result, Work, opened

FORMAT = "handplay-drawing"
VERSION = 1

MAX_FILE_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened: the drawing, and a sentence if something about it should be said."""

    document: Document
    note: str = ""


def open_any(path: str | os.PathLike[str]) -> Opened:
    """Opens a drawing, or a PNG or JPEG picture to draw on.

    Raises:
        DrawingError: it cannot be opened; one sentence says why and what to do.
    """
    opening = begin_any(path)
    return Opened(opening.finish(), opening.note)


def begin_any(path: str | os.PathLike[str]) -> Opening:
    """The same, begun: what is large is not read to its end yet.

    Raises:
        DrawingError: it is known already that it cannot be opened.
    """
    start = read_bytes(Path(path), 8)
    if start.startswith((b"\x89PNG", b"\xff\xd8")):
        from handplay.games.airdraw.pictures import open_picture  # OpenCV is loaded for pictures alone

        background, note = open_picture(path)
        return opened(Document((), Sheet(background=background)), note)
    opening = begin_drawing(path)
    opening.go_on(FIRST_SLICE_S)
    return opening


def open_drawing(path: str | os.PathLike[str]) -> Document:
    """Reads a drawing, strictly: a file that is not all right is refused whole.

    Raises:
        DrawingError: it cannot be opened; one sentence says why and what to do.
    """
    return begin_drawing(path).finish()


def begin_drawing(path: str | os.PathLike[str]) -> Opening:
    """Reads all of a drawing but its strokes.

    Raises:
        DrawingError: it cannot be opened; so may the opening when it comes to a stroke that is wrong.
    """
    place = Path(path)
    raw = read_bytes(place, MAX_FILE_BYTES + 1)
    if len(raw) > MAX_FILE_BYTES:
        raise DrawingError(f"{place} is larger than {MAX_FILE_BYTES // 2**20} MB: no drawing is. Open another file.")
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise DrawingError(f"{place} is not a drawing of handplay, nor a PNG or JPEG picture. {_ANOTHER}") from None
    except json.JSONDecodeError as error:
        if raw.lstrip().startswith(b'{"format":') and error.pos >= len(raw.decode("utf-8").rstrip()) - 1:
            raise DrawingError(f"{place} is cut off: it ends in the middle. Open a copy of it.") from None
        raise DrawingError(
            f"{place} is not a drawing of handplay: no JSON at line {error.lineno}. {_ANOTHER}"
        ) from None
    except (RecursionError, ValueError):
        raise DrawingError(f"{place} is not a drawing of handplay. {_ANOTHER}") from None
    try:
        sheet, rows = _head(value)
    except DrawingError as error:
        raise _cannot_open(place, error) from None
    return Opening(_told(place, _strokes(sheet, rows)), sheet, from_file=True)


def save_drawing(document: Document, path: str | os.PathLike[str]) -> None:
    """Writes a drawing, whole or not at all.

    Raises:
        OutputError: the place cannot be written to.
    """
    write_text(path, drawing_text(document))


def drawing_text(document: Document) -> str:
    """A drawing as it stands in its file: one stroke a line."""
    head = {"format": FORMAT, "version": VERSION, **sheet_to_json(document.sheet)}
    rows = ",\n".join(json.dumps(stroke_to_json(stroke), separators=(",", ":")) for stroke in document.strokes)
    start = json.dumps(head, separators=(", ", ": "))[:-1]
    return f'{start}, "strokes": [\n{rows}\n]}}\n'


def document_from_json(value: object) -> Document:
    """The drawing that a file's JSON tells.

    Raises:
        DrawingError: it is not what it should be.
    """
    sheet, rows = _head(value)
    return Opening(_strokes(sheet, rows), sheet).finish()


def _head(value: object) -> tuple[Sheet, list[Any]]:
    """The sheet, and the rows of the strokes, not looked at yet."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        found = value.get("format") if isinstance(value, dict) else None
        told = f"its format is {str(found)[:40]!r}" if found is not None else "it names no format"
        raise DrawingError(f"this is not a drawing of handplay, {told}")
    version = value.get("version")
    if type(version) is int and version > VERSION:
        raise DrawingError(f"a newer handplay made it (drawing version {version}, known is {VERSION}); update handplay")
    if version != VERSION or type(version) is not int:
        raise DrawingError(f"version is {str(version)[:40]!r}, not the number {VERSION}")
    rest = {key: item for key, item in value.items() if key not in ("format", "version", "strokes")}
    sheet = sheet_from_json(rest, "the drawing")
    rows = value.get("strokes")
    if not isinstance(rows, list) or len(rows) > MAX_STROKES:
        raise DrawingError(f"strokes is not a list of at most {MAX_STROKES}")
    return sheet, rows


def _strokes(sheet: Sheet, rows: list[Any]) -> Work:
    """The work of reading the strokes. What was found right goes into the journal as it came."""
    strokes, lines = [], []
    for k, row in enumerate(rows):
        strokes.append(stroke_from_json(row, f"stroke {k + 1}"))
        lines.append(line_of({"added": [[k, row]]}))
        yield (k + 1) / len(rows)
    if len({stroke.id for stroke in strokes}) != len(strokes):
        raise DrawingError("two strokes have the same id")
    try:
        yield Result(Document(strokes, sheet), lines)
    except ValueError as error:
        raise DrawingError(str(error)) from None


def _told(place: Path, work: Work) -> Work:
    """The same work, whose errors name the file."""
    try:
        yield from work
    except DrawingError as error:
        raise _cannot_open(place, error) from None


def _cannot_open(place: Path, error: DrawingError) -> DrawingError:
    return DrawingError(f"Cannot open {place}: {error}.")


def read_bytes(path: Path, most: int) -> bytes:
    """The first bytes of a file.

    Raises:
        DrawingError: it cannot be read.
    """
    try:
        with open(path, "rb") as stream:
            return stream.read(most)
    except FileNotFoundError:
        raise DrawingError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise DrawingError(f"{path} is a folder: name a file in it.") from None
    except PermissionError:
        raise DrawingError(f"{path} may not be read: ask its owner, or open another file.") from None
    except (OSError, ValueError) as error:
        raise DrawingError(f"Cannot read {path}: {error}. Open another file.") from None


def save_new(folder: Path, suffix: str, write: Callable[[Path], None], *, now_s: float | None = None) -> Path:
    """Saves under a new name, `handplay-2026-11-21-1532.png`, with a number if that is taken; never over another file.

    Args:
        folder: made if it is not there.
        suffix: with its dot; the kind of the file.
        write: writes the file it is given, atomically.
        now_s: seconds since 1970; the clock of the computer if None.

    Raises:
        OutputError: it cannot be written; nothing is left behind.
    """
    stem = "handplay-" + time.strftime("%Y-%m-%d-%H%M", time.localtime(now_s))
    number = 1
    while True:
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}{suffix}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Taken at once, so that two programs never choose the same name.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            if not path.exists():
                raise write_error(path, NotADirectoryError(20, f"{folder} is not a folder")) from None
            number += 1
            continue
        except OSError as error:
            raise write_error(path, error) from error
        try:
            write(path)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        return path


_ANOTHER = "Open a .json drawing, a PNG or a JPEG."
