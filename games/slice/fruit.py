"""The fruit and bombs as sprites: drawn once at four times the size, turned in steps, kept by the canvas."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pygame

from handplay.engine.stage.theme import Colour, mix

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas

Part = Literal["whole", "half"]

TURNS = 36
"""A sprite is kept in so many directions: ten degrees are not seen while it spins."""

_FINE = 4
_WHITE: Colour = (255, 255, 255)
_DARK: Colour = (8, 10, 18)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a fruit.

    Attributes:
        skin, flesh, core: from outside in.
        seeds: how many are drawn in a half; 0 for a stone.
    """

    skin: Colour
    flesh: Colour
    core: Colour
    seeds: int


LOOKS: dict[str, Look] = {
    "orange": Look((0xFF, 0x9A, 0x3D), (0xFF, 0xC4, 0x6B), (0xFF, 0xE3, 0xAE), 8),
    "lime": Look((0x5F, 0xC9, 0x5A), (0xC9, 0xF0, 0x9B), (0xEC, 0xFB, 0xD2), 8),
    "melon": Look((0x2F, 0x9E, 0x6B), (0xFF, 0x6E, 0x78), (0xFF, 0x8E, 0x92), 7),
    "plum": Look((0x9A, 0x5C, 0xD6), (0xF4, 0xC9, 0x72), (0xFB, 0xDF, 0xA4), 0),
    "peach": Look((0xFF, 0x8C, 0x72), (0xFF, 0xCF, 0x9E), (0xFF, 0xE3, 0xC4), 0),
}
BOMB = Look((0x26, 0x2C, 0x40), (0x45, 0x4E, 0x6C), (0xFF, 0x4D, 0x6D), 0)


def juice(kind: str) -> Colour:
    """The colour of its drops."""
    return LOOKS[kind].flesh if kind in LOOKS else BOMB.core


def sprite(canvas: Canvas, kind: str, part: Part, radius: float, turn_rad: float) -> pygame.Surface:
    """A fruit, or the half of it that lies above a cut from left to right, turned clockwise; in window pixels."""
    radius_px = max(3, round(radius * canvas.scale))
    step = round(turn_rad / (2 * math.pi) * TURNS) % TURNS
    upright = canvas.kept(("fruit", kind, part, radius_px), lambda: _draw(kind, part, radius_px))
    if step == 0:
        return upright
    return canvas.kept(
        ("fruit", kind, part, radius_px, step), lambda: pygame.transform.rotozoom(upright, -360 * step / TURNS, 1.0)
    )


def _draw(kind: str, part: Part, radius_px: int) -> pygame.Surface:
    fine = radius_px * _FINE
    side = 2 * fine + 8 * _FINE
    surface = pygame.Surface((side, side), pygame.SRCALPHA)
    middle = side // 2
    if kind == "bomb":
        _bomb(surface, middle, fine)
    elif part == "whole":
        _whole(surface, middle, fine, LOOKS[kind], striped=kind == "melon")
    else:
        _half(surface, middle, fine, LOOKS[kind])
    return pygame.transform.smoothscale(surface, (side // _FINE, side // _FINE)).convert_alpha()


def _whole(surface: pygame.Surface, middle: int, radius: int, look: Look, *, striped: bool) -> None:
    """Shaded evenly toward the rim, so that it may turn; the light from above is added when it is drawn."""
    for k in range(16, -1, -1):
        share = k / 16
        shade = mix(mix(look.skin, _WHITE, 0.12), mix(look.skin, _DARK, 0.34), share**3)
        pygame.draw.circle(surface, shade, (middle, middle), round(radius * (0.25 + 0.75 * share)))
    if striped:
        for wide in (0.28, 0.62, 0.9):
            box = pygame.Rect(0, 0, round(2 * radius * wide), round(1.9 * radius))
            box.center = (middle, middle)
            pygame.draw.ellipse(surface, mix(look.skin, _DARK, 0.4), box, max(2, radius // 13))
    stem = mix(look.skin, _DARK, 0.6)
    pygame.draw.circle(surface, stem, (middle, middle - round(radius * 0.84)), max(2, radius // 11))


def _half(surface: pygame.Surface, middle: int, radius: int, look: Look) -> None:
    """The half above the cut: its dome of skin, and the flat cut seen a little from below."""
    pygame.draw.circle(surface, mix(look.skin, _DARK, 0.12), (middle, middle), radius)
    surface.fill((0, 0, 0, 0), pygame.Rect(0, middle, 2 * middle, middle + 1))
    pygame.draw.circle(surface, mix(look.skin, _WHITE, 0.2), (middle - radius // 3, middle - radius // 2), radius // 6)

    def face(size: float, colour: Colour) -> None:
        box = pygame.Rect(0, 0, round(2 * radius * size), round(0.62 * radius * size))
        box.center = (middle, middle)
        pygame.draw.ellipse(surface, colour, box)

    face(1.0, mix(look.skin, _WHITE, 0.1))
    face(0.92, mix(look.core, _WHITE, 0.3))
    face(0.84, look.flesh)
    if look.seeds:
        face(0.22, look.core)
        for k in range(look.seeds):
            angle = 2 * math.pi * (k + 0.5) / look.seeds
            at = (middle + round(0.52 * radius * math.cos(angle)), middle + round(0.17 * radius * math.sin(angle)))
            pygame.draw.circle(surface, mix(look.flesh, _DARK, 0.55), at, max(2, radius // 18))
    else:
        face(0.34, mix(look.skin, _DARK, 0.35))
        face(0.26, mix(look.skin, _DARK, 0.5))


def _bomb(surface: pygame.Surface, middle: int, radius: int) -> None:
    pygame.draw.circle(surface, BOMB.core, (middle, middle), radius)
    body = round(radius * 0.93)
    for k in range(10, -1, -1):
        share = k / 10
        shade = mix(BOMB.flesh, BOMB.skin, share)
        shift = round(body * 0.3 * (1 - share))
        pygame.draw.circle(surface, shade, (middle - shift, middle - shift), round(body * (0.25 + 0.75 * share)))
    # A cross says "not this one" without any colour.
    arm = round(radius * 0.3)
    for way in (1, -1):
        a, b = (middle - arm, middle - way * arm), (middle + arm, middle + way * arm)
        pygame.draw.line(surface, BOMB.core, a, b, max(3, radius // 7))
        for end in (a, b):
            pygame.draw.circle(surface, BOMB.core, end, max(2, radius // 14))
    neck = pygame.Rect(0, 0, radius // 3, radius // 5)
    neck.center = (middle, middle - round(radius * 0.95))
    pygame.draw.rect(surface, BOMB.flesh, neck, border_radius=radius // 12)
