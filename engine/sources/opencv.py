"""OpenCV, quiet: what it would print to the terminal, handplay says itself in one sentence."""

from __future__ import annotations

import functools
import os
from types import ModuleType

_ENVIRONMENT = {
    "OPENCV_LOG_LEVEL": "SILENT",
    # FFmpeg's own log, AV_LOG_QUIET.
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    # Media Foundation opens some cameras only after minutes otherwise (opencv#17687).
    "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS": "0",
    # A V4L2 camera that stops giving pictures makes `read` return after this many seconds (10 otherwise).
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "2",
}


def prepare_opencv() -> None:
    """Sets what OpenCV reads from the environment when it is imported; what the user has set stays."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)


@functools.cache
def load_cv2() -> ModuleType:
    """Imports OpenCV with its chatter turned off."""
    prepare_opencv()
    import cv2

    if os.environ["OPENCV_LOG_LEVEL"] == _ENVIRONMENT["OPENCV_LOG_LEVEL"]:
        cv2.setLogLevel(0)
    return cv2
