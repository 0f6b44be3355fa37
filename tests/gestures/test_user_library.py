"""The user's library: what is added and removed, what is refused, and that nothing of the author's own is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.engine.errors import GestureFileError, OutputError
from handplay.gestures.jsonfile import parse
from handplay.gestures.layout import WIDTH, laid_out, moved
from handplay.gestures.library import builtin_library
from handplay.gestures.user_library import add_files, load_all, remove, user_file, user_files

HAND_WRITTEN = """{
    "$schema": "./gestures.schema.json",
    "bindings": {"pong": {"horns":   "serve",
                          "fist": "pause"}},
    "version": 1,
    "gestures": [
        {"name": "horns",     "aliases": ["devil", "metal"],
         "fingers": {"index": "extended",
                     "middle": "curled"}},

        { "name": "flat", "palm": "toward", "hold_s": 0.10 }
    ]
}
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config" / "gestures.json"


def file(folder: Path, *gestures: object, name: str = "new.json", **more: object) -> Path:
    path = folder / name
    path.write_text(json.dumps({"version": 1, "gestures": gestures, **more}), encoding="utf-8")
    return path


ROCK = {"name": "rock_2", "aliases": ["rock_on"], "fingers": {"index": "extended", "middle": "curled"}}


def test_there_is_none_at_first(library: Path) -> None:
    assert user_file() == library
    assert user_files() == ()
    assert load_all() == builtin_library()
    assert not library.parent.exists()


def test_the_first_gesture_makes_it(library: Path, tmp_path: Path) -> None:
    (change,) = add_files([file(tmp_path, ROCK, bindings={"pong": {"rock_on": "serve"}})])
    assert (change.added, change.replaced, change.bindings) == (("rock_2",), (), 1)
    found = load_all().find("rock_on")
    assert found is not None
    assert (found.name, found.file) == ("rock_2", str(library))
    assert load_all().bindings("pong")["rock_2"] == "serve"
    assert library.read_text(encoding="utf-8") == (
        '{\n  "version": 1,\n  "gestures": [\n'
        '    {"name": "rock_2", "aliases": ["rock_on"], "fingers": {"index": "extended", "middle": "curled"}}\n  ],\n'
        '  "bindings": {\n    "pong": {"rock_on": "serve"}\n  }\n}\n'
    )


def test_what_the_author_wrote_stays_as_it_was_laid_out(library: Path, tmp_path: Path) -> None:
    library.parent.mkdir()
    library.write_text(HAND_WRITTEN, encoding="utf-8")
    add_files([file(tmp_path, ROCK)])
    text = library.read_text(encoding="utf-8")
    assert (
        text
        == """{
  "$schema": "./gestures.schema.json",
  "version": 1,
  "gestures": [
    {"name": "horns",     "aliases": ["devil", "metal"],
     "fingers": {"index": "extended",
                 "middle": "curled"}},
    { "name": "flat", "palm": "toward", "hold_s": 0.10 },
    {"name": "rock_2", "aliases": ["rock_on"], "fingers": {"index": "extended", "middle": "curled"}}
  ],
  "bindings": {"pong": {"horns":   "serve",
                        "fist": "pause"}}
}
"""
    )
    remove(["rock_2"])
    assert library.read_text(encoding="utf-8") == text.replace(
        ' },\n    {"name": "rock_2", "aliases": ["rock_on"], "fingers": {"index": "extended", "middle": "curled"}}',
        " }",
    )


def test_a_taken_name_is_refused_and_replaced_when_asked(library: Path, tmp_path: Path) -> None:
    library.parent.mkdir()
    library.write_text(HAND_WRITTEN, encoding="utf-8")
    new = file(tmp_path, {**ROCK, "name": "horns", "aliases": ["metal"]}, {**ROCK, "name": "flat_2", "aliases": []})
    with pytest.raises(GestureFileError, match=r"the name 'horns' is in your library already .* add --replace"):
        add_files([new])
    assert library.read_text(encoding="utf-8") == HAND_WRITTEN
    (change,) = add_files([new], replacing=True)
    assert (change.added, change.replaced) == (("flat_2",), ("horns",))
    own = [gesture for gesture in load_all().gestures if gesture.file == str(library)]
    assert [gesture.name for gesture in own] == ["horns", "flat", "flat_2"]  # in its old place
    assert own[0].aliases == ("metal",)
    assert load_all().bindings("pong")["horns"] == "serve"


def test_a_new_name_takes_an_alias_when_asked(library: Path, tmp_path: Path) -> None:
    library.parent.mkdir()
    library.write_text(HAND_WRITTEN, encoding="utf-8")
    new = file(tmp_path, {**ROCK, "name": "devil", "aliases": []})
    with pytest.raises(GestureFileError, match="the name 'devil' is in your library already"):
        add_files([new])
    add_files([new], replacing=True)
    horns = load_all().find("horns")
    assert horns is not None
    assert horns.aliases == ("metal",)


def test_a_different_binding_is_refused_and_replaced_when_asked(library: Path, tmp_path: Path) -> None:
    add_files([file(tmp_path, ROCK, bindings={"pong": {"rock_2": "serve"}})])
    new = file(tmp_path, bindings={"pong": {"rock_on": "pause"}})
    with pytest.raises(GestureFileError, match=r"binds 'rock_2' to 'serve' in 'pong'; add --replace"):
        add_files([new])
    add_files([new], replacing=True)
    assert load_all().bindings("pong")["rock_2"] == "pause"


