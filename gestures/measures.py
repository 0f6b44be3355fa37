"""Numbers of one hand's shape: curl, spread, contact, directions, facing. Pure geometry, no memory, no thresholds.

Everything but the directions and the facing is the same whatever the hand's roll, distance, side or mirroring: it
is built from angles between bones and from ratios of lengths in three dimensions. Points whose z is all 0 work too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import LANDMARK_COUNT, Hand, Handedness
from handplay.gestures import ways
from handplay.gestures.settings import GestureSettings

Facing = Literal["toward", "away", "unknown"]

_DEG = 180.0 / math.pi
_ROLLED_IN_DEG = 50.0
"""An index finger bent by this much more than a pinch allows counts as one palm unit away from the thumb."""
_CLOSED = 0.2
"""So does a hand whose grab strength is greater by this much."""
_TINY = np.array(1e-37, np.float32)
"""Instead of a length of 0; points come in pixels, in metres and in shares of a picture."""
_MINUS_ONE, _ZERO, _ONE = np.array(-1, np.float32), np.array(0, np.float32), np.array(1, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class HandMeasures:
    """What one hand's shape measures.

    Attributes:
        curl: float32 (5,), 0 straight, 1 fully curled, thumb to little finger; NaN where it cannot be told.
        bend_deg: float32 (4,), the bend behind it of the long fingers, degrees.
        thumb_openness: above 0 the thumb stands out, below it lies in or over the palm.
        touch_gap: float32 (10,), distance of each pair of fingertips, palm units; for pairs with the thumb, of the
            thumb tip from the other finger's last bone (from its last two when that finger is curled).
        spread: float32 (10,), fingertip distance over MCP distance of each pair; for pairs with the thumb, its tip's
            distance from the other finger's first bone, palm units.
        spread_rad: float32 (4,), angle between neighbouring fingers.
        direction: float32 (5, 3), unit vectors from each finger's first joint to its tip (of the thumb, the mean of
            that and of the knuckle line): x right and y down in the view, z away from the camera.
        palm_axis: unit vector (x, y, z) from the wrist to the MCPs of index and little finger, as `direction`.
        tip_gap: distance of thumb and index tip, palm units, made larger when the thumb lies over the finger's back.
        pinch_gap: the same, made larger when the index finger is rolled in or the whole hand is closed.
        pinch: 0..1, 1 when thumb and index tip touch.
        grab: 0..1, 1 for a fist.
        facing: 1 when the palm faces the camera, -1 when its back does, 0 edge on; NaN when the side is not known.
    """

    curl: Float32
    bend_deg: Float32
    thumb_openness: float
    touch_gap: Float32
    spread: Float32
    spread_rad: Float32
    direction: Float32
    palm_axis: tuple[float, float, float]
    tip_gap: float
    pinch_gap: float
    pinch: float
    grab: float
    facing: float


def measure_hand(hand: Hand, settings: GestureSettings, *, mirrored: bool = False) -> HandMeasures:
    """Measures a tracked hand, from its image points and its world points together.

    Args:
        mirrored: True if the source is a selfie view.
    """
    return measure(hand.landmarks_px, settings, world=hand.world_m, handedness=hand.handedness, mirrored=mirrored)


def measure(
    points: Float32,
    settings: GestureSettings,
    *,
    world: Float32 | None = None,
    handedness: Handedness | None = None,
    mirrored: bool = False,
) -> HandMeasures:
    """Measures 21 points.

    The model gives every hand twice. In the image points straight fingers are straight but depth is weak; the world
    points have depth and bend what is straight. Their errors differ, so their mean beats each of them; only fingers
    that are hidden behind the hand's back stay nearly straight in the world points, and the image points alone tell.

    Args:
        points: (21, 3) image points or those of a table, in any uniform scale, y down; z may be 0 throughout.
        world: (21, 3) world points of the same hand, if there are any; all 0 if not.
        handedness: the person's own hand; without it the facing is not known.
        mirrored: True if the points come from a selfie view.
    """
    # Few calls on whole arrays, and plain floats for the rest: every call of numpy costs a microsecond.
    count = 1 if world is None else 2
    shapes = np.empty((3 * count, LANDMARK_COUNT), np.float32)
    shapes[:3] = np.asarray(points).T
    if world is not None:
        shapes[3:] = np.asarray(world).T
    both = np.dot(shapes, ways.MATRIX)
    first = both[:, : ways.ALL]
    products = (first * both[:, ways.ALL :]).reshape(count, 3, ways.ALL)
    products[0, 2] *= _depth_counts(settings.contact_depth)
    dots = np.add.reduce(products, axis=1)
    squares = dots[:, : ways.COUNT]
    lengths = np.sqrt(squares)
    dots, xyz = dots[:, ways.COUNT :], both.reshape(count, 3, 2 * ways.ALL)
    units = [(row[0] + row[1] + row[3]) / 3 for row in lengths[:, ways.METACARPALS].tolist()]
    if not 0 < units[0] < math.inf:  # NaN too, which one bad coordinate spreads to every way
        return _nothing()
    if count == 2 and not 0 < units[1] < math.inf:
        return measure(points, settings, handedness=handedness, mirrored=mirrored) if units[1] == 0 else _nothing()

    cosines = dots[:, : ways.ANGLES] / np.maximum(
        lengths[:, : ways.ANGLES] * lengths[:, ways.HELD : ways.HELD + ways.ANGLES], _TINY
    )
    angles = np.arccos(np.minimum(np.maximum(cosines, _MINUS_ONE), _ONE))
    bends = _bends(angles, settings)
    opennesses = _thumb_openness(cosines, angles, lengths, units, settings)
    facing = _facing(xyz[-1], handedness, mirrored)
    bend, openness = bends[0], opennesses[0]
    if count == 2:
        added = settings.world_added
        share = settings.world_share
        if facing == facing:
            share *= 1.0 - min(1.0, max(0.0, -2.0 * facing))
        bend = [
            (1.0 - share) * seen + share * flattened * max(0.0, real - added)
            for seen, real, flattened in zip(bends[0], bends[1], settings.world_flattened, strict=True)
        ]
        openness = (1.0 - share) * opennesses[0] + share * opennesses[1]

    span = settings.bend_full_deg - settings.bend_straight_deg
    long_curl = [min(max((one - settings.bend_straight_deg) / span, 0.0), 1.0) for one in bend]
    curl = np.array([thumb_curl(openness, settings), *long_curl], np.float32)
    least = settings.unknown_length * units[0]
    bones = lengths[0, ways.BENDS].tolist()
    for finger in range(4):
        if bones[finger] + bones[finger + 4] + bones[finger + 8] < least:
            curl[1 + finger] = math.nan

    near = _near(dots, squares, lengths, units, settings)
    touch, spread = _touch_and_spread(near, lengths[0], bend, settings)
    direction, palm_axis = _directions(xyz[0, :, ways.SEEN], lengths[0, ways.SEEN], mirrored)
    # Three curled fingers are no grab: the straightest one counts as much as all together.
    grab = 0.5 * (sum(long_curl) / 4 + min(long_curl)) / settings.grab_full_curl
    tip_gap = near[12] + settings.pinch_slip * max(0.0, near[12] - near[22])
    gap = tip_gap + _closed_too(bend[0], grab, settings)
    strength = (settings.pinch_open_gap - gap) / (settings.pinch_open_gap - settings.pinch_closed_gap)
    return HandMeasures(
        curl=curl,
        bend_deg=np.array(bend, np.float32),
        thumb_openness=openness,
        touch_gap=touch,
        spread=spread,
        spread_rad=angles[0, ways.NEIGHBOURS],
        direction=direction,
        palm_axis=palm_axis,
        tip_gap=tip_gap,
        pinch_gap=gap,
        pinch=min(1.0, max(0.0, strength)),
        grab=min(1.0, max(0.0, grab)),
        facing=facing,
    )


def _nothing() -> HandMeasures:
    """Of points that are no hand (not finite, or all in one place)."""
    none = np.full(5, np.nan, np.float32)
    pairs = np.full(10, np.nan, np.float32)
    return HandMeasures(
        curl=none,
        bend_deg=none[:4],
        thumb_openness=math.nan,
        touch_gap=pairs,
        spread=pairs,
        spread_rad=none[:4],
        direction=np.full((5, 3), np.nan, np.float32),
        palm_axis=(math.nan, math.nan, math.nan),
        tip_gap=math.nan,
        pinch_gap=math.nan,
        pinch=0.0,
        grab=0.0,
        facing=math.nan,
    )


@cache
def _to_bend(weights: tuple[float, float, float]) -> Float32:
    """(12, 4): the angles of all joints, radians, to the bend of each long finger, degrees."""
    matrix = np.zeros((3, 4, 4), np.float32)
    for joint, weight in enumerate(weights):
        matrix[joint] = weight * _DEG * np.eye(4)
    return matrix.reshape(12, 4)


def _bends(angles: Float32, settings: GestureSettings) -> list[list[float]]:
    """Of each shape, the bends of the four long fingers, degrees."""
    knee_deg, beyond = settings.mcp_beyond
    knee, beyond = knee_deg / _DEG, beyond * _DEG
    sums: list[list[float]] = np.dot(angles[:, ways.BENDS], _to_bend(settings.bend_weights)).tolist()
    return [
        [bend + beyond * (mcp - knee) if mcp > knee else bend for bend, mcp in zip(row, mcps, strict=True)]
        for row, mcps in zip(sums, angles[:, ways.MCPS].tolist(), strict=True)
    ]


@cache
def _depth_counts(share: float) -> Float32:
    """How much of the image's depth counts in each product of two ways."""
    return np.where(ways.contact_columns(), np.float32(share * share), np.float32(1))


