"""Writes pictures to a video file that is whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

import cv2
import numpy as np

from handplay.engine.atomic import PendingFile, is_special
from handplay.engine.errors import OutputError
from handplay.engine.sources.base import Image

_CODECS = {".mp4": "mp4v", ".m4v": "mp4v", ".mov": "mp4v", ".avi": "MJPG"}
"""Encoders that every OpenCV wheel carries."""
_FALLBACK_FPS = 30.0
_BARS = (26, 15, 11)  # BGR of #0B0F1A


class VideoWriter:
    """A video in which every picture fits: the first one gives the size, others get bars. A context manager.

    The file is written beside its place and put there by `commit` (or the end of a `with` block that went well).

    Args:
        target: the file; its suffix chooses the format (.mp4, .m4v, .mov, .avi).
        fps: frames a second, 0.0 if not known.

    Raises:
        OutputError: another suffix, a pipe or device, or a place that cannot be written to.
    """

    def __init__(self, target: str | os.PathLike[str], fps: float) -> None:
        self._target = Path(target)
        self._codec = _CODECS.get(self._target.suffix.lower(), "")
        if not self._codec:
            raise OutputError(f"{target} is not a name for a video. Let it end in {', '.join(_CODECS)}.")
        if is_special(self._target):
            raise OutputError(f"{target} is a pipe or device; a video needs a regular file.")
        self._pending = PendingFile(self._target)
        self._fps = fps if fps > 0 else _FALLBACK_FPS
        self._writer: cv2.VideoWriter | None = None
        self._size = (0, 0)
        self._open = True

    def write(self, image: Image) -> None:
        """Appends a picture, uint8 (height, width, 3) BGR.

        Raises:
            OutputError: the encoder does not start.
            ValueError: the writer is closed.
        """
        if not self._open:
            raise ValueError("this video is closed")
        if self._writer is None:
            height, width = image.shape[:2]
            self._size = width + width % 2, height + height % 2  # encoders count in pairs of pixels
            self._writer = self._start()
        self._writer.write(letterbox(image, *self._size))

    def commit(self) -> None:
        """Ends the video and puts it in its place; without a single picture there is none.

        Raises:
            OutputError: what was written is not a video (disk full), or the place has become unwritable.
        """
        if not self._open:
            return
        if self._writer is None:
            self.discard()
            return
        self._open = False
        self._writer.release()
        if not _has_pictures(self._pending.path):
            self._pending.discard()
            raise OutputError(f"The video {self._target} could not be finished. Is the disk full?")
        self._pending.commit()

    def discard(self) -> None:
        """Ends the video and leaves nothing of it."""
        if self._open and self._writer is not None:
            self._writer.release()
        self._open = False
        self._pending.discard()

    def __enter__(self) -> VideoWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self.discard()

    def _start(self) -> cv2.VideoWriter:
        codec = cv2.VideoWriter.fourcc(*self._codec)
        # FFmpeg's MPEG-4 counts time in at most 65535 parts of a second.
        writer = cv2.VideoWriter(str(self._pending.path), codec, round(self._fps, 2), self._size)
        if not writer.isOpened():
            self.discard()
            raise OutputError(f"OpenCV cannot write the video {self._target} here. Try a name that ends in .avi.")
        return writer


def letterbox(image: Image, width: int, height: int) -> Image:
    """The picture scaled to fit and centred on bars; the picture itself if it has that size.

    Args:
        image: uint8 (any height, any width, 3).
        width, height: pixels of the result.
    """
    h, w = image.shape[:2]
    if (w, h) == (width, height):
        return image
    scale = min(width / w, height / h)
    if abs(width - w) <= 1 and abs(height - h) <= 1:
        scale = 1.0  # the pixel that makes a size even: no resampling for that
    new_w, new_h = max(1, min(width, round(w * scale))), max(1, min(height, round(h * scale)))
    if (new_w, new_h) != (w, h):
        shrinks = scale < 1
        image = np.asarray(
            cv2.resize(image, (new_w, new_h), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR), np.uint8
        )
    canvas = np.empty((height, width, 3), np.uint8)
    canvas[:] = _BARS
    x, y = (width - new_w) // 2, (height - new_h) // 2
    canvas[y : y + new_h, x : x + new_w] = image
    return canvas


def _has_pictures(path: Path) -> bool:
    """OpenCV does not tell when a write fails; a file that opens and has a first picture was finished."""
    capture = cv2.VideoCapture(str(path))
    try:
        return bool(capture.isOpened() and capture.read()[0])
    finally:
        capture.release()
