"""Why a gesture does not fire: the rows agree with the recognizer, the numbers with the hand, the words with both."""

from __future__ import annotations

import json
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest
from gesture_rows import library_of
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.explain import Explainer, Explanation
from handplay.gestures.explain_rows import Row, TemplateRows, pose_rows
from handplay.gestures.fingers import WordReader
from handplay.gestures.kinds import Pose, Template
from handplay.gestures.learn.features import FEATURES
from handplay.gestures.learn.templates import TemplateTable
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.measures import measure_hand
from handplay.gestures.motion.attempts import STAYS_S
from handplay.gestures.recognizer import Recognizer


def explainer_of(name: str, library: Library | None = None) -> Explainer:
    library = library or builtin_library()
    gesture = library.find(name)
    assert gesture is not None
    return Explainer(library, gesture)


def hold(
    explainer: Explainer, builders: ModuleType, hand: Hand, seconds: float = 0.5, start_s: float = 0.0
) -> Explanation:
    """The last explanation of a hand that is held still."""
    told: tuple[Explanation, ...] = ()
    for index in range(round(seconds * 30) + 1):
        told = explainer.look(builders.frame(hand, time_s=start_s + index / 30))
    (last,) = told
    return last


POSES = ("open_palm", "fist", "point", "victory", "thumbs_up", "ok", "rock", "pinch", "three")


@pytest.mark.parametrize("shown", [pose for pose in POSES if pose != "three"])
@pytest.mark.parametrize("asked", POSES)
def test_a_pose_is_on_only_when_every_row_holds(builders: ModuleType, shown: str, asked: str) -> None:
    explainer = explainer_of(asked)
    last = hold(explainer, builders, builders.show(shown))
    if last.is_on:
        assert last.failing == ()
        assert explainer.begun == 1
        assert last.verdict == "It is on for 0.40 s." or last.verdict.startswith("It is on for")
    assert not last.failing or not last.is_on
    assert last.is_on or last.verdict
    for row in last.rows:
        if row.measured is not None and (row.low is not None or row.high is not None):
            assert row.ok == (row.off == 0), row
    json.dumps(last.to_json())


def test_what_is_measured_and_what_is_wanted(builders: ModuleType) -> None:
    last = hold(explainer_of("victory"), builders, builders.show("point"))
    failing = {row.text: row for row in last.failing}
    assert "middle extended" in failing
    row = failing["middle extended"]
    assert row.measured is not None
    assert row.high is not None
    assert row.measured > 60 > row.high
    assert (row.unit, row.low) == ("% curled", None)
    assert row.wanted.startswith("at most ")
    assert row.missed.endswith("too much")
    assert last.verdict.startswith(f"{len(failing)} of {len(last.rows)} conditions fail")
    assert "middle extended" in last.verdict


def test_the_limits_are_those_of_the_moment(builders: ModuleType) -> None:
    """A finger that is straight may bend a little further than one that is bent may stay."""
    straight = hold(explainer_of("point"), builders, builders.show("point"))
    bent = hold(explainer_of("point"), builders, builders.show("fist"))

    def index(one: Explanation) -> Row:
        return next(row for row in one.rows if row.text == "index extended")

    assert index(straight).ok
    assert not index(bent).ok
    to_stay, to_begin = index(straight).high, index(bent).high
    assert to_stay is not None
    assert to_begin is not None
    assert to_stay > to_begin + 5


def test_holding_cooling_and_letting_go_are_told(builders: ModuleType) -> None:
    explainer = explainer_of("mine", library_of({"name": "mine", "fingers": {"index": "extended"}, "hold_s": 0.5,
                                                 "release_s": 0.2, "cooldown_s": 1.0}))  # fmt: skip
    up, down = builders.show("point"), builders.show("fist")
    assert hold(explainer, builders, up, 0.3).verdict == "All conditions hold: held 0.30 of 0.5 s."
    assert hold(explainer, builders, up, 0.4, 0.3).timing.startswith("on for 0.")
    assert hold(explainer, builders, down, 0.1, 0.8).timing == "on, and gone for 0.10 of 0.2 s"
    last = hold(explainer, builders, up, 0.3, 1.2)
    assert last.phase == "on" or last.timing.startswith("cooling down")
    hold(explainer, builders, down, 0.5, 1.6)
    assert hold(explainer, builders, up, 0.1, 2.2).verdict.startswith("All conditions hold: cooling down, ")


