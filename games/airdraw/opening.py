"""A drawing that is being opened: its strokes are read in slices of time, behind the first picture.

    begun: the sheet is known -> go_on, go_on, ... -> done: `document` is whole, and `lines` are its journal

Nothing of it is in the drawing before it is done, so that a drawing is never taken for a whole one that is not. Strokes
that are drawn meanwhile come on top of it then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from handplay.games.airdraw.document import Document, Sheet

FIRST_SLICE_S = 0.08
"""Taken at once, before there is a window: drawings of up to about a thousand strokes are whole then."""


@dataclass(slots=True, eq=False)
class Result:
    """What an opening ends in. lines: the journal's, one or more a stroke, in drawing order."""

    document: Document
    lines: list[bytes]


Work = Iterator[float | Result]
"""Yields the share 0..1 that is done, and last of all the result."""


@dataclass(slots=True, eq=False)
class Opening:
    """Work on a drawing that is not all there yet.

    Attributes:
        sheet: layers, canvas and background, to be shown meanwhile.
        note: a sentence about it, for when it is done.
        share: 0..1.
        from_file: it is read from a file that stays: strokes drawn meanwhile may be in a journal of their own. What is
            read from a journal must be whole first, or a program that is killed would leave two drawings behind.
        result: what came of it; None before it is done.
        settle: called once, when the drawing has taken the result (True), or when it could not be kept or was given up.
    """

    work: Work
    sheet: Sheet = field(default_factory=Sheet)
    note: str = ""
    share: float = 0.0
    from_file: bool = False
    result: Result | None = None
    settle: Callable[[bool], None] = lambda kept: None

    def go_on(self, seconds: float, clock: Callable[[], float] = time.perf_counter) -> bool:
        """Works for about so long, infinity for all of it; True when it is done.

        Raises:
            DrawingError: something in it is not what it should be: nothing of it is taken.
        """
        deadline = clock() + seconds
        while self.result is None:
            made = next(self.work)
            if isinstance(made, Result):
                self.result, self.share = made, 1.0
            else:
                self.share = made
                if clock() > deadline:
                    break
        return self.result is not None

    def finish(self) -> Document:
        """The whole drawing, however long it takes.

        Raises:
            DrawingError: as `go_on`.
        """
        self.go_on(float("inf"))
        assert self.result is not None  # go_on without an end
        return self.result.document


def opened(document: Document, note: str = "") -> Opening:
    """An opening that has nothing to do any more."""
    opening = Opening(iter(()), document.sheet, note, 1.0)
    opening.result = Result(document, [])
    return opening
