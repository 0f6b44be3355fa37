"""A gesture file while it is being changed: what is added or removed leaves the rest as its author laid it out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from handplay.engine.errors import GestureFileError
from handplay.gestures.jsonfile import parse, text_of
from handplay.gestures.kinds import Gesture, GestureFile
from handplay.gestures.layout import laid_out, moved, piece
from handplay.gestures.library import Actions, Library, builtin_file, check_bytes, merge, names_of
from handplay.gestures.problems import Problem, ProblemsFound, guess

_INDENT = 4
"""Columns before a gesture in the file."""
_LONGEST = 140
"""Lines of an author's own that are longer are laid out anew."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the user's library.

    Attributes:
        added, replaced, removed: names of gestures.
        bindings: how many were added, changed or taken away.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    bindings: int = 0


@dataclass(slots=True)
class _Row:
    """A gesture with the text that stands for it."""

    gesture: Gesture
    text: str


@dataclass(slots=True)
class _Parts:
    """A gesture file taken apart, to be put together again."""

    rows: list[_Row] = field(default_factory=list)
    bindings: dict[str, dict[str, str]] = field(default_factory=dict)
    bindings_text: str = ""
    schema: str = ""

    @classmethod
    def of(cls, data: bytes, file: GestureFile) -> _Parts:
        text, root = text_of(data), parse(data).value
        members = root if isinstance(root, dict) else {}

        def said(key: str) -> str:
            return piece(text, members[key].start, members[key].end) if key in members else ""

        nodes = members["gestures"].value if "gestures" in members else []
        rows = [
            _Row(gesture, piece(text, node.start, node.end))
            for gesture, node in zip(file.gestures, nodes if isinstance(nodes, list) else [], strict=True)
        ]
        return cls(rows, json.loads(said("bindings") or "{}"), said("bindings"), said("$schema"))

    def text(self) -> str:
        """The whole file."""
        rows = ",\n".join(" " * _INDENT + _row_text(row.text) for row in self.rows)
        parts = [f'"$schema": {self.schema}'] if self.schema else []
        parts += ['"version": 1', f'"gestures": [\n{rows}\n  ]' if rows else '"gestures": []']
        if any(self.bindings.values()):
            parts.append(f'"bindings": {moved(self.bindings_text, 2) or _bindings_text(self.bindings)}')
        return "{\n  " + ",\n  ".join(parts) + "\n}\n"


