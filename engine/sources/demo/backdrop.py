"""Rooms behind the hand, out of focus, painted once: each comes with its light."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.sources.demo.imaging import opencv
from handplay.engine.sources.demo.light import Lighting

Canvas = Float32
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A room: `paint(rng)` gives float32 (360, 640, 3) BGR 0..255; `blur` is its lack of focus in pixels of that."""

    paint: Callable[[np.random.Generator], Canvas]
    lighting: Lighting
    blur: float


_W, _H = 640, 360


def _gradient(top: Colour, bottom: Colour) -> Canvas:
    t = np.linspace(0, 1, _H, dtype=np.float32)[:, None, None]
    rows = np.array(top, np.float32) * (1 - t) + np.array(bottom, np.float32) * t
    return np.ascontiguousarray(np.broadcast_to(rows, (_H, _W, 3)), np.float32)


def _glow(canvas: Canvas, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
    yy, xx = np.mgrid[0:_H, 0:_W].astype(np.float32)
    fall = np.exp(-((xx - x) ** 2 + (yy - y) ** 2) / (2 * radius * radius)) * strength
    canvas += fall[..., None] * np.array(colour, np.float32)


def _box(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
    cv2 = opencv()

    cv2.rectangle(canvas, (round(x0), round(y0)), (round(x1), round(y1)), colour, cv2.FILLED)


def _wall(rng: np.random.Generator) -> Canvas:
    canvas = _gradient((196, 202, 204), (150, 158, 164))
    _glow(canvas, 120, 60, 220, (40, 46, 52), 1.0)
    _glow(canvas, 620, 340, 200, (-40, -38, -34), 1.0)
    return canvas


def _room(rng: np.random.Generator) -> Canvas:
    canvas = _gradient((128, 140, 150), (104, 116, 130))
    _box(canvas, 0, 262, 640, 360, (62, 78, 98))
    _box(canvas, 40, 60, 150, 170, (196, 200, 206))
    _box(canvas, 48, 68, 142, 162, (150, 128, 96))
    _box(canvas, 400, 150, 640, 290, (92, 72, 60))
    _box(canvas, 410, 132, 640, 170, (110, 88, 74))
    _box(canvas, 210, 190, 250, 290, (70, 92, 116))
    for _ in range(14):  # leaves
        x, y = rng.normal(230, 26), rng.normal(150, 30)
        _glow(canvas, x, y, rng.uniform(8, 16), (-34, -4, -42), 0.6)
    _glow(canvas, 560, 70, 46, (90, 160, 210), 1.0)
    _glow(canvas, 560, 70, 170, (20, 44, 62), 1.0)
    return canvas


def _window(rng: np.random.Generator) -> Canvas:
    canvas = _gradient((150, 152, 152), (112, 118, 124))
    _box(canvas, 20, 20, 200, 250, (250, 246, 238))
    _box(canvas, 106, 20, 114, 250, (176, 178, 178))
    _box(canvas, 20, 128, 200, 136, (176, 178, 178))
    _box(canvas, 230, 0, 262, 360, (148, 156, 168))
    _glow(canvas, 110, 130, 170, (70, 68, 60), 1.0)
    _box(canvas, 470, 90, 600, 190, (96, 104, 118))
    _box(canvas, 0, 290, 640, 360, (84, 96, 112))
    return canvas


def _shelf(rng: np.random.Generator) -> Canvas:
    canvas = _gradient((112, 118, 122), (92, 98, 104))
    for row in range(3):
        top = 14 + row * 116
        x = 10.0
        while x < 620:
            width, height = rng.uniform(9, 24), rng.uniform(66, 96)
            if rng.random() < 0.14:
                x += rng.uniform(16, 46)
                continue
            hue = rng.uniform(70, 150, 3) * rng.uniform(0.75, 1.1)
            _box(canvas, x, top + 98 - height, x + width, top + 98, (float(hue[0]), float(hue[1]), float(hue[2])))
            x += width + rng.uniform(1, 4)
        _box(canvas, 0, top + 98, 640, top + 110, (128, 148, 166))
    _glow(canvas, 500, 40, 200, (30, 44, 56), 1.0)
    return canvas


def _evening(rng: np.random.Generator) -> Canvas:
    cv2 = opencv()

    canvas = _gradient((58, 40, 32), (40, 28, 24))
    lights = np.zeros_like(canvas)
    for _ in range(26):  # lights out of focus are discs
        x, y, r = rng.uniform(0, 640), rng.uniform(0, 260), rng.uniform(7, 22)
        colour = ((60, 140, 235), (90, 190, 240), (190, 130, 90), (130, 90, 200))[int(rng.integers(4))]
        disc = np.zeros_like(canvas)
        cv2.circle(disc, (int(x), int(y)), int(r), colour, cv2.FILLED, cv2.LINE_AA)
        lights += disc * rng.uniform(0.15, 0.5)
    canvas += lights
    _box(canvas, 0, 300, 640, 360, (34, 30, 34))
    return canvas


def _dark(rng: np.random.Generator) -> Canvas:
    canvas = _gradient((34, 28, 26), (22, 19, 19))
    _glow(canvas, 520, 330, 190, (70, 46, 26), 0.8)
    _box(canvas, 60, 80, 170, 190, (40, 35, 34))
    return canvas


_DAY = Lighting()
BACKDROPS: dict[str, Backdrop] = {
    "room": Backdrop(_room, _DAY, 7.0),
    "wall": Backdrop(_wall, Lighting(key=(-0.45, -0.55, -0.70), sky_rgb=(0.40, 0.41, 0.43)), 3.0),
    "window": Backdrop(_window, Lighting(key=(-0.86, -0.34, -0.38), key_rgb=(0.95, 0.95, 0.93), rim=0.2), 5.0),
    "shelf": Backdrop(_shelf, Lighting(key=(0.50, -0.62, -0.60), key_rgb=(1.0, 0.92, 0.82), rim=0.2), 6.0),
    "evening": Backdrop(
        _evening,
        Lighting(key=(0.45, -0.35, -0.82), key_rgb=(0.82, 0.72, 0.62), sky_rgb=(0.19, 0.20, 0.27), rim=0.3),
        2.0,
    ),
    "dark": Backdrop(
        _dark,
        Lighting((0.35, 0.10, -0.93), (0.20, 0.23, 0.30), (0.05, 0.05, 0.07), (0.06, 0.06, 0.08), 0.3),
        4.0,
    ),
}
"""Background name to its room."""


def backdrop(name: str) -> Backdrop:
    """The room of this name.

    Raises:
        ValueError: there is none; the message names the legal ones.
    """
    if name not in BACKDROPS:
        guess = difflib.get_close_matches(name, BACKDROPS, 1)
        hint = f"; did you mean {guess[0]!r}?" if guess else ""
        raise ValueError(f"background: got {name!r}, wanted one of {', '.join(BACKDROPS)}{hint}")
    return BACKDROPS[name]


def painted(name: str, size: tuple[int, int], seed: int) -> NDArray[np.uint8]:
    """The picture of a room, uint8 (h, w, 3) BGR, without noise.

    Args:
        name: one of `BACKDROPS`.
        size: (width, height), pixels.
        seed: moves the small things about.
    """
    cv2 = opencv()

    room = backdrop(name)
    canvas: Any = room.paint(np.random.default_rng((seed, 77)))
    canvas = cv2.GaussianBlur(canvas, (0, 0), room.blur)
    width, height = size
    scale = max(width / _W, height / _H)
    canvas = cv2.resize(
        canvas, (max(width, round(_W * scale)), max(height, round(_H * scale))), interpolation=cv2.INTER_LINEAR
    )
    x, y = (canvas.shape[1] - width) // 2, (canvas.shape[0] - height) // 2
    canvas = canvas[y : y + height, x : x + width]
    # Lenses darken toward the corners.
    u = np.linspace(-1, 1, width, dtype=np.float32) ** 2
    v = np.linspace(-1, 1, height, dtype=np.float32) ** 2
    canvas = canvas * (1 - 0.10 * (u[None, :] + v[:, None]))[..., None]
    return np.asarray(np.clip(canvas, 0, 255), np.uint8)
