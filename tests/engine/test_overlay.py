"""The overlay says what the tracker saw, at any picture size, and never writes outside of what it draws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.hands import Hand, Handedness, HandFrame, Palm
from handplay.engine.overlay import OverlayStyle, draw_overlay
from handplay.engine.sources.base import Image
from handplay.gestures.reading import FingerState, HandReading


def picture(width: int = 640, height: int = 480) -> Image:
    return np.full((height, width, 3), 128, np.uint8)


def landmarks(x: float, y: float, palm_px: float) -> Float32:
    """An upright open hand, wrist at (x, y)."""
    points = [(0.0, 0.0, 0.0)]
    for finger in range(5):
        angle = math.radians(-90 + (finger - 2) * 18)
        for joint in range(4):
            reach = (0.9 if finger else 0.4) + joint * 0.3
            points.append((math.cos(angle) * reach, math.sin(angle) * reach, -0.1 * joint))
    return np.array([(x + px * palm_px, y + py * palm_px, pz * palm_px) for px, py, pz in points], np.float32)


def hand(
    x: float = 320,
    y: float = 380,
    palm_px: float = 100,
    handedness: Handedness = "Right",
    roi: Roi | None = None,
    hand_id: int = 1,
) -> Hand:
    return Hand(hand_id, handedness, 0.9, 0.9, landmarks(x, y, palm_px), np.zeros((21, 3), np.float32), roi)


def frame(*hands: Hand, palms: tuple[Palm, ...] = (), size: tuple[int, int] = (640, 480)) -> HandFrame:
    return HandFrame(0, 0.0, *size, hands=hands, palms=palms)


def reading(hand_id: int = 1, state: FingerState = "extended", *gestures: str) -> HandReading:
    return HandReading(hand_id, (state,) * 5, (0.0,) * 5, 0.0, 0.0, gestures)


def drawn(hands: HandFrame, *readings: HandReading, image: Image | None = None) -> Image:
    image = picture(hands.width, hands.height) if image is None else image
    draw_overlay(image, hands, readings)
    return image


def count(image: Image, colour: tuple[int, int, int], tolerance: int = 60) -> int:
    return int((np.abs(image.astype(int) - colour).max(axis=2) < tolerance).sum())


def test_nothing_seen_changes_nothing() -> None:
    assert (drawn(frame()) == 128).all()


def test_left_is_aqua_and_right_is_coral() -> None:
    style = OverlayStyle()
    left, right = drawn(frame(hand(handedness="Left"))), drawn(frame(hand(handedness="Right")))
    assert count(left, style.left) > 1000
    assert count(left, style.right, 25) == 0
    assert count(right, style.right) > 1000
    assert count(right, style.left, 25) == 0


def test_bones_lie_on_the_landmarks() -> None:
    one = hand()
    image = drawn(frame(one))
    for x, y, _ in one.landmarks_px:
        assert (image[round(y), round(x)] != 128).any()
    assert (image[10:40, 10:40] == 128).all()


def test_nearer_bones_are_brighter_and_larger() -> None:
    near, far = hand(), hand()
    near.landmarks_px[5:, 2], far.landmarks_px[5:, 2] = -60, 60
    near_image, far_image = drawn(frame(near)), drawn(frame(far))
    assert (near_image != 128).any(axis=2).sum() > 1.1 * (far_image != 128).any(axis=2).sum()
    middle = (near.landmarks_px[9, :2] + near.landmarks_px[10, :2]) / 2
    x, y = (round(float(value)) for value in middle)
    assert int(near_image[y, x].sum()) > int(far_image[y, x].sum()) + 60


def test_the_square_and_the_palm_box_are_drawn_where_they_are() -> None:
    roi = Roi(320, 240, 200, 0.5)
    palm = Palm((40, 40, 120, 120), np.zeros((7, 2), np.float32), 0.9)
    image = drawn(frame(hand(roi=roi), palms=(palm,)))
    for x, y in (*roi.corners(), (40, 40), (119, 119)):
        around = image[round(y) - 2 : round(y) + 3, round(x) - 2 : round(x) + 3]
        assert (around != 128).any()
    assert (image[75:85, 75:85] == 128).all()  # the box is corners only


@pytest.mark.parametrize("one", ["extended", "half", "curled", "unknown"])
@pytest.mark.parametrize("other", ["extended", "half", "curled", "unknown"])
def test_each_finger_state_looks_different(one: FingerState, other: FingerState) -> None:
    first, second = (drawn(frame(hand()), reading(1, state)) for state in (one, other))
    assert np.array_equal(first, second) == (one == other)


def test_gestures_are_written_in_gold_and_only_for_the_hand_that_shows_them() -> None:
    gold = OverlayStyle().gesture
    assert count(drawn(frame(hand()), reading()), gold, 40) == 0
    assert count(drawn(frame(hand()), reading(1, "extended", "open_palm")), gold, 40) > 30
    assert count(drawn(frame(hand()), reading(2, "extended", "open_palm")), gold, 40) == 0


def test_labels_of_hands_in_one_place_do_not_cover_each_other() -> None:
    gold = OverlayStyle().gesture
    one = drawn(frame(hand(320, 470)), reading(1, "extended", "fist"))
    both = drawn(
        frame(hand(320, 470), hand(325, 470, hand_id=2)), reading(1, "extended", "fist"), reading(2, "extended", "fist")
    )
    assert count(both, gold, 40) > 1.8 * count(one, gold, 40)


@pytest.mark.parametrize("size", [(1, 1), (16, 9), (64, 48), (160, 120), (320, 960), (1920, 1080), (3840, 200)])
def test_any_picture_size(size: tuple[int, int]) -> None:
    width, height = size
    roi = Roi(width / 2, height / 2, min(size), 0.3)
    hands = frame(hand(width / 2, height * 0.8, min(size) / 4, roi=roi), size=size)
    image = drawn(hands, reading(1, "half", "open_palm", "thumbs_up"))
    assert image.shape == (height, width, 3)
    assert (image != 128).any()


@pytest.mark.parametrize("far", [1e4, -1e4, 1e9, -1e9])
def test_hands_far_outside_are_harmless(far: float) -> None:
    drawn(frame(hand(far, far, 100, roi=Roi(far, far, 300, 0.1))), reading())


def test_a_hand_of_no_size_or_with_broken_numbers_is_harmless() -> None:
    broken = hand()
    broken.landmarks_px[3, 0] = np.nan
    assert (drawn(frame(broken), reading()) == 128).all()
    drawn(frame(hand(palm_px=0.0)), reading())


@pytest.mark.parametrize("bad", [{"bone": 0.0}, {"label": -1.0}, {"depth": -0.1}])
def test_a_style_without_size_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        OverlayStyle(**bad)  # type: ignore[arg-type]  # numbers only, by the table above
