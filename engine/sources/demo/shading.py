"""From the depth of a hand to its colour: normals, light, hollows, shadows, palm and back, reddened tips."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.sources.demo import body
from handplay.engine.sources.demo.light import BALL_SIZE, SKINS, SLEEVES, Lighting, ball
from handplay.engine.sources.demo.raster import FAR, DepthMap

# Reddening by kind of surface (palm, finger, tip, forearm, cloth): fingertips and the ball of the thumb carry more blood.
_BLOOD = np.array([0.25, 0.20, 0.85, 0.0, 0.0], np.float32)


@functools.lru_cache(maxsize=1)
def _to_srgb() -> NDArray[np.uint8]:
    """Linear light 0..1 in 1024 steps to sRGB 0..255, with a gentle shoulder."""
    x = np.arange(1024, dtype=np.float32) / 1023 * 1.25
    x = x * (1 + x * 0.25) / (1 + x * 0.55)
    return np.asarray(np.clip(np.clip(x, 0, 1) ** (1 / 2.2) * 255 + 0.5, 0, 255), np.uint8)


def _even_out(solid: Float32, mask: Float32, kinds: NDArray[np.uint8], unit_px: float) -> Float32:
    """Takes the facets out of the palm and the rings out of the fingers, and leaves steps in depth alone."""
    import cv2

    flat = ((kinds == body.PALM) | (kinds == body.FOREARM)).astype(np.float32) * mask
    side = max(3, int(0.085 * unit_px)) | 1
    weight = cv2.blur(cv2.blur(flat, (side, side)), (side, side))
    sums = cv2.blur(cv2.blur(solid * flat, (side, side)), (side, side))
    change = sums / np.maximum(weight, 1e-3) - solid
    limit = np.float32(0.03 * unit_px)
    even = solid + np.clip(change, -limit, limit) * flat
    small = cv2.GaussianBlur(even, (0, 0), 0.022 * unit_px + 0.3)
    limit = np.float32(0.008 * unit_px)
    return np.asarray(even + np.clip(small - even, -limit, limit), np.float32)


def shade(
    surface: DepthMap, palm_side: Float32, lighting: Lighting, skin: int, sleeve: int, unit_px: float
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
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
    import cv2

    depth, owner = surface.depth, surface.owner
    mask = (depth < FAR / 2).astype(np.float32)
    far = float(depth[depth < FAR / 2].max()) + 0.1 * unit_px if mask.any() else 0.0
    solid = np.minimum(depth, np.float32(far))
    smooth = _even_out(solid, mask, body.SHAPE_KINDS[owner], unit_px)
    gx = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8)
    gy = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
    inverse = 1 / cv2.sqrt(gx * gx + gy * gy + 1)
    nx, ny = gx * inverse, gy * inverse
    side = palm_side[owner]
    palmness = nx * side[..., 0] + ny * side[..., 1] - inverse * side[..., 2]
    palmness = cv2.GaussianBlur(np.clip(palmness * 1.6 + 0.45, 0, 1), (0, 0), 0.012 * unit_px + 0.3)

    u, v = (nx + 1) * (BALL_SIZE / 2) - 0.5, (ny + 1) * (BALL_SIZE / 2) - 0.5
    tone = SKINS[skin % len(SKINS)]

    def lit(rgb: tuple[int, int, int], is_skin: bool) -> Any:
        return cv2.remap(ball(rgb, lighting, is_skin), u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    back, palm = lit(tone.back, True), lit(tone.palm, True)
    colour = back + (palm - back) * palmness[..., None]
    kinds = body.SHAPE_KINDS[owner]
    blood = cv2.GaussianBlur(_BLOOD[kinds], (0, 0), 0.05 * unit_px)
    cloth = kinds == body.CLOTH

    # Hollows: deeper than their surroundings. Two sizes: creases, and the hollow of a closing hand.
    hollow = np.zeros_like(depth)
    for size, gain in ((0.09, 3.2), (0.30, 1.5)):
        side_px = max(3, int(size * unit_px)) | 1
        weight = cv2.boxFilter(mask, -1, (side_px, side_px))
        around = cv2.boxFilter(solid * mask, -1, (side_px, side_px)) / np.maximum(weight, 1e-3)
        hollow += np.clip((solid - around) * (gain / unit_px), 0, 0.45)
    # Shadows: something nearer lies on the way to the light.
    key = np.array(lighting.key, np.float32)
    step = key / max(0.35, float(np.hypot(key[0], key[1])))
    shadow = np.zeros_like(depth)
    h, w = depth.shape
    for reach in (0.035, 0.08, 0.15):
        dx, dy = round(float(step[0]) * reach * unit_px), round(float(step[1]) * reach * unit_px)
        away = np.full_like(solid, far)
        y0, y1, x0, x1 = max(0, -dy), min(h, h - dy), max(0, -dx), min(w, w - dx)
        if y0 < y1 and x0 < x1:
            away[y0:y1, x0:x1] = solid[y0 + dy : y1 + dy, x0 + dx : x1 + dx]
        rise = np.float32(-float(step[2]) * reach * unit_px)
        np.maximum(shadow, np.clip((solid - rise * 0.6 - away) * (9 / unit_px), 0, 1), out=shadow)
    shadow = cv2.GaussianBlur(shadow, (0, 0), 0.018 * unit_px + 0.4) * 0.5
    dark = (1 - np.minimum(hollow, 0.75)) * (1 - shadow)
    # What reaches a hollow in skin has been reddened on the way.
    for channel, (absorb, warm) in enumerate(((1.12, -0.10), (1.06, -0.075), (0.80, 0.035))):
        plane = colour[..., channel]
        plane *= cv2.pow(dark, absorb)
        plane *= 1 + warm * blood * (2 - palmness)
    if cloth.any():
        woven = lit(SLEEVES[sleeve % len(SLEEVES)], False) * dark[..., None]
        colour[cloth] = woven[cloth]
    index = np.clip(colour * (1023 / 1.25), 0, 1023).astype(np.uint16)
    return _to_srgb()[index], (mask * 255).astype(np.uint8)
