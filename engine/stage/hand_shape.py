"""Draws one hand as light: tapered bones, nearer ones brighter and thicker, fingertips as soft lights, the pinch ring.

The bones are drawn at two to four times their size into a picture of their own, shrunk and added to the canvas: soft
edges at the price of a blit. Light vanishes on white paper: there the same hand is painted over what lies below.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pygame

from handplay.engine.coordinates import Float32
from handplay.engine.hands import FINGER_LANDMARKS, INDEX_MCP, INDEX_TIP, MIDDLE_MCP, PINKY_MCP, THUMB_TIP, WRIST
from handplay.engine.stage.motion import ease_in_out
from handplay.engine.stage.theme import Colour, mix

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas

Segment = tuple[int, int]

_PALM_OUTLINE = (0, 1, 2, 5, 9, 13, 17)
_PALM_BONES: tuple[Segment, ...] = ((0, 1), (0, 5), (0, 9), (0, 13), (0, 17), (5, 9), (9, 13), (13, 17), (2, 5))
_FINGER_BONES: tuple[Segment, ...] = tuple((a, b) for chain in FINGER_LANDMARKS.values() for a, b in pairwise(chain))
_TIPS = tuple(chain[-1] for chain in FINGER_LANDMARKS.values())

# Radii in palm lengths: a finger is about a fifth of a palm wide and narrows toward its tip.
_RADIUS = np.array(
    [0.10, *(0.085, 0.08, 0.07, 0.055), *(0.08, 0.07, 0.06, 0.05) * 3, *(0.07, 0.06, 0.052, 0.044)], np.float32
)
_PALM_BONE_SHARE = 0.55
_NEAR_SWELL = 0.35
_DEPTH_PALMS = 0.5  # a joint this many palm lengths nearer than the wrist counts as near

_SUPERSAMPLE_LIMIT_PX = 480_000  # larger hands are drawn with less supersampling: their edges are softer by themselves

PINCH_SHOWS = 0.25
"""Below this pinch strength no ring shows."""


@dataclass(frozen=True, slots=True)
class HandLook:
    """How one hand is drawn.

    Attributes:
        colour: its light.
        alpha: 0..1, the whole hand.
        pinch: 0..1, how closed the ring is.
        held: 0..1, how far the ring has turned to gold.
        tips: strength of the fingertip lights.
        ring: draws the pinch ring.
        painted: covers what lies below instead of adding light to it: for light grounds.
    """

    colour: Colour
    alpha: float = 1.0
    pinch: float = 0.0
    held: float = 0.0
    tips: float = 1.0
    ring: bool = True
    painted: bool = False


class HandPainter:
    """Draws hands; keeps the picture it draws them in."""

    def __init__(self) -> None:
        self._scratch: dict[tuple[str, bool], pygame.Surface] = {}

    def draw(self, canvas: Canvas, points: Float32, look: HandLook) -> None:
        """Draws a hand.

        Args:
            canvas: where to.
            points: float32 (21, 3); x and y design units, z in the same scale, negative toward the viewer.
            look: how.
        """
        if look.alpha <= 0.01:
            return
        palm = palm_length(points)
        if palm * canvas.scale < 2:
            return
        near = np.clip((points[WRIST, 2] - points[:, 2]) / (palm * _DEPTH_PALMS), -1.0, 1.0)
        centre = points[[0, 5, 9, 13, 17], :2].mean(axis=0)
        middle = (float(centre[0]), float(centre[1]))
        if not look.painted:
            canvas.glow(middle, palm * 1.7, look.colour, 0.16 * look.alpha)
        self._draw_bones(canvas, points, near, palm, look)
        for tip in _TIPS:
            self._draw_tip(canvas, points[tip], middle, float(near[tip]), palm, look)
        if look.ring:
            _draw_ring(canvas, points, palm, look)

    def _draw_tip(
        self, canvas: Canvas, point: Float32, middle: tuple[float, float], near: float, palm: float, look: HandLook
    ) -> None:
        place = (float(point[0]), float(point[1]))
        swell = 1 + _NEAR_SWELL * near
        # A tip that is bent into the palm shines less: five lights on one spot would burn a hole into the hand.
        reach = math.hypot(place[0] - middle[0], place[1] - middle[1]) / palm
        bright = look.alpha * look.tips * (0.75 + 0.25 * near) * ease_in_out(0.15 + 0.95 * (reach - 0.45))
        if look.painted:
            canvas.disc(place, palm * 0.05 * swell, canvas.theme.text, alpha=0.9 * bright)
            return
        canvas.glow(place, palm * 0.30 * swell, look.colour, 0.8 * bright)
        canvas.glow(place, palm * 0.11 * swell, canvas.theme.text, 0.9 * bright)

    def _draw_bones(self, canvas: Canvas, points: Float32, near: Float32, palm: float, look: HandLook) -> None:
        scale = canvas.scale
        radius = np.maximum(_RADIUS * palm * (1 + _NEAR_SWELL * near) * scale, 0.75)
        pixels = np.array([canvas.to_px((float(x), float(y))) for x, y in points[:, :2]], np.float32)
        pad = float(radius.max()) + 2
        left, top = np.floor(pixels.min(axis=0) - pad)
        right, bottom = np.ceil(pixels.max(axis=0) + pad)
        # Only what the window shows: a hand right before the camera costs no more than the window.
        limits = canvas.surface.get_size()
        left, top = max(left, 0.0), max(top, 0.0)
        width, height = int(min(right, limits[0]) - left), int(min(bottom, limits[1]) - top)
        if width <= 0 or height <= 0:
            return
        factor = int(min(4.0, max(1.0, math.sqrt(_SUPERSAMPLE_LIMIT_PX / (width * height)))))
        large = self._part("large", (width * factor, height * factor), look.painted)
        large.fill((*look.colour, 0) if look.painted else (0, 0, 0))
        at = (pixels - np.array([left, top], np.float32)) * factor
        radius *= factor
        # Painted bones are opaque while they overlap; the whole hand is then as clear as it is asked to be.
        alpha = 1.0 if look.painted else look.alpha
        tones = _PAINTED if look.painted else _LIT
        _paint_bones(large, at, radius, near, mix((0, 0, 0), look.colour, alpha), tones, alpha)
        small = large
        if factor > 1:
            small = self._part("small", (width, height), look.painted)
            pygame.transform.smoothscale(large, (width, height), small)
        place, part = (int(left), int(top)), (0, 0, width, height)
        if look.painted:
            small.set_alpha(round(255 * min(1.0, look.alpha)))
            canvas.surface.blit(small, place, part)
        else:
            canvas.surface.blit(small, place, part, special_flags=pygame.BLEND_RGB_ADD)

    def _part(self, name: str, size: tuple[int, int], clear: bool) -> pygame.Surface:
        """A piece of a picture that is kept, at least as large as asked for."""
        kept = self._scratch.get((name, clear))
        if kept is None or kept.get_width() < size[0] or kept.get_height() < size[1]:
            # Grown in steps, so that a hand that comes nearer does not ask for a new picture every time.
            wanted = (size[0] // 128 * 128 + 128, size[1] // 128 * 128 + 128)
            kept = pygame.Surface(wanted, pygame.SRCALPHA) if clear else pygame.Surface(wanted).convert()
            self._scratch[name, clear] = kept
        return kept.subsurface((0, 0, *size))


def palm_length(points: Float32) -> float:
    """Wrist to middle MCP, design units; a hand seen edge-on counts by its palm's width as well."""
    along, across = points[MIDDLE_MCP] - points[WRIST], points[INDEX_MCP] - points[PINKY_MCP]
    return max(math.hypot(along[0], along[1]), 1.2 * math.hypot(across[0], across[1]))


