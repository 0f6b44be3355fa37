"""Proposals, what is made of them, and how a known hand is found again: on a detector and a model that do as told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.hands import Palm
from handplay.engine.sources.base import Image
from handplay.engine.tracking.crop import lift_for, lifted
from handplay.engine.tracking.finding import Finder, Found
from handplay.engine.tracking.following import Follower
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.motion import HandMotion
from handplay.engine.tracking.roi import roi_from_landmarks, roi_from_palm
from handplay.engine.tracking.settings import RoiSettings, TrackerSettings
from handplay.engine.tracking.tracks import SideEvidence, Track
from handplay.engine.tracking.verify import Verifier

IMAGE = np.zeros((720, 1280, 3), np.uint8)
WHOLE = Roi(640, 360, 1280, 0.0)
SETTINGS = TrackerSettings()


def hand_points(x: float, y: float) -> Float32:
    points = np.zeros((21, 3), np.float32)
    for finger in range(5):
        for joint in range(4):
            points[1 + 4 * finger + joint, :2] = ((finger - 2) * 20, -(80 + 30 * joint))
    return points + np.array([x, y, 0], np.float32)


def look_at(x: float, y: float, presence: float, roi: Roi | None = None, gamma: float = 1.0) -> Keypoints:
    points = hand_points(x, y)
    world = (points - points[0]) * np.float32(0.09 / 80)
    return Keypoints(points, world, presence, 0.95, roi or roi_from_landmarks(points, RoiSettings()), gamma)


def palm_at(x: float, y: float, score: float) -> Palm:
    points = np.full((7, 2), (x, y), np.float32)
    points[0, 1], points[2, 1] = y + 40, y - 40
    return Palm((x - 40, y - 40, x + 40, y + 40), points, score)


@dataclass
class Detector:
    """Proposes palms that lie in the region; those of `close` only in a region smaller than the picture."""

    palms: list[Palm] = field(default_factory=list)
    close: list[Palm] = field(default_factory=list)
    regions: list[Roi] = field(default_factory=list)

    def detect(self, image: Image, region: Roi, *, min_score: float) -> list[Palm]:
        self.regions.append(region)
        return self.palms if region.size_px >= 1280 else self.close


@dataclass
class Model:
    """Sees what `presence` says: a function of the square and the gamma."""

    presence: Callable[[Roi, float], float]
    dark: float | None = None
    stretched: bool = False
    looks: int = 0

    def look(self, image: Image, roi: Roi, *, gamma: float = 1.0) -> Keypoints:
        self.looks += 1
        seen = look_at(roi.cx, roi.cy + 60, self.presence(roi, gamma), None, gamma)
        if self.stretched:
            world = seen.world_m.copy()
            world[8, 1] -= 0.3
            seen = replace(seen, world_m=world)
        return seen

    def lift_for(self, image: Image, roi: Roi) -> float | None:
        return self.dark


def finder_of(detector: Detector, model: Any) -> Finder:
    verifier = Verifier(model, SETTINGS.verify, SETTINGS.roi)
    return Finder(detector, verifier, SETTINGS)  # type: ignore[arg-type]  # a detector that does as told


def find(finder: Finder, time_s: float = 0.0, heat: float = 1.0) -> list[Found]:
    return finder.find(
        IMAGE,
        [WHOLE],
        time_s,
        room=2,
        known_place=lambda roi: False,
        known_hand=lambda look: False,
        heat=lambda region: heat,
    )[1]


def test_bold_proposal_that_the_model_confirms_is_a_hand() -> None:
    (found,) = find(finder_of(Detector([palm_at(500, 300, 0.06)]), Model(lambda roi, gamma: 0.9)))
    assert found.score == 0.06


def test_second_look_decides() -> None:
    model = Model(lambda roi, gamma: 0.9)
    looks = iter([0.9, 0.2])
    model.presence = lambda roi, gamma: next(looks)
    assert find(finder_of(Detector([palm_at(500, 300, 0.1)]), model)) == []


def test_bones_of_no_hand_are_refused() -> None:
    assert find(finder_of(Detector([palm_at(500, 300, 0.1)]), Model(lambda roi, gamma: 0.9, stretched=True))) == []


def test_likely_proposal_is_looked_at_more_closely() -> None:
    detector = Detector([palm_at(500, 300, 0.6)], close=[palm_at(620, 300, 0.9)])
    model = Model(lambda roi, gamma: 0.9 if roi.cx > 560 else 0.05)
    (found,) = find(finder_of(detector, model))
    assert found.look.roi.cx > 560
    assert detector.regions[1].size_px < 1280


def test_refused_proposal_is_left_alone_where_nothing_moves() -> None:
    model = Model(lambda roi, gamma: 0.05)
    finder = finder_of(Detector([palm_at(500, 300, 0.3)]), model)
    find(finder, 0.0, heat=0.2)
    before = model.looks
    assert before > 0
    find(finder, 5.0, heat=0.2)
    assert model.looks == before
    find(finder, 5.1, heat=1.0)  # something moved there
    assert model.looks > before


def test_what_was_refused_while_something_moved_is_left_alone_once_it_is_quiet() -> None:
    model = Model(lambda roi, gamma: 0.05)
    finder = finder_of(Detector([palm_at(500, 300, 0.3)]), model)
    find(finder, 0.0, heat=0.9)
    refused = model.looks
    find(finder, 0.1, heat=0.8)  # just now
    assert model.looks == refused
    find(finder, 0.3, heat=0.7)  # it may have come to rest
    again = model.looks
    assert again > refused
    find(finder, 5.0, heat=0.1)
    assert model.looks == again


def test_weak_proposal_in_a_quiet_place_is_not_shown_to_the_model() -> None:
    model = Model(lambda roi, gamma: 0.9)
    finder = finder_of(Detector([palm_at(500, 300, 0.1)]), model)
    assert find(finder, 0.0, heat=0.2) == []
    assert model.looks == 0
    assert len(find(finder, 0.1, heat=0.9)) == 1


def following(model: Any, detector: Detector | None = None, *, presence: float = 0.9) -> tuple[Follower, Track]:
    seen = look_at(500, 360, presence)
    motion = HandMotion(roi_from_landmarks(seen.landmarks_px, SETTINGS.roi), 0.0, SETTINGS.motion)
    track = Track(1, motion, SideEvidence(12.0), None, seen, 0.0, 0.0, state="followed")
    return Follower(model, finder_of(detector or Detector(), model), SETTINGS), track


def test_dark_hand_is_seen_with_its_shadows_raised() -> None:
    follower, track = following(Model(lambda roi, gamma: 0.9 if gamma < 1 else 0.1, dark=0.5))
    look = follower.find(IMAGE, track, 0.03)
    assert look is not None
    assert look.gamma == 0.5


def test_hand_that_leapt_is_found_in_the_neighbourhood() -> None:
    palm = palm_at(700, 330, 0.5)
    square = roi_from_palm(palm, SETTINGS.roi)
    model = Model(lambda roi, gamma: 0.9 if abs(roi.cx - square.cx) < 60 else 0.01)
    follower, track = following(model, Detector(close=[palm]))
    look = follower.find(IMAGE, track, 0.03)
    assert look is not None
    assert look.landmarks_px[0, 0] == pytest.approx(700, abs=60)


@pytest.mark.parametrize(("time_s", "believed"), [(0.1, True), (1.0, False)], ids=["a moment", "too long"])
def test_doubtful_look_counts_for_a_moment(time_s: float, believed: bool) -> None:
    follower, track = following(Model(lambda roi, gamma: 0.2))
    assert (follower.find(IMAGE, track, time_s) is not None) is believed


def test_shadows_are_raised_and_bright_crops_left() -> None:
    dark = np.full((16, 16, 3), 30, np.uint8)
    gamma = lift_for(dark)
    assert gamma is not None
    assert lifted(dark.copy(), gamma).mean() > 90
    assert lift_for(np.full((16, 16, 3), 160, np.uint8)) is None
