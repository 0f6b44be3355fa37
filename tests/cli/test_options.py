"""A game's command: its own options and those that every game takes, as one dataclass."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

from handplay.cli.game_feed import GameFeed
from handplay.cli.options import GameOptions, with_options
from handplay.cli.outputs import RECORDINGS, check_name
from handplay.engine.errors import GestureFileError, OutputError
from handplay.engine.live.live_feed import LiveFeed
from handplay.engine.live.replay_feed import ReplayFeed
from handplay.engine.preferences import Preferences
from handplay.engine.recording import RecordingHeader, RecordingWriter
from handplay.engine.sources.spec import SourceSpec

PROMISED = (
    "--source", "--hands", "--gestures", "--fullscreen", "--mute", "--headless", "--duration", "--seed", "--summary",
    "--screenshot", "--screenshot-at", "--record", "--mirrored", "--model",
)  # fmt: skip

taken: list[tuple[GameOptions, int]] = []

app = typer.Typer(rich_markup_mode=None)


@app.command()
@with_options(GameOptions)
def game(options: GameOptions, balls: Annotated[int, typer.Option("--balls", min=1)] = 1) -> None:
    """A game."""
    taken.append((options, balls))


def run(*arguments: str) -> Any:
    taken.clear()
    return CliRunner().invoke(app, arguments)


def test_every_game_takes_what_is_promised() -> None:
    told = run("--help").output
    for option in (*PROMISED, "--balls"):
        assert f"{option} " in told, option


def test_defaults_and_values() -> None:
    assert run().exit_code == 0
    assert taken == [(GameOptions(), 1)]
    result = run("--balls", "3", "--source", "demo", "--duration", "2.5", "--screenshot", "a.png", "--seed", "0")
    assert result.exit_code == 0
    assert taken == [(GameOptions(source="demo", duration_s=2.5, screenshot=Path("a.png"), seed=0), 3)]


def test_wrong_values_are_wrong_usage() -> None:
    for arguments in (["--screenshot-at", "1"], ["--record", "x.txt"], ["--balls", "0"], ["--seed", "-1"]):
        assert run(*arguments).exit_code == 2, arguments


def test_only_dataclasses_are_options() -> None:
    with pytest.raises(TypeError, match="wanted a dataclass"):
        with_options(int)


def test_every_field_has_an_option() -> None:
    told = run("--help").output
    for field in fields(GameOptions):
        assert "--" + field.name.removesuffix("_s").replace("_", "-") in told


# --- the feed of a game ---


def opened(monkeypatch: pytest.MonkeyPatch, options: GameOptions) -> tuple[SourceSpec, dict[str, Any], bool]:
    """What a game would open, how, and whether it may be absent."""
    seen: list[tuple[SourceSpec, dict[str, Any]]] = []

    def open_source(spec: SourceSpec, **how: Any) -> None:
        seen.append((spec, how))

    monkeypatch.setattr("handplay.engine.sources.spec.open_source", open_source)
    feed = GameFeed(options, least_hands=2, demo="pong", preferences=Preferences()).feed
    assert isinstance(feed, LiveFeed)
    feed._open_source()
    feed.close()
    return *seen[0], feed._optional


def test_no_source_is_any_camera_that_may_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    spec, how, optional = opened(monkeypatch, GameOptions())
    assert (spec.kind, spec.target, optional, how["realtime"]) == ("camera", "", True, False)


@pytest.mark.parametrize(
    ("source", "kind", "target", "realtime"),
    [
        ("demo", "demo", "pong", True),
        ("demo:two", "demo", "two", True),
        ("clip.mp4", "video", "clip.mp4", False),
        ("1", "camera", "1", False),
    ],
)
def test_a_named_source_must_be_there(
    monkeypatch: pytest.MonkeyPatch, source: str, kind: str, target: str, realtime: bool
) -> None:
    spec, how, optional = opened(monkeypatch, GameOptions(source=source, mirrored=True, seed=5))
    assert (spec.kind, spec.target, how["realtime"], optional) == (kind, target, realtime, False)
    assert (how["mirrored"], how["seed"]) == (True, 5)


def test_realtime_paces_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(monkeypatch, GameOptions(source="clip.mp4", realtime=True))[1]["realtime"] is True


def test_a_recording_is_replayed(tmp_path: Path) -> None:
    path = tmp_path / "x.hands.jsonl"
    with RecordingWriter(path, RecordingHeader("x", 640, 480, 30.0)):
        pass
    feed = GameFeed(GameOptions(source=str(path)), least_hands=2, demo="pong", preferences=Preferences()).feed
    assert isinstance(feed, ReplayFeed)
    feed.close()


def no_scene(stage: object, bindings: Mapping[str, str] | None) -> Any:
    raise AssertionError("the game began")


def test_bad_gestures_and_bad_places_are_told_before_the_game(tmp_path: Path) -> None:
    from handplay.cli.game_run import play

    gestures = tmp_path / "g.json"
    gestures.write_text('{"version": 1, "gesturs": []}', encoding="utf-8")
    with pytest.raises(GestureFileError, match="gesturs"):
        play("pong", no_scene, GameOptions(headless=True, gestures=[gestures]), least_hands=1, demo="pong")
    options = GameOptions(headless=True, summary=tmp_path / "no" / "s.json")
    with pytest.raises(OutputError, match="no folder"):
        play("pong", no_scene, options, least_hands=1, demo="pong")
    assert [path.name for path in tmp_path.iterdir()] == ["g.json"]


@pytest.mark.parametrize("path", ["-", os.devnull, "a.hands.jsonl", "A.HANDS.JSONL"])
def test_pipes_and_devices_need_no_ending(path: str) -> None:
    check_name("-o", Path(path), RECORDINGS)
