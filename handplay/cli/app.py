"""Puts the commands together. Imported at every start, so it and the command modules import nothing heavy."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.main import get_command

from handplay import __version__
from handplay.cli.airdraw import airdraw
from handplay.cli.bench import bench
from handplay.cli.cameras import cameras
from handplay.cli.doctor import doctor
from handplay.cli.gestures import app as gestures
from handplay.cli.help_page import plain
from handplay.cli.home import can_open, home, open_home
from handplay.cli.options import GameOptions
from handplay.cli.pong import pong
from handplay.cli.slice import slice_fruit
from handplay.cli.track import track

app = typer.Typer(
    help="Any webcam becomes a game controller: your hands, tracked on this computer alone.",
    epilog="""\b
handplay home                opens the home screen with all games
handplay home --source demo  the same without a camera: a rendered hand plays
handplay cameras --demos     lists all that the rendered hand can show
""",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"handplay {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and end.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error happened, with any command.")] = False,
) -> None:
    if context.invoked_subcommand is not None:
        return
    if can_open():
        open_home(GameOptions())
    else:
        typer.echo(context.get_help())
        typer.echo("\n  (Without a terminal and a display, 'handplay' alone shows this page instead.)")


app.command()(home)
app.command()(pong)
app.command()(airdraw)
app.command("slice")(slice_fruit)
app.command()(track)
app.command()(cameras)
app.command()(doctor)
app.command()(bench)
app.add_typer(gestures, name="gestures")


def command() -> Any:
    """The whole command line as one callable command."""
    return plain(get_command(app))