class Draft:
    """The user's library while it is being changed.

    Args:
        path: of the library, for messages.
        data: its content; None if there is none yet.

    Raises:
        GestureFileError: it cannot be understood.
    """

    def __init__(self, path: Path, data: bytes | None) -> None:
        self.path = path
        self.parts = _Parts()
        if data is not None:
            file, problems = check_bytes(data, str(path), known=[builtin_file()])
            if file is None:
                raise ProblemsFound(problems)
            self.parts = _Parts.of(data, file)

    def text(self) -> str:
        """The file as it is now."""
        return self.parts.text()

    def add(self, data: bytes, name: str, *, replacing: bool, actions: Actions | None) -> Change:
        """Takes in one file."""
        own, _ = check_bytes(self.text().encode(), str(self.path), known=[builtin_file()])
        known = [builtin_file()] if own is None else [builtin_file(), own]
        file, problems = check_bytes(data, name, known=known, actions=actions)
        if file is None:
            raise ProblemsFound(problems)
        problems = [] if replacing else [*self._taken(file), *self._bound(file, known)]
        if problems:
            raise ProblemsFound(problems)
        new = _Parts.of(data, file)
        before = {row.gesture.name: index for index, row in enumerate(self.parts.rows)}
        for row in new.rows:
            self._give_up(set(names_of(row.gesture)))
            if row.gesture.name in before:
                self.parts.rows[before[row.gesture.name]] = row
            else:
                self.parts.rows.append(row)
        names = [row.gesture.name for row in new.rows]
        return Change(
            added=tuple(name for name in names if name not in before),
            replaced=tuple(name for name in names if name in before),
            bindings=self._bind(file, merge([*known, file])),
        )

    def remove(self, names: Sequence[str]) -> Change:
        """Takes out gestures and what was bound to them."""
        gone = {self._find(name).name for name in names}
        self.parts.rows = [row for row in self.parts.rows if row.gesture.name not in gone]
        left = {name for gesture in builtin_file().gestures for name in names_of(gesture)}
        left |= {name for row in self.parts.rows for name in names_of(row.gesture)}
        dropped = 0
        for rows in self.parts.bindings.values():
            for gesture in [gesture for gesture in rows if gesture not in left]:
                del rows[gesture]
                dropped += 1
        if dropped:
            self.parts.bindings_text = ""
        return Change(removed=tuple(sorted(gone)), bindings=dropped)

    def _taken(self, file: GestureFile) -> Iterator[Problem]:
        holders = {name: row.gesture for row in self.parts.rows for name in names_of(row.gesture)}
        for gesture in file.gestures:
            for name in names_of(gesture):
                if name in holders:
                    reason = (
                        f"the name '{name}' is in your library already ({self.path}); "
                        "add --replace to take the new one instead"
                    )
                    yield Problem(file.file, gesture.line, "", reason)

    def _bound(self, file: GestureFile, known: list[GestureFile]) -> Iterator[Problem]:
        library = merge([*known, file])
        for binding in file.bindings:
            for gesture, action in self.parts.bindings.get(binding.scene, {}).items():
                if library.find(gesture) is library.find(binding.gesture) and action != binding.action:
                    reason = (
                        f"your library ({self.path}) binds '{gesture}' to '{action}' in '{binding.scene}'; "
                        "add --replace to take the new binding instead"
                    )
                    yield Problem(file.file, binding.line, binding.path, reason)

    def _bind(self, file: GestureFile, library: Library) -> int:
        made = 0
        for binding in file.bindings:
            rows = self.parts.bindings.setdefault(binding.scene, {})
            if rows.get(binding.gesture) == binding.action:
                continue
            gesture = library.find(binding.gesture)
            for said in [said for said in rows if library.find(said) is gesture]:
                del rows[said]
            rows[binding.gesture] = binding.action
            made += 1
        if made:
            self.parts.bindings_text = ""
        return made

    def _give_up(self, names: set[str]) -> None:
        """Takes names that a new gesture has from the aliases of those that are there."""
        for row in self.parts.rows:
            if names.isdisjoint(row.gesture.aliases):
                continue
            kept = tuple(alias for alias in row.gesture.aliases if alias not in names)
            row.gesture = replace(row.gesture, aliases=kept)
            members = {**json.loads(row.text), "aliases": list(kept)}
            row.text = laid_out({key: value for key, value in members.items() if value != []})

    def _find(self, name: str) -> Gesture:
        for row in self.parts.rows:
            if name in names_of(row.gesture):
                return row.gesture
        own = [name for row in self.parts.rows for name in names_of(row.gesture)]
        if any(name in names_of(gesture) for gesture in builtin_file().gestures):
            reason = f"'{name}' is built in and cannot be removed; a gesture of your own with that name replaces it"
        elif own:
            reason = f"no gesture of yours has the name '{name[:40]}'{guess(name, own)}"
        else:
            reason = f"no gesture of yours has the name '{name[:40]}': your library ({self.path}) holds none"
        raise GestureFileError(reason)


def _row_text(text: str) -> str:
    """As its author laid it out, unless that is one long line."""
    text = moved(text, _INDENT)
    if any(len(line) > _LONGEST for line in text.split("\n")):
        return laid_out(json.loads(text), _INDENT, _INDENT)
    return text


def _bindings_text(bindings: dict[str, dict[str, str]]) -> str:
    rows = [
        f"    {json.dumps(scene, ensure_ascii=False)}: {laid_out(actions, 4, 8 + len(scene))}"
        for scene, actions in bindings.items()
        if actions
    ]
    return "{\n" + ",\n".join(rows) + "\n  }"
