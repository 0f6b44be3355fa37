"""The game as the command line makes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pygame

from handplay.engine.high_scores import HighScores
from handplay.engine.stage.stage import Stage
from handplay.games.pong import make_scene
from handplay.games.pong.court import Ball
from handplay.games.pong.scene import PongScene


def test_it_keeps_its_results(stage: Stage, tmp_path: Path) -> None:
    scores = HighScores(tmp_path / "scores.json")
    scene = make_scene(stage, scores=scores)
    assert isinstance(scene, PongScene)
    game = scene.game
    while game.state != "rally":  # by keys
        scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, mod=0))
        scene.update(1 / 120)
    game.match = replace(game.match, score=(10, 0), ball=Ball(7.9, 0.0, 12.0, 0.0), longest_rally=9)
    for _ in range(240):
        scene.update(1 / 120)
    assert [row.score for row in scores.best("pong")] == [9]
