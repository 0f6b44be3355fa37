"""Fill: the closed place around a point, as a stroke of its own; or another colour for the ink under the point."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from handplay.games.airdraw.document import Document
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.export_png import rendered
from handplay.games.airdraw.raster import Frame, Pixels, draw_stroke
from handplay.games.airdraw.strokes import MAX_POINTS, Rgb, Stroke
from handplay.games.airdraw.tools import SPECS
from handplay.games.airdraw.view import SizePx, View

_HEIGHT_PX = 1080
"""The place is looked for in a picture of the view with so many rows."""

_INK = 100
"""Alpha from which a pixel is ink that holds colour in."""

_UNDER_PX = 2
"""How far the colour goes under the ink around it, so that no light shows between them."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a tap of the fill tool means.

    Attributes:
        recolour: id of the stroke that gets the colour, or 0.
        stroke: the new fill, or None.
        place: in drawing order.
    """

    recolour: int = 0
    stroke: Stroke | None = None
    place: int = 0


def fill(
    drawing: Drawing, x: float, y: float, colour: Rgb, view: View, size_px: SizePx, *, start_s: float = 0.0
) -> bool:
    """Fills as one step; False if the place at (x, y) is not closed within the view."""
    found = find_filling(drawing.document, drawing.layer, x, y, colour, view, size_px, start_s=start_s)
    if found is None:
        return False
    if found.recolour:
        drawing.recolour(found.recolour, colour)
    elif found.stroke is not None:
        drawing.add(found.stroke, place=found.place)
    return True


def find_filling(
    document: Document,
    layer: int,
    x: float,
    y: float,
    colour: Rgb,
    view: View,
    size_px: SizePx,
    *,
    start_s: float = 0.0,
) -> Filling | None:
    """What filling at a point of the plane would do.

    Args:
        document: the drawing; ink of all visible layers holds the colour in.
        layer: where the fill goes.
        x, y: plane.
        colour: of the fill.
        view, size_px: what is seen: a place that reaches the edge of it is not closed.
        start_s: when, on the clock of the strokes.
    """
    height = _HEIGHT_PX
    width = max(1, round(height * size_px[0] / max(1, size_px[1])))
    width = min(width, 4 * height)
    look = (width, height)
    frame = Frame.of(view, look)
    px, py = (int(v) for v in frame.px(np.array([(x, y)]))[0] + 0.5)
    if not (0 <= px < width and 0 <= py < height):
        return None
    pixels = rendered(document, look, view, ground="transparent")
    alpha = pixels[..., 3]
    if document.sheet.background is not None:
        bare = Document(document.strokes, type(document.sheet)(document.sheet.layers))
        alpha = rendered(bare, look, view, ground="transparent")[..., 3]
    if alpha[py, px] >= _INK:
        number = _ink_at(document, layer, px, py, frame)
        return Filling(recolour=number) if number else None
    area = _area(alpha, px, py)
    if area is None:
        return None
    rings = _rings(area, frame)
    if not rings:
        return None
    starts = np.cumsum([len(ring) for ring in rings])[:-1]
    stroke = Stroke(
        "fill", colour, SPECS["fill"].width, np.concatenate(rings).astype(np.float32),
        layer=layer, rings=tuple(int(k) for k in starts), start_s=start_s,
    )  # fmt: skip
    return Filling(stroke=stroke, place=_place(document, stroke))


def _area(alpha: Pixels, px: int, py: int) -> Pixels | None:
    """The closed place around a pixel, 0 or 255, grown a little under its edge; None if it is open."""
    free = (alpha < _INK).astype(np.uint8)
    mask = np.zeros((free.shape[0] + 2, free.shape[1] + 2), np.uint8)
    _, _, _, (x, y, w, h) = cv2.floodFill(free, mask, (px, py), (2,), flags=4)
    if x <= 0 or y <= 0 or x + w >= free.shape[1] or y + h >= free.shape[0]:
        return None
    area = np.where(free == 2, np.uint8(255), np.uint8(0))
    return np.asarray(cv2.dilate(area, np.ones((3, 3), np.uint8), iterations=_UNDER_PX), np.uint8)


def _rings(area: Pixels, frame: Frame) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """The outlines of an area in the plane, without specks."""
    outlines, nesting = cv2.findContours(area, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    rings = []
    total = 0
    order = sorted(range(len(outlines)), key=lambda k: len(outlines[k]), reverse=True)
    # One place has one outline around it; it comes first, whatever the length of its holes.
    order.sort(key=lambda k: nesting[0][k][3] >= 0)
    for outline, is_hole in ((outlines[k], nesting[0][k][3] >= 0) for k in order):
        if abs(cv2.contourArea(outline)) < 4:
            continue
        points = outline[:, 0].astype(np.float64)
        # Steps of pixels become a line again, by no more than the edge that lies under the ink.
        smooth = (np.roll(points, 1, 0) + points + np.roll(points, -1, 0)) / 3
        kept = cv2.approxPolyDP(smooth.astype(np.float32)[:, None], 0.35, True)[:, 0].astype(np.float64)
        total += len(kept)
        if len(kept) < 3 or total > MAX_POINTS:
            continue
        if (cv2.contourArea(kept.astype(np.float32), oriented=True) < 0) != is_hole:
            kept = kept[::-1]
        rings.append((kept + 0.5 + (frame.left, frame.top)) / frame.scale)
    return rings


def _place(document: Document, stroke: Stroke) -> int:
    """Below all ink of its layer, but above whatever was erased there before."""
    b = stroke.box
    for place in range(len(document.strokes) - 1, -1, -1):
        other = document.strokes[place]
        if other.layer == stroke.layer and other.tool == "eraser":
            o = other.box
            if o[0] <= b[2] and o[2] >= b[0] and o[1] <= b[3] and o[3] >= b[1]:
                return place + 1
    return 0


def _ink_at(document: Document, layer: int, px: int, py: int, frame: Frame) -> int:
    """The id of the topmost stroke of a layer with ink at a pixel, 0 if there is none."""
    inner = frame.moved(px - 1, py - 1)
    box = ((frame.left + px - 1) / frame.scale, (frame.top + py - 1) / frame.scale,
           (frame.left + px + 2) / frame.scale, (frame.top + py + 2) / frame.scale)  # fmt: skip
    for stroke in reversed(document.touching(box)):
        if stroke.layer != layer or stroke.tool == "eraser":
            continue
        patch = np.zeros((3, 3, 4), np.uint8)
        draw_stroke(patch, stroke, inner)
        if patch[1, 1, 3] >= _INK:
            return stroke.id
    return 0