def _thumb_openness(
    cosines: Float32, angles: Float32, lengths: Float32, units: list[float], settings: GestureSettings
) -> list[float]:
    """Whether the thumb stands out: it hardly bends, so where it lies against the palm says more than its joints."""
    first, _, _, last = range(ways.THUMB.start, ways.THUMB.stop)
    w = settings.thumb_weights
    found = []
    for (mcp, ip), (across, over), size, unit in zip(
        angles[:, first : first + 2].tolist(),
        cosines[:, first + 2 : last + 1].tolist(),
        lengths[:, ways.HELD + last].tolist(),
        units,
        strict=True,
    ):
        overhang = over * size / unit
        found.append(w[0] * across + w[1] * overhang + (w[2] * mcp + w[3] * ip) * _DEG + w[4])
    return found


def thumb_curl(openness: float, settings: GestureSettings) -> float:
    """Openness on the same 0..1 as the other fingers' curl: the same borders, straight and folded at the ends."""
    out, folded = settings.thumb_extended, settings.thumb_curled
    if openness >= out:
        return settings.extended_curl * max(0.0, 1 - (openness - out) / settings.thumb_reach)
    if openness >= folded:
        part = (out - openness) / (out - folded)
        return settings.extended_curl + part * (settings.curled_curl - settings.extended_curl)
    return settings.curled_curl + (1 - settings.curled_curl) * min(1.0, (folded - openness) / settings.thumb_reach)


