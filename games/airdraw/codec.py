"""Drawings as plain JSON values and back: exact, and strict about everything that comes in.

Positions and widths are whole numbers of 1/100000 of the canvas height, times of milliseconds.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from handplay.engine.errors import HandplayError
from handplay.games.airdraw.background import Background, Format
from handplay.games.airdraw.document import Canvas, Layer, Sheet
from handplay.games.airdraw.strokes import MAX_POINTS, STEPS, Rgb, Stroke
from handplay.games.airdraw.tools import Tool
from handplay.games.airdraw.view import PLANE_LIMIT

Json = dict[str, Any]
T = TypeVar("T")

MAX_BACKGROUND_BYTES = 64 * 1024 * 1024
_ANY = 10**9


class DrawingError(HandplayError):
    """A drawing or picture that cannot be opened, or a part of one that is not what it should be."""


def stroke_to_json(stroke: Stroke) -> Json:
    """A stroke; what follows from the rest is left out."""
    value: Json = {
        "id": stroke.id,
        "tool": stroke.tool,
        "colour": "#{:02x}{:02x}{:02x}".format(*stroke.colour),
        "width": _units(np.float32(stroke.width)),
        "layer": stroke.layer,
        "points": _units(stroke.points.ravel()),
    }
    widths, times = _units(stroke.widths), _units(stroke.times, 1000)
    if any(width != value["width"] for width in widths):
        value["widths"] = widths
    if any(times):
        value["times"] = times
    if stroke.start_s:
        value["start_ms"] = round(stroke.start_s * 1000)
    if stroke.rings:
        value["rings"] = list(stroke.rings)
    if stroke.sticker:
        value["sticker"] = stroke.sticker
    return value


def stroke_from_json(value: object, where: str = "stroke") -> Stroke:
    """The stroke.

    Raises:
        DrawingError: it is not what it should be; the message begins with `where`.
    """
    needed = ("id", "tool", "colour", "width", "layer", "points")
    row = _row(value, needed, ("widths", "times", "start_ms", "rings", "sticker"), where)
    points = _numbers(row["points"], round(PLANE_LIMIT * STEPS), 2 * MAX_POINTS, f"{where}: points")
    if len(points) % 2:
        raise DrawingError(f"{where}: points has {len(points)} numbers, an odd count")
    bound = (STEPS, MAX_POINTS)
    widths = _numbers(row.get("widths", []), *bound, f"{where}: widths") / STEPS
    times = _numbers(row.get("times", []), _ANY, MAX_POINTS, f"{where}: times") / 1000
    rings = _numbers(row.get("rings", []), MAX_POINTS, MAX_POINTS, f"{where}: rings").astype(int).tolist()
    return _made(
        lambda: Stroke(
            cast(Tool, text(row["tool"], f"{where}: tool")),
            colour_from_json(row["colour"], f"{where}: colour"),
            whole(row["width"], 0, STEPS, f"{where}: width") / STEPS,
            (points / STEPS).reshape(-1, 2).astype(np.float64),
            widths,
            times,
            whole(row["layer"], 1, _ANY, f"{where}: layer"),
            whole(row["id"], 1, 2**53, f"{where}: id"),
            tuple(rings),
            text(row.get("sticker", ""), f"{where}: sticker"),
            whole(row.get("start_ms", 0), -(10**15), 10**15 - 1, f"{where}: start_ms") / 1000,
        ),
        where,
    )


def sheet_to_json(sheet: Sheet) -> Json:
    """Layers, canvas and background."""
    back = sheet.background
    return {
        "canvas": sheet.canvas,
        "layers": [{"id": x.id, "name": x.name, "visible": x.visible, "opacity": x.opacity} for x in sheet.layers],
        "background": None
        if back is None
        else {
            "format": back.format,
            "size_px": list(back.size_px),
            "data": base64.b64encode(back.data).decode("ascii"),
        },
    }


def sheet_from_json(value: object, where: str = "sheet") -> Sheet:
    """The sheet.

    Raises:
        DrawingError: it is not what it should be.
    """
    row = _row(value, ("canvas", "layers"), ("background",), where)
    if not isinstance(row["layers"], list):
        raise DrawingError(f"{where}: layers is not a list")
    layers = tuple(_layer(item, f"{where}: layer {k + 1}") for k, item in enumerate(row["layers"][:1000]))
    background = None if row.get("background") is None else _background(row["background"], f"{where}: background")
    return _made(lambda: Sheet(layers, cast(Canvas, text(row["canvas"], f"{where}: canvas")), background), where)


def whole(value: object, low: int, high: int, what: str) -> int:
    """A whole number within bounds."""
    if type(value) is not int or not low <= value <= high:
        raise DrawingError(f"{what} is {_short(value)}, not a whole number within {low} and {high}")
    return value


def text(value: object, what: str) -> str:
    """A string."""
    if not isinstance(value, str):
        raise DrawingError(f"{what} is {_short(value)}, not a word")
    return value


def colour_from_json(value: object, what: str) -> Rgb:
    """A colour from #rrggbb."""
    digits = value[1:] if isinstance(value, str) and value.startswith("#") else ""
    if len(digits) != 6 or set(digits.lower()) - set("0123456789abcdef"):
        raise DrawingError(f"{what} is {_short(value)}, not a colour like #1a2b3c")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _layer(value: object, where: str) -> Layer:
    row = _row(value, ("id", "name", "visible", "opacity"), (), where)
    opacity = row["opacity"]
    if type(row["visible"]) is not bool:
        raise DrawingError(f"{where}: visible is {_short(row['visible'])}, not true or false")
    if type(opacity) not in (int, float):
        raise DrawingError(f"{where}: opacity is {_short(opacity)}, not a number")
    number, name = whole(row["id"], 1, _ANY, f"{where}: id"), text(row["name"], f"{where}: name")
    return _made(lambda: Layer(number, name, row["visible"], float(opacity)), where)


