"""Help pages in plain words: whole sentences in lists, arguments as they are typed, limits as people say them.

Works on the finished tree of commands, so that a command module only says what it takes.
"""

from __future__ import annotations

import functools
import re
from typing import Any

_LIMITS = re.compile(r"(?<=[\[ ])([\d.]+)<=x<=([\d.]+)(?=[\];])")
_LEAST = re.compile(r"(?<=[\[ ])x>=([\d.]+)(?=[\];])")


def plain(command: Any) -> Any:
    """The same command, and all below it, with plain help pages."""
    if hasattr(command, "commands"):
        command.format_commands = functools.partial(_list_commands, command)
        for below in command.commands.values():
            plain(below)
    for param in command.params:
        if param.param_type_name == "argument":
            param.get_usage_pieces = functools.partial(_usage, param)
        param.get_help_record = functools.partial(_record, param, param.get_help_record)
    return command


def _list_commands(group: Any, context: Any, formatter: Any) -> None:
    """Each command with the first sentence of its help, in as many lines as it takes."""
    rows = [(name, _first_sentence(group.get_command(context, name))) for name in group.list_commands(context)]
    with formatter.section("Commands"):
        formatter.write_dl(rows)


def _first_sentence(command: Any) -> str:
    text = " ".join((command.help or "").split("\n\n")[0].split())
    end = text.find(". ")
    return text if end < 0 else text[: end + 1]


def _usage(param: Any, context: Any) -> list[str]:
    name = _name(param)
    return [name if param.required else f"[{name}]"]


def _name(param: Any) -> str:
    name = str(param.metavar or param.name.upper())
    return name if param.nargs == 1 or name.endswith("...") else f"{name}..."


def _record(param: Any, original: Any, context: Any) -> tuple[str, str] | None:
    """The row of an argument or option."""
    row = original(context)
    if row is None:
        return None
    name, text = row[0], row[1].replace("\\[", "[")  # some versions of Typer escape it for markup that is off
    if param.param_type_name == "argument":
        name, text = _name(param), text.removesuffix("[required]").rstrip()
    text = _LIMITS.sub(lambda found: f"{_short(found[1])} to {_short(found[2])}", text)
    return name, _LEAST.sub(lambda found: f"{_short(found[1])} or more", text)


def _short(number: str) -> str:
    return f"{float(number):.12g}"
