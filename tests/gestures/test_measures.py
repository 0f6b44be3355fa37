"""Finger states and measures do not depend on how the hand is turned, how far it is, or which one it is."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.gestures.fingers import WordReader
from handplay.gestures.measures import HandMeasures, measure, measure_hand
from handplay.gestures.settings import GestureSettings

SETTINGS = GestureSettings()
READER = WordReader(SETTINGS)
STATES = ("extended", "half", "curled")


def _shape(m: HandMeasures) -> np.ndarray:  # type: ignore[type-arg]
    return np.concatenate([m.curl, m.touch_gap, m.spread, m.spread_rad, [m.pinch_gap, m.pinch, m.grab]])


@pytest.mark.parametrize("world", [False, True], ids=["image", "image+world"])
@pytest.mark.parametrize("thumb", STATES)
@pytest.mark.parametrize("finger", ["index", "middle", "ring", "pinky"])
@pytest.mark.parametrize("state", STATES)
def test_each_finger_alone(builders: ModuleType, thumb: str, finger: str, state: str, world: bool) -> None:
    hand = builders.build_hand(thumb, **{finger: state}, world=world)
    wanted = [thumb] + [state if name == finger else "extended" for name in ("index", "middle", "ring", "pinky")]
    assert READER.read(measure_hand(hand, SETTINGS)).fingers == tuple(wanted)


@settings(max_examples=60, deadline=None)
@given(
    roll=st.floats(-180, 180),
    palm_px=st.floats(20, 400),
    x=st.floats(-500, 2000),
    side=st.sampled_from(["Left", "Right"]),
    states=st.tuples(*[st.sampled_from(STATES)] * 5),
)
def test_shape_is_the_same_under_roll_scale_place_and_side(
    builders: ModuleType, roll: float, palm_px: float, x: float, side: str, states: tuple[str, ...]
) -> None:
    plain = measure_hand(builders.build_hand(*states), SETTINGS)
    moved = measure_hand(builders.build_hand(*states, roll=roll, palm_px=palm_px, at=(x, 100.0), side=side), SETTINGS)
    np.testing.assert_allclose(_shape(moved), _shape(plain), atol=0.02)


@settings(max_examples=60, deadline=None)
@given(
    yaw=st.floats(-45, 45),
    pitch=st.floats(-45, 45),
    roll=st.floats(-180, 180),
    side=st.sampled_from(["Left", "Right"]),
    states=st.tuples(*[st.sampled_from(STATES)] * 5),
)
def test_states_are_the_same_under_yaw_and_pitch(
    builders: ModuleType, yaw: float, pitch: float, roll: float, side: str, states: tuple[str, ...]
) -> None:
    hand = builders.build_hand(*states, yaw=yaw, pitch=pitch, roll=roll, side=side)
    assert READER.read(measure_hand(hand, SETTINGS)).fingers == states


@pytest.mark.parametrize("state", ["extended", "curled"])
@pytest.mark.parametrize("roll", [0, 90, 200])
def test_points_without_depth(builders: ModuleType, state: str, roll: int) -> None:
    hand = builders.build_hand(state, state, state, state, state, roll=roll, flat=True)
    fingers = READER.read(measure(hand.landmarks_px, SETTINGS)).fingers
    assert fingers == (state,) * 5


@pytest.mark.parametrize(
    ("points", "name"),
    [
        (np.zeros((21, 3)), "all in one place"),
        (np.full((21, 3), np.nan), "not a number"),
        (np.full((21, 3), np.inf), "infinite"),
        (np.where(np.arange(63).reshape(21, 3) == 30, np.nan, 1.0), "one coordinate missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_points_that_are_no_hand_are_unknown_and_do_not_warn(points: np.ndarray, name: str) -> None:  # type: ignore[type-arg]
    measures = measure(points, SETTINGS, handedness="Right")
    words = READER.read(measures)
    assert words.fingers == ("unknown",) * 5
    assert not words.on.any()
    assert (words.fit == 0).all()
    assert (measures.pinch, measures.grab) == (0.0, 0.0)


def test_a_finger_that_points_at_the_lens_without_depth_is_unknown(builders: ModuleType) -> None:
    points = builders.build_hand(flat=True).landmarks_px.copy()
    points[6:9] = points[5] + np.array([[0.5, 0, 0], [1, 0, 0], [1.5, 0, 0]], np.float32)
    assert READER.read(measure(points, SETTINGS)).fingers == ("extended", "unknown", *("extended",) * 3)


@pytest.mark.parametrize("mirrored", [False, True], ids=["camera", "selfie"])
@pytest.mark.parametrize("side", ["Left", "Right"])
@pytest.mark.parametrize(("yaw", "facing"), [(0, "toward"), (180, "away")])
@pytest.mark.parametrize("roll", [0, 90, 180])
def test_facing(builders: ModuleType, side: str, mirrored: bool, yaw: int, facing: str, roll: int) -> None:
    hand = builders.build_hand(side=side, yaw=yaw, roll=roll)
    points = hand.landmarks_px * np.array([-1 if mirrored else 1, 1, 1], np.float32)
    assert READER.read(measure(points, SETTINGS, handedness=side, mirrored=mirrored)).palm == facing  # type: ignore[arg-type]


def test_facing_is_not_known_without_the_side(builders: ModuleType) -> None:
    assert math.isnan(measure(builders.build_hand().landmarks_px, SETTINGS).facing)


@pytest.mark.parametrize(
    ("roll", "mirrored", "way"),
    [
        (0, False, (0, -1)),
        (90, False, (-1, 0)),  # the picture's right is the player's left
        (90, True, (1, 0)),
        (180, False, (0, 1)),
        (-90, False, (1, 0)),
    ],
)
def test_directions_are_those_of_the_view(
    builders: ModuleType, roll: int, mirrored: bool, way: tuple[int, int]
) -> None:
    measures = measure_hand(builders.build_hand(roll=roll), SETTINGS, mirrored=mirrored)
    np.testing.assert_allclose(measures.direction[2, :2], way, atol=0.1)


def test_pinch_and_grab(builders: ModuleType) -> None:
    def of(pose: str) -> tuple[float, float]:
        m = measure_hand(builders.show(pose), SETTINGS)
        return m.pinch, m.grab

    assert of("pinch")[0] == pytest.approx(1.0)
    assert of("open_palm") == pytest.approx((0.0, 0.0), abs=0.05)
    assert of("fist")[1] == pytest.approx(1.0)
    assert of("fist")[0] < 0.3  # the thumb lies over the fingers: near, and no pinch
    assert of("point")[1] < 0.6


def test_spread_tells_fingers_that_lie_together(builders: ModuleType) -> None:
    spread = measure_hand(builders.build_hand(splay=1.0), SETTINGS)
    parallel = measure_hand(builders.build_hand(splay=0.0), SETTINGS)
    assert (spread.spread[4:] > parallel.spread[4:]).all()
    assert parallel.spread_rad[1:] == pytest.approx([0, 0, 0], abs=0.01)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"pinch_on_gap": 0.5}, "pinch_on_gap must be less than pinch_off_gap"),
        ({"curl_hysteresis": -1}, "curl_hysteresis: got -1, wanted a number of at least 0"),
        ({"curl_hysteresis": 0.3}, "bands of extended and curled overlap"),
        ({"spread_borders": (1.0,)}, "got 1 values, wanted 10"),
        ({"world_share": 1.5}, "world_share: got 1.5, wanted a share of 0 to 1"),
        ({"thumb_reach": 0.0}, "thumb_reach: got 0.0, wanted a number above 0"),
        ({"bend_weights": (0.5, -1.0, 1.0)}, "bend_weights: got .*, wanted numbers of at least 0"),
    ],
)
def test_settings_are_checked(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GestureSettings(**wrong)  # type: ignore[arg-type]  # that is the point


@pytest.mark.parametrize(("others", "pinching"), [("extended", True), ("half", True), ("curled", False)])
def test_a_closed_hand_does_not_pinch_though_its_index_finger_is_not_rolled_in(
    builders: ModuleType, others: str, pinching: bool
) -> None:
    hand = builders.build_hand("half", "half", others, others, others, pinch=True)
    points = hand.landmarks_px.copy()
    if others == "curled":  # the thumb holds an index finger bent as far as a pinch allows
        bent = builders.build_hand("half", "curled", others, others, others).landmarks_px
        points[5:9] = 0.6 * points[5:9] + 0.4 * bent[5:9]
        points[4] = points[8] + 2.0
    measures = measure(points, SETTINGS, handedness="Right")
    assert measures.bend_deg[0] <= SETTINGS.pinch_max_bend_deg
    assert READER.read(measures).pinching == pinching
