"""Landmark recordings, `*.hands.jsonl`, written and read. What their lines hold: `recording_rows`."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TextIO

from handplay.engine.atomic import PendingFile, write_error
from handplay.engine.errors import RecordingError
from handplay.engine.hands import HandFrame
from handplay.engine.recording_rows import (
    RecordedFrame,
    RecordingHeader,
    RowError,
    frame_row,
    header_row,
    parse_frame,
    parse_header,
)

if TYPE_CHECKING:
    from handplay.gestures.reading import HandReading

__all__ = ["RecordedFrame", "RecordedFrames", "RecordingHeader", "RecordingWriter", "read_recording"]

_MAX_LINE_BYTES = 4 * 1024 * 1024
"""A frame of four hands has 15 kB: what is longer is no recording."""


class RecordingWriter:
    """Writes a recording line by line; a context manager.

    A regular file is written beside its place and put there by `commit` (or the end of a `with` block that went
    well), so nothing half written ever stands at its name. A pipe, a device or an open stream is written to in place,
    and each line is sent at once.

    Args:
        target: a path, or an open text stream, which is not closed.
        header: the first line.

    Raises:
        OutputError: the place cannot be written to.
    """

    def __init__(self, target: str | os.PathLike[str] | TextIO, header: RecordingHeader) -> None:
        self._pending: PendingFile | None = None
        self._first_s: float | None = None
        if isinstance(target, (str, os.PathLike)):
            self._pending = PendingFile(target)
            try:
                self._stream: TextIO = open(self._pending.path, "w", encoding="utf-8", newline="\n")  # noqa: SIM115
            except OSError as error:
                self._pending.discard()
                raise write_error(target, error) from error
        else:
            self._stream = target
        self._flushes = self._pending is None or self._pending.special
        self._open = True
        self._name = str(target) if self._pending else getattr(target, "name", "the stream")
        self._put(header_row(header))

    def write(self, hands: HandFrame, readings: Sequence[HandReading] = (), *, file: str | None = None) -> None:
        """Appends one frame.

        Args:
            hands: the frame's hands.
            readings: what the recognizer made of them, matched by hand id; may be empty.
            file: file name of the picture, for folders: the row then has its own width and height.

        Raises:
            OutputError: the file cannot be written to any more (disk full, pipe closed).
            ValueError: a value that is not finite, or the writer is closed.
        """
        if not self._open:
            raise ValueError("this recording is closed")
        if self._first_s is None:
            self._first_s = hands.time_s
        moved = dataclasses.replace(hands, time_s=hands.time_s - self._first_s)
        self._put(frame_row(RecordedFrame(moved, tuple(readings), file)))

    def commit(self) -> None:
        """Ends the recording and puts it in its place. Does nothing the second time.

        Raises:
            OutputError: the last lines could not be written, or the place has become unwritable.
        """
        if not self._open:
            return
        self._open = False
        try:
            if self._pending is None:
                self._stream.flush()
            else:
                self._stream.close()
        except OSError as error:
            if self._pending:
                self._pending.discard()
            raise write_error(self._name, error) from error
        if self._pending:
            self._pending.commit()

    def discard(self) -> None:
        """Ends the recording and leaves nothing of it, as far as the target allows."""
        if not self._open:
            return
        self._open = False
        if self._pending:
            # A full disk, most likely: what was written goes away in any case.
            with contextlib.suppress(OSError):
                self._stream.close()
            self._pending.discard()

    def __enter__(self) -> RecordingWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self.discard()

    def _put(self, row: dict[str, Any]) -> None:
        line = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        try:
            self._stream.write(line + "\n")
            if self._flushes:
                self._stream.flush()
        except OSError as error:
            self.discard()
            raise write_error(self._name, error) from error


class _NotJsonError(RowError):
    """A line that is no JSON at all, as one that was cut off."""


def read_recording(path: str | os.PathLike[str]) -> tuple[RecordingHeader, RecordedFrames]:
    """Opens a recording: its header, and its frames one by one as they are asked for.

    A last line that was cut off (a crash, a full disk) is left out; anything else that is wrong is an error.

    Raises:
        RecordingError: there is no such file, or a line is wrong (also from the iterator); names file and line.
    """
    place = Path(path)
    try:
        stream = open(place, "rb")  # noqa: SIM115  # closed by the iterator
    except FileNotFoundError:
        raise RecordingError(f"There is no recording {place}. Check the name.") from None
    except OSError as error:
        reason = "it is a folder" if place.is_dir() else error.strerror
        raise RecordingError(f"The recording {place} cannot be read: {reason}.") from error
    try:
        first = stream.readline(_MAX_LINE_BYTES)
        if not first.strip():
            raise RecordingError(f"The recording {place} is empty.")
        try:
            header = parse_header(_decode(first.removeprefix(b"\xef\xbb\xbf")))
        except RowError as error:
            _refuse(place, 1, error)
    except BaseException:
        stream.close()
        raise
    return header, RecordedFrames(place, stream, header)


class RecordedFrames(Iterator[RecordedFrame]):
    """The frames of an open recording, read as they are asked for; the file is let go of at the end or by `close`."""

    def __init__(self, place: Path, stream: BinaryIO, header: RecordingHeader) -> None:
        self._place = place
        self._stream = stream
        self._header = header
        self._number = 1
        self._previous_s = float("-inf")

    def __next__(self) -> RecordedFrame:
        try:
            frame = None if self._stream.closed else self._read()
        except BaseException:
            self.close()
            raise
        if frame is None:
            self.close()
            raise StopIteration
        return frame

    def close(self) -> None:
        """Lets go of the file; there are no more frames then. May be called twice."""
        self._stream.close()

    def _read(self) -> RecordedFrame | None:
        line = b"\n"
        while line and not line.strip():
            line = self._stream.readline(_MAX_LINE_BYTES)
            self._number += 1
        if not line:
            return None
        try:
            frame = parse_frame(_decode(line), self._header)
            if frame.hands.time_s < self._previous_s:
                raise RowError(f"time_s: goes back from {self._previous_s} to {frame.hands.time_s}")
        except _NotJsonError as error:
            if not self._stream.read(_MAX_LINE_BYTES).strip():
                return None  # the last line, cut off
            _refuse(self._place, self._number, error)
        except RowError as error:
            _refuse(self._place, self._number, error)
        self._previous_s = frame.hands.time_s
        return frame


def _decode(line: bytes) -> object:
    """One line of JSON.

    Raises:
        RowError: it is not UTF-8, not JSON, or has a number that is not finite.
    """
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_refuse_constant)
    except RowError:
        raise
    except (ValueError, RecursionError) as error:
        reason = "not in UTF-8" if isinstance(error, UnicodeDecodeError) else "not a whole line of JSON"
        raise _NotJsonError(reason) from None


def _refuse_constant(name: str) -> NoReturn:
    raise RowError(f"{name} is not a number")


def _refuse(place: Path, line: int, error: RowError) -> NoReturn:
    raise RecordingError(f"{place}, line {line}: {error}. Record it again, or remove that line.") from None
