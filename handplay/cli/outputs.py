"""Names of files that are written: what is opened again by its name must bear it. Figures (JSON) go under any name."""

from __future__ import annotations

from pathlib import Path

import typer

from handplay.engine.atomic import is_special

RECORDINGS = (".hands.jsonl",)
PICTURES = (".png", ".jpg", ".jpeg")


def bears_name(path: Path, endings: tuple[str, ...]) -> bool:
    """Whether a file's name ends so. A pipe, a device and - for stdout need no ending."""
    return str(path) == "-" or path.name.lower().endswith(endings) or is_special(path)


def check_name(option: str, path: Path | None, endings: tuple[str, ...]) -> None:
    """Refuses a file whose name ends otherwise.

    Raises:
        typer.BadParameter: the name has none of the endings.
    """
    if path is not None and not bears_name(path, endings):
        raise typer.BadParameter(f"{option}: {path} must end in {' or '.join(endings)}.")
