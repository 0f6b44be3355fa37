"""Video files and GIFs."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.sources.base import Frame, Image, SourceInfo
from handplay.engine.sources.opencv import load_cv2
from handplay.engine.sources.scaling import check_size, scale, scaled_size

_FALLBACK_FPS = 30.0
_SANE_FPS = (0.5, 1000.0)
"""Rates that containers claim outside of this are mistakes (90000 is a time base, not a rate)."""


class VideoSource:
    """A video file, GIFs included, read by OpenCV's FFmpeg.

    Files come as fast as they are read and `Frame.time_s` is the clip's own clock, from 0. With `realtime` the
    file behaves like a camera instead: its kind is "live", `read` waits for each picture's moment and `time_s`
    is the monotonic time of its arrival.

    Args:
        path: the file.
        realtime: True paces the file against the clock.
        mirrored: True if the clip is a selfie view.
        width, height: pictures are scaled to this, pixels; one of the two keeps the aspect.
        clock: monotonic seconds.

    Raises:
        SourceMissing: no such file.
        SourceUnreadable: not a video, or one without a single picture.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        realtime: bool = False,
        mirrored: bool = False,
        width: int | None = None,
        height: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        check_size(width=width, height=height)
        self._path = Path(path)
        self._realtime = realtime
        self._size = (width, height)
        self._clock = clock
        self._closed = threading.Event()
        self._capture_lock = threading.Lock()
        self._capture = _open_file(self._path)
        self._index = 0
        self._ended = False
        self._origin_s = 0.0
        self._time_s = 0.0
        self._started_s: float | None = None

        # The first picture is read now: a container that opens and holds nothing is told at once.
        self._pending = self._grab()
        if self._pending is None:
            self._capture.release()
            raise SourceUnreadable(
                f"{self._path} opens but holds no picture that can be read: it is empty, cut off or damaged. "
                "Try it in a video player, or name another file."
            )
        cv2 = load_cv2()
        fps = float(self._capture.get(cv2.CAP_PROP_FPS))
        count = self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self._known_fps = fps if _SANE_FPS[0] <= fps <= _SANE_FPS[1] else 0.0
        image_height, image_width = self._pending[0].shape[:2]
        out_width, out_height = scaled_size(image_width, image_height, width, height)
        self._info = SourceInfo(
            name=self._path.name,
            kind="live" if realtime else "video",
            width=out_width,
            height=out_height,
            fps=self._known_fps,
            frame_count=int(count) if math.isfinite(count) and 0 < count < 2**31 else None,
            mirrored=mirrored,
        )

    @property
    def info(self) -> SourceInfo:
        return self._info

    @property
    def notice(self) -> str:
        """A sentence if the file gave clearly fewer pictures than it announces, empty otherwise; for after the end."""
        announced = self._info.frame_count
        # Containers count loosely: a picture or two, or two in a hundred, are no damage.
        if announced is None or not self._ended or self._index >= announced - max(2, announced // 50):
            return ""
        return (
            f"{self._info.name} ends after {self._index} of {announced} pictures: the file may be cut off or damaged."
        )

    def read(self) -> Frame | None:
        """The next picture, or None at the end or after `close`."""
        if self._closed.is_set():
            return None
        grabbed = self._pending if self._pending is not None else self._grab()
        self._pending = None
        if grabbed is None:
            return None
        image, container_s = grabbed
        self._time_s = self._clip_time(container_s)
        time_s = self._time_s
        if self._realtime:
            if not self._wait_until_due():
                return None
            time_s = self._clock()
        frame = Frame(self._index, time_s, scale(image, *self._size))
        self._index += 1
        return frame

    def close(self) -> None:
        self._closed.set()
        # A read in another thread keeps the capture for itself; it lets go of it when it is through.
        if self._capture_lock.acquire(blocking=False):
            try:
                self._capture.release()
            finally:
                self._capture_lock.release()

    def _grab(self) -> tuple[Image, float] | None:
        cv2 = load_cv2()
        with self._capture_lock:
            if self._closed.is_set():
                self._capture.release()
                return None
            ok, image = self._capture.read()
            position_ms = float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) if ok else 0.0
            if self._closed.is_set():
                self._capture.release()
        if not ok or image is None:
            self._ended = True
            return None
        return image, position_ms / 1000

    def _clip_time(self, container_s: float) -> float:
        """The picture's place on the clip's clock: the container's time from the first picture on, if it moves on.

        The first time of a container may be negative, and some formats give none or go back.
        """
        if self._index == 0:
            self._origin_s = container_s if math.isfinite(container_s) else 0.0
            return 0.0
        candidate = container_s - self._origin_s
        if math.isfinite(candidate) and candidate > self._time_s:
            return candidate
        return self._time_s + 1 / (self._known_fps or _FALLBACK_FPS)

    def _wait_until_due(self) -> bool:
        now = self._clock()
        if self._started_s is None:
            self._started_s = now - self._time_s
        wait_s = self._started_s + self._time_s - now
        return not (wait_s > 0 and self._closed.wait(wait_s))


def _open_file(path: Path) -> Any:
    if not path.exists():
        raise SourceMissing(f"There is no file {path}. Check the name, or use --source demo.")
    if path.is_dir():
        raise SourceUnreadable(f"{path} is a folder, not a video. Name a file in it.")
    try:
        with open(path, "rb") as stream:
            first = stream.read(1)
    except OSError as error:
        raise SourceUnreadable(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    if not first:
        raise SourceUnreadable(f"{path} is empty (0 bytes). Name another file.")
    cv2 = load_cv2()
    # FFmpeg alone: the other readers print to the terminal, or take a name with a % for a series of pictures.
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    if not capture.isOpened():
        raise SourceUnreadable(
            f"{path} is not a video that can be read: an unknown format, or cut off or damaged. "
            "Try it in a video player, or name another file."
        )
    return capture
