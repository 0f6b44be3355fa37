"""Numbers of one hand's shape: curl, spread, contact, directions, facing. Pure geometry, no memory, no thresholds.

Everything but the directions and the facing is the same whatever the hand's roll, distance, side or mirroring: it
is built from angles between bones and from ratios of lengths in three dimensions. Points whose z is all 0 work too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Hand, Handedness
from handplay.gestures.settings import PAIRS, GestureSettings

Facing = Literal["toward", "away", "unknown"]

_BEND_WEIGHTS = np.array([0.5, 1.0, 1.0], np.float32)
"""MCP, PIP, DIP. The MCP bends with the whole hand and says less: half its weight did best on all tables."""
_TIPS, _BASES = (4, 8, 12, 16, 20), (2, 5, 9, 13, 17)
_SEGMENTS = tuple((7 + 4 * finger - back, 8 + 4 * finger - back) for back in range(3) for finger in range(4))
"""The bones of the long fingers: last ones, middle ones, first ones; index to little finger each."""
_ARMS = np.array([0, 4, 12])
"""Metacarpals of index, middle and little finger among the bones. The palm unit is their mean length: steadier under
yaw than any one of them."""
_ALONG = np.array([4 * finger + bone for bone in (3, 2, 1) for finger in range(4)])
"""The segments among the bones."""

# Every difference of two landmarks that is needed, taken in one go: (from, to), and where each kind lies.
_WAYS = (
    *((0 if bone == 0 else 4 * finger + bone + 4, 4 * finger + bone + 5) for finger in range(4) for bone in range(4)),
    *((_TIPS[b], _TIPS[a]) for a, b in PAIRS),
    *((_BASES[b], _BASES[a]) for a, b in PAIRS),
    *zip(_BASES, _TIPS, strict=True),
    (17, 5),
    (7, 4),
    *((start, 4) for start, _ in _SEGMENTS),
)
_FROM, _TO = np.array([a for a, _ in _WAYS]), np.array([b for _, b in _WAYS])
_BONES, _TIP_PAIRS, _BASE_PAIRS, _FINGERS = slice(0, 16), slice(16, 26), slice(26, 36), slice(36, 41)
_KNUCKLES, _THUMB_TO_DIP = 41, 42

_CONTACT = np.array([*range(16, 26), _THUMB_TO_DIP, *range(43, 55), *_ALONG])
"""The differences that tell what touches: tips, thumb to DIP, thumb to the starts of the segments, the segments."""
_C_TIPS, _C_DIP, _C_TO, _C_ALONG = slice(0, 10), 10, slice(11, 23), slice(23, 35)
_ROLLED_IN_DEG = 50.0
"""An index finger bent by this much more than a pinch allows counts as one palm unit away from the thumb."""
_CLOSED = 0.2
"""So does a hand whose grab strength is greater by this much."""
_DEG = 180.0 / math.pi
_TINY = np.float32(1e-20)
"""Instead of a length of 0; points come in pixels, in metres and in shares of a picture."""


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
        pinch_gap: distance of thumb and index tip, palm units, made larger when the index finger is rolled in or
            the whole hand is closed.
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
    pinch_gap: float
    pinch: float
    grab: float
    facing: float


def measure_hand(hand: Hand, settings: GestureSettings, *, mirrored: bool = False) -> HandMeasures:
    """Measures a tracked hand, from its image points and its world points together.

    Args:
        mirrored: True if the source is a selfie view.
    """
    world = hand.world_m if hand.world_m.any() else None
    return measure(hand.landmarks_px, settings, world=world, handedness=hand.handedness, mirrored=mirrored)


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
        world: (21, 3) world points of the same hand, if there are any.
        handedness: the person's own hand; without it the facing is not known.
        mirrored: True if the points come from a selfie view.
    """
    shapes = np.asarray(points, np.float32)[None] if world is None else np.stack((points, world), dtype=np.float32)
    if not np.isfinite(shapes).all():
        return _nothing()
    ways = shapes[:, _TO] - shapes[:, _FROM]
    squares = np.einsum("swx,swx->sw", ways, ways)
    raw_lengths = np.sqrt(squares)
    unit = raw_lengths[:, _ARMS].sum(axis=1) / np.float32(3)
    if not (unit > 0).all():
        return _nothing()
    lengths = raw_lengths / unit[:, None]

    bones = (ways[:, _BONES] / np.maximum(raw_lengths[:, _BONES], _TINY)[..., None]).reshape(-1, 4, 4, 3)
    cosines = np.einsum("sfbx,sfbx->sfb", bones[:, :, :-1], bones[:, :, 1:])
    bends = np.arccos(_within_one(cosines)) @ _BEND_WEIGHTS * np.float32(_DEG)
    opennesses = [_thumb_openness(shape, size, settings) for shape, size in zip(shapes, unit.tolist(), strict=True)]
    facing = _facing(shapes[-1], handedness, mirrored)
    if world is None:
        bend, openness = bends[0], opennesses[0]
    else:
        offset, gain = settings.world_bend
        share = 0.5 * (1.0 - min(1.0, max(0.0, -2.0 * facing))) if facing == facing else 0.5
        bend = (1.0 - share) * bends[0] + share * gain * np.maximum(0.0, bends[1] - offset)
        bend = np.asarray(bend, np.float32)
        openness = (1.0 - share) * opennesses[0] + share * opennesses[1]

    span = settings.bend_full_deg - settings.bend_straight_deg
    curl = np.empty(5, np.float32)
    curl[0] = _thumb_curl(openness, settings)
    curl[1:] = np.minimum(np.maximum((bend - settings.bend_straight_deg) / span, 0.0), 1.0)
    long_curl: list[float] = curl[1:].tolist()
    curl[1:][lengths[0, _BONES].reshape(4, 4)[:, 1:].sum(axis=1) < settings.unknown_length] = np.nan

    tips, dip, distance = _contact(ways, unit, settings)
    touch, spread = _touch_and_spread(tips, distance, lengths[0], bend, settings)
    direction, spread_rad = _directions(ways[0], mirrored)
    # Three curled fingers are no grab: the straightest one counts as much as all together.
    grab = 0.5 * (sum(long_curl) / 4 + min(long_curl)) / settings.grab_full_curl
    gap = _pinch_gap(float(tips[0]), dip, float(bend[0]), grab, settings)
    strength = (settings.pinch_open_gap - gap) / (settings.pinch_open_gap - settings.pinch_closed_gap)
    return HandMeasures(
        curl=curl,
        bend_deg=bend,
        thumb_openness=openness,
        touch_gap=touch,
        spread=spread,
        spread_rad=spread_rad,
        direction=direction,
        palm_axis=_palm_axis(shapes[0], mirrored),
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
        pinch_gap=math.nan,
        pinch=0.0,
        grab=0.0,
        facing=math.nan,
    )


