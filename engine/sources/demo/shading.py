"""From the depth of a hand to its colour: normals, light, hollows, shadows, palm and back, reddened tips.

Everything soft is done at half size, and light is one lookup by normal, so that a hand costs a few milliseconds.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.sources.demo import body
from handplay.engine.sources.demo.imaging import opencv
from handplay.engine.sources.demo.light import BALL_SIZE, CLOTH_ROW, LEVELS, Lighting, balls
from handplay.engine.sources.demo.raster import FAR, DepthMap

Bytes = NDArray[np.uint8]

# Reddening by kind of surface (palm, finger, tip, forearm, cloth, knuckle): fingertips carry more blood, cloth none.
_BLOOD = np.array([70, 55, 220, 10, 0, 150], np.uint8)[body.SHAPE_KINDS]
_IS_FLAT = np.isin(body.SHAPE_KINDS, (body.PALM, body.FOREARM)).astype(np.float32)
_IS_CLOTH = (body.SHAPE_KINDS == body.CLOTH).astype(np.uint8)


def _table(values: NDArray[Any]) -> NDArray[Any]:
    """A lookup table over owner numbers: 256 rows of the values' type."""
    table = np.zeros((1, 256), values.dtype)
    table[0, : len(values)] = values
    return table


_BLOOD_TABLE, _FLAT_TABLE, _CLOTH_TABLE = _table(_BLOOD), _table(_IS_FLAT), _table(_IS_CLOTH)


@functools.lru_cache(maxsize=1)
def _dimming() -> NDArray[np.uint8]:
    """uint8 (1, 256, 3) BGR: what shade 0..255 leaves of the colour; in a hollow red is left longest."""
    left = 1 - np.arange(256, dtype=np.float32) / 255
    rows = np.stack([left ** (p / 2.2) * 255 + 0.5 for p in (1.15, 1.07, 0.80)], -1)
    return np.asarray(rows[None], np.uint8)


@functools.lru_cache(maxsize=1)
def _reddening() -> NDArray[np.uint8]:
    """uint8 (1, 256, 3) BGR: what blood 0..255 near the surface leaves of the colour."""
    blood = np.arange(256, dtype=np.float32) / 255
    rows = np.stack([(1 - a * blood) * 255 + 0.5 for a in (0.14, 0.12, 0.0)], -1)
    return np.asarray(rows[None], np.uint8)