def test_files_are_added_all_or_none(library: Path, tmp_path: Path) -> None:
    good = file(tmp_path, ROCK, name="good.json")
    bad = file(tmp_path, {**ROCK, "palm": "x"}, name="bad.json")
    with pytest.raises(GestureFileError, match=r"bad\.json, line 1"):
        add_files([good, bad])
    assert not library.exists()
    with pytest.raises(GestureFileError, match="no such file"):
        add_files([good, tmp_path / "none.json"])
    with pytest.raises(GestureFileError, match="the name 'rock_2' is in your library already"):
        add_files([good, good])
    assert not library.exists()


@pytest.mark.parametrize("content", ["", "{", "my notes, not JSON", '{"version": 2}', HAND_WRITTEN[:-20]])
def test_a_library_that_cannot_be_understood_is_left_alone(library: Path, tmp_path: Path, content: str) -> None:
    library.parent.mkdir()
    library.write_text(content, encoding="utf-8")
    for change in (lambda: add_files([file(tmp_path, ROCK)]), lambda: remove(["horns"])):
        with pytest.raises(GestureFileError, match=r"gestures\.json, line \d"):
            change()
    assert library.read_text(encoding="utf-8") == content
    with pytest.raises(GestureFileError, match=r"gestures\.json, line \d"):
        load_all()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hornss", "no gesture of yours has the name 'hornss'; did you mean 'horns'?"),
        ("fist", "'fist' is built in and cannot be removed; a gesture of your own with that name replaces it"),
        ("palm", "'palm' is built in"),
    ],
)
def test_what_cannot_be_removed(library: Path, name: str, reason: str) -> None:
    library.parent.mkdir()
    library.write_text(HAND_WRITTEN, encoding="utf-8")
    with pytest.raises(GestureFileError) as caught:
        remove(["flat", name])
    assert reason in str(caught.value)
    assert library.read_text(encoding="utf-8") == HAND_WRITTEN


def test_removing_takes_the_bindings_with_it_but_not_those_of_a_builtin_name(library: Path, tmp_path: Path) -> None:
    own = file(
        tmp_path,
        ROCK,
        {**ROCK, "name": "fist", "aliases": []},
        bindings={"pong": {"rock_on": "serve", "fist": "pause"}},
    )
    add_files([own])
    change = remove(["rock_on", "fist"])
    assert (change.removed, change.bindings) == (("fist", "rock_2"), 1)
    assert load_all().bindings("pong")["fist"] == "pause"
    fist = load_all().find("fist")
    assert fist is not None
    assert fist.file == "builtin.json"


def test_a_pose_that_a_motion_needs_is_not_removed_alone(library: Path, tmp_path: Path) -> None:
    add_files([file(tmp_path, ROCK, {"name": "move", "kind": "motion", "path": "left", "pose": "rock_2"})])
    before = library.read_text(encoding="utf-8")
    with pytest.raises(GestureFileError, match=r"is left as it was: the gesture 'move' asks for a pose"):
        remove(["rock_2"])
    assert library.read_text(encoding="utf-8") == before
    remove(["rock_2", "move"])


def test_actions_are_checked(library: Path, tmp_path: Path) -> None:
    new = file(tmp_path, bindings={"pong": {"fist": "sevre"}, "other": {"fist": "sevre"}})
    with pytest.raises(GestureFileError, match=r"'pong' has no action 'sevre'; legal are serve, none; did you mean"):
        add_files([new], actions={"pong": ("serve",)})
    add_files([new])


def test_a_place_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path / "config"))
    with pytest.raises((OutputError, GestureFileError), match="config"):
        add_files([file(tmp_path, ROCK)])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text('aé"\\\n{[,', max_size=30),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=12), inner, max_size=5),
    max_leaves=40,
)


@settings(max_examples=150, deadline=None)
@given(value=JSON, indent=st.integers(0, 8))
def test_laid_out_says_the_same_in_short_lines(value: object, indent: int) -> None:
    text = laid_out(value, indent, indent)
    assert json.loads(text) == value
    assert json.loads(moved(text, 4)) == value
    assert moved(moved(text, 4), -4) == text
    leaf = 8 + max((len(json.dumps(part, ensure_ascii=False)) for part in leaves(value)), default=0)
    longest = max(len(line) for line in text.split("\n")[1:]) if "\n" in text else 0
    assert longest <= max(WIDTH + 1, indent + 12 + 2 * leaf)


def leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value, *(leaf for member in value.values() for leaf in leaves(member))]
    if isinstance(value, list):
        return [leaf for member in value for leaf in leaves(member)]
    return [value]


def test_places_in_the_text() -> None:
    text = '{"a": [1, {"b": "x"}], "c": [1.5, 2]}'
    root = parse(text.encode())
    assert isinstance(root.value, dict)
    for key, part in {"a": '[1, {"b": "x"}]', "c": "[1.5, 2]"}.items():
        node = root.value[key]
        assert text[node.start : node.end] == part
