"""What the tracker saw, drawn into a picture: palm boxes, squares, skeletons, side, fingers, gestures.

Everything is sized from the hand and from the picture, so that it reads the same at 160x120 and at 4K.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.hands import BONES, FINGER_LANDMARKS, FINGERS, Hand, HandFrame
from handplay.engine.sources.base import Image
from handplay.gestures.reading import FingerState, HandReading

Bgr = tuple[int, int, int]
_Box = tuple[int, int, int, int]
"""x0, y0, x1, y1."""

_SHIFT = 4
"""Fractional bits of OpenCV's drawing coordinates: joints do not jump from pixel to pixel."""
_FARTHEST_PX = 1 << 18
"""Coordinates beyond are cut: OpenCV counts in 32 bits, the fraction included."""
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_FONT_HEIGHT_PX = 22.0
"""Height of a capital at scale 1."""


@dataclass(frozen=True, slots=True)
class OverlayStyle:
    """Colours (BGR) and proportions.

    Attributes:
        left, right: the skeleton of a left and of a right hand.
        ink: outlines and label background.
        text, quiet: label text, and what matters less.
        palm: box of the palm detector.
        gesture: name of a gesture.
        bone: radius of a bone at the palm, palm lengths.
        depth: how much nearer joints are larger and brighter, per palm length of published z.
        label: height of the label's text, share of the picture's shorter side.
    """

    left: Bgr = (208, 224, 60)  # #3CE0D0
    right: Bgr = (107, 122, 255)  # #FF7A6B
    ink: Bgr = (26, 15, 11)  # #0B0F1A
    text: Bgr = (255, 245, 242)  # #F2F5FF
    quiet: Bgr = (208, 180, 169)  # #A9B4D0
    palm: Bgr = (208, 180, 169)  # #A9B4D0
    gesture: Bgr = (87, 200, 255)  # #FFC857
    bone: float = 0.03
    depth: float = 0.8
    label: float = 0.024

    def __post_init__(self) -> None:
        if not (self.bone > 0 and self.label > 0 and self.depth >= 0):
            raise ValueError(f"bone {self.bone} and label {self.label} must be above 0, depth {self.depth} at least 0")


def draw_overlay(
    image: Image, hands: HandFrame, readings: Iterable[HandReading] = (), style: OverlayStyle | None = None
) -> None:
    """Draws one frame's hands into its picture, in place.

    Args:
        image: uint8 (height, width, 3), BGR, writable and C-contiguous: the picture that `hands` came from.
        hands: what the tracker gave.
        readings: what the recognizer gave, in any order; a hand without a reading has no finger marks.
        style: colours and proportions.
    """
    style = style or OverlayStyle()
    by_id = {reading.hand_id: reading for reading in readings}
    line = max(1, round(min(image.shape[:2]) / 360))
    for palm in hands.palms:
        _draw_box(image, palm.box, style.palm, line)
    drawable = [hand for hand in hands if np.isfinite(hand.landmarks_px).all()]
    for hand in drawable:
        if hand.roi is not None:
            _draw_roi(image, hand.roi, _colour(hand, style), line)
    for hand in drawable:
        _draw_skeleton(image, hand, style)
    plates: list[_Box] = []
    for hand in drawable:
        _draw_label(image, hand, by_id.get(hand.hand_id), style, plates)


def _colour(hand: Hand, style: OverlayStyle) -> Bgr:
    return style.left if hand.handedness == "Left" else style.right


def _shade(colour: Bgr, light: float) -> Bgr:
    """Darker below 1, toward white above."""
    if light <= 1:
        return tuple(round(c * light) for c in colour)  # type: ignore[return-value]  # three in, three out
    return tuple(round(c + (255 - c) * (light - 1)) for c in colour)  # type: ignore[return-value]  # as above


def _fixed(xy: Float32) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    """Pixels to OpenCV's fixed-point numbers."""
    return np.asarray(np.clip(np.round(xy * (1 << _SHIFT)), -_FARTHEST_PX, _FARTHEST_PX), np.int32)


# --- palm box and square ---


def _draw_box(image: Image, box: tuple[float, float, float, float], colour: Bgr, line: int) -> None:
    """Four corners of the palm detector's box: there, and not in the way of the hand."""
    if not np.isfinite(box).all():
        return
    x0, y0, x1, y1 = box
    dx, dy = (x1 - x0) / 4, (y1 - y0) / 4
    for x, sx in ((x0, dx), (x1, -dx)):
        for y, sy in ((y0, dy), (y1, -dy)):
            corner = _fixed(np.array([[x + sx, y], [x, y], [x, y + sy]], np.float32))
            cv2.polylines(image, [corner], False, colour, line, cv2.LINE_AA, _SHIFT)


