"""The poses are those of the gestures they are named for: the exact joints show them, and the tracked picture does."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from handplay.engine import HandTracker
from handplay.engine.hands import Handedness
from handplay.engine.sources.demo import POSES, render_still
from handplay.engine.sources.demo.poses import pose_angles
from handplay.engine.sources.demo.skeleton import finger_states, pose_points
from handplay.engine.sources.demo.truth import DEPTH_SCALE
from handplay.gestures.fingers import WordReader
from handplay.gestures.learn.judging import ShapeJudge, is_shape
from handplay.gestures.library import builtin_library
from handplay.gestures.measures import measure, measure_hand
from handplay.gestures.settings import GestureSettings

GESTURE_OF = {
    **{name: name for name in (
        "open_palm", "stop", "stop_inverted", "fist", "point", "victory", "victory_inverted", "two_up",
        "two_up_inverted", "three", "three2", "four", "thumbs_up", "thumbs_down", "ok", "rock", "call", "ily", "gun",
    )},
    "gun2": "three2", "little": "pinky_up", "back": "open_palm",
}  # fmt: skip
SETTINGS = GestureSettings()
READER = WordReader(SETTINGS)
JUDGE = ShapeJudge([g for g in builtin_library().gestures if is_shape(g) and g.layer == "pose"])


@pytest.fixture(scope="module")
def tracker() -> Iterator[HandTracker]:
    with HandTracker(1, mode="still") as still:
        yield still


@pytest.mark.parametrize("side", ["Right", "Left"])
@pytest.mark.parametrize("pose", GESTURE_OF)
def test_the_joints_show_the_gesture(pose: str, side: Handedness) -> None:
    points = pose_points(pose, side) * np.array([1, 1, DEPTH_SCALE], np.float32)
    best = JUDGE.best(points, side)
    assert best is not None
    assert best.name == GESTURE_OF[pose]


@pytest.mark.parametrize("pose", GESTURE_OF)
def test_straight_and_rolled_in_fingers_are_read_as_they_are(pose: str) -> None:
    read = READER.read(measure(pose_points(pose), SETTINGS, handedness="Right")).fingers
    for word, true in zip(read, finger_states(pose_angles(pose)), strict=True):
        assert true in (word, "half")


@pytest.mark.parametrize("pose", ["relaxed", "half", "flat_c"])
def test_a_hand_at_rest_shows_no_gesture(pose: str) -> None:
    assert pose in POSES
    points = pose_points(pose) * np.array([1, 1, DEPTH_SCALE], np.float32)
    assert JUDGE.best(points, "Right") is None


@pytest.mark.parametrize("side", ["Right", "Left"])
@pytest.mark.parametrize(
    "pose", ["open_palm", "fist", "victory", "thumbs_up", "four", "call", "back", "two_up_inverted"]
)
def test_the_tracked_picture_shows_the_gesture(tracker: HandTracker, pose: str, side: Handedness) -> None:
    image, _ = render_still(pose, handedness=side, roll_rad=math.radians(10))
    (hand,) = tracker.track(image, 0.0)
    words = READER.read(measure_hand(hand, SETTINGS))
    assert words.fingers == finger_states(pose_angles(pose))
