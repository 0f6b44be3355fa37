"""`handplay airdraw` from its command line to its files, on a recording: no camera, no models, no screen."""

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

PNG = b"\x89PNG\r\n\x1a\n"


def recording(path: Path, strokes: int = 2) -> Path:
    """A hand that draws short lines, one a second."""
    with RecordingWriter(path, RecordingHeader("made", 640, 480, 30.0)) as writer:
        for index in range(30 * strokes + 10):
            part = index % 30
            pose = "pinch" if 10 <= part < 24 else "pinch_open"
            points = np.array(pose_points(pose, "Right"), np.float32)
            x = 330 - 6 * min(14, max(0, part - 10))
            at = points * 70 + np.array([x, 300 + 30 * (index // 30), 0], np.float32)
            hand = Hand(1, "Right", 0.9, 0.9, at, points * np.float32(0.09))
            writer.write(HandFrame(index, index / 30, 640, 480, hands=(hand,)))
    return path


def airdraw(*arguments: object, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ) | ({"HANDPLAY_DATA": str(data)} if data else {})
    return subprocess.run(
        [sys.executable, "-m", "handplay", "airdraw", "--headless", *map(str, arguments)],
        capture_output=True, text=True, timeout=60, env=environment,
    )  # fmt: skip


def game(path: Path) -> dict[str, Any]:
    summary = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, Any] = summary["game"]
    return found


def test_a_sitting_on_a_recording_leaves_its_files(tmp_path: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl")
    told = airdraw(
        *("--source", source, "--duration", 2.5, "--seed", 7, "--canvas", "black", "--reach", "whole"),
        *("--summary", tmp_path / "s.json", "--screenshot", tmp_path / "s.png"),
        data=tmp_path / "data",
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert game(tmp_path / "s.json") == {
        "strokes": 2, "by_hand": 2, "in_drawing": 2, "canvas": "black", "layers": 1,
    }  # fmt: skip
    assert (tmp_path / "s.png").read_bytes().startswith(PNG)


def test_the_next_sitting_goes_on_with_the_drawing(tmp_path: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl", 1)
    for sitting in (1, 2):
        summary = tmp_path / f"{sitting}.json"
        assert airdraw("--source", source, "--duration", 1.4, "--summary", summary, data=tmp_path).returncode == 0
        assert game(summary)["in_drawing"] == sitting


@pytest.mark.skipif(os.name != "posix", reason="kills a process the way POSIX does")
def test_a_killed_sitting_loses_nothing_that_was_finished(tmp_path: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl", 1)
    command = [sys.executable, "-m", "handplay", "airdraw", "--headless", "--source", str(source)]
    with subprocess.Popen(command, env=dict(os.environ) | {"HANDPLAY_DATA": str(tmp_path)}) as process:
        until_s = time.monotonic() + 30
        while time.monotonic() < until_s and not any(b'"pen"' in p.read_bytes() for p in tmp_path.glob("airdraw/*")):
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
    summary = tmp_path / "s.json"
    assert airdraw("--source", source, "--duration", 0.1, "--summary", summary, data=tmp_path).returncode == 0
    assert game(summary)["in_drawing"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--reach", "huge"], 2, "neither comfort, whole, nor a number from 0.2 to 1"),
        (["--reach", "3"], 2, "neither comfort"),
        (["--canvas", "green"], 2, "green"),
        (["--pen", "quill"], 2, "quill"),
        (["--sensitivity", "2"], 2, "--sensitivity"),
        (["--open", "absent.json"], 1, "There is no file absent.json."),
        (["--source", "absent.mp4"], 1, "absent.mp4"),
    ],
)
def test_what_cannot_be_is_told_in_plain_words(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    told = airdraw("--duration", 5, *arguments, data=tmp_path)
    assert told.returncode == code
    assert words in told.stderr
    assert "Traceback" not in told.stderr


def test_a_foreign_file_is_refused_and_a_picture_is_drawn_on(tmp_path: Path) -> None:
    import cv2

    source = recording(tmp_path / "in.hands.jsonl", 1)
    foreign, picture = tmp_path / "notes.json", tmp_path / "p.png"
    foreign.write_text('{"a": 1}', encoding="utf-8")
    told = airdraw("--source", source, "--open", foreign, "--duration", 0.1, data=tmp_path)
    assert told.returncode == 1
    assert "not a drawing of handplay" in told.stderr
    cv2.imwrite(str(picture), np.full((90, 160, 3), (0, 200, 0), np.uint8))
    shot = tmp_path / "s.png"
    told = airdraw("--source", source, "--open", picture, "--duration", 1.0, "--screenshot", shot, data=tmp_path)
    assert told.returncode == 0
    seen = cv2.imread(str(shot))
    assert seen is not None
    assert seen[500, 640].tolist() == [0, 200, 0]
