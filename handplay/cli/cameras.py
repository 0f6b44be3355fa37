"""`handplay cameras`: which cameras there are."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

_WIDTH = 80


def cameras(
    demos: Annotated[bool, typer.Option("--demos", help="List what the rendered hand can show instead.")] = False,
) -> None:
    """List the cameras with name, resolution and rate.

    Without a camera the rendered hand stands in for one: --source demo, or one of those that --demos lists.
    """
    if demos:
        _list_demos()
        return
    from handplay.engine.sources.camera_list import list_cameras

    found = list_cameras()
    if not found:
        typer.echo("No camera found. Plug one in and run 'handplay cameras' again, or play with --source demo.")
        return
    rows: list[tuple[str, ...]] = [("SOURCE", "NAME", "SIZE", "RATE")]
    for camera in found:
        size = f"{camera.width}x{camera.height}" if camera.width else "-"
        rate = f"{camera.fps:.0f} fps" if camera.fps else "-"
        rows.append((str(camera.index), camera.name or "-", size, rate))
    for line in aligned(rows):
        typer.echo(line)
    for camera in found:
        if camera.problem:
            typer.echo(camera.problem)


def _list_demos() -> None:
    """Every script of the demo hand as `--source` takes it, and the poses it can hold up."""
    from handplay.engine.sources.demo.poses import POSES
    from handplay.engine.sources.demo.source import SCRIPTS

    rows: list[tuple[str, ...]] = [("SOURCE", "SHOWS")]
    rows += [(f"demo:{script.name}", script.summary) for script in SCRIPTS.values()]
    rows.append(("demo:pose=NAME", "holds up one pose, see below"))
    for line in aligned(rows):
        typer.echo(line)
    typer.echo()
    for text in (
        "In a game, demo alone plays that game. Another picture: 'demo:two?size=1280x720&skin=2'.",
        f"Poses: {', '.join(POSES)}.",
    ):
        typer.echo(textwrap.fill(text, _WIDTH, subsequent_indent="  ", break_on_hyphens=False))


def aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as lines of columns that begin below each other."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
