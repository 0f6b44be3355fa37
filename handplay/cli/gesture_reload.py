"""Gesture files that are taken anew while a game runs: the user's library and the files of `--gestures`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handplay.engine.errors import HandplayError
    from handplay.engine.stage.reloading import Reloading
    from handplay.gestures.library import Library


def reload_gestures(paths: Sequence[Path], apply: Callable[[Library], None]) -> Reloading[Library]:
    """Watches the user's library and these files.

    Args:
        apply: puts a new library into force.
    """
    from handplay.cli.gestures.libraries import load_libraries
    from handplay.engine.live.file_watch import FileWatch
    from handplay.engine.stage.reloading import Reloading
    from handplay.gestures.user_library import user_file

    def apply_and_tell(library: Library) -> str:
        apply(library)
        return f"Gestures reloaded: {_own(library) or 'none'} of your own"

    watch = FileWatch([user_file(), *paths], lambda: load_libraries(paths))
    return Reloading(watch, apply_and_tell, explain, what="gestures")


def explain(error: HandplayError) -> str:
    """The first thing that is wrong, in words for a player: file, line, reason."""
    from handplay.gestures.problems import ProblemsFound

    if not isinstance(error, ProblemsFound):
        return str(error)
    first = error.problems[0]
    place = f"{Path(first.file).name}, line {first.line}" if first.line else Path(first.file).name
    return f"{place}: {first.reason}"


def _own(library: Library) -> int:
    from handplay.gestures.library import builtin_file

    return sum(gesture.file != builtin_file().file for gesture in library.gestures)
