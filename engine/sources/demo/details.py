"""What makes it a hand at second sight: nails, the lines of palm and fingers, wrinkled knuckles.

They also tell palm from back: without them the keypoint model took four open palms in ten for the other hand. Lines
are strings of points on the skin, given in the frames of the bones; a point is drawn where the depth map agrees that it
is in front.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.sources.demo.anatomy import RAYS, THUMB_BONES_M
from handplay.engine.sources.demo.imaging import opencv
from handplay.engine.sources.demo.light import SKINS
from handplay.engine.sources.demo.optics import PlacedHand
from handplay.engine.sources.demo.raster import DepthMap

Bytes = NDArray[np.uint8]

_POINTS = 9
_NAIL_POINTS = 14
_FOREARM_FRAME = 21
_JOINT_RADII_M = ((0.0090, 0.0076), (0.0091, 0.0077), (0.0086, 0.0073), (0.0076, 0.0064))
"""PIP and DIP, index to little finger."""

Anchor = tuple[int, int, Float32]
"""Joint, frame, and float32 (points, 3) offsets, metres."""


def _arc(joint: int, frame: int, y: float, radius: float, half_deg: float, *, palm: bool, bow: float = 0.0) -> Anchor:
    """A line across a finger, on its palm side or on its back."""
    angle = np.radians(np.linspace(-half_deg, half_deg, _POINTS))
    bend = bow * (1 - np.cos(angle)) / max(1e-6, 1 - math.cos(math.radians(half_deg)))
    z = np.cos(angle) * radius * (-1 if palm else 1)
    return joint, frame, np.stack([np.sin(angle) * radius, y + bend, z], 1).astype(np.float32)


def _line(frame: int, z: float, *xy: tuple[float, float]) -> Anchor:
    """A line in the palm through these points (millimetres), evened out."""
    knots = np.array(xy, float) / 1000
    t = np.linspace(0, len(knots) - 1, _POINTS)
    x = np.interp(t, np.arange(len(knots)), knots[:, 0])
    y = np.interp(t, np.arange(len(knots)), knots[:, 1])
    for values in (x, y):
        values[1:-1] = (values[:-2] + 2 * values[1:-1] + values[2:]) / 4
    return 0, frame, np.stack([x, y, np.full(_POINTS, z)], 1).astype(np.float32)


def _lines() -> list[tuple[Anchor, float, float]]:
    """Every line with its strength 0..1 and its breadth in palm lengths."""
    lines: list[tuple[Anchor, float, float]] = []
    for finger, (ray, (pip, dip)) in enumerate(zip(RAYS, _JOINT_RADII_M, strict=True)):
        at = 5 + 4 * finger
        base = -0.53 * ray.bones_m[0]
        lines += [
            (_arc(at, at + 1, base, 1.09 * pip, 55, palm=True), 0.6, 0.013),
            (_arc(at + 1, at + 1, -0.0013, pip, 62, palm=True), 0.5, 0.011),
            (_arc(at + 1, at + 1, 0.0013, pip, 62, palm=True), 0.5, 0.011),
            (_arc(at + 2, at + 2, 0.0, dip, 58, palm=True), 0.5, 0.011),
            (_arc(at + 1, at + 1, -0.0034, pip, 40, palm=False, bow=-0.0017), 0.40, 0.013),
            (_arc(at + 1, at + 1, 0.0, pip, 48, palm=False), 0.40, 0.013),
            (_arc(at + 1, at + 1, 0.0034, pip, 38, palm=False, bow=0.0017), 0.40, 0.013),
            (_arc(at + 2, at + 2, 0.0, dip, 40, palm=False), 0.30, 0.012),
            (_arc(at, at + 1, 0.002, 0.0126, 34, palm=False), 0.26, 0.014),
        ]
    thumb = 0.0097
    lines += [
        (_arc(3, 3, -0.0012, thumb, 55, palm=True), 0.5, 0.013),
        (_arc(3, 3, 0.0014, thumb, 55, palm=True), 0.5, 0.013),
        (_arc(3, 3, -0.0030, thumb, 42, palm=False, bow=-0.0015), 0.34, 0.013),
        (_arc(3, 3, 0.0, thumb, 42, palm=False), 0.34, 0.013),
        (_arc(3, 3, 0.0030, thumb, 42, palm=False, bow=0.0015), 0.34, 0.013),
        (_arc(2, 2, 0.0, 0.0112, 45, palm=True), 0.35, 0.014),
        # The back: tendons, and the fold of the wrist.
        (_line(0, 0.0125, (23, -78), (14, -50), (5, -16)), 0.13, 0.035),
        (_line(0, 0.0130, (3, -80), (2, -50), (1, -16)), 0.13, 0.035),
        (_line(0, 0.0125, (-16, -74), (-9, -48), (-3, -16)), 0.13, 0.035),
        (_line(0, 0.0120, (-32, -64), (-19, -44), (-7, -16)), 0.12, 0.035),
        (_line(0, 0.0155, (-22, 5), (0, 8), (20, 5)), 0.28, 0.016),
        # Life, head, heart and fate.
        (_line(0, -0.0125, (30, -64), (21, -60), (11, -52), (5, -41), (3, -28), (6, -14)), 0.66, 0.014),
        (_line(0, -0.0120, (31, -67), (20, -64), (4, -59), (-12, -52), (-26, -43)), 0.52, 0.012),
        (_line(0, -0.0130, (-42, -64), (-30, -69), (-14, -73), (2, -78), (12, -86)), 0.60, 0.012),
        (_line(0, -0.0120, (2, -70), (0, -50), (-1, -30)), 0.16, 0.012),
    ]
    for y, strength in ((0.0110, 0.55), (0.0155, 0.40)):
        x = np.linspace(-0.0235, 0.0225, _POINTS)
        z = -0.0150 * np.sqrt(np.maximum(0.12, 1 - (x / 0.028) ** 2)) + 0.0005
        lines.append(
            ((0, _FOREARM_FRAME, np.stack([x, np.full(_POINTS, y), z], 1).astype(np.float32)), strength, 0.015)
        )
    return lines


def _nails() -> list[Anchor]:
    """Nails, thumb first, as rings of points on the back of the tip."""
    nails: list[Anchor] = []
    ring = np.linspace(0, 2 * math.pi, _NAIL_POINTS, endpoint=False)
    sizes = (
        (4, THUMB_BONES_M[2], 9.0, 62, 7.2),
        *(
            (8 + 4 * f, RAYS[f].bones_m[2], r, 60, y)
            for f, r, y in ((0, 6.9, 5.6), (1, 7.0, 5.8), (2, 6.7, 5.6), (3, 5.8, 4.8))
        ),
    )
    for joint, _, radius, half_deg, half_mm in sizes:
        # A squircle: straighter sides than an ellipse.
        c, s = np.cos(ring), np.sin(ring)
        angle = np.radians(half_deg) * np.sign(c) * np.abs(c) ** 0.7
        along = half_mm / 1000 * np.sign(s) * np.abs(s) ** 0.8
        y = 0.0034 + along
        r = radius / 1000 * (1 - np.clip(-y - 0.001, 0, 1) * 40)
        points = np.stack([np.sin(angle) * r, y, np.cos(angle) * r], 1)
        nails.append((joint, joint, points.astype(np.float32)))
    return nails


_LINES = _lines()
_NAILS = _nails()
_LINE_JOINT = np.array([anchor[0] for anchor, _, _ in _LINES])
_LINE_FRAME = np.array([anchor[1] for anchor, _, _ in _LINES])
_LINE_OFFSET = np.stack([anchor[2] for anchor, _, _ in _LINES])
_LINE_SIDE = np.sign(_LINE_OFFSET[:, _POINTS // 2, 2]).astype(np.float32)
# How far a line may lie from the surface, palm lengths: the ball of the thumb rises above the palm's plane.
_LINE_SLACK = np.where((_LINE_JOINT == 0) & (_LINE_FRAME == 0), 0.13, 0.075).astype(np.float32)[:, None]
_NAIL_JOINT = np.array([anchor[0] for anchor in _NAILS])
_NAIL_OFFSET = np.stack([anchor[2] for anchor in _NAILS])
_SHIFT = 4


def add_details(
    colour: Bytes, surface: DepthMap, hand: PlacedHand, window: tuple[float, float, float, float], unit_px: float
) -> Bytes:
    """Draws nails and lines into a shaded hand.

    Args:
        colour: uint8 (h, w, 3) BGR, changed in place.
        surface: its depth map.
        hand: the hand.
        window: x0, y0 of the map in the image, and its scale in x and y.
        unit_px: pixels of a palm length in the map.

    Returns:
        The same picture.
    """
    cv2 = opencv()

    frames = np.concatenate([hand.joints.frames, hand.joints.forearm[None]])
    ink = np.zeros(colour.shape[:2], np.uint8)
    points = hand.joints.points[_LINE_JOINT][:, None] + np.einsum("nij,nkj->nki", frames[_LINE_FRAME], _LINE_OFFSET)
    outward = np.einsum("ni,ni->n", frames[_LINE_FRAME][:, :, 2] * _LINE_SIDE[:, None], points.mean(axis=1))
    xy, seen = _visible(points, surface, hand, window, _LINE_SLACK * np.float32(unit_px))
    seen &= (outward < 0)[:, None]
    fixed = np.round(xy * (1 << _SHIFT)).astype(np.int32)
    for number in np.flatnonzero(seen.sum(axis=1) >= 2).tolist():
        _, strength, breadth = _LINES[number]
        for start, end in _runs(seen[number]):
            thickness = max(1, round(breadth * unit_px))
            cv2.polylines(ink, [fixed[number, start:end]], False, int(strength * 255), thickness, cv2.LINE_AA, _SHIFT)
    ink = cv2.GaussianBlur(ink, (3, 3), 0.8)
    # Lines absorb blue and green first.
    factor = cv2.merge([cv2.convertScaleAbs(ink, alpha=-a, beta=255) for a in (0.46, 0.42, 0.30)])
    cv2.multiply(colour, factor, dst=colour, scale=1 / 255)

    points = hand.joints.points[_NAIL_JOINT][:, None] + np.einsum("nij,nkj->nki", frames[_NAIL_JOINT], _NAIL_OFFSET)
    outward = np.einsum("ni,ni->n", frames[_NAIL_JOINT][:, :, 2], points.mean(axis=1))
    xy, seen = _visible(points, surface, hand, window, 0.085 * unit_px)
    nail = SKINS[hand.view.skin % len(SKINS)].nail
    for number in range(len(_NAILS)):
        if outward[number] < 0 and seen[number].sum() >= 5:
            _paint_nail(colour, xy[number][seen[number]], nail)
    return colour


def _visible(
    points: Float32,
    surface: DepthMap,
    hand: PlacedHand,
    window: tuple[float, float, float, float],
    slack_px: float | Float32,
) -> tuple[Float32, NDArray[np.bool_]]:
    """Window pixels float32 (n, k, 2) of camera points (n, k, 3), and which of them are in front."""
    x0, y0, sx, sy = window
    z = np.maximum(points[..., 2], 0.05)
    width, height = hand.size
    scale = hand.focal_px / z
    x = (points[..., 0] * scale + width / 2 - x0) * sx
    y = (points[..., 1] * scale + height / 2 - y0) * sy
    depth_scale = hand.focal_px / max(0.05, hand.z_m) * (sx + sy) / 2
    depth = (points[..., 2] - hand.z_m) * depth_scale
    h, w = surface.depth.shape
    column, row = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    inside = (column >= 0) & (column < w) & (row >= 0) & (row < h)
    behind = surface.depth[np.clip(row, 0, h - 1), np.clip(column, 0, w - 1)]
    seen = inside & (np.abs(depth - behind) < slack_px)
    return np.stack([x - 0.5, y - 0.5], -1).astype(np.float32), seen


def _runs(seen: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches of at least two neighbours that are seen: (start, end)."""
    if seen.all():
        return [(0, len(seen))]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(np.int8), [0]])))
    return [(a, b) for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True) if b - a >= 2]


