"""A pose is a set of conditions; how many, how narrow and how well they fit decides between poses."""

from __future__ import annotations

import itertools
from types import ModuleType

import numpy as np
import pytest

from handplay.gestures.conditions import PoseTable, conditions_of
from handplay.gestures.fingers import HandWords, WordReader
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
    from dataclasses import replace

    matches, scores = table.judge(words(replace(hand, landmarks_px=points)), "Right")
    assert not matches.any()
    assert (scores < 0.5).all()
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
    by_name = dict(
        zip([p.name for p in builtin_library().poses], PoseTable(builtin_library().poses).bits, strict=True)
    )
    assert by_name["ok"] > by_name["pinch"]
    assert by_name["thumbs_up"] > by_name["fist"] - 1
    assert by_name["victory"] > by_name["point"]


def test_a_table_without_poses() -> None:
    table = PoseTable([])
    points = np.random.default_rng(0).normal(size=(21, 3)).astype(np.float32)
    from handplay.gestures.measures import measure

    matches, scores = table.judge(READER.read(measure(points, SETTINGS)), None)
    assert matches.shape == scores.shape == (0,)
