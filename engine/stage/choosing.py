"""Choosing a target by hand, mouse or keys: hover, then pinch, stay, click or Enter.

A scene says which targets there are, passes events in and asks `update` what was pressed. Pointing is forgiving: a
place beside a target counts for it, and a target that is pointed at is larger than one that is not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pygame

from handplay.engine import events
from handplay.engine.preferences import Press, Reach
from handplay.engine.stage.cursor import Cursor
from handplay.engine.stage.layout import Area, Layout
from handplay.engine.stage.motion import Fade

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas, Point

_MOUSE = -1
_KEYS = {
    pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0), pygame.K_UP: (0, -1), pygame.K_DOWN: (0, 1),
    pygame.K_a: (-1, 0), pygame.K_d: (1, 0), pygame.K_w: (0, -1), pygame.K_s: (0, 1),
}  # fmt: skip
_ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)


@dataclass(frozen=True, slots=True)
class ChoosingSettings:
    """How targets are pressed.

    Attributes:
        press: "pinch", "dwell" (staying on it) or "both".
        reach: the part of the view that covers the window.
        rest_s, fill_s: staying: this long before the arc begins, and until it is full (0.5 and 0.6 s,
            ultraleap/TouchFree); `slower` times as long where a pinch presses as well.
        slower: see there.
        near: a place this far beside a target counts for it, design units; twice that far until it is left.
        repeat_s: a target that repeats is pressed again after this while a pinch or click lasts.
        closing_s: closing the pinch moves the pointer a little; a target that was left this shortly before is meant.
        mouse_s: a mouse that has rested this long marks nothing while a hand points.
        wake: a hand must move this far before staying counts: one that appears on a target does not press it.
    """

    press: Press = "both"
    reach: Reach = field(default_factory=Reach)
    rest_s: float = 0.5
    fill_s: float = 0.6
    slower: float = 1.4
    near: float = 16.0
    repeat_s: float = 0.35
    closing_s: float = 0.4
    mouse_s: float = 1.5
    wake: float = 24.0


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be pressed.

    Attributes:
        key: its name.
        area: where it is, design units.
        repeats: True for a step of a slider: holding it presses again and again.
    """

    key: str
    area: Area
    repeats: bool = False


@dataclass(slots=True)
class _Pointer:
    """A hand or the mouse."""

    place: tuple[float, float]
    awake_from: tuple[float, float]
    cursor: Cursor | None
    over: str | None = None
    awake: bool = False
    before: str | None = None
    left_s: float = 0.0
    stayed_s: float = 0.0
    down_s: float | None = None
    spent: bool = False
    gone: bool = False
    idle_s: float = 0.0


