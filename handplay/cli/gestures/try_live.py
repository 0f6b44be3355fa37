"""`handplay gestures try`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from handplay.cli.options import GameOptions, with_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage
    from handplay.games.studio.try_scene import TryScene
    from handplay.gestures.library import Library


@with_options(GameOptions)
def try_live(
    options: GameOptions,
    explained: Annotated[
        str | None, typer.Option("--explain", metavar="NAME", help="Begin with what this gesture asks for.")
    ] = None,
) -> None:
    """See live what is made of your hands: fingers, grips, gestures and their events."""
    from handplay.cli.game_run import own_gestures, play
    from handplay.cli.gestures.libraries import find_gesture

    library = own_gestures(options.gestures)
    chosen = find_gesture(library, explained).name if explained else ""

    scenes: list[TryScene] = []

    def make_scene(stage: Stage, bindings: Mapping[str, str] | None) -> Scene:
        from handplay.games import studio

        scenes.append(studio.make_try_scene(stage, library, chosen))
        return scenes[-1]

    def reloaded(new: Library) -> None:
        for scene in scenes:
            scene.take(new)

    play("gestures", make_scene, options, least_hands=1, demo="demo", reloaded=reloaded)
