"""Sixty pictures a second without burning a core: sleep to the next deadline, and tidy memory in the spare time."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable

FPS = 60

_SWITCH_S = 0.001
"""A thread that computes in Python gives way after this time (Python's own 5 ms is a third of a picture)."""

_YOUNG_EVERY_S = 1.0
_OLD_EVERY_S = 30.0
_YOUNG_SPARE_S = 0.002
_OLD_SPARE_S = 0.008
_OLD_OVERDUE_S = 120.0


class Pacer:
    """Waits for the next picture's moment.

    A picture that is late moves the rhythm; it is not made up for by a burst of quick ones.

    Args:
        fps: pictures a second.
        clock, sleep: time, for tests.
    """

    def __init__(
        self,
        fps: float = FPS,
        clock: Callable[[], float] = time.perf_counter,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._period_s = 1 / fps
        self._clock = clock
        self._sleep = sleep
        self._next_s: float | None = None

    @property
    def spare_s(self) -> float:
        """Time left until the next picture's moment; negative when late."""
        return 0.0 if self._next_s is None else self._next_s - self._clock()

    def wait(self) -> None:
        """Sleeps until the next picture is due."""
        now_s = self._clock()
        if self._next_s is None:
            self._next_s = now_s
        if self._next_s > now_s:
            self._sleep(self._next_s - now_s)
            self._next_s += self._period_s
        else:
            # Late by less than a fifth of a period keeps the beat; more than that sets a new one.
            late = now_s - self._next_s
            self._next_s = (self._next_s if late < self._period_s / 5 else now_s) + self._period_s


class Housekeeping:
    """Garbage collection in the gaps between pictures instead of in the middle of one; a context manager.

    What exists at the start is frozen: it is never looked at again. Young objects are collected about once a second and
    all others every half minute, both when there is time to spare, and at the latest after two minutes: cycles never
    pile up for long.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._young_s = self._old_s = clock()
        self._was_enabled = False
        self._switch_s = sys.getswitchinterval()

    def __enter__(self) -> Housekeeping:
        self._was_enabled = gc.isenabled()
        self._switch_s = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_S)
        gc.disable()
        self.settle()
        return self

    def __exit__(self, *_: object) -> None:
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()
        sys.setswitchinterval(self._switch_s)

    def settle(self) -> None:
        """Freezes what exists now. Call it when something large has come to stay."""
        gc.collect()
        gc.freeze()
        self._young_s = self._old_s = self._clock()

    def tidy(self, spare_s: float) -> None:
        """Collects if it is time to and there is time for it."""
        now_s = self._clock()
        old_age_s = now_s - self._old_s
        if old_age_s > _OLD_OVERDUE_S or (old_age_s > _OLD_EVERY_S and spare_s > _OLD_SPARE_S):
            gc.collect(2)
            self._old_s = self._young_s = now_s
        elif now_s - self._young_s > _YOUNG_EVERY_S and spare_s > _YOUNG_SPARE_S:
            gc.collect(1)
            self._young_s = now_s
