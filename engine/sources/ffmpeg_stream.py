"""Network streams that OpenCV's FFmpeg reads: RTSP and all that is not Motion JPEG."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.sources.address import CHECK_CAMERA, public_address
from handplay.engine.sources.base import Frame, SourceInfo
from handplay.engine.sources.opencv import load_cv2
from handplay.engine.sources.scaling import scale


class FfmpegStream:
    """A stream by its address. `Frame.time_s` is the monotonic time at which the picture was read.

    Args:
        url: the address; user and password never appear in messages.
        mirrored: True if the stream is a selfie view.
        width, height: pictures are scaled to this, pixels; one of the two keeps the aspect.
        timeout_s: no answer or no picture for this long means that it is gone.

    Raises:
        SourceMissing: it does not open.
        SourceUnreadable: it opens and gives no picture.
    """

    def __init__(
        self,
        url: str,
        *,
        mirrored: bool = False,
        width: int | None = None,
        height: int | None = None,
        timeout_s: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        cv2 = load_cv2()
        self._address = public_address(url)
        self._size = (width, height)
        self._clock = clock
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._index = 0
        limit_ms = int(timeout_s * 1000)
        timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, limit_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, limit_ms]
        self._capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, timeouts)
        if not self._capture.isOpened():
            raise SourceMissing(f"The stream {self._address} does not open. {CHECK_CAMERA}")
        self._pending = self._next_frame()
        shape = (0, 0) if self._pending is None else self._pending.image.shape
        self._info = SourceInfo(self._address, "live", shape[1], shape[0], 0.0, None, mirrored)

    @property
    def info(self) -> SourceInfo:
        return self._info

    def read(self) -> Frame | None:
        """The next picture, or None after `close`.

        Raises:
            SourceUnreadable: the stream ended or is silent.
        """
        frame, self._pending = self._pending, None
        return self._next_frame() if frame is None or self._closed.is_set() else frame

    def close(self) -> None:
        self._closed.set()
        # A reading thread lets go itself when it returns, after the time-out at the latest.
        if self._lock.acquire(blocking=False):
            try:
                self._capture.release()
            finally:
                self._lock.release()

    def _next_frame(self) -> Frame | None:
        with self._lock:
            ok, image = (False, None) if self._closed.is_set() else self._capture.read()
            arrival_s = self._clock()
            if self._closed.is_set() or not ok:
                self._capture.release()
        if self._closed.is_set():
            return None
        if not ok or image is None:
            raise SourceUnreadable(f"The stream {self._address} gives no more pictures. {CHECK_CAMERA}")
        frame = Frame(self._index, arrival_s, scale(image, *self._size))
        self._index += 1
        return frame
