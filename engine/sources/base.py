"""The one protocol of all picture sources, and what they hand out.

A source blocks in `read` until it has a picture (a camera), or gives the next one at once (a file).
It knows nothing of threads: `handplay.engine.live` puts one around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from handplay.engine.hands import Handedness

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of a source once it is open.

    Attributes:
        name: short and readable, for messages and recordings ("camera 0", "hand.mp4", "demo:pong").
        kind: "live" arrives in its own time and may be dropped; "video" has a fixed rate and an end;
            "stills" are pictures that have nothing to do with each other.
        width, height: pixels; 0 if every picture has its own size.
        fps: frames a second, 0.0 if not known.
        frame_count: number of frames, None if not known or endless.
        mirrored: True if the source is a selfie view.
    """

    name: str
    kind: Literal["live", "video", "stills"]
    width: int
    height: int
    fps: float
    frame_count: int | None = None
    mirrored: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture.

    Attributes:
        index: number in the source, from 0.
        time_s: monotonic seconds at its arrival (live), or its place on the clip's own clock (files).
        image: uint8 (height, width, 3), BGR, C-contiguous. Not to be written to.
        file: file name, for the pictures of a folder.
    """

    index: int
    time_s: float
    image: Image
    file: str | None = None


class FrameSource(Protocol):
    """Where pictures come from."""

    @property
    def info(self) -> SourceInfo: ...

    def read(self) -> Frame | None:
        """The next picture, or None at the end.

        Raises:
            SourceError: the source broke; the message says what to do.
        """
        ...

    def close(self) -> None:
        """Lets go of the device or file. May be called twice, and from another thread than `read`."""
        ...


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a game would like a steered hand to be.

    Attributes:
        x, y: palm centre in the view, 0..1 (mirrored: x 1 is the player's right).
        pose: name of a demo pose ("open_palm", "point", ...); "away" takes the hand out of the picture.
        handedness: which hand.
    """

    x: float
    y: float
    pose: str = "open_palm"
    handedness: Handedness = "Right"


@runtime_checkable
class Steerable(Protocol):
    """A source whose hands can be asked to move: the demo hand, played by the game it demonstrates."""

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        """Takes the newest wishes; the hands get there as a person would. Any thread, never blocks."""
        ...
