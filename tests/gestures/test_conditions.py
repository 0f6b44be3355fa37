"""A pose is a set of conditions; how many, how narrow and how well they fit decides between poses."""

from __future__ import annotations

import itertools
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from handplay.gestures.conditions import PoseTable, conditions_of
from handplay.gestures.fingers import HandWords, WordReader, switch
from handplay.gestures.kinds import Pose
from handplay.gestures.library import builtin_library
from handplay.gestures.measures import measure_hand
from handplay.gestures.settings import GestureSettings

SETTINGS = GestureSettings()
READER = WordReader(SETTINGS)
STATES = ("extended", "half", "curled")


def words(hand: object) -> HandWords:
    return READER.read(measure_hand(hand, SETTINGS))  # type: ignore[arg-type]  # from an untyped builder


def test_conditions_in_words() -> None:
    pose = Pose(
        "all",
        hand="left",
        fingers=(None, frozenset({"extended"}), frozenset({"curled", "half"}), None, None),
        touching=((0, 2),),
        apart=((1, 4),),
        together=((2, 3),),
        pointing=((1, "up"),),
        palm="away",
        grip="pinch",
    )
    assert [condition.text for condition in conditions_of(pose)] == [
        "index extended",
        "middle curled or half",
        "thumb touching middle",
        "middle together with ring",
        "index apart from pinky",
        "index pointing up",
        "palm away",
        "grip pinch",
        "left hand",
    ]


@pytest.mark.parametrize("allowed", [c for n in (1, 2) for c in itertools.combinations(STATES, n)], ids="+".join)
@pytest.mark.parametrize("shown", STATES)
def test_a_finger_pattern_matches_its_states_alone(builders: ModuleType, allowed: tuple[str, ...], shown: str) -> None:
    table = PoseTable([Pose("x", fingers=(None, None, frozenset(allowed), None, None))])
    matches, scores = table.judge(words(builders.build_hand(middle=shown)), "Right")
    assert bool(matches[0]) == (shown in allowed)
    assert (scores[0] >= 0.5) == (shown in allowed)


@pytest.mark.parametrize(
    ("side", "hand", "matches"), [("Left", "left", 1), ("Right", "left", 0), ("Right", "right", 1)]
)
def test_hand(builders: ModuleType, side: str, hand: str, matches: int) -> None:
    table = PoseTable([Pose("x", hand=hand, fingers=(None, frozenset({"extended"}), None, None, None))])
    assert int(table.judge(words(builders.build_hand(side=side)), side)[0][0]) == matches  # type: ignore[arg-type]


def test_an_unknown_finger_matches_nothing_but_any(builders: ModuleType) -> None:
    fingers = [frozenset(c) for n in (1, 2) for c in itertools.combinations(STATES, n)]
    table = PoseTable([Pose("x", fingers=(None, states, None, None, None)) for states in fingers])
    points = builders.build_hand(flat=True).landmarks_px.copy()
    points[6:9] = points[5] + np.array([[0.5, 0, 0], [1, 0, 0], [1.5, 0, 0]], np.float32)
    hand = builders.build_hand()
    matches, scores = table.judge(words(replace(hand, landmarks_px=points)), "Right")
    assert not matches.any()
    assert (scores < 0.5).all()
    assert not table.shown(words(replace(hand, landmarks_px=points)), "Right")
    anything = PoseTable([Pose("y", fingers=(None, None, frozenset({"extended"}), None, None))])
    assert anything.judge(words(replace(hand, landmarks_px=points)), "Right")[0].all()


def test_wrong_fingers_score_worse_than_right_ones(builders: ModuleType) -> None:
    poses = builtin_library().poses
    table = PoseTable(poses)
    names = [pose.name for pose in poses]
    for name in ("open_palm", "fist", "point", "victory", "four", "rock"):
        right = table.judge(words(builders.show(name)), "Right")[1][names.index(name)]
        for finger in ("thumb", "index", "middle", "ring", "pinky"):
            arguments = {**builders.POSES[name]}
            before = arguments.get(finger, "extended")
            arguments[finger] = "extended" if before == "curled" else "curled"
            if name == "point" and finger == "thumb":
                continue  # any thumb will do
            wrong = table.judge(words(builders.build_hand(**arguments)), "Right")[1][names.index(name)]
            assert wrong < right - 0.3, (name, finger)


