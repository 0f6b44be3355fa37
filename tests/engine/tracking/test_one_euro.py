"""The One-Euro filter against golden data, and its edges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handplay.engine.coordinates import Float32
from handplay.engine.tracking.one_euro import OneEuroFilter

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "one_euro.json"


def golden() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return cases


@pytest.mark.parametrize("number", [0, 1, 2])
def test_filter_is_the_papers(number: int) -> None:
    case = golden()[number]
    euro = OneEuroFilter(case["min_cutoff"], case["beta"], case["d_cutoff"])
    got = [float(euro(np.array([[value]], np.float32), time_s)[0, 0]) for time_s, value in case["samples"]]
    np.testing.assert_allclose(got, case["wanted"], atol=2e-5)


def hand_at(x: float) -> Float32:
    return np.full((21, 3), x, np.float32)


def test_first_value_passes_also_at_time_zero() -> None:
    euro = OneEuroFilter(1.0, 0.0, 1.0)
    assert euro(hand_at(5), 0.0)[0, 0] == 5
    assert 5 < euro(hand_at(6), 0.033)[0, 0] < 6


def test_reset_equals_a_fresh_filter() -> None:
    used, fresh = OneEuroFilter(1.0, 2.0, 1.0), OneEuroFilter(1.0, 2.0, 1.0)
    for step in range(5):
        used(hand_at(step**2), step / 30)
    used.reset()
    for step in range(5):
        np.testing.assert_array_equal(used(hand_at(step), 9 + step / 30), fresh(hand_at(step), 9 + step / 30))


def test_time_that_stands_still_gives_the_last_result() -> None:
    euro = OneEuroFilter(1.0, 0.0, 1.0)
    first = euro(hand_at(1), 1.0)
    np.testing.assert_array_equal(euro(hand_at(100), 1.0), first)


def test_near_and_far_hands_are_filtered_alike() -> None:
    near, far = OneEuroFilter(1.0, 3.0, 1.0), OneEuroFilter(1.0, 3.0, 1.0)
    for step in range(10):
        a = near(hand_at(step * 80.0), step / 30, unit=200.0)
        b = far(hand_at(step * 8.0), step / 30, unit=20.0)
        np.testing.assert_allclose(a, b * 10, rtol=1e-4)


def test_what_was_given_out_is_not_written_to_later() -> None:
    euro = OneEuroFilter(1.0, 1.0, 1.0)
    kept = euro(hand_at(1), 0.0)
    before = kept.copy()
    euro(hand_at(2), 0.1)
    np.testing.assert_array_equal(kept, before)


def test_noise_at_rest_opens_the_filter_less_than_motion() -> None:
    rng = np.random.default_rng(1)
    shaky = [hand_at(0.0) + rng.normal(0, 0.01, (21, 3)).astype(np.float32) for _ in range(60)]
    steps = {}
    for rest_speed in (0.0, 1.5):
        euro = OneEuroFilter(0.3, 30.0, 1.5, rest_speed)
        out = [euro(points, number / 30) for number, points in enumerate(shaky)]
        steps[rest_speed] = float(np.abs(np.diff(out, axis=0)[10:]).mean())
    assert steps[1.5] < 0.5 * steps[0.0]

    fast = OneEuroFilter(0.3, 30.0, 1.5, 1.5)
    for number in range(30):
        last = fast(hand_at(5.0 * number / 30), number / 30)
    assert 5.0 * 29 / 30 - last[0, 0] < 5.0 * 0.01  # less than 10 ms behind at five palm lengths a second
