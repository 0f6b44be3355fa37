"""Hands over time: what begins, lasts, ends, and what must not."""

from __future__ import annotations

import random
from dataclasses import replace
from types import MappingProxyType, ModuleType

import numpy as np
import pytest

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.explain import Explainer
from handplay.gestures.kinds import Motion, Pose, Template
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.recognizer import Recognition, Recognizer
from handplay.gestures.recognizer_settings import RecognizerSettings
from handplay.gestures.settings import GestureSettings

FPS = 30


def play(
    recognizer: Recognizer, builders: ModuleType, *spans: tuple[float, Hand | None], start_s: float = 0.0
) -> list[tuple[float, str, str]]:
    """Feeds each hand for some seconds; what was told as (time, kind, name)."""
    told: list[tuple[float, str, str]] = []
    index = 0
    for seconds, hand in spans:
        for _ in range(round(seconds * FPS)):
            time_s = start_s + index / FPS
            frame = builders.frame(*([hand] if hand is not None else []), time_s=time_s)
            told += [(round(time_s - start_s, 3), step.kind, step.name) for step in recognizer.update(frame).steps]
            index += 1
    return told


@pytest.mark.parametrize("side", ["Left", "Right"])
@pytest.mark.parametrize("turn", [{}, {"yaw": 40}, {"yaw": -40}, {"pitch": 40}, {"pitch": -40}], ids=str)
@pytest.mark.parametrize(
    ("shown", "names"),
    [
        ("open_palm", {"open_palm"}),
        ("stop", {"stop"}),
        ("fist", {"fist", "grab"}),
        ("point", {"point"}),
        ("victory", {"victory"}),
        ("thumbs_up", {"thumbs_up"}),
        ("thumbs_down", {"thumbs_down"}),
        ("four", {"four"}),
        ("rock", {"rock"}),
        ("pinch", {"pinch"}),
        ("ok", {"ok", "pinch"}),
    ],
)
def test_builtin_gestures(builders: ModuleType, shown: str, names: set[str], side: str, turn: dict[str, int]) -> None:
    told = play(Recognizer(), builders, (0.5, builders.show(shown, side, **turn)))
    assert {name for _, _, name in told} == names
    assert {kind for _, kind, _ in told} == {"begin"}


@pytest.mark.parametrize("roll", range(-180, 180, 45))
@pytest.mark.parametrize("shown", ["open_palm", "fist", "point", "victory", "pinch"])
def test_roll_does_not_matter(builders: ModuleType, shown: str, roll: int) -> None:
    told = play(Recognizer(), builders, (0.5, builders.show(shown, roll=roll)))
    assert {name for _, _, name in told} == ({shown, "grab"} if shown == "fist" else {shown})


def test_begin_within_hold_time_and_one_frame(builders: ModuleType) -> None:
    told = play(Recognizer(), builders, (0.5, builders.show("victory")))
    assert told == [(0.1, "begin", "victory")]


def test_a_pose_begins_when_it_is_plain_and_goes_on_while_it_fits(builders: ModuleType) -> None:
    plain, loose = (builders.build_hand(thumb="half", splay=splay) for splay in (0.0, 0.7))
    assert play(Recognizer(), builders, (1.0, loose)) == []
    told = play(Recognizer(), builders, (0.3, plain), (1.0, loose), (0.5, None))
    assert [(kind, name) for _, kind, name in told] == [("begin", "stop"), ("cancel", "stop")]
    lenient = Recognizer(rules=RecognizerSettings(begin_score=0.0))
    assert [kind for _, kind, _ in play(lenient, builders, (0.5, loose))] == ["begin"]


def test_a_pose_must_be_plain_all_through_its_hold_time(builders: ModuleType) -> None:
    plain, loose = (builders.build_hand(thumb="half", splay=splay) for splay in (0.0, 0.7))
    told = play(Recognizer(), builders, *[(0.067, hand) for _ in range(5) for hand in (plain, loose)])
    assert told == []


