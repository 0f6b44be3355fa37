"""What can be asked of the demo camera, in code and behind the `?` of its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from handplay.engine.sources.demo.backdrop import BACKDROPS

_LARGEST = 4096


@dataclass(frozen=True, slots=True)
class DemoSettings:
    """How the demo camera looks at its script.

    Attributes:
        width, height: pixels.
        fps: frames a second.
        seed: of sway, tremor, room and noise.
        skin: tone of all hands, None for the script's own.
        background: name of the room, None for the script's own.
        noise: 1 for an ordinary webcam, 0 for none.
        exposure_s: shutter time, which makes the motion blur; None for 40 % of a frame's time.
        mirrored: give a selfie view.
        frames: how many frames, None for no end.
    """

    width: int = 640
    height: int = 480
    fps: float = 30.0
    seed: int = 0
    skin: int | None = None
    background: str | None = None
    noise: float = 1.0
    exposure_s: float | None = None
    mirrored: bool = False
    frames: int | None = None

    def __post_init__(self) -> None:
        for name in ("width", "height"):
            if not 16 <= getattr(self, name) <= _LARGEST:
                raise ValueError(f"{name}: got {getattr(self, name)}, wanted 16 to {_LARGEST} pixels")
        if not 0 < self.fps <= 1000:
            raise ValueError(f"fps: got {self.fps}, wanted more than 0 and at most 1000")
        if self.background is not None and self.background not in BACKDROPS:
            raise ValueError(f"background: got {self.background!r}, wanted one of {', '.join(BACKDROPS)}")
        if not 0 <= self.noise <= 20:
            raise ValueError(f"noise: got {self.noise}, wanted 0 to 20")
        if self.frames is not None and self.frames < 0:
            raise ValueError(f"frames: got {self.frames}, wanted 0 or more")

    @property
    def open_s(self) -> float:
        """Shutter time, seconds."""
        return 0.4 / self.fps if self.exposure_s is None else self.exposure_s


def read_options(text: str) -> dict[str, Any]:
    """The options behind the `?` of a demo's name.

    Raises:
        ValueError: an option that does not exist, or a value that cannot be read.
    """
    result: dict[str, Any] = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        if key == "size":
            width, _, height = value.lower().partition("x")
            result["width"] = _read("size", int, width)
            result["height"] = _read("size", int, height)
        elif key in _READERS:
            result[key] = _read(key, _READERS[key], value)
        else:
            raise ValueError(f"{key!r} is none of size, {', '.join(_READERS)}")
    return result


def _yes(text: str) -> bool:
    if text.lower() not in ("1", "true", "0", "false"):
        raise ValueError(text)
    return text.lower() in ("1", "true")


_READERS: dict[str, Callable[[str], object]] = {
    "fps": float,
    "seed": int,
    "skin": int,
    "background": str,
    "noise": float,
    "exposure_s": float,
    "mirrored": _yes,
    "frames": int,
}
"""Option to what reads its value."""


def _read(key: str, reader: Callable[[str], object], value: str) -> object:
    try:
        return reader(value)
    except ValueError:
        raise ValueError(f"{key}: {value!r} cannot be read") from None
