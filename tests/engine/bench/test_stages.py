"""Clocks round the stages: what belongs to whom, and that nothing stays behind."""

from __future__ import annotations

import contextlib
import time

import pytest

from handplay.engine.bench import stages
from handplay.engine.bench.stages import STAGES, StageClock, instrumented, spread
from handplay.engine.tracking.tracker import HandTracker


class Ticks:
    """A clock that is turned by hand, in place of both clocks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now_s = 0.0
        monkeypatch.setattr(time, "perf_counter", lambda: self.now_s)
        monkeypatch.setattr(time, "process_time", lambda: 2 * self.now_s)


def test_inner_stages_take_their_time_from_the_outer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks, clock = Ticks(monkeypatch), StageClock()
    with clock.stage("association"):
        ticks.now_s += 0.003
        with clock.stage("keypoints"):
            ticks.now_s += 0.010
            with clock.stage("crop"):
                ticks.now_s += 0.002
        ticks.now_s += 0.001
    ticks.now_s += 5.0  # outside of all stages
    clock.end_frame()
    got = {stage: times[0] for stage, times in clock.wall_ms.items()}
    assert got["association"] == pytest.approx(4)
    assert got["keypoints"] == pytest.approx(10)
    assert got["crop"] == pytest.approx(2)
    assert got["search"] == 0
    shares = {stage: times.cpu_share for stage, times in spread(clock).items()}
    assert shares["keypoints"] == pytest.approx(10 / 16)
    assert tuple(shares) == STAGES


def test_a_stage_that_raises_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks, clock = Ticks(monkeypatch), StageClock()
    with contextlib.suppress(KeyError), clock.stage("search"):
        ticks.now_s += 0.002
        raise KeyError
    with clock.stage("crop"):
        ticks.now_s += 0.001
    clock.end_frame()
    assert clock.wall_ms["search"] == [pytest.approx(2)]
    assert clock.wall_ms["crop"] == [pytest.approx(1)]


def test_the_clocks_are_taken_away_again() -> None:
    before = HandTracker.track
    with instrumented(StageClock()):
        assert HandTracker.track is not before
    assert HandTracker.track is before


def test_every_place_exists_and_a_missing_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with instrumented(StageClock()):
        pass
    before = HandTracker.track
    monkeypatch.setattr(stages, "_PLACES", (*stages._PLACES, ("handplay.engine.tracking.palm", "", "gone", "search")))
    with pytest.raises(AttributeError, match="gone"), instrumented(StageClock()):
        pass
    assert HandTracker.track is before