def test_a_more_specific_rival_is_named(builders: ModuleType) -> None:
    exact = {"name": "exact", "fingers": {"index": "extended", "middle": "curled", "ring": "curled"}}
    library = library_of({"name": "broad", "fingers": {"index": "extended"}, "palm": "toward"}, exact)
    last = hold(explainer_of("broad", library), builders, builders.show("point"))
    assert not last.is_on
    assert last.failing == ()
    assert last.verdict == "All conditions hold, but 'exact' wins: it is more specific."


def test_a_pose_that_is_not_plain_enough_to_begin_is_told(builders: ModuleType) -> None:
    last = hold(explainer_of("stop"), builders, builders.build_hand(thumb="half", splay=0.7))
    assert not last.is_on
    assert last.failing == ()
    assert last.verdict == "All conditions hold, but only just: it begins with a fit of 0.77, and has 0.76."


def test_the_wrong_hand_is_told(builders: ModuleType) -> None:
    library = library_of({"name": "mine", "fingers": {"index": "extended"}, "hand": "left"})
    last = hold(explainer_of("mine", library), builders, builders.show("point"))
    (row,) = last.failing
    assert (row.text, row.note) == ("left hand", "it is the right hand")
    assert last.verdict.endswith("left hand (it is the right hand).")


def test_a_pinch_over_a_fist_is_explained(builders: ModuleType) -> None:
    last = hold(explainer_of("pinch"), builders, builders.show("fist"))
    assert not last.is_on
    (row,) = last.failing
    assert row.text == "grip pinch"
    assert row.note == "the index finger is rolled in, as in a fist"


def test_a_closed_hand_that_opens_a_little_is_explained(builders: ModuleType) -> None:
    """What it carries stays in it, also in the numbers; and the nearness of its thumb is no pinch."""
    reader = WordReader()
    opening = replace(measure_hand(builders.show("pinch"), reader.settings), grab=0.45)
    closed = reader.read(measure_hand(builders.show("fist"), reader.settings))
    words = reader.read(opening, closed, 1 / 30, moving=True)

    def row_of(name: str) -> Row:
        gesture = builtin_library().find(name)
        assert isinstance(gesture, Pose)
        rows = pose_rows(gesture, opening, words, "Right", reader)
        return next(row for row in rows if row.text == f"grip {name}")

    grab, pinch = row_of("grab"), row_of("pinch")
    assert (grab.ok, grab.off) == (True, 0)
    assert (grab.measured, grab.low) == pytest.approx((45, 40))
    assert (pinch.ok, pinch.note) == (False, "the hand is closed; it pinches once it has opened")


def test_a_template_tells_its_distance_and_its_rival(builders: ModuleType) -> None:
    samples = {
        name: [float(value) for value in builders.show(name).landmarks_px.ravel()] for name in ("fist", "victory")
    }
    library = library_of(*({"name": f"my_{name}", "kind": "template", "samples": [s]} for name, s in samples.items()))
    near = hold(explainer_of("my_fist", library), builders, builders.show("fist"))
    assert near.is_on
    far = hold(explainer_of("my_fist", library), builders, builders.show("victory"))
    shape = far.rows[0]
    assert (shape.text, shape.ok) == ("shape like a sample", False)
    assert shape.measured is not None
    assert shape.high is not None
    assert shape.measured > shape.high
    assert (far.rows[1].text, far.rows[1].ok) == ("rather than another template", False)
    assert far.rows[1].note == "it looks more like my_victory"


@pytest.mark.parametrize("seed", range(6))
def test_a_template_fires_just_when_all_its_rows_hold(builders: ModuleType, seed: int) -> None:
    """Plain and trained ones, near and far: what is told is what decides."""
    rng = np.random.default_rng(seed)
    names = ("fist", "victory", "point", "thumbs_up")
    templates = tuple(
        Template(
            f"my_{name}",
            samples=(tuple(builders.show(name).landmarks_px.ravel().tolist()),),
            radius=float(rng.uniform(0.6, 1.4)),
            weights=tuple(rng.normal(0, 0.4, FEATURES).tolist()) if number % 2 else (),
            bias=float(rng.normal(0, 2)) if number % 2 else 0.0,
        )
        for number, name in enumerate(names)
    )
    table, told = TemplateTable(templates), []
    for _ in range(60):
        a, b = (builders.show(str(name)).landmarks_px for name in rng.choice(names, 2))
        share = rng.uniform(0, 1)
        points = (share * a + (1 - share) * b + rng.normal(0, 4, (21, 3))).astype(np.float32)
        matches, _ = table.judge(points, "Right")
        for number, template in enumerate(templates):
            rows = TemplateRows(templates, template.name).rows(points, "Right")
            assert all(row.ok for row in rows) == bool(matches[number])
            told.append(bool(matches[number]))
    assert {True, False} <= set(told)


