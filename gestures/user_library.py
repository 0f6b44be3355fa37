"""The user's own library: `gestures.json` in the folder of their settings, read after the built-in file in every game.

A file that cannot be understood is never written to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import TypeVar

from handplay.engine import atomic
from handplay.engine.errors import GestureFileError, OutputError
from handplay.engine.folders import config_folder
from handplay.gestures.bounded import read_bounded, why
from handplay.gestures.jsonfile import MAX_BYTES
from handplay.gestures.kinds import GestureFile
from handplay.gestures.library import Actions, Library, builtin_file, check_bytes, merge, read_files
from handplay.gestures.library_edit import Change, Draft
from handplay.gestures.sole_writer import sole_writer

Made = TypeVar("Made")
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
    rows = [(read_gesture_file(Path(file)), str(file)) for file in paths]

    def change(draft: Draft) -> tuple[Change, ...]:
        return tuple(draft.add(data, name, replacing=replacing, actions=actions) for data, name in rows)

    change(Draft(path, _content(path)))  # what is wrong leaves no folder behind
    _make_folder(path)
    return change_file(path, change)


def remove(names: Sequence[str]) -> Change:
    """Takes gestures out of the user's library, by name or alias; all of them or none.

    Raises:
        GestureFileError: a name is none of the user's own, or the library would be wrong without them.
        OutputError: the library cannot be written.
    """
    return change_file(user_file(), lambda draft: draft.remove(names))


def change_file(path: Path, change: Callable[[Draft], Made]) -> Made:
    """Changes a gesture file; it is read, changed and written by one program at a time.

    Args:
        path: of the file; it may not be there yet.
        change: what is to be done, and what to tell of it.

    Raises:
        GestureFileError: the file is wrong, or would be.
        OutputError: it cannot be written.
    """
    with sole_writer(path):
        before = _content(path)
        draft = Draft(path, before)
        made = change(draft)
        text = draft.text()
        file, problems = check_bytes(text.encode(), str(path), known=[builtin_file()])
        if file is None:
            raise GestureFileError(f"{path} would be wrong afterwards, and is left as it was: {problems[0].reason}")
        # An editor keeps to no lock.
        if before != _content(path):
            raise OutputError(f"Cannot write {path}: another program has just changed it. Try again.")
        atomic.write_text(path, text)
    return made


def _content(path: Path) -> bytes | None:
    return read_gesture_file(path) if os.path.lexists(path) else None


def read_gesture_file(path: Path) -> bytes:
    """A file's content, no more of it than a gesture file may have.

    Raises:
        GestureFileError: it cannot be read.
    """
    try:
        return read_bounded(path, MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise GestureFileError(f"{path}: the gesture file cannot be read: {why(error)}") from None


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise atomic.write_error(path, error) from error
