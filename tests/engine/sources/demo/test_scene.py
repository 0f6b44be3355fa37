"""The truth is where the picture shows it, and pictures repeat bit for bit."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from handplay.engine.sources.demo import render_still
from handplay.engine.sources.demo.anatomy import PALM_M
from handplay.engine.sources.demo.backdrop import BACKDROPS, painted
from handplay.engine.sources.demo.light import SKINS
from handplay.engine.sources.demo.optics import HandView, focal_px, place, project
from handplay.engine.sources.demo.poses import pose_angles
from handplay.engine.sources.demo.scene import Renderer
from handplay.engine.sources.demo.sensor import smeared

SIZE = (640, 480)


def view(x: float = 320, y: float = 260, palm_px: float = 100, hand: str = "Right") -> HandView:
    return HandView(
        handedness="Right" if hand == "Right" else "Left",
        angles_deg=pose_angles("open_palm"),
        turn=np.eye(3, dtype=np.float32),
        centre_px=(x, y),
        palm_px=palm_px,
        pose="open_palm",
    )


def test_truth_is_the_projection_of_the_joints() -> None:
    placed = place(view(), SIZE)
    focal = focal_px(SIZE[0])
    x, y, z = placed.joints.points.T.astype(np.float64)
    np.testing.assert_allclose(placed.points_px[:, 0], x / z * focal + 320, atol=1e-3)
    np.testing.assert_allclose(placed.points_px[:, 1], y / z * focal + 240, atol=1e-3)
    assert focal == pytest.approx(320 / math.tan(math.radians(30)))
    np.testing.assert_allclose(project(placed.joints.points, SIZE, focal), placed.points_px)


def test_palm_centre_and_size_are_as_asked() -> None:
    _, (truth,) = render_still("stop", palm_px=120, centre=(200, 250), noise=0)
    assert truth.palm_px == pytest.approx(120, rel=0.01)
    centre = (truth.landmarks_px[0, :2] + truth.landmarks_px[9, :2]) / 2
    np.testing.assert_allclose(centre, (200, 250), atol=1.0)
    assert truth.distance_m == pytest.approx(focal_px(640) * PALM_M / 120, rel=0.05)


def test_joints_lie_on_the_drawn_hand() -> None:
    empty = Renderer(SIZE, noise=0).frame(())[0].astype(int)
    for pose in ("open_palm", "fist", "thumbs_up", "ok"):
        for hand in ("Right", "Left"):
            image, (truth,) = render_still(pose, handedness=hand, noise=0)
            drawn = np.abs(image.astype(int) - empty).max(axis=2) > 3
            x, y = truth.landmarks_px[:, :2].astype(int).T
            assert drawn[y, x].all(), (pose, hand)


def test_the_mirrored_picture_of_a_right_hand_is_the_left_hand() -> None:
    _, (right,) = render_still("rock", roll_rad=0.4, yaw_rad=0.3, centre=(250, 260), noise=0)
    _, (left,) = render_still("rock", handedness="Left", roll_rad=-0.4, yaw_rad=-0.3, centre=(390, 260), noise=0)
    np.testing.assert_allclose(left.landmarks_px * (-1, 1, 1) + (640, 0, 0), right.landmarks_px, atol=1e-2)
    np.testing.assert_allclose(left.world_m * (-1, 1, 1), right.world_m, atol=1e-6)
    assert (right.handedness, left.handedness) == ("Right", "Left")


def test_depth_is_zero_at_the_wrist_and_negative_when_nearer() -> None:
    _, (truth,) = render_still("open_palm", pitch_rad=0.6, noise=0)
    assert truth.landmarks_px[0, 2] == 0
    nearer = truth.world_m[:, 2] < truth.world_m[0, 2]
    assert ((truth.landmarks_px[:, 2] < 0) == nearer).all()
    assert nearer.sum() not in (0, 21)


def test_same_seed_same_picture_and_another_seed_another() -> None:
    first = Renderer(SIZE, seed=3).frame((view(),), 5)[0]
    np.testing.assert_array_equal(first, Renderer(SIZE, seed=3).frame((view(),), 5)[0])
    assert (first != Renderer(SIZE, seed=4).frame((view(),), 5)[0]).any()
    assert (first != Renderer(SIZE, seed=3).frame((view(),), 6)[0]).any()


@pytest.mark.parametrize("name", BACKDROPS)
@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (333, 517)])
def test_rooms_fill_any_frame(name: str, size: tuple[int, int]) -> None:
    picture = painted(name, size, 0)
    assert picture.shape == (size[1], size[0], 3)
    assert picture.dtype == np.uint8


def test_unknown_room_gives_a_guess() -> None:
    with pytest.raises(ValueError, match=r"'shelff'.*did you mean 'shelf'"):
        render_still("fist", background="shelff")


def test_darker_tones_are_darker() -> None:
    lights = []
    for skin in range(len(SKINS)):
        image, (truth,) = render_still("stop", skin=skin, background="wall", noise=0)
        x, y = truth.landmarks_px[9, :2].astype(int)
        lights.append(float(image[y : y + 20, x - 8 : x + 8].mean()))
    assert len(lights) >= 6
    assert lights == sorted(lights, reverse=True)


def test_a_nearer_hand_covers_a_farther_one() -> None:
    _, (far, near) = Renderer(SIZE).frame((view(palm_px=80), view(palm_px=120, hand="Left")))
    assert far.covered.sum() > 10
    assert not far.visible
    assert not near.covered.any()
    assert near.visible
    assert (far.track, near.track) == (0, 1)


def test_a_hand_outside_is_not_visible_and_leaves_the_room_alone() -> None:
    image, (truth,) = render_still("fist", centre=(320, 1400))
    assert not truth.visible
    np.testing.assert_array_equal(image, Renderer(SIZE).frame(())[0])


@pytest.mark.parametrize("palm_px", [3, 25, 250, 900, 4000])
def test_any_size_can_be_drawn(palm_px: float) -> None:
    image, (truth,) = render_still("relaxed", palm_px=palm_px)
    assert image.shape == (480, 640, 3)
    assert np.isfinite(truth.landmarks_px).all()


def test_motion_blur_widens_along_the_way_alone() -> None:
    layer = np.zeros((20, 20, 4), np.uint8)
    layer[5:15, 5:15] = 255
    blurred, (x, y) = smeared(layer, (100, 50), (12, 0))
    assert y == 50
    assert x == 94
    across, along = blurred[..., 3].any(axis=1).sum(), blurred[..., 3].any(axis=0).sum()
    assert (across, along) == (10, 22)
    assert smeared(layer, (1, 2), (0.5, 0.5))[0] is layer


def test_noise_is_noise_and_none_is_none() -> None:
    quiet = Renderer(SIZE, "wall", noise=0).frame(())[0]
    grain = Renderer(SIZE, "wall", noise=1).frame(())[0].astype(float) - quiet
    assert 0.5 < grain.std() < 5
    assert abs(grain.mean()) < 0.3
    np.testing.assert_array_equal(quiet, Renderer(SIZE, "wall", noise=0).frame((), 9)[0])


def test_the_outline_is_smooth() -> None:
    image, _ = render_still("stop", palm_px=120, skin=0, background="dark", noise=0)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(int)
    # No step from room to skin is made in one pixel: two neighbours share it.
    assert np.abs(np.diff(grey, axis=1)).max() < 0.8 * int(grey.max() - grey.min())
