"""`handplay gestures list, show, check, add, remove, schema`: exit codes, what is said, and what is left behind."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handplay.cli.gestures.libraries import known_actions
from handplay.games import pong
from handplay.gestures.library import builtin_library

Run = Callable[..., Any]
FINGERS = {"thumb": ["curled", "half"], "index": "extended", "middle": "curled", "pinky": "extended"}
ROCK = {"name": "rock_2", "aliases": ["rock_on"], "about": "Horns.", "fingers": FINGERS}


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config" / "gestures.json"


def write(folder: Path, *gestures: object, name: str = "my.json", **more: object) -> Path:
    path = folder / name
    path.write_text(json.dumps({"version": 1, "gestures": gestures, **more}, indent=1), encoding="utf-8")
    return path


def test_list_groups_by_file(handplay: Run, tmp_path: Path) -> None:
    path = write(tmp_path, ROCK)
    assert handplay("gestures", "add", path).code == 0
    more = write(tmp_path, {**ROCK, "name": "third", "aliases": []}, name="more.json")
    told = handplay("gestures", "list", "--gestures", more)
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert lines[0] == "Built in"
    assert lines[1].startswith("  open_palm (palm, count_5)   pose: An open hand")
    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings == ["Built in", f"Your library, {tmp_path / 'config' / 'gestures.json'}", str(more)]
    assert "  rock_2 (rock_on)            pose: Horns." in lines


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_list_fits_the_terminal(handplay: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = handplay("gestures", "list").out.splitlines()
    assert columns - 20 < max(map(len, lines)) <= columns
    told = " ".join(" ".join(lines).split())
    for gesture in builtin_library().gestures:
        assert f"{gesture.kind}: {gesture.about}" in told


def test_list_shows_what_gestures_do(handplay: Run, tmp_path: Path) -> None:
    path = write(
        tmp_path, ROCK, bindings={"pong": {"rock_2": "serve", "open_palm": "none"}, "slice": {"rock_2": "start"}}
    )
    told = " ".join(handplay("gestures", "list", "--gestures", path).out.split())
    assert "rock_2 (rock_on) pose: Horns. In pong: serve. In slice: start." in told
    assert "thumbs_up (like) pose: The thumb out of a fist, upward. In pong: rematch. In airdraw: save." in told
    assert "with the fingers together as well it is a stop. stop pose:" in told  # what open_palm did is taken away
    (row,) = [row for row in json.loads(handplay("gestures", "list", "--json", "--gestures", path).out)
              if row["name"] == "rock_2"]  # fmt: skip
    assert row["bindings"] == {"pong": "serve", "slice": "start"}


VICTORY = {
    "name": "victory",
    "fingers": {"index": "extended", "middle": "extended", "ring": "curled", "pinky": "curled"},
}


def test_what_replaces_a_builtin_gesture_is_noted_once(handplay: Run, tmp_path: Path, library: Path) -> None:
    path = write(tmp_path, VICTORY)
    note = "line 4: 'victory' replaces the built-in gesture of that name (peace, count_2)"
    told = handplay("gestures", "check", path)
    assert told.code == 0
    assert told.err.count("note: ") == 1
    assert f"note: {path}, {note}\n" in told.err
    assert told.out.endswith(", 1 note\n")
    levels = {row["level"]: row["reason"] for row in json.loads(handplay("gestures", "check", path, "--json").out)}
    assert levels["note"].startswith("'victory' replaces the built-in gesture")
    told = handplay("gestures", "add", path)
    assert told.err.count(f"note: {library}, ") == 1
    assert "'victory' replaces the built-in gesture of that name (peace, count_2)" in told.err
    listed = " ".join(handplay("gestures", "list").out.split())
    assert "victory (peace, count_2) pose. Replaces the built-in one." in listed
    assert "note: " not in handplay("gestures", "check", path).err  # it is in the library already, and the same


def test_what_takes_another_name_is_noted(handplay: Run, tmp_path: Path) -> None:
    path = write(tmp_path, {**VICTORY, "name": "peace"}, {**ROCK, "aliases": ["horns"]})
    notes = [line for line in handplay("gestures", "check", path).err.splitlines() if line.startswith("note: ")]
    assert [note.partition("line ")[2] for note in notes] == [
        "4: 'peace' was another name of the built-in gesture 'victory' and means 'peace' now",
        "13: 'horns' was another name of the built-in gesture 'rock' and means 'rock_2' now",
    ]


def test_a_name_of_its_own_replaces_nothing(handplay: Run, tmp_path: Path) -> None:
    told = handplay("gestures", "check", write(tmp_path, ROCK))
    assert "note" not in told.err + told.out


def test_list_as_json_names_them_all(handplay: Run) -> None:
    rows = json.loads(handplay("gestures", "list", "--json").out)
    assert [row["name"] for row in rows] == [gesture.name for gesture in builtin_library().gestures]
    assert set(rows[0]) == {"name", "aliases", "kind", "about", "file", "line", "bindings"}


def test_show_by_alias(handplay: Run, tmp_path: Path) -> None:
    path = write(tmp_path, ROCK, bindings={"pong": {"rock_2": "serve"}})
    told = handplay("gestures", "show", "rock_on", "--gestures", path)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"rock_2 (rock_on), pose of {path}, line 4\nHorns.\n")
    for part in ('"name": "rock_2"', "  - index extended", "  - thumb curled or half", "In pong it means serve."):
        assert part in told.out
    row = json.loads(handplay("gestures", "show", "rock_on", "--gestures", path, "--json").out)
    assert row["row"]["fingers"]["pinky"] == "extended"
    assert row["bindings"] == {"pong": "serve"}
    assert "index extended" in row["requirements"]


@pytest.mark.parametrize("gesture", builtin_library().gestures, ids=lambda gesture: gesture.name)
def test_every_builtin_gesture_can_be_shown(handplay: Run, gesture: Any) -> None:
    told = handplay("gestures", "show", gesture.name)
    assert (told.code, told.err) == (0, "")
    assert "\n  - " in told.out


def test_show_of_nothing_guesses(handplay: Run) -> None:
    told = handplay("gestures", "show", "victry")
    assert (told.code, told.out) == (1, "")
    assert told.err == "handplay: no gesture has the name 'victry'; did you mean 'victory'?\n"


def test_check_tells_good_from_bad(handplay: Run, tmp_path: Path) -> None:
    good = write(tmp_path, {**ROCK, "fingers": {**FINGERS, "ring": "curled"}})
    bad = write(tmp_path, {"name": "a", "fingers": {"indx": "extended"}}, name="bad.json")
    told = handplay("gestures", "check", good)
    assert (told.code, told.out) == (0, f"{good}: good, 1 gesture\n")
    told = handplay("gestures", "check", good, bad, tmp_path / "none.json")
    assert told.code == 1
    assert told.out == f"{good}: good, 1 gesture\n"
    assert told.err.splitlines() == [
        f'{bad}, line 7, gestures[0].fingers.indx: unknown key "indx"; legal are thumb, index, middle, ring, pinky; '
        "did you mean 'index'?",
        f"{tmp_path / 'none.json'}: the gesture file cannot be read: no such file or directory",
    ]


def test_check_warns_of_overlaps_and_of_unknown_games(handplay: Run, tmp_path: Path) -> None:
    two = {
        "name": "two_up",
        "fingers": {"index": "extended", "middle": "extended", "ring": "curled", "pinky": "curled"},
    }
    path = write(tmp_path, two, bindings={"pnog": {"fist": "serve"}})
    told = handplay("gestures", "check", path)
    assert told.code == 0
    assert told.out.startswith(f"{path}: good, 1 gesture, 1 binding, ")
    assert "'two_up' and 'victory' (peace" in told.err
    assert 'add "together": [["index", "middle"]], "palm": "toward" to \'two_up\'' in told.err
    assert "\"pnog\" is no game of handplay; did you mean 'pong'?" in told.err
    *warned, note = told.err.splitlines()
    assert all(line.startswith(f"warning: {path}, line ") for line in warned)
    assert note == f"note: {path}, line 4: 'two_up' replaces the built-in gesture of that name"


def test_check_as_json(handplay: Run, tmp_path: Path) -> None:
    bad = write(tmp_path, {"name": "a", "fingers": {"indx": "extended"}})
    told = handplay("gestures", "check", bad, "--json")
    assert (told.code, told.err) == (1, "")
    (row,) = json.loads(told.out)
    assert (row["level"], row["line"], row["path"]) == ("error", 7, "gestures[0].fingers.indx")


def test_an_action_that_the_game_does_not_have(handplay: Run, tmp_path: Path) -> None:
    path = write(tmp_path, bindings={"pong": {"fist": "sevre"}})
    for arguments in (("gestures", "check", path), ("gestures", "add", path), ("gestures", "list", "--gestures", path),
                      ("pong", "--headless", "--source", "demo", "--gestures", path)):  # fmt: skip
        told = handplay(*arguments)
        assert told.code == 1
        assert "'pong' has no action 'sevre'; legal are serve, rematch, pause, none; did you mean 'serve'?" in told.err


def test_games_publish_what_they_know() -> None:
    actions = known_actions()
    assert actions["pong"] == pong.ACTIONS
    for scene, rows in builtin_library().actions.items():
        assert set(rows.values()) <= set(actions.get(scene, rows.values())), scene


def test_what_pong_publishes_is_what_it_does() -> None:
    from typing import get_args

    from handplay.games.pong.game import Action

    assert get_args(Action) == pong.ACTIONS


def test_add_and_remove(handplay: Run, tmp_path: Path, library: Path) -> None:
    path = write(tmp_path, ROCK, bindings={"pong": {"rock_on": "serve"}})
    told = handplay("gestures", "add", path)
    assert told.code == 0
    assert told.out == f"{path}: added rock_2; 1 binding\nYour library is {library}.\n"
    told = handplay("gestures", "add", path)
    assert told.code == 1
    assert "the name 'rock_2' is in your library already" in told.err
    assert handplay("gestures", "add", "--replace", path).out.startswith(f"{path}: replaced rock_2\n")
    told = handplay("gestures", "remove", "rock_on", "fsit")
    assert (told.code, "no gesture of yours has the name 'fsit'" in told.err) == (1, True)
    told = handplay("gestures", "remove", "rock_on")
    assert (told.code, told.out) == (0, f"Removed rock_2 and 1 binding from {library}.\n")
    assert json.loads(library.read_text(encoding="utf-8")) == {"version": 1, "gestures": []}


@pytest.mark.parametrize(
    "arguments",
    [("gestures", "list"), ("gestures", "show", "fist"), ("pong", "--headless", "--source", "demo", "--duration", "1"),
     ("track", "demo", "-o", "x.hands.jsonl"), ("gestures", "explain", "fist", "--source", "demo")],
    ids=lambda arguments: arguments[0] + " " + arguments[1],
)  # fmt: skip
def test_a_bad_library_is_an_error_that_names_it(handplay: Run, library: Path, arguments: tuple[str, ...]) -> None:
    library.parent.mkdir()
    library.write_text('{"version": 1, "gesture": []}', encoding="utf-8")
    told = handplay(*arguments)
    assert told.code == 1
    assert told.err.startswith(f'handplay: {library}, line 1, gesture: unknown key "gesture"')


def test_schema(handplay: Run, tmp_path: Path) -> None:
    told = handplay("gestures", "schema")
    schema = json.loads(told.out)
    Draft202012Validator.check_schema(schema)
    path = tmp_path / "gestures.schema.json"
    assert handplay("gestures", "schema", "-o", path).out == f"{path}: the schema of gesture files\n"
    assert json.loads(path.read_text(encoding="utf-8")) == schema
    named = write(tmp_path, ROCK, **{"$schema": "gestures.schema.json"})
    assert handplay("gestures", "check", named).code == 0


def test_track_names_the_users_gestures(handplay: Run, tmp_path: Path) -> None:
    """The built-in pose of a demo hand, replaced under another name."""
    straight = dict.fromkeys(("index", "middle", "ring", "pinky"), "extended")
    spread = [["thumb", "index"], ["index", "pinky"], ["index", "middle"]]
    mine = write(tmp_path, {"name": "all_up", "fingers": straight, "apart": spread, "palm": "toward"})
    out = tmp_path / "out.hands.jsonl"
    told = handplay("track", "demo:pose=open_palm", "-o", out, "--max-frames", 30, "--gestures", mine)
    assert told.code == 0, told.err
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()[1:]]
    assert any("all_up" in hand["gestures"] for row in rows for hand in row["hands"])


HEAVY = ("cv2", "pygame", "scipy", "ai_edge_litert", "numpy", "rich")


def test_the_command_modules_load_nothing_heavy() -> None:
    code = f"import sys, handplay.cli.app; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout.split() == []


@pytest.mark.parametrize(
    "command", [("check",), ("add",), ("eval",), ("train", "-o", "out.json")], ids=lambda command: command[0]
)
def test_a_file_without_permission_is_a_failure_and_no_wrong_usage(
    handplay: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Whoever runs the tests may be allowed to read everything: the system is made to say no."""
    path = tmp_path / "mine"
    path.write_text('{"version": 1}', encoding="utf-8")
    real_open, real_access = os.open, os.access
    monkeypatch.chdir(tmp_path)

    def no_open(name: Any, *more: Any, **options: Any) -> int:
        if str(name) == "mine":
            raise PermissionError(errno.EACCES, "Permission denied", str(name))
        return real_open(name, *more, **options)

    monkeypatch.setattr(os, "open", no_open)
    monkeypatch.setattr(os, "access", lambda name, *more, **options: str(name) != "mine" and real_access(name, *more))
    told = handplay("gestures", *command, "mine")
    assert told.code == 1, told.err
    assert "permission denied" in told.err
    assert len(told.err.splitlines()) == 1
