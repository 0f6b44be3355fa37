"""From joint angles to the 21 joints: forward kinematics in plain numpy, cheap, with no drawing.

Also what a small animated hint hand needs: `pose_points` and `blend`.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.anatomy import PALM_M, RAYS, THUMB_BONES_M, THUMB_CMC_M
from handplay.engine.sources.demo.poses import Pose, limited, pose_angles, pose_row
from handplay.gestures.reading import FingerState

Fingers = tuple[FingerState, FingerState, FingerState, FingerState, FingerState]

# A finger counts as extended below the first bend and as curled above the second (degrees, PIP + DIP + half MCP, of
# 235 possible); the thumb by MCP + IP of 145. The poses of the table keep well away from both. A straight thumb is
# extended only if it stands out: one whose tip lies along the palm, as before the lips, is neither that nor folded.
_FINGER_HALF_DEG, _FINGER_CURLED_DEG = 55.0, 145.0
_THUMB_HALF_DEG, _THUMB_CURLED_DEG = 32.0, 72.0
_THUMB_OUT_M = 0.15 * PALM_M


@dataclass(frozen=True, slots=True, eq=False)
class Joints:
    """A posed hand.

    Attributes:
        points: float32 (21, 3), metres from the wrist, MediaPipe's order.
        frames: float32 (21, 3, 3), the orientation of the bone that ends in each point (the palm's for the wrist and
            the MCPs): columns are its x (thumb side), y (toward the wrist) and z (back of the hand) axes.
        forearm: float32 (3, 3), the forearm's orientation.
    """

    points: Float32
    frames: Float32
    forearm: Float32


def rot_x(rad: float) -> Float32:
    """Rotation about x, float32 (3, 3): bends fingers toward the palm."""
    c, s = math.cos(rad), math.sin(rad)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]], np.float32)


def rot_y(rad: float) -> Float32:
    """Rotation about y, float32 (3, 3)."""
    c, s = math.cos(rad), math.sin(rad)
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]], np.float32)


def rot_z(rad: float) -> Float32:
    """Rotation about z, float32 (3, 3): clockwise on screen."""
    c, s = math.cos(rad), math.sin(rad)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]], np.float32)


def turned(roll_rad: float, yaw_rad: float, pitch_rad: float) -> Float32:
    """float32 (3, 3): yaw about the vertical, then pitch about the horizontal, then roll in the image (clockwise)."""
    return rot_z(roll_rad) @ rot_x(pitch_rad) @ rot_y(yaw_rad)


def posed(angles_deg: Float32) -> Joints:
    """The canonical right hand with these joint angles, clipped to the joint limits.

    Args:
        angles_deg: float32 (24,), degrees, in the order of `anatomy.JOINTS`.
    """
    angles = np.radians(limited(angles_deg).astype(np.float64)).tolist()
    points = np.zeros((21, 3), np.float32)
    frames = np.empty((21, 3, 3), np.float32)
    frames[:] = np.eye(3, dtype=np.float32)
    radial, palmar, roll, mcp, ip = angles[:5]
    frame = rot_z(radial) @ rot_x(palmar) @ rot_y(roll)
    points[1] = THUMB_CMC_M
    for i, (bone, bend) in enumerate(zip(THUMB_BONES_M, (0.0, mcp, ip), strict=True)):
        frame = frame @ rot_x(bend)
        frames[2 + i] = frame
        points[2 + i] = points[1 + i] - bone * frame[:, 1]
    frames[1] = frames[2]
    cup = angles[21]
    for finger, ray in enumerate(RAYS):
        mcp, spread, pip, dip = angles[5 + 4 * finger : 9 + 4 * finger]
        arch = rot_x(cup * ray.cup)
        at = 5 + 4 * finger
        points[at] = arch @ np.array(ray.mcp_m, np.float32)
        frames[at] = arch
        side = rot_z(math.radians(ray.fan_deg) + ray.side * spread) @ rot_y(math.radians(ray.converge_deg))
        frame = arch @ side @ rot_x(mcp)
        for i, (bone, bend) in enumerate(zip(ray.bones_m, (0.0, pip, dip), strict=True)):
            frame = frame @ rot_x(bend)
            frames[at + 1 + i] = frame
            points[at + 1 + i] = points[at + i] - bone * frame[:, 1]
    # Bending the wrist turns the hand about the forearm: the hand is canonical, so the forearm turns the other way.
    forearm = (rot_x(angles[22]) @ rot_z(angles[23])).T.astype(np.float32)
    return Joints(points, frames, forearm)


def mirrored(joints: Joints) -> Joints:
    """The other hand: x turned round. The frames' x axes still point to the thumb, so they become left-handed."""
    flip = np.array([-1, 1, 1], np.float32)
    return Joints(
        joints.points * flip,
        joints.frames * flip[:, None],
        np.ascontiguousarray(joints.forearm * flip[:, None] * flip),
    )


