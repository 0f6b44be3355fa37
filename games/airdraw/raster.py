"""Strokes into pixels with OpenCV: antialiased, at sub-pixel places, into layers of premultiplied BGRA.

In premultiplied form, filling with (b, g, r, 255) lays opaque ink over what is there and filling with zeros erases it,
edges included; so pens and erasers go straight into the layer. Translucent ink and stickers with holes go through a
mask of their own, so that a line does not darken itself where it crosses itself.
"""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.bezier import flatten
from handplay.games.airdraw.paths import Path, paths_of
from handplay.games.airdraw.ribbons import Ribbon, ribbon
from handplay.games.airdraw.strokes import Rgb, Stroke
from handplay.games.airdraw.tools import ToolSpec
from handplay.games.airdraw.view import Box, SizePx, View

Pixels = NDArray[np.uint8]
RectPx = tuple[int, int, int, int]
"""x, y, width, height in pixels."""

_SHIFT = 4
_SUB = 1 << _SHIFT
_EDGE_PX = 0.62
"""OpenCV's antialiased fill reaches so much beyond a polygon's edge (measured by area, discs of 2 to 10 px)."""

_FLAT_PX = 0.2
"""How far a drawn polyline may be from its curve, pixels of the array; at twice the window's, a tenth of one there."""

_FLAT_SHARE = 0.01
"""The same as a share of half the line's width: a thick line need not be as exact."""


