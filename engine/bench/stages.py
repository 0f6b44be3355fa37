"""Clocks round the stages of a frame, put there from outside and taken away again."""

from __future__ import annotations

import functools
import importlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

STAGES = ("capture", "search", "crop", "keypoints", "association", "filter", "gestures", "events")
"""In the order in which a frame passes through them."""

_PLACES: tuple[tuple[str, str, str, str], ...] = (
    ("handplay.engine.tracking.tracker", "HandTracker", "track", "association"),
    ("handplay.engine.tracking.search", "SearchPlan", "watch", "search"),
    ("handplay.engine.tracking.search", "SearchPlan", "choose", "search"),
    ("handplay.engine.tracking.palm", "PalmDetector", "detect", "search"),
    ("handplay.engine.tracking.keypoints", "KeypointModel", "look", "keypoints"),
    ("handplay.engine.tracking.keypoints", "", "cut", "crop"),
    ("handplay.engine.tracking.smoothing", "HandSmoother", "__call__", "filter"),
    ("handplay.gestures.recognizer", "Recognizer", "update", "gestures"),
    ("handplay.engine.events", "EventPump", "feed", "events"),
)
"""Module, class (empty for a function of the module), name, and the stage its time belongs to. What is called inside
another stage counts for the inner one alone: what is left of `HandTracker.track` is the telling apart of hands."""


@dataclass(slots=True)
class StageClock:
    """Adds up the time of each stage, frame by frame; of one thread.

    Attributes:
        wall_ms, cpu_ms: stage to its time in each frame that is done; CPU time counts all threads of the process.
    """

    wall_ms: dict[str, list[float]] = field(default_factory=lambda: {stage: [] for stage in STAGES})
    cpu_ms: dict[str, list[float]] = field(default_factory=lambda: {stage: [] for stage in STAGES})
    _now: dict[str, list[float]] = field(default_factory=dict)
    _stack: list[str] = field(default_factory=list)
    _mark: tuple[float, float] = (0.0, 0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What happens inside belongs to this stage, except for what inner stages take."""
        self._charge()
        self._stack.append(name)
        try:
            yield
        finally:
            self._charge()
            self._stack.pop()

    def end_frame(self) -> None:
        """The frame is done: its times become one row."""
        for stage in STAGES:
            wall, cpu = self._now.pop(stage, (0.0, 0.0))
            self.wall_ms[stage].append(wall)
            self.cpu_ms[stage].append(cpu)

    def _charge(self) -> None:
        now = time.perf_counter() * 1000, time.process_time() * 1000
        if self._stack:
            spent = self._now.setdefault(self._stack[-1], [0.0, 0.0])
            spent[0] += now[0] - self._mark[0]
            spent[1] += now[1] - self._mark[1]
        self._mark = now


@contextmanager
def instrumented(clock: StageClock) -> Iterator[None]:
    """Puts the clock round every stage, for as long as the block runs."""
    taken: list[tuple[Any, str, Any]] = []
    try:
        for module, owner_name, name, stage in _PLACES:
            owner: Any = importlib.import_module(module)
            if owner_name:
                owner = getattr(owner, owner_name)
            function = getattr(owner, name)
            taken.append((owner, name, function))
            setattr(owner, name, _clocked(function, clock, stage))
        yield
    finally:
        for owner, name, function in reversed(taken):
            setattr(owner, name, function)


def _clocked(function: Callable[..., Any], clock: StageClock, stage: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        with clock.stage(stage):
            return function(*args, **kwargs)

    return run


@dataclass(frozen=True, slots=True)
class Spread:
    """Times of one stage over all frames, milliseconds; share of all CPU time, 0..1."""

    p50: float
    p95: float
    p99: float
    cpu_share: float


def spread(clock: StageClock) -> dict[str, Spread]:
    """Stage to its spread, in order."""
    cpu = {stage: sum(times) for stage, times in clock.cpu_ms.items()}
    whole = sum(cpu.values()) or 1.0
    result = {}
    for stage in STAGES:
        p50, p95, p99 = (float(value) for value in np.percentile(clock.wall_ms[stage] or [0.0], (50, 95, 99)))
        result[stage] = Spread(p50, p95, p99, cpu[stage] / whole)
    return result
