"""What a cheap camera does to a picture: motion blur of what moves, shot and read noise everywhere."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.sources.demo.imaging import opencv

Bytes = NDArray[np.uint8]

# Standard deviation at black and at white, 8-bit steps: a 2 MP webcam in a lit room (own estimate, mid-grey about 2.2).
_READ_NOISE, _SHOT_NOISE = 1.2, 2.6
_VARIANTS = 6
_MARGIN = 64
# Grain and its strength are kept in bytes; these are their steps.
_GRAIN_STEP, _SIGMA_STEP = 1 / 24, 1 / 16


class Sensor:
    """Noise, drawn once and shifted about, so that a frame costs only copies.

    The background exists in some versions with the noise already in it; the hand's own box gets its noise from a tile.
    """

    def __init__(self, background: Bytes, seed: int, *, noise: float = 1.0) -> None:
        """
        Args:
            background: uint8 (h, w, 3) BGR.
            seed: of the noise.
            noise: 1 for an ordinary webcam, 0 for none.
        """
        rng = np.random.default_rng((seed, 1001))
        self._noise = noise
        self._clean = background
        level = np.arange(256, dtype=np.float32) / 255
        self._sigma: Float32 = (noise * np.sqrt(_READ_NOISE**2 + level * _SHOT_NOISE**2)).astype(np.float32)
        height, width = background.shape[:2]
        grain = self._grain(rng, height + _MARGIN, width + _MARGIN)
        self._tile: NDArray[np.int8] = np.clip(grain / _GRAIN_STEP, -127, 127).astype(np.int8)
        self._strength: Bytes = np.clip(self._sigma / _SIGMA_STEP, 0, 255).astype(np.uint8)[None]
        self._noisy: list[Bytes] = [background]
        if noise > 0:
            self._noisy = [self._with_grain(background, rng) for _ in range(_VARIANTS)]

    @staticmethod
    def _grain(rng: np.random.Generator, height: int, width: int) -> Float32:
        """Grey and colour noise of unit strength, slightly smeared as after demosaicing."""
        colour = rng.standard_normal((height, width, 3), np.float32)
        grey = rng.standard_normal((height, width, 1), np.float32)
        return np.asarray(0.55 * colour + 0.83 * grey, np.float32)

    def _with_grain(self, picture: Bytes, rng: np.random.Generator) -> Bytes:
        grain = self._grain(rng, *picture.shape[:2])
        return np.asarray(np.clip(picture + grain * self._sigma[picture] + 0.5, 0, 255), np.uint8)

    def background(self, rng: np.random.Generator) -> Bytes:
        """A fresh frame of the room alone, to be drawn on: uint8 (h, w, 3)."""
        return self._noisy[int(rng.integers(len(self._noisy)))].copy()

    def put(self, image: Bytes, layer: Bytes, at: tuple[int, int], rng: np.random.Generator) -> None:
        """Lays a layer over the picture, with noise of its own.

        Args:
            image: uint8 (h, w, 3), changed in place.
            layer: uint8 (lh, lw, 4), BGR multiplied by alpha, alpha.
            at: (x, y) of the layer's corner; the part outside the picture is cut off.
            rng: of this frame.
        """
        cv2 = opencv()

        x, y = at
        height, width = image.shape[:2]
        x0, y0, x1, y1 = max(0, x), max(0, y), min(width, x + layer.shape[1]), min(height, y + layer.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        layer = layer[y0 - y : y1 - y, x0 - x : x1 - x]
        target = image[y0:y1, x0:x1]
        alpha = layer[..., 3]
        keep = cv2.merge((255 - alpha,) * 3)
        colour = cv2.cvtColor(layer, cv2.COLOR_BGRA2BGR)
        if self._noise > 0:
            oy, ox = (int(v) for v in rng.integers(0, _MARGIN, 2))
            grain = self._tile[y0 + oy : y1 + oy, x0 + ox : x1 + ox]
            strength = cv2.LUT(cv2.bitwise_and(colour, colour, mask=alpha), self._strength)
            speckle = cv2.multiply(grain, strength, scale=_GRAIN_STEP * _SIGMA_STEP, dtype=cv2.CV_8S)
            noisy = cv2.add(colour, speckle, dtype=cv2.CV_8U)
            colour = cv2.copyTo(noisy, cv2.compare(alpha, 127, cv2.CMP_GT), colour)
        np.copyto(target, cv2.add(cv2.multiply(target, keep, scale=1 / 255), colour))


def smeared(layer: Bytes, at: tuple[int, int], move_px: tuple[float, float]) -> tuple[Bytes, tuple[int, int]]:
    """Motion blur: the layer as it moves during the exposure, half before and half after its own moment.

    Args:
        layer: uint8 (h, w, 4), BGR multiplied by alpha, alpha.
        at: (x, y) of its corner.
        move_px: how far it moves during the exposure.

    Returns:
        The blurred layer and its corner.
    """
    reach = math.hypot(*move_px)
    if reach < 1.5:
        return layer, at
    cv2 = opencv()

    steps = min(16, math.ceil(reach / 2) + 1)
    offsets = [
        (round(move_px[0] * (i / (steps - 1) - 0.5)), round(move_px[1] * (i / (steps - 1) - 0.5))) for i in range(steps)
    ]
    x0, y0 = min(x for x, _ in offsets), min(y for _, y in offsets)
    h, w = layer.shape[:2]
    total = np.zeros((h + max(y for _, y in offsets) - y0, w + max(x for x, _ in offsets) - x0, 4), np.uint16)
    for x, y in offsets:
        part = total[y - y0 : y - y0 + h, x - x0 : x - x0 + w]
        np.add(part, layer, out=part)
    return np.asarray(cv2.convertScaleAbs(total, alpha=1 / steps), np.uint8), (at[0] + x0, at[1] + y0)
