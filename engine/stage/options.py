"""How a run was asked for: the switches every game shares."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StageOptions:
    """The switches of one run.

    Attributes:
        title: of the window.
        headless: needs neither display nor sound device; still draws every picture.
        duration_s: ends the run after so many seconds of simulation; None goes on until the player quits.
        seed: of all chance; None takes a new one, which the summary tells.
        summary_path: where the JSON summary goes.
        screenshot_path: where a picture of the window goes, PNG or (NAME.jpg) JPEG.
        screenshot_at_s: simulation time of the screenshot; None takes the last picture.
        record_path: where a `*.hands.jsonl` recording of the hands goes.
        source_name: name of the source, for the recording's first line.
        fullscreen, mute, reduced_motion, high_contrast: as they say.
        volume: 0..1.
        width, height: of the window, pixels.
    """

    title: str = "handplay"
    headless: bool = False
    duration_s: float | None = None
    seed: int | None = None
    summary_path: str | Path | None = None
    screenshot_path: str | Path | None = None
    screenshot_at_s: float | None = None
    record_path: str | Path | None = None
    source_name: str = ""
    fullscreen: bool = False
    mute: bool = False
    reduced_motion: bool = False
    high_contrast: bool = False
    volume: float = 0.8
    width: int = 1280
    height: int = 720

    def __post_init__(self) -> None:
        for name in ("duration_s", "screenshot_at_s"):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise ValueError(f"StageOptions.{name}: got {value}, wanted seconds from 0 up, or None")
        if not 0 <= self.volume <= 1:
            raise ValueError(f"StageOptions.volume: got {self.volume}, wanted 0..1")
        if self.width < 1 or self.height < 1:
            raise ValueError(f"StageOptions: got a window of {self.width}x{self.height}, wanted at least 1x1 pixels")
