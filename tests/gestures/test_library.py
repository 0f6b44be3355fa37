"""Gesture files: what is read, what is refused and how it is told, and how files merge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.engine.errors import GestureFileError
from handplay.gestures.kinds import Pose
from handplay.gestures.library import builtin_library, check_bytes, check_file, load_library


def write(folder: Path, *gestures: object, name: str = "my.json", **more: object) -> Path:
    path = folder / name
    path.write_text(json.dumps({"version": 1, "gestures": gestures, **more}, indent=1), encoding="utf-8")
    return path


GOOD = {"name": "horns", "kind": "pose", "fingers": {"index": "extended", "middle": "curled"}}


def test_builtin_names_and_aliases() -> None:
    library = builtin_library()
    names = [pose.name for pose in library.gestures]
    assert len(set(names)) == len(names)
    for name in ("open_palm", "stop", "fist", "point", "victory", "thumbs_up", "thumbs_down", "pinch", "ok"):
        assert library.find(name) is not None, name
    for alias, name in {"palm": "open_palm", "one": "point", "peace": "victory", "like": "thumbs_up"}.items():
        found = library.find(alias)
        assert found is not None
        assert found.name == name
    assert library.find("nonsense") is None
    assert library.bindings("pong")["open_palm"] == "serve"
    assert dict(library.bindings("no such scene")) == {}


def test_every_key_of_a_pose(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {
            "name": "rock_2",
            "aliases": ["rock_on"],
            "kind": "pose",
            "hand": "left",
            "fingers": {"thumb": ["curled", "half"], "index": "extended", "middle": "any", "pinky": ["extended"]},
            "touching": [["middle", "thumb"]],
            "apart": [["index", "pinky"]],
            "together": [["ring", "middle"]],
            "pointing": {"index": "up"},
            "palm": "away",
            "grip": "pinch",
            "hold_s": 0.2,
            "release_s": 0,
            "cooldown_s": 1,
            "trigger": "repeat",
        },
        bindings={"pong": {"rock_on": "serve"}},
    )
    library = load_library(path)
    assert library.find("rock_on") == Pose(
        name="rock_2",
        aliases=("rock_on",),
        hand="left",
        fingers=(frozenset({"curled", "half"}), frozenset({"extended"}), None, None, frozenset({"extended"})),
        touching=((0, 2),),
        apart=((1, 4),),
        together=((2, 3),),
        pointing=((1, "up"),),
        palm="away",
        grip="pinch",
        hold_s=0.2,
        release_s=0.0,
        cooldown_s=1.0,
        trigger="repeat",
        file=str(path),
        line=4,
    )
    assert library.bindings("pong")["rock_2"] == "serve"


def gesture(**more: object) -> dict[str, object]:
    return {**GOOD, **more}


@pytest.mark.parametrize(
    ("row", "path", "reason"),
    [
        (gesture(fingers={"indx": "extended"}), "gestures[0].fingers.indx", 'unknown key "indx"; legal are thumb,'),
        (gesture(fingers={"indx": "extended"}), "gestures[0].fingers.indx", "did you mean 'index'?"),
        (gesture(fingers={"little": "extended"}), "gestures[0].fingers.little", "did you mean 'pinky'?"),
        (gesture(fingers={"index": "straight"}), "gestures[0].fingers.index", "did you mean 'extended'?"),
        (
            {"name": "x", "kind": "motion", "path": "left", "fingers": {}},
            "gestures[0].fingers",
            "pose, samples, rotation; that belongs to a gesture of kind 'pose'",
        ),
        (
            {"name": "x", "kind": "pose", "path": "left"},
            "gestures[0].path",
            "that belongs to a gesture of kind 'motion'",
        ),
        (gesture(fingers={"index": "extendet"}), "gestures[0].fingers.index", 'got "extendet", legal are extended,'),
        (gesture(fingers={"index": "extendet"}), "gestures[0].fingers.index", "did you mean 'extended'?"),
        (gesture(fingers={"index": []}), "gestures[0].fingers.index", "wanted a word or a list of words"),
        (gesture(fingers={"index": 3}), "gestures[0].fingers.index", "got 3, legal are"),
        (gesture(fingers=[]), "gestures[0].fingers", "wanted finger states as an object, got a list"),
        (gesture(triger="enter"), "gestures[0].triger", "did you mean 'trigger'?"),
        (gesture(trigger="enter_leav"), "gestures[0].trigger", "did you mean 'enter_leave'?"),
        (gesture(trigger=["enter"]), "gestures[0].trigger", "got a list [...], legal are enter,"),
        (gesture(hold_s=-1), "gestures[0].hold_s", "wanted a number of seconds from 0 to 10, got -1"),
        (gesture(hold_s="0.1"), "gestures[0].hold_s", 'got "0.1"'),
        (gesture(hold_s=True), "gestures[0].hold_s", "got true"),
        (gesture(cooldown_s=1e30), "gestures[0].cooldown_s", "got 1e+30"),
        (gesture(palm="front"), "gestures[0].palm", "legal are any, toward, away"),
        (gesture(hand="Left"), "gestures[0].hand", "did you mean 'left'?"),
        (gesture(pointing={"index": "north"}), "gestures[0].pointing.index", "legal are up, down, left, right"),
        (gesture(touching=[["thumb"]]), "gestures[0].touching[0]", 'wanted two fingers like ["thumb", "index"]'),
        (gesture(touching=[["thumb", "thumb"]]), "gestures[0].touching[0]", "wanted two different fingers"),
        (gesture(touching="thumb"), "gestures[0].touching", "wanted a list of finger pairs"),
        (
            gesture(together=[["index", "middle"]], apart=[["middle", "index"]]),
            "gestures[0]",
            "index and middle cannot be apart and together at once",
        ),
        ({"name": "x", "kind": "pose"}, "gestures[0]", "has no condition and would always be on"),
        ({"name": "x", "fingers": {"index": "any"}}, "gestures[0]", "has no condition"),
        ({"kind": "pose", "fingers": {"index": "half"}}, "gestures[0]", 'the key "name" is missing'),
        (gesture(name=""), "gestures[0].name", "wanted a name of 1 to 40 letters"),
        (gesture(name="a b"), "gestures[0].name", 'got "a b"'),
        (gesture(name="none"), "gestures[0].name", 'the name "none" has a meaning of its own'),
        (gesture(name=None), "gestures[0].name", "got null"),
        (gesture(aliases=["ok!"]), "gestures[0].aliases[0]", "letters, digits"),
        (gesture(aliases=["horns"]), "gestures[0].aliases[0]", 'the name "horns" stands here twice'),
        ({"name": "x", "kind": "motion"}, "gestures[0]", "the motion 'x' needs a \"path\" or \"samples\""),
        ({"name": "x", "kind": "motion", "path": "left", "samples": [[[0, 0], [1, 0]]]}, "gestures[0]", "keep one"),
        ({"name": "x", "kind": "motion", "path": "lefft"}, "gestures[0].path", "did you mean 'left'?"),
        ({"name": "x", "kind": "motion", "path": "left", "fingers": {}}, "gestures[0].fingers",
         "unknown key \"fingers\"; legal are kind, name"),
        ({"name": "x", "kind": "motion", "path": "left", "pose": "open_plam"}, "",
         "no pose has the name 'open_plam'; did you mean 'open_palm'?"),
        ({"name": "x", "kind": "motion", "path": "left", "pose": "x"}, "", "'x' is of kind 'motion'; wanted a pose"),
        ({"name": "x", "kind": "motion", "samples": [[[0, 0], [1]]]}, "gestures[0].samples[0][1]", "wanted a point"),
        ({"name": "x", "kind": "motion", "samples": [[[0, 0], [0, 0]]]}, "gestures[0].samples[0]", "different points"),
        ({"name": "x", "kind": "motion", "samples": [[[0, 0]] * 65]}, "gestures[0].samples[0]", "at most 64"),
        ({"name": "x", "kind": "two_hands"}, "gestures[0]", "needs a \"measure\": one of distance, angle"),
        ({"name": "x", "kind": "two_hands", "measure": "clapp"}, "gestures[0].measure", "did you mean 'clap'?"),
        ({"name": "x", "kind": "template", "samples": []}, "gestures[0]", "the template 'x' has no samples"),
        ({"name": "x", "kind": "template", "samples": [[1, 2]]}, "gestures[0].samples[0]", "wanted 63 numbers"),
        ({"name": "x", "kind": "template", "samples": [[1] * 63]}, "gestures[0].samples[0]", "lie in one place"),
        ({"name": "x", "kind": "template", "samples": [["a", *[1] * 62]]}, "gestures[0].samples[0][0]", "a number"),
        ({"name": "x", "kind": "template", "samples": [[1e6, *[1] * 62]]}, "gestures[0].samples[0][0]", "to 100000"),
        (gesture(about="two\nlines"), "gestures[0].about", "a text of one line"),
        (gesture(kind="posse"), "gestures[0].kind", "did you mean 'pose'?"),
        ("horns", "gestures[0]", 'wanted a gesture as an object, got "horns"'),
    ],
)  # fmt: skip
def test_problems_of_a_gesture(tmp_path: Path, row: object, path: str, reason: str) -> None:
    file = write(tmp_path, row)
    found, problems = check_file(file)
    assert found is None
    told = [problem for problem in problems if problem.path == path and reason in problem.reason]
    assert told, [str(problem) for problem in problems]
    with pytest.raises(GestureFileError, match=r"my\.json, line "):
        load_library(file)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"gestures": []}', 'the key "version" is missing'),
        ('{"version": 2}', "got version 2, this version reads 1"),
        ('{"version": true}', "got version true"),
        ("[]", "wanted a gesture file as an object"),
        ('{"version": 1, "gesture": []}', "did you mean 'gestures'?"),
        ('{"version": 1, "gestures": {}}', "wanted a list of gestures"),
        ('{"version": 1, "bindings": {"pong": {"open_plam": "serve"}}}', "did you mean 'open_palm'?"),
        ('{"version": 1, "bindings": {"pong": {"open_palm": 3}}}', "got 3"),
        ('{"version": 1, "bindings": {"pong": []}}', "a scene's bindings as an object"),
        ('{"version": 1, "gestures": [' + ", ".join(["1"] * 501) + "]}", "501 gestures; at most 500 are read"),
    ],
)
def test_problems_of_a_file(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "my.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GestureFileError) as caught:
        load_library(path)
    assert reason in str(caught.value)


def test_two_gestures_of_one_name_are_told_with_both_lines(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, GOOD)
    with pytest.raises(
        GestureFileError, match=r"line 13, gestures\[1\]\.name: the name \"horns\" stands here twice; first in line 5"
    ):
        load_library(path)


def test_all_problems_are_told_and_a_long_list_is_cut(tmp_path: Path) -> None:
    path = write(tmp_path, *[{**GOOD, "name": f"g{k}", "palm": "x"} for k in range(14)])
    with pytest.raises(GestureFileError) as caught:
        load_library(path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 11
    assert lines[-1] == "and 4 more"


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_a_file_that_is_not_there(tmp_path: Path, kind: str) -> None:
    path = tmp_path if kind == "folder" else tmp_path / "none.json"
    with pytest.raises(GestureFileError, match="the gesture file cannot be read"):
        load_library(path)


def test_a_name_with_a_null_byte_is_a_plain_error() -> None:
    with pytest.raises(GestureFileError, match="cannot be read"):
        load_library("a\0b.json")


def test_a_users_gesture_replaces_the_builtin_one_of_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "name": "victory"})
    library = load_library(path)
    victory = library.find("victory")
    assert victory is not None
    assert victory.file == str(path)
    assert sum(pose.name == "victory" for pose in library.gestures) == 1
    assert library.find("peace") is victory  # bindings and motions may say so


@pytest.mark.parametrize("apart", [False, True], ids=["one file", "a file each"])
def test_a_binding_by_an_alias_of_a_replaced_gesture_is_the_new_ones(tmp_path: Path, apart: bool) -> None:
    bindings = {"pong": {"peace": "pause"}}
    own = write(tmp_path, {**GOOD, "name": "victory", "aliases": ["v"]}, bindings={} if apart else bindings)
    files = [write(tmp_path, name="bound.json", bindings=bindings)] if apart else []
    for order in ([*files, own], [own, *files]):
        library = load_library(*order)
        assert library.bindings("pong")["victory"] == "pause"
        victory = library.find("peace")
        assert victory is not None
        assert victory.aliases == ("v", "peace", "count_2")


def test_an_alias_that_another_gesture_takes_is_not_inherited(tmp_path: Path) -> None:
    library = load_library(write(tmp_path, {**GOOD, "name": "victory"}, {**GOOD, "name": "peace", "palm": "away"}))
    victory = library.find("victory")
    assert victory is not None
    assert victory.aliases == ("count_2",)


def test_a_users_name_takes_a_builtin_alias(tmp_path: Path) -> None:
    library = load_library(write(tmp_path, {**GOOD, "name": "peace"}))
    victory, peace = library.find("victory"), library.find("peace")
    assert victory is not None
    assert peace is not None
    assert peace.name == "peace"
    assert "peace" not in victory.aliases


def test_an_alias_must_not_hide_a_builtin_gesture(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "aliases": ["fist"]})
    with pytest.raises(GestureFileError, match=r"the alias 'fist' is the name of a gesture in builtin\.json"):
        load_library(path)


def test_of_two_files_the_later_wins(tmp_path: Path) -> None:
    first = write(tmp_path, GOOD, name="a.json", bindings={"pong": {"horns": "serve"}})
    second = write(tmp_path, {**GOOD, "palm": "away"}, name="b.json", bindings={"pong": {"horns": "rematch"}})
    library = load_library(first, second)
    horns = library.find("horns")
    assert isinstance(horns, Pose)
    assert horns.palm == "away"
    assert library.bindings("pong")["horns"] == "rematch"


def test_a_bad_file_after_a_good_one_gives_nothing(tmp_path: Path) -> None:
    good = write(tmp_path, GOOD, name="good.json")
    bad = write(tmp_path, {**GOOD, "name": "other"}, {**GOOD, "palm": "x"}, name="bad.json")
    with pytest.raises(GestureFileError, match=r"bad\.json"):
        load_library(good, bad)
    assert builtin_library().find("other") is None


KEYS = st.sampled_from(["version", "gestures", "bindings", "name", "aliases", "kind", "fingers", "index", "touching",
                        "pointing", "palm", "grip", "hold_s", "trigger", "hand", "x"])  # fmt: skip
WORDS = st.sampled_from(["pose", "motion", "extended", "thumb", "index", "up", "any", "enter", "horns", "fist", ""])
HOSTILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
    | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=120, deadline=None)
@given(rows=st.lists(st.dictionaries(KEYS, HOSTILE, max_size=8) | HOSTILE, max_size=3), bindings=HOSTILE)
def test_hostile_rows_give_problems_and_never_a_traceback(rows: list[object], bindings: object) -> None:
    data = json.dumps({"version": 1, "gestures": rows, "bindings": bindings}).encode()
    file, problems = check_bytes(data, "hostile.json", known=[])
    assert (file is None) == bool(problems)
    for problem in problems:
        assert problem.line >= 1
        assert len(str(problem)) < 600


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_hostile_bytes(data: bytes) -> None:
    file, problems = check_bytes(data, "hostile.json", known=[])
    assert file is None
    assert len(problems) == 1
