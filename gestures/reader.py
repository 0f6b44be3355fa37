"""Checks of single JSON values. Problems are collected, not raised: a person wants to hear of all of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from handplay.gestures.jsonfile import Node, shown
from handplay.gestures.problems import Problem, guess

MAX_SECONDS = 10.0
MAX_TEXT = 200
MAX_NAME = 40
MAX_PROBLEMS = 100
"""Of one file. Nobody reads more, and a file that is wrong throughout must not take long to refuse."""
RESERVED = ("none", "any")
"""Words that mean something else where a name could stand."""
_NOWHERE: Mapping[str, str] = MappingProxyType({})
_NAME = re.compile(rf"[^\W\d_][\w-]{{0,{MAX_NAME - 1}}}")
_ACTION = re.compile(rf"{_NAME.pattern}(:[\w-]{{1,{MAX_NAME}}})?")


class Reader:
    """Turns nodes into values; what is wrong is reported and left at its default meanwhile."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, node: Node, reason: str, line: int | None = None) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self.file, line or node.line, node.path, reason))

    def guess(self, word: str, legal: Iterable[str]) -> str:
        """A guess at what was meant, as long as anybody will read it: guessing is slow."""
        return guess(word, legal) if len(self.problems) < MAX_PROBLEMS else ""

    def members(
        self, node: Node, legal: Iterable[str] | None, what: str, elsewhere: Mapping[str, str] = _NOWHERE
    ) -> dict[str, Node]:
        """The members of an object, unknown keys reported and left out.

        Args:
            elsewhere: keys that are legal in something else, and in what.
        """
        if not isinstance(node.value, dict):
            self.wrong(node, f"wanted {what} as an object, got {shown(node)}")
            return {}
        if legal is None:
            return node.value
        legal = tuple(legal)
        for key, member in node.value.items():
            if key not in legal:
                belongs = f"; that belongs to {elsewhere[key]}" if key in elsewhere else self.guess(key, legal)
                reason = f"unknown key {shown(key)}; legal are {', '.join(legal)}{belongs}"
                self.wrong(member, reason, node.key_lines.get(key))
        return {key: member for key, member in node.value.items() if key in legal}

    def items(self, node: Node, what: str, most: int) -> list[Node]:
        if not isinstance(node.value, list):
            self.wrong(node, f"wanted a list of {what}, got {shown(node)}")
            return []
        if len(node.value) > most:
            self.wrong(node, f"{len(node.value)} {what}; at most {most} are read")
            return []
        return node.value

    def word(self, node: Node, legal: tuple[str, ...], default: str) -> str:
        if isinstance(node.value, str) and node.value in legal:
            return node.value
        hint = self.guess(node.value, legal) if isinstance(node.value, str) else ""
        self.wrong(node, f"got {shown(node)}, legal are {', '.join(legal)}{hint}")
        return default

    def name(self, node: Node, what: str = "name") -> str:
        if isinstance(node.value, str) and _NAME.fullmatch(node.value) and node.value not in RESERVED:
            return node.value
        wanted = f"1 to {MAX_NAME} letters, digits, '_' or '-' that begins with a letter"
        reason = f"wanted a {what} of {wanted}, got {shown(node)}"
        if node.value in RESERVED:
            reason = f"the {what} {shown(node)} has a meaning of its own; choose another"
        self.wrong(node, reason)
        return ""

    def action(self, node: Node) -> str:
        """The name of an action, with what it acts on behind a colon if it needs one: "tool:brush"."""
        if isinstance(node.value, str) and _ACTION.fullmatch(node.value) and node.value not in RESERVED:
            return node.value
        return self.name(node, "action")

    def text(self, node: Node) -> str:
        if isinstance(node.value, str) and len(node.value) <= MAX_TEXT and node.value.isprintable():
            return node.value
        self.wrong(node, f"wanted a text of one line, at most {MAX_TEXT} letters, got {shown(node)}")
        return ""

    def seconds(self, node: Node, default: float) -> float:
        return self.number(node, 0.0, MAX_SECONDS, default, what="number of seconds")

    def number(self, node: Node, low: float, high: float, default: float, what: str = "number") -> float:
        value = node.value
        if isinstance(value, float) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.wrong(node, f"wanted a {what} from {low:g} to {high:g}, got {shown(node)}")
        return default
