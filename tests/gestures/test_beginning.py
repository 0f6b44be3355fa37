"""What a hand must show for a pose to begin, beyond the pose's conditions."""

from __future__ import annotations

import math
from types import ModuleType

import pytest

from handplay.engine.hands import Hand
from handplay.gestures.beginning import ANYHOW, Beginning, beginning_of
from handplay.gestures.explain import Explainer
from handplay.gestures.kinds import FingerWords, Pose, Template
from handplay.gestures.library import builtin_library
from handplay.gestures.recognizer import Recognizer
from handplay.gestures.recognizer_settings import RecognizerSettings

STRAIGHT = (0.0, 0.0, 0.0, 0.0, 0.0)
RULES = RecognizerSettings()


def of(name: str) -> Beginning:
    gesture = builtin_library().find(name)
    assert gesture is not None
    return beginning_of(gesture, RULES)


@pytest.mark.parametrize("name", ["grab", "pinch", "wave", "drag", "zoom", "clap", "ok", "mute"])
def test_grips_touches_and_movements_begin_as_soon_as_they_are_seen(name: str) -> None:
    assert of(name) == ANYHOW
    assert ANYHOW.allows(0.0, 100.0, (), 0.0)


def test_a_template_begins_well_within_its_reach() -> None:
    asked = beginning_of(Template("mine", samples=((0.0,) * 63,)), RULES)
    assert asked == Beginning(RULES.begin_template)
    assert asked.allows(0.61, 100.0, STRAIGHT, 0.0)
    assert not asked.allows(0.59, 0.0, STRAIGHT, 0.0)


@pytest.mark.parametrize(
    ("name", "straight", "bent", "step"),
    [
        ("point", (1,), (2, 3, 4), RULES.lone_step),
        ("pinky_up", (4,), (1, 2, 3), RULES.lone_step),
        ("victory", (1, 2), (3, 4), RULES.finger_step),
        ("rock", (1, 4), (2, 3), RULES.finger_step),
    ],
)
def test_which_fingers_a_pose_tells_apart(
    name: str, straight: tuple[int, ...], bent: tuple[int, ...], step: float
) -> None:
    asked = of(name)
    assert (asked.straight, asked.bent, asked.step) == (straight, bent, step)
    assert math.isinf(asked.still_speed)


LOOSE: FingerWords = frozenset({"extended", "half"})
BENT: FingerWords = frozenset({"half", "curled"})
UP: FingerWords = frozenset({"extended"})


@pytest.mark.parametrize(
    "fingers",
    [
        pytest.param((None, UP, UP, UP, BENT), id="one bent finger draws its neighbours along"),
        pytest.param((None, UP, LOOSE, BENT, BENT), id="a straight one need not be straight"),
        pytest.param((None, UP, None, None, None), id="only straight ones are asked for"),
    ],
)
def test_poses_that_tell_fingers_apart_less_sharply(fingers: tuple[FingerWords | None, ...]) -> None:
    assert beginning_of(Pose("mine", fingers=fingers), RULES) == Beginning(RULES.begin_score)


def test_the_nearest_two_of_the_fingers_decide() -> None:
    asked = of("victory")
    assert asked.step_of((1.0, 0.1, 0.3, 0.9, 0.7)) == pytest.approx(0.4)
    assert not asked.allows(1.0, 0.0, (1.0, 0.1, 0.3, 0.9, 0.7), 0.0)
    assert asked.allows(1.0, 0.0, (1.0, 0.1, 0.1, 0.9, 0.7), 0.0)
    assert not asked.allows(0.76, 0.0, (1.0, 0.0, 0.0, 1.0, 1.0), 0.0)


@pytest.mark.parametrize(
    ("score", "speed", "begins"),
    [(0.78, 0.0, True), (0.76, 0.0, False), (0.78, 1.0, False), (0.86, 1.6, True), (0.86, 2.0, False), (1, 3.4, False)],
)
def test_an_open_hand_must_be_plainer_the_faster_it_is(score: float, speed: float, begins: bool) -> None:
    for name in ("open_palm", "stop", "stop_inverted"):
        assert of(name).allows(score, speed, STRAIGHT, 0.0) is begins


@pytest.mark.parametrize("name", ["fist", "thumbs_up", "thumb_left"])
def test_a_closed_hand_must_be_closed(name: str) -> None:
    asked, rolled_in = of(name), (0.0, 1.0, 1.0, 1.0, 1.0)
    assert asked.step_of(rolled_in) == math.inf
    assert asked.allows(0.8, 20.0, rolled_in, 0.86)
    assert not asked.allows(0.8, 0.0, rolled_in, 0.84)


def test_a_hand_that_may_be_half_open_need_not_be_closed() -> None:
    loose: FingerWords = frozenset({"half", "curled"})
    assert beginning_of(Pose("mine", fingers=(None, loose, loose, loose, loose)), RULES).grab == 0.0


def held(builders: ModuleType, hand: Hand, name: str) -> tuple[bool, str]:
    """Whether a hand that is held up for half a second begins a gesture, and what is said about it."""
    gesture = builtin_library().find(name)
    assert gesture is not None
    explainer = Explainer(builtin_library(), gesture)
    verdict = ""
    for index in range(15):
        (told,) = explainer.look(builders.frame(hand, time_s=index / 30))
        verdict = told.verdict
    return bool(explainer.begun), verdict


def test_a_half_open_hand_does_not_point(builders: ModuleType) -> None:
    """Ready to pinch, the index finger is the straightest; that alone is no pointing."""
    ready = builders.build_hand(thumb="curled", middle="half", ring="half", pinky="half")
    pointing = builders.build_hand(thumb="curled", middle="curled", ring="curled", pinky="curled")
    assert held(builders, pointing, "point")[0]
    begun, verdict = held(builders, ready, "point")
    assert not begun
    assert verdict.startswith("All conditions hold, but its straight and its bent fingers are too much alike: their")
    assert verdict.endswith("it begins with 65 %.")


def test_what_has_begun_goes_on_with_fingers_more_alike(builders: ModuleType) -> None:
    recognizer, told = Recognizer(), []
    for index in range(45):
        bent = "curled" if index < 15 else "half"
        hand = builders.build_hand(thumb="curled", middle=bent, ring=bent, pinky=bent)
        told += [(step.kind, step.name) for step in recognizer.update(builders.frame(hand, time_s=index / 30)).steps]
    assert told == [("begin", "point")]


def test_fingers_that_hold_something_are_no_fist(builders: ModuleType) -> None:
    holding = builders.build_hand(thumb="half", index="half", middle="curled", ring="curled", pinky="half")
    begun, verdict = held(builders, holding, "fist")
    assert not begun
    assert verdict.startswith("All conditions hold, but the hand is not closed enough: ")
    assert verdict.endswith("it begins with 85 %.")


def test_a_moving_open_hand_is_told_how_much_plainer_it_must_be(builders: ModuleType) -> None:
    gesture = builtin_library().find("stop")
    assert gesture is not None
    explainer, verdict = Explainer(builtin_library(), gesture), ""
    for index in range(24):
        words = {"thumb": "half", "splay": 0.6} if index > 12 else dict.fromkeys(("index", "middle"), "curled")
        hand = builders.build_hand(**words, at=(150.0 + 2.5 * 80 * index / 30, 240.0))
        (told,) = explainer.look(builders.frame(hand, time_s=index / 30))
        verdict = told.verdict
    assert not explainer.begun
    assert " of a hand that moves so, and has 0." in verdict
