"""`handplay gestures check`: what is wrong in gesture files, what may surprise, and what they replace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handplay.gestures.kinds import GestureFile
    from handplay.gestures.problems import Problem


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", readable=False, help="Gesture files (JSON).")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """Check gesture files: errors with file, line and a guess (exit code 1), and gestures that overlap (a warning).

    A gesture that replaces another one of its name is told as a note. Each file is checked beside the built-in
    gestures and your own library.
    """
    rows: list[dict[str, object]] = []
    failed = False
    for path in files:
        file, problems, remarks, notes = _look_at(path)
        failed |= file is None
        for level, found in (("error", problems), ("warning", remarks), ("note", notes)):
            rows += [_row(level, one) for one in found]
        if as_json:
            continue
        for problem in problems:
            typer.echo(str(problem), err=True)
        for remark in remarks:
            typer.echo(f"warning: {remark}", err=True)
        for note in notes:
            typer.echo(f"note: {note}", err=True)
        if file is not None:
            typer.echo(f"{path}: {_sentence(file, len(remarks), len(notes))}")
    if as_json:
        typer.echo(json.dumps(rows, indent=1))
    if failed:
        raise typer.Exit(1)


def _look_at(path: Path) -> tuple[GestureFile | None, list[Problem], list[Problem], list[Problem]]:
    """The file, what is wrong with it, what may surprise, and what it replaces."""
    from handplay.cli.gestures.libraries import known_actions
    from handplay.gestures.library import builtin_file, check_file, merge
    from handplay.gestures.overlap import warnings
    from handplay.gestures.replaced import replacements
    from handplay.gestures.scenes import unknown_scenes
    from handplay.gestures.user_library import user_files

    known = [builtin_file()]
    actions = known_actions()
    for own in user_files():
        if _same(own, path):
            continue
        library, _ = check_file(own, known=known, actions=actions)
        known += [] if library is None else [library]  # what is wrong with it is told when it is used
    file, problems = check_file(path, known=known, actions=actions)
    if file is None:
        return None, problems, [], []
    remarks = [*warnings(merge([*known, file]), file.file), *unknown_scenes(file, actions)]
    return file, [], remarks, list(replacements(file, known))


def _same(a: Path, b: Path) -> bool:
    try:
        return a.samefile(b)
    except OSError:
        return False


def _row(level: str, problem: Problem) -> dict[str, object]:
    return {
        "level": level,
        "file": problem.file,
        "line": problem.line,
        "path": problem.path,
        "reason": problem.reason,
    }


def _sentence(file: GestureFile, remarks: int, notes: int) -> str:
    from handplay.cli.words import count

    parts = [count(len(file.gestures), "gesture")]
    if file.bindings:
        parts.append(count(len(file.bindings), "binding"))
    if remarks:
        parts.append(count(remarks, "warning"))
    if notes:
        parts.append(count(notes, "note"))
    return f"good, {', '.join(parts)}"
