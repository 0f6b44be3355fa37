"""Joints keep their limits and bones their length, whatever is asked for."""

from __future__ import annotations

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.engine.coordinates import Float32
from handplay.engine.hands import BONES, FINGER_LANDMARKS, FINGERS
from handplay.engine.sources.demo.anatomy import JOINTS, LIMITS_DEG, PALM_M, RAYS, THUMB_BONES_M
from handplay.engine.sources.demo.poses import POSES, beyond_limits, limited, pose_angles
from handplay.engine.sources.demo.skeleton import blend, finger_states, mirrored, pose_points, posed

any_angles = st.lists(st.floats(-400, 400), min_size=24, max_size=24).map(lambda v: np.array(v, np.float32))
rigid = [(a, b) for chain in FINGER_LANDMARKS.values() for a, b in itertools.pairwise(chain)]
rigid += [(0, 1), (0, 5), (0, 9), (0, 13), (0, 17)]


def lengths(points: Float32) -> Float32:
    return np.array([np.linalg.norm(points[a] - points[b]) for a, b in rigid], np.float32)


@given(any_angles)
@settings(max_examples=60, deadline=None)
def test_bones_keep_their_length_and_joints_their_limits(angles: Float32) -> None:
    straight = posed(np.zeros(24, np.float32))
    bent = posed(angles)
    np.testing.assert_allclose(lengths(bent.points), lengths(straight.points), atol=2e-6)
    np.testing.assert_allclose(posed(limited(angles)).points, bent.points, atol=1e-6)
    assert beyond_limits(limited(angles)) == ()


def test_beyond_limits_names_the_joint() -> None:
    angles = pose_angles("open_palm")
    angles[JOINTS.index("ring_pip")] = 130
    assert beyond_limits(angles) == ("ring_pip",)


@pytest.mark.parametrize(
    ("joint", "low", "high"),
    [("index_mcp", -20, 90), ("pinky_spread", -20, 20), ("ring_pip", 0, 110), ("index_dip", 0, 80)],
)
def test_limits_are_those_of_a_hand(joint: str, low: float, high: float) -> None:
    assert LIMITS_DEG[JOINTS.index(joint)].tolist() == [low, high]


def test_measures_are_those_of_a_hand() -> None:
    points = posed(pose_angles("stop")).points
    assert np.linalg.norm(points[9] - points[0]) == pytest.approx(PALM_M, rel=0.01)
    assert 0.085 <= PALM_M <= 0.100
    assert 0.17 <= np.linalg.norm(points[12] - points[0]) <= 0.20
    for ray in RAYS:
        assert ray.bones_m[0] > ray.bones_m[1] > ray.bones_m[2] * 0.9
    assert THUMB_BONES_M[0] > THUMB_BONES_M[1] > THUMB_BONES_M[2]


def test_fingers_bend_toward_the_palm_side() -> None:
    # The palm looks at the camera: bent fingers come nearer (z below the straight ones).
    assert (posed(pose_angles("half")).points[[8, 12, 16, 20], 2] < -0.02).all()


def test_right_hand_with_its_palm_to_the_camera_has_its_thumb_to_the_right() -> None:
    points = pose_points("open_palm", "Right")
    assert points[4, 0] > 0.5 > points[20, 0]
    assert (points[[8, 12, 16, 20], 1] < -1.3).all()


@pytest.mark.parametrize("pose", POSES)
def test_the_left_hand_is_the_mirror_image(pose: str) -> None:
    right, left = pose_points(pose, "Right"), pose_points(pose, "Left")
    np.testing.assert_allclose(left * (-1, 1, 1), right, atol=1e-6)
    joints = posed(pose_angles(pose))
    again = mirrored(mirrored(joints))
    np.testing.assert_array_equal(again.points, joints.points)
    np.testing.assert_array_equal(again.frames, joints.frames)


EXPECTED = {
    "open_palm": "eeeee",
    "stop": "eeeee",
    "back": "eeeee",
    "fist": "ccccc",
    "point": "ceccc",
    "victory": "ceecc",
    "three": "ceeec",
    "three2": "eeecc",
    "four": "ceeee",
    "thumbs_up": "ecccc",
    "thumbs_down": "ecccc",
    "rock": "cecce",
    "call": "eccce",
    "ily": "eecce",
    "gun": "eeccc",
    "little": "cccce",
    "mute": "heccc",
    "half": "hhhhh",
}


@pytest.mark.parametrize(("pose", "letters"), EXPECTED.items())
def test_finger_states_follow_the_angles(pose: str, letters: str) -> None:
    states = finger_states(pose_angles(pose))
    assert "".join(state[0] for state in states) == letters, dict(zip(FINGERS, states, strict=True))


def test_a_bending_finger_goes_through_half() -> None:
    angles = pose_angles("open_palm")
    at = JOINTS.index("index_mcp")
    seen = []
    for share in np.linspace(0, 1, 40):
        angles[[at, at + 2, at + 3]] = share * np.array([80, 100, 60])
        seen.append(finger_states(angles)[1])
    assert list(dict.fromkeys(seen)) == ["extended", "half", "curled"]


@pytest.mark.parametrize("t", [0.0, 0.25, 0.5, 1.0])
def test_blend_keeps_bones_and_meets_its_ends(t: float) -> None:
    between = blend("open_palm", "thumbs_up", t)
    np.testing.assert_allclose(lengths(between), lengths(pose_points("open_palm")), atol=1e-5)
    np.testing.assert_allclose(blend("open_palm", "thumbs_up", 0), pose_points("open_palm"), atol=1e-5)
    np.testing.assert_allclose(blend("open_palm", "thumbs_up", 1, "Left"), pose_points("thumbs_up", "Left"), atol=1e-5)


def test_a_raised_thumb_points_up_and_a_lowered_one_down() -> None:
    for hand in ("Right", "Left"):
        up, down = pose_points("thumbs_up", hand), pose_points("thumbs_down", hand)
        assert up[4, 1] == up[:, 1].min()
        assert down[4, 1] == down[:, 1].max()


@pytest.mark.parametrize(("pose", "tip"), [("ok", 8), ("pinch", 8)])
def test_touching_tips_touch(pose: str, tip: int) -> None:
    points = posed(pose_angles(pose)).points
    assert np.linalg.norm(points[4] - points[tip]) < 0.0145


def test_unknown_pose_gives_a_guess() -> None:
    with pytest.raises(ValueError, match=r"'opn_palm'.*open_palm.*did you mean 'open_palm'"):
        pose_points("opn_palm")


def test_a_hint_hand_needs_no_opencv() -> None:
    code = (
        "import sys; from handplay.engine.sources.demo import pose_points, blend; pose_points('fist');"
        "blend('fist', 'point', 0.5); sys.exit('cv2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_palm_edges_are_drawn_bones_too() -> None:
    points = pose_points("open_palm")
    assert all(np.linalg.norm(points[a] - points[b]) > 0.1 for a, b in BONES)
