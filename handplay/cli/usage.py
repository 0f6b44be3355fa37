"""What a person is told whose command line is wrong: what was given, what is wanted, and no words of the libraries."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Any, cast

import typer

USAGE_ERRORS = cast("tuple[type[Exception], ...]", typer.BadParameter.__bases__)
"""Every error of usage derives from this one; Typer has carried it in different modules."""


def show(error: Any, arguments: Sequence[str]) -> int:
    """Tells it on stderr, with the usage of the command above; returns the exit code.

    Args:
        error: one of `USAGE_ERRORS`.
        arguments: the whole command line, without the program's name.
    """
    text = in_words(error, arguments)
    error.format_message = lambda: text
    error.show()
    return int(error.exit_code)


def in_words(error: Any, arguments: Sequence[str]) -> str:
    """The sentence for a person."""
    told: str = error.format_message()
    hint = _of_a_command(error, arguments)
    if hint:
        return f"{told.rstrip('.')}.\nOptions follow a command: {hint}"
    told += _by_another_name(error, told)
    rows = error.__cause__.errors() if hasattr(error.__cause__, "errors") else []
    if rows:
        told = told.replace(str(error.message), _refusal(rows[0], error.param), 1)
    return told.removeprefix("Invalid value: ")


_MEANT = {
    **dict.fromkeys(("validate", "verify", "lint"), "check"),
    **dict.fromkeys(("test", "view", "live", "watch"), "try"),
    **dict.fromkeys(("delete", "rm", "uninstall"), "remove"),
    **dict.fromkeys(("install", "import", "register"), "add"),
    **dict.fromkeys(("why", "debug"), "explain"),
    **dict.fromkeys(("learn", "fit"), "train"),
    **dict.fromkeys(("new", "create", "capture"), "record"),
    **dict.fromkeys(("play", "game"), "pong"),
    **dict.fromkeys(("devices", "webcams"), "cameras"),
    "benchmark": "bench",
}
"""What people call commands elsewhere; taken where nothing is spelled like it."""


def _by_another_name(error: Any, told: str) -> str:
    """A guess at a command that is called otherwise here; empty for other errors."""
    found = re.fullmatch(r"No such command '([^']*)'\.", told)
    commands = getattr(getattr(error.ctx, "command", None), "commands", {})
    meant = _MEANT.get(found[1].lower(), "") if found else ""
    return f" Did you mean '{meant}'?" if meant in commands else ""


def _refusal(row: dict[str, Any], param: Any) -> str:
    """One row of pydantic's errors."""
    given, kind = repr(row["input"]), str(row["type"])
    if kind.startswith("int"):
        return f"{given} is not a whole number."
    if kind.startswith("float"):
        return f"{given} is not a number."
    if kind in ("less_than_equal", "greater_than_equal"):
        return f"{given} is out of range: {limits(param.min, param.max)}."
    return str(row["msg"]).removeprefix("Value error, ")


def limits(least: float | None, most: float | None) -> str:
    """ "1 to 20", "1 or more", "20 or less"."""
    if most is None:
        return f"{least:g} or more"
    return f"{most:g} or less" if least is None else f"{least:g} to {most:g}"


def _of_a_command(error: Any, arguments: Sequence[str]) -> str:
    """The line that was meant by options without a command, or with them before it; empty for other errors."""
    option, context = getattr(error, "option_name", ""), error.ctx
    commands = getattr(getattr(context, "command", None), "commands", {})
    if context is None or context.parent is not None or "home" not in commands:
        return ""
    named = next((word for word in arguments if word in commands), "home")
    if not any(option in param.opts for param in commands[named].params):
        return ""
    rest = list(arguments)
    if named in rest:
        rest.remove(named)
    return shlex.join(["handplay", named, *rest])
