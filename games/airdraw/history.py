"""Undo and redo: the steps that were taken, within bounds."""

from __future__ import annotations

from collections import deque

from handplay.games.airdraw.document import Edit

MAX_STEPS = 100_000
MAX_HELD = 1_000_000
"""Most strokes that the steps hold on to together; beyond, the oldest steps are let go."""


class History:
    """Steps back and forth.

    Args:
        max_steps: how many are kept.
        max_held: how many strokes they may hold on to.
    """

    def __init__(self, max_steps: int = MAX_STEPS, max_held: int = MAX_HELD) -> None:
        self._max_steps = max_steps
        self._max_held = max_held
        self._done: deque[Edit] = deque()
        self._undone: list[Edit] = []
        self._held = 0

    def push(self, edit: Edit) -> None:
        """A step was taken; what had been undone cannot be redone any more."""
        self._held -= sum(_weight(gone) for gone in self._undone)
        self._undone.clear()
        self._done.append(edit)
        self._held += _weight(edit)
        while len(self._done) > self._max_steps or (self._held > self._max_held and len(self._done) > 1):
            self._held -= _weight(self._done.popleft())

    def undo(self) -> Edit | None:
        """The step to apply in order to go back; None at the beginning."""
        if not self._done:
            return None
        edit = self._done.pop()
        self._undone.append(edit)
        return edit.opposite

    def redo(self) -> Edit | None:
        """The step to apply in order to go forth again; None if nothing was undone."""
        if not self._undone:
            return None
        edit = self._undone.pop()
        self._done.append(edit)
        return edit

    def clear(self) -> None:
        """Forgets all steps."""
        self._done.clear()
        self._undone.clear()
        self._held = 0

    @property
    def can_undo(self) -> bool:
        """True if there is a step to go back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """True if there is a step to go forth."""
        return bool(self._undone)


def _weight(edit: Edit) -> int:
    return 1 + len(edit.removed) + len(edit.added)
