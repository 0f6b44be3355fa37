"""The poses: a table of joint angles, and how a person holds each one up.

A row is 24 angles in degrees, in the order of `anatomy.JOINTS`, and a turn (roll, yaw, pitch) that makes the pose read
as itself with the right hand: a raised thumb points up. Rows are checked against the joint limits on loading.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.sources.demo.anatomy import JOINT_COUNT, JOINTS, LIMITS_DEG

Angles = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Pose:
    """One row of the table.

    Attributes:
        angles_deg: 24 joint angles, degrees.
        turn_deg: roll (clockwise on screen), yaw, pitch of the right hand from "palm to the camera, fingers up".
    """

    angles_deg: Angles
    turn_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)


# Fingers: MCP, spread, PIP, DIP.
_STRAIGHT = (2.0, 0.0, 5.0, 3.0)
_CURLED = (78.0, 0.0, 102.0, 58.0)
_HALF = (34.0, 0.0, 48.0, 26.0)

# Thumb: radial, palmar, roll, MCP, IP.
_THUMB_OUT = (50.0, 12.0, 50.0, 2.0, 2.0)
_THUMB_UP = (55.0, 0.0, 60.0, -6.0, -8.0)
_THUMB_ALONG = (18.0, 14.0, 62.0, 8.0, 4.0)
_THUMB_ACROSS = (24.0, 42.0, 78.0, 40.0, 48.0)
_THUMB_FOLDED = (16.0, 36.0, 80.0, 50.0, 52.0)


def _spread(finger: tuple[float, float, float, float], degrees: float) -> tuple[float, float, float, float]:
    return (finger[0], degrees, finger[2], finger[3])


def _row(
    thumb: tuple[float, ...],
    index: tuple[float, ...],
    middle: tuple[float, ...],
    ring: tuple[float, ...],
    pinky: tuple[float, ...],
    *,
    cup: float = 0.0,
    wrist: tuple[float, float] = (0.0, 0.0),
    turn: tuple[float, float, float] = (0.0, 0.0, 0.0),
) -> Pose:
    return Pose((*thumb, *index, *middle, *ring, *pinky, cup, *wrist), turn)


_THUMBS = ((66.0, 2.0, 60.0, -6.0, -10.0), _CURLED, _CURLED, _CURLED, _CURLED)

POSES: dict[str, Pose] = {
    "open_palm": _row(
        _THUMB_OUT, _spread(_STRAIGHT, 11), _spread(_STRAIGHT, 1), _spread(_STRAIGHT, 8), _spread(_STRAIGHT, 17)
    ),
    "stop": _row(
        (14, 4, 40, 4, 4), _spread(_STRAIGHT, -1), _STRAIGHT, _spread(_STRAIGHT, -1.5), _spread(_STRAIGHT, -2)
    ),
    "fist": _row(_THUMB_ACROSS, _CURLED, _CURLED, _CURLED, _CURLED, cup=12),
    "point": _row(_THUMB_ACROSS, _STRAIGHT, _CURLED, _CURLED, _CURLED, cup=8),
    "mute": _row((5, 20, 72, 8, 6), _STRAIGHT, (60, 0, 80, 45), _CURLED, _CURLED, cup=6),
    "victory": _row(_THUMB_FOLDED, _spread(_STRAIGHT, 14), _spread(_STRAIGHT, -10), _CURLED, _CURLED, cup=8),
    "two_up": _row(_THUMB_FOLDED, _spread(_STRAIGHT, -2), _STRAIGHT, _CURLED, _CURLED, cup=8),
    "three": _row(
        (-12, 50, 104, 46, 42), _spread(_STRAIGHT, 11), _STRAIGHT, _spread(_STRAIGHT, 9), (54, 0, 100, 40), cup=6
    ),
    "three2": _row(_THUMB_OUT, _spread(_STRAIGHT, 12), _spread(_STRAIGHT, -6), _CURLED, _CURLED, cup=6),
    "four": _row(
        (10, 34, 84, 46, 48),
        _spread(_STRAIGHT, 11),
        _spread(_STRAIGHT, 2),
        _spread(_STRAIGHT, 7),
        _spread(_STRAIGHT, 16),
    ),
    "thumbs_up": _row(*_THUMBS, cup=10, wrist=(0, -18), turn=(-74, 15, 0)),
    "thumbs_down": _row(*_THUMBS, cup=10, wrist=(0, -18), turn=(80, 15, 0)),
    # Thumb and index tip of ok and pinch touch: 13 mm between the tip joints.
    "ok": _row(
        (26, 31, 69, 19, 20), (44, 0, 46, 21), (12, 4, 14, 8), _spread(_STRAIGHT, 7), _spread(_STRAIGHT, 15), cup=4
    ),
    "rock": _row(_THUMB_FOLDED, _spread(_STRAIGHT, 6), _CURLED, _CURLED, _spread(_STRAIGHT, 10), cup=6),
    "call": _row(_THUMB_UP, _CURLED, _CURLED, _CURLED, _spread(_STRAIGHT, 18), cup=4),
    "ily": _row(_THUMB_OUT, _spread(_STRAIGHT, 8), _CURLED, _CURLED, _spread(_STRAIGHT, 14), cup=4),
    "pinch": _row((25, 31, 69, 18, 19), (45, 0, 43, 21), (48, 0, 62, 34), (52, 0, 66, 36), (52, 0, 66, 36), cup=8),
    "pinch_open": _row((36, 26, 62, 8, 8), (26, 2, 30, 14), (46, 0, 58, 32), (52, 0, 64, 34), (52, 0, 64, 34), cup=8),
    "grab": _row((34, 44, 70, 20, 30), (44, 2, 62, 36), (44, 0, 64, 38), (46, 0, 64, 38), (46, 2, 62, 36), cup=10),
    "relaxed": _row((30, 22, 55, 10, 14), (14, 4, 26, 14), (20, 0, 32, 18), (24, 0, 36, 20), (26, 4, 36, 20), cup=5),
    "gun": _row(_THUMB_UP, _STRAIGHT, _CURLED, _CURLED, _CURLED, cup=6),
    "gun2": _row(_THUMB_UP, _spread(_STRAIGHT, -2), _STRAIGHT, _CURLED, _CURLED, cup=6),
    "little": _row(_THUMB_FOLDED, _CURLED, _CURLED, _CURLED, _spread(_STRAIGHT, 8), cup=4),
    "claw": _row((40, 30, 60, 20, 40), (8, 10, 70, 40), (8, 1, 72, 42), (10, 8, 72, 42), (10, 14, 66, 38), cup=8),
    "half": _row((34, 24, 60, 20, 26), _HALF, _HALF, _HALF, _HALF, cup=8),
    "flat_c": _row((42, 46, 64, 20, 24), (40, 0, 30, 16), (40, 0, 32, 18), (42, 0, 32, 18), (42, 0, 30, 16), cup=8),
}
"""Pose name to its row."""

# Seen from the back, as a person shows them the other way round.
for _name in ("open_palm", "stop", "victory", "two_up"):
    POSES[{"open_palm": "back"}.get(_name, f"{_name}_inverted")] = replace(POSES[_name], turn_deg=(0.0, 180.0, 0.0))


def pose_row(name: str) -> Pose:
    """The row of a pose.

    Raises:
        ValueError: there is no such pose; the message names the legal ones.
    """
    try:
        return POSES[name]
    except KeyError:
        guess = difflib.get_close_matches(name, POSES, 1)
        hint = f"; did you mean {guess[0]!r}?" if guess else ""
        raise ValueError(f"pose: got {name!r}, wanted one of {', '.join(POSES)}{hint}") from None


def pose_angles(name: str) -> Float32:
    """float32 (24,) joint angles of a pose, degrees."""
    return np.array(pose_row(name).angles_deg, np.float32)


def limited(angles_deg: Float32) -> Float32:
    """The nearest angles that the joints can reach: float32 (..., 24), degrees."""
    return np.clip(angles_deg, LIMITS_DEG[:, 0], LIMITS_DEG[:, 1]).astype(np.float32)


def beyond_limits(angles_deg: Float32) -> tuple[str, ...]:
    """Names of the joints that are turned further than they go."""
    angles = np.asarray(angles_deg, np.float32)
    bad = (angles < LIMITS_DEG[:, 0] - 1e-4) | (angles > LIMITS_DEG[:, 1] + 1e-4)
    return tuple(name for name, wrong in zip(JOINTS, bad, strict=True) if wrong)


for _name, _pose in POSES.items():
    if len(_pose.angles_deg) != JOINT_COUNT or beyond_limits(np.array(_pose.angles_deg, np.float32)):
        raise ValueError(f"pose {_name!r}: joints beyond their limits: {beyond_limits(np.array(_pose.angles_deg))}")
