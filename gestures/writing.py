"""Gestures as rows of a gesture file: only what differs from the defaults, numbers as short as they can be."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from handplay.engine.hands import FINGERS
from handplay.gestures.kinds import STATES, FingerWords, Gesture, Motion, Pose, Template, TwoHands

_DIGITS = 4
"""Decimals of coordinates: a hundredth of a millimetre on a hand whose palm is 1."""
_KINDS: Mapping[str, type[Gesture]] = {"pose": Pose, "template": Template, "motion": Motion, "two_hands": TwoHands}
_NOT_WRITTEN = ("name", "file", "line")


def json_row(gesture: Gesture) -> dict[str, Any]:
    """One gesture as an object of a file's "gestures": name and kind, then every key that is not at its default."""
    defaults = {field.name: field.default for field in dataclasses.fields(_KINDS[gesture.kind])}
    row: dict[str, Any] = {"name": gesture.name}
    if gesture.aliases:
        row["aliases"] = list(gesture.aliases)
    row["kind"] = gesture.kind
    if isinstance(gesture, TwoHands):
        row["measure"] = gesture.measure  # asked for even at its default
    own = [field.name for field in dataclasses.fields(gesture)]
    common = [field.name for field in dataclasses.fields(Gesture)]
    # The shape first, then the times: as people write them; samples last, for they are long.
    order = ["about", "hand", *(key for key in own if key not in common), *common]
    for key in sorted(dict.fromkeys(order), key=lambda key: key == "samples"):
        value = getattr(gesture, key)
        if key in _NOT_WRITTEN or key in row or value == defaults[key]:
            continue
        row[key] = _WRITE.get(key, _plain)(value)
    return row


def file_text(gestures: Iterable[Gesture], bindings: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """A whole gesture file: a gesture on a line of its own, each sample on one below it."""
    rows = ",\n".join(_row_text(json_row(gesture)) for gesture in gestures)
    parts = ['  "version": 1', f'  "gestures": [\n{rows}\n  ]' if rows else '  "gestures": []']
    if bindings:
        parts.append(f'  "bindings": {_line({scene: dict(actions) for scene, actions in bindings.items()})}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _row_text(row: Mapping[str, Any]) -> str:
    samples = row.get("samples")
    short = {key: value for key, value in row.items() if key != "samples"}
    text = _line(short)
    if samples:
        lines = ",\n".join(f"      {_line(sample)}" for sample in samples)
        text = f'{text[:-1]}, "samples": [\n{lines}\n    ]}}'
    return f"    {text}"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, float):
        return _number(value)
    return list(value) if isinstance(value, tuple) else value


def _number(value: float) -> float | int:
    rounded = round(float(value), _DIGITS)
    return int(rounded) if rounded.is_integer() else rounded


def _fingers(patterns: tuple[FingerWords | None, ...]) -> dict[str, object]:
    return {finger: _words(words) for finger, words in zip(FINGERS, patterns, strict=True) if words is not None}


def _words(words: FingerWords) -> object:
    said = [word for word in STATES if word in words]
    return said[0] if len(said) == 1 else said


def _pairs(pairs: tuple[tuple[int, int], ...]) -> list[list[str]]:
    return [[FINGERS[a], FINGERS[b]] for a, b in pairs]


def _pointing(ways: tuple[tuple[int, str], ...]) -> dict[str, str]:
    return {FINGERS[finger]: way for finger, way in ways}


def _samples(samples: tuple[tuple[Any, ...], ...]) -> list[list[object]]:
    return [
        [_number(part) if isinstance(part, (int, float)) else [_number(n) for n in part] for part in sample]
        for sample in samples
    ]


_WRITE: Mapping[str, Callable[[Any], object]] = {
    "fingers": _fingers,
    "touching": _pairs,
    "apart": _pairs,
    "together": _pairs,
    "pointing": _pointing,
    "samples": _samples,
}
