"""What gestures mean in a scene: bindings that follow the library, and scenes that no game here has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from handplay.gestures.jsonfile import shown
from handplay.gestures.kinds import GestureFile
from handplay.gestures.library import Actions
from handplay.gestures.problems import Problem, guess


class LiveBindings(Mapping[str, str]):
    """Gesture name to action of one scene, which stays the same object while what it holds may change.

    Args:
        rows: the bindings to begin with.
    """

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._rows: Mapping[str, str] = MappingProxyType(dict(rows))

    def replace(self, rows: Mapping[str, str]) -> None:
        """Holds these from now on."""
        self._rows = MappingProxyType(dict(rows))

    def __getitem__(self, gesture: str) -> str:
        return self._rows[gesture]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def unknown_scenes(file: GestureFile, actions: Actions) -> list[Problem]:
    """A word about each scene that is none of `actions`: it may be a program of the user's own, or misspelt."""
    told: dict[str, Problem] = {}
    for binding in file.bindings:
        if binding.scene not in actions and binding.scene not in told:
            path = binding.path.rpartition(".")[0]
            reason = f"{shown(binding.scene)} is no game of handplay{guess(binding.scene, actions)}"
            told[binding.scene] = Problem(file.file, binding.line, path, reason)
    return list(told.values())
