"""The measures of the hand: bone lengths, where the joints rest, and how far they turn.

The canonical hand is a right hand that shows its palm to the camera, fingers up: x right (toward the thumb), y down,
z away from the camera, metres, origin at the wrist. The left hand is its mirror image in x.

Phalanx lengths: Buryanov & Kotiuk 2010, "Proportions of hand segments", means of 66 adults; the last ones end where
MediaPipe puts its tips, some 6 mm before the skin does. Joint ranges: AAOS
normal values, rounded to what people reach without effort.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from handplay.engine.coordinates import Float32

PALM_M = 0.0915
"""Palm length, wrist to middle MCP, metres: the unit of `pose_points`."""

THUMB_JOINTS = ("thumb_radial", "thumb_palmar", "thumb_roll", "thumb_mcp", "thumb_ip")
FINGER_JOINTS = ("mcp", "spread", "pip", "dip")
JOINTS = (
    *THUMB_JOINTS,
    *(f"{finger}_{joint}" for finger in ("index", "middle", "ring", "pinky") for joint in FINGER_JOINTS),
    "cup",
    "wrist_flexion",
    "wrist_deviation",
)
"""Names of the joint angles, in the order of every angle array (24 values, degrees)."""

JOINT_COUNT = len(JOINTS)

_RANGE: dict[str, tuple[float, float]] = {
    "thumb_radial": (-15.0, 70.0),  # away from the index finger, in the plane of the palm
    "thumb_palmar": (-15.0, 65.0),  # out of the plane of the palm
    "thumb_roll": (-20.0, 120.0),  # of the pad: 0 looks where the palm looks, 90 at the little finger
    "thumb_mcp": (-10.0, 60.0),
    "thumb_ip": (-20.0, 85.0),
    "mcp": (-20.0, 90.0),
    "spread": (-20.0, 20.0),  # away from the middle finger; of the middle finger: toward the thumb
    "pip": (0.0, 110.0),
    "dip": (0.0, 80.0),
    "cup": (0.0, 20.0),  # of the little finger's metacarpal; the ring finger's turns half as far
    "wrist_flexion": (-60.0, 60.0),
    "wrist_deviation": (-20.0, 30.0),
}

LIMITS_DEG: Float32 = np.array([_RANGE.get(name, _RANGE.get(name.split("_")[-1], (0, 0))) for name in JOINTS], "f4")
"""float32 (24, 2): least and greatest angle of each joint, degrees."""
LIMITS_DEG.setflags(write=False)


@dataclass(frozen=True, slots=True)
class Ray:
    """One finger of the palm outward.

    Attributes:
        mcp_m: (x, y, z) of the MCP joint, metres from the wrist.
        fan_deg: direction of the straight finger at spread 0, clockwise seen from the palm side.
        side: +1 if spreading goes toward the thumb, -1 if away from it.
        converge_deg: turn of the bending axis, so that bent fingers point at the root of the thumb.
        cup: share of the palm's arching that this metacarpal takes.
        bones_m: proximal, middle and distal length, metres, the last one to MediaPipe's tip.
    """

    mcp_m: tuple[float, float, float]
    fan_deg: float
    side: float
    converge_deg: float
    cup: float
    bones_m: tuple[float, float, float]


RAYS = (
    Ray((0.0255, -0.0912, -0.0020), 3.0, 1.0, 4.0, 0.0, (0.0398, 0.0224, 0.0172)),
    Ray((0.0030, -0.0914, 0.0000), 0.5, 1.0, -1.0, 0.05, (0.0446, 0.0263, 0.0188)),
    Ray((-0.0180, -0.0855, -0.0010), -2.0, -1.0, -6.0, 0.5, (0.0414, 0.0257, 0.0187)),
    Ray((-0.0360, -0.0760, -0.0045), -5.0, -1.0, -12.0, 1.0, (0.0327, 0.0181, 0.0172)),
)
"""Index, middle, ring and little finger."""

THUMB_CMC_M = (0.0225, -0.0280, -0.0110)
THUMB_BONES_M = (0.0462, 0.0316, 0.0255)
"""Metacarpal, proximal and distal length, metres, the last one to MediaPipe's tip."""
