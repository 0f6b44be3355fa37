"""Hands that meet: what they look like, which look is a blend, and who is who afterwards."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from handplay.engine.coordinates import Float32
from handplay.engine.sources.base import Image
from handplay.engine.tracking.finding import Found
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.likeness import likeness_of, shape_change, unlike
from handplay.engine.tracking.roi import roi_from_landmarks
from handplay.engine.tracking.roster import Roster
from handplay.engine.tracking.settings import MeetingSettings, RoiSettings, TrackerSettings
from handplay.engine.tracking.tracks import SideEvidence

RED, BLUE, GREY = (40, 40, 200), (200, 60, 40), (120, 120, 120)
WRIST_Y = 300
SETTINGS = MeetingSettings()


def fingers(*, folded: bool = False) -> Float32:
    points = np.zeros((21, 3), np.float32)
    for finger in range(5):
        for joint in range(4):
            reach = 80 + (0 if folded else 30) * joint
            points[1 + 4 * finger + joint, :2] = ((finger - 2) * 20, -reach)
    return points


def look(x: float, *, folded: bool = False, right: float = 0.97) -> Keypoints:
    shape = fingers(folded=folded)
    points = shape + np.array([x, WRIST_Y, 0], np.float32)
    square = roi_from_landmarks(points, RoiSettings())
    return Keypoints(points, shape * np.float32(0.09 / 80), 0.97, right, square)


def scene(*sleeves: tuple[float, tuple[int, int, int]]) -> Image:
    """A grey picture with an arm below each wrist."""
    image = np.full((480, 1000, 3), 90, np.uint8)
    for x, colour in sleeves:
        image[WRIST_Y + 5 :, max(0, round(x) - 30) : round(x) + 30] = colour
    return image


class Stage:
    """A roster that is shown two hands: the first in a red sleeve at the left, the second at the right."""

    def __init__(self, *, sleeves: tuple[tuple[int, int, int], ...] = (RED, BLUE), right: float = 0.97) -> None:
        self.roster = Roster(2, TrackerSettings(), smooth=False)
        self.sleeves, self.time_s = sleeves, 0.0
        image = scene((200, sleeves[0]), (700, sleeves[1]))
        self.roster.album.open(image)
        self.roster.admit([Found(0.9, look(200)), Found(0.9, look(700, right=right))], 0.0)
        for _ in range(6):
            self.show((look(200), look(700, right=right)), image)

    def show(self, looks: tuple[Keypoints, ...], image: Image) -> None:
        """The next picture: one look for each track, in the order of the tracks."""
        self.time_s += 1 / 30
        self.roster.album.open(image)
        for track, seen in zip(list(self.roster.tracks), looks, strict=False):
            if not self.roster.coasts(track, seen, self.time_s):
                self.roster.take(track, seen, self.time_s)
        self.roster.part(self.time_s)

    @property
    def places(self) -> dict[int, float]:
        return {track.hand_id: float(track.seen.landmarks_px[0, 0]) for track in self.roster.followed}


def test_turned_hand_keeps_its_shape_and_folded_fingers_change_it() -> None:
    image, one = scene((400, RED)), look(400)
    c, s = np.cos(0.8), np.sin(0.8)
    turned = replace(one, world_m=one.world_m @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]], np.float32))
    assert shape_change(likeness_of(image, one), likeness_of(image, turned)) < 1e-3
    assert shape_change(likeness_of(image, one), likeness_of(image, look(400, folded=True))) > SETTINGS.blend_shape


def test_sleeve_tells_hands_apart_unless_it_is_out_of_the_picture() -> None:
    red, blue = likeness_of(scene((400, RED)), look(400)), likeness_of(scene((400, BLUE)), look(400))
    assert unlike(red, likeness_of(scene((600, RED)), look(600))) < 0.1
    assert unlike(red, blue) > 2.5
    cut_off = likeness_of(scene((400, BLUE))[: WRIST_Y + 10], look(400))
    assert cut_off.arm is None
    assert unlike(red, cut_off) < 0.1
    assert unlike(red, None) == 0.0


def test_two_right_hands_that_were_taken_for_one_another_get_their_ids_back() -> None:
    stage = Stage()
    together = scene((400, RED), (500, BLUE))
    stage.show((look(400), look(500)), together)
    assert stage.places == {1: 400, 2: 500}
    stage.show((look(500), look(400)), together)  # the squares slid over
    assert stage.places == {1: 400, 2: 500}


def test_twins_keep_the_ids_that_they_have() -> None:
    stage = Stage(sleeves=(RED, RED))
    for first, second in ((400, 500), (500, 400), (520, 380)):
        stage.show((look(first), look(second)), scene((first, RED), (second, RED)))
    assert stage.places == {1: 520, 2: 380}


def test_hands_that_never_met_are_not_exchanged_for_a_change_of_sleeves() -> None:
    stage = Stage()
    stage.show((look(200), look(700)), scene((200, BLUE), (700, RED)))
    assert stage.places == {1: 200, 2: 700}


def test_hand_in_sight_is_the_lost_one_after_a_few_looks() -> None:
    stage = Stage()
    together = scene((400, RED), (500, BLUE))
    stage.show((look(400), look(500)), together)
    first, second = stage.roster.tracks
    stage.roster.lose(second)
    stage.show((look(490),), together)
    assert stage.places == {1: 490}
    for x in (500, 510, 520):
        stage.show((look(x),), scene((x, BLUE)))
    assert stage.places == {2: 520}
    assert first.likeness is not None


@pytest.mark.parametrize(
    ("x", "odd", "followed"),
    [
        (420, look(420, folded=True), False),
        (420, look(420, right=0.05), False),
        (420, look(420), True),
        (200, look(200, folded=True), True),
    ],
    ids=["other fingers", "other side", "itself", "alone"],
)
def test_blend_of_two_hands_is_not_followed(x: int, odd: Keypoints, followed: bool) -> None:
    stage = Stage()
    other = 520 if x == 420 else 700
    stage.show((look(x), look(other)), scene((x, RED), (other, BLUE)))
    first = stage.roster.tracks[0]
    stage.show((odd, look(other)), scene((x, RED), (other, BLUE)))
    assert first.coasting is not followed
    assert (first.motion.last_time_s == stage.time_s) is followed


def test_gesture_that_changes_beside_another_hand_is_believed_in_the_end() -> None:
    stage = Stage(right=0.03)
    picture = scene((420, RED), (560, BLUE))
    stage.show((look(420), look(560, right=0.03)), picture)
    for _ in range(12):
        stage.show((look(420, folded=True), look(560, right=0.03)), picture)
    assert not stage.roster.tracks[0].coasting
    assert stage.places == {1: 420, 2: 560}


def test_newcomer_that_is_more_like_a_doubtful_hand_takes_its_id() -> None:
    stage = Stage(right=0.03)
    stage.show((look(420), look(520, right=0.03)), scene((420, RED), (520, BLUE)))
    first, second = stage.roster.tracks
    stage.roster.lose(second)
    image = scene((430, BLUE), (300, RED))
    for step in range(3):
        seen = look(300)
        if step == 0:
            stage.roster.album.open(image)
            stage.roster.admit([Found(0.2, seen)], stage.time_s)
            newcomer = stage.roster.tracks[-1]
        stage.time_s += 1 / 30
        stage.roster.album.open(image)
        first.seen, first.astray = look(430, right=0.03), True
        stage.roster.take(newcomer, seen, stage.time_s)
    assert newcomer.hand_id == 1
    assert first.hand_id == 0


def test_first_look_between_the_sides_is_not_shown_at_once() -> None:
    hands = Roster(2, TrackerSettings(), smooth=False)
    hands.admit([Found(0.9, look(200, right=0.55)), Found(0.9, look(600, right=0.9))], 0.0)
    assert [float(track.seen.landmarks_px[0, 0]) for track in hands.followed] == [600]


def test_a_side_is_clear_from_one_sure_look() -> None:
    guess, sure = SideEvidence(12.0), SideEvidence(12.0)
    guess.add(0.6, 0.0)
    sure.add(0.1, 0.0)
    assert not guess.is_clear
    assert sure.is_clear
