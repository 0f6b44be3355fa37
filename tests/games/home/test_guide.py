"""The guide as a scene: what counts as having seen it, and how its last page is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pygame
import pytest

from handplay.engine import events
from handplay.engine.high_scores import HighScores
from handplay.engine.preferences import Preferences
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.scene import Scene
from handplay.engine.stage.stage import Stage
from handplay.games.home.entries import Entry
from handplay.games.home.guide import GuideScene
from handplay.games.home.shell import Shell


def first_run(stage: Stage, canvas: Canvas, kept: list[Preferences], tmp_path: Path) -> Shell:
    def make(stage: Stage) -> Scene:
        return GuideScene(stage, Preferences(), kept.append, save=lambda _: None)

    entries = (Entry("guide", "Guide", "", "guide", make, small=True),)
    shell = Shell(stage, entries, Preferences, HighScores(tmp_path / "s.json"), "guide")
    shell.update(1 / 120)
    shell.draw(canvas, 0.0)
    return shell


def test_a_window_that_is_closed_half_way_offers_it_again(stage: Stage, canvas: Canvas, tmp_path: Path) -> None:
    kept: list[Preferences] = []
    shell = first_run(stage, canvas, kept, tmp_path)
    shell.close()
    assert kept == []


def test_who_leaves_it_by_esc_has_seen_enough(stage: Stage, canvas: Canvas, tmp_path: Path) -> None:
    kept: list[Preferences] = []
    shell = first_run(stage, canvas, kept, tmp_path)
    assert shell.leave()
    assert [one.guided for one in kept] == [True]
    for _ in range(60):
        shell.update(1 / 120)
    assert shell.summary()["at"] == "home"


@pytest.mark.parametrize(
    ("name", "after_s", "left"),
    [("thumbs_up", 1.0, True), ("open_palm", 1.0, True), ("fist", 1.0, False), ("thumbs_up", 0.3, False)],
    ids=["thumbs up", "open palm", "fist", "too soon"],
)
def test_a_gesture_leaves_the_last_page(stage: Stage, canvas: Canvas, name: str, after_s: float, left: bool) -> None:
    kept: list[Preferences] = []
    guide = GuideScene(stage, Preferences(), kept.append, save=lambda _: None)
    while guide.step.name != "done":
        guide.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_RETURN, mod=0))
    assert [one.guided for one in kept] == [True]
    for _ in range(round(after_s * 120)):
        guide.update(1 / 120)
    guide.draw(canvas, 0.0)
    down: dict[str, Any] = {
        "name": name,
        "hand_id": 1,
        "handedness": "Right",
        "x": 0.5,
        "y": 0.5,
        "held_s": 0.0,
        "value": 1.0,
    }
    guide.handle(pygame.event.Event(events.GESTUREDOWN, **down))
    assert guide.finished is left
