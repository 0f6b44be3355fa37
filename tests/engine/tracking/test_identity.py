"""Who is who: doubles, hands that come back, and what counts as a hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from handplay.engine.coordinates import Float32
from handplay.engine.tracking.finding import Found
from handplay.engine.tracking.identity import assign, same_hand
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.roi import roi_from_landmarks
from handplay.engine.tracking.roster import Roster
from handplay.engine.tracking.settings import IdentitySettings, RoiSettings, TrackerSettings, VerifySettings
from handplay.engine.tracking.tracks import SideEvidence
from handplay.engine.tracking.verify import plausible


def open_hand() -> Float32:
    points = np.zeros((21, 3), np.float32)
    for finger in range(5):
        for joint in range(4):
            points[1 + 4 * finger + joint, :2] = ((finger - 2) * 20, -(80 + 30 * joint))
    return points


def look(x: float, y: float = 300.0, *, right: float = 0.95, presence: float = 0.95) -> Keypoints:
    shape = open_hand()
    points = shape + np.array([x, y, 0], np.float32)
    return Keypoints(points, shape * np.float32(0.09 / 80), presence, right, roi_from_landmarks(points, RoiSettings()))


def roster(max_hands: int = 2) -> Roster:
    return Roster(max_hands, TrackerSettings(), smooth=False)


def ids(hands: Roster) -> list[int]:
    return [track.hand_id for track in hands.followed]


def test_one_hand_seen_twice_is_one_hand() -> None:
    identity = IdentitySettings()
    assert same_hand(look(300), look(305), identity)
    assert not same_hand(look(300), look(380), identity)


@pytest.mark.parametrize(
    ("costs", "wanted"),
    [
        ([], {}),
        ([[]], {}),
        ([[0.4]], {0: 0}),
        ([[1.4]], {}),
        ([[0.1, 0.2], [0.15, 0.9]], {0: 1, 1: 0}),
        ([[0.2], [0.1]], {1: 0}),
        ([[2.0, 3.0], [2.0, 0.5]], {1: 1}),
    ],
    ids=["none", "no looks", "one", "too far", "best in sum", "two for one", "one too far"],
)
def test_assignment(costs: list[list[float]], wanted: dict[int, int]) -> None:
    assert assign(costs) == wanted


def test_sure_hand_is_followed_at_once_and_a_doubtful_one_after_a_few_looks() -> None:
    hands = roster()
    hands.admit([Found(0.9, look(200)), Found(0.1, look(500))], 0.0)
    assert ids(hands) == [1]
    doubtful = next(track for track in hands.tracks if track.state == "candidate")
    hands.take(doubtful, look(500), 0.03)
    assert ids(hands) == [1]
    hands.take(doubtful, look(500), 0.06)
    assert ids(hands) == [1, 2]


def test_candidate_that_is_not_seen_again_is_forgotten() -> None:
    hands = roster()
    hands.admit([Found(0.1, look(500))], 0.0)
    hands.forget(0.5)
    assert hands.tracks == []


def test_lost_hand_gets_its_id_back_where_it_is_expected() -> None:
    hands = roster()
    hands.admit([Found(0.9, look(200)), Found(0.9, look(600, right=0.05))], 0.0)
    for track in hands.followed:
        hands.lose(track)
    hands.admit([Found(0.9, look(610, right=0.05)), Found(0.9, look(215))], 0.4)
    places = {track.hand_id: float(track.seen.landmarks_px[0, 0]) for track in hands.followed}
    assert places == {1: 215, 2: 610}


def test_lost_hand_is_not_another_hand_far_away_nor_the_other_side() -> None:
    hands = roster()
    first = Found(0.9, look(200))
    hands.admit([first], 0.0)
    for _ in range(5):
        hands.followed[0].side.add(0.97, 0.0)
    hands.lose(hands.followed[0])
    hands.admit([Found(0.9, look(900))], 0.2)
    assert ids(hands) == [2]
    hands.admit([Found(0.9, look(330, right=0.01))], 0.3)
    assert 1 not in ids(hands)


def test_lost_hand_is_forgotten_in_the_end() -> None:
    hands = roster()
    hands.admit([Found(0.9, look(200))], 0.0)
    hands.lose(hands.followed[0])
    hands.forget(1.4)
    assert len(hands.lost) == 1
    hands.forget(1.6)
    assert hands.tracks == []


def test_double_goes_to_the_track_it_continues() -> None:
    hands = roster()
    hands.admit([Found(0.9, look(200)), Found(0.9, look(420))], 0.0)
    one, two = hands.followed
    for step in range(1, 5):
        hands.take(one, look(200), step / 30)
        hands.take(two, look(420), step / 30)
    hands.take(one, look(420), 5 / 30)  # slid over
    hands.take(two, look(421), 5 / 30)
    hands.drop_doubles()
    assert ids(hands) == [2]
    assert hands.lost[0].motion.last.cx == pytest.approx(roi_from_landmarks(look(200).landmarks_px, RoiSettings()).cx)


def test_never_more_than_allowed() -> None:
    hands = roster(max_hands=2)
    hands.admit([Found(0.9, look(x)) for x in (100, 400, 700)], 0.0)
    assert len(hands.followed) == 2
    assert hands.room == 0


def test_ids_are_never_used_again() -> None:
    hands = roster()
    hands.admit([Found(0.9, look(200))], 0.0)
    hands.clear()
    hands.admit([Found(0.9, look(200))], 1.0)
    assert ids(hands) == [2]


def test_side_evidence_needs_more_than_one_frame_to_turn() -> None:
    side = SideEvidence(12.0, contrary_s=0.4)
    for step in range(6):
        side.add(0.98, step / 30)
    side.add(0.01, 0.3)
    assert side.label(0.5)[0] == "Right"
    assert side.against(0.01) > 0.9
    for step in range(8):
        side.add(0.01, 0.3 + step / 30)
    assert side.label(0.01)[0] == "Right"
    for step in range(20):
        side.add(0.01, 0.6 + step / 30)
    assert side.label(0.01) == ("Left", 0.99)


def test_hands_taken_for_one_another_get_their_ids_back() -> None:
    hands = roster()
    hands.admit([Found(0.9, look(200)), Found(0.9, look(420, right=0.05))], 0.0)
    for step in range(1, 5):
        for track, x, right in zip(hands.followed, (200, 420), (0.95, 0.05), strict=True):
            hands.take(track, look(x, right=right), step / 30)
    for step in range(5, 8):
        for track, x, right in zip(hands.followed, (200, 420), (0.05, 0.95), strict=True):
            hands.take(track, look(x, right=right), step / 30)
        hands.settle_sides(step / 30)
        if step == 6:
            break
    where = {track.hand_id: float(track.seen.landmarks_px[0, 0]) for track in hands.followed}
    assert where == {1: 420, 2: 200}


def two_hands() -> Roster:
    """A right hand at 200 and a left one at 420, both well known."""
    hands = roster()
    hands.admit([Found(0.9, look(200)), Found(0.9, look(420, right=0.05))], 0.0)
    for step in range(1, 6):
        for track, x, right in zip(hands.followed, (200, 420), (0.95, 0.05), strict=True):
            hands.take(track, look(x, right=right), step / 30)
    return hands


def test_look_that_may_be_the_other_hand_is_not_shown() -> None:
    hands = two_hands()
    hands.take(hands.followed[0], look(110, right=0.4), 0.2)
    hands.settle_sides(0.2)
    assert [track.hand_id for track in hands.shown] == [1, 2]  # the other is too far away to be meant
    hands.take(hands.followed[0], look(350, right=0.4), 0.22)
    hands.settle_sides(0.22)
    assert [track.hand_id for track in hands.shown] == [2]
    hands.take(hands.followed[0], look(350, right=0.95), 0.23)
    hands.settle_sides(0.23)
    assert [track.hand_id for track in hands.shown] == [1, 2]


def test_a_look_that_leaves_its_own_way_toward_another_hand_is_not_shown() -> None:
    """It is judged by where the hand was expected, not by where the look itself has led it."""
    hands = two_hands()
    hands.take(hands.followed[0], look(310, right=0.4), 0.2)
    hands.settle_sides(0.2)
    assert [track.hand_id for track in hands.shown] == [2]


def test_hands_that_turn_edge_on_as_they_come_together_are_shown_until_they_meet() -> None:
    """No side is clear, but each goes on its own way: that they were taken for each other is out of the question."""
    hands, shown = two_hands(), []
    for step in range(6, 15):
        near = 10 * (step - 5)
        for track, x, right in zip(hands.followed, (200 + near, 420 - near), (0.6, 0.4), strict=True):
            hands.take(track, look(x, right=right), step / 30)
        hands.settle_sides(step / 30)
        shown.append((220 - 2 * near, len(hands.shown)))
    assert dict(shown)[120] == 2
    assert dict(shown)[40] == 0


def test_lost_hand_does_not_come_back_beside_a_rival_without_a_clear_side() -> None:
    hands = two_hands()
    lost = hands.followed[0]
    hands.lose(lost)
    assert not hands.come_back(lost, look(215, right=0.6), 0.25)
    assert hands.come_back(lost, look(215, right=0.95), 0.25)


def test_hand_that_left_the_picture_comes_back_where_it_left() -> None:
    hands = roster()
    hands.admit([Found(0.9, look(200))], 0.0)
    for step in range(1, 6):
        hands.take(hands.followed[0], look(200 - 40 * step), step / 30)
    hands.lose(hands.followed[0])
    hands.admit([Found(0.9, look(20))], 0.6)
    for step in range(3):
        if not ids(hands):
            hands.take(hands.present[0], look(20 + 10 * step), 0.63 + step / 30)
    assert ids(hands) == [1]


def test_what_is_no_hand() -> None:
    settings = VerifySettings()
    good = look(300)
    assert plausible(good, settings)
    assert not plausible(replace(good, world_m=good.world_m * np.float32(3)), settings)
    stretched = good.world_m.copy()
    stretched[8, 1] -= 0.3
    assert not plausible(replace(good, world_m=stretched), settings)
    assert not plausible(replace(good, roi=replace(good.roi, size_px=good.roi.size_px * 4)), settings)
