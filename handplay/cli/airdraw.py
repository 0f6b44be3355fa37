"""`handplay airdraw`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from handplay.cli.options import GameOptions, with_options

if TYPE_CHECKING:
    from handplay.cli.game_run import Given
    from handplay.engine.preferences import Preferences
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage
    from handplay.games.airdraw.pen_reach import ReachBox

_SHARES = {"comfort": 0.66, "whole": 1.0}


@with_options(GameOptions)
def airdraw(
    options: GameOptions,
    canvas: Annotated[
        Literal["camera", "white", "black"] | None,
        typer.Option("--canvas", help="What lies under the ink; white, or as the opened drawing has it."),
    ] = None,
    open_file: Annotated[
        Path | None, typer.Option("--open", metavar="FILE", help="A drawing to go on with, or a PNG or JPEG picture.")
    ] = None,
    pen: Annotated[
        Literal["pinch", "point"],
        typer.Option("--pen", help="pinch: touch thumb and index finger. point: a second finger draws."),
    ] = "pinch",
    sensitivity: Annotated[
        float | None,
        typer.Option(
            "--sensitivity", min=0.0, max=1.0, metavar="0..1", help="Higher touches earlier and holds longer."
        ),
    ] = None,
    reach: Annotated[
        str | None,
        typer.Option(
            "--reach",
            metavar="SIZE",
            help="Part of the view for the canvas: comfort, whole, 0.2 to 1; as the guide has it.",
        ),
    ] = None,
) -> None:
    """Draw in the air: pinch is the pen, reach up for tools and colours, thumbs up saves."""
    from handplay.cli.game_run import run_scenes

    asked = None if reach is None else _reach_box(reach)
    opening = None
    if open_file is not None:
        from handplay.games.airdraw.files import begin_any

        opening = begin_any(open_file)

    def make(stage: Stage, given: Given) -> Scene:
        from handplay.games.airdraw.scene_start import make_scene

        comfort = given.preferences
        return make_scene(
            stage,
            opening=opening,
            canvas=canvas,
            style=pen,
            sensitivity=comfort.sensitivity if sensitivity is None else sensitivity,
            reach=asked or reach_of(comfort),
            bindings=given.bindings("airdraw"),
            main_hand="Left" if comfort.main_hand == "left" else "Right",
        )

    run_scenes(
        ("airdraw",),
        make,
        options,
        title="handplay airdraw",
        least_hands=1,
        demo="airdraw" if pen == "pinch" else "airdraw_point",
    )


def reach_of(preferences: Preferences) -> ReachBox:
    """The part of the view that the guide has measured; a comfortable one for who has not seen it."""
    from handplay.engine.preferences import Reach
    from handplay.games.airdraw.pen_reach import ReachBox

    reach = preferences.reach
    return ReachBox() if reach == Reach() else ReachBox.of(reach.left, reach.top, reach.right, reach.bottom)


def _reach_box(text: str) -> ReachBox:
    from handplay.games.airdraw.pen_reach import ReachBox

    try:
        share = _SHARES[text] if text in _SHARES else float(text)
        return ReachBox(share, (0.5, 0.5)) if share == 1 else ReachBox(share)
    except ValueError:
        raise typer.BadParameter(f"--reach: {text!r} is neither comfort, whole, nor a number from 0.2 to 1.") from None
