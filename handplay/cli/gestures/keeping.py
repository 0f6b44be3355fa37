"""Where a recorded gesture goes: into the user's library, or into a gesture file of their choice."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handplay.gestures.kinds import Gesture


@dataclass(slots=True)
class Target:
    """A gesture file to write to.

    Attributes:
        path: of the file; it may not be there yet.
        own: True for the user's library, which every game reads by itself.
    """

    path: Path
    own: bool

    @classmethod
    def of(cls, output: Path | None) -> Target:
        """The file, or the user's library if there is none."""
        from handplay.gestures.user_library import user_file

        return cls(user_file(), True) if output is None else cls(output.expanduser(), False)

    @property
    def option(self) -> str:
        """What a command needs on its line to know the file."""
        return "" if self.own else f" --gestures {self.path}"

    def holder(self, name: str) -> Gesture | None:
        """The gesture of this name or alias in the file, if any.

        Raises:
            GestureFileError: the file cannot be understood.
        """
        from handplay.gestures.library import check_file
        from handplay.gestures.problems import ProblemsFound

        if not os.path.lexists(self.path):
            return None
        file, problems = check_file(self.path)
        if file is None:
            raise ProblemsFound(problems)
        return next((one for one in file.gestures if name in (one.name, *one.aliases)), None)

    def check_writable(self) -> None:
        """Tells of a place that cannot be written to before the recording, not after it.

        Raises:
            OutputError: it cannot be written to.
        """
        from handplay.engine.atomic import PendingFile, write_error

        try:
            if self.own:
                self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_error(self.path, error) from error
        PendingFile(self.path).discard()

    def write(self, gesture: Gesture) -> None:
        """Adds the gesture, in place of one of its name; the rest of the file stays as its author laid it out.

        Raises:
            GestureFileError: the file cannot be understood.
            OutputError: it cannot be written.
        """
        from handplay.gestures.user_library import change_file
        from handplay.gestures.writing import file_text

        data, name = file_text([gesture]).encode(), f"the recording of '{gesture.name}'"
        change_file(self.path, lambda draft: draft.add(data, name, replacing=True, actions=None))


def name_problem(name: str) -> str:
    """What is wrong with a gesture's name, empty if nothing is."""
    import json

    from handplay.gestures.library import check_bytes

    row = {"name": name, "fingers": {"index": "extended"}}
    _, problems = check_bytes(json.dumps({"version": 1, "gestures": [row]}).encode(), name, known=[])
    return problems[0].reason if problems else ""
