"""`--width` and `--height` for files: the size that pictures are scaled to."""

from __future__ import annotations

import numpy as np

from handplay.engine.sources.base import Image
from handplay.engine.sources.opencv import load_cv2


def scaled_size(width: int, height: int, wanted_width: int | None, wanted_height: int | None) -> tuple[int, int]:
    """The size a picture is scaled to, (width, height) pixels.

    Both wanted: exactly that. One wanted: the other follows, so that the aspect is kept. None: as it is.
    """
    if wanted_width is None:
        if wanted_height is None:
            return width, height
        return max(1, round(width * wanted_height / height)), wanted_height
    if wanted_height is None:
        return wanted_width, max(1, round(height * wanted_width / width))
    return wanted_width, wanted_height


def scale(image: Image, wanted_width: int | None, wanted_height: int | None) -> Image:
    """The picture in the size of `scaled_size`, C-contiguous; the very same array if nothing changes."""
    height, width = image.shape[:2]
    size = scaled_size(width, height, wanted_width, wanted_height)
    if size == (width, height):
        return np.ascontiguousarray(image)
    cv2 = load_cv2()
    # Area averaging keeps small hands free of aliasing when pictures shrink.
    shrinks = size[0] * size[1] < width * height
    resized: Image = cv2.resize(image, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return resized


def check_size(**sizes: float | None) -> None:
    """Refuses a width, height or rate that is not above zero.

    Raises:
        ValueError: names the value.
    """
    for name, value in sizes.items():
        if value is not None and not value > 0:
            raise ValueError(f"{name}: got {value}, wanted a number above 0")
