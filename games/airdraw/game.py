"""One sitting at the drawing: tools, inks, strokes in progress, view, and every action by its name. No pygame.

Pens and the mouse tell it where they are in canvas heights of the window (0, 0 top left); it draws in the plane. What
happened since the last look (sounds, notes) is collected in `happened` and `notes`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from handplay.engine.hands import Handedness
from handplay.games.airdraw.document import CANVASES
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.live_stroke import InkSettings, LiveStroke
from handplay.games.airdraw.palette import COLOURS, TOOL_ORDER, WIDTHS, Rgb
from handplay.games.airdraw.scene_saving import Wanted
from handplay.games.airdraw.stickers import STICKERS
from handplay.games.airdraw.strokes import Stroke
from handplay.games.airdraw.tools import PRESSURES, SPECS, Pressure, Tool
from handplay.games.airdraw.view import SizePx, View

Place = tuple[float, float]

SNAP_STILL_S = 0.55
"""A stroke whose end is held still for so long becomes the shape that it looks like."""

HAND_INK = InkSettings(tolerance=0.003)
"""A tracked hand is known to a third of a per cent of its picture: the last fit of its lines evens that out."""

_ZOOM_STEP = 1.25


@dataclass(slots=True, eq=False)
class Working:
    """A stroke in progress and who draws it."""

    live: LiveStroke
    handedness: Handedness
    offered: Stroke | None = None
    tried_s: float = 0.0


@dataclass(slots=True)
class Tools:
    """What is chosen.

    Attributes:
        inks: colour names; each hand has its own.
        width: number of the width in `WIDTHS`.
        pressure: what makes a brush that a hand holds thick.
    """

    tool: Tool = "pen"
    sticker: str = "star"
    inks: dict[Handedness, str] = field(default_factory=lambda: {"Right": "coral", "Left": "aqua"})
    width: int = 2
    pressure: Pressure = "speed"


class AirDrawing:
    """Everything but pictures and events.

    Args:
        drawing: what is drawn on; with its journal.
        size_px: of the window.
    """

    def __init__(self, drawing: Drawing, size_px: SizePx = (1280, 720)) -> None:
        self.drawing = drawing
        self.tools = Tools()
        self.view = View()
        self.size_px = size_px
        self.working: dict[Hashable, Working] = {}
        self.finished: list[LiveStroke] = []
        """Strokes whose preview is to be taken away; who draws empties it."""
        self.happened: list[tuple[str, float]] = []
        """(sound, place 0..1); who plays them empties it."""
        self.notes: list[str] = []
        """Sentences for the person; who shows them empties it."""
        self.strokes = 0
        self.save_wanted: Wanted | None = None
        """What is to be written; who writes it takes it away."""
        self.clearing = False
        """The question whether all shall go is open."""
        self.changed_s = -math.inf
        self.now_s = 0.0

    # -- drawing -------------------------------------------------------------------------------------------------

    def begin(
        self, key: Hashable, x: float, y: float, time_s: float, handedness: Handedness = "Right", *,
        depth: float | None = None,
    ) -> None:  # fmt: skip
        """A stroke begins. key: who draws it (a hand's id, "mouse"); depth: pressure 0..1 by depth, if known."""
        self.cancel(key)
        plane = self.plane(x, y)
        if SPECS[self.tools.tool].gesture == "tap":
            self._fill(plane, handedness)
            return
        live = LiveStroke(
            self.tools.tool, self.ink(handedness), self.width(), layer=self.drawing.layer,
            sticker=self.tools.sticker if self.tools.tool == "sticker" else "", zoom=self.view.zoom,
            settings=None if key == "mouse" else HAND_INK,
        )  # fmt: skip
        live.add(*plane, time_s, self._pressure(depth))
        self.working[key] = Working(live, handedness)

    def extend(self, key: Hashable, x: float, y: float, time_s: float, *, depth: float | None = None) -> None:
        """It goes on; unknown keys are passed over."""
        working = self.working.get(key)
        if working is not None:
            working.live.add(*self.plane(x, y), time_s, self._pressure(depth))
            if working.offered is not None and self._left(working):
                working.offered = None
                working.live.become(None)

    def ahead(self, key: Hashable, places: Sequence[Place]) -> None:
        """What is not decided yet of it, up to where the pen is thought to be."""
        working = self.working.get(key)
        if working is not None and places and working.offered is None:
            way = [self.plane(*place) for place in places]
            working.live.predict(*way[-1], way[:-1])

    def end(self, key: Hashable) -> None:
        """It is done, and part of the drawing from now."""
        working = self.working.pop(key, None)
        if working is None:
            return
        stroke = working.live.finish()
        self.finished.append(working.live)
        if stroke is not None:
            self.drawing.add(stroke)
            self.strokes += 1
            self.changed_s = self.now_s

    def cancel(self, key: Hashable) -> None:
        """It was not meant."""
        working = self.working.pop(key, None)
        if working is not None:
            working.live.cancel()
            self.finished.append(working.live)

    def rest(self, key: Hashable, still_s: float) -> None:
        """Who draws holds still: offers the shape that the stroke looks like."""
        working = self.working.get(key)
        if working is None or working.offered is not None or still_s < SNAP_STILL_S:
            return
        if self.now_s - working.tried_s < 0.25:
            return
        working.tried_s = self.now_s
        shape = _snapped(working.live)
        if shape is not None:
            working.offered = shape
            working.live.become(shape)
            x, _ = self.view.to_px(*working.live.tip, self.size_px)
            self.happened.append(("snap", x / self.size_px[0]))

    def ink(self, handedness: Handedness) -> Rgb:
        """The colour a hand draws with."""
        return COLOURS[self.tools.inks[handedness]]

    def width(self) -> float:
        """The width of a stroke, plane."""
        return SPECS[self.tools.tool].width * WIDTHS[self.tools.width] / self.view.zoom

    # -- view ----------------------------------------------------------------------------------------------------

    def plane(self, x: float, y: float) -> Place:
        """From canvas heights of the window to the plane."""
        height = self.size_px[1]
        return self.view.to_plane(x * height, y * height, self.size_px)

    def pan(self, dx: float, dy: float) -> None:
        """Pushes the drawing, canvas heights of the window."""
        self.view = self.view.panned(dx * self.size_px[1], dy * self.size_px[1], self.size_px)

    def zoom(self, factor: float, x: float, y: float) -> None:
        """Zooms about a place, canvas heights of the window."""
        self.view = self.view.zoomed(factor, (x * self.size_px[1], y * self.size_px[1]), self.size_px)

    # -- actions -------------------------------------------------------------------------------------------------

    def act(self, action: str, handedness: Handedness = "Right") -> None:
        """Does what a button, key or gesture stands for.

        Args:
            action: "undo", "tool:pen", "colour:coral", "width:3", "canvas:white", ...; see `palette`.
            handedness: whose hand chose it: each has its own colour.

        Raises:
            ValueError: there is no such action.
        """
        kind, _, value = action.partition(":")
        simple: dict[str, Callable[[], None]] = {
            "undo": self._undo, "redo": self._redo, "clear": self._ask_clear,
            "save": lambda: self._save("drawing"), "film": lambda: self._save("film"),
            "colour_step": lambda: self._step_colour(int(value), handedness),
            "width_step": lambda: self._set_width(self.tools.width + int(value)),
            "canvas_step": self._next_canvas, "pressure_step": self._next_pressure,
            "zoom_step": lambda: self._zoom_step(int(value)),
            "pan_step": lambda: self._pan_step(value),
        }  # fmt: skip
        if kind in simple:
            simple[kind]()
        elif kind == "tool" and value in TOOL_ORDER:
            self.tools.tool = next(tool for tool in TOOL_ORDER if tool == value)
        elif kind == "sticker" and value in STICKERS:
            self.tools.tool, self.tools.sticker = "sticker", value
        elif kind == "colour" and value in COLOURS:
            self.tools.inks[handedness] = value
        elif kind == "pressure" and value in PRESSURES:
            self._set_pressure(next(pressure for pressure in PRESSURES if pressure == value))
        elif kind == "width" and value.isdigit():
            self._set_width(int(value))
        elif kind == "canvas" and value in CANVASES:
            self.drawing.set_canvas(next(canvas for canvas in CANVASES if canvas == value))
        elif action == "view:reset":
            self.view = View()
        elif kind == "layer":
            self._layer(value)
        else:
            raise ValueError(f"act: got {action!r}, which is no action")
        if kind not in ("undo", "redo", "save", "film", "pan_step", "zoom_step"):
            self.happened.append(("select", 0.5))

    def confirm_clear(self) -> None:
        """The answer is yes: all strokes go, as one step that can be undone."""
        if self.clearing:
            self.clearing = False
            self.drawing.ready()
            count = len(self.drawing.document.strokes)
            self.drawing.clear()
            self.changed_s = self.now_s
            self.happened.append(("undo", 0.5))
            self.notes.append("Cleared. Undo brings it back" if count else "There was nothing to clear")

    def keep(self) -> None:
        """The answer is no."""
        self.clearing = False

    # -- within --------------------------------------------------------------------------------------------------

    def _undo(self) -> None:
        self._walked(self.drawing.undo(), "undo")

    def _redo(self) -> None:
        self._walked(self.drawing.redo(), "redo")

    def _walked(self, done: bool, word: str) -> None:
        if done:
            self.changed_s = self.now_s
            self.happened.append((word, 0.5))
        else:
            self.notes.append(f"Nothing to {word}")

    def _save(self, wanted: Wanted) -> None:
        self.drawing.ready()
        if self.drawing.document.strokes:
            self.save_wanted = wanted
        else:
            self.notes.append("There is nothing to save yet")

    def _ask_clear(self) -> None:
        self.clearing = True

    def _set_width(self, number: int) -> None:
        self.tools.width = min(len(WIDTHS) - 1, max(0, number))

    def _pressure(self, depth: float | None) -> float | None:
        return depth if self.tools.pressure == "depth" else None

    def _next_pressure(self) -> None:
        self._set_pressure("speed" if self.tools.pressure == "depth" else "depth")

    def _set_pressure(self, pressure: Pressure) -> None:
        self.tools.pressure = pressure
        by_depth = pressure == "depth"
        self.notes.append("Brush: reach forward for a thick line" if by_depth else "Brush: go slowly for a thick line")

    def _step_colour(self, step: int, handedness: Handedness) -> None:
        names = list(COLOURS)
        self.tools.inks[handedness] = names[(names.index(self.tools.inks[handedness]) + step) % len(names)]

    def _next_canvas(self) -> None:
        now = self.drawing.document.sheet.canvas
        self.drawing.set_canvas(CANVASES[(CANVASES.index(now) + 1) % len(CANVASES)])

    def _zoom_step(self, step: int) -> None:
        self.zoom(_ZOOM_STEP**step, self.size_px[0] / self.size_px[1] / 2, 0.5)

    def _pan_step(self, way: str) -> None:
        dx, dy = {"left": (0.1, 0.0), "right": (-0.1, 0.0), "up": (0.0, 0.1), "down": (0.0, -0.1)}[way]
        self.pan(dx, dy)

    def _layer(self, what: str) -> None:
        drawing, layers = self.drawing, self.drawing.document.layers
        number = next(i for i, layer in enumerate(layers) if layer.id == drawing.layer)
        if what == "new":
            word = (
                f"Drawing on layer {len(layers) + 1}" if drawing.add_layer() else "There are as many layers as can be"
            )
            self.notes.append(word)
        elif what == "next":
            drawing.layer = layers[(number + 1) % len(layers)].id
            self.notes.append(f"Drawing on layer {(number + 1) % len(layers) + 1} of {len(layers)}")
        elif what == "hide":
            shown = layers[number].visible
            drawing.change_layer(drawing.layer, visible=not shown)
            self.notes.append(f"Layer {number + 1} is {'hidden' if shown else 'shown'}")
        else:
            raise ValueError(f"act: got layer:{what}, which is no action")

    def _fill(self, plane: Place, handedness: Handedness) -> None:
        from handplay.games.airdraw.flood import fill  # OpenCV is loaded for fills alone

        self.drawing.ready()
        if not fill(self.drawing, *plane, self.ink(handedness), self.view, self.size_px, start_s=max(0.0, self.now_s)):
            self.notes.append("Nothing closed to fill here")
            return
        self.strokes += 1
        self.changed_s = self.now_s
        self.happened.append(("snap", plane[0] + 0.5))

    def _left(self, working: Working) -> bool:
        """The pen went on after a shape was offered: the free line is wanted back."""
        offered, tip = working.offered, working.live.tip
        if offered is None:
            return False
        points = working.live.points
        return bool(math.hypot(points[-1, 0] - tip[0], points[-1, 1] - tip[1]) > 0.06 / self.view.zoom)


def _snapped(live: LiveStroke) -> Stroke | None:
    """The shape that a free line in ink looks like, if it looks like one."""
    if live.tool not in ("pen", "brush", "highlighter"):
        return None
    from handplay.games.airdraw.shapes import recognise

    snap = recognise(live.points)
    return None if snap is None else snap.stroke(live)
