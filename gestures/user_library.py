"""The user's own library: `gestures.json` in the folder of their settings, read after the built-in file in every game.

A file that cannot be understood is never written to.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path

from handplay.engine import atomic
from handplay.engine.errors import GestureFileError, OutputError
from handplay.engine.folders import config_folder
from handplay.gestures.bounded import read_bounded, why
from handplay.gestures.jsonfile import MAX_BYTES
from handplay.gestures.kinds import GestureFile
from handplay.gestures.library import Actions, Library, builtin_file, check_bytes, merge, read_files
from handplay.gestures.library_edit import Change, Draft

NAME = "gestures.json"


def user_file() -> Path:
    """Where the user's library is, or would be."""
    return config_folder() / NAME


def user_files() -> tuple[Path, ...]:
    """The user's library, if there is one."""
    path = user_file()
    return (path,) if os.path.lexists(path) else ()


def read_all(*paths: str | PathLike[str], actions: Actions | None = None) -> list[GestureFile]:
    """The built-in file, the user's library, and these, in this order.

    Raises:
        GestureFileError: one of them is wrong; nothing is taken.
    """
    return read_files(*user_files(), *paths, actions=actions)


def load_all(*paths: str | PathLike[str], actions: Actions | None = None) -> Library:
    """The same, merged: what a game plays with."""
    return merge(read_all(*paths, actions=actions))


def add_files(
    paths: Iterable[str | PathLike[str]], *, replacing: bool = False, actions: Actions | None = None
) -> tuple[Change, ...]:
    """Takes the gestures and bindings of files into the user's library; all of them or none.

    Args:
        replacing: lets a gesture take the place of one of the user's own; else that is an error.
        actions: what the scenes know, as for `load_library`.

    Returns:
        what each file changed.

    Raises:
        GestureFileError: a file is wrong, the library is wrong, or a name is taken.
        OutputError: the library cannot be written.
    """
    path = user_file()
    before = _read(path)
    draft = Draft(path, before)
    changes = []
    for file in paths:
        data = _read(Path(file), missing_ok=False)
        changes.append(draft.add(data or b"", str(file), replacing=replacing, actions=actions))
    _write(path, draft, before)
    return tuple(changes)


def remove(names: Sequence[str]) -> Change:
    """Takes gestures out of the user's library, by name or alias; all of them or none.

    Raises:
        GestureFileError: a name is none of the user's own, or the library would be wrong without them.
        OutputError: the library cannot be written.
    """
    path = user_file()
    before = _read(path)
    draft = Draft(path, before)
    change = draft.remove(names)
    _write(path, draft, before)
    return change


def _write(path: Path, draft: Draft, before: bytes | None) -> None:
    text = draft.text()
    file, problems = check_bytes(text.encode(), str(path), known=[builtin_file()])
    if file is None:
        raise GestureFileError(f"{path} would be wrong afterwards, and is left as it was: {problems[0].reason}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise atomic.write_error(path, error) from error
    if _read(path) != before:
        raise OutputError(f"Cannot write {path}: another program has just changed it. Try again.")
    atomic.write_text(path, text)


def _read(path: Path, *, missing_ok: bool = True) -> bytes | None:
    """A file's content; None if there is none."""
    if missing_ok and not os.path.lexists(path):
        return None
    try:
        return read_bounded(path, MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise GestureFileError(f"{path}: the gesture file cannot be read: {why(error)}") from None
