"""The guide as a scene: what counts as having seen it, and how its last page is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pygame
import pytest

from handplay.engine import events
from handplay.engine.hands import HandFrame
from handplay.engine.high_scores import HighScores
from handplay.engine.preferences import Preferences
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.scene import Scene
from handplay.engine.stage.stage import HandsNow, Stage
from handplay.games.home.entries import Entry
from handplay.games.home.guide import GuideScene
from handplay.games.home.guide_steps import SEEN_S, lights
from handplay.games.home.shell import Shell

from shown_hands import Shown, make_hand


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


def at_step(stage: Stage, canvas: Canvas, name: str) -> GuideScene:
    guide = GuideScene(stage, Preferences(), lambda _: None, save=lambda _: None)
    while guide.step.name != name:
        guide.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_RETURN, mod=0))
    guide.draw(canvas, 0.0)
    return guide


def run(guide: GuideScene, seconds: float) -> None:
    for _ in range(round(seconds * 120)):
        guide.update(1 / 120)


def is_done(guide: GuideScene) -> bool:
    """The step is done and is seen so for a moment."""
    return guide.rest_s is not None


def test_lights_go_out_by_pressing_them_not_by_passing_over(stage: Stage, canvas: Canvas) -> None:
    guide = at_step(stage, canvas, "pinch")
    for place in lights("pinch"):
        guide.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(1, 1), buttons=(0, 0, 0)))
        run(guide, 0.5)
    assert guide.gone == {}
    for number, place in enumerate(lights("pinch")):
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            guide.handle(pygame.event.Event(kind, pos=place, button=1))
        run(guide, 0.1)
        assert len(guide.gone) == number + 1
    run(guide, 1.5)
    assert guide.step.name == "open"


def test_pointing_at_each_light_is_enough_to_hover(stage: Stage, canvas: Canvas) -> None:
    guide = at_step(stage, canvas, "hover")
    for number, place in enumerate(lights("hover")):
        guide.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(1, 1), buttons=(0, 0, 0)))
        run(guide, 0.5)
        assert len(guide.gone) == number + 1
    run(guide, 1.5)
    assert guide.step.name == "pinch"


def test_a_hand_must_be_seen_well_for_a_while(stage: Stage, canvas: Canvas) -> None:
    guide = at_step(stage, canvas, "see")

    def look(seconds: float, **how: Any) -> None:
        hands = (make_hand(Shown("open_palm", **how.pop("shown", {}))),)
        stage.hands = HandsNow(HandFrame(0, 0.0, 640, 480, hands=hands, **how))
        run(guide, seconds)

    look(0.7 * SEEN_S)
    look(0.5 * SEEN_S, condition="dark")
    assert "light" in guide.checks.advice
    look(0.6 * SEEN_S)
    assert not is_done(guide), "the dark has cost the time before"
    look(0.5 * SEEN_S)
    assert is_done(guide)
    run(guide, 1.2)
    assert guide.step.name == "reach"
