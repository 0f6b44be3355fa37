"""`handplay gestures list` and `show`: which gestures there are, and what one of them asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from handplay.cli.gestures.libraries import NameArgument
from handplay.cli.options import GesturesOption

if TYPE_CHECKING:
    from handplay.gestures.kinds import Gesture, GestureFile

JsonOption = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]


def list_gestures(gestures: GesturesOption = None, as_json: JsonOption = False) -> None:
    """List all gestures: built-in ones, yours, and those of --gestures."""
    from handplay.cli.gestures.libraries import read_libraries
    from handplay.gestures.library import merge

    files = read_libraries(gestures)
    library = merge(files)
    if as_json:
        typer.echo(json.dumps([_listed(gesture) for gesture in library.gestures], indent=1, ensure_ascii=False))
        return
    width = max(len(_names(gesture)) for gesture in library.gestures)
    for number, file in enumerate(files):
        rows = [gesture for gesture in library.gestures if gesture.file == file.file]
        if not rows:
            continue
        typer.echo(f"{'' if number == 0 else chr(10)}{_heading(file, number, files)}")
        kinds = {gesture.kind: len(gesture.kind) for gesture in library.gestures}
        for gesture in rows:
            kind = gesture.kind.ljust(max(kinds.values()))
            typer.echo(f"  {_names(gesture).ljust(width)}  {kind}  {gesture.about}".rstrip())


def show(name: NameArgument, gestures: GesturesOption = None, as_json: JsonOption = False) -> None:
    """Show one gesture: its row as JSON and what a hand must do."""
    from handplay.cli.gestures.libraries import find_gesture, load_libraries
    from handplay.gestures.layout import laid_out
    from handplay.gestures.sentences import requirements, timing
    from handplay.gestures.writing import json_row

    library = load_libraries(gestures)
    gesture = find_gesture(library, name)
    row = json_row(gesture)
    bound = {scene: rows[gesture.name] for scene, rows in library.actions.items() if gesture.name in rows}
    if as_json:
        told = {**_listed(gesture), "row": row, "requirements": requirements(gesture), "bindings": bound}
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    typer.echo(f"{_names(gesture)}, {gesture.kind} of {gesture.file}, line {gesture.line}")
    if gesture.about:
        typer.echo(gesture.about)
    typer.echo(f"\n{laid_out(row)}\n")
    for sentence in requirements(gesture):
        typer.echo(f"  - {sentence}")
    typer.echo(f"  {timing(gesture)}")
    for scene, action in bound.items():
        typer.echo(f"  In {scene} it means {action}.")


def _names(gesture: Gesture) -> str:
    return gesture.name + (f" ({', '.join(gesture.aliases)})" if gesture.aliases else "")


def _heading(file: GestureFile, number: int, files: list[GestureFile]) -> str:
    from handplay.gestures.user_library import user_file

    if number == 0:
        return "Built in"
    return f"Your library, {file.file}" if file.file == str(user_file()) and number == 1 else file.file


def _listed(gesture: Gesture) -> dict[str, object]:
    return {
        "name": gesture.name,
        "aliases": list(gesture.aliases),
        "kind": gesture.kind,
        "about": gesture.about,
        "file": gesture.file,
        "line": gesture.line,
    }
