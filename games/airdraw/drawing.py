"""The drawing a person works on: document, undo and autosave behind one face."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

from handplay.games.airdraw.codec import DrawingError
from handplay.games.airdraw.document import MAX_LAYERS, Canvas, Document, Edit, Layer, Sheet, layer_changed
from handplay.games.airdraw.history import History
from handplay.games.airdraw.journal import Journal, strokes_as_lines
from handplay.games.airdraw.opening import Opening
from handplay.games.airdraw.recovery import Unfinished
from handplay.games.airdraw.strokes import Rgb, Stroke


class Drawing:
    """Every action on a drawing. Each is one step of undo and is in the journal when the call returns.

    Args:
        document: what to go on with; an empty one if None.
        journal: where to autosave; nowhere if None.

    Attributes:
        document: the drawing itself.
        layer: id of the layer that is drawn on.
        opening: what will be the drawing, as long as it is read. Whatever is done to the drawing waits for it first;
            new strokes only if it does not come from a file.
    """

    def __init__(self, document: Document | None = None, journal: Journal | None = None) -> None:
        self.document = document or Document()
        self.history = History()
        self.journal = journal
        self.layer = self.document.layers[-1].id
        self.opening: Opening | None = None
        self._canvas: Canvas | None = None
        self._refused: DrawingError | None = None
        if journal is not None:
            journal.begin(self.document)

    @classmethod
    def start(
        cls, opening: Opening | None = None, *, folder: Path | None = None, canvas: Canvas | None = None
    ) -> Drawing:
        """A drawing with a journal of its own in the data folder; a disk that fails is told in `problem`.

        Args:
            opening: what is being opened; an empty drawing if None.
            folder: of the journal, if not the data folder.
            canvas: what shall lie under it, whatever the document says.

        Raises:
            DrawingError: what is opened is not what it should be.
        """
        sheet = Sheet() if opening is None else opening.sheet
        # Nothing is in the journal yet: before the opening is done, what it reads is still where it came from.
        drawing = cls(Document((), replace(sheet, canvas=canvas or sheet.canvas)))
        drawing.journal = Journal(folder)
        drawing.opening, drawing._canvas = opening, canvas
        if opening is None:
            drawing.journal.begin(drawing.document)
        else:
            drawing.go_on(0.0)
        return drawing

    def go_on(self, seconds: float) -> bool:
        """Reads on in what is being opened, for about so long; True if it was this call that ended it.

        Raises:
            DrawingError: it is not what it should be; the drawing stays as it is, and nothing is opened any more.
        """
        opening, refused, self._refused = self.opening, self._refused, None
        if refused is not None:
            raise refused
        if opening is None:
            return False
        try:
            if not opening.go_on(seconds):
                return False
        except BaseException:
            self._give_up()
            raise
        assert opening.result is not None  # it is done
        self.opening = None
        document, sheet = opening.result.document, opening.result.document.sheet
        mine = self.document.strokes
        self.document = Document(document.strokes, replace(sheet, canvas=self._canvas or sheet.canvas))
        self.layer = self.document.layers[-1].id
        self.history.clear()
        for stroke in mine:
            edit = Edit(added=((len(self.document.strokes), self._named(stroke)),))
            self.document.apply(edit)
            self.history.push(edit)
        if self.journal is not None:
            lines = opening.result.lines or strokes_as_lines(document.strokes)
            self.journal.begin(
                self.document, chain(lines, strokes_as_lines(self.document.strokes, len(document.strokes)))
            )
        opening.settle(self.journal is not None and not self.problem)
        return True

    def ready(self) -> None:
        """Reads to the end what is being opened, at once: something is to be done to the whole of it.

        What cannot be opened is told by the next `go_on`, since what is being done now must not be lost for it.
        """
        try:
            self.go_on(math.inf)
        except DrawingError as error:
            self._refused = error

    def _give_up(self) -> None:
        opening, self.opening = self.opening, None
        if opening is not None:
            opening.settle(False)

    @property
    def problem(self) -> str:
        """One sentence if autosave cannot write at the moment, else empty. Drawing goes on; it is tried again."""
        return self.journal.problem if self.journal is not None else ""

    def add(self, *strokes: Stroke, place: int | None = None) -> tuple[Stroke, ...]:
        """Puts strokes on top (or at a place in drawing order) as one step; gives them back with their ids."""
        if not strokes:
            return ()
        if self.opening is None or not self.opening.from_file or place is not None:
            self.ready()
        document = self.document
        named = tuple(map(self._named, strokes))
        begin = len(document.strokes) if place is None else place
        self._do(Edit(added=tuple((begin + k, stroke) for k, stroke in enumerate(named))))
        return named

    def remove(self, ids: Iterable[int]) -> None:
        """Takes strokes away as one step; unknown ids are passed over."""
        self.ready()
        gone = set(ids)
        self._do(Edit(removed=tuple((k, s) for k, s in enumerate(self.document.strokes) if s.id in gone)))

    def replace(self, stroke_id: int, stroke: Stroke) -> Stroke:
        """Puts a stroke in the place of another (shape snap, another colour) as one step.

        Raises:
            ValueError: there is no stroke with this id.
        """
        self.ready()
        place = self.document.index(stroke_id)
        named = stroke.with_id(self.document.new_id())
        self._do(Edit(((place, self.document.strokes[place]),), ((place, named),)))
        return named

    def clear(self) -> None:
        """Takes all strokes away, on every layer, as one step."""
        self.ready()
        self._do(Edit(removed=tuple(enumerate(self.document.strokes))))

    def undo(self) -> bool:
        """One step back; False at the beginning."""
        self.ready()
        return self._walk(self.history.undo())

    def redo(self) -> bool:
        """One step forth; False if nothing was undone."""
        self.ready()
        return self._walk(self.history.redo())

    def set_canvas(self, canvas: Canvas) -> None:
        """What lies under everything: "camera", "white" or "black"."""
        self.ready()
        self._sheet(replace(self.document.sheet, canvas=canvas))

    def add_layer(self, name: str = "") -> bool:
        """A new layer on top, to draw on from now; False if there are as many as there may be."""
        self.ready()
        layers = self.document.layers
        if len(layers) >= MAX_LAYERS:
            return False
        number = max(layer.id for layer in layers) + 1
        self._sheet(replace(self.document.sheet, layers=(*layers, Layer(number, name or f"Layer {number}"))))
        self.layer = number
        return True

    def remove_layer(self, number: int) -> bool:
        """Takes a layer away with its strokes; False for the last one."""
        self.ready()
        sheet = self.document.sheet
        if len(sheet.layers) == 1:
            return False
        after = replace(sheet, layers=tuple(layer for layer in sheet.layers if layer.id != number))
        gone = tuple((k, s) for k, s in enumerate(self.document.strokes) if s.layer == number)
        self._do(Edit(removed=gone, before=sheet, after=after))
        return True

    def change_layer(self, number: int, *, name: str | None = None, visible: bool | None = None,
                     opacity: float | None = None) -> None:  # fmt: skip
        """Another name, shown or hidden, another opacity."""
        self.ready()
        given = {"name": name, "visible": visible, "opacity": opacity}
        self._sheet(layer_changed(self.document.sheet, number, **{k: v for k, v in given.items() if v is not None}))

    def move_layer(self, number: int, place: int) -> None:
        """Puts a layer at another place, 0 is the lowest."""
        self.ready()
        layers = [layer for layer in self.document.layers if layer.id != number]
        layers.insert(place, self.document.layer(number))
        self._sheet(replace(self.document.sheet, layers=tuple(layers)))

    def recolour(self, stroke_id: int, colour: Rgb) -> Stroke:
        """Gives a stroke another colour."""
        self.ready()
        place = self.document.index(stroke_id)
        return self.replace(stroke_id, self.document.strokes[place].recoloured(colour))

    def opened(self, document: Document) -> None:
        """Goes on with another document (a file was opened); undo is forgotten, the old journal stays for later."""
        self._give_up()
        if self.journal is not None:
            self.journal.close(keep=bool(self.document.strokes))
            self.journal = Journal(self.journal.folder)
            self.journal.begin(document)
        self.document = document
        self.history.clear()
        self.layer = document.layers[-1].id

    def restore(self, unfinished: Unfinished) -> None:
        """Goes on with what an earlier run left behind; its journal goes once the drawing is in this one's."""
        self.opened(unfinished.document)
        if self.journal is None or self.problem:
            unfinished.release()
        else:
            unfinished.discard()

    def saved(self) -> None:
        """Says that all is in a file now: the journal is made small."""
        if self.journal is not None:
            self.journal.compact(self.document)

    def close(self, *, keep: bool = True) -> None:
        """Ends the autosave; with `keep` the next start can go on with this drawing. What was still being opened stays
        where it came from."""
        self._give_up()
        if self.journal is not None:
            self.journal.close(keep=keep and bool(self.document.strokes))

    def _named(self, stroke: Stroke) -> Stroke:
        """A stroke with an id of its own, on a layer that is there: its own may have gone since it was begun."""
        there = any(layer.id == stroke.layer for layer in self.document.layers)
        return replace(stroke, id=self.document.new_id(), layer=stroke.layer if there else self.layer)

    def _sheet(self, after: Sheet) -> None:
        self._do(Edit(before=self.document.sheet, after=after))

    def _do(self, edit: Edit) -> None:
        if edit.empty:
            return
        self.document.apply(edit)
        self.history.push(edit)
        self._after(edit)

    def _walk(self, edit: Edit | None) -> bool:
        if edit is None:
            return False
        self.document.apply(edit)
        self._after(edit)
        return True

    def _after(self, edit: Edit) -> None:
        if edit.after is not None and self.layer not in {layer.id for layer in self.document.layers}:
            self.layer = self.document.layers[-1].id
        if self.journal is not None:
            self.journal.append(edit, self.document)
