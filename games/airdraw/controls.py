"""Keys and mouse: every action that a hand can do, and what a hand is not needed for.

| what | keys and mouse |
|---|---|
| draw | left button |
| push, zoom | right or middle button, arrows; wheel, + and - |
| tools, colours, widths | letters, C, [ and ]; see `SHORTCUTS` |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pygame

SHORTCUTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Draw",
        (
            ("Left button", "draw"), ("Right button, arrows", "push the paper"),
            ("Wheel, + -", "zoom"),
            ("0", "whole view"), ("P  B", "pen, brush"), ("I  E", "highlighter, eraser"),
            ("L A R O T", "line and shapes"),
            ("F  S", "fill, sticker"),
        ),
    ),
    (
        "Change",
        (
            ("C  Shift+C", "next, last colour"), ("[  ]", "thinner, thicker"), ("Z  Y", "undo, redo"),
            ("Delete", "clear"), ("D", "brush by speed or depth"), ("K", "canvas"),
            ("N  J  V", "new, next layer; hide it"), ("Tab", "palette"),
        ),
    ),
    (
        "Program",
        (
            ("Ctrl+S  Ctrl+G", "save, film"), ("H  M", "camera picture, sound"), ("F11", "full screen"),
            ("?  F1", "this page"), ("Esc", "leave"),
        ),
    ),
)  # fmt: skip
"""Heading to rows of keys and what they do: what the help page shows."""

GESTURES = (
    ("Pinch", "draws"), ("Reach the top", "opens the palette"), ("Both hands pinch", "push and zoom"),
    ("Hold the end still", "makes it a shape"), ("Thumbs up", "saves"),
)  # fmt: skip

_KEYS: dict[int, str] = {
    pygame.K_p: "tool:pen", pygame.K_b: "tool:brush", pygame.K_i: "tool:highlighter", pygame.K_e: "tool:eraser",
    pygame.K_l: "tool:line", pygame.K_a: "tool:arrow", pygame.K_r: "tool:rectangle", pygame.K_o: "tool:ellipse",
    pygame.K_t: "tool:triangle", pygame.K_f: "tool:fill", pygame.K_s: "tool:sticker", pygame.K_k: "canvas_step",
    pygame.K_d: "pressure_step",
    pygame.K_n: "layer:new", pygame.K_j: "layer:next", pygame.K_v: "layer:hide", pygame.K_u: "undo",
    pygame.K_y: "redo", pygame.K_DELETE: "clear", pygame.K_BACKSPACE: "undo", pygame.K_0: "view:reset",
    pygame.K_LEFT: "pan_step:left", pygame.K_RIGHT: "pan_step:right", pygame.K_UP: "pan_step:up",
    pygame.K_DOWN: "pan_step:down", pygame.K_KP_PLUS: "zoom_step:1", pygame.K_KP_MINUS: "zoom_step:-1",
}  # fmt: skip
_SIGNS = {"+": "zoom_step:1", "=": "zoom_step:1", "-": "zoom_step:-1", "[": "width_step:-1", "]": "width_step:1"}

ScreenWish = Literal["palette", "help", "yes", "no"]


@dataclass(frozen=True, slots=True)
class KeyPress:
    """What a key means: an action of the game, or something for the screens."""

    action: str = ""
    wish: ScreenWish | None = None


def key_press(event: pygame.event.Event) -> KeyPress:
    """What a KEYDOWN means; nothing for keys that are not used."""
    shift, control = event.mod & pygame.KMOD_SHIFT, event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
    key, sign = event.key, getattr(event, "unicode", "")
    if sign == "?" or key == pygame.K_F1:
        return KeyPress(wish="help")
    if key == pygame.K_TAB:
        return KeyPress(wish="palette")
    if key in (pygame.K_RETURN, pygame.K_KP_ENTER):
        return KeyPress(wish="yes")
    if key == pygame.K_SPACE:
        return KeyPress(wish="no")
    if key == pygame.K_z:
        return KeyPress("redo" if shift else "undo")
    if control:
        return KeyPress({pygame.K_s: "save", pygame.K_y: "redo", pygame.K_g: "film"}.get(key, ""))
    if key == pygame.K_c:
        return KeyPress("colour_step:-1" if shift else "colour_step:1")
    return KeyPress(_SIGNS.get(sign) or _KEYS.get(key, ""))
