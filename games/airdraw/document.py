"""The drawing as it is: layers, strokes in drawing order, canvas and background. Changed by edits alone.

An `Edit` says what goes and what comes, with places, so that its opposite is the same edit read backwards: undo, the
journal and the painter all live on edits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.background import Background
from handplay.games.airdraw.strokes import Stroke
from handplay.games.airdraw.view import Box

Canvas = Literal["camera", "white", "black"]
CANVASES: tuple[Canvas, ...] = get_args(Canvas)

MAX_LAYERS = 8
MAX_STROKES = 200_000


@dataclass(frozen=True, slots=True)
class Layer:
    """A sheet of the drawing; later layers lie above.

    Attributes:
        id: unique within the drawing, from 1.
        name: for the list of layers.
        visible: hidden layers are not drawn and not exported.
        opacity: 0..1.
    """

    id: int
    name: str = "Layer"
    visible: bool = True
    opacity: float = 1.0

    def __post_init__(self) -> None:
        if self.id < 1 or not 0 <= self.opacity <= 1 or len(self.name) > 80:
            raise ValueError(f"layer {self.id}: opacity within 0 and 1, a name of at most 80 letters")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of a drawing but its strokes: layers from below to above, what lies under them."""

    layers: tuple[Layer, ...] = (Layer(1, "Layer 1"),)
    canvas: Canvas = "white"
    background: Background | None = None

    def __post_init__(self) -> None:
        if self.canvas not in CANVASES:
            raise ValueError(f"canvas is {self.canvas!r}, not one of {', '.join(CANVASES)}")
        if not 1 <= len(self.layers) <= MAX_LAYERS:
            raise ValueError(f"a drawing has 1 to {MAX_LAYERS} layers, got {len(self.layers)}")
        if len({layer.id for layer in self.layers}) != len(self.layers):
            raise ValueError("two layers have the same id")


@dataclass(frozen=True, slots=True)
class Edit:
    """One step: strokes that go, strokes that come, a sheet for a sheet.

    Attributes:
        removed: (place, stroke), places in the drawing before the step, rising.
        added: (place, stroke), places in the drawing after the step, rising.
        before, after: the sheet, if it changes.
    """

    removed: tuple[tuple[int, Stroke], ...] = ()
    added: tuple[tuple[int, Stroke], ...] = ()
    before: Sheet | None = None
    after: Sheet | None = None

    @property
    def opposite(self) -> Edit:
        """The step back."""
        return Edit(self.added, self.removed, self.after, self.before)

    @property
    def empty(self) -> bool:
        """True if it changes nothing."""
        return not self.removed and not self.added and self.before == self.after