@dataclass(frozen=True, slots=True)
class _Tones:
    """Shares of the hand's colour in palm, bones of the palm and fingers: light is dim where paint is not."""

    palm: float
    palm_bone: float
    finger: float


_LIT = _Tones(0.17, 0.30, 0.62)
_PAINTED = _Tones(1.0, 0.86, 0.84)


def _paint_bones(
    surface: pygame.Surface, at: Float32, radius: Float32, near: Float32, light: Colour, tones: _Tones, alpha: float
) -> None:
    palm = [(float(at[i, 0]), float(at[i, 1])) for i in _PALM_OUTLINE]
    pygame.draw.polygon(surface, mix((0, 0, 0), light, tones.palm), palm)
    for a, b in _PALM_BONES:
        tone = tones.palm_bone + 0.08 * float(near[a] + near[b])
        _taper(surface, at, radius * _PALM_BONE_SHARE, a, b, mix((0, 0, 0), light, tone))
    white = round(255 * alpha)
    order = sorted(_FINGER_BONES, key=lambda bone: float(near[bone[0]] + near[bone[1]]))
    for a, b in order:
        _taper(surface, at, radius, a, b, _tone(light, float(near[a] + near[b]) / 2, white, tones.finger))


def _tone(light: Colour, near: float, white: int, middle: float) -> Colour:
    if near <= 0:
        return mix((0, 0, 0), light, middle + 0.22 * near)
    return mix(mix((0, 0, 0), light, middle + (1 - middle) * near), (white, white, white), 0.28 * near)


def _taper(surface: pygame.Surface, at: Float32, radius: Float32, a: int, b: int, tone: Colour) -> None:
    (ax, ay), (bx, by) = at[a].tolist(), at[b].tolist()
    ra, rb = float(radius[a]), float(radius[b])
    length = math.hypot(bx - ax, by - ay)
    # pygame cuts the fraction off: rounding keeps the round ends and the straight sides in one line.
    pygame.draw.circle(surface, tone, (round(ax), round(ay)), round(ra))
    if length > 0.5:
        nx, ny = (ay - by) / length, (bx - ax) / length
        corners = (
            (round(ax + nx * ra), round(ay + ny * ra)),
            (round(bx + nx * rb), round(by + ny * rb)),
            (round(bx - nx * rb), round(by - ny * rb)),
            (round(ax - nx * ra), round(ay - ny * ra)),
        )
        pygame.draw.polygon(surface, tone, corners)
    pygame.draw.circle(surface, tone, (round(bx), round(by)), round(rb))


def _draw_ring(canvas: Canvas, points: Float32, palm: float, look: HandLook) -> None:
    shown = ease_in_out((look.pinch - PINCH_SHOWS) / 0.3) * look.alpha
    if shown <= 0.02:
        return
    thumb, index = points[THUMB_TIP], points[INDEX_TIP]
    gap = float(np.hypot(*(thumb - index)[:2]))
    place = (float(thumb[0] + index[0]) / 2, float(thumb[1] + index[1]) / 2)
    radius = max(palm * 0.14, gap * 0.5) + palm * 0.06 * look.held
    colour = mix(canvas.theme.text, canvas.theme.gold, max(look.held, 0.35 * look.pinch))
    if look.held > 0:
        canvas.glow(place, radius * 2.6, canvas.theme.gold, 0.7 * look.held * look.alpha)
    width = palm * (0.035 + 0.02 * look.held)
    canvas.ring(place, radius, colour, width=width, start=0.0, sweep=1.0, alpha=shown * (0.55 + 0.45 * look.held))
