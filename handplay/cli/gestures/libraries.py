"""Which gestures a command works with: the built-in ones, the user's library, and the files that were named."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handplay.gestures.kinds import Gesture, GestureFile
    from handplay.gestures.library import Library

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A gesture's name or alias.")]


def known_actions() -> dict[str, tuple[str, ...]]:
    """What gestures can do in each game: scene to actions, as far as the games publish `ACTIONS`."""
    from handplay import games

    packages = [import_module(f"{games.__name__}.{found.name}") for found in pkgutil.iter_modules(games.__path__)]
    return {
        package.__name__.rpartition(".")[2]: tuple(package.ACTIONS)
        for package in packages
        if hasattr(package, "ACTIONS")
    }


def read_libraries(paths: Iterable[Path] | None) -> list[GestureFile]:
    """The built-in file, the user's library if there is one, and these files.

    Raises:
        GestureFileError: one of them is wrong, with all that is wrong in it.
    """
    from handplay.gestures.user_library import read_all

    return read_all(*(paths or ()), actions=known_actions())


def load_libraries(paths: Iterable[Path] | None) -> Library:
    """The same, merged."""
    from handplay.gestures.library import merge

    return merge(read_libraries(paths))


def find_gesture(library: Library, name: str) -> Gesture:
    """The gesture of a name or alias.

    Raises:
        GestureFileError: there is none; names one that is near.
    """
    from handplay.engine.errors import GestureFileError
    from handplay.gestures.library import names_of
    from handplay.gestures.problems import guess

    found = library.find(name)
    if found is None:
        names = [known for gesture in library.gestures for known in names_of(gesture)]
        hint = guess(name, names) or "; 'handplay gestures list' shows all"
        raise GestureFileError(f"no gesture has the name '{name[:60]}'{hint}")
    return found
