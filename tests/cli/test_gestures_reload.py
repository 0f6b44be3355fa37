"""Gesture files that change while a game runs, from the file to the game's own bindings and its recognizer."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handplay.cli.game_run import play
from handplay.cli.options import GameOptions
from handplay.engine.errors import GestureFileError
from handplay.engine.hands import Hand, HandFrame
from handplay.engine.recording import RecordingHeader, RecordingWriter
from handplay.engine.stage.gesture_reload import explain
from handplay.engine.stage.stage import Stage
from handplay.gestures.library import load_library

TOO_LONG_S = 30.0


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "in.hands.jsonl"
    with RecordingWriter(path, RecordingHeader("made", 640, 480, 30.0)) as writer:
        for index in range(round(TOO_LONG_S * 30)):
            points = np.linspace(0, 100, 63, dtype=np.float32).reshape(21, 3) + np.float32(150)
            hand = Hand(1, "Right", 0.9, 0.9, points, np.zeros((21, 3), np.float32))
            writer.write(HandFrame(index, index / 30, 640, 480, hands=(hand,)))
    return path


def write(path: Path, bindings: Mapping[str, str], **more: object) -> None:
    content = json.dumps({"version": 1, "gestures": [], "bindings": {"pong": dict(bindings)}, **more})
    beside = path.with_suffix(".new")
    beside.write_text(content, encoding="utf-8")
    os.replace(beside, path)


class Waiting:
    """A scene that changes a file and goes when it has seen what it waits for."""

    finished = False

    def __init__(self, stage: Stage, change: Callable[[], object], seen: Callable[[Stage], bool]) -> None:
        self.stage, self.change, self.seen = stage, change, seen
        self.steps = 0

    def handle(self, event: object) -> None: ...

    def draw(self, canvas: object, alpha: float) -> None: ...

    def wishes(self) -> tuple[()]:
        return ()

    def summary(self) -> dict[str, object]:
        return {}

    def update(self, dt_s: float) -> None:
        self.steps += 1
        if self.steps == 10:
            self.change()
        self.finished = self.steps > 10 and self.seen(self.stage)


def wait_for(recording: Path, paths: list[Path], change: Callable[[], object], seen: Callable[..., bool]) -> None:
    scenes: list[Any] = []

    def make_scene(stage: Stage, bindings: Mapping[str, str] | None) -> Any:
        scenes.append(Waiting(stage, change, lambda stage: seen(stage, bindings)))
        return scenes[-1]

    options = GameOptions(source=str(recording), headless=True, gestures=paths, duration_s=TOO_LONG_S, seed=1)
    play("pong", make_scene, options, least_hands=1, demo="pong")
    assert scenes[0].finished, "the change was never seen"


def test_bindings_of_the_named_file_follow(tmp_path: Path, recording: Path) -> None:
    path = tmp_path / "g.json"
    write(path, {"fist": "serve"})
    wait_for(
        recording,
        [path],
        lambda: write(path, {"rock": "pause"}),
        lambda stage, bindings: "fist" not in bindings and bindings.get("rock") == "pause",
    )


def test_the_users_library_may_come_while_a_game_runs(
    tmp_path: Path, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path))
    wait_for(
        recording,
        [],
        lambda: write(tmp_path / "gestures.json", {"rock": "pause", "open_palm": "none"}),
        lambda stage, bindings: bindings.get("rock") == "pause" and "open_palm" not in bindings,
    )


def test_a_bad_file_is_told_and_the_last_good_one_stays(tmp_path: Path, recording: Path) -> None:
    path = tmp_path / "g.json"
    write(path, {"fist": "serve"})
    wait_for(
        recording,
        [path],
        lambda: write(path, {"fsit": "serve"}),
        lambda stage, bindings: (
            bindings.get("fist") == "serve"
            and stage.toasts.pinned.startswith(
                "Your gestures stay as they were. g.json, line 1: no gesture has the name"
            )
        ),
    )


def test_a_deleted_file_leaves_the_last_good_one(
    tmp_path: Path, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handplay.engine.stage.toast import Toasts

    notes: list[str] = []
    monkeypatch.setattr(Toasts, "show", lambda _, text: notes.append(text))
    path = tmp_path / "g.json"
    write(path, {"fist": "serve"})
    wait_for(
        recording,
        [path],
        path.unlink,
        lambda stage, bindings: bool(notes) and bindings.get("fist") == "serve",
    )
    assert notes == ["g.json is gone: your gestures stay as they were"]


def test_a_problem_in_words_for_players(tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    path.write_text('{"version": 1,\n "gestures": [{"name": "a", "palm": "x", "grip": "y"}]}', encoding="utf-8")
    with pytest.raises(GestureFileError) as caught:
        load_library(path)
    assert explain(caught.value) == 'g.json, line 2: got "x", legal are any, toward, away'
    with pytest.raises(GestureFileError) as caught:
        load_library(tmp_path / "no.json")
    assert explain(caught.value).startswith("no.json: the gesture file cannot be read: no such file")
