"""docs/gesture_files.md is true: its files are good or bad as it says, its messages come, and no key is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from handplay.engine.hands import FINGERS
from handplay.gestures.kinds import KINDS
from handplay.gestures.library import builtin_file, check_bytes, merge
from handplay.gestures.overlap import warnings
from handplay.gestures.reader import MAX_NAME
from handplay.gestures.recognizer import Recognizer
from handplay.gestures.replaced import replacements
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


def test_the_warnings_and_notes_are_those_that_come() -> None:
    file, _ = check_bytes(marked("overlapping").encode(), "my.json", known=[builtin_file()])
    assert file is not None
    told = [f"warning: {one}" for one in warnings(merge([builtin_file(), file]), "my.json")]
    told += [f"note: {one}" for one in replacements(file, [builtin_file()])]
    assert marked("warned").splitlines() == [*told, "my.json: good, 2 gestures, 2 warnings, 1 note"]


def test_what_the_page_replaces_it_replaces_knowingly() -> None:
    texts = [text for mark, language, text in BLOCKS if language == "json" and mark not in ("wrong", "overlapping")]
    for text in texts:
        file, _ = check_bytes(text.encode(), "my.json", known=[builtin_file()])
        assert file is not None
        assert [str(one) for one in replacements(file, [builtin_file()])] == []


def test_tap_and_hold_of_one_shape_are_one(builders: ModuleType) -> None:
    """The long one takes the hand at once, and the quick one never begins."""
    rows = [
        {"name": "slowpalm", "hold_s": 2, "fingers": dict.fromkeys(FINGERS, "extended"), "apart": [["thumb", "index"]]}
    ]

    def begun(rows: list[dict[str, object]], lasts_s: float) -> set[str]:
        data = json.dumps({"version": 1, "gestures": rows}).encode()
        file, _ = check_bytes(data, "my.json", known=[builtin_file()])
        assert file is not None
        recognizer = Recognizer(merge([builtin_file(), file]))
        found = set()
        for number in range(round((lasts_s + 0.5) * 30)):
            shown = number / 30 < lasts_s
            hands = (builders.build_hand(),) if shown else (builders.show("fist"),)
            steps = recognizer.update(builders.frame(*hands, time_s=number / 30)).steps
            found |= {step.name for step in steps if step.kind == "begin"}
        return found & {"slowpalm", "open_palm"}

    assert begun([], 0.5) == {"open_palm"}
    assert begun(rows, 0.5) == set()
    assert begun(rows, 2.5) == {"slowpalm"}


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
