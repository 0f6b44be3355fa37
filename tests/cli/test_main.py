"""Exit codes and messages of the command line itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import handplay as package
from handplay.cli import main
from handplay.cli.app import command as whole_command_line
from handplay.cli.cameras import aligned
from handplay.engine.errors import ModelMissing, OutputError
from handplay.engine.sources.camera_list import CameraInfo
from handplay.engine.sources.demo.poses import POSES
from handplay.engine.sources.demo.source import SCRIPTS, find_script

HEAVY = ("cv2", "pygame", "scipy", "mediapipe", "ai_edge_litert", "numpy", "rich")


def loaded_by(*arguments: str) -> list[str]:
    code = (
        "import sys\nfrom handplay.cli import main\n"
        f"try: main({list(arguments)!r})\nexcept SystemExit: pass\n"
        f"print('loaded', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return result.stdout.splitlines()[-1].split()[1:]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], [], ["pong", "--help"], ["track", "--help"]])
def test_help_and_version_load_nothing_heavy(arguments: list[str]) -> None:
    assert loaded_by(*arguments) == []


def test_that_check_can_fail() -> None:
    assert "numpy" in loaded_by("track", "nosuch.mp4", "-o", "x.hands.jsonl")


def test_version(handplay: Callable[..., Any]) -> None:
    told = handplay("--version")
    assert (told.code, told.out, told.err) == (0, f"handplay {package.__version__}\n", "")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_no_command_and_help_list_the_commands(handplay: Callable[..., Any], arguments: list[str]) -> None:
    told = handplay(*arguments)
    assert told.code == 0
    for command in ("pong", "track", "cameras", "doctor"):
        assert f"\n  {command} " in told.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nosuch"], "No such command 'nosuch'"),
        (["play"], "No such command 'play'. Did you mean 'pong'?"),
        (["gestures", "validate", "x.json"], "No such command 'validate'. Did you mean 'check'?"),
        (["--nosuch"], "No such option"),
        (["track"], "Missing argument 'SOURCE'"),
        (["track", "demo"], "Nothing would come of it"),
        (["track", "demo", "-o", "x", "--plain"], "--plain needs --still"),
        (["track", "demo", "-o", "x", "--still", "--smooth"], "exclude each other"),
        (["track", "demo", "-o", "x", "--hands", "0"], "--hands"),
        (["track", "demo", "-o", "x", "--model", "huge"], "--model"),
        (["track", "demo", "-o", "x", "--width", "0"], "--width"),
        (["track", "demo", "-o", "x.mp4", "--overlay", "x.mp4"], "both name x.mp4"),
        (["pong", "--players", "3"], "--players"),
        (["pong", "--difficulty", "brutal"], "--difficulty"),
        (["pong", "--screenshot-at", "3"], "needs --screenshot"),
        (["pong", "--record", "x.json"], "--record: x.json must end in .hands.jsonl"),
        (["pong", "--screenshot", "x.xyz"], "--screenshot: x.xyz must end in .png or .jpg"),
        (["pong", "--screenshot", "x"], "--screenshot: x must end in .png or .jpg"),
        (["pong", "--duration", "soon"], "--duration"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_2(handplay: Callable[..., Any], arguments: list[str], message: str) -> None:
    told = handplay(*arguments)
    assert told.code == 2
    assert message in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["track", "nosuch.mp4", "-o", "x.hands.jsonl"], "There is no file nosuch.mp4"),
        (["track", "demo:nosuch", "-o", "x.hands.jsonl"], "no demo called 'nosuch'"),
        (["track", "demo", "-o", "no/such/folder/x.hands.jsonl"], "no folder"),
        (["track", "demo", "-o", "x.hands.jsonl", "--models", "no/such"], "--models names no/such"),
        (["track", "demo", "--overlay", "x.txt"], "not a name for a video"),
        (["pong", "--headless", "--gestures", "no/such.json"], "no/such.json"),
        (["pong", "--headless", "--source", "no/such.mp4"], "There is no file"),
        (["pong", "--headless", "--source", "no/such.hands.jsonl"], "There is no recording"),
        (["pong", "--headless", "--source", "demo", "--summary", "no/such/x.json"], "no folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_failure_is_1_and_one_plain_line(
    handplay: Callable[..., Any],
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    told = handplay(*arguments)
    assert told.code == 1
    assert message.replace("/", os.sep) in told.err or message in told.err
    assert "Traceback" not in told.err
    assert len([line for line in told.err.splitlines() if line.startswith("handplay: ")]) == 1
    assert os.listdir(tmp_path) == []


def raising(error: BaseException) -> Callable[..., Any]:
    def run(*_: object) -> None:
        raise error

    return run


@pytest.mark.parametrize("place", [0, 1], ids=["before the command", "after it"])
def test_debug_shows_where(monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    monkeypatch.setattr("handplay.engine.sources.camera_list.list_cameras", raising(ModelMissing("told")))
    arguments = ["cameras"]
    arguments.insert(place, "--debug")
    with pytest.raises(ModelMissing, match="told"):
        main(arguments)


def test_an_unexpected_error_is_two_lines(handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handplay.engine.sources.camera_list.list_cameras", raising(KeyError("lost\nkey")))
    told = handplay("cameras")
    assert told.code == 1
    assert len(told.err.splitlines()) == 2
    assert "unexpected KeyError" in told.err
    assert "--debug" in told.err


def test_an_interrupt_is_130_and_silent(handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handplay.engine.sources.camera_list.list_cameras", raising(KeyboardInterrupt()))
    told = handplay("cameras")
    assert (told.code, told.out, told.err) == (130, "", "")


def test_an_interrupt_while_loading_is_130_and_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handplay.cli._run", raising(KeyboardInterrupt()))
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 130


@pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")
def test_a_reader_that_leaves_is_no_error() -> None:
    code = (
        "from handplay.cli import main\nimport handplay.engine.sources.camera_list as m\n"
        "from handplay.engine.errors import OutputError\n"
        "def leave():\n    raise OutputError('told') from BrokenPipeError()\n"
        "m.list_cameras = leave\nmain(['cameras'])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", "")


def test_a_polite_kill_is_an_interrupt(handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "handplay.engine.sources.camera_list.list_cameras", lambda: os.kill(os.getpid(), signal.SIGTERM)
    )
    assert handplay("cameras").code == 130


# --- words ---


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pong", "--players", "3"], "Error: Invalid value for '--players': '3' is out of range: 1 to 2."),
        (["pong", "--players", "x"], "Error: Invalid value for '--players': 'x' is not a whole number."),
        (["pong", "--duration", "-1"], "Error: Invalid value for '--duration': '-1' is out of range: 0 or more."),
        (["pong", "--duration", "x"], "Error: Invalid value for '--duration': 'x' is not a number."),
        (["pong", "--difficulty", "no"], "'--difficulty': 'no' is not one of 'easy', 'normal', 'hard'."),
        (["track", "demo"], "Error: Nothing would come of it"),
        (["--source", "demo"], "Options follow a command: handplay home --source demo"),
        (["--source", "demo", "pong"], "Options follow a command: handplay pong --source demo"),
        (["--players", "2", "pong"], "Options follow a command: handplay pong --players 2"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_in_plain_words(handplay: Callable[..., Any], arguments: list[str], said: str) -> None:
    told = handplay(*arguments)
    assert told.code == 2
    assert said in told.err.splitlines()[-1]


def test_an_option_that_no_command_has_gets_no_such_hint(handplay: Callable[..., Any]) -> None:
    assert "Options follow" not in handplay("--nosuch").err


def pages() -> list[list[str]]:
    def below(command: Any, path: list[str]) -> list[list[str]]:
        commands = getattr(command, "commands", {})
        return [path, *(page for name, sub in commands.items() for page in below(sub, [*path, name]))]

    return below(whole_command_line(), [])


@pytest.mark.parametrize("path", pages(), ids=" ".join)
@pytest.mark.parametrize("columns", ["80", "120"])
def test_help_pages_are_plain(
    handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, path: list[str], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = handplay(*path, "--help").out
    for leaked in ("<str>", "<path>", "list[", "{", "<=x", "x>="):
        if leaked == "{" and path == ["gestures", "schema"]:
            continue  # shows a line of JSON
        assert leaked not in page
    listed = page.partition("\nCommands:\n")[2]
    assert "..." not in listed
    assert max(len(line) for line in page.splitlines()) <= int(columns)


def test_arguments_stand_as_they_are_typed(handplay: Callable[..., Any]) -> None:
    page = handplay("gestures", "check", "--help").out
    assert "Usage: handplay gestures check [OPTIONS] FILE...\n" in page
    assert "\n  FILE...  Gesture files" in page
    assert "Usage: handplay track [OPTIONS] SOURCE\n" in handplay("track", "--help").out


def test_the_help_says_how_to_open_the_home_screen(handplay: Callable[..., Any]) -> None:
    told = handplay("--help").out
    assert "\n  handplay home                opens the home screen" in told
    assert "\n  handplay home --source demo  " in told
    alone = handplay().out
    assert alone.startswith(told.rstrip())
    assert "'handplay' alone shows this page" in alone


# --- cameras ---


def test_all_demos_are_listed_and_can_be_opened(handplay: Callable[..., Any]) -> None:
    told = handplay("cameras", "--demos")
    assert told.code == 0
    rows = [line.split(maxsplit=1) for line in told.out.partition("\n\n")[0].splitlines()[1:]]
    assert {source.removeprefix("demo:") for source, _ in rows} == {*SCRIPTS, "pose=NAME"}
    assert all(len(summary) > 5 for _, summary in rows)
    assert max(map(len, told.out.splitlines())) <= 80
    for pose in POSES:
        assert find_script(f"pose={pose}")
        assert pose in told.out


def test_no_camera_is_said(handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handplay.engine.sources.camera_list.list_cameras", list)
    told = handplay("cameras")
    assert told.code == 0
    assert "No camera found" in told.out
    assert "--source demo" in told.out


def test_cameras_are_a_table(handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        CameraInfo(0, "Integrated Webcam", 1280, 720, 30.0),
        CameraInfo(2, "", 0, 0, 0.0, "Camera 2 is there but does not open."),
    ]
    monkeypatch.setattr("handplay.engine.sources.camera_list.list_cameras", lambda: found)
    assert handplay("cameras").out.splitlines() == [
        "SOURCE  NAME               SIZE      RATE",
        "0       Integrated Webcam  1280x720  30 fps",
        "2       -                  -         -",
        "Camera 2 is there but does not open.",
    ]


def test_columns_begin_below_each_other() -> None:
    assert aligned([("a", "bb"), ("ccc", "d")]) == ["a    bb", "ccc  d"]


def test_output_errors_are_handplay_errors(handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handplay.engine.sources.camera_list.list_cameras", raising(OutputError("Cannot write x.")))
    assert handplay("cameras").err == "handplay: Cannot write x.\n"
