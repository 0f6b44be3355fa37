"""The drawing as SVG: smooth curves that stay curves, for browsers and Inkscape.

pen, shapes     stroked paths of cubic Bezier curves
brush           filled outlines, because SVG has no line of varying width
highlighter     a translucent path that multiplies with the ink of its layer
eraser          a mask on each stroke that lay under it
layers          groups that Inkscape shows as layers
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

import numpy as np
from numpy.typing import NDArray

from handplay.engine.atomic import write_text
from handplay.games.airdraw.bezier import Curves, flatten, through_points
from handplay.games.airdraw.document import Document, Layer
from handplay.games.airdraw.paths import Path, paths_of
from handplay.games.airdraw.ribbons import ribbon
from handplay.games.airdraw.strokes import Stroke
from handplay.games.airdraw.view import Box

UNIT = 1000
"""SVG units for one canvas height."""

_EDGE = 0.0003
"""How far the outline of a brush may be off, canvas heights."""

_GROUND = {"white": "#ffffff", "black": "#000000"}


def export_svg(
    document: Document, path: str | os.PathLike[str], *, box: Box | None = None, background: bool = True
) -> None:
    """Writes the drawing as an SVG file, whole or not at all.

    Args:
        document: what to draw.
        path: the file.
        box: what of the plane it shows; all of the drawing, and at least the first canvas height, if None.
        background: with the canvas and the picture behind the drawing; the camera is never in it.

    Raises:
        OutputError: the place cannot be written to.
    """
    write_text(path, svg_text(document, box=box, background=background))


def svg_text(document: Document, *, box: Box | None = None, background: bool = True) -> str:
    """The drawing as SVG text, see `export_svg`."""
    box = box or _whole(document)
    x, y = box[0] * UNIT, box[1] * UNIT
    width, height = (box[2] - box[0]) * UNIT, (box[3] - box[1]) * UNIT
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
        f'width="{_n(width)}" height="{_n(height)}" viewBox="{_n(x)} {_n(y)} {_n(width)} {_n(height)}">',
    ]
    if background:
        colour = _GROUND.get(document.sheet.canvas)
        if colour:
            parts.append(f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{colour}"/>')
        parts += _picture(document)
    masks = _Masks(document)
    groups = [_group(layer, document.strokes, masks) for layer in document.layers if layer.visible]
    parts += masks.defs()
    parts += groups
    parts.append("</svg>\n")
    return "\n".join(parts)


class _Masks:
    """For each stroke the erasers that came after it and touch it; strokes with the same ones share a mask."""

    def __init__(self, document: Document) -> None:
        self._erasers = [(k, s) for k, s in enumerate(document.strokes) if s.tool == "eraser"]
        self._boxes = np.array([s.box for _, s in self._erasers]).reshape(-1, 4)
        self._places = np.array([k for k, _ in self._erasers])
        self._layers = np.array([s.layer for _, s in self._erasers])
        self._used: dict[tuple[int, ...], str] = {}

    def of(self, place: int, stroke: Stroke) -> str:
        """The attribute that masks a stroke, with a space before it; empty if nothing was erased of it."""
        if not self._erasers:
            return ""
        b, s = self._boxes, stroke.box
        meets = (b[:, 0] <= s[2]) & (b[:, 2] >= s[0]) & (b[:, 1] <= s[3]) & (b[:, 3] >= s[1])
        key = tuple(np.flatnonzero(meets & (self._places > place) & (self._layers == stroke.layer)).tolist())
        if not key:
            return ""
        name = self._used.setdefault(key, f"m{len(self._used) + 1}")
        return f' mask="url(#{name})"'

    def defs(self) -> list[str]:
        """The masks that were used."""
        if not self._used:
            return []
        lines = ["<defs>"]
        used = sorted({index for key in self._used for index in key})
        lines += [f'<g id="e{index + 1}">{_shape(self._erasers[index][1], "#000000")}</g>' for index in used]
        for key, name in self._used.items():
            lines.append(
                f'<mask id="{name}" maskUnits="userSpaceOnUse" x="-1e6" y="-1e6" width="2e6" height="2e6">'
                '<rect x="-1e6" y="-1e6" width="2e6" height="2e6" fill="#ffffff"/>'
                + "".join(f'<use href="#e{index + 1}"/>' for index in key)
                + "</mask>"
            )
        lines.append("</defs>")
        return lines


def _group(layer: Layer, strokes: Sequence[Stroke], masks: _Masks) -> str:
    name = re.sub(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", layer.name)
    opacity = f' opacity="{_n(layer.opacity)}"' if layer.opacity < 1 else ""
    lines = [
        f'<g id="layer{layer.id}" inkscape:groupmode="layer" inkscape:label={quoteattr(name)}{opacity} '
        'style="isolation:isolate">'
    ]
    for place, stroke in enumerate(strokes):
        if stroke.layer == layer.id and stroke.tool != "eraser":
            more = masks.of(place, stroke)
            if stroke.spec.blend == "multiply":
                more += f' opacity="{_n(stroke.spec.opacity)}" style="mix-blend-mode:multiply"'
            lines.append(_shape(stroke, "#{:02x}{:02x}{:02x}".format(*stroke.colour), more))
    lines.append("</g>")
    return "\n".join(lines)


def _shape(stroke: Stroke, colour: str, more: str = "") -> str:
    """The element of a stroke."""
    paths = paths_of(stroke)
    if paths[0].filled:
        return f'<path d="{"".join(_d(path) for path in paths)}" fill="{colour}"{more}/>'
    if len(paths[0].curves) == 0:
        (x, y), radius = paths[0].start, float(paths[0].widths.max()) / 2
        return f'<circle cx="{_n(x * UNIT)}" cy="{_n(y * UNIT)}" r="{_n(radius * UNIT)}" fill="{colour}"{more}/>'
    if paths[0].widths.min() == paths[0].widths.max():
        width = _n(float(paths[0].widths[0]) * UNIT)
        return (
            f'<path d="{"".join(_d(path) for path in paths)}" fill="none" stroke="{colour}" stroke-width="{width}" '
            f'stroke-linecap="round" stroke-linejoin="round"{more}/>'
        )
    return f'<g fill="{colour}"{more}>{_outline(paths[0])}</g>'


def _outline(path: Path) -> str:
    """A line of varying width: outlines that run smoothly along its edges, discs at its joints."""
    points, where = flatten(path.curves, _EDGE)
    half = np.interp(where, np.arange(len(path.widths)), path.widths) / 2
    band = ribbon(points, half, _EDGE)
    left, right = band.centre + band.normal * band.half, band.centre - band.normal * band.half
    parts = []
    for a, b in zip(band.cuts, band.cuts[1:], strict=False):
        there, back = left[a:b].astype(np.float64), right[a:b][::-1].astype(np.float64)
        parts.append(f'<path d="{_start(there[0])}{_edge(there)}L{_xy(back[0])}{_edge(back)}Z"/>')
    for (x, y), radius in zip(band.centre[band.discs].tolist(), band.half[band.discs, 0].tolist(), strict=True):
        parts.append(f'<circle cx="{_n(x * UNIT)}" cy="{_n(y * UNIT)}" r="{_n(radius * UNIT)}"/>')
    return "".join(parts)


def _edge(points: NDArray[np.float64]) -> str:
    return _curves(through_points(points)[0])


def _d(path: Path) -> str:
    start = path.curves[0, 0] if len(path.curves) else np.array(path.start)
    return _start(start) + _curves(path.curves) + ("Z" if path.closed else "")


def _curves(curves: Curves) -> str:
    parts = []
    for a, b, c, d in curves:
        chord = d - a
        size = max(float(np.hypot(*chord)), 1e-12)
        off = max(abs(float(chord[0] * (h - a)[1] - chord[1] * (h - a)[0])) / size for h in (b, c))
        parts.append(f"L{_xy(d)}" if off < 1e-5 else f"C{_xy(b)} {_xy(c)} {_xy(d)}")
    return "".join(parts)


def _start(point: NDArray[np.float64]) -> str:
    return f"M{_xy(point)}"


def _xy(point: NDArray[np.float64]) -> str:
    return f"{_n(float(point[0]) * UNIT)},{_n(float(point[1]) * UNIT)}"


def _n(value: float) -> str:
    """A number with two decimals at most: a hundred-thousandth of the canvas height."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def _picture(document: Document) -> list[str]:
    back = document.sheet.background
    if back is None:
        return []
    x0, y0, x1, y1 = (v * UNIT for v in back.box)
    data = base64.b64encode(back.data).decode("ascii")
    return [
        f'<image x="{_n(x0)}" y="{_n(y0)}" width="{_n(x1 - x0)}" height="{_n(y1 - y0)}" preserveAspectRatio="none" '
        f'href="data:image/{back.format};base64,{data}"/>'
    ]


def _whole(document: Document) -> Box:
    reach = document.reach()
    first = (-8 / 9, -0.5, 8 / 9, 0.5)
    if reach is None:
        return first
    return min(reach[0], first[0]), min(reach[1], first[1]), max(reach[2], first[2]), max(reach[3], first[3])
