"""JSON that remembers where everything stood: values with line and path, for errors that can be found.

Stricter than `json`: duplicate keys, NaN and Infinity, lone surrogates, huge numbers and deep nesting are refused,
and so is a file that is too large or not UTF-8. No input makes it slow, recurse deeply or raise anything else.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

MAX_BYTES = 1_000_000
"""A gesture of 63 numbers x 40 samples takes 30 kB; thirty of those are plenty."""
MAX_DEPTH = 12
"""The format itself is 6 deep."""
MAX_NUMBER_LENGTH = 40
MAX_VALUES = 100_000
"""In one file, a list of plain numbers counted as one."""

Value = dict[str, "Node"] | list["Node"] | str | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value and its place.

    Attributes:
        value: dict, list, str, float (also for whole numbers), bool or None; members are nodes again.
        line: from 1.
        path: "gestures[0].fingers.index"; "" for the whole file.
        key_lines: of a dict, the line of each key.
        start, end: where it stands in the text, in characters.
    """

    value: Value
    line: int
    path: str
    key_lines: dict[str, int] = field(default_factory=dict, repr=False)
    start: int = 0
    end: int = 0


class Numbers(list[Node]):
    """A list of plain numbers. Its nodes are made when they are asked for: samples are long, and mostly right.

    Attributes:
        floats: the numbers.
    """

    def __init__(self, floats: tuple[float, ...], text: str, start: int, line: int, path: str) -> None:
        super().__init__()
        self.floats = floats
        self._text, self._start, self._line, self._path = text, start, line, path

    def __len__(self) -> int:
        return len(self.floats)

    def __bool__(self) -> bool:
        return bool(self.floats)

    def __iter__(self) -> Iterator[Node]:
        line, counted = self._line, self._start
        for index, found in enumerate(_NUMBER.finditer(self._text, self._start)):
            if index == len(self.floats):
                return
            line, counted = line + self._text.count("\n", counted, found.start()), found.start()
            path = f"{self._path}[{index}]"
            yield Node(self.floats[index], line, path, start=found.start(), end=found.end())


