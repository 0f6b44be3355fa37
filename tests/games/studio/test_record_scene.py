"""The recording scene: what is said and drawn in each state, and how one answers by key, mouse or hand."""

from __future__ import annotations

import itertools
from typing import Any

import pygame
import pytest

from handplay.engine.stage.stage import Stage
from handplay.games.studio import make_record_scene
from handplay.games.studio.recording import Recording
from handplay.gestures.library import Library

Build = Any
SIZES = [(1280, 720), (1024, 768), (2560, 1080), (640, 400)]


@pytest.fixture
def now(sitting: Build, shown: Build) -> Build:
    """A hand that holds a claw."""
    place = {"pose": "claw", "x": 0.35, "y": 0.55}

    def make(stage: Stage, library: Library) -> Any:
        return make_record_scene(stage, Recording("my_claw", library))

    made = sitting(make, lambda _: (shown(**place),))
    made.place = place
    made.draw()
    return made


def run_until(now: Build, state: str, limit_s: float = 20.0) -> None:
    for _ in range(round(limit_s * 10)):
        if now.scene.recording.state == state:
            return
        now.run(0.1)
    raise AssertionError(f"still {now.scene.recording.state}, wanted {state}")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_words_neither_touch_nor_leave(now: Build, size: tuple[int, int]) -> None:
    now.resize(size)
    safe = now.canvas.safe
    for state in ("countdown", "collecting", "result", "kept"):
        if state == "kept":
            now.press(pygame.K_RETURN)
        run_until(now, state)
        now.run(0.6)
        lines = now.lines()
        assert len(lines) > 3
        for line, area in lines:
            assert area.left >= safe.left - 1, line
            assert area.right <= safe.right + 1, line
            assert area.bottom <= safe.bottom + 1, line
        # The countdown's number lies in the picture, where a hand may show its side.
        words = [(line, area) for line, area in lines if len(line) > 1]
        for (one, a), (other, b) in itertools.combinations(words, 2):
            x = min(a.right, b.right) - max(a.left, b.left)
            y = min(a.bottom, b.bottom) - max(a.top, b.top)
            assert min(x, y) <= 5, (one, other)


@pytest.mark.parametrize("size", [(320, 200), (64, 64), (400, 900)], ids=str)
def test_it_draws_at_odd_sizes(now: Build, size: tuple[int, int]) -> None:
    now.resize(size)
    run_until(now, "result")
    now.run(0.5)
    assert now.draw().get_size() == size


def test_what_is_said_along_the_way(now: Build) -> None:
    now.run(0.5)
    assert "Show your hand" in now.words()
    run_until(now, "countdown")
    now.run(0.4)
    assert {"Get ready", "3"} <= set(now.words())
    run_until(now, "collecting")
    now.run(1.0)
    said = now.words()
    assert any("good pictures of your hand" in line for line in said)
    run_until(now, "result")
    now.run(1.0)
    assert {"Learned", "my claw", "Keep", "Again", "Discard", "There it is"} <= set(now.words())
    now.place["pose"] = "open_palm"
    now.run(1.0)
    assert {"Shown once", "Try it: show it again"} <= set(now.words())


@pytest.mark.parametrize(
    ("key", "state"),
    [(pygame.K_RETURN, "kept"), (pygame.K_SPACE, "kept"), (pygame.K_r, "ready"), (pygame.K_DELETE, "discarded")],
    ids=["enter", "space", "r", "delete"],
)
def test_answers_by_key(now: Build, key: int, state: str) -> None:
    run_until(now, "result")
    now.place["x"] = 0.1
    now.press(key)
    now.run(0.02)
    assert now.scene.recording.state == state


@pytest.mark.parametrize(("number", "state"), [(0, "kept"), (1, "ready"), (2, "discarded")])
def test_answers_by_mouse(now: Build, number: int, state: str) -> None:
    run_until(now, "result")
    now.run(0.3)
    now.draw()
    target = now.scene._panel.targets(now.scene._layout.panel)[number]
    x, y = now.canvas.to_px(target.area.centre)
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        now.post(kind, button=1, pos=(round(x), round(y)))
    now.run(0.05)
    assert now.scene.recording.state == state


def test_answers_by_a_hand_that_stays(now: Build) -> None:
    run_until(now, "result")
    now.run(0.2)
    now.draw()
    keep, *_ = now.scene._panel.targets(now.scene._layout.panel)
    assert min(keep.area.width, keep.area.height) >= 120
    # The pointer is the index tip: bring it over the button and leave it there.
    now.place["pose"] = "point"
    for _ in range(60):
        pointer = next(iter(now.scene._chooser._pointers.values()), None)
        if pointer is not None:
            now.place["x"] += 0.2 * (keep.area.centre[0] - pointer.place[0]) / 1280
            now.place["y"] += 0.2 * (keep.area.centre[1] - pointer.place[1]) / 720
        now.run(0.1)
        if now.scene.recording.state == "kept":
            break
    assert now.scene.recording.state == "kept"


def test_the_summary_tells_how_it_ended(now: Build) -> None:
    run_until(now, "result")
    now.press(pygame.K_RETURN)
    now.run(1.2)
    assert now.scene.finished
    summary = now.scene.summary()
    assert (summary["name"], summary["state"]) == ("my_claw", "kept")
    assert summary["samples"] > 5


def test_drawing_changes_nothing(now: Build) -> None:
    run_until(now, "result")
    now.run(0.5)
    now.draw()
    assert pygame.image.tobytes(now.draw(), "RGB") == pygame.image.tobytes(now.draw(), "RGB")
