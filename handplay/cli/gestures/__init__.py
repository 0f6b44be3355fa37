"""`handplay gestures ...`: one small module a command; nothing heavy is imported before a command runs."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="Your own gestures: see, check, add, record, train, explain and try them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
