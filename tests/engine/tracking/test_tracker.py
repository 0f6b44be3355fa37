"""The tracker's steps, on a toy world: hands are discs, and the networks find discs in the pixels they are given."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from handplay.engine import HandTracker
from handplay.engine.coordinates import Float32
from handplay.engine.sources.base import Image
from handplay.engine.tracking.anchors import palm_anchors
from handplay.engine.tracking.settings import SearchSettings, TrackerSettings
from handplay.engine.tracking.tracker import Networks

RIGHT, LEFT = (0, 0, 255), (0, 255, 0)
"""Colours (BGR) that the toy network takes for a right and a left hand."""


def picture(*discs: tuple[float, float, tuple[int, int, int]], radius: int = 30) -> Image:
    image = np.zeros((480, 640, 3), np.uint8)
    for x, y, colour in discs:
        cv2.circle(image, (round(x), round(y)), radius, colour, -1)
    return image


class DiscPalms:
    """A palm network that lights one anchor for each disc."""

    def __init__(self) -> None:
        self.runs = 0

    def infer(self, picture: NDArray[np.uint8]) -> tuple[Float32, ...]:
        self.runs += 1
        raw, logits = np.zeros((2016, 18), np.float32), np.full((2016, 1), -50, np.float32)
        mask = (picture.max(axis=2) > 100).astype(np.uint8)
        count, _, stats, centres = cv2.connectedComponentsWithStats(mask)
        for number in range(1, count):
            anchor = palm_anchors()[number] * 192
            x, y = centres[number]
            size = stats[number, cv2.CC_STAT_WIDTH]
            raw[number, :4] = (x - anchor[0], y - anchor[1], size, size)
            points = np.tile([x, y], (7, 1)) - anchor
            points[0, 1] += size / 2
            points[2, 1] -= size / 2
            raw[number, 4:] = points.ravel()
            logits[number] = 4 + number
        return raw, logits


class DiscHand:
    """A keypoint network: an upright hand of the disc's size around the disc nearest to the crop's middle."""

    def infer(self, picture: NDArray[np.uint8]) -> tuple[Float32, ...]:
        count, labels, stats, centres = cv2.connectedComponentsWithStats((picture.max(axis=2) > 100).astype(np.uint8))
        points, world = np.zeros((21, 3), np.float32), np.zeros((21, 3), np.float32)
        near = [n for n in range(1, count) if np.hypot(*(centres[n] - 112)) < 70]
        if not near:
            return points.ravel(), np.array([0.1], np.float32), np.array([0.5], np.float32), world.ravel()
        best = min(near, key=lambda n: float(np.hypot(*(centres[n] - 112))))
        size = float(stats[best, cv2.CC_STAT_WIDTH])
        for finger in range(5):
            for joint in range(4):
                points[1 + 4 * finger + joint, :2] = ((finger - 2) * size * 0.15, -size * (0.55 + 0.3 * joint))
        world[:] = points * np.float32(0.09 / (size * 0.55))
        points[:, :2] += centres[best] + (0, size / 2)
        red = float(picture[labels == best].mean(axis=0)[0])
        right = 0.97 if red > 127 else 0.03
        return points.ravel(), np.array([0.95], np.float32), np.array([right], np.float32), world.ravel()


def toy(max_hands: int = 2, **options: object) -> tuple[HandTracker, DiscPalms]:
    palms = DiscPalms()
    return HandTracker(max_hands, networks=Networks(palms, DiscHand()), **options), palms  # type: ignore[arg-type]  # options vary by test


def test_a_hand_is_found_followed_and_keeps_its_id() -> None:
    tracker, palms = toy(max_hands=1)
    ids = set()
    for step in range(30):
        (hand,) = tracker.track(picture((200 + 8 * step, 240, RIGHT)), step / 30)
        ids.add(hand.hand_id)
        assert hand.roi is not None
    assert ids == {1}
    assert palms.runs == 1  # the square is carried; nothing is left to search for
    assert hand.landmarks_px[0, 0] == pytest.approx(200 + 8 * 29, abs=12)


def test_raw_landmarks_are_where_the_hand_is() -> None:
    tracker, _ = toy(smooth=False)
    for step in range(5):
        frame = tracker.track(picture((200 + 10 * step, 240, RIGHT)), step / 30)
    assert frame[0].landmarks_px[0, 0] == pytest.approx(240, abs=1.5)


def test_detector_rests_between_searches_while_one_of_two_is_followed() -> None:
    tracker, palms = toy(max_hands=2)
    for step in range(101):
        tracker.track(picture((300, 240, RIGHT)), step / 30)
    assert palms.runs <= 2 + 10


def test_detector_runs_at_once_when_a_hand_is_lost() -> None:
    tracker, palms = toy(max_hands=1)
    tracker.track(picture((100, 240, RIGHT)), 0.0)
    frame = tracker.track(picture((500, 240, RIGHT)), 0.1)  # far outside the carried square
    assert frame.detector_runs == palms.runs - 1 >= 1
    assert [hand.landmarks_px[0, 0] for hand in frame] == pytest.approx([500], abs=2)


def test_second_hand_is_found_within_the_search_cadence_and_keeps_order() -> None:
    tracker, _ = toy(max_hands=2, settings=TrackerSettings(search=SearchSettings(frames_per_run=5)))
    for step in range(3):
        tracker.track(picture((150, 240, RIGHT)), step / 30)
    for step in range(3, 8):
        frame = tracker.track(picture((150, 240, RIGHT), (480, 240, LEFT)), step / 30)
    assert [(hand.hand_id, hand.handedness) for hand in frame] == [(1, "Right"), (2, "Left")]


def test_never_more_hands_than_allowed_nor_one_hand_twice() -> None:
    discs = [(100 + 200 * n, 240, RIGHT) for n in range(3)]
    tracker, _ = toy(max_hands=2)
    for step in range(25):
        assert len(tracker.track(picture(*discs), step / 30)) == 2
    alone, _ = toy(max_hands=4)
    for step in range(25):
        assert len(alone.track(picture((300, 240, RIGHT)), step / 30)) == 1


def test_two_squares_on_one_hand_become_the_older_one() -> None:
    tracker, _ = toy(max_hands=2)
    tracker.track(picture((200, 240, RIGHT), (400, 240, RIGHT)), 0.0)
    for step in range(1, 12):
        frame = tracker.track(picture((200 + 9 * step, 240, RIGHT), (400 - 9 * step, 240, RIGHT)), step / 30)
    assert len(frame) == 1
    assert frame[0].hand_id == 1


def test_empty_picture_is_an_empty_frame() -> None:
    tracker, _ = toy()
    frame = tracker.track(picture(), 0.0)
    assert len(frame) == 0
    assert (frame.width, frame.height, frame.frame_index) == (640, 480, 0)


@pytest.mark.parametrize("mode", ["video", "still"])
@pytest.mark.parametrize(("mirrored", "side"), [(False, "Right"), (True, "Left")])
def test_mirrored_source_swaps_the_side(mode: str, mirrored: bool, side: str) -> None:
    tracker, _ = toy(mode=mode, mirrored=mirrored)
    assert tracker.track(picture((300, 240, RIGHT)), 0.0)[0].handedness == side


def test_one_odd_frame_does_not_turn_the_side() -> None:
    tracker, _ = toy(max_hands=1)
    sides = []
    for step in range(12):
        colour = LEFT if step == 6 else RIGHT
        sides.append(tracker.track(picture((300, 240, colour)), step / 30)[0].handedness)
    assert set(sides) == {"Right"}


def test_side_turns_when_the_evidence_stays() -> None:
    tracker, _ = toy(max_hands=1)
    tracker.track(picture((300, 240, RIGHT)), 0.0)
    for step in range(1, 40):
        frame = tracker.track(picture((300, 240, LEFT)), step / 30)
    assert frame[0].handedness == "Left"


def test_stills_have_nothing_to_do_with_each_other() -> None:
    tracker, palms = toy(mode="still")
    first = tracker.track(picture((300, 240, RIGHT)))
    second = tracker.track(picture((300, 240, RIGHT)))
    assert first.detector_runs == second.detector_runs == palms.runs / 2
    assert first[0].hand_id != second[0].hand_id
    np.testing.assert_array_equal(first[0].landmarks_px, second[0].landmarks_px)


class UprightPalms(DiscPalms):
    """Lights a disc only if a faint dot lies above it, as a palm has its fingers there."""

    def infer(self, picture: NDArray[np.uint8]) -> tuple[Float32, ...]:
        raw, logits = super().infer(picture)
        discs = (picture.max(axis=2) > 100).astype(np.uint8)
        dots = ((picture.max(axis=2) > 30) & (discs == 0)).astype(np.uint8)
        dots = cv2.erode(dots, np.ones((3, 3), np.uint8))  # the soft rims of the discs are no dots
        if not discs.any() or not dots.any():
            return raw, np.full_like(logits, -50)
        above = np.argwhere(dots).mean(axis=0) - np.argwhere(discs).mean(axis=0)
        if math.degrees(math.atan2(abs(above[1]), -above[0])) > 20:
            logits[:] = -50
        return raw, logits


@pytest.mark.parametrize("degrees", SearchSettings().turns_deg)
def test_hand_that_does_not_point_up_is_found_in_the_turned_picture_of_a_still(degrees: float) -> None:
    angle = math.radians(degrees)
    image = picture((320, 240, RIGHT))
    dot = round(320 + 70 * math.sin(angle)), round(240 - 70 * math.cos(angle))
    cv2.circle(image, dot, 16, (60, 60, 60), -1)
    found = {}
    for turns in (SearchSettings().turns_deg, (degrees + 90.0,)):
        settings = TrackerSettings(search=SearchSettings(turns_deg=turns))
        tracker = HandTracker(2, mode="still", settings=settings, networks=Networks(UprightPalms(), DiscHand()))
        found[turns] = len(tracker.track(image))
    assert list(found.values()) == [1, 0]


def test_reset_starts_anew_and_ids_go_on() -> None:
    tracker, _ = toy()
    tracker.track(picture((300, 240, RIGHT)), 5.0)
    tracker.reset()
    frame = tracker.track(picture((300, 240, RIGHT)), 0.0)
    assert frame.frame_index == 0
    assert frame[0].hand_id == 2


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros((10, 10), np.uint8), r"frame_bgr: got uint8 \(10, 10\), wanted uint8 \(height, width, 3\)"),
        (np.zeros((10, 10, 3), np.float32), "frame_bgr: got float32"),
        (np.zeros((0, 10, 3), np.uint8), "frame_bgr: got uint8"),
    ],
    ids=["grey", "float", "empty"],
)
def test_wrong_picture_is_refused(image: Image, message: str) -> None:
    tracker, _ = toy()
    with pytest.raises(ValueError, match=message):
        tracker.track(image, 0.0)


def test_time_must_be_given_and_grow() -> None:
    tracker, _ = toy()
    with pytest.raises(ValueError, match="video needs the time"):
        tracker.track(picture())
    tracker.track(picture(), 0.0)
    with pytest.raises(ValueError, match=r"got 0\.0 after 0\.0, wanted a later time"):
        tracker.track(picture(), 0.0)


def test_wrong_options_are_refused() -> None:
    with pytest.raises(ValueError, match="max_hands: got 0, wanted 1 or more"):
        toy(max_hands=0)
    with pytest.raises(ValueError, match="mode: got 'film', wanted 'video' or 'still'"):
        toy(mode="film")
    with pytest.raises(ValueError, match="plain=True needs mode='still'"):
        toy(plain=True)


def test_closed_tracker_says_so() -> None:
    tracker, _ = toy()
    with tracker:
        pass
    tracker.close()
    with pytest.raises(RuntimeError, match="closed"):
        tracker.track(picture(), 0.0)


def test_frame_behaves_as_a_sequence() -> None:
    tracker, _ = toy()
    frame = tracker.track(picture((150, 240, RIGHT), (480, 240, LEFT)), 0.0)
    assert len(frame) == len(list(frame)) == len(frame[:]) == 2
    assert frame[-1] is frame.hands[1]