def test_one_gesture_ends_before_the_next_begins(builders: ModuleType) -> None:
    told = play(Recognizer(), builders, (0.5, builders.show("open_palm")), (0.5, builders.show("point")))
    assert told == [(0.1, "begin", "open_palm"), (0.6, "end", "open_palm"), (0.6, "begin", "point")]


def test_reading(builders: ModuleType) -> None:
    recognizer = Recognizer()
    hand = builders.show("point")
    recognition = Recognition(0.0)
    for k in range(10):
        recognition = recognizer.update(builders.frame(hand, time_s=k / FPS))
    (reading,) = recognition.readings
    assert reading.hand_id == 1
    assert reading.fingers == ("curled", "extended", "curled", "curled", "curled")
    assert reading.curl == pytest.approx((1, 0, 1, 1, 1), abs=0.05)
    assert reading.gestures == ("point",)
    assert reading.palm == "toward"
    assert (reading.pinching, reading.grabbing) == (False, False)


@pytest.mark.parametrize(("missing_s", "told"), [(0.09, []), (0.2, ["cancel", "begin"])])
def test_a_hand_that_is_missing(builders: ModuleType, missing_s: float, told: list[str]) -> None:
    recognizer = Recognizer()
    hand = builders.show("point")
    play(recognizer, builders, (0.5, hand))
    steps = play(recognizer, builders, (missing_s, None), (0.4, hand), start_s=0.5)
    assert [kind for _, kind, _ in steps] == told


def test_lost_is_told_once(builders: ModuleType) -> None:
    recognizer = Recognizer()
    recognizer.update(builders.frame(builders.show("point"), time_s=0.0))
    lost = [recognizer.update(builders.frame(time_s=k / FPS)).lost for k in range(1, 10)]
    assert [ids for ids in lost if ids] == [(1,)]


@pytest.mark.parametrize("time_s", [-1.0, 5.0], ids=["the clock goes back", "a long pause"])
def test_a_clock_that_jumps_cancels_and_begins_anew(builders: ModuleType, time_s: float) -> None:
    recognizer = Recognizer()
    hand = builders.show("point")
    play(recognizer, builders, (0.5, hand))
    first = recognizer.update(builders.frame(hand, time_s=time_s))
    assert [(step.kind, step.name) for step in first.steps] == [("cancel", "point")]
    assert first.lost == ()
    again = play(recognizer, builders, (0.3, hand), start_s=time_s)
    assert [(kind, name) for _, kind, name in again] == [("begin", "point")]


def test_the_same_time_twice_is_no_jump(builders: ModuleType) -> None:
    recognizer = Recognizer()
    hand = builders.show("point")
    play(recognizer, builders, (0.5, hand))
    assert recognizer.update(builders.frame(hand, time_s=14 / FPS)).steps == ()


def test_after_reset_as_new(builders: ModuleType) -> None:
    used, fresh = Recognizer(), Recognizer()
    play(used, builders, (0.4, builders.show("open_palm")), (0.2, builders.show("pinch")))
    held = used.reset(0.7)
    assert {step.kind for step in held.steps} == {"cancel"}
    assert held.lost == (1,)
    for k, hand in enumerate([builders.show("pinch"), builders.show("point")] * 6):
        frame = builders.frame(hand, time_s=0.1 + k / 10)
        a, b = used.update(frame), fresh.update(frame)
        assert (a.readings, a.steps, a.lost) == (b.readings, b.steps, b.lost)


def test_each_hand_has_gestures_of_its_own(builders: ModuleType) -> None:
    recognizer = Recognizer()
    hands = (builders.show("point", hand_id=3), builders.show("victory", "Left", hand_id=7))
    recognition = Recognition(0.0)
    told = []
    for k in range(10):
        recognition = recognizer.update(builders.frame(*hands, time_s=k / FPS))
        told += [(step.hand_id, step.handedness, step.name) for step in recognition.steps]
    assert sorted(told) == [(3, "Right", "point"), (7, "Left", "victory")]
    assert [reading.hand_id for reading in recognition.readings] == [3, 7]