class JsonProblem(ValueError):
    """The text is no JSON that is taken here.

    Attributes:
        line, path: where.
        reason: a sentence without the place.
    """

    def __init__(self, line: int, path: str, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.path, self.reason = line, path, reason


def parse(data: bytes) -> Node:
    """Reads a whole file.

    Raises:
        JsonProblem: with line and reason.
    """
    if len(data) > MAX_BYTES:
        raise JsonProblem(1, "", f"the file is too large: {len(data)} bytes, at most {MAX_BYTES} are read")
    return _Parser(text_of(data)).whole()


def text_of(data: bytes) -> str:
    """The text that `Node.start` and `Node.end` count in.

    Raises:
        JsonProblem: it is no text.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (data[:4].count(0) >= 2 and data[:4] != bytes(4)):
        raise JsonProblem(1, "", "the file is UTF-16 or UTF-32, not UTF-8; save it in the encoding UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise JsonProblem(line, "", "the file is not UTF-8; save it in the encoding UTF-8") from None


def shown(value: object) -> str:
    """A value as it would stand in the file, shortened."""
    if isinstance(value, Node):
        value = value.value
    if isinstance(value, dict):
        return "an object {...}"
    if isinstance(value, list):
        return "a list [...]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = json.dumps(value, ensure_ascii=False)
    if not text.isprintable():
        text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 60 else text[:57] + "..."


_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?[0-9.eE+-]+")
_NUMBERS = re.compile(r"\[[0-9.eE+\-, \t\r\n]+\]")
_LONG_NUMBER = re.compile(rf"[0-9.eE+-]{{{MAX_NUMBER_LENGTH + 1}}}")
_NUMBER_FORM = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_PLAIN_KEY = re.compile(r"[\w$-]{1,40}")
_WORD = re.compile(r"[A-Za-z]+")
_BEGINS = frozenset('"{[-0123456789tfn')
"""With these a value begins."""
_NO_LINES: dict[str, int] = {}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self._counted = 0
        self._values = 0
        self._strings = json.JSONDecoder()

    def whole(self) -> Node:
        if not self.text.strip():
            self._refuse("", "the file is empty; it may have been saved only in part")
        node = self._value("", 0)
        self._skip()
        if self.at < len(self.text):
            self._refuse("", f"something follows the end of the data: {shown(self.text[self.at : self.at + 20])}")
        return node

    def _refuse(self, path: str, reason: str) -> NoReturn:
        raise JsonProblem(self._line(), path, reason)

    def _line(self) -> int:
        self.line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self.line

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        if found:
            self.at = found.end()

    def _peek(self, path: str) -> str:
        self._skip()
        if self.at >= len(self.text):
            self._refuse(path, "the file ends in the middle of the data; it may have been saved only in part")
        return self.text[self.at]

    def _value(self, path: str, depth: int) -> Node:
        if depth > MAX_DEPTH:
            self._refuse(path, f"nested deeper than {MAX_DEPTH} levels")
        self._values += 1
        if self._values > MAX_VALUES:
            self._refuse("", f"more than {MAX_VALUES} values in one file")
        first = self._peek(path)
        line, start = self._line(), self.at
        if first == "{":
            members, lines = self._object(path, depth)
            return Node(members, line, path, lines, start, self.at)
        if first == "[":
            numbers = self._numbers(path, line)
            if numbers is not None:
                return Node(numbers, line, path, _NO_LINES, start, self.at)
            return Node(self._list(path, depth), line, path, _NO_LINES, start, self.at)
        if first == '"':
            return Node(self._string(path), line, path, _NO_LINES, start, self.at)
        if first in "-0123456789":
            return Node(self._number(path), line, path, _NO_LINES, start, self.at)
        found = _WORD.match(self.text, self.at)
        word = found.group() if found else first
        if word not in _WORDS:
            self._refuse(path, f"{shown(word)} is no JSON value; text stands in double quotes")
        self.at += len(word)
        return Node(_WORDS[word], line, path, _NO_LINES, start, self.at)

    def _object(self, path: str, depth: int) -> tuple[dict[str, Node], dict[str, int]]:
        members: dict[str, Node] = {}
        lines: dict[str, int] = {}
        self.at += 1
        if self._peek(path) == "}":
            self.at += 1
            return members, lines
        while True:
            if self._peek(path) != '"':
                self._refuse(path, f"wanted a key in double quotes, got {shown(self.text[self.at])}")
            key_line = self._line()
            key = self._string(path)
            step = key if _PLAIN_KEY.fullmatch(key) else shown(key)
            below = f"{path}.{step}" if path else step
            if key in members:
                self._refuse(below, f"the key {shown(key)} stands here twice; first in line {lines[key]}")
            if self._peek(below) != ":":
                self._refuse(below, f"wanted ':' after the key {shown(key)}, got {shown(self.text[self.at])}")
            self.at += 1
            members[key] = self._value(below, depth + 1)
            lines[key] = key_line
            if self._end_or_comma(path, "}"):
                return members, lines

    def _list(self, path: str, depth: int) -> list[Node]:
        members: list[Node] = []
        self.at += 1
        if self._peek(path) == "]":
            self.at += 1
            return members
        while True:
            members.append(self._value(f"{path}[{len(members)}]", depth + 1))
            if self._end_or_comma(path, "]"):
                return members

    def _numbers(self, path: str, line: int) -> Numbers | None:
        """A list of nothing but numbers that are right, read at once; None and nothing read if it is not that."""
        found = _NUMBERS.match(self.text, self.at)
        if found is None or _LONG_NUMBER.search(self.text, found.start(), found.end()):
            return None
        try:
            floats = tuple(float(number) for number in json.loads(found.group()))
        except (ValueError, OverflowError):
            return None  # read again one by one, for the place of what is wrong
        if not all(map(math.isfinite, floats)):
            return None
        self.at = found.end()
        return Numbers(floats, self.text, found.start() + 1, line, path)

    def _end_or_comma(self, path: str, end: str) -> bool:
        before, line = self.at, self._line()
        mark = self._peek(path)
        if mark not in (end, ","):
            if mark not in _BEGINS:
                self._refuse(path, f"wanted ',' or '{end}', got {shown(mark)}")
            apart = "\n" in self.text[before : self.at]
            raise JsonProblem(line, path, f"a comma is missing {'at the end of' if apart else 'in'} this line")
        self.at += 1
        if mark == "," and self._peek(path) == end:
            self._refuse(path, f"a comma before '{end}'; take it away")
        return mark == end

    def _string(self, path: str) -> str:
        try:
            value, self.at = self._strings.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            self.at = min(error.pos, len(self.text))
            if error.msg.startswith("Unterminated"):
                self._refuse(path, "a text without its closing double quote; the file may have been saved only in part")
            self._refuse(path, f"a text that cannot be read: {error.msg.lower().rstrip(' at')}")
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            self._refuse(path, "a text with half a character (a lone surrogate)")
        return str(value)

    def _number(self, path: str) -> float:
        found = _NUMBER.match(self.text, self.at)
        token = found.group() if found else self.text[self.at]
        if len(token) > MAX_NUMBER_LENGTH:
            self._refuse(path, f"a number of {len(token)} characters; at most {MAX_NUMBER_LENGTH} are read")
        if not _NUMBER_FORM.fullmatch(token):
            self._refuse(path, f"{shown(token)} is no JSON number")
        number = float(token)
        if not math.isfinite(number):
            self._refuse(path, f"{token} is too large a number")
        self.at += len(token)
        return number