def _thumb_openness(p: Float32, unit: float, settings: GestureSettings) -> float:
    """Whether the thumb stands out: it hardly bends, so where it lies against the palm says more than its joints.

    Plain floats: 21 points are too few for arrays to pay.
    """
    (x1, y1, z1), (x2, y2, z2), (x3, y3, z3), (x4, y4, z4) = p[1:5].tolist()
    (x5, y5, z5), (x17, y17, z17) = p[5].tolist(), p[17].tolist()
    kx, ky, kz = x5 - x17, y5 - y17, z5 - z17  # knuckle line, little finger to index
    knuckles = math.sqrt(kx * kx + ky * ky + kz * kz) or 1e-6
    ax, ay, az = x2 - x1, y2 - y1, z2 - z1
    bx, by, bz = x3 - x2, y3 - y2, z3 - z2
    cx, cy, cz = x4 - x3, y4 - y3, z4 - z3
    tx, ty, tz = x4 - x2, y4 - y2, z4 - z2
    a = math.sqrt(ax * ax + ay * ay + az * az) or 1e-6
    b = math.sqrt(bx * bx + by * by + bz * bz) or 1e-6
    c = math.sqrt(cx * cx + cy * cy + cz * cz) or 1e-6
    t = math.sqrt(tx * tx + ty * ty + tz * tz) or 1e-6
    across = (tx * kx + ty * ky + tz * kz) / (t * knuckles)
    overhang = ((x4 - x5) * kx + (y4 - y5) * ky + (z4 - z5) * kz) / (knuckles * unit)
    mcp = math.acos(max(-1.0, min(1.0, (ax * bx + ay * by + az * bz) / (a * b)))) * _DEG
    ip = math.acos(max(-1.0, min(1.0, (bx * cx + by * cy + bz * cz) / (b * c)))) * _DEG
    w = settings.thumb_weights
    openness: float = w[0] * across + w[1] * overhang + w[2] * mcp + w[3] * ip + w[4]
    return openness


def _thumb_curl(openness: float, settings: GestureSettings) -> float:
    """Openness on the same 0..1 as the other fingers' curl: the same borders, straight and folded at the ends."""
    out, folded = settings.thumb_extended, settings.thumb_curled
    if openness >= out:
        return settings.extended_curl * max(0.0, 1 - (openness - out) / 6.0)
    if openness >= folded:
        part = (out - openness) / (out - folded)
        return settings.extended_curl + part * (settings.curled_curl - settings.extended_curl)
    return settings.curled_curl + (1 - settings.curled_curl) * min(1.0, (folded - openness) / 6.0)


