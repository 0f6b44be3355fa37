"""docs/gesture_files.md is true: its files are good or bad as it says, its messages come, and no key is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handplay.gestures.kinds import KINDS
from handplay.gestures.library import builtin_file, check_bytes, merge
from handplay.gestures.overlap import warnings
from handplay.gestures.reader import MAX_NAME
from handplay.gestures.schema import KEYS, MAX_ALIASES, MAX_ALL_SAMPLES, MAX_GESTURES, MAX_PATH_POINTS, MAX_SAMPLES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "gesture_files.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?:<!-- (\w+) -->\n)?```(\w+)\n(.*?)```", PAGE, re.DOTALL)


def marked(name: str) -> str:
    (found,) = [text for mark, _, text in BLOCKS if mark == name]
    return str(found)


@pytest.mark.parametrize("text", [text for mark, language, text in BLOCKS if language == "json" and mark != "wrong"])
def test_the_files_are_good(text: str) -> None:
    file, problems = check_bytes(text.encode(), "my.json", known=[builtin_file()])
    assert [str(problem) for problem in problems] == []
    assert file is not None


def test_the_errors_are_those_that_come() -> None:
    _, problems = check_bytes(marked("wrong").encode(), "my.json", known=[builtin_file()])
    assert [str(problem) for problem in problems] == marked("told").splitlines()


def test_the_warning_is_the_one_that_comes() -> None:
    file, _ = check_bytes(marked("overlapping").encode(), "my.json", known=[builtin_file()])
    assert file is not None
    told = [problem.reason for problem in warnings(merge([builtin_file(), file]), "my.json")]
    assert any(one.startswith(marked("warned").strip()) for one in told), told


def test_every_key_and_kind_is_there() -> None:
    keys = {key for kind in KINDS for key in KEYS[kind][1]}
    assert [key for key in sorted(keys | {"kind", *KINDS}) if f"`{key}`" not in PAGE] == []


def test_the_limits_are_the_readers() -> None:
    for text in (
        f"at most {MAX_GESTURES} ",
        f"1 to {MAX_NAME} letters",
        f"up to {MAX_ALIASES} other names",
        f"2 to {MAX_PATH_POINTS} points",
        f"up to {MAX_SAMPLES} of a gesture, {MAX_ALL_SAMPLES} in all",
    ):
        assert text in PAGE


def test_every_word_of_the_keys_is_there() -> None:
    words = {word for kind in KINDS for _, row in KEYS[kind][1].items() for word in row.shape.get("enum", ())}
    assert [word for word in sorted(words) if not re.search(rf"\b{word}\b", PAGE)] == []


def test_the_commands_exist() -> None:
    import typer

    from handplay.cli.app import command

    group = command().commands["gestures"]
    assert isinstance(group, typer.core.TyperGroup)
    for name in re.findall(r"handplay gestures (\w+)", PAGE):
        assert name in group.commands
