"""What a detector asks of a movement, test by test, for those who want to hear it.

Every comparison that decides goes through a `Judge`, which says yes or no. The usual one tells nobody; a `Listener`
keeps the tests of one kind of movement as well, so that what is explained is what decides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

PALMS, SPEED, SECONDS = "palm lengths", "palm lengths a second", "s"
SHARE, TURN, GROWTH = "%", "degrees", "% larger"
"""Of shares 0..1, of radians, and of logarithms of a palm's size."""
STAYS_S = 1.5
"""A movement is over before anybody could read what was wrong with it."""


class Test(NamedTuple):
    """One thing that a detector asks for.

    Attributes:
        text: what.
        ok: whether it was so.
        measured, unit: what was measured, in a person's units; None if it is no number.
        low, high: the range that is wanted, None where it has no end.
        note: what else there is to say.
    """

    text: str
    ok: bool
    measured: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""


class Judge:
    """Compares, and tells nobody."""

    __slots__ = ()

    def of(self, *words: str) -> Judge:
        """The judge for a detector of these kinds of movement."""
        return self

    def begin(self, words: tuple[str, ...], time_s: float) -> None:
        """A movement of one of these kinds is looked for, or looked at, now."""

    def only(self, word: str, text: str = "", note: str = "") -> None:
        """Of these kinds it can be this one alone; `text` is what the others would have needed, "{}" their name."""

    def start(self, time_s: float) -> None:
        """When the movement began."""

    def least(self, text: str, value: float, low: float, unit: str = "") -> bool:
        """Whether a value is large enough."""
        return value >= low

    def most(self, text: str, value: float, high: float, unit: str = "") -> bool:
        """Whether a value is small enough."""
        return value <= high

    def between(self, text: str, value: float, ends: tuple[float, float], unit: str = "") -> bool:
        """Whether a value lies in a range."""
        return ends[0] <= value <= ends[1]

    def true(self, text: str, ok: bool, note: str = "") -> bool:
        """Whether something is so; `note` says what to do if it is not."""
        return ok


SILENT = Judge()


@dataclass(slots=True)
class Attempt:
    """One movement that was looked at.

    Attributes:
        time_s: when it was looked at.
        start_s: when it began; not a number as long as that is not known.
        tests: by text, in the order of asking.
    """

    time_s: float = -math.inf
    start_s: float = math.nan
    tests: dict[str, Test] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, bool, int, float]:
        """How far it came: detectors ask for the plainest things first. One that says what is missing says more."""
        missed = [test for test in self.tests.values() if not test.ok]
        nearness = _nearness(missed[0]) if missed else 1.0
        return len(self.tests) - len(missed), bool(missed), -len(missed), nearness


class Listener(Judge):
    """Keeps the tests of one kind of movement.

    Args:
        word: the kind: a path word, "samples" or a measure of two hands.
    """

    __slots__ = ("_best", "_now", "_on", "word")

    def __init__(self, word: str) -> None:
        self.word = word
        self._best, self._now = Attempt(), Attempt()
        self._on = False

    def of(self, *words: str) -> Judge:
        return self if self.word in words else SILENT

    def attempt(self, time_s: float) -> Attempt | None:
        """Of the attempts of the last moments the one that came farthest; None if nothing was looked at."""
        best = self._better()
        return best if best.tests and 0 <= time_s - best.time_s <= STAYS_S else None

    def begin(self, words: tuple[str, ...], time_s: float) -> None:
        self._on = self.word in words
        if self._on:
            self._best, self._now = self._better(), Attempt(time_s)

    def only(self, word: str, text: str = "", note: str = "") -> None:
        if self._on and text:
            self.true(text.format(self.word), word == self.word, note)
        self._on = self._on and word == self.word

    def start(self, time_s: float) -> None:
        if self._on:
            self._now.start_s = time_s

    def least(self, text: str, value: float, low: float, unit: str = "") -> bool:
        return self._told(text, value >= low, value, unit, low, None)

    def most(self, text: str, value: float, high: float, unit: str = "") -> bool:
        return self._told(text, value <= high, value, unit, None, high)

    def between(self, text: str, value: float, ends: tuple[float, float], unit: str = "") -> bool:
        return self._told(text, ends[0] <= value <= ends[1], value, unit, *ends)

    def true(self, text: str, ok: bool, note: str = "") -> bool:
        if self._on:
            self._now.tests[text] = Test(text, ok, note="" if ok else note)
        return ok

    def _told(self, text: str, ok: bool, value: float, unit: str, low: float | None, high: float | None) -> bool:
        if self._on:
            measured, least, most = (None if one is None else _shown(one, unit) for one in (value, low, high))
            self._now.tests[text] = Test(text, ok, measured, unit, least, most)
        return ok

    def _better(self) -> Attempt:
        """The one that came farther; a newer one counts more than one that nobody remembers."""
        old, new = self._best, self._now
        if not new.tests:
            return old
        gone = new.time_s - old.time_s > STAYS_S or new.time_s < old.time_s
        return new if gone or new.rank >= old.rank else old


def _nearness(test: Test) -> float:
    """How near a test was to being fulfilled, 0..1."""
    if test.measured is None or test.ok:
        return 0.0
    if test.low is not None and test.measured < test.low:
        return max(0.0, test.measured / test.low) if test.low > 0 else 0.0
    return test.high / test.measured if test.high is not None and test.measured > 0 else 0.0


def _shown(value: float, unit: str) -> float:
    if unit.startswith(SHARE) and not unit.startswith(GROWTH):
        return 100.0 * value
    if unit == TURN:
        return math.degrees(value)
    return 100.0 * (math.exp(value) - 1.0) if unit.startswith(GROWTH) else value