def _draw_roi(image: Image, roi: Roi, colour: Bgr, line: int) -> None:
    """The turned square, with a tick on the side that the model takes as up."""
    corners = roi.corners()
    if not np.isfinite(corners).all():
        return
    soft = _shade(colour, 0.75)
    cv2.polylines(image, [_fixed(corners)], True, soft, line, cv2.LINE_AA, _SHIFT)
    top = (corners[0] + corners[1]) / 2
    inward = (corners[3] - corners[0]) / 24
    cv2.polylines(image, [_fixed(np.stack([top, top + inward]))], False, soft, line * 2, cv2.LINE_AA, _SHIFT)


# --- skeleton ---


def _draw_skeleton(image: Image, hand: Hand, style: OverlayStyle) -> None:
    """Tapered bones from far to near, each on a dark edge; soft lights on the fingertips."""
    colour, xy = _colour(hand, style), hand.landmarks_px[:, :2]
    size = max(_hand_size(hand.landmarks_px), 1.0)
    nearness = np.clip(-hand.landmarks_px[:, 2] / size * style.depth, -0.45, 0.45)
    radius = np.maximum(size * style.bone * (1 + nearness) * _TAPER, 0.6)
    edge = max(0.7, size * style.bone * 0.3)
    for chain in _chains(nearness):
        for start, end in chain:
            _draw_bone(image, xy[start], xy[end], radius[start] + edge, radius[end] + edge, style.ink)
        for start, end in chain:
            light = 1 + float(nearness[start] + nearness[end]) / 2
            _draw_bone(image, xy[start], xy[end], radius[start], radius[end], _shade(colour, light))
    for name in FINGERS:
        tip = FINGER_LANDMARKS[name][-1]
        _dot(image, xy[tip], radius[tip] * 2.0 + edge, style.ink)
        _dot(image, xy[tip], radius[tip] * 2.0, _shade(colour, 1.1 + max(0.0, float(nearness[tip]))))
        _dot(image, xy[tip], radius[tip] * 0.9, _shade(colour, 1.8))


def _chains(nearness: Float32) -> list[list[tuple[int, int]]]:
    """The palm's edges and the five fingers, the farthest first: a thumb in front of the palm lies on it."""
    finger_of = {joint: name for name in FINGERS for joint in FINGER_LANDMARKS[name]}
    chains: dict[str, list[tuple[int, int]]] = {"palm": []}
    for start, end in BONES:
        name = finger_of[end] if finger_of.get(start) == finger_of[end] else "palm"
        chains.setdefault(name, []).append((start, end))
    return sorted(chains.values(), key=lambda chain: float(np.mean([nearness[end] for _, end in chain])))


_TAPER = np.array([1.3, *[1.25, 1.05, 0.9, 0.75] * 5], np.float32)
"""Radius of each joint in bone radii: the wrist thickest, each finger thinner outward."""


def _hand_size(landmarks_px: Float32) -> float:
    """Length of the palm, also when it is seen from the tip: the longest of wrist to the MCPs and across the MCPs."""
    xy = landmarks_px[:, :2]
    spans = [xy[5] - xy[0], xy[9] - xy[0], xy[17] - xy[0], (xy[17] - xy[5]) * 1.4]
    return max(math.hypot(float(x), float(y)) for x, y in spans)


def _draw_bone(image: Image, a: Float32, b: Float32, ra: float, rb: float, colour: Bgr) -> None:
    """A round-ended bone of two radii."""
    _dot(image, a, ra, colour)
    _dot(image, b, rb, colour)
    along = b - a
    length = float(np.hypot(along[0], along[1]))
    if length < 1e-3:
        return
    side = np.array([-along[1], along[0]], np.float32) / length
    outline = np.stack([a + side * ra, b + side * rb, b - side * rb, a - side * ra])
    cv2.fillConvexPoly(image, _fixed(outline), colour, cv2.LINE_AA, _SHIFT)


def _dot(image: Image, centre: Float32, radius: float, colour: Bgr) -> None:
    at = _fixed(centre)
    fixed_radius = min(round(float(radius) * (1 << _SHIFT)), _FARTHEST_PX)
    cv2.circle(image, (int(at[0]), int(at[1])), fixed_radius, colour, cv2.FILLED, cv2.LINE_AA, _SHIFT)


# --- label ---


