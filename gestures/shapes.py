"""Pieces of a JSON Schema (draft 2020-12), one for each check of `reader`: what an editor can say while one types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handplay.gestures.reader import MAX_NAME, MAX_SECONDS, MAX_TEXT, RESERVED

Shape = dict[str, Any]
"""A part of a JSON Schema."""

_FIRST = r"[^\u0000-@\[-`{-\u00a0]"
_LATER = r"[^\u0000-,./:-@\[-^`{-\u00a0]"
"""Neither control characters nor ASCII marks. Editors read patterns as JavaScript and checkers as Python, which agree
on letters of other scripts only this way: by what a name must not hold."""


def one_of(words: Iterable[str], default: str | None = None) -> Shape:
    shape: Shape = {"enum": list(words)}
    return shape if default is None else {**shape, "default": default}


def action() -> Shape:
    """A name, with what it acts on behind a colon if it needs one."""
    return {
        "type": "string",
        "pattern": f"^{_FIRST}{_LATER}{{0,{MAX_NAME - 1}}}(:{_LATER}{{1,{MAX_NAME}}})?$",
        "maxLength": 2 * MAX_NAME + 1,
        "not": {"enum": list(RESERVED)},
    }


def name() -> Shape:
    return {
        "type": "string",
        "pattern": f"^{_FIRST}{_LATER}{{0,{MAX_NAME - 1}}}$",
        "maxLength": MAX_NAME,
        "not": {"enum": list(RESERVED)},
    }


def text() -> Shape:
    return {"type": "string", "maxLength": MAX_TEXT, "pattern": r"^[^\u0000-\u001f\u007f]*$"}


def number(low: float, high: float, default: float) -> Shape:
    return {"type": "number", "minimum": low, "maximum": high, "default": default}


def seconds(default: float) -> Shape:
    return number(0.0, MAX_SECONDS, default)


def list_of(item: Shape, most: int, least: int = 0) -> Shape:
    shape: Shape = {"type": "array", "items": item, "maxItems": most}
    return {**shape, "minItems": least} if least else shape


def each_of(keys: Iterable[str], value: Shape) -> Shape:
    """An object in which each of the keys may stand, and no other."""
    return {"type": "object", "properties": dict.fromkeys(keys, value), "additionalProperties": False}
