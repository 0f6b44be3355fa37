"""`handplay gestures list` and `show`: which gestures there are, and what one of them asks for."""

from __future__ import annotations

import json
import shutil
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from handplay.cli.gestures.libraries import NameArgument
from handplay.cli.options import GesturesOption

if TYPE_CHECKING:
    from handplay.gestures.kinds import Gesture, GestureFile
    from handplay.gestures.library import Library

_COLUMNS = 80
"""Where there is no terminal."""
_LEAST = 60
"""A narrower terminal breaks the lines itself."""
_TEXT_AT = 30
JsonOption = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]


def list_gestures(gestures: GesturesOption = None, as_json: JsonOption = False) -> None:
    """List all gestures, and what they do in the games: built-in ones, yours, and those of --gestures."""
    from handplay.cli.gestures.libraries import read_libraries
    from handplay.gestures.library import merge
    from handplay.gestures.replaced import replaced_by

    files = read_libraries(gestures)
    library = merge(files)
    if as_json:
        listed = [{**_listed(gesture), "bindings": _bound(gesture, library)} for gesture in library.gestures]
        typer.echo(json.dumps(listed, indent=1, ensure_ascii=False))
        return
    columns = shutil.get_terminal_size((_COLUMNS, 24)).columns
    known: list[Gesture] = []
    for number, file in enumerate(files):
        rows = [gesture for gesture in library.gestures if gesture.file == file.file]
        if rows:
            typer.echo(f"{'' if number == 0 else chr(10)}{_heading(file, number, files)}")
        for gesture in rows:
            for line in _lines(gesture, replaced_by(gesture, known), library, columns):
                typer.echo(line)
        known = list(merge(files[: number + 1]).gestures)


def _lines(gesture: Gesture, replaced: Gesture | None, library: Library, columns: int) -> list[str]:
    """Name, other names and kind, and beside them what it is, what it replaces and what it does in the games."""
    names = f"  {_names(gesture)}"
    words = [f"{gesture.kind}:" if gesture.about else f"{gesture.kind}.", gesture.about]
    words += [f"Replaces {_whose(replaced)}."] if replaced is not None else []
    words += [f"In {scene}: {action}." for scene, action in _bound(gesture, library).items()]
    text = " ".join(word for word in words if word)
    indent = " " * _TEXT_AT
    wrapped = textwrap.wrap(
        text, max(columns, _LEAST), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
    if len(names) + 2 > _TEXT_AT:
        return [names, *wrapped]
    return [names.ljust(_TEXT_AT) + wrapped[0][_TEXT_AT:], *wrapped[1:]]


def _bound(gesture: Gesture, library: Library) -> dict[str, str]:
    """Scene to action."""
    return {scene: rows[gesture.name] for scene, rows in library.actions.items() if gesture.name in rows}


def _whose(gesture: Gesture) -> str:
    from handplay.gestures.library import builtin_file

    return "the built-in one" if gesture.file == builtin_file().file else f"that of {gesture.file}"


def show(name: NameArgument, gestures: GesturesOption = None, as_json: JsonOption = False) -> None:
    """Show one gesture: its row as JSON and what a hand must do."""
    from handplay.cli.gestures.libraries import find_gesture, load_libraries
    from handplay.gestures.layout import laid_out
    from handplay.gestures.sentences import requirements, timing
    from handplay.gestures.writing import json_row

    library = load_libraries(gestures)
    gesture = find_gesture(library, name)
    row = json_row(gesture)
    bound = _bound(gesture, library)
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
