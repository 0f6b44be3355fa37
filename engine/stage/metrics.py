"""Counters and distributions with bounded memory: hours of play cost what a minute costs."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

_LOW_MS = 0.01
_RATIO = 1.002  # bins 0.2 % apart: a percentile is right to 0.1 %
_BINS = int(math.log(1e7) / math.log(_RATIO)) + 2  # up to 100 s
_LOG_RATIO = math.log(_RATIO)


class Distribution:
    """Durations in milliseconds as counts in bins 0.2 % apart: percentiles of a whole run in 65 kB."""

    def __init__(self) -> None:
        self._counts = np.zeros(_BINS, np.int64)
        self.count = 0
        self.total_ms = 0.0
        self.max_ms = 0.0
        self.last_ms = 0.0

    def add(self, value_ms: float) -> None:
        """Counts one duration; anything below 0.01 ms counts as that."""
        value_ms = max(value_ms, 0.0)
        place = 0 if value_ms <= _LOW_MS else min(_BINS - 1, round(math.log(value_ms / _LOW_MS) / _LOG_RATIO))
        self._counts[place] += 1
        self.count += 1
        self.total_ms += value_ms
        self.max_ms = max(self.max_ms, value_ms)
        self.last_ms = value_ms

    def percentile(self, percent: float) -> float | None:
        """The smallest duration that `percent` of all do not exceed, ms; None without any."""
        if not self.count:
            return None
        wanted = max(1, math.ceil(self.count * percent / 100))
        place = int(np.searchsorted(np.cumsum(self._counts), wanted))
        return min(self.max_ms, _LOW_MS * _RATIO**place)

    def share_over(self, limit_ms: float) -> float:
        """The share 0..1 of durations above a limit."""
        if not self.count:
            return 0.0
        place = round(math.log(limit_ms / _LOW_MS) / _LOG_RATIO)
        return float(self._counts[place + 1 :].sum()) / self.count

    def as_dict(self, *percents: int, maximum: bool = False) -> dict[str, float | None]:
        """`{"p50": ..., ...}` rounded to 0.01 ms, None where there is nothing to tell."""
        result: dict[str, float | None] = {}
        for percent in percents:
            value = self.percentile(percent)
            result[f"p{percent}"] = None if value is None else round(value, 2)
        if maximum:
            result["max"] = round(self.max_ms, 2) if self.count else None
        return result


class Rate:
    """Events a second from their stamps: N stamps have N - 1 intervals."""

    def __init__(self) -> None:
        self._first_s: float | None = None
        self._last_s = 0.0
        self.count = 0

    def stamp(self, time_s: float) -> None:
        """Notes that it happened."""
        if self._first_s is None:
            self._first_s = time_s
        self._last_s = time_s
        self.count += 1

    @property
    def per_second(self) -> float:
        """The mean rate, 0.0 with fewer than two stamps."""
        if self._first_s is None or self.count < 2 or self._last_s <= self._first_s:
            return 0.0
        return (self.count - 1) / (self._last_s - self._first_s)


class RecentRate:
    """The rate of now, from a counter that is read now and then: for a display."""

    def __init__(self, window_s: float = 1.0) -> None:
        self._window_s = window_s
        self._since: tuple[float, int] | None = None
        self.value = 0.0

    def update(self, time_s: float, total: int) -> float:
        """Takes the counter's value at a time; gives the rate of the last whole window."""
        if self._since is None:
            self._since = (time_s, total)
        elif time_s - self._since[0] >= self._window_s:
            self.value = (total - self._since[1]) / (time_s - self._since[0])
            self._since = (time_s, total)
        return self.value


class LoopMetrics:
    """All that one run is measured by; `summary` makes the figures of it."""

    def __init__(self) -> None:
        self.frame = Distribution()
        self.work = Distribution()
        self.event = Distribution()
        self.flips = Rate()
        self.tracked = Rate()
        self.steps = 0
        self.events: Counter[str] = Counter()
        self.gestures: Counter[str] = Counter()
        self.frame_ring = np.zeros(120, np.float32)
        self._flip_s: float | None = None

    def flipped(self, time_s: float) -> None:
        """Notes a display flip."""
        if self._flip_s is not None:
            interval_ms = (time_s - self._flip_s) * 1e3
            self.frame.add(interval_ms)
            self.frame_ring[self.frame.count % len(self.frame_ring)] = interval_ms
        self._flip_s = time_s
        self.flips.stamp(time_s)
