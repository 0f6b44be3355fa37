"""`handplay gestures record` from its command line to the gesture file, on a recording: no camera, no screen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.recording import RecordingHeader, RecordingWriter
from handplay.engine.sources.demo import pose_points
from handplay.gestures.library import load_library


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the user's own library is."""
    return tmp_path / "config"


def recording(path: Path, pose: str | None, seconds: float, hands: int = 1) -> Path:
    """Right hands that hold a pose, with the small sway of a person's; None for an empty picture."""
    with RecordingWriter(path, RecordingHeader("made", 640, 480, 30.0)) as writer:
        for index in range(round(seconds * 30)):
            shown: tuple[Hand, ...] = ()
            if pose is not None:
                points = np.array(pose_points(pose), np.float32)
                sway = np.array([2 * np.sin(index / 20), 2 * np.cos(index / 27), 0], np.float32)
                landmarks = (points - points[0]) * 90 + np.array([320, 330, 0], np.float32) + sway
                world = ((points - points.mean(axis=0)) * np.float32(0.09)).astype(np.float32)
                shown = tuple(
                    Hand(number + 1, "Right", 0.98, 0.99, (landmarks + 150 * number).astype(np.float32), world)
                    for number in range(hands)
                )
            writer.write(HandFrame(index, index / 30, 640, 480, hands=shown))
    return path


def record(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "handplay", "gestures", "record", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "HANDPLAY_CONFIG": str(home), "SDL_VIDEODRIVER": "dummy"},
        stdin=subprocess.DEVNULL,
    )


def test_into_a_file_and_once_more_with_replace(tmp_path: Path, home: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl", "claw", 12.0)
    mine = tmp_path / "mine.json"
    mine.write_text(
        '{"version": 1, "gestures": [\n  {"name": "other",   "fingers": {"index": "extended"}}\n]}', encoding="utf-8"
    )
    given = ("monster", "--source", source, "--headless", "--yes", "--kind", "template", "-o", mine)
    told = record(home, *given, "--seconds", 1, "--summary", tmp_path / "s.json")
    assert (told.returncode, told.stderr) == (0, "")
    assert f"Kept 'monster' in {mine}" in told.stdout
    assert f"--gestures {mine}" in told.stdout
    assert "an example" in told.stdout or "by example" in told.stdout
    library = load_library(mine)
    gesture = library.find("monster")
    assert gesture is not None
    assert gesture.kind == "template"
    assert library.find("other") is not None
    assert '{"name": "other",   "fingers": {"index": "extended"}}' in mine.read_text(encoding="utf-8")
    summary: dict[str, Any] = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert summary["game"]["state"] == "kept"
    assert summary["game"]["trials"] >= 1
    assert not home.exists()

    before = mine.read_bytes()
    refused = record(home, *given)
    assert refused.returncode == 1
    assert "already" in refused.stderr
    assert "--replace" in refused.stderr
    assert mine.read_bytes() == before


def test_into_the_users_own_library(tmp_path: Path, home: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl", "claw", 12.0)
    told = record(home, "monster", "--source", source, "--headless", "--yes", "--seconds", 1)
    assert (told.returncode, told.stderr) == (0, "")
    rows = json.loads((home / "gestures.json").read_text(encoding="utf-8"))["gestures"]
    assert [row["name"] for row in rows] == ["monster"]


def test_nothing_to_see_is_a_failure_and_writes_nothing(tmp_path: Path, home: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl", None, 1.0)
    mine = tmp_path / "mine.json"
    told = record(home, "monster", "--source", source, "--headless", "--yes", "-o", mine)
    assert told.returncode == 1
    assert "before a hand was seen" in told.stderr
    assert not mine.exists()


def test_the_last_obstacle_is_told_when_it_ends_early(tmp_path: Path, home: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl", "claw", 12.0, hands=2)
    told = record(home, "monster", "--source", source, "--headless", "--yes", "--duration", 6)
    assert told.returncode == 1
    assert "'monster' was not recorded. It was ended before the gesture was learned" in told.stderr
    assert "Show one hand only." in told.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("monster", "--headless"), 2, "--yes"),
        (("two words", "--headless", "--yes"), 2, "letters"),
        (("pose", "--headless", "--yes", "--kind", "dance"), 2, "dance"),
        (("victory", "--headless", "--yes"), 1, "is built in"),
        (("peace", "--headless", "--yes"), 1, "another name of 'victory'"),
        (("monster", "--headless", "--yes", "-o", "/nowhere/at/all/mine.json"), 1, "/nowhere/at/all/mine.json"),
        (("monster", "--headless", "--yes", "-o", "mine.txt"), 2, "mine.txt must end in .json"),
        (("monster",), 2, "nobody can be asked without a window"),
    ],
    ids=["nobody to ask", "bad name", "bad kind", "built in", "alias", "no place", "no JSON file", "no window"],
)
def test_refused_before_a_window_opens(home: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    told = record(home, *arguments)
    assert told.returncode == code
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_a_wrong_file_is_not_written_to(tmp_path: Path, home: Path) -> None:
    mine = tmp_path / "mine.json"
    mine.write_text('{"version": 1, "gestures": [', encoding="utf-8")
    told = record(home, "monster", "--headless", "--yes", "-o", mine)
    assert told.returncode == 1
    assert str(mine) in told.stderr
    assert mine.read_text(encoding="utf-8") == '{"version": 1, "gestures": ['


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send to a process there")
@pytest.mark.parametrize("after_s", [0.0, 1.5], ids=["at once", "in the countdown"])
def test_ctrl_c_keeps_the_file_and_says_so(tmp_path: Path, home: Path, after_s: float) -> None:
    mine = tmp_path / "mine.json"
    before = '{"version": 1, "gestures": [\n  {"name": "other",   "fingers": {"index": "extended"}}\n]}'
    mine.write_text(before, encoding="utf-8")
    source = recording(tmp_path / "in.hands.jsonl", "claw", 60.0)
    line = [sys.executable, "-m", "handplay", "gestures", "record", "monster", "--source", str(source), "-o", str(mine)]
    running = subprocess.Popen(
        [*line, "--headless", "--yes", "--seconds", "20", "--record", str(tmp_path / "out.hands.jsonl")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "HANDPLAY_CONFIG": str(home)},
        stdin=subprocess.DEVNULL,
    )
    until_s = time.monotonic() + 60
    while not [path for path in tmp_path.iterdir() if "out" in path.name] and time.monotonic() < until_s:
        time.sleep(0.05)
    time.sleep(after_s)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    # 1 once it records; before that and after it as any program that is interrupted, 130 for a shell.
    assert running.returncode in (1, 130, -signal.SIGINT), err
    assert "Traceback" not in err
    assert running.returncode != 1 or "was not recorded" in err
    assert out == ""
    assert mine.read_text(encoding="utf-8") == before
    assert sorted(path.name for path in tmp_path.iterdir() if "mine" in path.name) == ["mine.json"]
