"""`handplay pong` from its command line to its files, on a recording: no camera, no models, no screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.recording import RecordingHeader, RecordingWriter

PNG = b"\x89PNG\r\n\x1a\n"


def recording(path: Path, seconds: float = 2.0) -> Path:
    with RecordingWriter(path, RecordingHeader("made", 640, 480, 30.0)) as writer:
        for index in range(round(seconds * 30)):
            points = np.linspace(0, 100, 63, dtype=np.float32).reshape(21, 3) + np.float32(150 + index)
            hand = Hand(1, "Right", 0.9, 0.9, points, np.zeros((21, 3), np.float32))
            writer.write(HandFrame(index, index / 30, 640, 480, hands=(hand,)))
    return path


def pong(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "handplay", "pong", "--headless", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_game_on_a_recording_leaves_its_files(tmp_path: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl")
    told = pong(
        *("--source", source, "--duration", 1, "--seed", 7, "--players", 2),
        *("--summary", tmp_path / "s.json", "--screenshot", tmp_path / "s.png", "--record", tmp_path / "r.hands.jsonl"),
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    summary: dict[str, Any] = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert {"frames", "duration_s", "first_frame_s", "render_fps", "frame_ms", "tracker_fps", "latency_ms",
            "dropped_frames", "events", "gestures", "game"} <= set(summary)  # fmt: skip
    assert summary["seed"] == 7
    assert summary["events"]["HANDADDED"] == 1
    assert (tmp_path / "s.png").read_bytes().startswith(PNG)
    assert sorted(os.listdir(tmp_path)) == ["in.hands.jsonl", "r.hands.jsonl", "s.json", "s.png"]


def test_a_user_binding_reaches_the_game(tmp_path: Path) -> None:
    source = recording(tmp_path / "in.hands.jsonl", 0.5)
    gestures = tmp_path / "g.json"
    gestures.write_text('{"version": 1, "bindings": {"pong": {"fist": "serve"}}}', encoding="utf-8")
    assert pong("--source", source, "--duration", 0.2, "--gestures", gestures).returncode == 0
    gestures.write_text('{"version": 1, "bindings": {"pong": {"fst": "serve"}}}', encoding="utf-8")
    told = pong("--source", source, "--duration", 0.2, "--gestures", gestures)
    assert told.returncode == 1
    assert "fst" in told.stderr
    assert "Traceback" not in told.stderr
