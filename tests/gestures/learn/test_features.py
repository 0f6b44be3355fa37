"""Features stay the same wherever a hand is, how large and which side, and tell up from down."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.engine.coordinates import Float32
from handplay.gestures.learn.features import FEATURES, features, flattened, is_flat
from handplay.gestures.learn.metric import whitening

FLOATS = st.floats(-1, 1, allow_nan=False, width=32)
HANDS = st.lists(FLOATS, min_size=63, max_size=63).map(lambda numbers: np.array(numbers, np.float32).reshape(21, 3))


def is_hand(points: Float32) -> bool:
    """Knuckles far enough from the wrist and from opposite sides of it that the palm has a size and a direction."""
    arms = points[[5, 9, 17]] - points[0]
    ahead = arms[0, :2] + arms[2, :2]
    return bool(np.linalg.norm(arms, axis=1).mean() > 0.3 and np.linalg.norm(ahead) > 0.2)


@settings(max_examples=150, deadline=None)
@given(points=HANDS.filter(is_hand), scale=st.floats(0.01, 1000), x=st.floats(-500, 500), y=st.floats(-500, 500))
def test_place_and_size_do_not_count(points: Float32, scale: float, x: float, y: float) -> None:
    moved = (points.astype(np.float64) * scale + np.array([x, y, 0]) * scale / 100).astype(np.float32)
    assert features(moved) == pytest.approx(features(points), abs=5e-3)


@settings(max_examples=150, deadline=None)
@given(points=HANDS.filter(is_hand))
def test_a_mirrored_hand_is_the_same_hand_of_the_other_side(points: Float32) -> None:
    assert features(points * np.array([-1, 1, 1], np.float32), mirror=True) == pytest.approx(features(points), abs=1e-4)


@settings(max_examples=150, deadline=None)
@given(points=HANDS.filter(is_hand), angle=st.floats(-np.pi, np.pi))
def test_turning_changes_the_direction_alone(points: Float32, angle: float) -> None:
    cos, sin = np.cos(angle), np.sin(angle)
    turned = points @ np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]], np.float32)
    before, after = features(points), features(turned)
    assert after[:-2] == pytest.approx(before[:-2], abs=1e-3)
    assert np.hypot(*after[-2:]) == pytest.approx(np.hypot(*before[-2:]), abs=1e-4)
    chord = 2 * abs(np.sin(angle / 2)) * np.hypot(*before[-2:])
    assert np.hypot(*(after[-2:] - before[-2:])) == pytest.approx(chord, abs=1e-3)


def test_thumbs_up_and_down_differ_by_their_direction(builders: ModuleType) -> None:
    up, down = (builders.show(pose).landmarks_px for pose in ("thumbs_up", "thumbs_down"))
    assert features(up)[:-2] == pytest.approx(features(down)[:-2], abs=1e-3)
    assert np.linalg.norm(features(up) - features(down)) > 0.3


def test_many_at_once_are_as_one_by_one(builders: ModuleType) -> None:
    hands = np.stack([builders.show(pose).landmarks_px for pose in ("fist", "ok", "rock")])
    sides = np.array([True, False, True])
    rows = features(hands, sides)
    assert rows.shape == (3, FEATURES)
    for row, hand, side in zip(rows, hands, sides, strict=True):
        assert row == pytest.approx(features(hand, bool(side)), abs=1e-6)
    assert features(hands[:0]).shape == (0, FEATURES)


@pytest.mark.parametrize("broken", [np.zeros((21, 3)), np.full((21, 3), np.nan), np.full((21, 3), np.inf)],
                         ids=["one place", "nan", "inf"])  # fmt: skip
def test_what_is_no_hand_has_no_features(broken: Float32) -> None:
    assert np.isnan(features(broken.astype(np.float32))).all()


def test_a_hand_without_depth(builders: ModuleType) -> None:
    hand = builders.show("fist").landmarks_px
    assert not is_flat(hand)
    assert is_flat(flattened(hand))
    assert hand[:, 2].any()  # a copy


@pytest.mark.parametrize("flat", [False, True], ids=["deep", "flat"])
def test_the_metric_forgives_a_tilt_more_than_fingers_apart(builders: ModuleType, flat: bool) -> None:
    def row(**words: object) -> Float32:
        points = builders.build_hand(**words).landmarks_px
        return features(flattened(points) if flat else points)

    plain, tilted, parallel = row(), row(yaw=35, pitch=20), row(splay=0.0)
    metric = whitening(flat)
    by_metric = np.linalg.norm((parallel - plain) @ metric) / np.linalg.norm((tilted - plain) @ metric)
    # Plain distances see less of a difference: that is what the metric is for.
    assert by_metric > 1.3 * np.linalg.norm(parallel - plain) / np.linalg.norm(tilted - plain)
    assert np.linalg.norm((tilted - plain) @ metric) < 1


def test_the_metric_is_made_once() -> None:
    assert whitening(False) is whitening(False)
    assert whitening(True) == pytest.approx(whitening(True).T, abs=1e-4)
