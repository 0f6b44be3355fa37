"""Records the hands of a run; the file begins with the first hand frame, whose size its first line needs."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from handplay.engine.hands import HandFrame
from handplay.engine.sources.base import SourceInfo

if TYPE_CHECKING:
    from handplay.engine.recording import RecordingWriter
    from handplay.gestures.reading import HandReading


class Recorder:
    """A recording that is written as the game goes; a context manager that leaves nothing behind after an error.

    Args:
        path: where to; None records nothing.
        source: name of the source, for the first line, if the feed does not know it.
        feed: may know its source (`info`): its name and rate go into the first line.
    """

    def __init__(self, path: str | Path | None, source: str, feed: object = None) -> None:
        self._path = path
        self._source = source
        self._feed = feed
        self._writer: RecordingWriter | None = None

    @property
    def wanted(self) -> bool:
        """True if there is a file to write."""
        return self._path is not None

    def write(self, frame: HandFrame, readings: tuple[HandReading, ...]) -> None:
        """Appends a frame."""
        if self._path is None:
            return
        if self._writer is None:
            self._writer = self._open(frame.width, frame.height, frame.mirrored)
        self._writer.write(frame, readings)

    def commit(self) -> None:
        """Puts the recording in its place; one without a single frame has the first line alone."""
        if self._path is None:
            return
        if self._writer is None:
            self._writer = self._open(0, 0, False)
        self._writer.commit()

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writer is not None:
            self._writer.discard()

    def _open(self, width: int, height: int, mirrored: bool) -> RecordingWriter:
        from handplay.engine.recording import RecordingHeader, RecordingWriter

        assert self._path is not None  # asked by the callers
        info = getattr(self._feed, "info", None)
        name, fps = (info.name, info.fps) if isinstance(info, SourceInfo) else (self._source, 0.0)
        return RecordingWriter(self._path, RecordingHeader(name, width, height, fps, mirrored))
