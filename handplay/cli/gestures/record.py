"""`handplay gestures record`."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from handplay.cli.options import GameOptions, with_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handplay.cli.gestures.keeping import Target
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage
    from handplay.games.studio.recording import Recording
    from handplay.gestures.learn.recorder import RecorderSettings
    from handplay.gestures.library import Library

_NOT_A_SCREEN = ("dummy", "offscreen")
"""Where SDL shows nothing, so that nobody can press a key."""


@with_options(GameOptions)
def record(
    options: GameOptions,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the gesture will be called.")],
    kind: Annotated[
        Literal["auto", "pose", "template", "motion"],
        typer.Option("--kind", help="A shape in words, a shape by example, or a movement; auto finds out."),
    ] = "auto",
    seconds: Annotated[
        float | None,
        typer.Option("--seconds", metavar="N", min=0.5, max=20.0, help="How long a shape is held while it is learned."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE.json", help="Gesture file to add it to; your own library if none."
        ),
    ] = None,
    replacing: Annotated[bool, typer.Option("--replace", help="Take the place of a gesture of that name.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Keep it without asking.")] = False,
) -> None:
    """Show a gesture of your own to the camera, try it, and keep it."""
    from handplay.cli.game_run import play
    from handplay.cli.gestures.keeping import Target

    unseen = options.headless or os.environ.get("SDL_VIDEODRIVER", "") in _NOT_A_SCREEN
    if unseen and not yes:
        why = "with --headless" if options.headless else "without a window (SDL_VIDEODRIVER)"
        raise typer.BadParameter(f"nobody can be asked {why}: add --yes.", param_hint="'--yes'")
    library = _library(options)
    target = Target.of(output)
    _check_name(name, library, target, replacing=replacing, may_ask=not yes and sys.stdin.isatty())
    target.check_writable()
    made: list[Recording] = []

    def make_scene(stage: Stage, bindings: Mapping[str, str] | None) -> Scene:
        from handplay.games import studio
        from handplay.games.studio.recording import Recording

        on_wait = _tell_wait if unseen else None
        made.append(Recording(name, library, kind=kind, settings=_settings(seconds), keep_at_once=yes, on_wait=on_wait))
        return studio.make_record_scene(stage, made[0])

    play("record", make_scene, options, least_hands=1, demo="still")
    _tell(made[0], target, yes=yes)


def _library(options: GameOptions) -> Library:
    from handplay.cli.game_run import own_gestures

    return own_gestures(options.gestures)


def _settings(seconds: float | None) -> RecorderSettings | None:
    if seconds is None:
        return None
    from handplay.gestures.learn.recorder import RecorderSettings

    usual = RecorderSettings()
    return replace(usual, hold_s=seconds, after_motion_s=max(seconds, usual.after_motion_s))


def _check_name(name: str, library: Library, target: Target, *, replacing: bool, may_ask: bool) -> None:
    """Refuses a name that cannot be one, or that is taken, before a window opens."""
    from handplay.cli.gestures.keeping import name_problem
    from handplay.engine.errors import GestureFileError

    problem = name_problem(name)
    if problem:
        raise typer.BadParameter(problem, param_hint="'NAME'")
    taken = target.holder(name) or library.find(name)
    if taken is None or replacing:
        return
    what = f"'{name}'" if taken.name == name else f"'{name}' (another name of '{taken.name}')"
    where = "is built in" if taken.file == "builtin.json" else f"is in {taken.file}"
    if may_ask and typer.confirm(f"There is a gesture {what} already: it {where}. Take the new one instead?"):
        return
    raise GestureFileError(f"There is a gesture {what} already: it {where}. Choose another name, or add --replace.")


def _tell_wait(missing: str) -> None:
    print(f"handplay: still waiting. {missing}", file=sys.stderr, flush=True)


def _tell(recording: Recording, target: Target, *, yes: bool) -> None:
    """Writes what was kept, and says so in words."""
    from handplay.engine.errors import GestureFileError
    from handplay.games.studio.readable import learned_words

    if recording.state != "kept" or recording.recorded is None:
        if yes:
            raise GestureFileError(f"'{recording.name}' was not recorded. {recording.unfinished}")
        typer.echo(f"Nothing was kept. {recording.unfinished}".rstrip())
        return
    recorded = recording.recorded
    target.write([recorded.gesture])
    typer.echo(f"Kept '{recording.name}' in {target.path}:")
    learned, more = learned_words(recorded.gesture, recorded.report)
    for line in (*learned, *more):
        typer.echo(f"  {line}")
    typer.echo(f"Try it: handplay gestures try{target.option}")
