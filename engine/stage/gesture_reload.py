"""Gesture files that are taken anew while a scene runs: the user's library and files of the scene's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handplay.engine.stage.reloading import Reloading

if TYPE_CHECKING:
    from handplay.engine.errors import HandplayError
    from handplay.engine.live.file_watch import FileWatch
    from handplay.gestures.library import Library


def watch_gestures(paths: Sequence[Path], load: Callable[[], Library]) -> FileWatch[Library]:
    """A watch of the user's library and these files, not yet started. Made before they are read, it misses nothing.

    Args:
        load: reads all of them.
    """
    from handplay.engine.live.file_watch import FileWatch
    from handplay.gestures.user_library import user_file

    return FileWatch([user_file(), *paths], load)


def reload_gestures(watch: FileWatch[Library], apply: Callable[[Library], None]) -> Reloading[Library]:
    """Takes what the watch finds.

    Args:
        apply: puts a new library into force.
    """

    def apply_and_tell(library: Library) -> str:
        apply(library)
        return f"Gestures reloaded: {_own(library) or 'none'} of your own"

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
