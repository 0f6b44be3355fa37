"""Hands that meet: which look is a blend of two hands, and who is who when they part.

While two hands overlap, the keypoint model's landmarks slide from one to the other, and no single picture tells which
hand is meant. So each hand's likeness is learned while it is alone. In a meeting, a look that no longer resembles its
hand is not followed: the hand is believed to go on as it went. And as soon as the looks of the two fit better the other
way round, the ids are exchanged, before the picture's result is told.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field

from handplay.engine.sources.base import Image
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.likeness import Likeness, likeness_of, shape_change, unlike
from handplay.engine.tracking.settings import MeetingSettings
from handplay.engine.tracking.tracks import Track


@dataclass(slots=True)
class _Meeting:
    """Two hands that were close a moment ago.

    Attributes:
        near_s: when they were last close.
        evidence: how much better their looks fit the other way round, summed up with a short memory.
    """

    near_s: float
    evidence: float = 0.0


@dataclass(slots=True)
class Album:
    """Likenesses of the looks of one picture, each taken once, and only when somebody asks."""

    image: Image | None = None
    _taken: dict[int, tuple[Keypoints, Likeness]] = field(default_factory=dict)

    def open(self, image: Image | None) -> None:
        """The picture that the next looks are from; None for none."""
        self.image = image
        self._taken.clear()

    def of(self, look: Keypoints) -> Likeness | None:
        """The likeness of a look of this picture, None without a picture."""
        if self.image is None:
            return None
        if id(look) not in self._taken:
            # The look is kept with it: its id is not given to another meanwhile.
            self._taken[id(look)] = look, likeness_of(self.image, look)
        return self._taken[id(look)][1]

    def strangeness(self, track: Track, look: Keypoints) -> float:
        """How little a look resembles a track's hand, its side included: 0 not at all strange."""
        if track.likeness is None or self.image is None:
            return 0.0
        return unlike(track.likeness, self.of(look))


class Meetings:
    """Watches the pairs of known hands.

    Args:
        album: likenesses of the current picture.
    """

    def __init__(self, settings: MeetingSettings, album: Album) -> None:
        self._settings, self._album = settings, album
        self._pairs: dict[tuple[int, int], _Meeting] = {}

    def clear(self) -> None:
        """Forgets all meetings."""
        self._pairs.clear()

    def is_blend(self, track: Track, look: Keypoints, others: list[Track], time_s: float) -> bool:
        """True if a look of a hand that is close to another is no longer that hand's."""
        s = self._settings
        seen = self._album.of(look) if track.likeness is not None and self._in_company(track, others, time_s) else None
        if seen is None or track.likeness is None:
            track.blend_since_s = None
            return False
        if track.side.against(look.right) <= s.blend_side and shape_change(track.likeness, seen) <= s.blend_shape:
            track.blend_since_s = None
            return False
        if track.blend_since_s is None:
            track.blend_since_s = time_s
        return time_s - track.blend_since_s <= s.coast_s

    def is_rather(self, track: Track, look: Keypoints) -> bool:
        """True if a look resembles the hand of a track clearly better than the track's own newest look."""
        if track.likeness is None:
            return False
        return self._strange(track, look) + self._settings.alike < self._strange(track, track.seen)

    def settle(self, tracks: list[Track], time_s: float) -> list[tuple[Track, Track]]:
        """Learns what lone hands look like, and weighs who is who among those that met.

        Returns:
            Pairs that are to exchange their ids.
        """
        known = sorted((track for track in tracks if track.hand_id), key=lambda track: track.hand_id)
        crowded: set[int] = set()
        exchanges: list[tuple[Track, Track]] = []
        for a, b in itertools.combinations(known, 2):
            key = a.hand_id, b.hand_id
            if self._close(a, b, time_s):
                crowded |= {a.hand_id, b.hand_id}
                self._pairs.setdefault(key, _Meeting(time_s)).near_s = time_s
            meeting = self._pairs.get(key)
            if meeting is None:
                continue
            if time_s - meeting.near_s > self._settings.after_s and "lost" not in (a.state, b.state):
                del self._pairs[key]
                continue
            crowded |= {a.hand_id, b.hand_id}
            if self._weigh(a, b, meeting, time_s) and not any(track in pair for pair in exchanges for track in (a, b)):
                exchanges.append((a, b))
                meeting.evidence = 0.0
        if len(known) > 1:
            for track in known:
                if track.hand_id not in crowded:
                    self._learn(track, time_s)
        ids = {track.hand_id for track in known}
        self._pairs = {key: meeting for key, meeting in self._pairs.items() if set(key) <= ids}
        return exchanges

    def _weigh(self, a: Track, b: Track, meeting: _Meeting, time_s: float) -> bool:
        """Takes the evidence of one picture; True if the two have to exchange their ids."""
        s = self._settings
        fresh = [
            track
            for track in (a, b)
            if track.state == "followed" and (track.coasting or track.motion.last_time_s == time_s)
        ]
        meeting.evidence *= s.keep
        for track in fresh:
            other = b if track is a else a
            against = self._strange(track, track.seen) - self._strange(other, track.seen)
            meeting.evidence += max(-s.most, min(s.most, against)) if len(fresh) == 1 else against
        meeting.evidence = max(0.0, meeting.evidence)  # what spoke for the ids as they are does not delay a change
        return meeting.evidence > (s.enough if len(fresh) == 2 else s.enough_alone)

    def _strange(self, track: Track, look: Keypoints) -> float:
        return self._album.strangeness(track, look) + self._settings.side_worth * track.side.against(look.right)

    def _learn(self, track: Track, time_s: float) -> None:
        if track.state != "followed" or track.held or track.motion.last_time_s != time_s:
            return
        if track.likeness is not None and time_s - track.learned_s < self._settings.learn_every_s:
            return
        seen = self._album.of(track.seen)
        if seen is not None:
            track.likeness = seen if track.likeness is None else track.likeness.mixed(seen, self._settings.learn)
            track.learned_s = time_s

    def _in_company(self, track: Track, others: list[Track], time_s: float) -> bool:
        return any(other is not track and other.hand_id and self._close(track, other, time_s) for other in others)

    def _close(self, a: Track, b: Track, time_s: float) -> bool:
        """True if two hands are, or are expected to be, so near that a crop of one shows the other."""
        one, two = a.motion.last, b.motion.last
        reach = self._settings.close_sides * max(one.size_px, two.size_px)
        if math.hypot(one.cx - two.cx, one.cy - two.cy) <= reach:
            return True
        one, two = a.motion.predict(time_s), b.motion.predict(time_s)
        return math.hypot(one.cx - two.cx, one.cy - two.cy) <= reach
