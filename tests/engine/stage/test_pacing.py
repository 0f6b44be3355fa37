"""Sixty a second by an injected clock: no drift, no burst after a stall; tidying only when there is time for it."""

from __future__ import annotations

import gc
import itertools
import sys

import pytest

from handplay.engine.stage.pacing import Housekeeping, Pacer


class Clock:
    """Time that passes when asked to."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.slept_s = 0.0

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept_s += seconds
        self.now_s += seconds + 0.0001  # a sleep is always a little long

    def work(self, seconds: float) -> None:
        self.now_s += seconds


def flips(work_s: list[float]) -> list[float]:
    clock = Clock()
    pacer = Pacer(60, clock, clock.sleep)
    stamps = []
    for seconds in work_s:
        clock.work(seconds)
        pacer.wait()
        stamps.append(clock())
    return [b - a for a, b in itertools.pairwise(stamps)]


def test_steady_work_gives_sixty_a_second() -> None:
    intervals = flips([0.004] * 121)
    assert sum(intervals) == pytest.approx(120 / 60, abs=0.002)  # no drift from sleeps that are a little long
    assert max(intervals) < 0.0172


def test_a_stall_is_not_followed_by_a_burst() -> None:
    intervals = flips([0.004] * 10 + [0.2] + [0.004] * 10)
    assert max(intervals) == pytest.approx(0.2, abs=0.02)
    assert min(intervals) > 0.012


def test_work_that_takes_too_long_is_not_slowed_further() -> None:
    intervals = flips([0.03] * 20)
    assert all(interval == pytest.approx(0.03, abs=0.0005) for interval in intervals)


def test_spare_time_is_told() -> None:
    clock = Clock()
    pacer = Pacer(50, clock, clock.sleep)
    assert pacer.spare_s == 0.0
    pacer.wait()
    clock.work(0.005)
    assert pacer.spare_s == pytest.approx(0.015, abs=0.001)


def test_housekeeping_gives_everything_back() -> None:
    before = (gc.isenabled(), sys.getswitchinterval(), gc.get_freeze_count())
    with Housekeeping():
        assert not gc.isenabled()
        assert gc.get_freeze_count() > before[2]
    assert (gc.isenabled(), gc.get_freeze_count()) == (before[0], 0)
    assert sys.getswitchinterval() == pytest.approx(before[1])


def test_collection_waits_for_spare_time_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    collected: list[int] = []
    with Housekeeping(clock) as keeping:
        monkeypatch.setattr(gc, "collect", collected.append)
        keeping.tidy(0.010)
        assert collected == []
        clock.work(1.5)
        keeping.tidy(0.0001)
        assert collected == []
        keeping.tidy(0.003)
        assert collected == [1]
        clock.work(31.0)
        keeping.tidy(0.010)
        assert collected == [1, 2]
        clock.work(121.0)
        keeping.tidy(-0.5)
        assert collected == [1, 2, 2]
        monkeypatch.undo()