def _draw_label(image: Image, hand: Hand, reading: HandReading | None, style: OverlayStyle, plates: list[_Box]) -> None:
    """A dark plate by the hand: side, id, five finger marks, gestures. Shrunk and moved until it fits."""
    height, width = image.shape[:2]
    title = f"{hand.handedness} {hand.hand_id}"
    names = "  ".join(reading.gestures).replace("_", " ") if reading else ""
    cap = max(7.0, min(height, width) * style.label)
    cap *= min(1.0, width * 0.96 / _label_width(title, names, cap, marks=reading is not None))
    plate_w = min(width, math.ceil(_label_width(title, names, cap, marks=reading is not None)))
    x, y, x1, y1 = _place(hand.landmarks_px, plate_w, round(cap * 2.2), (width, height), plates)
    plates.append((x, y, x1, y1))
    _plate(image, x, y, x1 - x, y1 - y, style.ink)

    pen, base = x + cap * 0.9, (y + y1 + cap) / 2
    pen += _text(image, title, pen, base, cap, _colour(hand, style)) + cap * 0.8
    if reading:
        for state in reading.fingers:
            _finger_mark(image, pen, base, cap, state, style)
            pen += cap * 0.62
        pen += cap * 0.4
    if names:
        _text(image, names, pen, base, cap, style.gesture)


def _place(landmarks_px: Float32, plate_w: int, plate_h: int, size: tuple[int, int], taken: list[_Box]) -> _Box:
    """Below the hand, else above it, else wherever a free row is nearest to that; always inside the picture."""
    width, height = size
    (left, top), (right, bottom) = landmarks_px[:, :2].min(0), landmarks_px[:, :2].max(0)
    gap = plate_h * 0.7
    x = max(0, min(round(float(left + right) / 2 - plate_w / 2), width - plate_w))
    below, above = round(float(bottom) + gap), round(float(top) - gap) - plate_h
    first = below if below + plate_h <= height or above < 0 else above
    first = max(0, min(first, height - plate_h))
    step = plate_h + 2
    rows = [first, *(first + sign * n * step for n in range(1, height // step + 1) for sign in (-1, 1))]
    for y in rows:
        box = (x, y, x + plate_w, y + plate_h)
        if 0 <= y <= height - plate_h and not any(_touch(box, other) for other in taken):
            return box
    return x, first, x + plate_w, first + plate_h


def _touch(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _label_width(title: str, names: str, cap: float, *, marks: bool) -> float:
    width = cap * 1.8 + _text_width(title, cap)
    if marks:
        width += cap * (0.8 + 0.62 * 5 - 0.2)
    if names:
        width += cap * 0.6 + _text_width(names, cap)
    return width


def _finger_mark(image: Image, x: float, base: float, cap: float, state: FingerState, style: OverlayStyle) -> None:
    """A finger as a bar: full height, half height, a stump; a hollow bar if it is not known."""
    w, lift = cap * 0.34, {"extended": 1.25, "half": 0.75, "curled": 0.3, "unknown": 1.25}[state] * cap
    bottom = base + cap * 0.12
    corners = np.array([[x, bottom], [x, bottom - lift], [x + w, bottom - lift], [x + w, bottom]], np.float32)
    if state == "unknown":
        cv2.polylines(image, [_fixed(corners)], True, style.quiet, 1, cv2.LINE_AA, _SHIFT)
    else:
        colour = style.text if state == "extended" else style.quiet
        cv2.fillConvexPoly(image, _fixed(corners), colour, cv2.LINE_AA, _SHIFT)


def _plate(image: Image, x: int, y: int, width: int, height: int, colour: Bgr) -> None:
    """A see-through dark rectangle with round corners."""
    patch = image[y : y + height, x : x + width]
    if not patch.size:
        return
    radius = height // 3
    mask = np.zeros(patch.shape[:2], np.uint8)
    h, w = mask.shape
    cv2.rectangle(mask, (radius, 0), (w - 1 - radius, h - 1), (255,), cv2.FILLED)
    cv2.rectangle(mask, (0, radius), (w - 1, h - 1 - radius), (255,), cv2.FILLED)
    for cx in (radius, w - 1 - radius):
        for cy in (radius, h - 1 - radius):
            cv2.circle(mask, (cx, cy), radius, (255,), cv2.FILLED, cv2.LINE_AA)
    alpha = (mask.astype(np.float32) * (0.82 / 255))[..., None]
    patch[:] = (patch * (1 - alpha) + np.array(colour, np.float32) * alpha + 0.5).astype(np.uint8)


def _text(image: Image, text: str, x: float, base: float, cap: float, colour: Bgr) -> float:
    """Writes and returns the width."""
    scale, thickness = cap / _FONT_HEIGHT_PX, max(1, round(cap / 9))
    cv2.putText(image, text, (round(x), round(base)), _FONT, scale, colour, thickness, cv2.LINE_AA)
    return _text_width(text, cap)


def _text_width(text: str, cap: float) -> float:
    (width, _), _ = cv2.getTextSize(text, _FONT, cap / _FONT_HEIGHT_PX, max(1, round(cap / 9)))
    return float(width)
