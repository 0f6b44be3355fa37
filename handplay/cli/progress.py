"""How far long work is: a bar on a terminal, plain lines elsewhere. On stderr, so that pipes stay clean."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LINE_EVERY_S = 5.0


class ProgressReport:
    """Tells how much of the work is done; a context manager.

    Args:
        label: what is being done.
        total: all of it, None if not known or endless.
        unit: "frames", or "bytes" to have megabytes shown.
        stream: where to; a terminal gets a bar.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        label: str,
        total: int | None,
        *,
        unit: str = "frames",
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label, self._total, self._unit = label, total, unit
        self._stream = stream or sys.stderr
        self._clock = clock
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._start_s = self._told_s = clock()

    def __enter__(self) -> ProgressReport:
        if self._stream.isatty():
            self._bar = _bar(self._stream, self._unit)
            self._task = self._bar.add_task(self._label, total=self._total)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def update(self, done: int, total: int | None = None) -> None:
        """So much is done; a total that has become known by now replaces the first."""
        self._total = total if total is not None else self._total
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=self._total)
            return
        now_s = self._clock()
        if now_s - self._told_s >= _LINE_EVERY_S:
            self._told_s = now_s
            print(self._line(done, now_s - self._start_s), file=self._stream, flush=True)

    def _line(self, done: int, seconds: float) -> str:
        share = f" ({done / self._total:.0%})" if self._total else ""
        if self._unit == "bytes":
            of = f" of {self._total / 1e6:.1f}" if self._total else ""
            return f"{self._label}: {done / 1e6:.1f}{of} MB{share}"
        of = f" of {self._total}" if self._total else ""
        return f"{self._label}: {done}{of} {self._unit}{share}{self._pace(done, seconds)}"

    def _pace(self, done: int, seconds: float) -> str:
        """How many a second; if it is less than one, how long the rest will take, as far as that is known."""
        rate = done / max(seconds, 1e-9)
        if rate >= 1:
            return f", {rate:.0f} a second"
        if not done or not self._total or done >= self._total:
            return ""
        return f", about {(self._total - done) / rate:.0f} s to go"


def _bar(stream: TextIO, unit: str) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    amount = (DownloadColumn(), TransferSpeedColumn()) if unit == "bytes" else (MofNCompleteColumn(), TextColumn(unit))
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        *amount,
        TimeRemainingColumn(),
        console=Console(file=stream),
        transient=True,
    )
