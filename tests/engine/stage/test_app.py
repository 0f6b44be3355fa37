"""A run from the window to the figures, without a window: outputs, keys, errors, an end that is always clean."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from handplay.engine.errors import OutputError, SourceUnreadable
from handplay.engine.recording import read_recording
from handplay.engine.stage.app import run
from handplay.engine.stage.options import StageOptions

KEYS = {
    "frames", "duration_s", "first_frame_s", "render_fps", "frame_ms", "tracker_fps", "latency_ms", "dropped_frames",
    "events", "gestures", "game",
}  # fmt: skip


def quick(**more: Any) -> StageOptions:
    return StageOptions(headless=True, seed=3, **{"duration_s": 0.3, "width": 320, "height": 200, **more})


def post_at(step: int, *events: pygame.event.Event) -> Any:
    """A scene type that presses keys at a step."""

    def wrap(scene_type: Any) -> Any:
        class Pressing(scene_type):  # type: ignore[misc]  # the base is a fixture's
            def update(self, dt_s: float) -> None:
                super().update(dt_s)
                if self.steps == step:
                    for event in events:
                        pygame.event.post(event)

        return Pressing

    return wrap


def key(code: int, mod: int = 0) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod)


def test_the_summary_has_what_is_promised(make_feed: Any, trace_scene: Any, tmp_path: Path) -> None:
    place = tmp_path / "summary.json"
    summary = run(trace_scene, make_feed(), quick(summary_path=place))
    assert summary.keys() >= KEYS
    assert json.loads(place.read_text(encoding="utf-8")) == json.loads(json.dumps(summary))
    assert summary["game"] == {"steps": 36}
    assert isinstance(summary["frames"], int)
    assert summary["frames"] >= 2
    assert set(summary["frame_ms"]) >= {"p50", "p95", "p99", "max"}  # type: ignore[call-overload]  # a dict
    assert set(summary["latency_ms"]) == {"track", "event"}  # type: ignore[call-overload]  # a dict
    assert summary["events"]["HANDADDED"] == 2  # type: ignore[index]  # a dict
    assert summary["gestures"]["open_palm"] == 2  # type: ignore[index]  # a dict
    assert float(summary["first_frame_s"]) > 0  # type: ignore[arg-type]  # a float
    assert list(tmp_path.iterdir()) == [place]


def test_a_screenshot_shows_what_was_drawn(make_feed: Any, trace_scene: Any, tmp_path: Path) -> None:
    place = tmp_path / "shot.png"
    run(trace_scene, make_feed(), quick(screenshot_path=place, screenshot_at_s=0.1, width=640, height=400))
    picture = pygame.image.load(place)
    assert picture.get_size() == (640, 400)
    assert pygame.transform.average_color(picture)[:3] != (0, 0, 0)
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize(
    ("name", "magic"),
    [("a.png", b"\x89PNG"), ("a.JPG", b"\xff\xd8\xff"), ("a.jpeg", b"\xff\xd8\xff"), ("a", b"\x89PNG")],
)
def test_a_picture_is_what_its_name_says(
    name: str, magic: bytes, make_feed: Any, trace_scene: Any, tmp_path: Path
) -> None:
    run(trace_scene, make_feed(), quick(duration_s=0.05, screenshot_path=tmp_path / name))
    assert (tmp_path / name).read_bytes().startswith(magic)


def test_a_recording_holds_every_frame(make_feed: Any, trace_scene: Any, tmp_path: Path) -> None:
    place = tmp_path / "run.hands.jsonl"
    run(trace_scene, make_feed(), quick(record_path=place, source_name="fake"))
    header, frames = read_recording(place)
    rows = list(frames)
    assert (header.source, header.width, header.height) == ("fake", 1280, 720)
    assert len(rows) == 9
    assert [hand.hand_id for hand in rows[0].hands] == [1, 2]


def test_two_runs_of_one_recording_are_the_same(make_feed: Any, trace_scene: Any) -> None:
    scenes: list[Any] = []

    def make(stage: Any) -> Any:
        scenes.append(trace_scene(stage))
        return scenes[-1]

    for _ in range(2):
        run(make, make_feed(), quick())
    assert len(scenes[0].trace) > 36
    assert scenes[0].trace == scenes[1].trace


@pytest.mark.parametrize(
    "event", [key(pygame.K_ESCAPE), key(pygame.K_q), pygame.event.Event(pygame.QUIT)], ids=["esc", "q", "close"]
)
def test_the_player_can_leave(event: pygame.event.Event, make_feed: Any, trace_scene: Any) -> None:
    feed = make_feed()
    summary = run(post_at(10, event)(trace_scene), feed, quick(duration_s=30.0))
    assert float(summary["sim_s"]) < 1.0  # type: ignore[arg-type]  # a float
    assert feed.closed >= 1


def test_esc_leads_back_before_it_leads_out(make_feed: Any, trace_scene: Any) -> None:
    left: list[int] = []

    class Leavable(trace_scene):  # type: ignore[misc]  # the base is a fixture's
        def leave(self) -> bool:
            left.append(self.steps)
            if len(left) < 3:
                pygame.event.post(key(pygame.K_ESCAPE))
            return len(left) < 3

    summary = run(post_at(10, key(pygame.K_ESCAPE))(Leavable), make_feed(), quick(duration_s=30.0))
    assert len(left) == 3
    assert float(summary["sim_s"]) < 1.0  # type: ignore[arg-type]  # a float


@pytest.mark.parametrize("breaks", [False, True], ids=["ends", "breaks"])
def test_a_scene_that_holds_something_is_closed(make_feed: Any, trace_scene: Any, breaks: bool) -> None:
    closed: list[int] = []

    class Holding(trace_scene):  # type: ignore[misc]  # the base is a fixture's
        def update(self, dt_s: float) -> None:
            super().update(dt_s)
            if breaks and self.steps == 5:
                raise ZeroDivisionError

        def close(self) -> None:
            closed.append(self.steps)

    with contextlib.suppress(ZeroDivisionError):
        run(Holding, make_feed(), quick(duration_s=0.1))
    assert closed == [5 if breaks else 12]


def test_the_stages_keys(make_feed: Any, trace_scene: Any) -> None:
    stages: list[Any] = []

    def make(stage: Any) -> Any:
        stages.append(stage)
        keys = (pygame.K_F3, pygame.K_m, pygame.K_h, pygame.K_F11)
        return post_at(5, *map(key, keys), key(pygame.K_RETURN, pygame.KMOD_ALT))(trace_scene)(stage)

    run(make, make_feed(picture=np.full((90, 160, 3), 80, np.uint8)), quick(duration_s=0.5))
    settings = stages[0].settings
    assert settings.show_debug
    assert settings.mute
    assert stages[0].sound.mute
    assert not settings.show_inset


def test_a_mistake_in_a_scene_is_raised_and_closes_the_feed(make_feed: Any, trace_scene: Any, tmp_path: Path) -> None:
    feed = make_feed()

    def make(stage: Any) -> Any:
        scene = trace_scene(stage)
        scene.fail_at_step = 12
        return scene

    with pytest.raises(ZeroDivisionError, match="a mistake in a scene"):
        run(make, feed, quick(record_path=tmp_path / "a.hands.jsonl", summary_path=tmp_path / "s.json"))
    assert feed.closed >= 1
    assert list(tmp_path.iterdir()) == []


def test_a_scene_that_cannot_be_made_closes_the_feed(make_feed: Any) -> None:
    def make(_: object) -> Any:
        raise KeyError("no such thing")

    feed = make_feed()
    with pytest.raises(KeyError, match="no such thing"):
        run(make, feed, quick())
    assert feed.closed >= 1
    assert feed.started == 0


def test_a_named_source_that_is_missing_ends_the_run(make_feed: Any, trace_scene: Any) -> None:
    feed = make_feed()
    feed.error, feed.fail_at_s = SourceUnreadable("Camera 7 is busy."), 0.0
    with pytest.raises(SourceUnreadable, match="Camera 7 is busy"):
        run(trace_scene, feed, quick())
    assert feed.closed >= 1


def test_ctrl_c_ends_the_run_with_its_figures(make_feed: Any, trace_scene: Any) -> None:
    class Interrupted(trace_scene):  # type: ignore[misc]  # the base is a fixture's
        def update(self, dt_s: float) -> None:
            super().update(dt_s)
            if self.steps == 12:
                raise KeyboardInterrupt

    feed = make_feed()
    summary = run(Interrupted, feed, quick(duration_s=30.0))
    assert summary["game"] == {"steps": 12}
    assert feed.closed >= 1


def test_no_time_at_all_still_draws_a_picture(make_feed: Any, trace_scene: Any, tmp_path: Path) -> None:
    summary = run(trace_scene, make_feed(), quick(duration_s=0.0, screenshot_path=tmp_path / "a.png"))
    assert summary["game"] == {"steps": 0}
    assert (tmp_path / "a.png").is_file()


def test_a_summary_that_cannot_be_written_says_so(make_feed: Any, trace_scene: Any, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no folder"):
        run(trace_scene, make_feed(), quick(summary_path=tmp_path / "none" / "s.json"))


def test_no_display_is_said_plainly() -> None:
    code = (
        "from handplay.engine.errors import StageError\n"
        "from handplay.engine.stage.window import Window\n"
        "from handplay.engine.stage.options import StageOptions\n"
        "try:\n    Window(StageOptions())\n"
        "except StageError as error:\n    print(error)\n"
        "Window(StageOptions(headless=True)).close()\n"
    )
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
    environment["SDL_VIDEODRIVER"] = "nothing-like-this"
    result = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert "There is no display to open a window on" in result.stdout
    assert "--headless" in result.stdout


@pytest.mark.parametrize(
    "bad",
    [{"duration_s": -1.0}, {"duration_s": float("nan")}, {"volume": 1.5}, {"width": 0}, {"screenshot_at_s": -0.1}],
    ids=lambda bad: next(iter(bad)),
)
def test_options_are_checked(bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="StageOptions"):
        StageOptions(**bad)
