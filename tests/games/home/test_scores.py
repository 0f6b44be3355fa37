"""The high scores: every game's list, best first, and the way back."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from handplay.engine.high_scores import HighScore
from handplay.engine.preferences import Preferences
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.stage import Stage
from handplay.games.home.scores import _BACK, ScoreList, ScoresScene

ROWS = tuple(HighScore(score, day) for score, day in ((41, "2026-03-09"), (17, "2025-12-31")))
LISTS = (ScoreList("Pong", "Longest rally", ROWS), ScoreList("Slice", "Points", ()))


def words(scene: ScoresScene, canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    real = canvas.text

    def text(line: str, *args: Any, **options: Any) -> Any:
        if options.get("alpha", 1.0) > 0.5:
            said.append(line)
        return real(line, *args, **options)

    monkeypatch.setattr(canvas, "text", text)
    scene.draw(canvas, 0.0)
    return said


def test_each_list_is_told(stage: Stage, canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = ScoresScene(stage, LISTS, Preferences())
    for _ in range(240):
        scene.update(1 / 120)
    said = words(scene, canvas, monkeypatch)
    for line in ("High scores", "Pong", "Longest rally", "41", "9 March 2026", "17", "31 Dec 2025", "Slice", "Points"):
        assert line in said
    assert said.index("41") < said.index("17")
    assert said.count("Nothing yet: play a round") == 1
    assert scene.summary() == {"Pong": 41, "Slice": None}


@pytest.mark.parametrize("way", ["mouse", "enter", "backspace"])
def test_back(stage: Stage, canvas: Canvas, way: str) -> None:
    scene = ScoresScene(stage, LISTS, Preferences())
    scene.draw(canvas, 0.0)
    scene.update(1 / 120)
    assert not scene.finished
    if way == "mouse":
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            scene.handle(pygame.event.Event(kind, pos=_BACK.centre, button=1))
    elif way == "enter":
        for key in (pygame.K_RIGHT, pygame.K_RETURN):
            scene.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0))
    else:
        scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_BACKSPACE, mod=0))
    scene.update(1 / 120)
    assert scene.finished
