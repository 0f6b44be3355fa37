"""Light and skin as ready-made balls: what colour a surface has by the direction it faces.

For every skin tone and lighting a small picture of a lit ball is made once; a pixel's colour is then one lookup by its
normal. Light wraps round the edge and turns red there, as it does under skin.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32

BALL_SIZE = 64
"""Side of one lookup picture: normals -1..1 in x and y."""

LEVELS = 16
"""Steps of skin colour from the back of the hand to the palm."""

CLOTH_ROW = LEVELS
"""Which ball is the sleeve's."""


@dataclass(frozen=True, slots=True)
class Lighting:
    """Where light comes from, in the camera frame.

    Attributes:
        key: direction toward the main light.
        key_rgb, sky_rgb, bounce_rgb: colours of the main light, of what comes from above and from below.
        rim: strength of the light from behind.
    """

    key: tuple[float, float, float] = (-0.55, -0.62, -0.56)
    key_rgb: tuple[float, float, float] = (0.86, 0.82, 0.76)
    sky_rgb: tuple[float, float, float] = (0.34, 0.36, 0.40)
    bounce_rgb: tuple[float, float, float] = (0.24, 0.20, 0.17)
    rim: float = 0.10


@dataclass(frozen=True, slots=True)
class Tone:
    """A skin tone: sRGB of the back of the hand, the palm, and the nails, 0..255."""

    back: tuple[int, int, int]
    palm: tuple[int, int, int]
    nail: tuple[int, int, int]


# From very fair to very dark, after the six types of Fitzpatrick's scale. Palms are lighter, on dark skin by far.
SKINS: tuple[Tone, ...] = (
    Tone((244, 206, 186), (247, 202, 186), (250, 214, 204)),
    Tone((229, 180, 150), (236, 184, 163), (240, 198, 184)),
    Tone((206, 152, 116), (222, 168, 141), (228, 182, 162)),
    Tone((172, 118, 82), (206, 152, 122), (212, 164, 142)),
    Tone((126, 82, 56), (184, 132, 104), (190, 144, 122)),
    Tone((104, 71, 54), (166, 121, 98), (174, 130, 112)),
)

SLEEVES: tuple[tuple[int, int, int], ...] = ((58, 86, 128), (70, 74, 84), (148, 62, 60), (226, 222, 212), (62, 110, 96))
"""sRGB of the sleeves."""


def _linear(rgb: tuple[int, int, int]) -> Float32:
    return np.asarray((np.array(rgb, np.float32) / 255) ** 2.2, np.float32)


@functools.lru_cache(maxsize=1)
def _to_srgb() -> NDArray[np.uint8]:
    """Linear light 0..1.25 in 1024 steps to sRGB 0..255, with a gentle shoulder."""
    x = np.arange(1024, dtype=np.float32) / 1023 * 1.25
    x = x * (1 + x * 0.25) / (1 + x * 0.55)
    return np.asarray(np.clip(np.clip(x, 0, 1) ** (1 / 2.2) * 255 + 0.5, 0, 255), np.uint8)


@functools.lru_cache(maxsize=96)
def balls(lighting: Lighting, skin: int, sleeve: int) -> NDArray[np.uint8]:
    """All lit balls of a hand below each other: the skin from back to palm in LEVELS steps, then the sleeve.

    Returns:
        uint8 ((LEVELS + 1) * BALL_SIZE, BALL_SIZE, 3), BGR.
    """
    tone = SKINS[skin % len(SKINS)]
    back, palm = _ball(tone.back, lighting, skin=True), _ball(tone.palm, lighting, skin=True)
    rows = [back + (palm - back) * np.float32(i / (LEVELS - 1)) for i in range(LEVELS)]
    rows.append(_ball(SLEEVES[sleeve % len(SLEEVES)], lighting, skin=False))
    light = np.concatenate(rows)
    return _to_srgb()[np.clip(light * (1023 / 1.25), 0, 1023).astype(np.int64)]


def _ball(rgb: tuple[int, int, int], lighting: Lighting, *, skin: bool) -> Float32:
    """A lit ball: float32 (BALL_SIZE, BALL_SIZE, 3), linear BGR, 1 is white.

    Args:
        rgb: sRGB colour of the surface, 0..255.
        lighting: where light comes from.
        skin: True lets light wrap and redden, and adds a soft shine; False is cloth.
    """
    axis = (np.arange(BALL_SIZE, dtype=np.float32) + 0.5) / BALL_SIZE * 2 - 1
    nx, ny = np.meshgrid(axis, axis)
    radius = np.sqrt(nx * nx + ny * ny)
    scale = np.where(radius > 0.999, 0.999 / np.maximum(radius, 1e-6), 1)
    nx, ny = nx * scale, ny * scale
    nz = -np.sqrt(np.maximum(1 - nx * nx - ny * ny, 0))
    key = np.array(lighting.key, np.float32)
    key /= np.linalg.norm(key)
    facing = nx * key[0] + ny * key[1] + nz * key[2]
    wrap = np.array([0.42, 0.26, 0.20] if skin else [0.15, 0.15, 0.15], np.float32)
    diffuse = np.maximum((facing[..., None] + wrap) / (1 + wrap), 0) ** (1.15 if skin else 1.0)
    up = (0.5 - 0.5 * ny)[..., None]
    ambient = up * np.array(lighting.sky_rgb, np.float32) + (1 - up) * np.array(lighting.bounce_rgb, np.float32)
    light = diffuse * np.array(lighting.key_rgb, np.float32) + ambient
    colour = _linear(rgb) * light
    if skin:
        half = key + np.array([0, 0, -1], np.float32)
        half /= np.linalg.norm(half)
        shine = np.maximum(nx * half[0] + ny * half[1] + nz * half[2], 0)
        colour += ((0.055 * shine**10 + 0.06 * shine**40)[..., None]) * np.array(lighting.key_rgb, np.float32)
    graze = (1 + nz) ** 3
    colour += (
        lighting.rim * graze[..., None] * (0.35 + 0.65 * _linear(rgb)) * np.array(lighting.sky_rgb, np.float32) * 2
    )
    return np.ascontiguousarray(colour[..., ::-1], np.float32)
