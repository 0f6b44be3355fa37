"""Which cameras there are, by what name, and why one does not open.

OpenCV knows no names. Linux tells them in /sys/class/video4linux; elsewhere a camera has its number alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from handplay.engine.errors import SourceError, SourceMissing, SourceUnreadable

_SYSFS = Path("/sys/class/video4linux")
_DEVICES = Path("/dev")
_PROBED = 6
"""Numbers that are tried where the system does not list its cameras."""


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One camera of this computer.

    Attributes:
        index: its number, for `--source`.
        name: what the system calls it, "" if the system does not say.
        width, height: pixels; 0 if it does not open.
        fps: frames a second, 0.0 if not known.
        problem: one sentence if it does not open, else "".
    """

    index: int
    name: str
    width: int
    height: int
    fps: float
    problem: str = ""


def camera_indices(sysfs: Path = _SYSFS, devices: Path = _DEVICES) -> list[int] | None:
    """The numbers of the cameras that the system lists, ascending; None on systems that do not list them (not Linux).

    Opens nothing, so it is cheap enough to look every second for one that is plugged in.
    """
    if not sys.platform.startswith("linux"):
        return None
    found = []
    for node in devices.glob("video*"):
        number = node.name.removeprefix("video")
        # A webcam has a second node for its metadata: the first of each device has the sysfs index 0.
        if number.isdigit() and _read(sysfs / node.name / "index") in ("0", ""):
            found.append(int(number))
    return sorted(found)


def camera_name(index: int, sysfs: Path = _SYSFS) -> str:
    """What the system calls the camera, "" if it does not say."""
    return _read(sysfs / f"video{index}" / "name")


def find_camera(wanted: str, sysfs: Path = _SYSFS, devices: Path = _DEVICES) -> int:
    """The index of the camera that a number, a part of a name, or "" (any) stands for.

    Raises:
        SourceMissing: there is none of that name, or none at all; names those there are.
    """
    if wanted.isascii() and wanted.isdigit():
        return int(wanted)
    indices = camera_indices(sysfs, devices)
    if not wanted:
        if indices is None:
            return 0
        if not indices:
            raise SourceMissing("There is no camera. Plug one in, or use --source demo.")
        return indices[0]
    if indices is None:
        raise SourceMissing(
            f"Cameras have no names on this system, so {wanted!r} cannot be found. "
            "Use a number (--source 0); `handplay cameras` lists them."
        )
    names = {index: camera_name(index, sysfs) for index in indices}
    matches = [index for index, name in names.items() if wanted.casefold() in name.casefold()]
    if not matches:
        raise SourceMissing(f"There is no camera named {wanted!r}. {_those_there_are(names)}")
    exact = [index for index in matches if names[index].casefold() == wanted.casefold()]
    return (exact or matches)[0]


def why_closed(index: int, sysfs: Path = _SYSFS, devices: Path = _DEVICES) -> SourceError:
    """The error for a camera that does not open: it is not there, may not be used, or is busy."""
    indices = camera_indices(sysfs, devices)
    if indices is None:
        return SourceUnreadable(
            f"Camera {index} does not open: there is none of that number, another program uses it, or this program may "
            "not use cameras (see the privacy settings). `handplay cameras` lists those that work."
        )
    node = devices / f"video{index}"
    if not node.exists():
        return SourceMissing(
            f"There is no camera {index}. {_those_there_are({i: camera_name(i, sysfs) for i in indices})}"
        )
    name = camera_name(index, sysfs)
    label = f"Camera {index} ({name})" if name else f"Camera {index}"
    if not os.access(node, os.R_OK | os.W_OK):
        return SourceUnreadable(f"{label} is there but you may not use it. Add yourself to the group `video`.")
    if index not in indices:
        return SourceUnreadable(
            f"{label} gives no pictures. {_those_there_are({i: camera_name(i, sysfs) for i in indices})}"
        )
    return SourceUnreadable(f"{label} is there but does not open: another program is using it. Close that program.")


def list_cameras(probe: Callable[[int], CameraInfo] | None = None) -> list[CameraInfo]:
    """All cameras of this computer; each is opened for a moment to learn its size and rate."""
    probe = probe or _probe
    indices = camera_indices()
    if indices is not None:
        return [probe(index) for index in indices]
    found = []
    for index in range(_PROBED):
        info = probe(index)
        if info.problem:
            break
        found.append(info)
    return found


def _probe(index: int) -> CameraInfo:
    from handplay.engine.sources.camera import CameraSource

    name = camera_name(index)
    try:
        source = CameraSource(index)
    except SourceError as error:
        return CameraInfo(index, name, 0, 0, 0.0, str(error))
    info = source.info
    source.close()
    return CameraInfo(index, name, info.width, info.height, info.fps)


def _those_there_are(names: dict[int, str]) -> str:
    if not names:
        return "No camera is plugged in. Plug one in, or use --source demo."
    listed = ", ".join(f"{index} ({name})" if name else str(index) for index, name in names.items())
    return f"There is: {listed}. Use one of these, or --source demo."


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
