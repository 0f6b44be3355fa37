"""`handplay` alone, `handplay home` and `handplay slice`, and what the preferences do to a run."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handplay.cli import comfort
from handplay.cli.home import can_open
from handplay.engine.preferences import Preferences, save_preferences
from handplay.engine.sources import camera_list
from handplay.engine.tracking.settings import TrackerSettings
from handplay.gestures.settings import GestureSettings

Command = Callable[..., Any]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "display", "opens"),
    [(True, ":0", True), (True, "", False), (False, ":0", False)],
    ids=["desktop", "no display", "pipe"],
)
def test_when_handplay_alone_opens_a_window(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, display: str, opens: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(sys, name, Terminal() if terminal else io.StringIO())
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert can_open() is opens


def test_handplay_alone_in_a_pipe_says_what_there_is(handplay: Command) -> None:
    told = handplay()
    assert told.code == 0
    for word in ("home", "pong", "slice", "gestures"):
        assert word in told.out


@pytest.mark.parametrize(("command", "game"), [("home", {"at": "home", "played": {}}), ("slice", {"state": "title"})])
def test_it_runs(handplay: Command, tmp_path: Path, command: str, game: dict[str, object]) -> None:
    told = handplay(
        command, "--source", "demo:nobody", "--headless", "--duration", 0.3, "--summary", tmp_path / "s.json",
        "--screenshot", tmp_path / "s.png",
    )  # fmt: skip
    assert told.code == 0, told.err
    summary = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert {key: summary["game"][key] for key in game} == game
    assert (tmp_path / "s.png").stat().st_size > 10_000


@pytest.mark.parametrize("command", ["home", "slice"])
def test_a_damaged_settings_file_is_told_and_no_obstacle(
    handplay: Command, tmp_path: Path, monkeypatch: Any, command: str
) -> None:
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path))
    shown: list[str] = []
    monkeypatch.setattr("handplay.engine.stage.toast.Toasts.show", lambda self, text: shown.append(text))
    (tmp_path / "preferences.json").write_text("{", encoding="utf-8")
    told = handplay(command, "--source", "demo:nobody", "--headless", "--duration", 0.1)
    assert told.code == 0
    assert [note.startswith("Your settings were damaged") for note in shown] == [True]
    assert told.err == f"handplay: {shown[0]}\n"
    assert (tmp_path / "preferences.json.unreadable").is_file()


def test_preferences_reach_the_stage(handplay: Command, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path))
    shots = []
    for name, chosen in (("a", Preferences()), ("b", Preferences(high_contrast=True))):
        save_preferences(chosen)
        shot = tmp_path / f"{name}.png"
        handplay("slice", "--source", "demo:nobody", "--headless", "--duration", 0.1, "--seed", 1, "--screenshot", shot)
        shots.append(shot.read_bytes())
    assert shots[0] != shots[1]


def test_the_middle_of_every_scale_is_the_usual() -> None:
    usual = Preferences()
    assert comfort.tracker_settings(usual) == TrackerSettings()
    assert comfort.gesture_settings(usual) == GestureSettings()


def test_calm_is_steadier_and_light_pinches_earlier() -> None:
    quick, calm = (comfort.tracker_settings(replace(Preferences(), smoothing=value)) for value in (0.0, 1.0))
    assert quick.smoothing.min_cutoff_hz == pytest.approx(4 * calm.smoothing.min_cutoff_hz)
    assert quick.smoothing.beta > calm.smoothing.beta
    firm, light = (comfort.gesture_settings(replace(Preferences(), sensitivity=value)) for value in (0.0, 1.0))
    assert firm.pinch_on_gap < GestureSettings().pinch_on_gap < light.pinch_on_gap
    assert firm.pinch_off_gap < light.pinch_off_gap


@pytest.mark.parametrize(
    ("camera", "there", "source"),
    [
        ("", ["Logi"], None),
        ("camera:Logi", ["Logi"], "camera:Logi"),
        ("camera:Logi", ["Other"], None),
        ("camera:Logi", None, "camera:Logi"),
    ],
    ids=["none chosen", "there", "unplugged", "system does not say"],
)
def test_the_chosen_camera(
    monkeypatch: pytest.MonkeyPatch, camera: str, there: list[str] | None, source: str | None
) -> None:
    monkeypatch.setattr(camera_list, "camera_indices", lambda: None if there is None else list(range(len(there))))
    monkeypatch.setattr(camera_list, "camera_name", lambda index: (there or [])[index])
    assert comfort.preferred_camera(Preferences(camera=camera)) == source
    assert comfort.camera_names() == tuple(there or ())
