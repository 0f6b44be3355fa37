"""The page about scenes is true: its game plays, and what it lists is all there is."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pygame
import pytest

from handplay.engine import EVENT_TYPES, HANDMOTION, HandTracker, StageOptions, run_scene
from handplay.engine.event_plan import GestureEvent, HandEvent, PointerEvent
from handplay.engine.hands import Condition
from handplay.engine.live.feed import FeedState
from handplay.engine.live.stepped_feed import SteppedFeed
from handplay.engine.sources.demo import DemoSource
from handplay.engine.stage import scene as scenes
from handplay.engine.stage.app import run
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.sound import SOUNDS
from handplay.engine.stage.stage import Stage
from handplay.gestures import Library, Recognizer

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "scenes.md").read_text(encoding="utf-8")
NO_SCREEN = StageOptions(headless=True, width=320, height=180, seed=1, duration_s=0.2)


def part(heading: str) -> str:
    found = re.search(rf"\n## {heading}\n(.*?)(?=\n## |\Z)", PAGE, re.DOTALL)
    assert found, f"the page has no part '{heading}'"
    return found[1]


def words(text: str) -> set[str]:
    """What stands in code type."""
    return set(re.findall(r"`([^`]+)`", text))


def code() -> str:
    found = re.search(r"<!-- catch -->\n```python\n(.*?)```\n<!-- /catch -->", PAGE, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def game() -> ModuleType:
    module = ModuleType("catch")
    exec(compile(code(), "catch.py", "exec"), module.__dict__)
    return module


def test_it_is_as_short_as_it_says() -> None:
    lines = [line for line in code().splitlines() if line.strip()]
    assert len(lines[: lines.index('if __name__ == "__main__":')]) <= 40


def test_the_demo_hand_catches_stars(game: ModuleType) -> None:
    made: list[Any] = []

    def make(stage: Stage) -> scenes.Scene:
        made.append(game.Catch(stage))
        made[-1].caught = 9
        return made[-1]  # type: ignore[no-any-return]  # the page's own class

    feed = SteppedFeed(DemoSource("pong", realtime=False), HandTracker(1))
    summary = run(make, feed, dataclasses.replace(NO_SCREEN, duration_s=20.0))
    assert made[0].finished, "the last star was never caught"
    assert float(summary["sim_s"]) < 20  # type: ignore[arg-type]  # a float


def test_run_scene_plays_it_with_gestures_of_ones_own(game: ModuleType, tmp_path: Path) -> None:
    mine = tmp_path / "my.json"
    mine.write_text('{"version": 1, "bindings": {"catch": {"rock": "throw"}}}', encoding="utf-8")
    summary = run_scene(game.Catch, "demo:two", gestures=mine, options=NO_SCREEN)
    assert summary["game"] == {}
    assert int(summary["frames"]) > 0  # type: ignore[call-overload]  # an int


def test_a_recording_and_a_seed_play_the_same_game_again(game: ModuleType, tmp_path: Path) -> None:
    hands = tmp_path / "game.hands.jsonl"
    feed = SteppedFeed(DemoSource("pong", realtime=False), HandTracker(1))
    run(game.Catch, feed, dataclasses.replace(NO_SCREEN, duration_s=1.5, record_path=hands))
    places: list[list[float]] = []

    class Watched(game.Catch):  # type: ignore[name-defined, misc]  # the page's own class
        def __init__(self, stage: Stage) -> None:
            super().__init__(stage)
            places.append([])

        def handle(self, event: pygame.event.Event) -> None:
            super().handle(event)
            places[-1] += [event.x, event.y, self.y] if event.type == HANDMOTION else []

    for _ in range(2):
        run_scene(Watched, str(hands), options=dataclasses.replace(NO_SCREEN, duration_s=1.5))
    assert len(places[0]) > 30
    assert places[0] == places[1]


def test_its_gesture_file_is_taken_anew_when_it_changes(
    game: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "my.json"
    mine.write_text('{"version": 1}', encoding="utf-8")
    taken: list[Library] = []
    monkeypatch.setattr(Recognizer, "replace_library", lambda self, library: taken.append(library))

    class Editing(game.Catch):  # type: ignore[name-defined, misc]  # the page's own class
        @property
        def finished(self) -> bool:
            return bool(taken)

        def update(self, dt_s: float) -> None:
            super().update(dt_s)
            row = '{"name": "blaster", "fingers": {"index": "extended"}}'
            mine.write_text(f'{{"version": 1, "gestures": [{row}]}}', encoding="utf-8")

    run_scene(Editing, "demo:nobody", gestures=[mine], options=dataclasses.replace(NO_SCREEN, duration_s=30.0))
    assert taken[0].find("blaster") is not None


def test_hands_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="got hands=0, wanted at least 1"):
        run_scene(lambda stage: None, hands=0)  # type: ignore[arg-type, return-value]  # never made


def test_a_missing_source_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "catch.py").write_text(code(), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "catch.py", "nosuch.mp4"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].startswith("catch: There is no file nosuch.mp4.")
    assert "Traceback" not in told.stderr


def fields(event: type) -> set[str]:
    return {field.name for field in dataclasses.fields(event)} - {"kind", "from_x", "from_y"}


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ("HAND", fields(HandEvent) | {"dx", "dy"}),
        ("POINTER", fields(PointerEvent) | {"dx", "dy"}),
        ("GESTURE", fields(GestureEvent)),
        ("TRACKERSTATUS", {"status", "message"}),
    ],
)
def test_every_event_stands_there_with_its_fields(events: str, wanted: set[str]) -> None:
    (row,) = [line for line in part("Events").splitlines() if line.startswith(f"| `{events}")]
    names, _, listed = row.strip("| ").split(" | ")
    assert words(names) == {name for name in EVENT_TYPES if name.startswith(events)}
    assert words(listed) == wanted
    explained = words("".join(line.split(" | ")[0] for line in part("Events").splitlines() if line.startswith("| `")))
    assert wanted <= explained


def test_every_status_stands_there() -> None:
    assert words(part("Events")) >= {*get_args(FeedState), *get_args(Condition)} - {"ok"}


def methods(protocol: type) -> set[str]:
    return {name for name in vars(protocol) if not name.startswith("_")}


def test_what_a_scene_has_stands_there() -> None:
    must = {word.partition("(")[0] for word in words(part("What a scene must have"))}
    may = {word.partition("(")[0] for word in words(part("What a scene may have"))}
    assert must >= methods(scenes.Scene) == set(scenes.MUST_HAVE)
    optional = [
        protocol
        for _, protocol in inspect.getmembers(scenes, inspect.isclass)
        if protocol.__module__ == scenes.__name__ and protocol is not scenes.Scene
    ]
    assert len(optional) >= 5
    for protocol in optional:
        assert methods(protocol) <= may, protocol.__name__


def test_canvas_and_stage_have_what_is_named() -> None:
    for name in re.findall(r"`canvas\.(\w+)", PAGE):
        assert hasattr(Canvas, name) or name in ("theme", "surface"), f"canvas.{name}"
    for name in re.findall(r"`stage\.(\w+)", PAGE):
        assert name in Stage.__slots__, f"stage.{name}"
    assert words(part("The stage")) >= set(SOUNDS)


def test_run_scene_takes_what_is_listed() -> None:
    listed = [line.split("`")[1] for line in part("Running it").splitlines() if line.startswith("| `")]
    assert listed == list(inspect.signature(run_scene).parameters)
    options = next(line for line in part("Running it").splitlines() if line.startswith("| `options`"))
    assert words(options) - {"options", "StageOptions"} <= {field.name for field in dataclasses.fields(StageOptions)}