def shuffled(seed: int) -> Library:
    library = builtin_library()
    poses = list(library.gestures)
    random.Random(seed).shuffle(poses)
    return Library(tuple(poses), library.actions)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shown", ["open_palm", "stop", "fist", "thumbs_up", "ok", "four", "victory"])
def test_the_order_of_the_file_does_not_matter(builders: ModuleType, shown: str, seed: int) -> None:
    told = play(Recognizer(shuffled(seed)), builders, (0.4, builders.show(shown)))
    assert shown in {name for _, _, name in told}
    assert {name for _, _, name in told} - {shown} <= ({"grab"} if shown == "fist" else {"pinch"})


def test_the_more_specific_gesture_wins_and_the_other_takes_over(builders: ModuleType) -> None:
    two = (None, frozenset({"extended"}), frozenset({"extended"}), None, None)
    wide = Pose("wide", fingers=two)
    narrow = Pose("narrow", fingers=(*two[:3], frozenset({"curled"}), frozenset({"curled"})))
    for poses in ((wide, narrow), (narrow, wide)):
        recognizer = Recognizer(Library(poses, MappingProxyType({})))
        told = play(recognizer, builders, (0.3, builders.show("victory")), (0.4, builders.show("open_palm")))
        assert [(kind, name) for _, kind, name in told] == [
            ("begin", "narrow"),
            ("end", "narrow"),
            ("begin", "wide"),
        ]


def test_a_hand_in_motion_between_poses_fires_nothing(builders: ModuleType) -> None:
    recognizer = Recognizer()
    open_px, fist_px = builders.show("open_palm").landmarks_px, builders.show("fist").landmarks_px
    told = []
    for k in range(90):
        part = 0.5 + 0.5 * np.sin(k / 3)  # closes and opens in about 0.6 s, never at rest
        hand = replace(
            builders.show("open_palm"), landmarks_px=(part * open_px + (1 - part) * fist_px).astype(np.float32)
        )
        told += [step.name for step in recognizer.update(builders.frame(hand, time_s=k / FPS)).steps]
    assert set(told) <= {"open_palm", "fist", "grab"}


def test_noise_on_a_resting_hand_does_not_flicker(builders: ModuleType) -> None:
    rng = np.random.default_rng(5)
    for shown in ("open_palm", "fist", "point", "victory", "thumbs_up", "pinch"):
        recognizer = Recognizer()
        hand = builders.show(shown)
        told = []
        for k in range(150):
            noisy = hand.landmarks_px + rng.normal(0, 0.012 * 80, (21, 3)).astype(np.float32)
            frame = builders.frame(replace(hand, landmarks_px=noisy.astype(np.float32)), time_s=k / FPS)
            told += [(step.kind, step.name) for step in recognizer.update(frame).steps]
        assert told == [("begin", name) for name in (("grab", "fist") if shown == "fist" else (shown,))], shown


def test_values(builders: ModuleType) -> None:
    grip = Pose("squeeze", grip="pinch", trigger="continuous", hold_s=0)
    recognizer = Recognizer(Library((grip,), MappingProxyType({})))
    values = []
    for k in range(3):
        recognition = recognizer.update(builders.frame(builders.show("pinch"), time_s=k / FPS))
        values += [(step.kind, step.value, round(step.held_s, 3)) for step in recognition.steps]
    assert values == [("begin", 1.0, 0.0), ("hold", 1.0, 0.033), ("hold", 1.0, 0.067)]


def test_an_empty_frame_and_an_empty_library(builders: ModuleType) -> None:
    recognizer = Recognizer(Library((), MappingProxyType({})))
    assert recognizer.update(HandFrame(0, 0.0, 640, 480)) == Recognition(0.0)
    recognition = recognizer.update(builders.frame(builders.show("fist"), time_s=0.1))
    assert recognition.steps == ()
    assert recognition.readings[0].gestures == ()


def test_rules_are_checked() -> None:
    with pytest.raises(ValueError, match=r"RecognizerSettings\.missing_s: got -1, wanted a number of at least 0"):
        RecognizerSettings(missing_s=-1)


