"""Where new gestures go, recorded or trained: into the user's library, or into a gesture file of their choice."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from handplay.gestures.kinds import Gesture
    from handplay.gestures.library_edit import Change, Draft

ENDING = ".json"


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
        """The file, or the user's library if there is none.

        Raises:
            typer.BadParameter: its name is none of a gesture file.
        """
        from handplay.gestures.user_library import user_file

        if output is None:
            return cls(user_file(), True)
        if output.suffix.lower() != ENDING:
            raise typer.BadParameter(f"{output} must end in {ENDING}: it will be a gesture file.", param_hint="'-o'")
        return cls(output.expanduser(), False)

    @property
    def option(self) -> str:
        """What a command needs on its line to know the file."""
        return "" if self.own else f" --gestures {self.path}"

    def gestures(self) -> tuple[Gesture, ...]:
        """What the file holds; nothing if there is none yet.

        Raises:
            GestureFileError: it cannot be understood.
        """
        from handplay.engine.errors import GestureFileError
        from handplay.gestures.library import check_file
        from handplay.gestures.problems import ProblemsFound

        if not os.path.lexists(self.path):
            return ()
        file, problems = check_file(self.path)
        if file is None:
            why = ProblemsFound(problems)
            raise GestureFileError(f"{self.path} is no gesture file that could be added to; it stays as it is.\n{why}")
        return file.gestures

    def holder(self, name: str) -> Gesture | None:
        """The gesture of this name or alias in the file, if any.

        Raises:
            GestureFileError: the file cannot be understood.
        """
        return next((one for one in self.gestures() if name in (one.name, *one.aliases)), None)

    def check_free(self, names: Iterable[str]) -> None:
        """Refuses names that gestures of the file have.

        Raises:
            GestureFileError: some are taken, or the file cannot be understood.
        """
        from handplay.engine.errors import GestureFileError

        held = {name for gesture in self.gestures() for name in (gesture.name, *gesture.aliases)}
        taken = [f"'{name}'" for name in names if name in held]
        if taken:
            what = f"gestures {', '.join(taken[:-1])} and {taken[-1]}" if len(taken) > 1 else f"a gesture {taken[0]}"
            them = "them" if len(taken) > 1 else "it"
            raise GestureFileError(
                f"{self.path} has {what} already. Name another file, or add --replace to replace {them}."
            )

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

    def text_with(self, gestures: Sequence[Gesture]) -> str:
        """The file as `write` would leave it.

        Raises:
            GestureFileError: the file cannot be understood, or would not be understood any more.
        """
        from handplay.gestures.library_edit import Draft
        from handplay.gestures.user_library import read_gesture_file

        draft = Draft(self.path, read_gesture_file(self.path) if os.path.lexists(self.path) else None)
        _add(draft, gestures, replacing=True)
        return draft.text()

    def write(self, gestures: Sequence[Gesture], *, replacing: bool = True) -> Change:
        """Adds gestures, in place of those of their names; the rest of the file stays as its author laid it out.

        Args:
            replacing: False refuses names that are taken.

        Raises:
            GestureFileError: the file cannot be understood, or a name is taken.
            OutputError: it cannot be written.
        """
        from handplay.gestures.user_library import change_file

        return change_file(self.path, lambda draft: _add(draft, gestures, replacing=replacing))


def _add(draft: Draft, gestures: Sequence[Gesture], *, replacing: bool) -> Change:
    from handplay.gestures.writing import file_text

    names = f"'{gestures[0].name}'" if len(gestures) == 1 else f"{len(gestures)} gestures"
    return draft.add(file_text(gestures).encode(), f"what was learned of {names}", replacing=replacing, actions=None)


def name_problem(name: str) -> str:
    """What is wrong with a gesture's name, empty if nothing is."""
    import json

    from handplay.gestures.library import check_bytes

    row = {"name": name, "fingers": {"index": "extended"}}
    _, problems = check_bytes(json.dumps({"version": 1, "gestures": [row]}).encode(), name, known=[])
    return problems[0].reason if problems else ""
