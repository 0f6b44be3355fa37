"""Single pictures of the demo hand, for parity checks, galleries and benchmarks."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator

from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.optics import HandView
from handplay.engine.sources.demo.poses import pose_angles, pose_row
from handplay.engine.sources.demo.scene import Renderer
from handplay.engine.sources.demo.sensor import Bytes
from handplay.engine.sources.demo.skeleton import base_turn, turned
from handplay.engine.sources.demo.truth import HandTruth


def render_still(
    pose: str,
    *,
    handedness: Handedness = "Right",
    roll_rad: float = 0.0,
    yaw_rad: float = 0.0,
    pitch_rad: float = 0.0,
    palm_px: float = 110.0,
    centre: tuple[float, float] | None = None,
    size: tuple[int, int] = (640, 480),
    skin: int = 1,
    sleeve: int = 0,
    background: str = "room",
    noise: float = 1.0,
    seed: int = 0,
    move_px: tuple[float, float] = (0.0, 0.0),
) -> tuple[Bytes, tuple[HandTruth, ...]]:
    """One picture of one hand; the same arguments give the same picture.

    Args:
        pose: a pose name.
        handedness: the person's own hand.
        roll_rad: clockwise in the picture, on top of how the pose is held up.
        yaw_rad, pitch_rad: about the vertical and the horizontal, before the roll.
        palm_px: palm length when it faces the camera, pixels; sets the distance.
        centre: palm centre, image pixels; a little below the middle if not given.
        size: (width, height), pixels.
        skin, sleeve: numbers of tone and sleeve.
        background: name of the room.
        noise: 1 for an ordinary webcam, 0 for none.
        seed: of room and noise.
        move_px: motion blur: how far the hand moves during the exposure.

    Returns:
        uint8 (h, w, 3) BGR, and the truth of the one hand in it.

    Raises:
        ValueError: no such pose or background.
    """
    row = pose_row(pose)
    view = HandView(
        handedness=handedness,
        angles_deg=pose_angles(pose),
        turn=turned(roll_rad, yaw_rad, pitch_rad) @ base_turn(row, handedness),
        centre_px=centre if centre is not None else (size[0] * 0.5, size[1] * 0.56),
        palm_px=palm_px,
        pose=pose,
        move_px=move_px,
        skin=skin,
        sleeve=sleeve,
    )
    return _renderer(size, background, seed, noise).frame((view,))


@functools.lru_cache(maxsize=16)
def _renderer(size: tuple[int, int], background: str, seed: int, noise: float) -> Renderer:
    return Renderer(size, background, seed=seed, noise=noise)


PARITY_POSES = (
    "open_palm", "stop", "fist", "point", "victory", "three", "four", "thumbs_up", "ok", "rock", "call", "pinch",
)  # fmt: skip
"""The twelve poses that the tracker is compared in."""


def parity_stills(size: tuple[int, int] = (640, 480)) -> Iterator[tuple[str, Bytes]]:
    """Every pose of `PARITY_POSES` in eight turns of 45 degrees, right and left, over all skin tones and rooms.

    Yields:
        A label ("fist Left 135") and uint8 (h, w, 3) BGR, 192 in all.
    """
    rooms = ("room", "wall", "window", "shelf", "evening")
    number = 0
    for pose in PARITY_POSES:
        for handedness in ("Right", "Left"):
            for turn in range(0, 360, 45):
                image, _ = render_still(
                    pose,
                    handedness=handedness,
                    roll_rad=math.radians(turn),
                    centre=(size[0] / 2, size[1] / 2),
                    palm_px=size[1] * 0.22,
                    size=size,
                    skin=number % 6,
                    sleeve=number % 5,
                    background=rooms[number % len(rooms)],
                    seed=number % 3,
                )
                yield f"{pose} {handedness} {turn}", image
                number += 1
