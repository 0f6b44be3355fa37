"""A large drawing that is being opened behind the pictures: a part with each, and a word when it is there."""

from __future__ import annotations

import time

from handplay.games.airdraw.budget import Budget
from handplay.games.airdraw.game import AirDrawing
from handplay.games.airdraw.scene_start import told

_SLICE_S, _SLICE_DRAWING_S = 0.007, 0.003
"""For each picture, at most; and while somebody draws."""


class Opener:
    """Goes on with what is being opened.

    Args:
        game: whose drawing it is.
    """

    def __init__(self, game: AirDrawing) -> None:
        self._game = game
        opening = game.drawing.opening
        self._note: str | None = None if opening is None else opening.note
        self._begun = False
        self._budget = Budget(_SLICE_DRAWING_S, _SLICE_S)

    @property
    def share(self) -> float | None:
        """0..1: how much has been read; None when there is nothing to open any more."""
        opening = self._game.drawing.opening
        return None if opening is None else opening.share

    def go_on(self) -> None:
        """Once for each picture; the first one waits for nothing.

        Raises:
            DrawingError: what is opened is not what it should be.
        """
        if self._note is None:
            return
        if not self._begun:
            self._begun = True
            return
        drawing = self._game.drawing
        # Also when nothing is left to read: what could not be opened is told here.
        budget_s = self._budget.picture(time.perf_counter())
        drawing.go_on(_SLICE_DRAWING_S if self._game.working else budget_s)
        if drawing.opening is None:
            self._game.notes.append(told(self._note, drawing))
            self._note = None
