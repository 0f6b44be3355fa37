"""The drawing on a pygame surface: kept true to the document, a few milliseconds a frame.

What is seen is put together from the seen sheets of the layers (`buffers`), with the strokes in progress (`live_ink`)
laid on theirs, and only within rectangles that changed. A new stroke goes straight onto its layer; whatever else
changes makes a rectangle stale, and `redraw` draws that anew in slices. When the view changes, what was seen is moved
and stretched at once, and all of it is stale.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pygame

from handplay.games.airdraw.backdrop import Backdrop
from handplay.games.airdraw.buffers import LayerSheets, fineness, joined, meets, merged, warped, window_part
from handplay.games.airdraw.dirty import stroke_rects
from handplay.games.airdraw.document import Document, Edit
from handplay.games.airdraw.live_ink import LiveInk
from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.raster import Frame, Pixels, RectPx, draw_stroke
from handplay.games.airdraw.redraw import Redraw
from handplay.games.airdraw.sketch import WORTH_IT, Sketch
from handplay.games.airdraw.strokes import Stroke
from handplay.games.airdraw.view import SizePx, View

_TILE_PX = (427, 240)
"""About the size of what is drawn anew in one piece, pixels of the window. Smaller ones are sharp earlier, but more
strokes lie on more than one of them."""

_AT_ONCE = 8
"""So many new strokes are drawn within one call; more are drawn in slices."""


class Painter:
    """Keeps a surface true to a document.

    Args:
        size_px: of the window.
        view: what of the plane it shows.
        document: what to begin with.
        clock: seconds, for the slices.

    Attributes:
        size_px, view: as given, or as `show` changed them.
        surface: what is seen, BGRA; premultiplied alpha over a camera, opaque otherwise. Another one after a change of
            size.
        dirty: rectangles of `surface` that the last `paint` changed.
        attention: where someone looks, pixels of the window: drawn anew first. The middle if None.
    """

    def __init__(
        self, size_px: SizePx, view: View, document: Document, *, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.view = view
        self.dirty: list[pygame.Rect] = []
        self.attention: tuple[float, float] | None = None
        self._clock = clock
        self._document = document
        self._revision = document.revision
        self._sheet = document.sheet
        self._backdrop = Backdrop()
        self._layers: dict[int, LayerSheets] = {}
        self._live: dict[int, LiveInk] = {}
        self._masks: list[Pixels] = []
        self._surfaces: dict[int, tuple[Pixels, pygame.Surface]] = {}
        self._job: Redraw | None = None
        self._sketch: Sketch | None = None
        self._blank: list[RectPx] = []
        self._source: tuple[Frame, SizePx, dict[int, Pixels]] | None = None
        self._missed: list[Stroke] = []
        self._resting = True
        self._frame = Frame.of(view, size_px)
        self._fine_frame: Frame | None = None
        self._stale: list[RectPx] = []
        self._changed: list[RectPx] = []
        self._resize(size_px)

    def show(self, view: View, size_px: SizePx | None = None) -> None:
        """Shows another part of the plane, or a window of another size: a preview at once, sharp by and by."""
        size_px = size_px or self.size_px
        if view == self.view and size_px == self.size_px:
            return
        if self._source is None:
            shown = {number: sheets.seen for number, sheets in self._layers.items()}
            self._source = (self._frame, self.size_px, shown)
        before, _, seen = self._source
        self.view = view
        self._drop_job()
        if size_px != self.size_px:
            self._resize(size_px)
        self._frame = Frame.of(view, size_px)
        for number, pixels in seen.items():
            sheets = self._sheets_of(number)
            sheets.seen = warped(pixels, before, self._frame, size_px)
            if sheets.times == 1:
                sheets.fine, self._fine_frame = sheets.seen, None
        for stroke in self._missed[-_AT_ONCE:]:
            self._lay(stroke)
        self._new_ground()
        for ink in list(self._live.values()):
            self._begin(ink.live)
        self._resting = False

    def extend(self, live: LiveStroke) -> None:
        """Draws what is new of a stroke in progress; begins with it when it is seen first."""
        if id(live) not in self._live:
            self._begin(live)
        self._changed += self._live[id(live)].extend()

    def finish(self, live: LiveStroke) -> None:
        """Takes the preview of a stroke away; unknown ones are passed over."""
        ink = self._live.pop(id(live), None)
        if ink is not None:
            self._changed.append(ink.wipe())
            self._masks.append(ink.mask)

    def paint(self, document: Document, budget_s: float = 0.004) -> bool:
        """Goes on with whatever is not true yet; True when all is sharp.

        Args:
            document: what to show; another one than before is drawn anew.
            budget_s: how long to draw anew. One stroke and what changed under the pen always get done.
        """
        deadline = self._clock() + budget_s
        self._take(document)
        self._settle_view()
        if self._resting:
            self._redraw(deadline)
        self._resting = True
        self.dirty = []
        for rect in merged(self._changed):
            self._compose(rect)
            self.dirty.append(pygame.Rect(rect))
        self._changed = []
        return not self._stale and self._job is None and self._fine_frame == self._frame

    def blit(self, target: pygame.Surface) -> None:
        """Puts the drawing onto the window's surface; over whatever is there if the canvas is the camera."""
        flags = pygame.BLEND_PREMULTIPLIED if self._sheet.canvas == "camera" else 0
        target.blit(self.surface, (0, 0), special_flags=flags)

    # What is seen

    def _resize(self, size_px: SizePx) -> None:
        self.size_px = size_px
        self._times = fineness(size_px)
        self._frame = Frame.of(self.view, size_px)
        self._layers.clear()
        self._surfaces.clear()
        self._masks.clear()
        self._pixels = np.zeros((size_px[1], size_px[0], 4), np.uint8)
        self.surface = pygame.image.frombuffer(self._pixels.data, size_px, "BGRA")
        self._fine_frame = None
        self._stale = self._tiles(self._all)
        self._blank = [self._all]
        self._new_ground()

    @property
    def _all(self) -> RectPx:
        return 0, 0, *self.size_px

    def _new_ground(self) -> None:
        self._ground = self._backdrop.drawn(self._sheet, self._frame, self.size_px)
        # An opaque surface is copied, not blended: a tenth of the time.
        self.surface.set_alpha(255 if self._sheet.canvas == "camera" else None)
        self._changed = [self._all]

    def _compose(self, rect: RectPx) -> None:
        """Puts a rectangle of the surface together from the ground and the layers."""
        target = self.surface.subsurface(rect)
        if isinstance(self._ground, tuple):
            blue, green, red, alpha = self._ground
            target.fill((red, green, blue, alpha))
        else:
            window_part(self._pixels, rect)[:] = window_part(self._ground, rect)
        for layer in self._sheet.layers:
            inks = [ink for ink in self._live.values() if ink.live.layer == layer.id]
            sheets = self._layers.get(layer.id)
            if not layer.visible or (sheets is None and not inks):
                continue
            if sheets is not None and not inks and layer.opacity == 1:
                target.blit(self._surface_of(layer.id, sheets), (0, 0), rect, pygame.BLEND_PREMULTIPLIED)
                continue
            pixels = np.zeros((rect[3], rect[2], 4), np.uint8)
            if sheets is not None:
                pixels[:] = window_part(sheets.seen, rect)
            for ink in inks:
                if meets(joined([ink.box, *ink.tail_rects]), rect):
                    ink.lay(pixels, rect)
            if layer.opacity < 1:
                pixels = (pixels * layer.opacity + 0.5).astype(np.uint8)
            source = pygame.image.frombuffer(pixels.data, (rect[2], rect[3]), "BGRA")
            target.blit(source, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)

    def _surface_of(self, number: int, sheets: LayerSheets) -> pygame.Surface:
        """A surface that shares the memory of what is seen of a layer."""
        known = self._surfaces.get(number)
        if known is None or known[0] is not sheets.seen:
            known = (sheets.seen, pygame.image.frombuffer(sheets.seen.data, self.size_px, "BGRA"))
            self._surfaces[number] = known
        return known[1]

    def _begin(self, live: LiveStroke) -> None:
        width, height = self.size_px
        old = self._live.get(id(live))
        if old is not None and old.mask.shape == (height * self._times, width * self._times):
            old.wipe()
            self._masks.append(old.mask)
        mask = self._masks.pop() if self._masks else np.zeros((height * self._times, width * self._times), np.uint8)
        self._live[id(live)] = LiveInk(live, mask, self._frame, self.size_px, self._times)
        self._changed += self._live[id(live)].extend()

    # What changed in the document

    def _take(self, document: Document) -> None:
        edits = document.since(self._revision) if document is self._document else None
        changed_sheet = document.sheet != self._sheet
        self._document, self._revision = document, document.revision
        if changed_sheet:
            self._sheet = document.sheet
            for number in set(self._layers) - {layer.id for layer in self._sheet.layers}:
                del self._layers[number]
            self._new_ground()
        if edits is None:
            self._spoil([self._all])
            self._blank, self._sketch = [self._all], None
            return
        for edit in edits:
            self._take_edit(edit)

    def _take_edit(self, edit: Edit) -> None:
        new = [stroke for _, stroke in edit.added]
        count = len(self._document.strokes)
        on_top = bool(new) and edit.added[0][0] + len(new) == count and self._document.strokes[-1] is new[-1]
        if not edit.removed and on_top and len(new) <= _AT_ONCE:
            for stroke in new:
                self._lay(stroke)
            return
        boxes = [stroke.box for _, stroke in (*edit.removed, *edit.added)]
        if boxes:
            rect = joined([self._frame.rect(box, self.size_px) for box in boxes])
            self._spoil([rect])
            if len(new) >= WORTH_IT:
                self._blank.append(rect)

    def _lay(self, stroke: Stroke) -> None:
        rect = self._frame.rect(stroke.box, self.size_px)
        if not rect[2] or not rect[3]:
            return
        sheets = self._sheets_of(stroke.layer)
        parts = merged(stroke_rects(stroke, self._frame, self.size_px))
        if self._fine_frame == self._frame:
            # Where the fine sheet is not drawn yet, what is seen is better than it.
            waiting = [*self._stale, *([self._job.rect] if self._job is not None else [])]
            unsettled = [part for part in parts if any(meets(part, other) for other in waiting)]
            if unsettled:
                draw_stroke(sheets.seen, stroke, self._frame)
                self._stale += unsettled  # a part of them may lie beside what waits
            draw_stroke(sheets.fine, stroke, self._frame.finer(sheets.times))
            for part in parts:
                if part not in unsettled:
                    sheets.settle(part)
        else:
            draw_stroke(sheets.seen, stroke, self._frame)
            if stroke not in self._missed[-_AT_ONCE:]:
                self._missed.append(stroke)
        # A redraw that is under way listed its strokes before.
        if self._job is not None and meets(self._job.rect, rect):
            self._job.also(stroke)
        if self._sketch is not None:
            self._sketch.also(stroke)
        self._changed += parts

    def _sheets_of(self, layer: int) -> LayerSheets:
        if layer not in self._layers:
            self._layers[layer] = LayerSheets(self.size_px)
        return self._layers[layer]

    # Drawing anew

    def _spoil(self, rects: list[RectPx]) -> None:
        rects = [rect for rect in rects if rect[2] and rect[3]]
        if rects:
            self._drop_job()
            self._stale = [tile for rect in merged(self._stale + rects) for tile in self._tiles(rect)]

    def _tiles(self, rect: RectPx) -> list[RectPx]:
        """A rectangle in parts that can be delivered within a slice."""
        x, y, w, h = rect
        across, along = max(1, round(w / _TILE_PX[0])), max(1, round(h / _TILE_PX[1]))
        xs = [x + w * k // across for k in range(across + 1)]
        ys = [y + h * k // along for k in range(along + 1)]
        return [(a, c, b - a, d - c) for c, d in pairwise(ys) for a, b in pairwise(xs)]

    def _next_tile(self) -> RectPx:
        """The stale one that is nearest to where someone looks."""
        x, y = self.attention or (self.size_px[0] / 2, self.size_px[1] / 2)
        tile = min(self._stale, key=lambda t: math.hypot(t[0] + t[2] / 2 - x, t[1] + t[3] / 2 - y))
        self._stale.remove(tile)
        return tile

    def _drop_job(self) -> None:
        if self._job is not None:
            self._stale.append(self._job.rect)
            self._job = None

    def _settle_view(self) -> None:
        """Once the view rests: takes over what the fine sheets hold if it was only pushed by whole pixels."""
        if not self._resting or self._fine_frame == self._frame:
            return
        source, self._source = self._source, None
        old, self._fine_frame = self._fine_frame, self._frame
        missed, self._missed = self._missed, []
        whole = self._blank or self._sketch is not None
        self._sketch = None
        self._blank = [self._all] if whole or source is None else self._uncovered(source[0], source[1])
        if old is None or abs(old.scale - self._frame.scale) > 1e-9 or self._stale:
            self._stale = self._tiles(self._all)
            return
        dx, dy = round(old.left - self._frame.left), round(old.top - self._frame.top)
        for sheets in self._layers.values():
            sheets.shift(dx, dy)
            sheets.settle(self._all)
        late = [self._frame.rect(stroke.box, self.size_px) for stroke in missed]
        self._stale = merged([*self._uncovered(old, self.size_px), *late])
        self._changed = [self._all]

    def _uncovered(self, before: Frame, size_px: SizePx) -> list[RectPx]:
        """The parts of the window that a window of another frame did not show."""
        width, height = self.size_px
        share = self._frame.scale / before.scale
        left = math.ceil(before.left * share - self._frame.left)
        top = math.ceil(before.top * share - self._frame.top)
        right = math.floor((before.left + size_px[0]) * share - self._frame.left)
        bottom = math.floor((before.top + size_px[1]) * share - self._frame.top)
        left, right = (min(width, max(0, v)) for v in (left, right))
        top, bottom = (min(height, max(0, v)) for v in (top, bottom))
        strips = [
            (0, 0, left, height), (right, 0, width - right, height), (0, 0, width, top),
            (0, bottom, width, height - bottom),
        ]  # fmt: skip
        return [strip for strip in strips if strip[2] > 0 and strip[3] > 0]

    def _fill_blank(self, deadline: float) -> bool:
        """Puts a rough picture where nothing is seen yet; True when there is no more to do."""
        while self._blank or self._sketch is not None:
            if self._sketch is None:
                sketch = Sketch(self._blank.pop(0), self._document, self._frame)
                if not sketch.worth_it:
                    continue
                self._sketch = sketch
            rect = self._sketch.rect
            done = self._sketch.go_on(
                lambda layer, rect=rect: window_part(self._sheets_of(layer).seen, rect),  # type: ignore[misc] # as bound
                deadline, self._clock,
            )  # fmt: skip
            self._changed.append(rect)
            if not done:
                return False
            self._sketch = None
        return True

    def _redraw(self, deadline: float) -> None:
        if not self._fill_blank(deadline):
            return
        while self._stale or self._job is not None:
            if self._job is None:
                self._job = Redraw(self._next_tile(), self._document, self._frame, self._times)
            if not self._job.go_on(deadline, self._clock):
                return
            job, self._job = self._job, None
            for number in job.layers:
                self._sheets_of(number)
            job.deliver(self._layers)
            self._changed.append(job.rect)
            if self._clock() > deadline:
                return
