"""The hands the tracker knows: candidates, those it follows, and those it has lost and may see again."""

from __future__ import annotations

import math

from handplay.engine.coordinates import Roi
from handplay.engine.tracking.finding import Found
from handplay.engine.tracking.identity import assign, misfit, same_hand
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.meetings import Album, Meetings
from handplay.engine.tracking.motion import HandMotion
from handplay.engine.tracking.roi import box_iou, roi_from_landmarks
from handplay.engine.tracking.settings import TrackerSettings
from handplay.engine.tracking.smoothing import HandSmoother
from handplay.engine.tracking.tracks import SideEvidence, Track

_KNOWN_LOOKS = 5
"""A hand that was surely seen so often can be taken for another; one that just flickered up cannot."""
_CLEARLY = 0.05
"""Difference of surprise that lets the newer of two tracks keep the hand; else the older one does."""
_LIKENESS_WEIGHT = 0.15
"""What strangeness (0 to 8) is worth beside a misfit of place, size and side (1 is the edge of belief)."""


class Roster:
    """Keeps tracks and their ids.

    Args:
        max_hands: how many hands may be present at a time.
        smooth: give new tracks a smoother.
        settings: of the tracker.

    Attributes:
        tracks: all that are known, in no order that matters.
    """

    def __init__(self, max_hands: int, settings: TrackerSettings, *, smooth: bool) -> None:
        self._max_hands, self._settings, self._smooth = max_hands, settings, smooth
        self.album = Album()
        self._meetings = Meetings(settings.meeting, self.album)
        self._next_id = 1
        self.tracks: list[Track] = []

    def clear(self) -> None:
        """Forgets all hands. Ids go on counting."""
        self.tracks = []
        self._meetings.clear()

    def next_id(self) -> int:
        """An id that was never used before."""
        self._next_id += 1
        return self._next_id - 1

    @property
    def present(self) -> list[Track]:
        """Candidates and followed hands."""
        return [track for track in self.tracks if track.state != "lost"]

    @property
    def followed(self) -> list[Track]:
        """Confirmed hands that are in sight, oldest first."""
        return sorted((t for t in self.tracks if t.state == "followed"), key=lambda track: track.hand_id)

    @property
    def shown(self) -> list[Track]:
        """Followed hands that are surely themselves, oldest first."""
        return [track for track in self.followed if not track.held and not track.astray]

    @property
    def lost(self) -> list[Track]:
        """Hands that may come back."""
        return [track for track in self.tracks if track.state == "lost"]

    @property
    def room(self) -> int:
        """How many more hands may be present."""
        return self._max_hands - len(self.present)

    def knows_place(self, roi: Roi) -> bool:
        """True if a present hand's square lies there."""
        limit = self._settings.roi.same_iou
        return any(box_iou(roi, track.motion.last) > limit for track in self.present)

    def knows_hand(self, look: Keypoints) -> bool:
        """True if the look shows a hand that is present."""
        return any(same_hand(look, track.seen, self._settings.identity) for track in self.present)

    def take(self, track: Track, look: Keypoints, time_s: float) -> None:
        """A look becomes the track's newest."""
        identity = self._settings.identity
        carried = roi_from_landmarks(look.landmarks_px, self._settings.roi)
        track.motion.update(carried, time_s)
        track.seen, track.coasting, track.astray = look, False, False
        track.side.add(look.right, time_s)
        track.looks += 1
        track.sure_looks += look.presence >= identity.sure_presence
        if look.presence >= self._settings.verify.kept:
            track.sure_s = time_s
        if track.state == "lost":
            track.state = "followed"
        elif track.state == "candidate":
            long_enough = track.looks >= 2 and time_s - track.born_s >= identity.confirm_after_s
            if long_enough or track.looks >= identity.confirm_looks:
                self._confirm(track, time_s)

    def coasts(self, track: Track, look: Keypoints, time_s: float) -> bool:
        """True if a look is a blend with another hand: then the hand is believed to go on as it went, unseen."""
        meeting = self._settings.meeting
        track.coasting = self._meetings.is_blend(track, look, self.tracks, time_s)
        if track.coasting:
            aim, carried = track.motion.predict(time_s), roi_from_landmarks(look.landmarks_px, self._settings.roi)
            off = math.hypot(carried.cx - aim.cx, carried.cy - aim.cy) / aim.size_px
            track.astray = off > meeting.astray_sides or track.side.against(look.right) > meeting.blend_side
            track.seen = look
        return track.coasting

    def part(self, time_s: float) -> None:
        """Hands that met get their own ids, by what they look like."""
        for a, b in self._meetings.settle(self.tracks, time_s):
            _exchange(a, b)
            for track in (a, b):
                if track.coasting:  # what looked like a blend was the other hand
                    self.take(track, track.seen, time_s)
        for track in self.followed:
            if track.coasting and any(
                self._meetings.is_rather(track, other.seen) for other in self.present if other.state == "candidate"
            ):
                track.astray = True  # a newcomer is more like it

    def lose(self, track: Track) -> None:
        """A hand is out of sight; a candidate is forgotten at once."""
        if track.state == "candidate":
            self.tracks.remove(track)
        track.state, track.coasting, track.astray = "lost", False, False

    def drop_doubles(self) -> None:
        """Two squares that slid onto one hand: it stays with the track that it continues better."""
        present = self.present
        for number, a in enumerate(present):
            for b in present[number + 1 :]:
                if "lost" in (a.state, b.state) or not same_hand(a.seen, b.seen, self._settings.identity):
                    continue
                if a.coasting != b.coasting:
                    self.lose(a if a.coasting else b)
                    continue
                older, newer = sorted((a, b), key=lambda track: track.hand_id or math.inf)
                loser = older if self._surprise(older) > self._surprise(newer) + _CLEARLY else newer
                if not loser.coasting:
                    loser.motion = loser.motion.rewound()
                self.lose(loser)

    def _surprise(self, track: Track) -> float:
        """How badly the newest look fitted what was expected."""
        now, before = track.motion, track.motion.rewound()
        surprise = misfit(before, track.side, track.seen, now.last, now.last_time_s, self._settings.identity)
        return surprise + _LIKENESS_WEIGHT * self.album.strangeness(track, track.seen)

    def settle_sides(self, time_s: float) -> None:
        """Hands that were taken for one another get their ids back: their looks speak for the other's side.

        A look that is not clearly the own side's is held back if it may be the other hand, by where it lies; the
        second that is clearly the other's decides.
        """
        for track in self.tracks:
            track.held = False
        for track in self.followed:
            if track.side.supports(track.seen.right):
                continue
            rivals = [other for other in self.tracks if self._is_rival(track, other)]
            track.held = any(
                self._near(other, track, self._settings.identity.hold_sides) and self._may_be(track, other, time_s)
                for other in rivals
            )
            if track.side.contrary_looks < 2:
                continue
            for other in rivals:
                if other.state == "lost" or other.side.contrary_looks >= 2:
                    _exchange(track, other)
                    break

    def _may_be(self, track: Track, other: Track, time_s: float) -> bool:
        """True if the newest look of a track lies as well on the way of the other as on its own."""
        here = track.motion.last
        off, away = (
            math.hypot(here.cx - way.cx, here.cy - way.cy) / max(here.size_px, way.size_px)
            for way in (_expected(track, time_s), _expected(other, time_s))
        )
        return away < off + self._settings.identity.own_way_sides

    def _is_rival(self, track: Track, other: Track) -> bool:
        """True if the looks of one track may be the other's hand."""
        return (
            other is not track
            and bool(other.hand_id)
            and other.sure_looks >= _KNOWN_LOOKS
            and other.side.is_sure
            and other.side.is_right != track.side.is_right
            and self._near(other, track, self._settings.identity.exchange_sides)
        )

    def _misfit(self, track: Track, look: Keypoints, square: Roi, time_s: float) -> float:
        cost = misfit(track.motion, track.side, look, square, time_s, self._settings.identity)
        return cost * self._settings.meeting.alike_factor if self._is_alike(track, look) else cost

    def _is_alike(self, track: Track, look: Keypoints) -> bool:
        """True if a look surely resembles the hand of a track, by what was learned of that."""
        meeting = self._settings.meeting
        return (
            track.likeness is not None
            and self.album.image is not None
            and track.side.against(look.right) < meeting.blend_side
            and self.album.strangeness(track, look) < meeting.alike
        )

    def _near(self, a: Track, b: Track, sides: float) -> bool:
        one, two = a.motion.last, b.motion.last
        reach = sides * max(one.size_px, two.size_px)
        return math.hypot(one.cx - two.cx, one.cy - two.cy) <= reach

    def come_back(self, track: Track, look: Keypoints, time_s: float) -> bool:
        """Takes a look as the return of a lost hand, if it can be that."""
        carried = roi_from_landmarks(look.landmarks_px, self._settings.roi)
        beside_rival = any(self._is_rival(track, other) for other in self.present)
        if beside_rival and not track.side.supports(look.right):
            return False
        if self.knows_hand(look) or self._misfit(track, look, carried, time_s) > 1:
            return False
        self.take(track, look, time_s)
        return True

    def admit(self, found: list[Found], time_s: float) -> None:
        """Gives new hands to the lost tracks that they continue; the others become new tracks."""
        found = found[: max(0, self.room)]
        squares = [roi_from_landmarks(one.look.landmarks_px, self._settings.roi) for one in found]
        lost = self.lost
        costs = [
            [self._misfit(track, one.look, square, time_s) for one, square in zip(found, squares, strict=True)]
            for track in lost
        ]
        back = assign(costs)
        for row, column in back.items():
            self.take(lost[row], found[column].look, time_s)
        for column, one in enumerate(found):
            if column not in back.values():
                self._add(one, squares[column], time_s)

    def forget(self, time_s: float) -> None:
        """Lets go of candidates that were not confirmed, and of hands that were gone too long."""
        identity = self._settings.identity
        self.tracks = [
            track
            for track in self.tracks
            if track.state == "followed"
            or (track.state == "candidate" and time_s - track.born_s <= identity.confirm_s)
            or (track.state == "lost" and time_s - track.motion.last_time_s <= identity.memory_s)
        ]

    def _add(self, found: Found, square: Roi, time_s: float) -> None:
        identity, look = self._settings.identity, found.look
        side = self._new_side()
        side.add(look.right, time_s)
        motion = HandMotion(square, time_s, self._settings.motion, steady=self._smooth)
        track = Track(0, motion, side, self._new_smoother(), look, time_s, time_s)
        self.tracks.append(track)
        # Where a lost hand may come out again, a first look does not decide whose it is.
        near_lost = any(self._near(other, track, identity.exchange_sides) for other in self.lost)
        sure = found.score >= identity.sure_score and look.presence >= identity.sure_presence
        if sure and track.side.is_clear and not near_lost:
            self._confirm(track, time_s)

    def _confirm(self, track: Track, time_s: float) -> None:
        """A candidate becomes a hand: one that was lost, if it continues that, else a new one."""
        track.state = "followed"
        for other in self.present:
            # A hand that is not itself any more: this one is it, and whoever that is has to show.
            doubtful = other.hand_id and (other.held or other.astray or other.blend_since_s is not None)
            if doubtful and self._meetings.is_rather(other, track.seen):
                self._become(track, other)
                other.hand_id, other.state, other.likeness, other.held = 0, "candidate", None, False
                other.side, other.looks, other.born_s = self._new_side(), 1, time_s
                other.smoother = self._new_smoother()
                return
        back = [(self._misfit(lost, track.seen, track.motion.last, time_s), lost) for lost in self.lost]
        cost, lost = min(back, key=lambda pair: pair[0], default=(math.inf, None))
        if lost is not None and cost <= 1:
            self._become(track, lost)
            self.tracks.remove(lost)
        else:
            track.hand_id = self.next_id()

    def _become(self, track: Track, who: Track) -> None:
        """A track takes over who another is; where it is and what was seen there stays."""
        track.hand_id, track.side, track.smoother = who.hand_id, who.side, who.smoother
        track.likeness, track.learned_s = who.likeness, who.learned_s

    def _new_side(self) -> SideEvidence:
        return SideEvidence(self._settings.handedness_memory, self._settings.identity.contrary_s)

    def _new_smoother(self) -> HandSmoother | None:
        return HandSmoother(self._settings.smoothing) if self._smooth else None


def _expected(track: Track, time_s: float) -> Roi:
    """Where a hand was expected in this picture, before it was looked at."""
    motion = track.motion if track.motion.last_time_s < time_s else track.motion.rewound()
    return motion.predict(time_s)


def _exchange(a: Track, b: Track) -> None:
    """Two tracks exchange who they are; where they are and what was seen there stays."""
    a.hand_id, b.hand_id = b.hand_id, a.hand_id
    a.side, b.side = b.side, a.side
    a.smoother, b.smoother = b.smoother, a.smoother
    a.likeness, b.likeness = b.likeness, a.likeness
    for track in (a, b):
        track.side.contrary_looks = 0
        track.held = False