def _within_one(cosines: Float32) -> Float32:
    """-1..1 in spite of rounding. (`np.clip` costs three times as much on arrays of this size.)"""
    return np.minimum(np.maximum(cosines, -1.0), 1.0)


def _pinch_gap(tip: float, dip: float, index_bend_deg: float, grab: float, settings: GestureSettings) -> float:
    """Distance of thumb and index tip; a thumb laid over a fist is near too, and is counted as farther away."""
    rolled_in = (index_bend_deg - settings.pinch_max_bend_deg) / _ROLLED_IN_DEG
    closed = (grab - settings.pinch_max_grab) / _CLOSED
    return tip + settings.pinch_slip * max(0.0, tip - dip) + max(0.0, rolled_in, closed)


def _contact(ways: Float32, unit: Float32, settings: GestureSettings) -> tuple[Float32, float, Float32]:
    """Distances in palm units: of each pair of tips, of thumb tip and index DIP, of thumb tip and segments (3, 4)."""
    near = ways[:, _CONTACT] / unit[:, None, None]
    near[0, :, 2] *= settings.contact_depth
    to, along = near[:, _C_TO], near[:, _C_ALONG]
    squares = np.einsum("swx,swx->sw", near, near)
    t = np.einsum("sbx,sbx->sb", to, along) / np.maximum(squares[:, _C_ALONG], _TINY)
    off = to - np.minimum(np.maximum(t, 0.0), 1.0)[..., None] * along
    squares[:, _C_TO] = np.einsum("sbx,sbx->sb", off, off)
    each = np.sqrt(squares)
    share = settings.contact_world
    mean = each[0] if len(each) == 1 else (1.0 - share) * each[0] + share * each[1]
    return mean[_C_TIPS], float(mean[_C_DIP]), mean[_C_TO].reshape(3, 4)


def _touch_and_spread(
    tips: Float32, distance: Float32, lengths: Float32, bend: Float32, settings: GestureSettings
) -> tuple[Float32, Float32]:
    touch = tips.copy()
    # A thumb closes on a curled finger's back, on a straight one's end.
    curled = bend > settings.bend_straight_deg + settings.curled_curl * (
        settings.bend_full_deg - settings.bend_straight_deg
    )
    touch[:4] = np.where(curled, np.minimum(distance[0], distance[1]), distance[0])
    # Spread lies in the palm's plane, where the image points are the better ones.
    spread = lengths[_TIP_PAIRS] / np.maximum(lengths[_BASE_PAIRS], 1e-6)
    spread[:4] = distance[2]
    return touch, spread


def _directions(ways: Float32, mirrored: bool) -> tuple[Float32, Float32]:
    six = ways[_FINGERS.start : _KNUCKLES + 1]  # the fingers, and the knuckle line
    six = six / np.maximum(np.sqrt(np.einsum("fx,fx->f", six, six)), _TINY)[:, None]
    shape = six[:5]
    spread_rad = np.arccos(_within_one(np.einsum("fx,fx->f", shape[:-1], shape[1:])))
    # A raised thumb's own joints waver by 50 degrees between people, the knuckle line below it by 25.
    direction = shape.copy()
    x, y, z = (shape[0] + six[5]).tolist()
    size = math.sqrt(x * x + y * y + z * z) or 1.0
    direction[0] = x / size, y / size, z / size
    if not mirrored:
        direction[:, 0] *= -1.0
    return direction, spread_rad


def _palm_axis(p: Float32, mirrored: bool) -> tuple[float, float, float]:
    (x0, y0, z0), (x5, y5, z5), (x17, y17, z17) = p[0].tolist(), p[5].tolist(), p[17].tolist()
    x, y, z = x5 + x17 - 2 * x0, y5 + y17 - 2 * y0, z5 + z17 - 2 * z0
    size = math.sqrt(x * x + y * y + z * z) or 1e-6
    return (x if mirrored else -x) / size, y / size, z / size


def _facing(p: Float32, handedness: Handedness | None, mirrored: bool) -> float:
    """Which side of the palm is seen: index and little MCP lie the other way round on the back."""
    if handedness is None:
        return math.nan
    (x0, y0, z0), (x5, y5, z5), (x17, y17, z17) = p[0].tolist(), p[5].tolist(), p[17].tolist()
    ax, ay, az = x5 - x0, y5 - y0, z5 - z0
    bx, by, bz = x17 - x0, y17 - y0, z17 - z0
    nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    size = math.sqrt(nx * nx + ny * ny + nz * nz)
    if not size > 0:
        return math.nan
    sign = 1.0 if (handedness == "Left") != mirrored else -1.0
    facing: float = sign * nz / size
    return facing
