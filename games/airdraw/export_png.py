"""The drawing as one picture of any size, sharp: drawn from the strokes in tiles, not taken from the screen."""

from __future__ import annotations

import math
import os
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from handplay.engine.atomic import atomic_path
from handplay.engine.errors import OutputError
from handplay.games.airdraw.backdrop import GROUND, decoded, placed
from handplay.games.airdraw.buffers import window_part
from handplay.games.airdraw.document import Document
from handplay.games.airdraw.raster import Frame, Pixels, RectPx
from handplay.games.airdraw.redraw import Redraw
from handplay.games.airdraw.view import SizePx, View

Ground = Literal["canvas", "transparent"]

MAX_SIDE_PX = 16384

_TILE = 512


def export_png(
    document: Document,
    path: str | os.PathLike[str],
    *,
    size_px: SizePx = (1920, 1080),
    view: View | None = None,
    ground: Ground | NDArray[np.uint8] = "canvas",
) -> None:
    """Writes the drawing as a PNG file, whole or not at all.

    Args:
        document: what to draw.
        path: the file.
        size_px: of the picture.
        view: what of the plane it shows; all of the drawing if None.
        ground: "canvas" as the drawing says (a camera canvas is transparent), "transparent", or a picture of the
            camera as it was seen, BGR uint8 (H, W, 3), which fills the picture.

    Raises:
        OutputError: the place cannot be written to.
        ValueError: the size is out of bounds.
    """
    pixels = rendered(document, size_px, view or whole_view(document, size_px), ground=ground)
    done, data = cv2.imencode(".png", straight_alpha(pixels), [cv2.IMWRITE_PNG_COMPRESSION, 6])
    if not done:
        raise OutputError(f"Cannot write {path}: the picture could not be encoded.")
    with atomic_path(path) as beside:
        beside.write_bytes(data.tobytes())


def rendered(
    document: Document, size_px: SizePx, view: View, *, ground: Ground | NDArray[np.uint8] = "canvas"
) -> Pixels:
    """The drawing as pixels.

    Returns:
        premultiplied BGRA, uint8 (H, W, 4).

    Raises:
        ValueError: the size is out of bounds.
    """
    if min(size_px) < 1 or max(size_px) > MAX_SIDE_PX:
        raise ValueError(f"the picture is {size_px[0]}x{size_px[1]}, not within 1 and {MAX_SIDE_PX} pixels")
    frame = Frame.of(view, size_px)
    result = _grounded(document, size_px, frame, ground)
    for y in range(0, size_px[1], _TILE):
        for x in range(0, size_px[0], _TILE):
            rect = (x, y, min(_TILE, size_px[0] - x), min(_TILE, size_px[1] - y))
            _lay_tile(result, document, rect, frame)
    return result


def whole_view(document: Document, size_px: SizePx) -> View:
    """The view that shows the first canvas height, and all of a drawing that is larger than that."""
    half = size_px[0] / max(1, size_px[1]) / 2
    reach = document.reach()
    if reach is None or (reach[0] >= -half and reach[2] <= half and reach[1] >= -0.5 and reach[3] <= 0.5):
        return View()
    return View.showing(reach, size_px, margin=0.03)


def over(base: Pixels, above: Pixels, opacity: float = 1.0) -> None:
    """Lays premultiplied BGRA over another, in place."""
    top = above.astype(np.uint16)
    if opacity < 1:
        top = (top * opacity + 0.5).astype(np.uint16)
    rest = 255 - top[..., 3:]
    base[:] = np.minimum(top + (base * rest + 127) // 255, 255)


def straight_alpha(pixels: Pixels) -> Pixels:
    """Premultiplied BGRA as PNG wants it; opaque pictures lose the fourth channel."""
    alpha = pixels[..., 3:]
    if alpha.min() == 255:
        return np.ascontiguousarray(pixels[..., :3])
    result = pixels.copy()
    shown = np.maximum(alpha.astype(np.uint16), 1)
    result[..., :3] = np.minimum((pixels[..., :3].astype(np.uint16) * 255 + shown // 2) // shown, 255)
    return result


def _lay_tile(result: Pixels, document: Document, rect: RectPx, frame: Frame) -> None:
    work = Redraw(rect, document, frame, 2)
    work.go_on(math.inf, lambda: 0.0)
    part = window_part(result, rect)
    for layer in document.layers:
        if layer.visible and layer.id in work.layers:
            fine = work.sheet(layer.id)
            seen = cv2.resize(fine, (rect[2], rect[3]), interpolation=cv2.INTER_AREA)
            over(part, np.asarray(seen, np.uint8), layer.opacity)


def _grounded(document: Document, size_px: SizePx, frame: Frame, ground: Ground | NDArray[np.uint8]) -> Pixels:
    if isinstance(ground, np.ndarray):
        return _covering(ground, size_px)
    colour = (0, 0, 0, 0) if ground == "transparent" else GROUND[document.sheet.canvas]
    if document.sheet.background is not None:
        return placed(decoded(document.sheet.background), frame, size_px, colour)
    result: Pixels = np.empty((size_px[1], size_px[0], 4), np.uint8)
    result[:] = colour
    return result


def _covering(picture: NDArray[np.uint8], size_px: SizePx) -> Pixels:
    """A camera's picture that fills the size; what is too much on two sides is cut."""
    height, width = picture.shape[:2]
    share = max(size_px[0] / width, size_px[1] / height)
    scaled = cv2.resize(picture, (max(size_px[0], round(width * share)), max(size_px[1], round(height * share))))
    x, y = (scaled.shape[1] - size_px[0]) // 2, (scaled.shape[0] - size_px[1]) // 2
    cut = scaled[y : y + size_px[1], x : x + size_px[0]]
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(cut), cv2.COLOR_BGR2BGRA), np.uint8)