class Chooser:
    """Which target is pointed at, and which is pressed.

    Args:
        settings: how targets are pressed.

    Attributes:
        layout: of the window that was drawn last; events before that are ignored.
        focus: the target of the keys, or the one that was pointed at last.
    """

    def __init__(self, settings: ChoosingSettings | None = None) -> None:
        self.settings = settings or ChoosingSettings()
        self.layout: Layout | None = None
        self.focus: str | None = None
        self._targets: dict[str, Target] = {}
        self._pointers: dict[int, _Pointer] = {}
        self._fades: dict[str, Fade] = {}
        self._pressed: list[str] = []
        self._by_keys = False

    def show(self, targets: Sequence[Target]) -> None:
        """The targets that there are now."""
        self._targets = {target.key: target for target in targets}
        if self.focus not in self._targets:
            self.focus = None
        for pointer in self._pointers.values():
            if pointer.over not in self._targets:
                pointer.over = None

    def handle(self, event: pygame.event.Event) -> bool:
        """Takes an event; True if it was one for targets."""
        kind = event.type
        if kind in (events.POINTERMOTION, events.POINTERDOWN, events.POINTERUP):
            self._hand(event)
        elif kind == events.HANDREMOVED:
            pointer = self._pointers.get(event.hand_id)
            if pointer is not None:
                pointer.gone, pointer.over, pointer.down_s = True, None, None
        elif kind in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            return self._mouse(event)
        elif kind == pygame.KEYDOWN and event.key in _KEYS and self._targets:
            self._move_focus(*_KEYS[event.key])
        elif kind == pygame.KEYDOWN and event.key in _ENTER and self.focus is not None:
            self._by_keys = True
            self._pressed.append(self.focus)
        else:
            return False
        return True

    def update(self, dt_s: float) -> tuple[str, ...]:
        """Moves on; gives the keys of the targets that were pressed since the last call."""
        for hand_id, pointer in list(self._pointers.items()):
            pointer.left_s += dt_s
            pointer.idle_s += dt_s
            self._stay(pointer, dt_s)
            self._repeat(pointer, dt_s)
            if pointer.cursor is not None:
                pointer.cursor.shown = not pointer.gone
                pointer.cursor.down = pointer.down_s is not None
                pointer.cursor.place = pointer.place
                pointer.cursor.dwell = self._share(pointer)
                pointer.cursor.update(dt_s)
                if pointer.gone and pointer.cursor.hidden:
                    del self._pointers[hand_id]
        pointers = () if self._by_keys else self._pointers.values()
        pointed = {pointer.over for pointer in pointers if not self._is_idle(pointer)}
        for key in {*self._targets, *self._fades}:
            fade = self._fades.setdefault(key, Fade(duration_s=0.18))
            fade.on = key in pointed or (self._by_keys and key == self.focus)
            fade.update(dt_s)
        for key in [key for key in self._fades if key not in self._targets]:
            del self._fades[key]
        pressed = tuple(key for key in self._pressed if key in self._targets)
        self._pressed.clear()
        return pressed

    def hover(self, key: str) -> float:
        """0..1, eased: how much a target is pointed at."""
        fade = self._fades.get(key)
        return fade.value if fade is not None else 0.0

    def filled(self, key: str) -> float:
        """0..1: how near staying is to pressing it."""
        return max((self._share(p) for p in self._pointers.values() if p.over == key), default=0.0)

    def draw(self, canvas: Canvas, within: Area | None = None) -> None:
        """Draws the hands' cursors, and remembers the window; `within` hides those elsewhere."""
        self.layout = canvas.layout
        for pointer in self._pointers.values():
            if pointer.cursor is not None and (within is None or within.holds(*pointer.place)):
                pointer.cursor.draw(canvas, canvas.theme.text)

    # -- hands and mouse -----------------------------------------------------------------------------------------

    def _hand(self, event: pygame.event.Event) -> None:
        if self.layout is None:
            return
        place = self.layout.from_view(*self.settings.reach.spread(event.x, event.y))
        pointer = self._pointers.get(event.hand_id)
        if pointer is None or pointer.gone:
            pointer = self._pointers[event.hand_id] = _Pointer(place, place, Cursor())
        self._point(pointer, place)
        if event.type == events.POINTERDOWN and self.settings.press != "dwell":
            self._press(pointer)
        elif event.type == events.POINTERUP:
            pointer.down_s = None

    def _mouse(self, event: pygame.event.Event) -> bool:
        if self.layout is None or (event.type != pygame.MOUSEMOTION and event.button != 1):
            return False
        place = self.layout.from_px(*event.pos)
        pointer = self._pointers.setdefault(_MOUSE, _Pointer(place, place, None))
        pointer.idle_s = 0.0
        self._point(pointer, place)
        if event.type == pygame.MOUSEBUTTONDOWN:
            self._press(pointer)
        elif event.type == pygame.MOUSEBUTTONUP:
            pointer.down_s = None
        return True

    def _is_idle(self, pointer: _Pointer) -> bool:
        """Whether it is a mouse that nobody touches, while a hand is there."""
        if pointer.cursor is not None or pointer.idle_s < self.settings.mouse_s:
            return False
        return any(other.cursor is not None and not other.gone for other in self._pointers.values())

    def _point(self, pointer: _Pointer, place: Point) -> None:
        if not pointer.awake and math.dist(place, pointer.awake_from) >= self.settings.wake:
            pointer.awake = True
        if place != pointer.place:
            self._by_keys = False
        pointer.place = place
        over = self._under(place, pointer.over)
        if over != pointer.over:
            pointer.before, pointer.left_s = pointer.over, 0.0
            pointer.over, pointer.stayed_s, pointer.spent = over, 0.0, False
            if over is not None:
                self.focus = over

    def _under(self, place: Point, before: str | None) -> str | None:
        """The target at a place: the nearest within reach, the one before for longer."""
        best, least = None, math.inf
        for key, target in self._targets.items():
            distance = _beside(target.area, place)
            if distance <= self.settings.near * (2.0 if key == before else 1.0):
                distance -= self.settings.near if key == before else 0.0
                if distance < least:
                    best, least = key, distance
        return best

    def _press(self, pointer: _Pointer) -> None:
        pointer.down_s = 0.0
        meant = pointer.over
        if meant is None and pointer.cursor is not None and pointer.left_s <= self.settings.closing_s:
            meant = pointer.before
        if meant is not None and meant in self._targets:
            self._pressed.append(meant)
            self.focus = meant
            pointer.spent = True

    def _stay(self, pointer: _Pointer, dt_s: float) -> None:
        if pointer.cursor is None or pointer.over is None or pointer.spent or not pointer.awake:
            return
        if self.settings.press == "pinch" or pointer.down_s is not None:
            return
        pointer.stayed_s += dt_s
        if self._share(pointer) >= 1.0:
            self._pressed.append(pointer.over)
            pointer.stayed_s = 0.0
            # A step of a slider is pressed again after resting again; all else must be left first.
            pointer.spent = not self._targets[pointer.over].repeats

    def _repeat(self, pointer: _Pointer, dt_s: float) -> None:
        if pointer.down_s is None or pointer.over is None or not self._targets[pointer.over].repeats:
            return
        pointer.down_s += dt_s
        if pointer.down_s >= self.settings.repeat_s:
            pointer.down_s -= self.settings.repeat_s
            self._pressed.append(pointer.over)

    def _share(self, pointer: _Pointer) -> float:
        slower = self.settings.slower if self.settings.press == "both" else 1.0
        rest_s, fill_s = self.settings.rest_s * slower, self.settings.fill_s * slower
        return min(1.0, max(0.0, (pointer.stayed_s - rest_s) / fill_s))

    # -- keys ----------------------------------------------------------------------------------------------------

    def _move_focus(self, dx: int, dy: int) -> None:
        self._by_keys = True
        here = self._targets.get(self.focus) if self.focus is not None else None
        if here is None:
            self.focus = min(self._targets, key=lambda key: _reading_order(self._targets[key].area))
            return
        x, y = here.area.centre
        best, least = None, math.inf
        for key, target in self._targets.items():
            ax, ay = target.area.centre[0] - x, target.area.centre[1] - y
            along, beside = ax * dx + ay * dy, abs(ax * dy) + abs(ay * dx)
            if along > 1 and along + 2 * beside < least:
                best, least = key, along + 2 * beside
        self.focus = best or self.focus


def _beside(area: Area, place: Point) -> float:
    """How far a place lies outside of an area, 0 within."""
    dx = max(area.left - place[0], 0.0, place[0] - area.right)
    dy = max(area.top - place[1], 0.0, place[1] - area.bottom)
    return math.hypot(dx, dy)


def _reading_order(area: Area) -> tuple[float, float]:
    return (area.top, area.left)
