"""JSON laid out for people: short things on one line, long ones filled into lines that are not too long."""

from __future__ import annotations

import json

WIDTH = 110


def laid_out(value: object, indent: int = 0, lead: int = 0) -> str:
    """A JSON value as text. Its first line continues one that stands already.

    Args:
        indent: columns before the lines that follow.
        lead: columns that the first line has used.
    """
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if max(indent, lead) + len(flat) <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        ends = "{}"
        keys = [f"{json.dumps(key, ensure_ascii=False)}: " for key in value]
        parts = [
            key + laid_out(member, inner, inner + len(key)) for key, member in zip(keys, value.values(), strict=True)
        ]
    else:
        ends = "[]"
        parts = [laid_out(member, inner, inner) for member in value]
    return f"{ends[0]}\n{_filled(parts, inner)}\n{' ' * indent}{ends[1]}"


def _filled(parts: list[str], indent: int) -> str:
    """Parts in lines; one that has several lines of its own stands alone."""
    lines: list[str] = []
    open_line = False
    for index, part in enumerate(parts):
        text = part + ("," if index < len(parts) - 1 else "")
        if open_line and "\n" not in text and len(lines[-1]) + 1 + len(text) <= WIDTH:
            lines[-1] += f" {text}"
        else:
            lines.append(" " * indent + text)
        open_line = "\n" not in text
    return "\n".join(lines)


def moved(text: str, by: int) -> str:
    """A piece of a JSON file, as its author laid it out, with all lines but the first moved to the right (or left)."""
    first, *rest = text.split("\n")  # never inside a string: JSON writes line ends as \\n there
    return "\n".join([first.rstrip(), *(_moved_line(line.rstrip(), by) for line in rest)]) if rest else text


def _moved_line(line: str, by: int) -> str:
    spaces = len(line) - len(line.lstrip(" "))
    return " " * max(0, spaces + by) + line[spaces:] if line else line


def piece(text: str, start: int, end: int) -> str:
    """What stands between two places of a file, as if its first line began at the left edge."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return moved(text[start:end], -(len(line) - len(line.lstrip(" "))))
