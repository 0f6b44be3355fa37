"""What lies under the layers: white, black, or nothing over a camera, and a picture that was opened."""

from __future__ import annotations

import cv2
import numpy as np

from handplay.games.airdraw.background import Background
from handplay.games.airdraw.buffers import warped
from handplay.games.airdraw.document import Canvas, Sheet
from handplay.games.airdraw.raster import Frame, Pixels
from handplay.games.airdraw.view import SizePx

GROUND: dict[Canvas, tuple[int, int, int, int]] = {
    "white": (255, 255, 255, 255),
    "black": (0, 0, 0, 255),
    "camera": (0, 0, 0, 0),
}
"""Premultiplied BGRA."""


class Backdrop:
    """The ground of a window, drawn when the view or the sheet changes."""

    def __init__(self) -> None:
        self._picture: Pixels | None = None
        self._of: Background | None = None

    def drawn(self, sheet: Sheet, frame: Frame, size_px: SizePx) -> Pixels | tuple[int, int, int, int]:
        """The pixels of the ground (H, W, 4), or the one colour that it is."""
        ground = GROUND[sheet.canvas]
        if sheet.background is None:
            self._picture = self._of = None
            return ground
        if self._of != sheet.background or self._picture is None:
            self._picture, self._of = decoded(sheet.background), sheet.background
        return placed(self._picture, frame, size_px, ground)


def decoded(background: Background) -> Pixels:
    """The picture as premultiplied BGRA, uint8 (H, W, 4).

    Raises:
        ValueError: the bytes are no picture.
    """
    read = cv2.imdecode(np.frombuffer(background.data, np.uint8), cv2.IMREAD_UNCHANGED)
    if read is None:
        raise ValueError("the background is no picture")
    if read.dtype != np.uint8:
        read = (read / 257).astype(np.uint8)
    if read.ndim == 2:
        read = cv2.cvtColor(read, cv2.COLOR_GRAY2BGR)
    if read.shape[2] == 3:
        return np.asarray(cv2.cvtColor(read, cv2.COLOR_BGR2BGRA), np.uint8)
    alpha = read[..., 3:].astype(np.uint16)
    read[..., :3] = (read[..., :3] * alpha + 127) // 255
    return np.asarray(read, np.uint8)


def placed(picture: Pixels, frame: Frame, size_px: SizePx, ground: tuple[int, int, int, int]) -> Pixels:
    """A picture where it lies in the window, over the ground."""
    share = frame.scale / picture.shape[0]
    # Large pictures are halved first: a warp takes four pixels and would leave out the others.
    while share < 0.5 and min(picture.shape[:2]) > 1:
        picture = np.asarray(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        share = frame.scale / picture.shape[0]
    height = picture.shape[0]
    own = Frame(float(height), -picture.shape[1] / 2, -height / 2)
    result = warped(picture, own, frame, size_px)
    if ground[3]:
        rest = 255 - result[..., 3:].astype(np.uint16)
        laid = result + (rest * np.array(ground, np.uint16) + 127) // 255
        return np.minimum(laid, 255).astype(np.uint8)
    return result
