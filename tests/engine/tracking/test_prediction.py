"""Prediction to the moment of display."""

from __future__ import annotations

import numpy as np
import pytest

from handplay.engine.coordinates import Float32
from handplay.engine.tracking.prediction import PredictionSettings, Predictor


def points(x: float) -> Float32:
    return np.full((3, 2), x, np.float32)


def moved(speed: float, *, until_s: float = 1.0) -> Predictor:
    predictor = Predictor()
    for frame in range(round(until_s * 30) + 1):
        predictor.update(points(speed * frame / 30), frame / 30)
    return predictor


def test_even_motion_is_led_to_where_it_will_be() -> None:
    predictor = moved(5.0)
    assert predictor.at(1.05)[0, 0] == pytest.approx(5.0 * 1.05, abs=0.01)


def test_the_horizon_is_bounded() -> None:
    predictor = moved(5.0)
    np.testing.assert_array_equal(predictor.at(1.06), predictor.at(2.0))


def test_the_past_is_not_predicted() -> None:
    np.testing.assert_array_equal(moved(5.0).at(0.5), points(5.0))


def test_slow_hands_are_hardly_led() -> None:
    assert moved(0.1).at(1.05)[0, 0] - 0.1 < 0.1 * (0.1 * 0.05)


def test_near_and_far_hands_are_led_alike() -> None:
    near, far = Predictor(), Predictor()
    for frame in range(10):
        near.update(points(100.0 * frame / 30), frame / 30)
        far.update(points(1.0 * frame / 30), frame / 30)
    np.testing.assert_allclose(near.at(0.35, unit=100.0), far.at(0.35) * 100, rtol=1e-5)


def test_reset_equals_a_fresh_predictor() -> None:
    used = moved(3.0)
    used.reset()
    used.update(points(1.0), 9.0)
    np.testing.assert_array_equal(used.at(9.05), points(1.0))


def test_without_points_there_is_nothing_to_predict() -> None:
    with pytest.raises(ValueError, match="call update first"):
        Predictor().at(1.0)


def test_settings_are_checked() -> None:
    with pytest.raises(ValueError, match=r"cutoff_hz: got 0, wanted more than 0"):
        PredictionSettings(cutoff_hz=0)
