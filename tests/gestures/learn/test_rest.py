"""Hands at ease are no gesture: how far templates reach towards them."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np
import pytest

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Hand, Handedness, HandFrame
from handplay.engine.sources.demo import pose_points
from handplay.engine.sources.demo.skeleton import turned
from handplay.gestures.kinds import Template
from handplay.gestures.learn.features import features
from handplay.gestures.learn.metric import whitening
from handplay.gestures.learn.recorded import shape_of, template_of
from handplay.gestures.learn.rest import (
    LEAST_RADIUS,
    kept_from_rest,
    rest_limit,
    rest_share,
    resting_hands,
    short_of_rest,
    shown_at_rest,
)
from handplay.gestures.learn.sampling import HandSample
from handplay.gestures.learn.templates import TemplateTable
from handplay.gestures.library import Library
from handplay.gestures.recognizer import Recognizer

Turn = tuple[float, float, float]
TURNS: list[Turn] = [(0, 0, 0), (8, 0, 0), (-8, 0, 0), (0, 8, 0), (0, -8, 0), (0, 0, 8), (0, 0, -8)]


def show(pose: str, roll: float = 0, yaw: float = 0, pitch: float = 0, side: Handedness = "Right") -> Float32:
    """A pose of the demo hand as a tracker publishes it: half the depth."""
    points = pose_points(pose, side) @ turned(*(math.radians(angle) for angle in (roll, yaw, pitch))).T
    return np.asarray(points * np.array([1, 1, 0.5]), np.float32)


def template(pose: str, side: Handedness = "Right") -> Template:
    points = np.stack([show(pose, *turn, side=side) for turn in TURNS])
    return template_of("mine", points, [side] * len(points))


def is_taken(one: Template, pose: str, turn: Turn = (0, 0, 0), side: Handedness = "Right") -> bool:
    matches, _ = TemplateTable([one]).judge(show(pose, *turn, side=side), side)
    return bool(matches[0])


@pytest.mark.parametrize("side", ["Right", "Left"])
@pytest.mark.parametrize("pose", ["claw", "grab", "pinch_open"])
def test_a_relaxed_hand_is_left_out_and_the_own_ones_are_kept(pose: str, side: Handedness) -> None:
    wide = template(pose, side)
    assert is_taken(wide, "relaxed", side=side)
    near = kept_from_rest(wide)
    assert 0 < near.radius < 0.6
    assert near.samples == wide.samples
    assert not any(is_taken(near, "relaxed", turn, side) for turn in TURNS)
    for turn in TURNS:
        roll, yaw, pitch = turn
        assert is_taken(near, pose, (1.5 * roll, 1.5 * yaw, 1.5 * pitch), side)


@pytest.mark.parametrize("pose", ["rock", "thumbs_up", "little"])
def test_what_no_hand_at_rest_looks_like_reaches_as_far_as_before(pose: str) -> None:
    one = template(pose)
    assert kept_from_rest(one) is one


def test_a_hand_at_rest_keeps_a_least_reach() -> None:
    hands = resting_hands()[:200]
    one = kept_from_rest(template_of("mine", hands, ["Right"] * len(hands), keep=200))
    assert one.radius == LEAST_RADIUS
    assert rest_share(one) > 0.3


def test_a_small_radius_is_left_alone() -> None:
    points = np.stack([show("claw", *turn) for turn in TURNS])
    one = template_of("mine", points, ["Right"] * len(points), radius=0.2)
    assert kept_from_rest(one) is one


@pytest.mark.parametrize("flat", [False, True], ids=["deep", "flat"])
def test_trained_reach_stops_short_of_rest_but_not_of_its_own(flat: bool) -> None:
    points = np.stack([show("claw", *turn) for turn in TURNS])
    points[:, :, 2] *= 0 if flat else 1
    rows = np.asarray(features(points) @ whitening(flat), np.float32)
    samples = rows[:1]
    limit = rest_limit(samples, flat=flat)
    assert short_of_rest(0.9, rows, samples, flat=flat) == pytest.approx(limit)
    assert short_of_rest(0.2, rows, samples, flat=flat) == 0.2
    far = np.concatenate([rows, rows[:1] + np.float32(0.1)])  # somebody who shows it differently
    assert 0.7 < short_of_rest(0.9, far, samples, flat=flat) <= 0.9


def test_what_is_shown_at_rest_is_told() -> None:
    assert shown_at_rest([template("rock")]) == {}
    shown = shown_at_rest([template("claw"), template("rock")])
    assert list(shown) == ["mine"]
    assert shown["mine"] > 0.3
    assert shown_at_rest([kept_from_rest(template("claw"))]).get("mine", 0.0) < 0.02


def test_resting_hands_are_always_the_same() -> None:
    assert resting_hands() is resting_hands()
    with pytest.raises(ValueError, match="read-only"):
        resting_hands()[0] = 0


def recorded(pose: str) -> tuple[Template, tuple[str, ...]]:
    none = np.zeros((21, 3), np.float32)
    samples = [HandSample(100 * show(pose, *turn), none, "Right", False, 0.0) for turn in TURNS]
    made, report = shape_of("mine", samples, Library((), MappingProxyType({})), "template")
    assert isinstance(made, Template)
    return made, report


def test_a_recording_near_rest_does_not_light_up_at_rest() -> None:
    made, report = recorded("claw")
    assert report[-1].startswith("A hand at rest is near mine")
    recognizer, begun = Recognizer(Library((made,), MappingProxyType({}))), []
    for number in range(90):
        pose = "relaxed" if number < 45 else "claw"
        points = 100 * show(pose, 5 * math.sin(number / 9), 5 * math.cos(number / 7)) + np.float32(240)
        hand = Hand(1, "Right", 0.98, 0.99, points.astype(np.float32), np.zeros((21, 3), np.float32))
        steps = recognizer.update(HandFrame(number, number / 30, 640, 480, hands=(hand,))).steps
        begun += [pose for step in steps if step.kind == "begin"]
    assert begun == ["claw"]


def test_a_recording_far_from_rest_has_nothing_to_say_of_it() -> None:
    assert "rest" not in " ".join(recorded("rock")[1])