def test_specificity_counts_what_a_pose_asks_for() -> None:
    by_name = dict(zip([p.name for p in builtin_library().poses], PoseTable(builtin_library().poses).bits, strict=True))
    assert by_name["ok"] > by_name["pinch"]
    assert by_name["thumbs_up"] > by_name["fist"] - 1
    assert by_name["victory"] > by_name["point"]


def test_a_table_without_poses() -> None:
    table = PoseTable([])
    points = np.random.default_rng(0).normal(size=(21, 3)).astype(np.float32)
    from handplay.gestures.measures import measure

    matches, scores = table.judge(READER.read(measure(points, SETTINGS)), None)
    assert matches.shape == scores.shape == (0,)


STRAIGHT = frozenset({"extended"})
OPEN = Pose("open", fingers=(None, STRAIGHT, STRAIGHT, STRAIGHT, STRAIGHT))


@pytest.mark.parametrize(
    ("pose", "shown"),
    [
        pytest.param(OPEN, False, id="straight fingers are not straight enough"),
        pytest.param(Pose("x", fingers=(None, STRAIGHT, frozenset({"extended", "half"}), None, None)), True, id="half"),
        pytest.param(Pose("x", palm="toward"), True, id="no word of fingers"),
    ],
)
def test_a_relaxed_hand_shows_no_straight_fingers(builders: ModuleType, pose: Pose, shown: bool) -> None:
    measures = measure_hand(builders.build_hand(), SETTINGS)
    relaxed = replace(measures, curl=np.array([0.1, 0.16, 0.2, 0.22, 0.24], np.float32))  # each below 0.25
    read = READER.read(relaxed)
    assert set(read.fingers) == {"extended"}
    assert bool(PoseTable([pose]).judge(read, "Right")[0][0]) == shown
    assert PoseTable([OPEN]).judge(READER.read(measures), "Right")[0][0]


def test_one_plainly_straight_or_curled_finger_makes_it_no_relaxed_hand(builders: ModuleType) -> None:
    measures = measure_hand(builders.build_hand(), SETTINGS)
    for curls in ([0.1, 0.03, 0.2, 0.22, 0.24], [0.1, 0.2, 0.9, 0.9, 0.9]):
        read = READER.read(replace(measures, curl=np.array(curls, np.float32)))
        assert not read.on[switch("relaxed")], curls


@pytest.mark.parametrize(("roll", "hanging"), [(0, 0), (90, 0), (130, 0), (150, 1), (180, 1), (-150, 1), (-130, 0)])
def test_a_hand_hangs_when_its_palm_points_down(builders: ModuleType, roll: int, hanging: int) -> None:
    assert int(words(builders.build_hand(roll=roll)).on[switch("hanging")]) == hanging
    toward = builders.build_hand(pitch=-85, roll=roll)  # points at the camera: neither up nor down
    assert not words(toward).on[switch("hanging")]


@pytest.mark.parametrize(
    ("pose", "shown"),
    [
        pytest.param(OPEN, False, id="any"),
        pytest.param(Pose("x", fingers=OPEN.fingers, pointing=((2, "down"),)), True, id="says that it points down"),
        pytest.param(Pose("x", fingers=(None, STRAIGHT, None, None, None), pointing=((0, "down"),)), False, id="thumb"),
    ],
)
def test_a_hanging_hand_must_show_its_pose_plainly(builders: ModuleType, pose: Pose, shown: bool) -> None:
    table = PoseTable([pose])
    plain = measure_hand(builders.build_hand(roll=180), SETTINGS)
    slack = replace(plain, curl=np.array([0.1, 0.05, 0.22, 0.22, 0.22], np.float32))
    read = READER.read(slack)
    assert read.on[switch("hanging")]
    assert bool(table.judge(read, "Right")[0][0]) == shown
    assert PoseTable([OPEN]).judge(READER.read(plain), "Right")[0][0]
    upright = READER.read(replace(slack, palm_axis=(0.0, -1.0, 0.0)))
    assert PoseTable([OPEN]).judge(upright, "Right")[0][0]