def _closed_too(index_bend_deg: float, grab: float, settings: GestureSettings) -> float:
    """What is added to the gap of a pinch, since the thumb of a fist is as near: a rolled-in finger, a closed hand."""
    rolled_in = (index_bend_deg - settings.pinch_max_bend_deg) / _ROLLED_IN_DEG
    return max(0.0, rolled_in, (grab - settings.pinch_max_grab) / _CLOSED)


def _near(
    dots: Float32, squares: Float32, lengths: Float32, units: list[float], settings: GestureSettings
) -> list[float]:
    """Distances in palm units: of the thumb tip and 12 segments, of 10 pairs of tips, of thumb tip and index DIP."""
    to_along, along = dots[:, ways.ALONG], squares[:, ways.ALONG]
    part = np.minimum(np.maximum(to_along / np.maximum(along, _TINY), _ZERO), _ONE)
    off = squares[:, ways.TO] + part * (part * along - (to_along + to_along))
    each = lengths[:, ways.NEAR]
    each[:, : len(off[0])] = np.sqrt(np.maximum(off, _ZERO))
    share = settings.contact_world
    if len(units) == 1:
        return (each[0] / units[0]).tolist()  # type: ignore[no-any-return]
    weights = np.array([(1.0 - share) / units[0], share / units[1]], np.float32)
    mean: list[float] = np.dot(weights, each).tolist()
    return mean


def _touch_and_spread(
    near: list[float], lengths: Float32, bend: list[float], settings: GestureSettings
) -> tuple[Float32, Float32]:
    # A thumb closes on a curled finger's back, on a straight one's end.
    curled = settings.bend_straight_deg + settings.curled_curl * (settings.bend_full_deg - settings.bend_straight_deg)
    last, middle, first = near[0:4], near[4:8], near[8:12]
    touch = [min(end, back) if degrees > curled else end for end, back, degrees in zip(last, middle, bend, strict=True)]
    # Spread lies in the palm's plane, where the image points are the better ones.
    tips, bases = lengths[ways.APART].tolist(), lengths[ways.APART_BASES].tolist()
    spread = [tip / (base or 1e-30) for tip, base in zip(tips, bases, strict=True)]
    return np.array(touch + near[16:22], np.float32), np.array(first + spread, np.float32)


def _directions(seen: Float32, lengths: Float32, mirrored: bool) -> tuple[Float32, tuple[float, float, float]]:
    """Of the fingers (5, 3), and of the palm."""
    units = seen / np.maximum(lengths, _TINY)
    if not mirrored:
        units[0] *= -1.0
    (thumb_x, *_, knuckles_x, palm_x), (thumb_y, *_, knuckles_y, palm_y), (thumb_z, *_, knuckles_z, palm_z) = (
        units.tolist()
    )
    # A raised thumb's own joints waver by 50 degrees between people, the knuckle line below it by 25.
    x, y, z = thumb_x + knuckles_x, thumb_y + knuckles_y, thumb_z + knuckles_z
    size = math.sqrt(x * x + y * y + z * z) or 1.0
    units[:, 0] = x / size, y / size, z / size
    return units[:, :5].T, (palm_x, palm_y, palm_z)


def _facing(xyz: Float32, handedness: Handedness | None, mirrored: bool) -> float:
    """Which side of the palm is seen: index and little MCP lie the other way round on the back."""
    if handedness is None:
        return math.nan
    (ax, _, _, bx), (ay, _, _, by), (az, _, _, bz) = xyz[:, ways.METACARPALS].tolist()
    nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    size = math.sqrt(nx * nx + ny * ny + nz * nz)
    if not size > 0:
        return math.nan
    sign = 1.0 if (handedness == "Left") != mirrored else -1.0
    facing: float = sign * nz / size
    return facing