_BLOCK = 128
"""Ink is blended in blocks of so many pixels: those that it does not touch cost nothing."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plane lies on an array of pixels: pixel = plane * scale - (left, top)."""

    scale: float
    left: float
    top: float

    @classmethod
    def of(cls, view: View, size_px: SizePx) -> Frame:
        """The frame of a whole window, at whole pixels, so that a drawing that is pushed about stays as sharp."""
        s = view.scale(size_px)
        return cls(s, round(view.centre[0] * s - size_px[0] / 2), round(view.centre[1] * s - size_px[1] / 2))

    def finer(self, times: int) -> Frame:
        """The frame of an array with so many pixels for each, along x and along y."""
        return Frame(self.scale * times, self.left * times, self.top * times)

    def moved(self, x: int, y: int) -> Frame:
        """The frame of the part of the array that begins at pixel (x, y)."""
        return Frame(self.scale, self.left + x, self.top + y)

    def px(self, points: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Plane (N, 2) to OpenCV's pixels, whose whole numbers are the middles of pixels."""
        moved: NDArray[np.float64] = points * self.scale - (self.left + 0.5, self.top + 0.5)
        return moved

    def rect(self, box: Box, size_px: SizePx) -> RectPx:
        """The pixels that a box of the plane may touch, within the array; width or height 0 if none."""
        x0 = max(0, int(np.floor(box[0] * self.scale - self.left)) - 2)
        y0 = max(0, int(np.floor(box[1] * self.scale - self.top)) - 2)
        x1 = min(size_px[0], int(np.ceil(box[2] * self.scale - self.left)) + 2)
        y1 = min(size_px[1], int(np.ceil(box[3] * self.scale - self.top)) + 2)
        return x0, y0, max(0, x1 - x0), max(0, y1 - y0)


def draw_stroke(layer: Pixels, stroke: Stroke, frame: Frame) -> None:
    """Lays a stroke onto a layer.

    Args:
        layer: uint8 (H, W, 4), premultiplied BGRA, changed in place.
        stroke: what to draw.
        frame: where the plane lies on the layer.
    """
    x, y, w, h = frame.rect(stroke.box, (layer.shape[1], layer.shape[0]))
    if w == 0 or h == 0:
        return
    part, inner = layer[y : y + h, x : x + w], frame.moved(x, y)
    masked = stroke.spec.blend == "multiply" or stroke.tool == "sticker" or bool(stroke.rings)
    target = np.zeros((h, w), np.uint8) if masked else part
    value = (255, 255, 255, 255) if masked else ink(stroke.spec, stroke.colour)
    if stroke.spec.gesture in ("tap", "place"):
        fill_paths(target, paths_of(stroke), inner, value)
    else:
        for band in ribbons_of(stroke, _octave(inner.scale)):
            _fill_line(target, inner, value, band)
    if masked:
        blend(part, target, stroke.spec, stroke.colour)


@functools.lru_cache(maxsize=30_000)
def ribbons_of(stroke: Stroke, octave: int) -> tuple[Ribbon, ...]:
    """The lines of a stroke, cut for scales of up to 2 ** octave pixels per canvas height.

    Half of the work of drawing a stroke; kept, because pushing and zooming draw the same strokes again.
    """
    return tuple(_cut(path, 2.0**octave) for path in paths_of(stroke))


def _octave(scale: float) -> int:
    return math.ceil(math.log2(scale))


def ink(spec: ToolSpec, colour: Rgb) -> tuple[int, int, int, int]:
    """What to fill a premultiplied layer with."""
    return (0, 0, 0, 0) if spec.blend == "erase" else (colour[2], colour[1], colour[0], 255)


def fill_paths(target: Pixels, paths: tuple[Path, ...], frame: Frame, value: tuple[int, int, int, int]) -> None:
    """Fills paths: lines as ribbons, outlines as areas (holes, which run the other way round, with zeros)."""
    areas = [path for path in paths if path.filled]
    for path in paths:
        if not path.filled:
            _fill_line(target, frame, value, _cut(path, frame.scale))
    if areas:
        _fill_areas(target, areas, frame, value)


def _fill_line(target: Pixels, frame: Frame, value: tuple[int, int, int, int], band: Ribbon) -> None:
    half = band.half * frame.scale
    thinnest = float(half.max())
    half = np.maximum(half - _EDGE_PX, 0.05)
    if thinnest < _EDGE_PX + 0.05:
        # Thinner than a pixel: paler instead.
        share = max(0.08, thinnest / (_EDGE_PX + 0.05))
        value = tuple(round(v * share) for v in value)  # type: ignore[assignment] # four stay four
    centre = frame.px(band.centre)
    offset = band.normal * half
    left, right = _fixed(centre + offset), _fixed(centre - offset)
    for a, b in itertools.pairwise(band.cuts):
        polygon = np.concatenate([left[a:b], right[a:b][::-1]])
        if b - a == 2:
            cv2.fillConvexPoly(target, polygon, value, cv2.LINE_AA, _SHIFT)
        else:
            cv2.fillPoly(target, [polygon], value, cv2.LINE_AA, _SHIFT)
    radii = _fixed(half[band.discs, 0]).tolist()
    for place, radius in zip(_fixed(centre[band.discs]).tolist(), radii, strict=True):
        cv2.circle(target, place, radius, value, -1, cv2.LINE_AA, _SHIFT)


def _cut(path: Path, scale: float) -> Ribbon:
    if len(path.curves) == 0:
        return ribbon(np.array([path.start]), path.widths[:1] / 2, 0.0)
    most = float(path.widths.max())
    points, where = flatten(path.curves, max(_FLAT_PX / scale, _FLAT_SHARE * most / 2))
    if path.widths.min() == most:
        half = np.full(len(points), most / 2)
    else:
        half = np.interp(where, np.arange(len(path.widths)), path.widths) / 2
    return ribbon(points, half, 0.3 / scale)


def _fill_areas(target: Pixels, areas: list[Path], frame: Frame, value: tuple[int, int, int, int]) -> None:
    rings = [_shrunk(frame.px(flatten(path.curves, _FLAT_PX / frame.scale)[0][:-1])) for path in areas]
    solid = [_area(ring) > 0 for ring in rings]
    if all(solid) and len(rings) > 1:
        for ring in rings:
            cv2.fillPoly(target, [_fixed(ring)], value, cv2.LINE_AA, _SHIFT)
        return
    if len(rings) == 1:
        cv2.fillPoly(target, [_fixed(rings[0])], value, cv2.LINE_AA, _SHIFT)
        return
    for ring, is_ink in zip(rings, solid, strict=True):
        cv2.fillPoly(target, [_fixed(ring)], value if is_ink else (0, 0, 0, 0), cv2.LINE_AA, _SHIFT)


def blend(layer: Pixels, cover: Pixels, spec: ToolSpec, colour: Rgb) -> None:
    """Lays ink onto a layer where a mask tells, changed in place.

    "over" is source-over; "multiply" is the separable blend of the W3C's compositing, on the ink of the layer alone.

    Args:
        layer: uint8 (H, W, 4), premultiplied BGRA.
        cover: uint8 (H, W), the share of each pixel.
        spec: how the tool lays ink.
        colour: its ink.
    """
    for y in range(0, cover.shape[0], _BLOCK):
        for x in range(0, cover.shape[1], _BLOCK):
            part = slice(y, y + _BLOCK), slice(x, x + _BLOCK)
            # Lines cover little of their box.
            if cover[part].any():
                _blend_block(layer[part], cover[part], spec, colour)


def _blend_block(layer: Pixels, cover: Pixels, spec: ToolSpec, colour: Rgb) -> None:
    """Only the pixels that are touched are worked on, each read and written as one number of 32 bits."""
    touched = cover > 0
    words = layer.view(np.uint32)[..., 0]
    under = words[touched].view(np.uint8).reshape(-1, 4).astype(np.float32)
    alpha = cover[touched].astype(np.float32)[:, None]
    alpha *= spec.opacity / 255
    if spec.blend == "erase":
        under *= 1 - alpha
        result = under
    else:
        source = np.array([colour[2], colour[1], colour[0], 255], np.float32) * alpha
        result = under * (1 - alpha)
        result += source
        if spec.blend == "multiply":
            # co = cs (1 - ab) + cb (1 - as) + cs cb: beyond source-over, cs (cb - ab), which is 0 for the alpha.
            under -= under[:, 3:].copy()
            under *= source
            under *= 1 / 255
            result += under
    result += 0.5
    words[touched] = np.clip(result, 0, 255, out=result).astype(np.uint8).view(np.uint32)[:, 0]


def _fixed(values: NDArray[np.floating[Any]]) -> NDArray[np.int32]:
    fixed: NDArray[np.int32] = np.round(values * _SUB).astype(np.int32)
    return fixed


def _area(ring: NDArray[np.float64]) -> float:
    x, y = ring.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2


def _shrunk(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """A ring drawn in by what OpenCV's edge adds."""
    if len(ring) < 3:
        return ring
    step = np.roll(ring, -1, axis=0) - ring
    step /= np.maximum(np.hypot(*step.T), 1e-9)[:, None]
    side = np.column_stack([-step[:, 1], step[:, 0]])
    corner = side + np.roll(side, 1, axis=0)
    size = np.maximum((corner * corner).sum(axis=1), 1.0)
    inward = 2 * corner / size[:, None] * _EDGE_PX
    drawn_in: NDArray[np.float64] = ring + inward * np.sign(_area(ring))
    return drawn_in
