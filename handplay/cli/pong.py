"""`handplay pong`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from handplay.cli.options import GameOptions, with_options

if TYPE_CHECKING:
    from handplay.cli.game_run import Given
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage


@with_options(GameOptions)
def pong(
    options: GameOptions,
    players: Annotated[
        int, typer.Option("--players", min=1, max=2, metavar="N", help="1 against the computer, or 2 on one camera.")
    ] = 1,
    difficulty: Annotated[
        Literal["easy", "normal", "hard"], typer.Option("--difficulty", help="Of the computer's play.")
    ] = "normal",
    player: Annotated[
        Literal["first", "nearest", "raised"],
        typer.Option("--player", help="Whose hand plays alone when several are in the picture."),
    ] = "first",
) -> None:
    """Play Pong by hand: your hand is the paddle, an open palm serves."""
    from handplay.cli.game_run import run_scenes

    def make_scene(stage: Stage, given: Given) -> Scene:
        from handplay.cli.scores import high_scores
        from handplay.games import pong as game

        return game.make_scene(
            stage,
            players=players,
            difficulty=difficulty,
            bindings=given.bindings("pong"),
            player=player,
            reach=given.preferences.reach,
            scores=high_scores(options),
        )

    demo = "pong" if players == 1 else "pong2"
    run_scenes(("pong",), make_scene, options, title="handplay pong", least_hands=players, demo=demo)
