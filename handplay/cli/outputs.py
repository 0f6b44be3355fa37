"""Names of files that are written: what is opened again by its name must bear it. Figures (JSON) go under any name."""

from __future__ import annotations

from pathlib import Path

import typer

from handplay.engine.atomic import is_special

RECORDINGS = (".hands.jsonl",)
PICTURES = (".png", ".jpg", ".jpeg")


def check_name(option: str, path: Path | None, endings: tuple[str, ...]) -> None:
    """Refuses a file whose name ends otherwise. A pipe, a device and - for stdout need no ending.

    Raises:
        typer.BadParameter: the name has none of the endings.
    """
    if path is None or str(path) == "-" or path.name.lower().endswith(endings) or is_special(path):
        return
    raise typer.BadParameter(f"{option}: {path} must end in {' or '.join(endings)}.")
