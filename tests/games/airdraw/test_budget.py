"""Time for work that can wait: it grows while pictures come in time, and shrinks at once when they do not."""

from __future__ import annotations

import itertools

import pytest

from handplay.games.airdraw.budget import Budget


def budgets(gaps_s: list[float]) -> list[float]:
    budget = Budget(0.002, 0.010)
    return [budget.picture(now_s) for now_s in itertools.accumulate(gaps_s, initial=0.0)]


@pytest.mark.parametrize(
    ("gaps_s", "last_s"),
    [
        pytest.param([], 0.006, id="begins in the middle"),
        pytest.param([1 / 60] * 4, 0.007, id="grows"),
        pytest.param([1 / 60] * 200, 0.010, id="up to the most"),
        pytest.param([0.03], 0.003, id="is halved by a late picture"),
        pytest.param([0.03] * 5, 0.002, id="down to the least"),
        pytest.param([0.03, 0.014], 0.00325, id="the next one in time is not late"),
    ],
)
def test_the_time_for_a_picture(gaps_s: list[float], last_s: float) -> None:
    assert budgets(gaps_s)[-1] == pytest.approx(last_s)
