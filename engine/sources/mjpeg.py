"""A Motion JPEG camera over HTTP, read by handplay itself.

It hands out a picture the moment its last byte is there, knows when that was, and ends at once when the stream is cut.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections import deque
from collections.abc import Callable

import numpy as np

from handplay.engine.errors import SourceError, SourceUnreadable
from handplay.engine.sources.address import CHECK_CAMERA, public_address
from handplay.engine.sources.base import Frame, Image, SourceInfo
from handplay.engine.sources.images import is_whole
from handplay.engine.sources.multipart import MultipartError, MultipartParser
from handplay.engine.sources.opencv import load_cv2
from handplay.engine.sources.scaling import scale

_CHUNK = 64 * 1024


class MjpegSource:
    """A Motion JPEG stream over HTTP. `Frame.time_s` is the monotonic time at which its last byte came.

    Args:
        response: the open answer, closed with the source.
        boundary: of its parts.
        url: for messages; user and password never appear in them.

    Raises:
        SourceUnreadable: no picture comes.
    """

    def __init__(
        self,
        response: http.client.HTTPResponse,
        boundary: bytes,
        url: str,
        *,
        mirrored: bool = False,
        width: int | None = None,
        height: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._response = response
        # A second handle on the connection: the answer lets go of its own when the stream ends.
        self._wake = socket.fromfd(response.fileno(), socket.AF_INET, socket.SOCK_STREAM)
        self._parser = MultipartParser(boundary)
        self._address = public_address(url)
        self._size = (width, height)
        self._clock = clock
        self._closed = threading.Event()
        self._reading = threading.Lock()
        self._parts: deque[bytes] = deque()
        self._arrival_s = 0.0
        self._index = 0
        try:
            self._pending = self._next_frame()
        except SourceError:
            self.close()
            raise
        shape = (0, 0) if self._pending is None else self._pending.image.shape
        self._info = SourceInfo(self._address, "live", shape[1], shape[0], 0.0, None, mirrored)

    @property
    def info(self) -> SourceInfo:
        return self._info

    def read(self) -> Frame | None:
        """The next picture, as soon as it arrives, or None after `close`.

        Raises:
            SourceUnreadable: the stream ended, was cut, or is silent.
        """
        frame, self._pending = self._pending, None
        return self._next_frame() if frame is None or self._closed.is_set() else frame

    def close(self) -> None:
        self._closed.set()
        # Wakes a read that waits in another thread; closing the answer under its feet would not.
        with contextlib.suppress(OSError):
            self._wake.shutdown(socket.SHUT_RDWR)
        self._wake.close()
        # A reading thread closes the answer itself when it wakes.
        if self._reading.acquire(blocking=False):
            try:
                self._response.close()
            finally:
                self._reading.release()

    def _next_frame(self) -> Frame | None:
        with self._reading:
            while not self._closed.is_set():
                while self._parts:
                    image = _decode(self._parts.popleft())
                    # A picture damaged on its way is skipped: the next one is there in a moment.
                    if image is not None:
                        frame = Frame(self._index, self._arrival_s, scale(image, *self._size))
                        self._index += 1
                        return frame
                self._receive()
            self._response.close()
            return None

    def _receive(self) -> None:
        try:
            data = self._response.read1(_CHUNK)
            self._arrival_s = self._clock()
            self._parts.extend(self._parser.feed(data))
        except TimeoutError as error:
            raise SourceUnreadable(self._broken("has sent nothing for some seconds")) from error
        except MultipartError as error:
            raise SourceUnreadable(f"{self._address} sends {error}: it is no Motion JPEG stream.") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            if self._closed.is_set():
                return
            raise SourceUnreadable(self._broken("was cut off")) from error
        if not data and not self._closed.is_set():
            raise SourceUnreadable(self._broken("has ended"))

    def _broken(self, what: str) -> str:
        return f"The stream {self._address} {what}. {CHECK_CAMERA}"


def _decode(jpeg: bytes) -> Image | None:
    """A picture, or None if it is damaged or cut off."""
    if not is_whole(jpeg):
        return None
    cv2 = load_cv2()
    image: Image | None = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    return image
