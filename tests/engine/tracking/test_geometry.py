"""Anchors, squares and crops: the geometry around the two networks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine.coordinates import Float32, Roi, normalize_angle
from handplay.engine.hands import Palm
from handplay.engine.tracking.anchors import palm_anchors
from handplay.engine.tracking.crop import crop_to_image, cut, letterbox, to_image_points
from handplay.engine.tracking.roi import box_iou, roi_from_landmarks, roi_from_palm
from handplay.engine.tracking.settings import RoiSettings

ANGLES = st.floats(-3.1, 3.1)
ROIS = st.builds(Roi, st.floats(-50, 700), st.floats(-50, 500), st.floats(20, 900), ANGLES)


def test_anchors_are_the_models() -> None:
    anchors = palm_anchors()
    assert anchors.shape == (2016, 2)
    np.testing.assert_allclose(anchors[[0, 1, 2]], [[1 / 48, 1 / 48], [1 / 48, 1 / 48], [3 / 48, 1 / 48]])
    np.testing.assert_allclose(anchors[1152], [1 / 24, 1 / 24])
    np.testing.assert_allclose(anchors[-1], [23 / 24, 23 / 24])


@given(ROIS)
def test_crop_corners_are_the_rois_corners(roi: Roi) -> None:
    crop = np.array([[0, 0], [224, 0], [224, 224], [0, 224]], np.float32)
    np.testing.assert_allclose(to_image_points(crop, roi, 224), roi.corners(), atol=1e-2)


def test_crop_to_image_has_no_half_pixel_shift() -> None:
    np.testing.assert_allclose(crop_to_image(Roi(112, 112, 224, 0), 224), [[1, 0, 0], [0, 1, 0]], atol=1e-12)


@pytest.mark.parametrize("exact", [True, False], ids=["exact", "quick"])
def test_cut_shows_the_square_in_rgb(exact: bool) -> None:
    image = np.zeros((200, 300, 3), np.uint8)
    image[80:120, 140:160] = (255, 0, 0)  # blue in BGR, taller than wide
    crop = cut(image, Roi(150, 100, 80, math.pi / 2), 80, exact=exact)
    assert tuple(crop[40, 40]) == (0, 0, 255)
    lying = crop[:, :, 2] > 128
    assert lying.any(axis=0).sum() > lying.any(axis=1).sum()


def test_cut_repeats_the_border_or_makes_it_black() -> None:
    image = np.full((60, 60, 3), 200, np.uint8)
    beyond = Roi(0, 0, 60, 0)
    assert cut(image, beyond, 60).min() == 200
    assert cut(image, beyond, 60, border_black=True)[0, 0].max() == 0


def test_cut_does_not_write_to_the_picture() -> None:
    image = np.random.default_rng(0).integers(0, 255, (90, 120, 3), np.uint8)
    before = image.copy()
    cut(image, letterbox(120, 90), 192, border_black=True)
    np.testing.assert_array_equal(image, before)


def open_hand() -> Float32:
    """Landmarks of an upright open hand, wrist at (0, 0), palm length 100."""
    points = np.zeros((21, 3), np.float32)
    for finger, x in enumerate((-60, -25, 0, 22, 42)):
        for joint in range(4):
            reach = (40, 70, 95, 115)[joint] if finger == 0 else (100, 150, 178, 200)[joint]
            points[1 + 4 * finger + joint, :2] = (x, -reach)
    return points


def turned(points: Float32, angle: float) -> Float32:
    c, s = math.cos(angle), math.sin(angle)
    return points @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]], np.float32)


@given(ANGLES, st.floats(0.2, 5), st.floats(-500, 500))
def test_roi_turns_grows_and_moves_with_the_hand(angle: float, scale: float, shift: float) -> None:
    upright = roi_from_landmarks(open_hand(), RoiSettings())
    roi = roi_from_landmarks(turned(open_hand(), angle) * np.float32(scale) + np.float32(shift), RoiSettings())
    assert roi.size_px == pytest.approx(upright.size_px * scale, rel=1e-3)
    assert abs(normalize_angle(roi.angle_rad - upright.angle_rad - angle)) < 1e-3
    c, s = math.cos(angle), math.sin(angle)
    assert roi.cx == pytest.approx((upright.cx * c - upright.cy * s) * scale + shift, abs=0.2)
    assert roi.cy == pytest.approx((upright.cx * s + upright.cy * c) * scale + shift, abs=0.2)


def test_roi_from_palm_is_shifted_toward_the_fingers() -> None:
    points = np.zeros((7, 2), np.float32)
    points[0], points[2] = (100, 120), (100, 80)  # middle MCP above the wrist
    roi = roi_from_palm(Palm((80, 80, 120, 120), points, 0.9), RoiSettings())
    assert (roi.cx, roi.cy, roi.size_px) == pytest.approx((100, 80, 104))
    assert roi.angle_rad == pytest.approx(0)
    points[2] = (140, 120)  # fingers to the right
    roi = roi_from_palm(Palm((80, 80, 120, 120), points, 0.9), RoiSettings())
    assert (roi.cx, roi.cy) == pytest.approx((120, 100))
    assert roi.angle_rad == pytest.approx(math.pi / 2)


@given(ROIS, ROIS)
def test_iou_is_symmetric_and_bounded(a: Roi, b: Roi) -> None:
    assert 0 <= box_iou(a, b) <= 1 + 1e-9
    assert box_iou(a, b) == pytest.approx(box_iou(b, a))
    assert box_iou(a, a) == pytest.approx(1)


@pytest.mark.parametrize("angle", [-9.0, -math.pi, 0.0, 3.2, 100.0])
def test_normalized_angle_is_the_same_direction(angle: float) -> None:
    same = normalize_angle(angle)
    assert -math.pi <= same < math.pi
    assert math.cos(same) == pytest.approx(math.cos(angle))
    assert math.sin(same) == pytest.approx(math.sin(angle))
