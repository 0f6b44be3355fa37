"""PNG and JPEG pictures to draw on: looked at before they are decoded, made smaller if they are huge."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import cv2
import numpy as np

from handplay.games.airdraw.background import Background, Format
from handplay.games.airdraw.codec import DrawingError
from handplay.games.airdraw.files import read_bytes

MAX_BYTES = 40 * 1024 * 1024
MAX_PIXELS = 120_000_000
"""More than any camera takes: decoding would need half a gigabyte."""

MAX_SIDE = 4096
"""Longer pictures are made smaller: more than a screen shows, and a journal and a file have to carry it."""


def open_picture(path: str | os.PathLike[str]) -> tuple[Background, str]:
    """Reads a picture as a background.

    Returns:
        the background, and a sentence if it was made smaller, else empty.

    Raises:
        DrawingError: it is no PNG or JPEG, damaged, or too large.
    """
    place = Path(path)
    data = read_bytes(place, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise DrawingError(f"{place} is larger than {MAX_BYTES // 2**20} MB. Make the picture smaller first.")
    kind, size = _header(data)
    if kind is None or size is None:
        raise DrawingError(f"{place} is not a PNG or JPEG picture, or it is damaged. Open another one.")
    if size[0] * size[1] > MAX_PIXELS or min(size) < 1:
        raise DrawingError(f"{place} has {size[0]}x{size[1]} pixels, too many to open. Make the picture smaller first.")
    raw = np.frombuffer(data, np.uint8)
    # Cameras write how they were held beside the pixels; OpenCV turns colour pictures accordingly.
    flags = cv2.IMREAD_UNCHANGED if kind == "png" else cv2.IMREAD_COLOR
    try:
        pixels = cv2.imdecode(raw, flags)
    except cv2.error:
        pixels = None
    if pixels is None or not _ends(data, kind):
        raise DrawingError(f"{place} is damaged: it cannot be decoded. Open another picture.")
    height, width = pixels.shape[:2]
    largest = max(width, height)
    if largest <= MAX_SIDE and pixels.dtype == np.uint8 and not (kind == "jpeg" and b"Exif" in data[:65536]):
        return Background(data, kind, (width, height)), ""
    note = ""
    if largest > MAX_SIDE:
        share = MAX_SIDE / largest
        smaller = (max(1, round(width * share)), max(1, round(height * share)))
        pixels = cv2.resize(pixels, smaller, interpolation=cv2.INTER_AREA)
        note = f"The picture was made smaller, from {width}x{height} to {smaller[0]}x{smaller[1]} pixels."
        width, height = smaller
    if pixels.dtype != np.uint8:
        pixels = (pixels / 257).astype(np.uint8)
    options = [] if kind == "png" else [cv2.IMWRITE_JPEG_QUALITY, 95]
    encoded = cv2.imencode(".png" if kind == "png" else ".jpg", pixels, options)[1].tobytes()
    return Background(encoded, kind, (width, height)), note


def _header(data: bytes) -> tuple[Format | None, tuple[int, int] | None]:
    """Kind and size of a picture from its first bytes, without decoding it."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24 and data[12:16] == b"IHDR":
        width, height = struct.unpack(">II", data[16:24])
        return "png", (width, height)
    if data.startswith(b"\xff\xd8"):
        return "jpeg", _jpeg_size(data)
    return None, None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            place += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return None


def _ends(data: bytes, kind: Format) -> bool:
    """False for a picture that is cut off; OpenCV fills what is missing with one colour and says nothing."""
    return b"IEND" in data[-64:] if kind == "png" else b"\xff\xd9" in data[len(data) // 2 :]
