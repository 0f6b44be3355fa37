"""Prepared pictures, handed out as a webcam would: as JPEG, which most send, decoded when read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handplay.engine.errors import SourceUnreadable
from handplay.engine.sources.base import Frame, FrameSource, Image, SourceInfo

_QUALITY = 90


class Film:
    """A clip in memory. A `FrameSource`, endless: it runs forward and backward, so that nothing ever jumps.

    Args:
        pictures: JPEG files of one size.
        name: for messages.
        size: (width, height), pixels.
        count: pictures to hand out.
        fps: of the pictures' clock; they come as fast as they are read.
    """

    def __init__(
        self, pictures: list[NDArray[np.uint8]], name: str, size: tuple[int, int], count: int, *, fps: float = 30.0
    ) -> None:
        self._pictures = pictures
        self._count, self._fps = count, fps
        self._next = 0
        self._closed = False
        self.info = SourceInfo(name, "video", size[0], size[1], fps, count)

    def read(self) -> Frame | None:
        """The next picture, decoded; None at the end."""
        import cv2

        if self._closed or self._next >= self._count:
            return None
        index, length = self._next, len(self._pictures)
        self._next += 1
        there = index % max(1, 2 * length - 2)
        picture = self._pictures[there if there < length else 2 * length - 2 - there]
        image = cv2.imdecode(picture, cv2.IMREAD_COLOR)
        return Frame(index, index / self._fps, np.asarray(image, np.uint8))

    def close(self) -> None:
        self._closed = True


def shot(source: FrameSource, frames: int) -> list[Image]:
    """The first pictures of a source, all of the first one's size.

    Raises:
        SourceUnreadable: it has none.
    """
    pictures: list[Image] = []
    while len(pictures) < frames:
        frame = source.read()
        if frame is None:
            break
        if not pictures or frame.image.shape == pictures[0].shape:
            pictures.append(frame.image.copy())
    if not pictures:
        raise SourceUnreadable(f"{source.info.name} gives no picture: name another --source to measure with.")
    return pictures


def developed(pictures: list[Image], size: tuple[int, int], *, name: str, count: int) -> Film:
    """A film of these pictures in a size (width, height): their middle, scaled."""
    import cv2

    jpegs = []
    for picture in pictures:
        scaled = _middle(picture, size[0] / size[1])
        if (scaled.shape[1], scaled.shape[0]) != size:
            scaled = np.asarray(cv2.resize(scaled, size, interpolation=cv2.INTER_AREA), np.uint8)
        done, jpeg = cv2.imencode(".jpg", scaled, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        if not done:
            raise SourceUnreadable(f"{name}: OpenCV could not encode a picture of {size[0]}x{size[1]}")
        jpegs.append(jpeg)
    return Film(jpegs, name, size, count)


def _middle(picture: Image, aspect: float) -> Image:
    """The largest part in the middle with this width over height."""
    height, width = picture.shape[:2]
    wide, high = min(width, round(height * aspect)), min(height, round(width / aspect))
    x, y = (width - wide) // 2, (height - high) // 2
    return picture[y : y + high, x : x + wide]