def test_templates_compete_with_poses(builders: ModuleType) -> None:
    hand = builders.show("victory")
    mine = Template("mine", samples=(tuple(hand.landmarks_px.ravel().tolist()),))
    recognizer = Recognizer(Library((*builtin_library().gestures, mine), MappingProxyType({})))
    assert {name for _, _, name in play(recognizer, builders, (0.5, builders.show("fist")))} == {"fist", "grab"}
    told = play(recognizer, builders, (0.5, hand), start_s=5.0)
    begun = {name for _, kind, name in told if kind == "begin"}
    assert len(begun) == 1
    assert begun <= {"mine", "victory"}


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_template_of_the_right_hand_fits_the_left_one_mirrored(builders: ModuleType, mirrored: bool) -> None:
    sample = tuple(builders.show("rock").landmarks_px.ravel().tolist())
    library = Library((Template("mine", samples=(sample,)),), MappingProxyType({}))
    for side in ("Right", "Left"):
        recognizer = Recognizer(library)
        # A selfie view shows the right hand as a left one would look.
        hand = builders.show("rock", side if not mirrored else {"Right": "Left", "Left": "Right"}[side])
        names: set[str] = set()
        for k in range(8):
            frame = builders.frame(replace(hand, handedness=side), time_s=k / FPS, mirrored=mirrored)
            names |= {step.name for step in recognizer.update(frame).steps}
        assert names == {"mine"}, side


def test_a_motion_can_ask_for_a_template(builders: ModuleType) -> None:
    sample = tuple(builders.show("rock").landmarks_px.ravel().tolist())
    mine = Template("mine", samples=(sample,))
    library = Library((mine, Motion("go", path="right", pose="mine")), MappingProxyType({}))
    for shown, told in (("rock", ["go"]), ("victory", [])):
        recognizer, begun = Recognizer(library), []
        for k in range(50):
            way = min(1.0, max(0.0, (k - 20) / 12))
            hand = builders.show(shown, at=(400 - 150 * way * way * (3 - 2 * way), 240))
            steps = recognizer.update(builders.frame(hand, time_s=k / FPS)).steps
            begun += [step.name for step in steps if step.kind == "begin" and step.name == "go"]
        assert begun == told, shown


def test_a_replaced_library_keeps_what_is_unchanged(builders: ModuleType) -> None:
    fist, point = Pose("fist", fingers=(None, *(frozenset({"curled"}),) * 4)), Pose("point", grip="pinch")
    recognizer = Recognizer(Library((point, fist), MappingProxyType({})))
    assert play(recognizer, builders, (0.3, builders.show("fist"))) == [(0.1, "begin", "fist")]
    recognizer.replace_library(
        Library((replace(fist, line=7, file="other.json"), Pose("new", grip="grab")), MappingProxyType({}))
    )
    told = play(recognizer, builders, (0.3, builders.show("fist")), start_s=0.3)
    assert told == [(0.1, "begin", "new")]
    told = play(recognizer, builders, (0.3, builders.show("open_palm")), start_s=0.6)
    assert {name for _, kind, name in told if kind == "end"} == {"fist", "new"}


def test_a_replaced_library_cancels_what_has_changed(builders: ModuleType) -> None:
    fist = Pose("fist", fingers=(None, *(frozenset({"curled"}),) * 4))
    recognizer = Recognizer(Library((fist,), MappingProxyType({})))
    play(recognizer, builders, (0.3, builders.show("fist")))
    recognizer.replace_library(Library((replace(fist, hold_s=0.2),), MappingProxyType({})))
    told = play(recognizer, builders, (0.4, builders.show("fist")), start_s=0.3)
    assert told == [(0.0, "cancel", "fist"), (0.2, "begin", "fist")]


def test_what_a_replaced_library_cancels_is_told_by_a_reset_too(builders: ModuleType) -> None:
    recognizer = Recognizer(Library((Pose("fist", grip="grab"),), MappingProxyType({})))
    play(recognizer, builders, (0.3, builders.show("fist")))
    recognizer.replace_library(Library((), MappingProxyType({})))
    assert [(step.kind, step.name) for step in recognizer.reset(1.0).steps] == [("cancel", "fist")]


