"""What the tracker saw, kept as a recording: the slow part of a benchmark is done once, the rest as often as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from handplay.engine.hands import HandFrame
from handplay.engine.recording import RecordingWriter, read_recording
from handplay.engine.recording_rows import RecordingHeader


def kept(folder: Path | None, name: str, track: Callable[[], Iterator[HandFrame]]) -> Iterator[HandFrame]:
    """The frames of a recording in this folder; tracked, and written there, if there is none yet.

    Args:
        folder: None to keep nothing.
        name: of the recording, without its ending.
    """
    if folder is None:
        yield from track()
        return
    place = folder / f"{name}.hands.jsonl"
    if not place.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        frames = list(track())
        first = frames[0]
        header = RecordingHeader(name, first.width, first.height, 0.0, first.mirrored)
        with RecordingWriter(place, header) as writer:
            for frame in frames:
                writer.write(frame)
    for row in read_recording(place)[1]:
        yield row.hands
