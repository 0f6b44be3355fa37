"""One picture, or the pictures of a folder: each stands on its own."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import numpy as np

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.sources.base import Frame, Image, SourceInfo
from handplay.engine.sources.opencv import load_cv2
from handplay.engine.sources.scaling import check_size, scale

IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".png", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".jp2"})
"""Lower-case suffixes that are taken for pictures. GIFs are read as clips."""


class ImageSource:
    """A picture file, or all pictures of a folder in the natural order of their names (2 before 10).

    Rotation by EXIF is applied. `Frame.time_s` counts one second a picture; `Frame.file` is the file's name.
    A picture that cannot be read raises when its turn comes; the next `read` goes on after it.

    Args:
        path: a file or a folder.
        mirrored: True if the pictures are selfie views.
        width, height: pictures are scaled to this, pixels; one of the two keeps the aspect.

    Raises:
        SourceMissing: no such file or folder.
        SourceUnreadable: the folder holds no pictures, or the one picture is damaged.
    """

    def __init__(
        self, path: str | Path, *, mirrored: bool = False, width: int | None = None, height: int | None = None
    ) -> None:
        check_size(width=width, height=height)
        self._path = Path(path)
        self._size = (width, height)
        self._files = _list_pictures(self._path)
        self._index = 0
        self._closed = threading.Event()
        # A single picture is read now, so that its size is known and damage is told before anything else begins.
        self._first = scale(read_image(self._files[0]), width, height) if len(self._files) == 1 else None
        shape = (
            self._first.shape if self._first is not None else (height or 0, width or 0) if width and height else (0, 0)
        )
        self._info = SourceInfo(
            name=self._path.name or str(self._path),
            kind="stills",
            width=shape[1],
            height=shape[0],
            fps=0.0,
            frame_count=len(self._files),
            mirrored=mirrored,
        )

    @property
    def info(self) -> SourceInfo:
        return self._info

    def read(self) -> Frame | None:
        """The next picture, or None after the last.

        Raises:
            SourceUnreadable: this picture is damaged or cannot be read; the next call goes on with the next one.
        """
        if self._closed.is_set() or self._index >= len(self._files):
            return None
        index, file = self._index, self._files[self._index]
        self._index += 1
        image, self._first = self._first, None
        if image is None:
            image = scale(read_image(file), *self._size)
        return Frame(index, float(index), image, file=file.name)

    def close(self) -> None:
        self._closed.set()


def read_image(path: Path) -> Image:
    """One picture as uint8 (height, width, 3) BGR, turned as its EXIF says.

    Raises:
        SourceMissing: no such file.
        SourceUnreadable: not a picture, cut off, or damaged.
    """
    try:
        # Read here and decoded from memory: OpenCV opens no names outside the code page on Windows.
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceMissing(f"There is no file {path}. Check the name, or use --source demo.") from None
    except OSError as error:
        raise SourceUnreadable(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    if not data:
        raise SourceUnreadable(f"{path} is empty (0 bytes). Name another picture.")
    if not is_whole(data):
        raise SourceUnreadable(f"{path} is cut off: the end of the picture is missing. Copy it again.")
    cv2 = load_cv2()
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        image = None
    if image is None:
        raise SourceUnreadable(f"{path} is not a picture that can be read: an unknown format, or damaged.")
    return np.ascontiguousarray(image)


def is_whole(data: bytes | bytearray) -> bool:
    """False if a JPEG, PNG, WebP or BMP surely lacks its end: some decoders fill it with grey, some print warnings."""
    if data.startswith(b"\xff\xd8"):
        # The end mark must follow the last start of scan: thumbnails in the head have an end mark of their own.
        return data.rfind(b"\xff\xd9") > _last_scan(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND" in data
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return len(data) >= 8 + int.from_bytes(data[4:8], "little")
    if data[:2] == b"BM" and len(data) >= 6:
        return len(data) >= int.from_bytes(data[2:6], "little")
    return True


def _last_scan(data: bytes | bytearray) -> int:
    """Where the first scan of a JPEG begins, or the end of the data if its segments break off before that."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return at
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == 0xDA:
            return at
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return len(data)


def _list_pictures(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.exists():
        raise SourceMissing(f"There is no file or folder {path}. Check the name, or use --source demo.")
    try:
        files = [
            entry
            for entry in path.iterdir()
            if entry.suffix.lower() in IMAGE_SUFFIXES and not entry.name.startswith(".") and entry.is_file()
        ]
    except OSError as error:
        raise SourceUnreadable(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    if not files:
        raise SourceUnreadable(
            f"The folder {path} holds no pictures (jpg, png, webp, bmp, tiff). Name another, or a single clip in it."
        )
    return sorted(files, key=lambda file: natural_key(file.name))


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which `2.jpg` comes before `10.jpg` and case does not matter."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return tuple((0, int(part), part) if part.isdigit() and part.isascii() else (1, 0, part) for part in parts)
