"""The skin as spheres, and the round shapes stretched between them (a sphere mesh).

A capsule is the hull of two spheres, a wedge the hull of three: with some ninety of them the hand gets its pads, the
balls of thumb and little finger, the webs between the fingers and a forearm in a sleeve. All offsets and radii are for
the canonical right hand, in metres; breadths follow the hand survey of Greiner 1991 (index finger 18 mm at the PIP
joint, palm 82 mm across, wrist 58 by 38 mm).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.sources.demo.anatomy import RAYS, THUMB_BONES_M
from handplay.engine.sources.demo.skeleton import Joints

PALM, FINGER, TIP, FOREARM, CLOTH, KNUCKLE = range(6)
"""Kinds of surface: they differ in colour."""

_FOREARM_FRAME = 21


@dataclass(frozen=True, slots=True)
class Shape:
    """A capsule (two nodes) or a wedge (three): the frame that its palm side follows, its kind."""

    nodes: tuple[int, ...]
    frame: int
    kind: int


class _Sculptor:
    """Collects nodes and shapes while the table below is built."""

    def __init__(self) -> None:
        self.anchors: list[tuple[int, int, float, float, float, float]] = []
        self.pairs: dict[int, tuple[int, int]] = {}
        self.shapes: list[Shape] = []
        self.rims: set[frozenset[int]] = set()

    def node(self, joint: int, frame: int, x: float, y: float, z: float, radius: float) -> int:
        self.anchors.append((joint, frame, x, y, z, radius))
        return len(self.anchors) - 1

    def between(self, a: int, b: int, radius: float) -> int:
        node = self.node(0, 0, 0.0, 0.0, 0.0, radius)
        self.pairs[node] = (a, b)
        return node

    def hull(self, *nodes: int, frame: int = 0, kind: int = PALM, rims: bool = True) -> None:
        """A capsule or a wedge; a wedge brings the rims that are not there yet, unless it lies flat between others."""
        if len(nodes) == 3 and rims:
            for a, b in ((nodes[0], nodes[1]), (nodes[1], nodes[2]), (nodes[2], nodes[0])):
                self.hull(a, b, frame=frame, kind=kind)
        elif len(nodes) == 2 and frozenset(nodes) in self.rims:
            return
        self.rims.add(frozenset(nodes))
        self.shapes.append(Shape(nodes, frame, kind))


_FINGER_RADII_M = (
    (0.0118, 0.0098, 0.0090, 0.0083, 0.0076, 0.0075, 0.0058),
    (0.0120, 0.0099, 0.0091, 0.0084, 0.0077, 0.0076, 0.0059),
    (0.0114, 0.0093, 0.0086, 0.0079, 0.0073, 0.0072, 0.0056),
    (0.0104, 0.0084, 0.0076, 0.0070, 0.0064, 0.0063, 0.0050),
)
"""Index to little finger: MCP, mid proximal, PIP, mid middle, DIP, pad, tip."""


def _sculpt() -> _Sculptor:
    s = _Sculptor()
    wrist_r = s.node(0, 0, 0.0130, 0.011, 0.0005, 0.0150)
    wrist_u = s.node(0, 0, -0.0140, 0.011, 0.0005, 0.0145)
    middle = s.node(0, 0, 0.0000, -0.047, 0.0015, 0.0120)
    heel = s.node(0, 0, -0.0265, -0.020, -0.0050, 0.0145)
    knuckles, mids = [], []
    for finger, (ray, radii) in enumerate(zip(RAYS, _FINGER_RADII_M, strict=True)):
        at = 5 + 4 * finger
        proximal, mid, distal = ray.bones_m
        nodes = (
            s.node(at, at, 0, 0, -0.0010, radii[0]),
            s.node(at, at + 1, 0, -0.38 * proximal, -0.0012, radii[1]),
            s.node(at + 1, at + 1, 0, 0, 0, radii[2]),
            s.node(at + 1, at + 2, 0, -0.5 * mid, -0.0008, radii[3]),
            s.node(at + 2, at + 2, 0, 0, 0, radii[4]),
            s.node(at + 2, at + 3, 0, -0.52 * distal, -0.0010, radii[5]),
            s.node(at + 3, at + 3, 0, 0.0005, -0.0004, radii[6]),
        )
        knuckle = s.node(at, at, 0, -0.0015, 0.0042, 0.68 * radii[0])
        s.hull(knuckle, nodes[1], frame=at + 1, kind=KNUCKLE)
        knuckles.append(nodes[0])
        mids.append(nodes[1])
        for i, (a, b) in enumerate(itertools.pairwise(nodes)):
            s.hull(a, b, frame=at + 1 + i // 2, kind=TIP if i >= 4 else FINGER)
    # The thumb: metacarpal with its ball, proximal, distal.
    meta, proximal, distal = THUMB_BONES_M
    thumb = (
        s.node(1, 2, 0, 0.010, -0.001, 0.0135),
        s.node(1, 2, 0, -0.46 * meta, -0.0045, 0.0140),
        s.node(2, 2, 0, 0, -0.0005, 0.0112),
        s.node(2, 3, 0, -0.5 * proximal, -0.0005, 0.0098),
        s.node(3, 3, 0, 0, 0, 0.0097),
        s.node(3, 4, 0, -0.5 * distal, -0.0010, 0.0097),
        s.node(4, 4, 0, 0.0030, -0.0004, 0.0072),
    )
    for i, (a, b) in enumerate(itertools.pairwise(thumb)):
        s.hull(a, b, frame=2 + i // 2, kind=TIP if i >= 4 else FINGER if i >= 2 else PALM)
    root, ball, thumb_mcp = thumb[:3]
    web = s.between(ball, knuckles[0], 0.0085)
    s.hull(ball, thumb_mcp, web)
    s.hull(ball, web, knuckles[0])
    s.hull(root, ball, middle)
    s.hull(ball, knuckles[0], middle)
    s.hull(wrist_r, root, middle)
    # The palm: a fan of wedges and its rim, with a dip between neighbouring knuckles.
    index, _, _, little = knuckles
    for a, b in ((little, heel), (heel, wrist_u), (wrist_u, wrist_r)):
        s.hull(a, b, middle)
    s.hull(wrist_r, index, middle)
    for a, b, mid_a, mid_b in zip(knuckles, knuckles[1:], mids, mids[1:], strict=False):
        dip = s.between(a, b, 0.0093)
        web = s.between(mid_a, mid_b, 0.0062)
        s.hull(b, middle)
        s.hull(a, dip)
        s.hull(dip, b)
        for end, mid in ((a, mid_a), (b, mid_b)):
            s.hull(end, dip, middle, rims=False)
            s.hull(end, dip, web, rims=False)
            s.hull(end, mid, web, rims=False)
            s.hull(mid, web)
    # The forearm, bare for a hand's breadth, then the sleeve.
    f = _FOREARM_FRAME
    bare = [
        (s.node(0, f, 0.0135, y, 0.001, r), s.node(0, f, -0.0145, y, 0.001, r))
        for y, r in ((0.030, 0.0148), (0.100, 0.0190))
    ]
    sleeve = [
        (s.node(0, f, 0.0150, y, 0.001, r), s.node(0, f, -0.0160, y, 0.001, r))
        for y, r in ((0.066, 0.0250), (0.083, 0.0262), (0.30, 0.038))
    ]
    for rows, kind in (
        (((wrist_r, wrist_u), bare[0]), FOREARM),
        (bare, FOREARM),
        (sleeve[:2], CLOTH),
        (sleeve[1:], CLOTH),
    ):
        (a, b), (c, d) = rows
        s.hull(a, c, frame=f, kind=kind)
        s.hull(b, d, frame=f, kind=kind)
        s.hull(a, b, c, frame=f, kind=kind, rims=False)
        s.hull(b, c, d, frame=f, kind=kind, rims=False)
    s.hull(*sleeve[0], frame=f, kind=CLOTH)
    return s


_BODY = _sculpt()
SHAPES: tuple[Shape, ...] = tuple(_BODY.shapes)
_ANCHORS = np.array(_BODY.anchors, np.float32)
_JOINT = _ANCHORS[:, 0].astype(np.int64)
_FRAME = _ANCHORS[:, 1].astype(np.int64)
_OFFSET = _ANCHORS[:, 2:5].copy()
RADII_M: Float32 = _ANCHORS[:, 5].copy()
_PAIR_NODES = np.array(list(_BODY.pairs), np.int64)
_PAIR_ENDS = np.array(list(_BODY.pairs.values()), np.int64)
SHAPE_FRAMES = np.array([shape.frame for shape in SHAPES], np.int64)
SHAPE_KINDS = np.array([shape.kind for shape in SHAPES], np.uint8)


def nodes_of(joints: Joints) -> Float32:
    """Centres of all spheres of a posed or placed hand, float32 (n, 3), in the frame of its joints."""
    frames = np.concatenate([joints.frames, joints.forearm[None]])
    centres = joints.points[_JOINT] + np.einsum("nij,nj->ni", frames[_FRAME], _OFFSET)
    # Offsets along x need no mirroring: a mirrored hand's x axes still point to its thumb, save the forearm's, which
    # is symmetric.
    centres[_PAIR_NODES] = (centres[_PAIR_ENDS[:, 0]] + centres[_PAIR_ENDS[:, 1]]) / 2
    return np.asarray(centres, np.float32)


def palm_sides(joints: Joints) -> Float32:
    """Unit vector out of the palm side of every shape, float32 (len(SHAPES), 3)."""
    frames = np.concatenate([joints.frames, joints.forearm[None]])
    return np.ascontiguousarray(-frames[SHAPE_FRAMES][:, :, 2], np.float32)
