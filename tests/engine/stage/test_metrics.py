"""Figures are right, and hours of them fit in the same memory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine.stage.metrics import Distribution, LoopMetrics, Rate, RecentRate


@given(st.lists(st.floats(0.05, 5_000), min_size=1, max_size=300), st.sampled_from([50, 95, 99]))
def test_percentiles_are_those_of_the_values(values: list[float], percent: int) -> None:
    distribution = Distribution()
    for value in values:
        distribution.add(value)
    wanted = float(np.percentile(values, percent, method="inverted_cdf"))
    assert distribution.percentile(percent) == pytest.approx(wanted, rel=0.002)


def test_nothing_measured_is_none_and_not_nought() -> None:
    assert Distribution().as_dict(50, 99, maximum=True) == {"p50": None, "p99": None, "max": None}


def test_the_largest_is_exact() -> None:
    distribution = Distribution()
    for value in (16.6, 16.7, 123.456):
        distribution.add(value)
    assert distribution.as_dict(50, maximum=True)["max"] == 123.46


def test_the_share_over_a_limit() -> None:
    distribution = Distribution()
    for value in [16.0] * 97 + [30.0] * 3:
        distribution.add(value)
    assert distribution.share_over(25.0) == pytest.approx(0.03)


@pytest.mark.parametrize("value", [0.0, -1.0, 1e9], ids=["nought", "negative", "days"])
def test_values_beyond_the_bins_are_kept_at_the_edge(value: float) -> None:
    distribution = Distribution()
    distribution.add(value)
    assert distribution.count == 1
    assert distribution.percentile(50) is not None


@pytest.mark.parametrize(("stamps", "rate"), [([], 0.0), ([0.0], 0.0), ([0.0, 0.5, 1.0], 2.0), ([5.0, 5.0], 0.0)])
def test_n_stamps_have_one_interval_less(stamps: list[float], rate: float) -> None:
    counter = Rate()
    for stamp in stamps:
        counter.stamp(stamp)
    assert counter.per_second == rate


def test_flips_have_one_interval_less() -> None:
    metrics = LoopMetrics()
    for flip in range(61):
        metrics.flipped(flip / 60)
    assert metrics.frame.count == 60
    assert metrics.flips.count == 61
    assert metrics.flips.per_second == pytest.approx(60.0)
    assert metrics.frame.percentile(50) == pytest.approx(1000 / 60, rel=0.002)


def test_memory_does_not_grow() -> None:
    metrics = LoopMetrics()
    size = metrics.frame._counts.nbytes
    for flip in range(5_000):
        metrics.flipped(flip / 60)
    assert metrics.frame._counts.nbytes == size
    assert len(metrics.frame_ring) == 120


def test_a_recent_rate_follows_the_counter() -> None:
    rate = RecentRate(window_s=1.0)
    assert rate.update(0.0, 0) == 0.0
    assert rate.update(0.5, 30) == 0.0
    assert rate.update(1.0, 60) == 60.0
    assert rate.update(2.0, 60) == 0.0