def _paint_nail(colour: Bytes, xy: Float32, nail: tuple[int, int, int]) -> None:
    """Blends a nail into the picture: paler than the skin, keeping its light, with a soft shine."""
    cv2 = opencv()

    h, w = colour.shape[:2]
    x0, y0 = np.maximum(np.floor(xy.min(axis=0)).astype(int) - 2, 0).tolist()
    x1, y1 = np.minimum(np.ceil(xy.max(axis=0)).astype(int) + 3, (w, h)).tolist()
    if x1 - x0 < 3 or y1 - y0 < 3:
        return
    box = colour[y0:y1, x0:x1]
    mask = np.zeros(box.shape[:2], np.uint8)
    corners = np.round((xy - (x0, y0)) * (1 << _SHIFT)).astype(np.int32)
    cv2.fillPoly(mask, [corners], 255, cv2.LINE_AA, _SHIFT)
    soft = cv2.GaussianBlur(mask, (3, 3), 0.6)
    light = cv2.cvtColor(box, cv2.COLOR_BGR2GRAY).astype(np.float32)
    tone = np.array(nail[::-1], np.float32)
    grey = float(tone @ (0.114, 0.587, 0.299))
    paint = light[..., None] * (tone / grey) * 1.16 + 12
    alpha = (soft.astype(np.float32) / 255 * 0.62)[..., None]
    rim = cv2.subtract(cv2.dilate(mask, np.ones((3, 3), np.uint8)), mask)
    dark = 1 - rim.astype(np.float32)[..., None] / 255 * 0.16
    box[:] = np.clip((box * (1 - alpha) + paint * alpha) * dark, 0, 255).astype(np.uint8)
