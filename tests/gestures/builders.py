"""Valid hands from words: `build_hand(index="extended", pinch=True, roll=90)`.

A right hand, palm to the camera, fingers up, is posed joint by joint, then turned, mirrored for the left, and projected
without perspective. Lengths are in palm lengths until the end.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from handplay.engine.hands import Hand, HandFrame

Points = NDArray[np.float64]

_MCP = {
    "index": (0.30, -0.95, 0.0),
    "middle": (0.08, -1.00, 0.0),
    "ring": (-0.14, -0.93, 0.0),
    "pinky": (-0.34, -0.82, 0.0),
}
_LENGTHS = {
    "index": (0.45, 0.27, 0.22),
    "middle": (0.50, 0.31, 0.23),
    "ring": (0.46, 0.29, 0.23),
    "pinky": (0.36, 0.21, 0.20),
}
_BENDS = {"extended": (3, 5, 3), "half": (35, 48, 26), "curled": (75, 95, 55)}
_SPLAY = {"index": 8.0, "middle": 0.0, "ring": -8.0, "pinky": -18.0}
_THUMB = {
    "extended": ((0.24, -0.22, -0.04), (0.46, -0.44, -0.07), (0.70, -0.60, -0.09), (0.90, -0.74, -0.10)),
    "half": ((0.22, -0.24, -0.05), (0.38, -0.48, -0.10), (0.43, -0.72, -0.14), (0.42, -0.93, -0.16)),
    "curled": ((0.20, -0.24, -0.08), (0.36, -0.48, -0.20), (0.20, -0.66, -0.34), (-0.04, -0.68, -0.36)),
}


def pose_points(
    thumb: str = "extended",
    index: str = "extended",
    middle: str = "extended",
    ring: str = "extended",
    pinky: str = "extended",
    *,
    splay: float = 1.0,
    pinch: bool = False,
) -> Points:
    """(21, 3) palm lengths, wrist at the origin: x right, y down, z away from the camera."""
    points = np.zeros((21, 3))
    points[1:5] = _THUMB[thumb]
    for finger, (name, state) in enumerate(
        {"index": index, "middle": middle, "ring": ring, "pinky": pinky}.items(), start=1
    ):
        angle = math.radians(_SPLAY[name] * splay)
        way = np.array([math.sin(angle), -math.cos(angle), 0.0])
        at = np.array(_MCP[name])
        points[1 + 4 * finger] = at
        bend = 0.0
        for joint, (length, degrees) in enumerate(zip(_LENGTHS[name], _BENDS[state], strict=True), start=2):
            bend += math.radians(degrees)
            at = at + length * (math.cos(bend) * way + math.sin(bend) * np.array([0.0, 0.0, -1.0]))
            points[joint + 4 * finger] = at
    if pinch:
        tip = points[8] + (0.04, 0.02, 0.03)
        for joint, part in ((3, 0.55), (4, 1.0)):
            points[joint] = points[2] + part * (tip - points[2])
    return points


def turned(points: Points, roll: float = 0.0, yaw: float = 0.0, pitch: float = 0.0) -> Points:
    """Turned about the wrist, degrees: pitch, then yaw, then roll (clockwise on screen)."""
    r, y, p = (math.radians(angle) for angle in (roll, yaw, pitch))
    about_x = np.array([[1, 0, 0], [0, math.cos(p), -math.sin(p)], [0, math.sin(p), math.cos(p)]])
    about_y = np.array([[math.cos(y), 0, math.sin(y)], [0, 1, 0], [-math.sin(y), 0, math.cos(y)]])
    about_z = np.array([[math.cos(r), -math.sin(r), 0], [math.sin(r), math.cos(r), 0], [0, 0, 1]])
    rotated: Points = points @ (about_z @ about_y @ about_x).T
    return rotated


def build_hand(
    thumb: str = "extended",
    index: str = "extended",
    middle: str = "extended",
    ring: str = "extended",
    pinky: str = "extended",
    *,
    splay: float = 1.0,
    pinch: bool = False,
    roll: float = 0.0,
    yaw: float = 0.0,
    pitch: float = 0.0,
    side: str = "Right",
    at: tuple[float, float] = (320.0, 240.0),
    palm_px: float = 80.0,
    flat: bool = False,
    world: bool = False,
    hand_id: int = 1,
) -> Hand:
    """A hand with the fingers in these states.

    Args:
        splay: 1 for fingers apart, 0 for parallel ones.
        pinch: True puts the thumb tip on the index tip.
        roll, yaw, pitch: degrees, for either side as the camera sees it.
        side: "Right" or "Left" (mirrored).
        at: where the middle of the palm lies, pixels.
        flat: True sets z to 0.
        world: True gives world points too, with the bend that the model adds to every finger.
    """
    points = pose_points(thumb, index, middle, ring, pinky, splay=splay, pinch=pinch)
    if side == "Left":
        points = points * (-1, 1, 1)
    points = turned(points, roll, yaw, pitch)
    image = points * palm_px
    image[:, :2] += np.array(at) - image[[0, 5, 9, 13, 17], :2].mean(axis=0)
    if flat:
        image[:, 2] = 0.0
    metres = (points - points.mean(axis=0)) * 0.09 if world else np.zeros((21, 3))
    return Hand(
        hand_id=hand_id,
        handedness="Left" if side == "Left" else "Right",
        handedness_score=0.98,
        presence=0.99,
        landmarks_px=image.astype(np.float32),
        world_m=metres.astype(np.float32),
    )


POSES: dict[str, dict[str, object]] = {
    "open_palm": {},
    "stop": {"splay": 0.0, "thumb": "half"},
    "fist": {"thumb": "curled", "index": "curled", "middle": "curled", "ring": "curled", "pinky": "curled"},
    "point": {"thumb": "curled", "middle": "curled", "ring": "curled", "pinky": "curled"},
    "victory": {"thumb": "curled", "ring": "curled", "pinky": "curled", "splay": 1.8},
    "thumbs_up": {
        "index": "curled", "middle": "curled", "ring": "curled", "pinky": "curled", "roll": -75,
    },
    "thumbs_down": {
        "index": "curled", "middle": "curled", "ring": "curled", "pinky": "curled", "roll": 105,
    },
    "ok": {"index": "half", "pinch": True},
    "four": {"thumb": "curled"},
    "rock": {"thumb": "curled", "middle": "curled", "ring": "curled"},
    "pinch": {"index": "half", "middle": "half", "ring": "half", "pinky": "half", "pinch": True},
}  # fmt: skip
"""Gesture name to the arguments that show it with the right hand."""


def show(pose: str, side: str = "Right", **more: object) -> Hand:
    """The hand that shows a gesture; a left hand is the mirror image of the right one."""
    arguments = {**POSES[pose], **more}
    if side == "Left":
        arguments["roll"] = -float(arguments.get("roll", 0.0))  # type: ignore[arg-type]  # a number in every row
        arguments["yaw"] = -float(arguments.get("yaw", 0.0))  # type: ignore[arg-type]
    return build_hand(side=side, **arguments)  # type: ignore[arg-type]  # the rows above


def frame(*hands: Hand, time_s: float = 0.0, mirrored: bool = False) -> HandFrame:
    """A frame of 640x480."""
    return HandFrame(round(time_s * 30), time_s, 640, 480, mirrored, tuple(hands))
