"""`handplay gestures try` from its command line to its files, on a recording: no camera, no models, no screen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.recording import RecordingHeader, RecordingWriter
from handplay.engine.sources.demo import pose_points

PNG = b"\x89PNG\r\n\x1a\n"


def recording(path: Path, pose: str, seconds: float = 2.0) -> Path:
    """A right hand in the middle that holds a pose."""
    points = np.array(pose_points(pose), np.float32)
    landmarks = (points - points[0]) * 90 + np.array([320, 330, 0], np.float32)
    world = (points - points.mean(axis=0)) * np.float32(0.09)
    hand = Hand(1, "Right", 0.98, 0.99, landmarks.astype(np.float32), world.astype(np.float32))
    with RecordingWriter(path, RecordingHeader("made", 640, 480, 30.0)) as writer:
        for index in range(round(seconds * 30)):
            writer.write(HandFrame(index, index / 30, 640, 480, hands=(hand,)))
    return path


def try_live(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "handplay", "gestures", "try", "--headless", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_it_tells_what_it_saw_and_leaves_its_files(tmp_path: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl", "rock")
    told = try_live(
        *("--source", source, "--duration", 1),
        *("--summary", tmp_path / "s.json", "--screenshot", tmp_path / "s.png"),
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    summary: dict[str, Any] = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert summary["gestures"] == {"rock": 1}
    assert summary["game"] == {"gestures": {"rock": 1}, "chosen": ""}
    assert (tmp_path / "s.png").read_bytes().startswith(PNG)


def test_a_gesture_of_ones_own_is_among_them(tmp_path: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl", "little")
    mine = tmp_path / "mine.json"
    fingers = {"index": "curled", "middle": "curled", "ring": "curled", "pinky": "extended", "thumb": "curled"}
    row = {"name": "promise", "fingers": fingers}
    mine.write_text(json.dumps({"version": 1, "gestures": [row]}), encoding="utf-8")
    told = try_live("--source", source, "--duration", 1, "--gestures", mine, "--summary", tmp_path / "s.json")
    assert told.returncode == 0, told.stderr
    summary = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert summary["game"]["gestures"] == {"promise": 1}


def test_a_bad_file_is_told_before_a_window_opens(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"version": 1, "gestures": [{"name": "a", "fingers": {"indx": "curled"}}]}', encoding="utf-8")
    told = try_live("--gestures", bad, "--duration", 1)
    assert told.returncode == 1
    assert "indx" in told.stderr
    assert "did you mean 'index'" in told.stderr
    assert "Traceback" not in told.stderr


def test_an_explained_gesture_must_be_there(tmp_path: Path) -> None:
    told = try_live("--explain", "victry", "--duration", 1)
    assert told.returncode == 1
    assert "did you mean 'victory'" in told.stderr
    source = recording(tmp_path / "in.hands.jsonl", "rock", 0.5)
    told = try_live("--source", source, "--explain", "peace", "--duration", 0.5, "--summary", tmp_path / "s.json")
    assert told.returncode == 0, told.stderr
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["game"]["chosen"] == "victory"
