"""The list of all gestures as chips in rows; those that are on are lit, one may be chosen.

The dark board is painted once for each window size; a picture adds the lit chips alone. A list that is longer than its
place scrolls to the chosen gesture, or to the one that was lit last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, Fade, Spring
from handplay.engine.stage.theme import Colour, contrast, mix
from handplay.games.studio.hand_card import spoken
from handplay.games.studio.layers import layer

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas
    from handplay.games.studio.showing import Showing
    from handplay.gestures.kinds import Gesture

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Shapes", ("pose", "template")),
    ("Moves", ("motion",)),
    ("Two hands", ("two_hands",)),
)
"""Heading and kinds of each part of the list."""

_SPACE = 6.0
"""Between chips, across and down."""

_PAD = 11.0
_HEAD_GAP = 18.0
"""Before the heading of the next part."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One gesture in the list.

    Attributes:
        name: of the gesture.
        row: its row in the whole list.
        x, width: from the board's left edge.
    """

    name: str
    row: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """Where the chips are.

    Attributes:
        chips: in order.
        heads: (heading, row, x) of each part.
        rows: of the whole list.
    """

    chips: tuple[Chip, ...]
    heads: tuple[tuple[str, int, float], ...]
    rows: int


class Board:
    """The list.

    Args:
        gestures: all of them, in the order of the library.
    """

    def __init__(self, gestures: Sequence[Gesture]) -> None:
        self._groups = [
            (head, [gesture.name for gesture in gestures if gesture.kind in kinds]) for head, kinds in GROUPS
        ]
        self._groups = [(head, names) for head, names in self._groups if names]
        self.names = tuple(name for _, names in self._groups for name in names)
        """All names in the order of the list."""

        self._plan: BoardPlan | None = None
        self._plan_key: object = None
        self._scroll = Spring(frequency_hz=3.0)
        self._area = Area(0, 0, 0, 0)
        self._rows = 1
        self._row = 32.0
        self._choice = Fade(duration_s=CALM_S)
        self._chosen = ""
        self._last_lit = ""

    def plan(self, canvas: Canvas, width: float) -> BoardPlan:
        """The chips at this width, design units."""
        key = (round(width), canvas.surface.get_size())
        if self._plan is None or self._plan_key != key:
            self._plan_key = key
            self._plan = _flow(canvas, self._groups, width)
        return self._plan

    def update(self, dt_s: float, showing: Showing, chosen: str) -> None:
        """Moves on."""
        if chosen:
            self._chosen = chosen
        self._choice.on = bool(chosen)
        self._choice.update(dt_s)
        lit = [name for name in showing.lit if showing.is_on(name)]
        if lit and self._last_lit not in lit:
            self._last_lit = lit[-1]
        if self._plan is not None:
            wanted = chosen or self._last_lit
            row = next((chip.row for chip in self._plan.chips if chip.name == wanted), 0)
            most = max(0, self._plan.rows - self._rows)
            top = round(self._scroll.target)
            if row < top or row >= top + self._rows:
                top = row - self._rows // 2
            self._scroll.target = float(min(most, max(0, top)))
        self._scroll.update(dt_s)

    def draw(self, canvas: Canvas, area: Area, row: float, showing: Showing) -> None:
        """Draws it into `area`, whose height is a whole number of rows."""
        self._area, self._row = area, row
        self._rows = max(1, round(area.height / row))
        plan = self.plan(canvas, area.width)
        theme = canvas.theme
        whole = Area(area.x, area.y, area.width, plan.rows * row)
        key = ("studio board", self.names, self._plan_key, round(row))
        dark = layer(canvas, key, whole, lambda: _paint(canvas, plan, whole, row))
        scroll = self._scroll.value if plan.rows > self._rows else 0.0
        x, y = canvas.to_px((area.x, area.y))
        shift = round(scroll * row * canvas.scale)
        before = canvas.surface.get_clip()
        clip = pygame.Rect(round(x), round(y), dark.get_width(), round(area.height * canvas.scale))
        canvas.surface.set_clip(clip.clip(canvas.surface.get_rect()))
        canvas.surface.blit(dark, (round(x), round(y) - shift))
        holding = {held.name: (side, held) for side, held in showing.holding.items() if held.fade.share > 0}
        for chip in plan.chips:
            fade = showing.lit.get(chip.name)
            chosen = self._choice.value if chip.name == self._chosen else 0.0
            if fade is None and chosen <= 0.0 and chip.name not in holding:
                continue
            box = self._box(chip, scroll)
            if chosen > 0.0:
                canvas.panel(box.shrunk(-2), colour=theme.text, radius=box.height / 2 + 2, alpha=chosen)
                canvas.panel(box, colour=theme.surface, radius=box.height / 2, alpha=chosen)
                canvas.text(spoken(chip.name), box.centre, size="small", align="centre", valign="middle")
            if chip.name in holding:
                side, held = holding[chip.name]
                colour = {"Left": theme.aqua, "Right": theme.coral}.get(side, theme.gold)
                _draw_filling(canvas, box, colour, held.share, held.fade.value)
                canvas.text(spoken(chip.name), box.centre, size="small", align="centre", valign="middle")
            if fade is not None:
                side = showing.lit_by.get(chip.name, "Both")
                colour = {"Left": theme.aqua, "Right": theme.coral}.get(side, theme.gold)
                # Opaque all through the fade, its word dark or light by what it stands on: never dark on dark.
                ground = mix(theme.raised, colour, fade.value)
                ink = max(theme.background, theme.text, key=lambda ink: contrast(ink, ground))
                border = mix(theme.line, colour, fade.value)
                canvas.panel(box, colour=ground, border=border, radius=box.height / 2)
                canvas.text(spoken(chip.name), box.centre, size="small", colour=ink, align="centre", valign="middle")
        canvas.surface.set_clip(before)
        self._draw_more(canvas, plan, area, scroll)

    def at(self, x: float, y: float) -> str:
        """Name of the chip at a place of the window (design units), or nothing."""
        if self._plan is None or not self._area.holds(x, y):
            return ""
        scroll = self._scroll.value if self._plan.rows > self._rows else 0.0
        return next((chip.name for chip in self._plan.chips if self._box(chip, scroll).holds(x, y)), "")

    def step(self, name: str, across: int, down: int) -> str:
        """The neighbour of a chip, for the arrow keys; the first one if none is chosen yet."""
        if not self.names:
            return ""
        if name not in self.names:
            return self.names[0 if across + down >= 0 else -1]
        if across or self._plan is None:
            return self.names[(self.names.index(name) + (across or down)) % len(self.names)]
        chips = self._plan.chips
        here = next(chip for chip in chips if chip.name == name)
        middle = here.x + here.width / 2
        row = (here.row + down) % self._plan.rows
        near = [chip for chip in chips if chip.row == row] or [here]
        return min(near, key=lambda chip: abs(chip.x + chip.width / 2 - middle)).name

    def _box(self, chip: Chip, scroll: float) -> Area:
        area, row = self._area, self._row
        return Area(area.x + chip.x, area.y + (chip.row - scroll) * row + 2, chip.width, row - _SPACE)

    def _draw_more(self, canvas: Canvas, plan: BoardPlan, area: Area, scroll: float) -> None:
        """A thin thumb beside the list when there is more of it."""
        if plan.rows <= self._rows:
            return
        theme = canvas.theme
        track = Area(area.right + 8, area.top + 4, 4, area.height - 8)
        canvas.panel(track, colour=theme.surface, radius=2)
        share = self._rows / plan.rows
        top = track.top + track.height * scroll / plan.rows
        canvas.panel(Area(track.x, top, 4, track.height * share), colour=theme.quiet, radius=2)


def _draw_filling(canvas: Canvas, box: Area, colour: Colour, share: float, alpha: float) -> None:
    """A chip that fills from its left edge while its gesture is held and has not begun."""
    theme = canvas.theme
    radius = box.height / 2
    canvas.panel(box, colour=theme.surface, border=colour, radius=radius, alpha=alpha)
    x, y = canvas.to_px((box.left, box.top))
    before = canvas.surface.get_clip()
    width = round(box.width * canvas.scale * share)
    clip = pygame.Rect(round(x), round(y), width, math.ceil(box.height * canvas.scale) + 1)
    canvas.surface.set_clip(clip.clip(before))
    canvas.panel(box, colour=mix(theme.surface, colour, 0.45), border=colour, radius=radius, alpha=alpha)
    canvas.surface.set_clip(before)


def _flow(canvas: Canvas, groups: Sequence[tuple[str, Sequence[str]]], width: float) -> BoardPlan:
    """One stream of chips from left to right; each part's heading stands before its first chip."""
    chips: list[Chip] = []
    heads: list[tuple[str, int, float]] = []
    row, x = 0, 0.0
    for head, names in groups:
        wide = canvas.text_area(head, size="small", font="bold").width
        first = canvas.text_area(spoken(names[0]), size="small").width + 2 * _PAD
        x += _HEAD_GAP if x > 0 else 0.0
        # A part that would barely begin in this row begins the next one.
        if x > 0 and x + wide + 12 + first > 0.75 * width:
            row, x = row + 1, 0.0
        heads.append((head, row, x))
        x += wide + 12
        for name in names:
            wide = canvas.text_area(spoken(name), size="small").width + 2 * _PAD
            if x > 0 and x + wide > width:
                row, x = row + 1, 0.0
            chips.append(Chip(name, row, x, min(wide, width)))
            x += wide + _SPACE
    return BoardPlan(tuple(chips), tuple(heads), row + 1)


def _paint(canvas: Canvas, plan: BoardPlan, area: Area, row: float) -> None:
    """The whole list without a light."""
    theme = canvas.theme
    height = row - _SPACE
    for head, at, x in plan.heads:
        y = area.y + at * row + 2 + height / 2
        canvas.text(head, (area.x + x, y), size="small", font="bold", colour=theme.quiet, valign="middle")
    for chip in plan.chips:
        box = Area(area.x + chip.x, area.y + chip.row * row + 2, chip.width, height)
        canvas.panel(box, colour=theme.raised, border=theme.line, radius=height / 2)
        canvas.text(spoken(chip.name), box.centre, size="small", colour=theme.quiet, align="centre", valign="middle")