def test_a_reading_has_the_measures_behind_it(builders: ModuleType) -> None:
    reading = Recognizer().update(builders.frame(builders.show("point"), time_s=0.0)).readings[0]
    assert reading.pointing[1][1] < -0.9  # index finger up
    assert len(reading.spread_rad) == len(reading.contact) == 4
    assert reading.facing is not None
    assert reading.facing > 0.5
    assert replace(reading, measures=None) == reading
    assert (replace(reading, measures=None).facing, replace(reading, measures=None).contact) == (None, ())


def test_other_borders_count_from_the_next_frame(builders: ModuleType) -> None:
    usual = GestureSettings()
    never = replace(usual, pinch_on_gap=0.001, pinch_off_gap=0.002)
    recognizer = Recognizer(settings=never)
    told = play(recognizer, builders, (0.5, builders.show("pinch")))
    assert "pinch" not in {name for _, _, name in told}
    recognizer.replace_settings(usual)
    told = play(recognizer, builders, (0.5, builders.show("pinch")), start_s=0.5)
    assert ("begin", "pinch") in {(kind, name) for _, kind, name in told}
    assert not {kind for _, kind, _ in told} & {"cancel"}


def on_its_way(builders: ModuleType, pose: str, palms_a_second: float) -> list[HandFrame]:
    """A fist that rests, then moves on in a pose for a third of a second, then rests in it."""
    frames, x = [], 120.0
    for index in range(45):
        x += palms_a_second * 80 / FPS if 15 <= index < 25 else 0.0
        hand = builders.show(pose if index >= 15 else "fist", at=(x, 240.0))
        frames.append(builders.frame(hand, time_s=index / FPS))
    return frames


@pytest.mark.parametrize(
    ("pose", "palms_a_second", "when"),
    [("open_palm", 1.5, "moving"), ("open_palm", 6.0, "still"), ("rock", 6.0, "moving")],
)
def test_an_open_hand_begins_as_it_slows_down(
    builders: ModuleType, pose: str, palms_a_second: float, when: str
) -> None:
    """On its way it may be a hand at ease; a rock is meant wherever it goes."""
    recognizer, told = Recognizer(), []
    for index, frame in enumerate(on_its_way(builders, pose, palms_a_second)):
        told += [
            "moving" if index < 25 else "still"
            for step in recognizer.update(frame).steps
            if (step.kind, step.name) == ("begin", pose)
        ]
    assert told == [when]


def test_explain_tells_that_a_hand_is_on_its_way(builders: ModuleType) -> None:
    library = builtin_library()
    palm = library.find("open_palm")
    assert palm is not None
    explainer = Explainer(library, palm)
    told = [explainer.look(frame)[0].verdict for frame in on_its_way(builders, "open_palm", 6.0)]
    assert "the hand is on its way" in told[23]
    assert "begins below 3.3" in told[23]
    assert told[-1].startswith("It is on")


def carried(builders: ModuleType, palms_a_second: float) -> list[list[str]]:
    """A pinch that rests, then seems to close for half a second while it moves at this speed; what is on meanwhile."""
    recognizer, on, fingers = Recognizer(), [], ("index", "middle", "ring", "pinky")
    for index in range(30):
        x = 200.0 + max(0, index - 12) * palms_a_second * 80 / FPS
        hand = builders.show("pinch", at=(x, 240.0))
        if index >= 15:
            hand = builders.build_hand(**dict.fromkeys(fingers, "curled"), pinch=True, at=(x, 240.0))
        (reading,) = recognizer.update(builders.frame(hand, time_s=index / FPS)).readings
        on.append(list(reading.gestures))
    return on


def test_what_is_carried_between_two_fingers_does_not_fall_on_the_way(builders: ModuleType) -> None:
    moving, resting = carried(builders, 2.5), carried(builders, 0.0)
    assert moving[14] == resting[14] == ["pinch"]
    assert moving[-1] == ["pinch"]
    assert "pinch" not in resting[-1]
