"""JSON with places: agrees with `json` on what is right, refuses the rest with one kind of error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.gestures.jsonfile import MAX_BYTES, JsonProblem, Node, parse, shown

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: plain(member) for key, member in node.value.items()}
    if isinstance(node.value, list):
        return [plain(member) for member in node.value]
    return node.value


def depth(value: object) -> int:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((depth(member) for member in members), default=0)


@settings(max_examples=150, deadline=None)
@given(value=JSON, indent=st.sampled_from([None, 1, 4]), ascii_only=st.booleans())
def test_reads_what_json_writes(value: object, indent: int | None, ascii_only: bool) -> None:
    if depth(value) > 12:
        return
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert plain(parse(text.encode("utf-8"))) == json.loads(text)


@settings(max_examples=200, deadline=None)
@given(
    data=st.binary(max_size=60)
    | st.text(st.sampled_from('{}[]",:0123eE+-.truefalsn \\u\n'), max_size=60).map(str.encode)
)
def test_anything_else_is_one_kind_of_error(data: bytes) -> None:
    try:
        value = plain(parse(data))
    except JsonProblem:
        return
    assert value == json.loads(data.decode("utf-8-sig"))


@settings(max_examples=60, deadline=None)
@given(value=st.dictionaries(st.text("abc", min_size=1, max_size=3), JSON, min_size=1, max_size=4), data=st.data())
def test_a_file_cut_anywhere_is_refused(value: dict[str, object], data: st.DataObject) -> None:
    if depth(value) > 12:
        return
    text = json.dumps(value).encode()
    with pytest.raises(JsonProblem):
        parse(text[: data.draw(st.integers(0, len(text) - 1))])


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "the file is empty; it may have been saved only in part"),
        (b"{", 1, "ends in the middle of the data; it may have been saved only in part"),
        (b'{"a": 1,\n"b": [1, 2', 2, "ends in the middle"),
        (b'{"a": "text', 1, "without its closing double quote"),
        (b'{"a": 1,\n\n"a": 2}', 3, 'the key "a" stands here twice; first in line 1'),
        (b'{"a": NaN}', 1, '"NaN" is no JSON value'),
        (b'{"a": -Infinity}', 1, "no JSON number"),
        (b'{"a": 1e999}', 1, "too large a number"),
        (b'{"a": ' + b"9" * 5000 + b"}", 1, "a number of 5000 characters; at most 40"),
        (b'{"a": 01}', 1, "no JSON number"),
        (b'{"a": [1, 2,]}', 1, "a comma before ']'; take it away"),
        (b'{"a": 1\n\n"b": 2}', 1, "a comma is missing at the end of this line"),
        (b'{"a": [1 2]}', 1, "a comma is missing in this line"),
        (b'{"a": [1\n;2]}', 2, "wanted ',' or ']', got \";\""),
        (b"{'a': 1}", 1, "wanted a key in double quotes"),
        (b'{"a" 1}', 1, "wanted ':' after the key \"a\""),
        (b'{"a": 1} x', 1, 'something follows the end of the data: "x"'),
        (b'{"a": "\\ud800"}', 1, "half a character"),
        (b'{"a": "\\x"}', 1, "a text that cannot be read"),
        (b"[" * 100_000, 1, "nested deeper than 12 levels"),
        (b'\n{"a": "\xe9"}', 2, "not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), 1, "not UTF-8"),
        (b" " * (MAX_BYTES + 1), 1, "the file is too large"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_errors(data: bytes, line: int, reason: str) -> None:
    with pytest.raises(JsonProblem) as caught:
        parse(data)
    assert caught.value.line == line
    assert reason in caught.value.reason


def test_places() -> None:
    root = parse(b'{\n "gestures": [\n  {"name": "a"},\n  {\n   "name":\n    5}]}')
    assert isinstance(root.value, dict)
    gestures = root.value["gestures"]
    assert (gestures.path, gestures.line) == ("gestures", 2)
    assert isinstance(gestures.value, list)
    second = gestures.value[1]
    assert (second.path, second.line) == ("gestures[1]", 4)
    assert isinstance(second.value, dict)
    assert (second.value["name"].path, second.value["name"].line) == ("gestures[1].name", 6)
    assert second.key_lines == {"name": 5}


def test_a_key_that_is_no_word_is_quoted_and_shortened_in_the_path() -> None:
    root = parse(json.dumps({"a\nb" * 100: 1}).encode())
    assert isinstance(root.value, dict)
    (node,) = root.value.values()
    assert node.path.startswith('"a\\nb')
    assert len(node.path) == 60


def test_a_byte_order_mark_is_no_error() -> None:
    assert plain(parse(b'\xef\xbb\xbf{"a": true}')) == {"a": True}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (0.5, "0.5"),
        (None, "null"),
        ("a\n", '"a\\n"'),
        ({}, "an object {...}"),
        ([], "a list [...]"),
        ("\u201cmitte\u201d", '"\u201cmitte\u201d"'),
        ("a\u202eb", '"a\\u202eb"'),
    ],
)
def test_shown(value: object, text: str) -> None:
    assert shown(value) == text


def test_long_values_are_shortened() -> None:
    assert len(shown("x" * 500)) == 60
