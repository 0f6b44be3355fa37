"""The JSON Schema (draft 2020-12) of gesture files, for editors: made from the tables that the reader itself uses.

A schema can say less than the reader checks. It never refuses a file that the reader takes; what it lets pass and the
reader does not: double names, poses and bindings that name no gesture, hands and paths that are a single point, more
samples in all than are read, a few odd letters in names.
"""

from __future__ import annotations

from typing import Any

from handplay.gestures.kinds import KINDS, UNBOUND
from handplay.gestures.schema import KEYS, MAX_GESTURES, VERSION
from handplay.gestures.shapes import Shape, action, list_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_STATES = ("extended", "half", "curled")
_NARROW: Shape = {
    "anyOf": [
        {"enum": list(_STATES)},
        {
            "type": "array",
            "not": {
                "anyOf": [
                    {"contains": {"const": "any"}},
                    {"allOf": [{"contains": {"const": state}} for state in _STATES]},
                ]
            },
        },
    ]
}
"""A finger pattern that leaves something out."""


def json_schema() -> dict[str, Any]:
    """The whole schema, as `json.dumps` takes it."""
    act: Shape = {"anyOf": [{"const": UNBOUND}, action()], "description": f'What it does; "{UNBOUND}" for nothing.'}
    return {
        "$schema": DIALECT,
        "title": "handplay gestures",
        "description": "Gestures of one's own, and what gestures do in each game.",
        "type": "object",
        "required": ["version"],
        "additionalProperties": False,
        "properties": {
            "$schema": {"type": "string"},
            "version": {"const": VERSION, "description": "Of the format."},
            "gestures": list_of({"$ref": "#/$defs/gesture"}, MAX_GESTURES),
            "bindings": {
                "description": "Game to gesture to action.",
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": act},
            },
        },
        "$defs": {"gesture": _gesture(), **{kind: _kind(kind) for kind in KINDS}},
    }


def _gesture() -> Shape:
    """Chooses by "kind"; a gesture that names none is a pose."""
    choices: list[Shape] = [
        {
            "if": {"properties": {"kind": {"const": kind}}, **({} if kind == KINDS[0] else {"required": ["kind"]})},
            "then": {"$ref": f"#/$defs/{kind}"},
        }
        for kind in KINDS
    ]
    return {
        "type": "object",
        "required": ["name"],
        "properties": {"kind": {"enum": list(KINDS), "default": KINDS[0], "description": "What sort of gesture."}},
        "allOf": choices,
    }


def _kind(kind: str) -> Shape:
    _, keys = KEYS[kind]
    properties: Shape = {"kind": {"const": kind}}
    properties |= {key: {**row.shape, "description": row.about} for key, row in keys.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False, **_SENSE.get(kind, {})}


_SENSE: dict[str, Shape] = {
    # At least one condition: a gesture without one would always be on.
    "pose": {
        "anyOf": [
            {
                "properties": {"fingers": {"type": "object", "not": {"additionalProperties": {"not": _NARROW}}}},
                "required": ["fingers"],
            },
            *(
                {"properties": {key: {"type": "array", "minItems": 1}}, "required": [key]}
                for key in ("touching", "apart", "together")
            ),
            {"properties": {"pointing": {"type": "object", "minProperties": 1}}, "required": ["pointing"]},
            *({"properties": {key: {"not": {"const": "any"}}}, "required": [key]} for key in ("palm", "grip")),
        ]
    },
    "template": {"required": ["samples"], "dependentRequired": {"bias": ["weights"]}},
    "motion": {"oneOf": [{"required": ["path"]}, {"required": ["samples"]}]},
    "two_hands": {"required": ["measure"]},
}
"""What must stand in a row of each kind, beside its name."""
