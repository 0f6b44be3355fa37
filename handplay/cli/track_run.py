"""The loop of `handplay track`: read, track, recognize, write; and what is told of it at the end."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Literal, Protocol, TextIO

from handplay.cli.progress import ProgressReport
from handplay.engine.errors import SourceError, SourceUnreadable
from handplay.engine.hands import HandFrame
from handplay.engine.recording import RecordingHeader, RecordingWriter
from handplay.engine.sources.base import Frame, FrameSource, Image, SourceInfo

if TYPE_CHECKING:
    from handplay.engine.overlay_video import VideoWriter
    from handplay.engine.stage.preview import PreviewWindow
    from handplay.gestures.library import Library
    from handplay.gestures.reading import HandReading

Ending = Literal["end", "max", "window", "interrupt", "broken"]

_STILL_STEPS_S = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""A single picture is shown to the recognizer for a second, so that gestures that must be held come up."""
_STILLS_FPS = 1.0
"""In an overlay video each single picture stands for a second."""


class Tracker(Protocol):
    """The part of `HandTracker` that the loop needs."""

    def track(self, frame_bgr: Image, time_s: float | None = None) -> HandFrame: ...


class Sinks:
    """Where results go: recording, overlay video, window. A context manager that leaves nothing without `commit`.

    Args:
        info: of the source.
        output: the recording; `-` for stdout.
        overlay: the video.
        display: show a window.
    """

    def __init__(self, info: SourceInfo, *, output: Path | None, overlay: Path | None, display: bool) -> None:
        self._recording: RecordingWriter | None = None
        self._video: VideoWriter | None = None
        self._window: PreviewWindow | None = None
        self._stills = info.kind == "stills"
        try:
            if output is not None:
                target: Path | TextIO = sys.stdout if str(output) == "-" else output
                header = RecordingHeader(info.name, info.width, info.height, info.fps, info.mirrored)
                self._recording = RecordingWriter(target, header)
            if overlay is not None:
                from handplay.engine.overlay_video import VideoWriter

                self._video = VideoWriter(overlay, _STILLS_FPS if self._stills else info.fps)
            if display:
                from handplay.engine.stage.preview import PreviewWindow

                self._window = PreviewWindow(f"handplay track {info.name}")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Sinks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(self, frame: Frame, hands: HandFrame, readings: tuple[HandReading, ...]) -> bool:
        """Writes one result; False when the window has been closed."""
        if self._recording:
            self._recording.write(hands, readings, file=frame.file)
        if not (self._video or self._window):
            return True
        from handplay.engine.overlay import draw_overlay

        image = frame.image.copy()
        draw_overlay(image, hands, readings)
        if self._video:
            self._video.write(image)
        return self._window.show(image) if self._window else True

    def commit(self) -> None:
        """Puts the files in their places."""
        if self._recording:
            self._recording.commit()
        if self._video:
            self._video.commit()

    def close(self) -> None:
        """Discards what is not committed and closes the window."""
        if self._recording:
            self._recording.discard()
        if self._video:
            self._video.discard()
        if self._window:
            self._window.close()


@dataclass(slots=True)
class RunResult:
    """What became of a run.

    Attributes:
        frames: tracked.
        with_hands: of these, with at least one hand.
        seconds: from the first picture to the last result.
        ending: why it ended.
        endless: the source has no end of its own, so stopping it is the way to end it.
        warnings: sentences for stderr.
    """

    frames: int = 0
    with_hands: int = 0
    seconds: float = 0.0
    ending: Ending = "end"
    endless: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0, 1 if something could not be read, 130 if Ctrl-C cut a file short."""
        if self.ending == "interrupt" and not self.endless:
            return 130
        return 1 if self.warnings else 0

    def sentence(self, name: str, targets: list[str]) -> str:
        """One line for a person."""
        rate = f", {self.frames / self.seconds:.0f} frames a second" if self.frames > 1 and self.seconds > 0 else ""
        share = f" ({self.with_hands / self.frames:.0%})" if self.frames else ""
        stopped = {"interrupt": "stopped, ", "broken": "broke off, "}.get(self.ending, "")
        frames = "1 frame" if self.frames == 1 else f"{self.frames} frames"
        to = f" -> {', '.join(targets)}" if targets else ""
        return f"{name}: {stopped}{frames}, a hand in {self.with_hands}{share}{rate}{to}"


def run_tracking(
    source: FrameSource,
    tracker: Tracker,
    sinks: Sinks,
    *,
    still: bool,
    max_frames: int | None = None,
    library: Library | None = None,
) -> RunResult:
    """Tracks picture after picture until the source ends, Ctrl-C, `max_frames`, or a closed window.

    A picture of a folder that cannot be read is skipped and told. A source that breaks off after its first picture
    ends the run and is told; one that never gives a picture raises.

    Args:
        library: the gestures that are recognized; the built-in ones if not given.

    Raises:
        SourceError: not a single picture could be read.
    """
    info = source.info
    endless = info.kind == "live" or (info.frame_count is None and info.name.startswith("demo"))
    result = RunResult(endless=endless and max_frames is None)
    total = min(filter(None, (info.frame_count, max_frames)), default=None)
    reader = _Reader(library, still=still)
    start_s = time.perf_counter()
    with ProgressReport(info.name, total) as progress, _stop_on_interrupt() as stop:
        while True:
            if stop.is_set():
                result.ending = "interrupt"
                break
            if max_frames is not None and result.frames >= max_frames:
                result.ending = "max"
                break
            try:
                frame = source.read()
            except SourceError as error:
                result.warnings.append(str(error))
                if info.kind == "stills":
                    continue
                if not result.frames:
                    raise
                result.ending = "broken"
                break
            if frame is None:
                break
            hands = replace(tracker.track(frame.image, frame.time_s), frame_index=frame.index)
            result.frames += 1
            result.with_hands += bool(hands)
            open_window = sinks.put(frame, hands, reader.read(hands))
            result.seconds = time.perf_counter() - start_s
            progress.update(result.frames)
            if not open_window:
                result.ending = "window"
                break
    if not result.frames and result.warnings:
        raise SourceUnreadable(result.warnings[0])
    notice = getattr(source, "notice", "") if result.ending == "end" else ""
    if notice:
        result.warnings.append(notice)
    return result


class _Reader:
    """Finger states and gestures of each frame; for stills, as if the picture had been shown for a second."""

    def __init__(self, library: Library | None, *, still: bool) -> None:
        from handplay.gestures.recognizer import Recognizer

        self._still = still
        self._recognizer = Recognizer(library)

    def read(self, hands: HandFrame) -> tuple[HandReading, ...]:
        if not self._still:
            return self._recognizer.update(hands).readings
        self._recognizer.reset(0.0)
        readings: tuple[HandReading, ...] = ()
        for time_s in _STILL_STEPS_S:
            readings = self._recognizer.update(replace(hands, time_s=time_s)).readings
        return readings


@contextmanager
def _stop_on_interrupt() -> Iterator[threading.Event]:
    """The first Ctrl-C (or kill) ends the run after the frame at hand; the second interrupts at once."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def handle(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, old in before.items():
        if old != signal.SIG_IGN:
            signal.signal(number, handle)
    try:
        yield stop
    finally:
        for number, old in before.items():
            signal.signal(number, old)
