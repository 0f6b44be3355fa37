"""`handplay slice`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.cli.options import GameOptions, with_options

if TYPE_CHECKING:
    from handplay.cli.game_run import Given
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage


@with_options(GameOptions)
def slice_fruit(options: GameOptions) -> None:
    """Slice fruit with your hands as blades; spare the bombs."""
    from handplay.cli.game_run import run_scenes

    run_scenes(("slice",), make_scene, options, title="handplay slice", least_hands=1, demo="pong")


def make_scene(stage: Stage, given: Given) -> Scene:
    """The game, with its high scores and the player's reach."""
    from handplay.engine.high_scores import HighScores
    from handplay.games.slice.scene import SliceScene

    return SliceScene(stage, scores=HighScores(), reach=given.preferences.reach, bindings=given.bindings("slice"))