def _background(value: object, where: str) -> Background:
    row = _row(value, ("format", "size_px", "data"), (), where)
    kind, data = text(row["format"], f"{where}: format"), text(row["data"], f"{where}: data")
    if kind not in ("png", "jpeg"):
        raise DrawingError(f"{where}: format is {_short(kind)}, not png or jpeg")
    size = row["size_px"]
    if not isinstance(size, list) or len(size) != 2:
        raise DrawingError(f"{where}: size_px is {_short(size)}, not two numbers")
    if len(data) > MAX_BACKGROUND_BYTES:
        raise DrawingError(f"{where}: more than {MAX_BACKGROUND_BYTES // 2**20} MB")
    try:
        raw = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise DrawingError(f"{where}: data is not base64") from None
    wide, high = (whole(v, 1, 100_000, f"{where}: size_px") for v in size)
    return Background(raw, cast(Format, kind), (wide, high))


def _row(value: object, needed: tuple[str, ...], more: tuple[str, ...], where: str) -> Json:
    if not isinstance(value, dict):
        raise DrawingError(f"{where} is {_short(value)}, not an object")
    for key in needed:
        if key not in value:
            raise DrawingError(f"{where}: {key} is missing")
    for key in value:
        if key not in needed and key not in more:
            raise DrawingError(f"{where}: nothing is called {_short(key)} here")
    return value


def _numbers(value: object, bound: int, most: int, what: str) -> NDArray[np.float64]:
    if not isinstance(value, list) or len(value) > most:
        raise DrawingError(f"{what} is {_short(value)}, not a list of at most {most} numbers")
    if not all(type(v) is int and -bound <= v <= bound for v in value):
        raise DrawingError(f"{what} holds something that is not a whole number within {-bound} and {bound}")
    return np.array(value, np.float64)


def _units(values: NDArray[np.float32] | np.float32, steps: int = STEPS) -> Any:
    return np.round(np.asarray(values, np.float64) * steps).astype(np.int64).tolist()


def _made(build: Callable[[], T], where: str) -> T:
    try:
        return build()
    except ValueError as error:
        raise DrawingError(f"{where}: {error}") from None


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:37] + "..."
