"""`handplay cameras`: which cameras there are."""

from __future__ import annotations

import typer


def cameras() -> None:
    """List the cameras with name, resolution and rate."""
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


def aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as lines of columns that begin below each other."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
