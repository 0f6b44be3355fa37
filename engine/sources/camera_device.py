"""The device behind a camera: OpenCV's capture with the backend of this system. The seam for cameras of other makes."""

from __future__ import annotations

import sys
from typing import Any, Protocol, cast

from handplay.engine.sources.opencv import load_cv2


class Device(Protocol):
    """What a camera needs of `cv2.VideoCapture`, by its names."""

    def isOpened(self) -> bool: ...
    def read(self) -> tuple[bool, Any]: ...
    def get(self, propId: int, /) -> float: ...
    def set(self, propId: int, value: float, /) -> bool: ...
    def release(self) -> None: ...


def open_device(index: int) -> Device:
    """The camera of that number, opened by the system's own backend or, if that fails, by whichever can.

    A device that is not open is returned all the same: `isOpened` says so.
    """
    cv2 = load_cv2()
    backends = {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}
    backend = backends.get(sys.platform, cv2.CAP_ANY)
    capture = cv2.VideoCapture(index, backend)
    if not capture.isOpened() and sys.platform == "win32":
        # A few cameras have no DirectShow driver; Media Foundation opens slowly but knows them.
        capture.release()
        capture = cv2.VideoCapture(index, cv2.CAP_MSMF)
    return cast(Device, capture)