def base_turn(pose: Pose, handedness: Handedness) -> Float32:
    """float32 (3, 3): how a person holds this pose up with this hand."""
    roll, yaw, pitch = np.radians(pose.turn_deg).tolist()
    side = 1.0 if handedness == "Right" else -1.0
    return turned(side * roll, side * yaw, pitch)


@functools.lru_cache(maxsize=256)
def _pose_points(pose: str, handedness: Handedness) -> Float32:
    joints = posed(pose_angles(pose))
    if handedness == "Left":
        joints = mirrored(joints)
    points = (joints.points @ base_turn(pose_row(pose), handedness).T / PALM_M).astype(np.float32)
    points.setflags(write=False)
    return points


def pose_points(pose: str, handedness: Handedness = "Right") -> Float32:
    """The joints of a pose as a person holds it up to a camera, not mirrored.

    Returns:
        float32 (21, 3), read-only, in palm lengths from the wrist; x right, y down, z away from the camera.

    Raises:
        ValueError: there is no such pose; the message names the legal ones.
    """
    return _pose_points(pose, handedness)


def blend(pose_a: str, pose_b: str, t: float, handedness: Handedness = "Right") -> Float32:
    """A hand on its way from one pose to another, joint by joint, so that bones keep their length.

    Args:
        pose_a, pose_b: pose names.
        t: 0 gives the first pose, 1 the second.

    Returns:
        float32 (21, 3), in palm lengths from the wrist.
    """
    a, b = pose_row(pose_a), pose_row(pose_b)
    angles = (1 - t) * pose_angles(pose_a) + t * pose_angles(pose_b)
    joints = posed(angles)
    if handedness == "Left":
        joints = mirrored(joints)
    roll, yaw, pitch = ((1 - t) * p + t * q for p, q in zip(a.turn_deg, b.turn_deg, strict=True))
    turn = base_turn(Pose(a.angles_deg, (roll, yaw, pitch)), handedness)
    return (joints.points @ turn.T / PALM_M).astype(np.float32)


def finger_states(angles_deg: Float32) -> Fingers:
    """The true states of the five fingers, thumb first, from the joint angles alone."""
    angles = limited(angles_deg).tolist()
    thumb = max(0.0, angles[3]) + max(0.0, angles[4])
    states = [_state(thumb, _THUMB_HALF_DEG, _THUMB_CURLED_DEG)]
    if states[0] == "extended" and _stands_out_m(posed(angles_deg).points) < _THUMB_OUT_M:
        states[0] = "half"
    for at in range(5, 21, 4):
        bend = 0.5 * max(0.0, angles[at]) + angles[at + 2] + angles[at + 3]
        states.append(_state(bend, _FINGER_HALF_DEG, _FINGER_CURLED_DEG))
    return (states[0], states[1], states[2], states[3], states[4])


def _stands_out_m(points: Float32) -> float:
    """How far the thumb's tip lies beyond the index side of the palm, along the knuckles, metres."""
    knuckles = points[5] - points[17]
    return float((points[4] - points[5]) @ knuckles / np.linalg.norm(knuckles))


def _state(bend_deg: float, half_deg: float, curled_deg: float) -> FingerState:
    if bend_deg < half_deg:
        return "extended"
    return "half" if bend_deg < curled_deg else "curled"
