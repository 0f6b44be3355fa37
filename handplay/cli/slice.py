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

    def make_scene(stage: Stage, given: Given) -> Scene:
        from handplay.cli.scores import high_scores
        from handplay.games.slice.scene import SliceScene

        reach, bindings = given.preferences.reach, given.bindings("slice")
        return SliceScene(stage, scores=high_scores(options), reach=reach, bindings=bindings)

    run_scenes(("slice",), make_scene, options, title="handplay slice", least_hands=1, demo="pong")
