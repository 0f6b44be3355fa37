"""`handplay gestures schema`: the format as a JSON Schema, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def schema(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it there instead of showing it.")
    ] = None,
) -> None:
    """Show the JSON Schema of gesture files: an editor that knows it checks and completes while you type.

    Name it in the first line of your file: {"$schema": "gestures.schema.json", ...
    """
    from handplay.gestures.json_schema import json_schema

    text = json.dumps(json_schema(), indent=2) + "\n"
    if output is None:
        typer.echo(text, nl=False)
        return
    from handplay.engine.atomic import write_text

    write_text(output, text)
    typer.echo(f"{output}: the schema of gesture files")
