"""The palette as it is used: what it shows, what is pointed at, what is chosen. No pygame, no drawing.

    closed -> (hover or press the handle) -> dock -> (a button with a sheet) -> sheet -> (a choice) -> closed

Buttons are pressed by pinch, by a click, or by staying on them (dwell). It closes by itself once nobody points at it,
at once when someone draws beside it, and it hides while a stroke is drawn.

Why it does not use `handplay.engine.stage.choosing.Chooser`: that follows POINTER events (the pinch of the events, the
stretched reach), while here a pinch is a pen's own touch, judged by `pen_contact`, in the pen's own places. The same
touch would be two things: ink for one and a press for the other. The dwell differs too: it must not press while a
stroke is drawn, has one time for the handle and one for buttons, and repeats for undo alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from handplay.engine.stage.layout import Area
from handplay.games.airdraw.document import CANVASES
from handplay.games.airdraw.layout import PaletteLayout, nearest
from handplay.games.airdraw.stickers import STICKERS
from handplay.games.airdraw.tools import PRESSURES, Tool

Rgb = tuple[int, int, int]
Sheet = Literal["", "tools", "stickers", "colours", "widths", "canvas"]

COLOURS: dict[str, Rgb] = {
    "ink": (0x16, 0x1B, 0x2C), "white": (0xFF, 0xFF, 0xFF), "coral": (0xFF, 0x6B, 0x5B), "orange": (0xFF, 0x9F, 0x45),
    "yellow": (0xFF, 0xCE, 0x47), "green": (0x3D, 0xC9, 0x7B), "aqua": (0x1F, 0xC2, 0xB6), "blue": (0x3F, 0x7C, 0xFF),
    "violet": (0x8A, 0x5C, 0xF6), "pink": (0xF0, 0x5F, 0xB4), "brown": (0x8B, 0x5E, 0x3C), "grey": (0x8A, 0x93, 0xA8),
}  # fmt: skip
"""Inks by name, in the order of the sheet."""

WIDTHS = (0.4, 0.7, 1.0, 1.7, 2.8)
"""Widths as multiples of what a tool starts with."""

TOOL_ORDER: tuple[Tool, ...] = (
    "pen", "brush", "highlighter", "eraser", "fill", "sticker", "line", "arrow", "rectangle", "ellipse", "triangle"
)  # fmt: skip

LABELS = {
    "open:tools": "Tools", "open:colours": "Colour", "open:widths": "Width", "open:canvas": "Canvas",
    "undo": "Undo", "redo": "Redo", "clear": "Clear", "save": "Save",
    "canvas:camera": "Camera", "canvas:white": "White", "canvas:black": "Black", "view:reset": "Whole view",
    "pressure:speed": "By speed", "pressure:depth": "By depth",
    "layer:new": "New layer", "layer:next": "Next layer", "layer:hide": "Hide, show", "film": "Film",
}  # fmt: skip

DOCK = ("open:tools", "open:colours", "open:widths", "undo", "redo", "open:canvas", "clear", "save")
_PAPERS = tuple(f"canvas:{canvas}" for canvas in CANVASES)
_CANVAS_SHEET = (*_PAPERS, "view:reset", "layer:new", "layer:next", "layer:hide", "film")
_PRESSURES = tuple(f"pressure:{pressure}" for pressure in PRESSURES)
_REPEATS = ("undo", "redo")


@dataclass(frozen=True, slots=True)
class PaletteSettings:
    """How long things take, seconds.

    Attributes:
        open_s: hovering over the handle opens the dock.
        dwell_s: staying on a button presses it (an 0.8 s dwell is the most accurate way of choosing, MacKenzie 2022);
            the ring begins to fill after `rest_s`.
        repeat_s: a button that may repeat is pressed again after this.
        linger_s: it closes when nobody has pointed at it for so long.
        after_s: how long it stays after a choice.
    """

    open_s: float = 0.35
    rest_s: float = 0.15
    dwell_s: float = 0.75
    repeat_s: float = 0.9
    linger_s: float = 0.8
    after_s: float = 0.22


@dataclass(slots=True)
class _Finger:
    """Something that points: which button, since when, and whether that is used up."""

    on: str = ""
    since_s: float = 0.0
    used: bool = False


@dataclass(slots=True)
class Palette:
    """State of the palette.

    Attributes:
        opened: the dock shows.
        sheet: which sheet shows below it.
        hovered: buttons that are pointed at.
    """

    settings: PaletteSettings = field(default_factory=PaletteSettings)
    opened: bool = False
    sheet: Sheet = ""
    hovered: frozenset[str] = frozenset()
    _fingers: dict[Hashable, _Finger] = field(default_factory=dict)
    _time_s: float = 0.0
    _wanted_s: float = 0.0
    _closing_s: float | None = None

    def buttons(self, layout: PaletteLayout) -> dict[str, Area]:
        """Action to place of all buttons that can be reached now."""
        if not self.opened:
            return {"handle": layout.handle}
        found = dict(zip(DOCK, layout.buttons, strict=True))
        actions = sheet_actions(self.sheet)
        if actions:
            found |= dict(zip(actions, layout.sheet(len(actions))[1], strict=True))
        return found

    def at(self, layout: PaletteLayout, x: float, y: float) -> str:
        """The button at a place, or ""."""
        found = self.buttons(layout)
        number = nearest(tuple(found.values()), x, y, 0.0 if not self.opened else 12.0)
        return "" if number is None else tuple(found)[number]

    def covers(self, layout: PaletteLayout, x: float, y: float) -> bool:
        """True where a touch is meant for the palette and makes no ink."""
        if not self.opened:
            return layout.handle.holds(x, y)
        actions = sheet_actions(self.sheet)
        return layout.dock.holds(x, y) or (bool(actions) and layout.sheet(len(actions))[0].holds(x, y))

    def press(self, layout: PaletteLayout, x: float, y: float, finger: Hashable = None) -> str:
        """Someone pinched or clicked here: gives the action, or "" (and closes if it was beside the palette)."""
        action = self.at(layout, x, y)
        if finger is not None and finger in self._fingers:
            self._fingers[finger].used = True
        if not action and not self.covers(layout, x, y):
            self.close()
        return self._chosen(action)

    def update(
        self, dt_s: float, layout: PaletteLayout, places: Mapping[Hashable, tuple[float, float]], *, dwells: bool = True
    ) -> str:
        """One step: who points where. Gives the action that was chosen by staying on it, or "".

        Args:
            places: who points (a hand's id) to where, design units. The mouse may open, but not choose, by staying.
            dwells: False presses nothing by staying on it: a stroke is being drawn.
        """
        self._time_s += dt_s
        for gone in set(self._fingers) - set(places):
            del self._fingers[gone]
        hovered, action = set(), ""
        for who, (x, y) in places.items():
            finger = self._fingers.setdefault(who, _Finger())
            on = self.at(layout, x, y) if dwells else ""
            if on != finger.on:
                finger.on, finger.since_s, finger.used = on, self._time_s, False
            if on or (self.opened and self.covers(layout, x, y)):
                self._wanted_s = self._time_s
            if on:
                hovered.add(on)
            if on and not action and self._stayed(who, finger):
                finger.used, finger.since_s = on not in _REPEATS, self._time_s
                action = on
        self.hovered = frozenset(hovered)
        chosen = self._chosen(action)
        closing = self._closing_s is not None and self._time_s >= self._closing_s
        if self.opened and (closing or self._time_s - self._wanted_s > self.settings.linger_s):
            self.close()
        return chosen

    def dwell(self, who: Hashable) -> float:
        """0..1: how far someone is from pressing what is pointed at, by staying."""
        finger = self._fingers.get(who)
        if finger is None or not finger.on or finger.used or who == "mouse":
            return 0.0
        s = self.settings
        whole = s.open_s if finger.on == "handle" else s.dwell_s
        rest = 0.05 if finger.on == "handle" else s.rest_s
        return min(1.0, max(0.0, (self._time_s - finger.since_s - rest) / (whole - rest)))

    def open(self, sheet: Sheet = "") -> None:
        """Shows the dock, with a sheet."""
        self.opened, self.sheet, self._closing_s = True, sheet, None
        self._wanted_s = self._time_s

    def close(self) -> None:
        """Hides all."""
        self.opened, self.sheet, self._closing_s = False, "", None

    def _stayed(self, who: Hashable, finger: _Finger) -> bool:
        stayed_s = self._time_s - finger.since_s
        if finger.used:
            return False
        if finger.on == "handle":
            return stayed_s >= self.settings.open_s
        return who != "mouse" and stayed_s >= self.settings.dwell_s

    def _chosen(self, action: str) -> str:
        if not action:
            return ""
        if action == "handle":
            self.open()
            return ""
        self._wanted_s = self._time_s
        if action.startswith("open:"):
            sheet: Sheet = action.removeprefix("open:")  # type: ignore[assignment]  # the words of DOCK are sheets
            self.sheet = "" if self.sheet == sheet else sheet
            return ""
        if action == "tool:sticker":
            self.sheet = "stickers"
        elif action not in _REPEATS and not action.startswith("layer:"):
            self._closing_s = self._time_s + self.settings.after_s
        return action


def sheet_actions(sheet: Sheet) -> tuple[str, ...]:
    """The actions of a sheet, in order."""
    if sheet == "tools":
        return tuple(f"tool:{tool}" for tool in TOOL_ORDER)
    if sheet == "stickers":
        return tuple(f"sticker:{name}" for name in STICKERS)
    if sheet == "colours":
        return tuple(f"colour:{name}" for name in COLOURS)
    if sheet == "widths":
        return (*(f"width:{number}" for number in range(len(WIDTHS))), *_PRESSURES)
    return _CANVAS_SHEET if sheet == "canvas" else ()


def label(action: str) -> str:
    """What a button is called."""
    kind, _, value = action.partition(":")
    return LABELS.get(action) or (f"{WIDTHS[int(value)]:g}x" if kind == "width" else value.capitalize())