class Document:
    """A drawing. Read its attributes freely; change it through `apply`.

    Attributes:
        sheet: layers, canvas, background.
        strokes: in drawing order; a stroke is drawn on its layer.
        revision: grows by one with each edit.
    """

    def __init__(self, strokes: Iterable[Stroke] = (), sheet: Sheet | None = None) -> None:
        self.sheet = sheet or Sheet()
        self.strokes: list[Stroke] = []
        self.revision = 0
        self._next_id = 1
        self._boxes = np.zeros((64, 4), np.float32)
        self._boxed = 0
        self._recent: deque[Edit] = deque(maxlen=512)
        given = list(strokes)
        if given:
            self.apply(Edit(added=tuple(enumerate(given))))

    def apply(self, edit: Edit) -> None:
        """Takes a step, whole or not at all.

        Raises:
            ValueError: the step does not fit the drawing; nothing has changed.
        """
        if edit.removed or edit.after is not None or not edit.added or edit.added[0][0] != len(self.strokes):
            strokes = self._after(edit)
            self.sheet = edit.after or self.sheet
            self.strokes = strokes
        else:
            self._check(edit.added, self.sheet, len(self.strokes) + len(edit.added))
            _check_places(edit.added, len(self.strokes) + len(edit.added))
            self.strokes.extend(stroke for _, stroke in edit.added)
        self._next_id = max([self._next_id, *(stroke.id + 1 for _, stroke in edit.added)])
        self.revision += 1
        if edit.removed or (edit.added and edit.added[0][0] < self._boxed):
            self._boxed = 0
        self._recent.append(edit)

    def since(self, revision: int) -> list[Edit] | None:
        """The edits after a revision, oldest first; None if that is too long ago."""
        missed = self.revision - revision
        if not 0 <= missed <= len(self._recent):
            return None
        return list(self._recent)[len(self._recent) - missed :]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """From below to above."""
        return self.sheet.layers

    def layer(self, number: int) -> Layer:
        """The layer with this id.

        Raises:
            ValueError: there is none.
        """
        for layer in self.sheet.layers:
            if layer.id == number:
                return layer
        raise ValueError(f"there is no layer {number}")

    def new_id(self) -> int:
        """An id that no stroke has had."""
        self._next_id += 1
        return self._next_id - 1

    def index(self, stroke_id: int) -> int:
        """The place of a stroke in drawing order.

        Raises:
            ValueError: there is none with this id.
        """
        # The strokes that change are nearly always the latest.
        for place in range(len(self.strokes) - 1, -1, -1):
            if self.strokes[place].id == stroke_id:
                return place
        raise ValueError(f"there is no stroke {stroke_id}")

    def boxes(self) -> NDArray[np.float32]:
        """The boxes of all strokes, (N, 4): x0, y0, x1, y1."""
        count = len(self.strokes)
        if count > len(self._boxes):
            grown = np.zeros((2 * count, 4), np.float32)
            grown[: self._boxed] = self._boxes[: self._boxed]
            self._boxes = grown
        if count > self._boxed:
            self._boxes[self._boxed : count] = [stroke.box for stroke in self.strokes[self._boxed :]]
            self._boxed = count
        return self._boxes[:count]

    def touching(self, box: Box) -> list[Stroke]:
        """The strokes whose boxes meet a box, in drawing order."""
        b = self.boxes()
        near = (b[:, 0] <= box[2]) & (b[:, 2] >= box[0]) & (b[:, 1] <= box[3]) & (b[:, 3] >= box[1])
        return [self.strokes[k] for k in np.flatnonzero(near)]

    def reach(self) -> Box | None:
        """The box of all visible strokes and the background; None for an empty drawing."""
        shown = {layer.id for layer in self.layers if layer.visible}
        boxes = [stroke.box for stroke in self.strokes if stroke.layer in shown and stroke.tool != "eraser"]
        if self.sheet.background is not None:
            boxes.append(self.sheet.background.box)
        if not boxes:
            return None
        b = np.array(boxes)
        return float(b[:, 0].min()), float(b[:, 1].min()), float(b[:, 2].max()), float(b[:, 3].max())

    def _after(self, edit: Edit) -> list[Stroke]:
        sheet = self.sheet if edit.after is None else edit.after
        if edit.before is not None and edit.before != self.sheet:
            raise ValueError("the step is for another sheet")
        strokes = self.strokes
        if edit.removed:
            gone = {place for place, _ in edit.removed}
            for place, stroke in edit.removed:
                if not 0 <= place < len(strokes) or strokes[place].id != stroke.id:
                    raise ValueError(f"stroke {stroke.id} is not at place {place}")
            strokes = [stroke for place, stroke in enumerate(strokes) if place not in gone]
        if edit.added:
            strokes = _merged(strokes, edit.added)
        self._check(enumerate(strokes) if edit.after is not None else edit.added, sheet, len(strokes))
        return strokes

    @staticmethod
    def _check(strokes: Iterable[tuple[int, Stroke]], sheet: Sheet, count: int) -> None:
        layers = {layer.id for layer in sheet.layers}
        if count > MAX_STROKES:
            raise ValueError(f"a drawing holds at most {MAX_STROKES} strokes")
        if any(stroke.layer not in layers for _, stroke in strokes):
            raise ValueError("a stroke lies on a layer that is not there")


def _merged(strokes: list[Stroke], added: Sequence[tuple[int, Stroke]]) -> list[Stroke]:
    total = len(strokes) + len(added)
    _check_places(added, total)
    coming = dict(added)
    rest = iter(strokes)
    return [coming[place] if place in coming else next(rest) for place in range(total)]


def _check_places(added: Sequence[tuple[int, Stroke]], total: int) -> None:
    places = [place for place, _ in added]
    if places != sorted(set(places)) or places[0] < 0 or places[-1] >= total:
        raise ValueError("the places of new strokes are not rising, or beyond the end")
    if any(stroke.id < 1 for _, stroke in added):
        raise ValueError("a stroke without an id")


def layer_changed(sheet: Sheet, number: int, **changes: object) -> Sheet:
    """The sheet with a layer's name, visible or opacity changed."""
    layers = tuple(replace(x, **changes) if x.id == number else x for x in sheet.layers)  # type: ignore[arg-type] # by name
    return replace(sheet, layers=layers)
