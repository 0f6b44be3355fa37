"""What a cheap camera does to a picture: motion blur of what moves, shot and read noise everywhere."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from handplay.engine.sources.demo.imaging import opencv

Bytes = NDArray[np.uint8]

# Standard deviation at black and at white, 8-bit steps: a 2 MP webcam in a lit room (own estimate, mid-grey about 2.2).
_READ_NOISE, _SHOT_NOISE = 1.2, 2.6
_VARIANTS = 6
_MARGIN = 200
_GRAIN_PX = 256
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
        level = np.arange(256, dtype=np.float32) / 255
        sigma = noise * np.sqrt(_READ_NOISE**2 + level * _SHOT_NOISE**2)
        self._strength: Bytes = np.clip(sigma / _SIGMA_STEP, 0, 255).astype(np.uint8)[None]
        # One grain repeated: with the strength of the noise no eye finds the seams.
        height, width = background.shape[:2]
        times = (-(-(height + _MARGIN) // _GRAIN_PX), -(-(width + _MARGIN) // _GRAIN_PX), 1)
        self._tile: NDArray[np.int8] = np.tile(_grain(rng), times)
        self._noisy: list[Bytes] = [background]
        if noise > 0:
            self._noisy = [self._with_grain(background, (0, 0), rng) for _ in range(_VARIANTS)]

    def _with_grain(self, picture: Bytes, at: tuple[int, int], rng: np.random.Generator) -> Bytes:
        """The picture with fresh noise; `at` is its place (x, y) in the frame."""
        cv2 = opencv()
        x, y = (int(a + v) for a, v in zip(at, rng.integers(0, _MARGIN, 2), strict=True))
        grain = self._tile[y : y + picture.shape[0], x : x + picture.shape[1]]
        speckle = cv2.multiply(
            grain, cv2.LUT(picture, self._strength), scale=_GRAIN_STEP * _SIGMA_STEP, dtype=cv2.CV_8S
        )
        return np.asarray(cv2.add(picture, speckle, dtype=cv2.CV_8U), np.uint8)

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
            noisy = self._with_grain(cv2.bitwise_and(colour, colour, mask=alpha), (x0, y0), rng)
            colour = cv2.copyTo(noisy, cv2.compare(alpha, 127, cv2.CMP_GT), colour)
        np.copyto(target, cv2.add(cv2.multiply(target, keep, scale=1 / 255), colour))


def _grain(rng: np.random.Generator) -> NDArray[np.int8]:
    """Grey and colour noise of unit strength, int8 (_GRAIN_PX, _GRAIN_PX, 3) in steps of _GRAIN_STEP."""
    colour = rng.standard_normal((_GRAIN_PX, _GRAIN_PX, 3), np.float32)
    grey = rng.standard_normal((_GRAIN_PX, _GRAIN_PX, 1), np.float32)
    return np.clip((0.55 * colour + 0.83 * grey) / _GRAIN_STEP, -127, 127).astype(np.int8)


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
