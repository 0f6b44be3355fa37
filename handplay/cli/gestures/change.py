"""`handplay gestures add` and `remove`: the user's own library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", readable=False, help="Gesture files (JSON).")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of gestures of yours that have the same names.")
    ] = False,
) -> None:
    """Add the gestures and bindings of files to your library, which every game reads. All of them or none."""
    from handplay.cli.gestures.libraries import known_actions, read_libraries
    from handplay.cli.words import count
    from handplay.gestures.library import merge
    from handplay.gestures.overlap import warnings
    from handplay.gestures.replaced import replacements
    from handplay.gestures.user_library import add_files, user_file

    changes = add_files(files, replacing=replace, actions=known_actions())
    for path, change in zip(files, changes, strict=True):
        parts = []
        if change.added:
            parts.append(f"added {', '.join(change.added)}")
        if change.replaced:
            parts.append(f"replaced {', '.join(change.replaced)}")
        if change.bindings:
            parts.append(count(change.bindings, "binding"))
        typer.echo(f"{path}: {'; '.join(parts) or 'nothing new'}")
    own = user_file()
    typer.echo(f"Your library is {own}.")
    new = {name for change in changes for name in (*change.added, *change.replaced)}
    libraries = read_libraries(None)
    for remark in warnings(merge(libraries), str(own)):
        if any(f"'{name}'" in remark.reason for name in new):
            typer.echo(f"warning: {remark}", err=True)
    mine = next((file for file in libraries if file.file == str(own)), None)
    if mine is not None:
        for note in replacements(mine, libraries[: libraries.index(mine)]):
            if any(f"'{name}'" in note.reason for name in new):
                typer.echo(f"note: {note}", err=True)


def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names or aliases of gestures of yours.")],
) -> None:
    """Remove gestures, and what was bound to them, from your library. All of them or none."""
    from handplay.cli.words import count
    from handplay.gestures.user_library import remove as remove_gestures
    from handplay.gestures.user_library import user_file

    change = remove_gestures(names)
    bindings = f" and {count(change.bindings, 'binding')}" if change.bindings else ""
    typer.echo(f"Removed {', '.join(change.removed)}{bindings} from {user_file()}.")