def moving(builders: ModuleType, palms_x: float, seconds: float = 0.5, pose: str = "open_palm") -> list[HandFrame]:
    """A hand at rest, a straight way, and at rest again; to the left in the picture is to the player's right."""
    frames = []
    for index in range(45):
        share = min(1.0, max(0.0, (index / 30 - 0.5) / seconds))
        hand = builders.show(pose, at=(320 + 40 * palms_x * (share - 0.5), 240), palm_px=40)
        frames.append(builders.frame(hand, time_s=index / 30))
    return frames


def verdicts(explainer: Explainer, frames: list[HandFrame]) -> list[str]:
    return [one.verdict for frame in frames for one in explainer.look(frame)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"pose": "open_palm"}, "it is yours, and fits as well"),
        ({"pose": "open_palm", "hand": "right"}, "it is more specific"),
    ],
)
def test_a_movement_that_was_told_in_its_place_is_named(builders: ModuleType, row: dict[str, str], why: str) -> None:
    library = library_of({"name": "brush", "kind": "motion", "path": "left", **row}, builtin=True)
    explainer = explainer_of("swipe_left", library)
    told = [one for one in verdicts(explainer, moving(builders, 3.0)) if "in its place" in one]
    assert told
    assert all(one.startswith("'brush' was told 0.") and one.endswith(f"s ago in its place: {why}.") for one in told)
    assert (explainer.begun, dict(explainer.instead)) == (0, {"brush": 1})
    (_, told_s) = explainer._rivals[1]
    assert explainer._outrun(1, told_s + 0.9 * STAYS_S) != ""
    assert explainer._outrun(1, told_s + 1.1 * STAYS_S) == ""  # by then another attempt is explained


def test_the_pinch_that_a_blurred_hand_carries_is_explained(builders: ModuleType) -> None:
    explainer, last = explainer_of("pinch"), None
    for index in range(30):
        at = (200 + 8 * max(0, index - 12), 240)
        fingers = dict.fromkeys(("index", "middle", "ring", "pinky"), "curled") if index >= 15 else {}
        hand = builders.build_hand(**fingers, pinch=True, at=at)
        (last,) = explainer.look(builders.frame(hand, time_s=index / 30))
    assert last is not None
    assert last.is_on
    (row,) = last.rows
    assert row.ok
    assert row.off == 0


def test_a_gesture_of_two_hands_that_is_on_in_its_place_is_named(builders: ModuleType) -> None:
    library = library_of({"name": "stretch", "kind": "two_hands", "measure": "distance", "pose": "pinch"}, builtin=True)
    explainer, told = explainer_of("zoom", library), []
    for index in range(45):
        aside = 100 + 6 * max(0, index - 25)
        hands = [
            builders.show("pinch" if index > 10 else "open_palm", side, at=(x, 240), palm_px=40, hand_id=hand_id)
            for hand_id, (side, x) in enumerate((("Right", 320 - aside), ("Left", 320 + aside)), start=1)
        ]
        told += verdicts(explainer, [builders.frame(*hands, time_s=index / 30)])
    assert told[-1] == "'stretch' is on in its place."
    assert (explainer.begun, dict(explainer.instead)) == (0, {"stretch": 1})


SWIPE = {"name": "swipe", "kind": "motion", "path": "left", "pose": "open_palm"}


def test_a_swipe_tells_how_far_it_went(builders: ModuleType) -> None:
    explainer = explainer_of("swipe", library_of(SWIPE, builtin=True))
    for frame in moving(builders, 0.6):
        (last,) = explainer.look(frame)
    way = next(row for row in last.rows if row.text == "far enough")
    assert not way.ok
    assert way.measured == pytest.approx(0.6, abs=0.15)
    assert way.unit == "palm lengths"
    assert explainer.begun == 0


