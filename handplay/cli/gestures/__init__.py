"""`handplay gestures ...`: one small module a command; nothing heavy is imported before a command runs."""

from __future__ import annotations

import typer

from handplay.cli.gestures.change import add, remove
from handplay.cli.gestures.check import check
from handplay.cli.gestures.eval import evaluate
from handplay.cli.gestures.explain import explain
from handplay.cli.gestures.listing import list_gestures, show
from handplay.cli.gestures.record import record
from handplay.cli.gestures.schema import schema
from handplay.cli.gestures.train import train
from handplay.cli.gestures.try_live import try_live

app = typer.Typer(
    help="Your own gestures: see, check, add, record, train, explain and try them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("list")(list_gestures)
app.command()(show)
app.command()(check)
app.command()(add)
app.command()(remove)
app.command()(explain)
app.command()(schema)
app.command("try")(try_live)
app.command()(train)
app.command("eval")(evaluate)
app.command("record")(record)
