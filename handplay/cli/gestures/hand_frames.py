"""The hands of any source, frame by frame: tracked, or as a recording holds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from handplay.cli.options import ModelChoice

if TYPE_CHECKING:
    from handplay.engine.hands import HandFrame
    from handplay.engine.tracking.settings import Mode

STILL_STEPS_S = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""A single picture is shown for a second, so that gestures that must be held come up."""


@dataclass(frozen=True, slots=True)
class TrackingOptions:
    """How the hands of a source are found; see `handplay track`."""

    hands: int = 2
    mirrored: bool = False
    realtime: bool = False
    model: ModelChoice = "full"
    models: Path | None = None
    threads: int | None = None


class HandFrames:
    """The hands of a source, one frame after the other; a context manager.

    Attributes:
        name: of the source.
        stills: True if each frame is a picture of its own: the time then begins anew with each.
        live: True if it comes as it happens.
        endless: True if it has no end of its own.
        fps: frames a second, 0.0 if not known.
    """

    def __init__(self, source: str | None, options: TrackingOptions) -> None:
        from handplay.engine.sources.spec import ANY_CAMERA, open_source, parse_spec

        spec = parse_spec(source or ANY_CAMERA)
        self._closing = ExitStack()
        self._frames: Iterator[HandFrame]
        if spec.is_recording:
            from handplay.engine.recording import read_recording

            header, rows = read_recording(Path(spec.target).expanduser())
            self._closing.callback(rows.close)
            self.name, self.stills, self.live, self.endless = header.source, header.width == 0, False, False
            self._frames = (row.hands for row in rows)
            self.fps = header.fps
            return
        from handplay.engine.tracking.tracker import HandTracker

        with ExitStack() as opening:
            pictures = open_source(spec, realtime=options.realtime, mirrored=options.mirrored)
            opening.callback(pictures.close)
            info = pictures.info
            mode: Mode = "still" if info.kind == "stills" else "video"
            tracker = opening.enter_context(
                HandTracker(
                    options.hands,
                    model="lite" if options.model == "lite" else "full",
                    mode=mode,
                    smooth=mode == "video",
                    mirrored=info.mirrored,
                    threads=options.threads,
                    models_dir=options.models,
                )
            )
            self._closing = opening.pop_all()
        self.name, self.stills, self.live = info.name, info.kind == "stills", info.kind == "live"
        self.fps = info.fps
        self.endless = self.live or (info.frame_count is None and spec.kind == "demo")

        def frames() -> Iterator[HandFrame]:
            while (frame := pictures.read()) is not None:
                yield replace(tracker.track(frame.image, frame.time_s), frame_index=frame.index)

        self._frames = frames()

    def __enter__(self) -> HandFrames:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def __iter__(self) -> Iterator[HandFrame]:
        return self._frames
