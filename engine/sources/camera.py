"""A camera on this computer.

OpenCV gives a camera a rough ride: one that is gone may block, fail, or repeat its last picture for ever
(opencv#5746, #5221, #14044), and one without permission gives black. Each of these ends in one sentence here.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from handplay.engine.errors import SourceUnreadable
from handplay.engine.sources.base import Frame, Image, SourceInfo
from handplay.engine.sources.camera_device import Device, open_device
from handplay.engine.sources.camera_list import camera_name, why_closed
from handplay.engine.sources.opencv import load_cv2
from handplay.engine.sources.scaling import check_size

DeviceOpener = Callable[[int], Device]


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """When a camera is taken for broken.

    Attributes:
        first_picture_s: a camera may need this long after opening for its first picture (USB webcams: up to 2 s).
        lost_s: reads that fail for this long mean that it is gone.
        frozen_s: pictures equal to the bit for this long mean that it is gone: a sensor always has noise.
        black_s: entirely black pictures for this long are told (macOS gives them when the permission is missing).
        black_level: brightest value of a black picture, 0..255; a dark room with sensor noise is well above.
        retry_s: pause after a failed read or a repeated picture, so that a broken camera burns no CPU.
        good_fps: the rate from which the large picture is taken; below it a smaller one that is faster.
    """

    first_picture_s: float = 5.0
    lost_s: float = 2.0
    frozen_s: float = 3.0
    black_s: float = 3.0
    black_level: int = 3
    retry_s: float = 0.005
    good_fps: float = 30.0

    def __post_init__(self) -> None:
        for name in ("first_picture_s", "lost_s", "frozen_s", "black_s", "retry_s", "good_fps"):
            if not getattr(self, name) > 0:
                raise ValueError(f"CameraSettings.{name}: got {getattr(self, name)}, wanted a number above 0")
        if not 0 <= self.black_level <= 255:
            raise ValueError(f"CameraSettings.black_level: got {self.black_level}, wanted 0 to 255")


@dataclass(frozen=True, slots=True)
class CameraMode:
    """A size and rate, pixels and frames a second; a rate of 0.0 is not known."""

    width: int
    height: int
    fps: float


_WANTED_FPS = 60.0
"""More than most cameras have: a driver answers with the nearest rate it can do."""


class CameraSource:
    """A camera by its index.

    It is asked for MJPG (full rate over USB 2), a buffer of one picture (no backlog), and 1280x720 or, where that is
    slower than 30 frames a second, 640x480 at its highest rate. `Frame.time_s` is the monotonic time at which the
    picture arrived. Repeated pictures are not handed out.

    Args:
        index: the camera's number.
        width, height, fps: what to ask for instead; a camera gives the nearest it has.
        mirrored: True if the camera gives a selfie view.
        open_capture: opens the device; tests pass one of their own.
        clock: monotonic seconds.
        settings: when it is taken for broken.

    Raises:
        SourceMissing: there is no such camera.
        SourceUnreadable: it is there and does not open (another program has it), or gives no picture.
    """

    def __init__(
        self,
        index: int,
        *,
        width: int | None = None,
        height: int | None = None,
        fps: float | None = None,
        mirrored: bool = False,
        open_capture: DeviceOpener = open_device,
        clock: Callable[[], float] = time.monotonic,
        settings: CameraSettings | None = None,
    ) -> None:
        check_size(width=width, height=height, fps=fps)
        self._settings = settings or CameraSettings()
        self._clock = clock
        self._closed = threading.Event()
        self._device_lock = threading.Lock()
        self._name = f"camera {index}"
        self._index = 0
        self._last_checksum: int | None = None
        self._last_is_black = False
        self._black_since_s: float | None = None
        self._device = open_capture(index)
        if not self._device.isOpened():
            self._device.release()
            raise why_closed(index)
        self._label = _label(index)
        mode = choose_mode(self._device, width=width, height=height, fps=fps, good_fps=self._settings.good_fps)
        # The first picture is read now: only then is it sure that the camera works, and how large its pictures are.
        try:
            self._pending: Frame | None = self._next_frame(self._settings.first_picture_s)
        except SourceUnreadable:
            self.close()
            raise
        shape = (mode.height, mode.width) if self._pending is None else self._pending.image.shape
        self._info = SourceInfo(self._name, "live", shape[1], shape[0], mode.fps, None, mirrored)

    @property
    def info(self) -> SourceInfo:
        return self._info

    @property
    def label(self) -> str:
        """Index and name, for people: "camera 0 (Integrated Webcam)"."""
        return self._label

    def read(self) -> Frame | None:
        """The next picture, as soon as it arrives, or None after `close`.

        Raises:
            SourceUnreadable: the camera fails, repeats itself or is black for longer than the settings allow.
        """
        frame, self._pending = self._pending, None
        if frame is None or self._closed.is_set():
            frame = self._next_frame(self._settings.lost_s)
        if frame is not None:
            self._watch_for_black(frame)
        return frame

    def close(self) -> None:
        self._closed.set()
        # OpenCV does not survive a release during a read: a reading thread lets go itself when it returns.
        if self._device_lock.acquire(blocking=False):
            try:
                self._device.release()
            finally:
                self._device_lock.release()

    def _next_frame(self, patience_s: float) -> Frame | None:
        """Reads until a new picture comes; failing and repeating reads are told apart by the clock alone."""
        begin_s = self._clock()
        repeated = False
        while not self._closed.is_set():
            image = self._grab()
            if self._closed.is_set():
                break
            now_s = self._clock()
            if image is not None:
                checksum = _checksum(image)
                if checksum != self._last_checksum:
                    self._last_checksum = checksum
                    self._last_is_black = int(image[::16, ::16].max()) <= self._settings.black_level
                    frame = Frame(self._index, now_s, image)
                    self._index += 1
                    return frame
                repeated = True
            limit_s = self._settings.frozen_s if repeated else patience_s
            if now_s - begin_s >= limit_s:
                raise SourceUnreadable(self._why_silent(repeated, now_s - begin_s))
            self._closed.wait(self._settings.retry_s)
        return None

    def _grab(self) -> Image | None:
        with self._device_lock:
            ok, image = (False, None) if self._closed.is_set() else self._device.read()
            if self._closed.is_set():
                self._device.release()
        if not ok or image is None or image.size == 0:
            return None
        if image.ndim == 2:  # infrared cameras
            cv2 = load_cv2()
            image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
        return np.ascontiguousarray(image)

    def _why_silent(self, repeated: bool, silent_s: float) -> str:
        if repeated and self._last_is_black:
            return self._why_black()
        if repeated:
            what = f"has repeated the same picture for {silent_s:.0f} s: it hangs or was unplugged"
        elif self._index == 0:
            what = f"opens but gives no picture within {silent_s:.0f} s: another program may be using it"
        else:
            what = "gives no more pictures: it was unplugged, or another program took it"
        return f"The {self._label} {what}. Plug it in again, or close the other program."

    def _watch_for_black(self, frame: Frame) -> None:
        if not self._last_is_black:
            self._black_since_s = None
            return
        if self._black_since_s is None:
            self._black_since_s = frame.time_s
        if frame.time_s - self._black_since_s >= self._settings.black_s:
            self._black_since_s = None
            raise SourceUnreadable(self._why_black())

    def _why_black(self) -> str:
        return (
            f"The {self._label} gives only black pictures: open its cover, or allow this program to use the camera "
            "(macOS: System Settings, Privacy & Security, Camera)."
        )


def choose_mode(
    device: Device, *, width: int | None, height: int | None, fps: float | None, good_fps: float
) -> CameraMode:
    """Sets up a device: MJPG, one buffer, and the wanted mode or the better of 1280x720 and 640x480."""
    cv2 = load_cv2()
    device.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def ask(ask_width: int, ask_height: int) -> CameraMode:
        mjpg = cv2.VideoWriter_fourcc(*"MJPG")
        device.set(cv2.CAP_PROP_FOURCC, mjpg)
        device.set(cv2.CAP_PROP_FRAME_WIDTH, ask_width)
        device.set(cv2.CAP_PROP_FRAME_HEIGHT, ask_height)
        device.set(cv2.CAP_PROP_FPS, fps or _WANTED_FPS)
        if int(device.get(cv2.CAP_PROP_FOURCC)) != mjpg:
            # DirectShow forgets the format when the size changes.
            device.set(cv2.CAP_PROP_FOURCC, mjpg)
        got_fps = float(device.get(cv2.CAP_PROP_FPS))
        return CameraMode(
            int(device.get(cv2.CAP_PROP_FRAME_WIDTH)),
            int(device.get(cv2.CAP_PROP_FRAME_HEIGHT)),
            got_fps if 0 < got_fps <= 1000 else 0.0,
        )

    if width is not None or height is not None:
        # One of the two given: the other at 16:9, the shape of nearly all webcams.
        return ask(width or round((height or 0) * 16 / 9), height or round((width or 0) * 9 / 16))
    large = ask(1280, 720)
    if large.fps == 0.0 or large.fps >= min(good_fps, fps or good_fps):
        return large
    small = ask(640, 480)
    return small if small.fps > large.fps else ask(1280, 720)


def _label(index: int) -> str:
    name = camera_name(index)
    return f"camera {index} ({name})" if name else f"camera {index}"


def _checksum(image: Image) -> int:
    return zlib.adler32(np.ascontiguousarray(image[::16, ::16]).tobytes())
