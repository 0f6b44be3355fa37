"""The `--source` text: what kind of source it names, and the opened source.

0  1  camera:NAME  camera      a camera by index, by part of its name, or the first there is
clip.mp4  anim.gif             a video file
photo.jpg  folder/             one picture, or the pictures of a folder
http://...  rtsp://...         a network camera
demo  demo:NAME                the rendered demo hand
recording.hands.jsonl          a landmark recording: has no pictures (see `handplay.engine.live.replay_feed`)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.sources.base import FrameSource
from handplay.engine.sources.images import IMAGE_SUFFIXES
from handplay.engine.sources.scaling import check_size, scaled_size

SourceKind = Literal["camera", "video", "image", "folder", "network", "demo", "recording"]

RECORDING_SUFFIX = ".hands.jsonl"
ANY_CAMERA = "camera"
"""The spec of whichever camera there is: what a game takes when no source is named."""

_DEMO_SIZE, _DEMO_FPS = (640, 480), 30.0
"""What an ordinary webcam gives, and what the renderer keeps up with on one core."""

_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_SCHEMES = ("http", "https", "rtsp", "rtsps", "rtmp", "udp", "tcp", "srt")


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """What a `--source` text names.

    Attributes:
        text: the text as it was given.
        kind: of these, "video", "image" and "folder" go by the name alone: opening looks at the disk.
        target: camera index or name ("" for any camera), path, address, or demo script ("" for the default).
    """

    text: str
    kind: SourceKind
    target: str

    @property
    def is_recording(self) -> bool:
        """True for landmarks instead of pictures."""
        return self.kind == "recording"


def parse_spec(spec: str) -> SourceSpec:
    """Sorts a `--source` text into its kind; looks at nothing but the text.

    Raises:
        SourceMissing: the text is empty, or names an address of an unknown kind.
    """
    text = spec.strip()
    if not text:
        raise SourceMissing("The source is empty. Name a camera (0), a file, an address, or demo.")
    head, colon, tail = text.partition(":")
    if text.isascii() and text.isdigit():
        return SourceSpec(text, "camera", str(int(text)))
    if head.lower() == "camera" and (not colon or not tail.startswith("//")):
        return SourceSpec(text, "camera", tail.strip())
    if head.lower() == "demo" and (not colon or not tail.startswith("//")):
        return SourceSpec(text, "demo", tail.strip())
    url = _URL.match(text)
    if url:
        scheme = url["scheme"].lower()
        if scheme == "file":
            return SourceSpec(text, _kind_of_path(text[len(url[0]) :]), text[len(url[0]) :])
        if scheme not in _SCHEMES:
            raise SourceMissing(f"{scheme}:// is not an address that can be read. Use http://, https:// or rtsp://.")
        return SourceSpec(text, "network", text)
    return SourceSpec(text, _kind_of_path(text), text)


def open_source(
    spec: str | SourceSpec,
    *,
    realtime: bool = False,
    mirrored: bool = False,
    width: int | None = None,
    height: int | None = None,
    fps: float | None = None,
    seed: int = 0,
) -> FrameSource:
    """Opens what a `--source` text names.

    Args:
        spec: the text, see the top of this module.
        realtime: True paces files and the demo hand against the clock, like a camera.
        mirrored: True if the source is a selfie view.
        width, height: pixels. A camera is asked for it (both, or neither: it then gives its best); files and network
            pictures are scaled to it, one of the two keeps the aspect; the demo hand is drawn in it.
        fps: frames a second a camera or the demo hand is asked for; files have their own.
        seed: of the demo hand.

    Raises:
        SourceMissing, SourceUnreadable: with the next step to take.
        ValueError: a size or rate that is not above zero.
    """
    check_size(width=width, height=height, fps=fps)
    parsed = parse_spec(spec) if isinstance(spec, str) else spec
    # Each kind is imported when it is opened: the demo hand needs no network, a file no camera.
    if parsed.kind == "camera":
        from handplay.engine.sources.camera import CameraSource
        from handplay.engine.sources.camera_list import find_camera

        index = find_camera(parsed.target)
        return CameraSource(index, width=width, height=height, fps=fps, mirrored=mirrored)
    if parsed.kind == "network":
        from handplay.engine.sources.network import open_network

        return open_network(parsed.target, mirrored=mirrored, width=width, height=height)
    if parsed.kind == "demo":
        return _open_demo(parsed.target, realtime, mirrored, width, height, fps, seed)
    if parsed.kind == "recording":
        raise SourceUnreadable(
            f"{parsed.target} is a recording of landmarks and holds no pictures. "
            "Games play it back; to track, name a camera, a video or pictures."
        )
    path = Path(parsed.target).expanduser()
    if parsed.kind != "video" or path.is_dir():
        from handplay.engine.sources.images import ImageSource

        return ImageSource(path, mirrored=mirrored, width=width, height=height)
    from handplay.engine.sources.video import VideoSource

    return VideoSource(path, realtime=realtime, mirrored=mirrored, width=width, height=height)


def _kind_of_path(text: str) -> SourceKind:
    if text.endswith(("/", "\\")):
        return "folder"
    lower = text.lower()
    if lower.endswith(RECORDING_SUFFIX):
        return "recording"
    if Path(lower).suffix in IMAGE_SUFFIXES:
        return "image"
    return "video"


def _open_demo(
    name: str, realtime: bool, mirrored: bool, width: int | None, height: int | None, fps: float | None, seed: int
) -> FrameSource:
    from handplay.engine.sources.demo import DemoSource

    size = scaled_size(*_DEMO_SIZE, width, height)
    rate = _DEMO_FPS if fps is None else fps
    return DemoSource(name, width=size[0], height=size[1], fps=rate, seed=seed, realtime=realtime, mirrored=mirrored)
