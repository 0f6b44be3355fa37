"""Recording a gesture: which frames are taken, when it is done, what it makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from handplay.engine.hands import HandFrame
from handplay.gestures.kinds import Motion, Pose, Template
from handplay.gestures.learn.judging import ShapeJudge
from handplay.gestures.learn.performances import PerformanceSettings, resampled
from handplay.gestures.learn.recorder import (
    NothingRecorded,
    Recorded,
    Recorder,
    RecorderSettings,
    RecorderState,
    RecordKind,
)
from handplay.gestures.learn.sampling import SamplingSettings
from handplay.gestures.library import builtin_library, check_bytes
from handplay.gestures.recognizer import Recognizer
from handplay.gestures.writing import file_text

FPS = 30
Show = Callable[[float], HandFrame]


def run(recorder: Recorder, show: Show, most_s: float = 20.0, start_s: float = 0.0) -> list[RecorderState]:
    states = []
    for number in range(round(most_s * FPS)):
        states.append(recorder.feed(show(start_s + number / FPS)))
        if states[-1].phase == "done":
            break
    return states


def held(builders: ModuleType, *, wobble: float = 6.0, **words: object) -> Show:
    """A hand that is held and turned slowly."""

    def show(time_s: float) -> HandFrame:
        turn = {"roll": wobble * np.sin(time_s * 2), "yaw": wobble * np.sin(time_s * 1.3)}
        return builders.frame(builders.build_hand(**{**turn, **words}), time_s=time_s)  # type: ignore[no-any-return]

    return show


def travelling(
    builders: ModuleType, *, to: tuple[float, float] = (-200, 0), rest_s: float = 0.8, move_s: float = 0.4
) -> Show:
    """A hand that rests, moves and rests, again and again; it is back at the start while nobody looks."""

    def show(time_s: float) -> HandFrame:
        part = min(1.0, max(0.0, time_s % (2 * rest_s + move_s) - rest_s) / move_s)
        part = part * part * (3 - 2 * part)
        hand_id = 1 + int(time_s / (2 * rest_s + move_s))
        at = (420 + to[0] * part, 240 + to[1] * part)
        hand = builders.build_hand(middle="curled", ring="curled", at=at, palm_px=60.0, hand_id=hand_id)
        return builders.frame(hand, time_s=time_s)  # type: ignore[no-any-return]

    return show


def record(show: Show, kind: RecordKind = "auto", name: str = "mine") -> Recorded:
    recorder = Recorder(name, kind)
    assert run(recorder, show)[-1].phase == "done"
    return recorder.result()


# What is taken


def test_a_held_hand_is_done_after_its_time(builders: ModuleType) -> None:
    states = run(Recorder("mine"), held(builders))
    assert states[-1].phase == "done"
    assert states[-1].progress == 1.0
    assert 2.0 <= len(states) / FPS <= 2.5
    assert 20 <= states[-1].samples <= 45
    progress = [state.progress for state in states]
    assert progress == sorted(progress)
    assert {state.phase for state in states} == {"waiting", "holding", "done"}


def test_done_stays_done(builders: ModuleType) -> None:
    recorder = Recorder("mine")
    last = run(recorder, held(builders))[-1]
    assert recorder.feed(builders.frame(time_s=99.0)) == last


@pytest.mark.parametrize(
    ("change", "fault", "hint"),
    [
        (lambda b, f: b.frame(time_s=f.time_s), "no_hand", "Show your hand"),
        (lambda b, f: b.frame(f[0], replace(f[0], hand_id=2), time_s=f.time_s), "two_hands", "one hand only"),
        (lambda b, f: b.frame(b.build_hand(at=(5, 240)), time_s=f.time_s), "outside", "whole hand"),
        (lambda b, f: b.frame(b.build_hand(palm_px=12), time_s=f.time_s), "small", "closer"),
        (lambda b, f: b.frame(replace(f[0], presence=0.6), time_s=f.time_s), "unsure", "hard to see"),
        (lambda b, f: b.frame(b.build_hand(at=(320 + 40 * (round(f.time_s * FPS) % 2), 240)), time_s=f.time_s),
         "moving", "still"),
        (lambda b, f: b.frame(replace(f[0], landmarks_px=f[0].landmarks_px * np.float32(np.nan)), time_s=f.time_s),
         "unsure", "hard to see"),
    ],
    ids=["no hand", "two hands", "partly outside", "far", "unsure", "moving", "not finite"],
)  # fmt: skip
def test_bad_frames_are_rejected_and_told(
    builders: ModuleType, change: Callable[[ModuleType, HandFrame], HandFrame], fault: str, hint: str
) -> None:
    good = held(builders)
    recorder = Recorder("mine", "pose")
    states = run(recorder, lambda time_s: change(builders, good(time_s)), most_s=3.0)
    assert states[-1].samples == 0
    assert states[-1].progress == 0.0
    assert hint in states[-1].hint
    assert dict(states[-1].rejected)[fault] >= 80
    with pytest.raises(NothingRecorded, match=hint.lower()):
        recorder.result()


def test_bad_frames_between_good_ones_cost_time_and_no_samples(builders: ModuleType) -> None:
    good = held(builders)

    def show(time_s: float) -> HandFrame:
        return builders.frame(time_s=time_s) if 1.0 <= time_s < 2.0 else good(time_s)

    recorder = Recorder("mine")
    states = run(recorder, show)
    assert 3.0 <= len(states) / FPS <= 3.6
    assert all(not 1.0 <= sample.time_s < 2.0 for sample in recorder.samples)


def test_a_pause_in_the_frames_is_no_holding(builders: ModuleType) -> None:
    recorder = Recorder("mine")
    show = held(builders)
    for time_s in (0.0, 10.0, 20.0):
        recorder.feed(show(time_s))
    assert recorder.state.progress < 0.3


# What is made of it


def test_a_plain_shape_becomes_words(builders: ModuleType) -> None:
    made = record(held(builders, thumb="curled", middle="curled", ring="curled"))
    assert isinstance(made.gesture, Pose)
    assert made.gesture.fingers[1] == frozenset({"extended"})
    assert "curled" in (made.gesture.fingers[2] or ())
    assert "A pose in words" in made.report[0]
    assert made.json_row["name"] == "mine"
    assert made.json_row["fingers"]["index"] == "extended"


@pytest.mark.parametrize("side", ["Right", "Left"])
@pytest.mark.parametrize("mirrored", [False, True], ids=["plain", "selfie"])
def test_a_template_is_recognized_on_both_hands(builders: ModuleType, side: str, mirrored: bool) -> None:
    def show(time_s: float) -> HandFrame:
        hand = builders.build_hand(index="curled", ring="half", side=side, yaw=8 * np.sin(time_s))
        if mirrored:
            points = hand.landmarks_px * np.array([-1, 1, 1], np.float32) + np.array([640, 0, 0], np.float32)
            hand = replace(hand, landmarks_px=points)
        return builders.frame(hand, time_s=time_s, mirrored=mirrored)  # type: ignore[no-any-return]

    made = record(show, "template")
    assert isinstance(made.gesture, Template)
    assert 1 <= len(made.gesture.samples) <= 8
    judge = ShapeJudge([made.gesture])
    for other in ("Right", "Left"):
        points = builders.build_hand(index="curled", ring="half", side=other).landmarks_px
        assert judge.best(points, other) is made.gesture
        assert judge.best(builders.build_hand(side=other).landmarks_px, other) is None


HALF_OPEN: dict[str, Any] = {"thumb": "curled", "middle": "half", "ring": "half", "pinky": "half"}
POINTING: dict[str, Any] = {"thumb": "curled", "middle": "curled", "ring": "curled", "pinky": "curled"}


def wavering(builders: ModuleType) -> Show:
    """A pointing hand that opens half now and then."""
    half_open, pointing = held(builders, **HALF_OPEN), held(builders, **POINTING)
    return lambda time_s: (half_open if np.sin(9 * time_s) > 0 else pointing)(time_s)


@pytest.mark.parametrize(
    ("show", "kind"),
    [
        (lambda builders: held(builders, **HALF_OPEN), "pose"),
        (lambda builders: held(builders, **{**POINTING, "middle": "half"}), "pose"),
        (lambda builders: held(builders, **{**HALF_OPEN, "index": "half"}), "template"),
        (wavering, "template"),
    ],
    ids=["half open", "one finger half open", "a claw", "between two shapes"],
)
def test_what_was_recorded_begins_when_it_is_shown_again(
    builders: ModuleType, show: Callable[[ModuleType], Show], kind: str
) -> None:
    shown, library = show(builders), builtin_library()
    made = record(shown)
    assert made.gesture.kind == kind
    recognizer = Recognizer(replace(library, gestures=(*library.gestures, made.gesture)))
    steps = [step for number in range(45) for step in recognizer.update(shown(100 + number / FPS)).steps]
    assert ("begin", "mine") in {(step.kind, step.name) for step in steps}


def test_what_was_recorded_can_be_kept(builders: ModuleType) -> None:
    builtin, _ = check_bytes(file_text(builtin_library().gestures).encode(), "builtin", known=[])
    assert builtin is not None
    for kind, show in (("pose", held(builders)), ("template", held(builders)), ("motion", travelling(builders))):
        made = record(show, kind)  # type: ignore[arg-type]  # three of the words
        assert made.gesture.kind == kind
        file, problems = check_bytes(file_text([made.gesture]).encode(), "own.json", known=[builtin])
        assert problems == []
        assert file is not None


def test_a_rival_is_named(builders: ModuleType) -> None:
    fist = held(builders, thumb="curled", index="curled", middle="curled", ring="curled", pinky="curled")
    made = record(fist, "template")
    assert "mine looks like fist" in made.report[-1]
    alone = record(held(builders, index="curled", ring="curled", thumb="curled"))
    assert "apart" in alone.report[-1]


def test_a_plain_open_hand_is_told_in_plain_words(builders: ModuleType) -> None:
    made = record(held(builders, world=True))
    assert isinstance(made.gesture, Pose)
    assert made.gesture.fingers[1:] == (frozenset({"extended"}),) * 4
    assert len(made.gesture.apart) + len(made.gesture.together) + len(made.gesture.touching) <= 1


def test_a_gesture_may_be_recorded_again(builders: ModuleType) -> None:
    made = record(held(builders, thumb="curled", middle="curled", ring="curled"), name="rock")
    assert "rock takes" not in made.report[-1]
    assert "nearest is rock" not in made.report[-1]


def test_a_travelling_hand_becomes_a_motion(builders: ModuleType) -> None:
    recorder = Recorder("mine")
    states = run(recorder, travelling(builders))
    assert states[-1].performances == 3
    assert {"moving", "holding"} <= {state.phase for state in states}
    made = recorder.result()
    assert isinstance(made.gesture, Motion)
    assert len(made.gesture.samples) == 3
    for path in made.gesture.samples:
        assert len(path) == 32
        assert path[0] == (0.0, 0.0)
        # 200 pixels to the left in the picture are 3.3 palms to the right for the player.
        assert path[-1] == pytest.approx((200 / 60, 0.0), abs=0.35)
    assert "3 times" in made.report[0]


def test_the_way_back_is_no_performance(builders: ModuleType) -> None:
    def show(time_s: float) -> HandFrame:
        part = time_s % 4.0
        along = np.interp(part, [0.8, 1.2, 2.8, 3.4], [0.0, 1.0, 1.0, 0.0])
        at = (420 - 200 * along, 240 + 30 * np.sin(np.pi * along))
        return builders.frame(builders.build_hand(at=at, palm_px=60.0), time_s=time_s)  # type: ignore[no-any-return]

    recorder = Recorder("mine")
    states = run(recorder, show)
    assert states[-1].performances == 3
    gesture = recorder.result().gesture
    assert isinstance(gesture, Motion)
    assert [round(path[-1][0]) for path in gesture.samples] == [3, 3, 3]


def test_a_small_shift_is_no_performance(builders: ModuleType) -> None:
    recorder = Recorder("mine", "motion")
    states = run(recorder, travelling(builders, to=(-30, 0)), most_s=8.0)
    assert states[-1].performances == 0
    with pytest.raises(NothingRecorded, match="No movement was seen"):
        recorder.result()


def test_a_hand_that_leaves_while_moving_has_not_performed(builders: ModuleType) -> None:
    move = travelling(builders)

    def show(time_s: float) -> HandFrame:
        return builders.frame(time_s=time_s) if time_s % 2.0 > 1.05 else move(time_s)

    assert run(Recorder("mine", "motion"), show, most_s=8.0)[-1].performances == 0


@pytest.mark.parametrize("rate", [0.5, 2.0], ids=["slow", "fast"])
def test_tempo_does_not_change_the_path(builders: ModuleType, rate: float) -> None:
    paths = []
    for move_s in (0.4, 0.4 / rate):
        recorder = Recorder("mine", "motion")
        run(recorder, travelling(builders, to=(-150, 90), move_s=move_s))
        gesture = recorder.result().gesture
        assert isinstance(gesture, Motion)
        paths.append(np.array(gesture.samples[0]))
    assert paths[0] == pytest.approx(paths[1], abs=0.35)


def test_a_shape_after_one_movement_is_a_shape(builders: ModuleType) -> None:
    move, hold = travelling(builders), held(builders, at=(220, 240), palm_px=60.0)
    recorder = Recorder("mine")
    states = run(recorder, lambda time_s: move(time_s) if time_s < 2.0 else hold(time_s))
    assert states[-1].performances == 1
    assert not isinstance(recorder.result().gesture, Motion)


def test_paths_are_cut_into_equal_steps() -> None:
    corner = np.array([[0, 0], [1, 0], [1, 0.5], [1, 2]], np.float32)
    path = np.array(resampled(corner, 7))
    assert np.hypot(*np.diff(path, axis=0).T) == pytest.approx([0.5] * 6)
    assert path[2].tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (SamplingSettings, "margin"), (SamplingSettings, "still_palms"), (PerformanceSettings, "least_palms"),
        (RecorderSettings, "hold_s"), (RecorderSettings, "performances"),
    ],
)  # fmt: skip
def test_settings_are_checked(make: Callable[..., object], field: str) -> None:
    with pytest.raises(ValueError, match=field):
        make(**{field: -1})


@pytest.mark.parametrize(
    ("splay", "word", "opposite"), [(0.0, "together", 2.4), (2.4, "apart", 0.0)], ids=["side by side", "spread"]
)
def test_a_pose_that_takes_hands_from_another_one_names_the_word_that_leaves_some(
    builders: ModuleType, splay: float, word: str, opposite: float
) -> None:
    made = record(held(builders, splay=splay, ring="curled", pinky="curled"), "pose", "blaster")
    (advice,) = [line for line in made.report if line.startswith("To leave other hands to three2")]
    key = f'"{word}": [["index", "middle"]]'
    assert f"add {key}: it was true all the time" in advice
    row = {**made.json_row, **json.loads(f"{{{key}}}")}
    file, problems = check_bytes(json.dumps({"version": 1, "gestures": [row]}).encode(), "x", known=[])
    assert file is not None, problems
    judge = ShapeJudge([*builtin_library().poses, *file.gestures])
    for splayed, name in ((splay, "blaster"), (opposite, "three2")):
        best = judge.best(builders.build_hand(splay=splayed, ring="curled", pinky="curled").landmarks_px, "Right")
        assert best is not None
        assert best.name == name


def test_a_pose_of_its_own_needs_no_such_word(builders: ModuleType) -> None:
    made = record(held(builders, thumb="curled", index="curled", ring="curled"), "pose")
    assert not any(line.startswith("To leave") for line in made.report)
