"""The camera's picture as paper: the part that the reach box covers, mirrored, as large as the window."""

from __future__ import annotations

from typing import Any

import numpy as np
import pygame

from handplay.engine.sources.base import Image
from handplay.games.airdraw.pen_reach import ReachBox

_DIMMED = 0.82
"""Ink stands out on a picture that is a little darker than it came."""


class CameraGround:
    """Keeps the newest picture at the window's size."""

    def __init__(self) -> None:
        self._shown: object = None
        self._key: object = None
        self._surface: pygame.Surface | None = None
        self.image: Image | None = None
        """What is shown, uint8 (h, w, 3) BGR; None before the first picture."""

    def draw(self, target: pygame.Surface, picture: Image | None, reach: ReachBox, *, mirrored: bool) -> bool:
        """Draws it over the whole target; False if there was no picture yet.

        Args:
            picture: uint8 (h, w, 3) BGR, as it came; None keeps the last one.
            mirrored: True if the source is a selfie view already.
        """
        size = target.get_size()
        key = (size, reach, mirrored)
        if picture is not None and (picture is not self._shown or key != self._key):
            self._shown, self._key = picture, key
            self.image = _fitted(picture, reach, size, mirrored)
            self._surface = pygame.image.frombuffer(self.image.tobytes(), size, "BGR").convert()
        if self._surface is None:
            return False
        if self._surface.get_size() != size:
            self._surface = pygame.transform.scale(self._surface, size)
        target.blit(self._surface, (0, 0))
        return True


def _fitted(picture: Image, reach: ReachBox, size: tuple[int, int], mirrored: bool) -> Image:
    import cv2  # here, because a picture that was tracked has loaded it already

    height, width = picture.shape[:2]
    x, y, w, h = reach.area(width / height, size[0] / size[1])
    if not mirrored:
        x = 1 - x - w
    left, top = int(x * width), int(y * height)
    part: Any = picture[top : top + max(2, round(h * height)), left : left + max(2, round(w * width))]
    if not mirrored:
        part = cv2.flip(part, 1)
    # Darkened before it is enlarged: a fifth of the pixels.
    dim: Any = cv2.convertScaleAbs(part, alpha=_DIMMED)
    large: Any = cv2.resize(dim, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(large, np.uint8)
