"""`handplay gestures try`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.cli.options import GameOptions, with_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage


@with_options(GameOptions)
def try_live(options: GameOptions) -> None:
    """See live what is made of your hands: fingers, grips, gestures and their events."""
    from handplay.cli.game_run import own_gestures, play

    library = own_gestures(options.gestures)

    def make_scene(stage: Stage, bindings: Mapping[str, str] | None) -> Scene:
        from handplay.games import studio

        return studio.make_try_scene(stage, library)

    play("gestures", make_scene, options, hands=2, demo="demo")