def shade(
    surface: DepthMap, palm_side: Float32, lighting: Lighting, skin: int, sleeve: int, unit_px: float
) -> tuple[Bytes, Bytes]:
    """Colours a depth map.

    Args:
        surface: the depth map of one hand.
        palm_side: float32 (shapes, 3), direction out of the palm side of each shape.
        lighting: where light comes from.
        skin, sleeve: numbers of the tone and the sleeve.
        unit_px: pixels of a palm length in the depth map.

    Returns:
        uint8 (h, w, 3) BGR, meaningful where the map holds the hand, and uint8 (h, w), 255 where it does.
    """
    cv2 = opencv()

    owner = surface.owner
    height, width = owner.shape
    mask = cv2.compare(surface.depth, FAR / 2, cv2.CMP_LT)
    if not mask.any():
        return np.zeros((height, width, 3), np.uint8), np.asarray(mask, np.uint8)
    _, far, _, _ = cv2.minMaxLoc(surface.depth, mask)
    solid = np.minimum(surface.depth, np.float32(far + 0.1 * unit_px))
    solid = _continued(solid, mask, unit_px)
    half = (max(2, width // 2), max(2, height // 2))
    small = cv2.resize(solid, half, interpolation=cv2.INTER_NEAREST)
    small_mask = cv2.resize(mask, half, interpolation=cv2.INTER_NEAREST).astype(np.float32)
    small_mask *= 1 / 255

    even = _even_out(solid, small, small_mask, owner, unit_px)
    gx = cv2.Sobel(even, cv2.CV_32F, 1, 0, scale=1 / 8)
    gy = cv2.Sobel(even, cv2.CV_32F, 0, 1, scale=1 / 8)
    inverse = cv2.multiply(gx, gx)
    cv2.accumulateSquare(gy, inverse)
    cv2.sqrt(cv2.add(inverse, 1.0), dst=inverse)
    nx, ny = cv2.divide(gx, inverse), cv2.divide(gy, inverse)
    nz = cv2.divide(-1.0, inverse)

    side = [cv2.LUT(owner, _table(np.ascontiguousarray(palm_side[:, i]))) for i in range(3)]
    palmness = cv2.multiply(nx, side[0])
    cv2.accumulateProduct(ny, side[1], palmness)
    cv2.accumulateProduct(nz, side[2], palmness)
    level = cv2.add(cv2.multiply(palmness, 1.6 * 255), 0.45 * 255, dtype=cv2.CV_8U)
    level = cv2.blur(level, (3, 3))
    row = cv2.multiply(level, (LEVELS - 1) / 255, dtype=cv2.CV_8U)
    row = cv2.max(row, cv2.LUT(owner, _CLOTH_TABLE) * np.uint8(CLOTH_ROW))
    u = cv2.add(cv2.multiply(nx, BALL_SIZE / 2 - 1), BALL_SIZE / 2 - 0.5)
    v = cv2.add(cv2.multiply(ny, BALL_SIZE / 2 - 1), BALL_SIZE / 2 - 0.5)
    v += row.astype(np.float32) * BALL_SIZE
    colour = cv2.remap(balls(lighting, skin, sleeve), u, v, cv2.INTER_LINEAR)

    shadow = _shade_of(small, small_mask, far + 0.1 * unit_px, lighting, unit_px)
    shadow = cv2.resize(shadow, (width, height), interpolation=cv2.INTER_LINEAR)
    cv2.multiply(colour, cv2.LUT(cv2.merge((shadow, shadow, shadow)), _dimming()), dst=colour, scale=1 / 255)
    blood = cv2.LUT(cv2.resize(owner, half, interpolation=cv2.INTER_NEAREST), _BLOOD_TABLE)
    soft = max(3, int(0.09 * unit_px)) // 2 * 2 + 1
    blood = cv2.resize(cv2.blur(blood, (soft, soft)), (width, height), interpolation=cv2.INTER_LINEAR)
    cv2.multiply(colour, cv2.LUT(cv2.merge((blood, blood, blood)), _reddening()), dst=colour, scale=1 / 255)
    return np.asarray(colour, np.uint8), np.asarray(mask, np.uint8)


def _continued(solid: Float32, mask: Bytes, unit_px: float) -> Float32:
    """The depth map carried on past the outline, falling away gently: there is no cliff to light."""
    cv2 = opencv()

    inside = mask.astype(np.float32)
    inside *= 1 / 255
    weight = cv2.blur(inside, (5, 5))
    around = cv2.divide(cv2.blur(cv2.multiply(solid, inside), (5, 5)), cv2.max(weight, 1e-3))
    around = cv2.add(around, 0.05 * unit_px)
    return np.asarray(cv2.copyTo(solid, cv2.compare(weight, 1e-3, cv2.CMP_LT) | mask, around), np.float32)


def _even_out(solid: Float32, small: Float32, small_mask: Float32, owner: Bytes, unit_px: float) -> Float32:
    """Takes the facets out of the palm and the rings out of the fingers, and leaves steps in depth alone."""
    cv2 = opencv()

    height, width = solid.shape
    flat = cv2.LUT(owner, _FLAT_TABLE)
    small_flat = cv2.resize(flat, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_NEAREST)
    small_flat *= small_mask
    side = max(3, int(0.075 * unit_px)) // 2 * 2 + 1
    weight = cv2.blur(cv2.blur(small_flat, (side, side)), (side, side))
    sums = cv2.blur(cv2.blur(cv2.multiply(small, small_flat), (side, side)), (side, side))
    around = cv2.resize(cv2.divide(sums, cv2.max(weight, 1e-3)), (width, height), interpolation=cv2.INTER_LINEAR)
    change = cv2.subtract(around, solid)
    limit = 0.045 * unit_px
    change = cv2.max(cv2.min(change, limit), -limit)
    even = cv2.add(solid, cv2.multiply(change, flat))
    limit = 0.008 * unit_px
    fine = max(3, int(0.06 * unit_px)) // 2 * 2 + 1
    change = cv2.subtract(cv2.blur(even, (fine, fine)), even)
    return np.asarray(cv2.add(even, cv2.max(cv2.min(change, limit), -limit)), np.float32)


def _shade_of(small: Float32, small_mask: Float32, far: float, lighting: Lighting, unit_px: float) -> Bytes:
    """How much light is kept away, 0..255, at half size: hollows, and shadows cast by what is nearer."""
    cv2 = opencv()

    # Hollows: deeper than their surroundings. Two sizes: creases, and the hollow of a closing hand.
    hollow = np.zeros_like(small)
    for size, gain in ((0.05, 3.4), (0.16, 1.3)):
        side = max(3, int(size * unit_px)) | 1
        weight = cv2.max(cv2.blur(small_mask, (side, side)), 1e-3)
        around = cv2.divide(cv2.blur(cv2.multiply(small, small_mask), (side, side)), weight)
        cv2.accumulate(np.clip((small - around) * (gain / unit_px), 0, 0.42), hollow)
    # Shadows: something nearer lies on the way to the light.
    key = np.array(lighting.key, np.float32)
    step = key / max(0.35, float(np.hypot(key[0], key[1])))
    shadow = np.zeros_like(small)
    h, w = small.shape
    for reach in (0.035, 0.08, 0.15):
        dx, dy = round(float(step[0]) * reach * unit_px / 2), round(float(step[1]) * reach * unit_px / 2)
        away = np.full_like(small, far)
        y0, y1, x0, x1 = max(0, -dy), min(h, h - dy), max(0, -dx), min(w, w - dx)
        if y0 < y1 and x0 < x1:
            away[y0:y1, x0:x1] = small[y0 + dy : y1 + dy, x0 + dx : x1 + dx]
        rise = float(-step[2] * reach * unit_px * 0.6)
        np.maximum(shadow, (small - away - rise) * np.float32(9 / unit_px), out=shadow)
    shadow = cv2.GaussianBlur(np.minimum(shadow, 1) * small_mask, (5, 5), 0.01 * unit_px + 0.4)
    light = (1 - np.minimum(hollow * small_mask, 0.62)) * (1 - 0.42 * shadow)
    return np.asarray(cv2.convertScaleAbs(1 - light, alpha=255), np.uint8)
