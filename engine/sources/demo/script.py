"""Scripts as data: where each hand is when, and everything between by the movement people make.

A `Track` is a row of keyframes for one hand; between two of them the hand goes from rest to rest with least jerk
(Flash & Hogan 1985), or evenly where a benchmark wants a known speed.
"""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.optics import HandView
from handplay.engine.sources.demo.poses import Pose, pose_angles, pose_row
from handplay.engine.sources.demo.skeleton import base_turn, turned

Ease = Literal["smooth", "linear", "hold"]


@dataclass(frozen=True, slots=True)
class Keyframe:
    """One moment of one hand.

    Attributes:
        time_s: seconds from the start of the script.
        pose: a pose name.
        x, y: palm centre, 0..1 of the image (not mirrored); may lie outside.
        palm: palm length facing the camera, in frame heights.
        roll_deg, yaw_deg, pitch_deg: on top of how the pose is held; of a left hand as seen, not mirrored.
        ease: how the hand gets from here to the next keyframe: "smooth" rest to rest, "linear" evenly, "hold" stays and
            jumps.
    """

    time_s: float
    pose: str = "open_palm"
    x: float = 0.5
    y: float = 0.5
    palm: float = 0.22
    roll_deg: float = 0.0
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    ease: Ease = "smooth"


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A hand between keyframes: like a keyframe, with joint angles and the pose's own turn mixed."""

    pose: str
    angles_deg: Float32
    x: float
    y: float
    palm: float
    turn_deg: tuple[float, float, float]
    held_deg: tuple[float, float, float]

    def view(self, handedness: Handedness, size: tuple[int, int], skin: int, sleeve: int) -> HandView:
        """The hand in a picture of this size (width, height)."""
        width, height = size
        roll, yaw, pitch = (math.radians(v) for v in self.turn_deg)
        held = base_turn(Pose((), self.held_deg), handedness)
        return HandView(
            handedness=handedness,
            angles_deg=self.angles_deg,
            turn=turned(roll, yaw, pitch) @ held,
            centre_px=(self.x * width, self.y * height),
            palm_px=self.palm * height,
            pose=self.pose,
            skin=skin,
            sleeve=sleeve,
        )


@dataclass(frozen=True, slots=True)
class Track:
    """One hand of a script.

    Attributes:
        keys: its keyframes, times rising.
        handedness: whose hand.
        skin, sleeve: numbers of tone and sleeve.
        life: strength of sway and tremor; 0 gives exact paths.
    """

    keys: tuple[Keyframe, ...]
    handedness: Handedness = "Right"
    skin: int = 1
    sleeve: int = 0
    life: float = 1.0

    def __post_init__(self) -> None:
        times = [key.time_s for key in self.keys]
        if not times or any(b <= a for a, b in itertools.pairwise(times)):
            raise ValueError(f"Track.keys: got times {times}, wanted at least one and each later than the one before")
        for key in self.keys:
            pose_row(key.pose)

    def at(self, time_s: float) -> Moment:
        """The hand at this time; before the first and after the last keyframe it stays."""
        keys = self.keys
        following = next((i for i, key in enumerate(keys) if key.time_s > time_s), len(keys))
        if following == 0 or following == len(keys):
            a = b = keys[0 if following == 0 else -1]
            t = 0.0
        else:
            a, b = keys[following - 1], keys[following]
            t = eased((time_s - a.time_s) / (b.time_s - a.time_s), a.ease)
        # Fingers change shape in the first 0.35 s of a long way, as people's do before the arm arrives.
        span = b.time_s - a.time_s
        s = eased(min(1.0, (time_s - a.time_s) / min(span, 0.35)), a.ease) if span > 0 and a.ease == "smooth" else t
        row_a, row_b = pose_row(a.pose), pose_row(b.pose)
        return Moment(
            pose=b.pose if s > 0.5 else a.pose,
            angles_deg=(pose_angles(a.pose) * np.float32(1 - s) + pose_angles(b.pose) * np.float32(s)).astype(
                np.float32
            ),
            x=_mix(a.x, b.x, t),
            y=_mix(a.y, b.y, t),
            palm=_mix(a.palm, b.palm, t),
            turn_deg=(
                _mix(a.roll_deg, b.roll_deg, t),
                _mix(a.yaw_deg, b.yaw_deg, t),
                _mix(a.pitch_deg, b.pitch_deg, t),
            ),
            held_deg=(
                _mix(row_a.turn_deg[0], row_b.turn_deg[0], s),
                _mix(row_a.turn_deg[1], row_b.turn_deg[1], s),
                _mix(row_a.turn_deg[2], row_b.turn_deg[2], s),
            ),
        )


@dataclass(frozen=True, slots=True)
class Script:
    """A scene by name.

    Attributes:
        name, summary: for lists and messages.
        tracks: its hands.
        duration_s: after that it begins again.
        background: name of the room.
        steerable: True if a game may lead the hands by wishes.
    """

    name: str
    summary: str
    tracks: tuple[Track, ...]
    duration_s: float
    background: str = "room"
    steerable: bool = False

    def __post_init__(self) -> None:
        if not self.duration_s > 0:
            raise ValueError(f"Script.duration_s: got {self.duration_s}, wanted more than 0 seconds")


def eased(t: float, ease: Ease = "smooth") -> float:
    """Progress 0..1 of a movement at the share t of its time."""
    t = min(1.0, max(0.0, t))
    if ease == "linear":
        return t
    if ease == "hold":
        return 0.0 if t < 1 else 1.0
    return t * t * t * (10 - 15 * t + 6 * t * t)


def living(moment: Moment, time_s: float, seed: int, life: float) -> Moment:
    """The moment with the sway (below 1 Hz) and tremor (8 to 10 Hz) of a hand in mid-air.

    Sway is about 3 % of a palm, tremor 0.3 % (physiological tremor is a fraction of a millimetre).
    """
    if life <= 0:
        return moment
    phase = _phases(seed)

    def wave(i: int, low_hz: float, high_hz: float) -> float:
        slow = math.sin(2 * math.pi * low_hz * time_s + phase[i]) + 0.5 * math.sin(
            4.6 * math.pi * low_hz * time_s + phase[i + 1]
        )
        return 0.020 * slow + 0.003 * math.sin(2 * math.pi * high_hz * time_s + phase[i + 2])

    roll, yaw, pitch = moment.turn_deg
    return Moment(
        pose=moment.pose,
        angles_deg=moment.angles_deg,
        x=moment.x + life * moment.palm * 0.75 * wave(0, 0.31, 8.7),
        y=moment.y + life * moment.palm * wave(3, 0.37, 9.3),
        palm=moment.palm * (1 + life * 0.25 * wave(6, 0.23, 8.1)),
        turn_deg=(
            roll + life * 45 * wave(9, 0.27, 9.0),
            yaw + life * 70 * wave(1, 0.19, 8.4),
            pitch + life * 60 * wave(5, 0.21, 8.9),
        ),
        held_deg=moment.held_deg,
    )


@functools.lru_cache(maxsize=64)
def _phases(seed: int) -> tuple[float, ...]:
    return tuple(np.random.default_rng((seed, 31)).uniform(0, 2 * math.pi, 12).tolist())


def _mix(a: float, b: float, t: float) -> float:
    return a * (1 - t) + b * t