def test_a_swipe_in_another_pose_is_sent_to_the_pose(builders: ModuleType) -> None:
    explainer = explainer_of("swipe", library_of(SWIPE, builtin=True))
    for frame in moving(builders, 2.5, pose="fist"):
        (last,) = explainer.look(frame)
    row = next(row for row in last.rows if row.text == "shows open_palm as it sets out")
    assert (row.ok, row.measured) == (False, 0.0)
    assert row.note == "'handplay gestures explain open_palm' says why"


PATHS = ("left", "right", "up", "down", "circle_cw", "circle_ccw", "wave", "push", "pull", "tap", "double_tap", "drag",
         "throw")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_path_is_explained_at_every_moment(builders: ModuleType, path: str) -> None:
    explainer = explainer_of("mine", library_of({"name": "mine", "kind": "motion", "path": path}))
    for frame in moving(builders, 2.0):
        (one,) = explainer.look(frame)
        assert one.rows
        assert one.verdict
    (still,) = explainer.look(builders.frame(builders.show("open_palm"), time_s=9.0))
    assert still.failing[0].text == "the hand can be followed"


def test_a_recorded_path_tells_how_alike_it_is(builders: ModuleType) -> None:
    line, hook = [[0, 0], [2, 0]], [[0, 0], [1, 0], [1, 1], [0, 1]]
    for samples, alike in (([line], True), ([hook], False)):
        explainer = explainer_of("mine", library_of({"name": "mine", "kind": "motion", "samples": samples}))
        best = 0.0
        for frame in moving(builders, -2.0):
            (one,) = explainer.look(frame)
            best = max([best, *(row.measured or 0.0 for row in one.rows if row.text == "like a recorded path")])
        assert (best > 93) == alike


@pytest.mark.parametrize("measure", ["distance", "angle", "clap", "frame"])
def test_two_hands(builders: ModuleType, measure: str) -> None:
    explainer = explainer_of("mine", library_of({"name": "mine", "kind": "two_hands", "measure": measure}))
    one = builders.show("pinch", at=(180, 240))
    (alone,) = explainer.look(builders.frame(one))
    assert alone.failing[0].text == "two hands in the picture"
    assert alone.failing[0].got == "1 hand"
    for index in range(1, 40):
        way = 4 * max(0, index - 10)
        one = builders.show("pinch", at=(180 - way, 240))
        other = builders.show("pinch", "Left", at=(400 + way, 240), hand_id=2)
        (both,) = explainer.look(builders.frame(one, other, time_s=index / 30))
    assert "two hands in the picture" not in [row.text for row in both.failing]
    if measure == "distance":
        assert both.is_on
        assert explainer.begun == 1
    (none,) = explainer.look(builders.frame(time_s=2.0))
    assert none.handedness == "no hand"


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), name=st.sampled_from([gesture.name for gesture in builtin_library().gestures]))
def test_any_points_are_explained(seed: int, name: str) -> None:
    rng = np.random.default_rng(seed)
    explainer = explainer_of(name)
    for index in range(4):
        points = rng.normal(300, 80, (21, 3)).astype(np.float32)
        if index == 3:
            points[rng.integers(0, 21)] = np.nan
        hands = [Hand(k + 1, "Left", 0.9, 0.9, points + k, np.zeros((21, 3), np.float32)) for k in range(2)]
        for one in explainer.look(HandFrame(index, index / 30, 640, 480, hands=tuple(hands))):
            assert one.rows
            assert one.verdict
            json.dumps(one.to_json(), allow_nan=False)


def test_the_rows_of_every_builtin_pose_are_its_conditions(builders: ModuleType) -> None:
    from handplay.gestures.conditions import conditions_of

    for pose in builtin_library().gestures:
        if isinstance(pose, Pose):
            (one,) = explainer_of(pose.name).look(builders.frame(builders.show("open_palm")))
            assert [row.text for row in one.rows] == [condition.text for condition in conditions_of(pose)]
            numbers = [row for row in one.rows if row.wanted]
            assert numbers or all("hand" in row.text for row in one.rows)


def test_explaining_changes_nothing(builders: ModuleType) -> None:
    explainer, plain = explainer_of("victory"), Recognizer()
    for index in range(30):
        frame = builders.frame(builders.show(("victory", "fist")[index // 15]), time_s=index / 30)
        explainer.look(frame)
        plain.update(frame)
    after = builders.frame(builders.show("fist"), time_s=1.0)
    assert explainer.recognizer.update(after).readings[0].gestures == plain.update(after).readings[0].gestures
