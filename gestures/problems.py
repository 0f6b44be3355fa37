"""What is wrong in a gesture file, and where: one line for a person."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handplay.engine.errors import GestureFileError

_TOLD = 10
"""Problems told in one error; more would hide the first."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a gesture file.

    Attributes:
        file, line, path: where ("gestures[0].fingers.index"; empty for the whole file). Line 0: nowhere in particular,
            as of a file that is not there.
        reason: what, with the offending value, the legal ones and a guess.
    """

    file: str
    line: int
    path: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}, {self.path}: {self.reason}" if self.path else f"{place}: {self.reason}"


def guess(word: str, legal: Iterable[str]) -> str:
    """ "; did you mean 'index'?", or nothing if no legal word is near."""
    word, legal = word.lower()[:60], sorted(legal)
    meant = _MEANT.get(word, "")
    near = [meant] if meant in legal else difflib.get_close_matches(word, legal, n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


_MEANT = {
    **dict.fromkeys(("little", "small", "pinkie", "fifth"), "pinky"),
    **dict.fromkeys(("forefinger", "pointer", "first"), "index"),
    "long": "middle",
    **dict.fromkeys(("straight", "open", "up", "out", "stretched"), "extended"),
    **dict.fromkeys(("bent", "hooked"), "half"),
    **dict.fromkeys(("closed", "folded", "down", "in", "rolled", "fist"), "curled"),
    **dict.fromkeys(("front", "camera"), "toward"),
    "back": "away",
}
"""Other words for what a gesture file calls otherwise; taken where they are no legal word themselves."""


class ProblemsFound(GestureFileError):
    """A gesture file that was not taken. Its message tells the first problems, a line each.

    Attributes:
        problems: all of them, at least one.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        lines = [str(problem) for problem in problems[:_TOLD]]
        if len(problems) > _TOLD:
            lines.append(f"and {len(problems) - _TOLD} more")
        super().__init__("\n".join(lines))
        self.problems = tuple(problems)
