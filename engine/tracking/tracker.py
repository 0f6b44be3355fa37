"""The hand tracker: named steps, and the one feedback edge (the square from the last landmarks)."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Roi
from handplay.engine.hands import Hand, HandFrame, Palm
from handplay.engine.sources.base import Image
from handplay.engine.tracking.finding import Finder, Found
from handplay.engine.tracking.following import Follower
from handplay.engine.tracking.identity import assign, misfit, same_hand
from handplay.engine.tracking.keypoints import KeypointModel, Keypoints
from handplay.engine.tracking.models import find_models
from handplay.engine.tracking.motion import HandMotion
from handplay.engine.tracking.palm import PalmDetector
from handplay.engine.tracking.roi import box_iou, roi_from_landmarks, roi_from_palm
from handplay.engine.tracking.runtime import ImageModel, LiteModel
from handplay.engine.tracking.search import SearchPlan
from handplay.engine.tracking.settings import Mode, TrackerSettings
from handplay.engine.tracking.smoothing import HandSmoother
from handplay.engine.tracking.tracks import SideEvidence, Track, side
from handplay.engine.tracking.verify import Verifier


@dataclass(frozen=True, slots=True, eq=False)
class Networks:
    """The two networks that a tracker runs."""

    palm: ImageModel
    hand: ImageModel


def load_networks(
    model: Literal["full", "lite"] = "full", *, models_dir: Path | None = None, threads: int | None = None
) -> Networks:
    """Finds, verifies and loads the two networks (about 0.15 s).

    Raises:
        ModelError: a file is missing or not what it should be.
    """
    files = find_models(model, models_dir)
    return Networks(LiteModel(files.palm, threads=threads), LiteModel(files.landmark, threads=threads))


class HandTracker:
    """Finds and follows hands in pictures. Not for use by two threads at once.

        with HandTracker(max_hands=2) as tracker:
            hands = tracker.track(frame_bgr, time_s)

    Args:
        max_hands: how many hands at most.
        model: "full" or "lite" (half the cost, about 4 % of a palm length less exact).
        mode: "video" carries each hand from frame to frame; "still" takes every picture on its own.
        plain: only with "still": one detector pass, first crop, nothing refined. The reference for comparisons.
        smooth: steady landmarks in video; False for the model's raw ones.
        mirrored: the pictures are a selfie view, so that left and right come out swapped.
        threads: for each network, None to choose from the machine.
        models_dir: folder with the model files, None to look in the usual places.
        settings: every other number.
        networks: networks that are loaded already; then `model`, `threads` and `models_dir` do not matter.

    Raises:
        ModelError: the models are missing or refused.
        ValueError: an argument is out of range.
    """

    def __init__(
        self,
        max_hands: int = 2,
        *,
        model: Literal["full", "lite"] = "full",
        mode: Mode = "video",
        plain: bool = False,
        smooth: bool = True,
        mirrored: bool = False,
        threads: int | None = None,
        models_dir: Path | None = None,
        settings: TrackerSettings | None = None,
        networks: Networks | None = None,
    ) -> None:
        if max_hands < 1:
            raise ValueError(f"max_hands: got {max_hands}, wanted 1 or more")
        if mode not in ("video", "still"):
            raise ValueError(f"mode: got {mode!r}, wanted 'video' or 'still'")
        if plain and mode != "still":
            raise ValueError("plain=True needs mode='still': video carries hands from frame to frame")
        self._max_hands, self._mode, self._plain, self._smooth = max_hands, mode, plain, smooth
        self._mirrored = mirrored
        self._settings = settings or TrackerSettings()
        self._networks: Networks | None = networks or load_networks(model, models_dir=models_dir, threads=threads)
        self._plan = SearchPlan(self._settings.search)
        self._detector = PalmDetector(self._networks.palm, self._settings.palm)
        self._keypoints = KeypointModel(self._networks.hand)
        self._verifier = Verifier(self._keypoints, self._settings.verify, self._settings.roi)
        self._finder = Finder(self._detector, self._verifier, self._settings)
        self._follower = Follower(self._keypoints, self._finder, self._settings)
        self._next_id = 1
        self._tracks: list[Track] = []
        self.reset()

    def __enter__(self) -> HandTracker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the networks. May be called twice."""
        self._networks = None
        self._tracks = []

    def reset(self) -> None:
        """Forgets all hands, as for a new clip. Ids go on counting."""
        self._tracks = []
        self._frame_index = -1
        self._plan.reset()
        self._finder.reset()
        self._last_time_s: float | None = None

    def track(self, frame_bgr: Image, time_s: float | None = None) -> HandFrame:
        """Finds the hands of one picture.

        Args:
            frame_bgr: uint8 (height, width, 3), BGR. Only read.
            time_s: monotonic seconds at the arrival of the picture; must grow in video, not needed for stills.

        Returns:
            A sequence of `Hand`, oldest first.

        Raises:
            ValueError: the picture or the time is not as said.
            RuntimeError: the tracker is closed.
        """
        if self._networks is None:
            raise RuntimeError("the tracker is closed: make a new HandTracker")
        if frame_bgr.dtype != np.uint8 or frame_bgr.ndim != 3 or frame_bgr.shape[2] != 3 or 0 in frame_bgr.shape:
            raise ValueError(f"frame_bgr: got {frame_bgr.dtype} {frame_bgr.shape}, wanted uint8 (height, width, 3)")
        self._frame_index += 1
        if self._mode == "still":
            return self._track_still(frame_bgr, time_s or 0.0)
        if time_s is None:
            raise ValueError("time_s: video needs the time of each picture, in seconds")
        if self._last_time_s is not None and time_s <= self._last_time_s:
            raise ValueError(f"time_s: got {time_s} after {self._last_time_s}, wanted a later time")
        return self._track_video(frame_bgr, time_s)

    def _track_video(self, image: Image, time_s: float) -> HandFrame:
        """The steps of a video frame: follow, tell apart, search when due, confirm."""
        self._last_time_s = time_s
        self._finder.detector_runs = 0
        lost = self._follow(image, time_s)
        self._drop_doubles(time_s)
        self._find_lost(image, time_s)
        palms = self._search(image, time_s, lost=lost)
        self._forget(time_s)
        hands = tuple(
            track.hand(time_s, mirrored=self._mirrored)
            for track in sorted(self._tracks, key=lambda track: track.hand_id)
            if track.state == "followed"
        )
        return self._frame(image, time_s, hands, palms, self._finder.detector_runs)

    def _follow(self, image: Image, time_s: float) -> bool:
        """Looks for each hand where it should be. True if one was lost."""
        lost = False
        for track in self._tracks:
            if track.state == "lost":
                continue
            look = self._follower.find(image, track, time_s)
            if look is not None:
                self._take(track, look, time_s)
            elif track.state == "candidate":
                track.born_s = -math.inf  # forgotten at the end of the frame
            else:
                track.state, lost = "lost", True
        return lost

    def _drop_doubles(self, time_s: float) -> None:
        """Two squares that slid onto one hand: it stays with the track that it continues better."""
        identity = self._settings.identity
        present = [track for track in self._tracks if track.state != "lost" and track.motion.last_time_s == time_s]
        for number, a in enumerate(present):
            for b in present[number + 1 :]:
                if "lost" in (a.state, b.state) or not same_hand(a.seen, b.seen, identity):
                    continue
                loser = max((a, b), key=lambda track: (track.surprise, track.hand_id or math.inf))
                if loser.state == "candidate":
                    loser.born_s = -math.inf
                loser.state = "lost"
                loser.motion = loser.before or loser.motion

    def _find_lost(self, image: Image, time_s: float) -> None:
        """Hands that were hidden for a moment come back where their motion has taken them."""
        identity = self._settings.identity
        for track in self._tracks:
            if track.state != "lost" or not track.hand_id or self._room() <= 0:
                continue
            if time_s == track.motion.last_time_s:
                continue
            look = self._follower.find_lost(image, track, time_s)
            if look is None or self._is_followed(look):
                continue
            carried = roi_from_landmarks(look.landmarks_px, self._settings.roi)
            if misfit(track, look, carried, time_s, identity) <= 1:
                self._take(track, look, time_s)
                track.state = "followed"

    def _search(self, image: Image, time_s: float, *, lost: bool) -> tuple[Palm, ...]:
        """Looks for hands that nobody follows, within the budget; those that were lost get their id back."""
        if self._room() <= 0:
            return ()
        height, width = image.shape[:2]
        present = [track.motion.last for track in self._tracks if track.state != "lost"]
        self._plan.watch(image, time_s, present)
        regions = self._plan.choose((width, height), time_s, tracked=len(present), lost=lost)
        palms, found = self._finder.find(
            image, regions, time_s, known_place=self._is_known, known_hand=self._is_followed
        )
        self._admit(found, time_s)
        return tuple(palms)

    def _admit(self, looks: list[Found], time_s: float) -> None:
        """Gives looks to the lost tracks they continue; the others become new tracks."""
        identity, roi = self._settings.identity, self._settings.roi
        looks = looks[: max(0, self._room())]
        carried = [roi_from_landmarks(found.look.landmarks_px, roi) for found in looks]
        lost = [track for track in self._tracks if track.state == "lost" and track.hand_id]
        costs = [
            [misfit(track, found.look, square, time_s, identity) for found, square in zip(looks, carried, strict=True)]
            for track in lost
        ]
        back = assign(costs)
        for row, column in back.items():
            self._take(lost[row], looks[column].look, time_s)
            lost[row].state = "followed"
        for column, found in enumerate(looks):
            if column not in back.values():
                track = self._new_track(found.look, carried[column], time_s)
                if found.score >= identity.sure_score and found.look.presence >= identity.sure_presence:
                    self._confirm(track)
                self._tracks.append(track)

    def _take(self, track: Track, look: Keypoints, time_s: float) -> None:
        """A look becomes the track's newest."""
        carried = roi_from_landmarks(look.landmarks_px, self._settings.roi)
        track.surprise = misfit(track, look, carried, time_s, self._settings.identity)
        track.before = copy.copy(track.motion)
        track.motion.update(carried, time_s)
        track.seen = look
        track.side.add(look.right)
        track.looks += 1
        if look.presence >= self._settings.verify.kept:
            track.sure_s = time_s
        if track.state == "candidate" and track.looks >= self._settings.identity.confirm_looks:
            self._confirm(track)

    def _confirm(self, track: Track) -> None:
        track.state = "followed"
        track.hand_id = self._take_id()

    def _forget(self, time_s: float) -> None:
        """Lets go of candidates that were not confirmed and of hands that were gone too long."""
        identity = self._settings.identity
        self._tracks = [
            track
            for track in self._tracks
            if (track.state == "followed")
            or (track.state == "candidate" and time_s - track.born_s <= identity.confirm_s)
            or (track.state == "lost" and track.hand_id and time_s - track.motion.last_time_s <= identity.memory_s)
        ]

    def _room(self) -> int:
        """How many more hands may be followed."""
        return self._max_hands - sum(track.state != "lost" for track in self._tracks)

    def _is_known(self, roi: Roi) -> bool:
        return any(
            box_iou(roi, track.motion.last) > self._settings.roi.same_iou
            for track in self._tracks
            if track.state != "lost"
        )

    def _is_followed(self, look: Keypoints) -> bool:
        return any(
            same_hand(look, track.seen, self._settings.identity) for track in self._tracks if track.state != "lost"
        )

    def _new_track(self, look: Keypoints, roi: Roi, time_s: float) -> Track:
        smoother = HandSmoother(self._settings.smoothing) if self._smooth else None
        side = SideEvidence(self._settings.handedness_memory)
        side.add(look.right)
        return Track(0, HandMotion(roi, time_s, self._settings.motion), side, smoother, look, time_s, time_s)

    # Stills

    def _track_still(self, image: Image, time_s: float) -> HandFrame:
        """Detector, squares, one look at each; then, unless plain, a second look from the landmarks."""
        palms = self._detector.detect(image, exact=self._plain)
        hands: list[Hand] = []
        for roi in self._distinct([roi_from_palm(palm, self._settings.roi) for palm in palms[: self._max_hands]]):
            look = self._keypoints.look(image, roi, exact=self._plain)
            if look.presence < self._settings.min_presence:
                continue
            if not self._plain:
                look = self._refined(image, look)
            label, score = side(1 - look.right if self._mirrored else look.right)
            hands.append(Hand(self._take_id(), label, score, look.presence, look.landmarks_px, look.world_m, look.roi))
        return self._frame(image, time_s, tuple(hands), tuple(palms), 1)

    def _refined(self, image: Image, look: Keypoints) -> Keypoints:
        """The square from landmarks fits better than the one from the palm; the first look stays if it is surer."""
        again = self._keypoints.look(image, roi_from_landmarks(look.landmarks_px, self._settings.roi))
        return again if again.presence >= min(look.presence, self._settings.min_presence) else look

    def _distinct(self, rois: list[Roi]) -> list[Roi]:
        """Of squares that overlap, the later replaces the earlier, as in MediaPipe's association."""
        kept: list[Roi] = []
        for roi in rois:
            kept = [other for other in kept if box_iou(other, roi) <= self._settings.roi.same_iou]
            kept.append(roi)
        return kept

    # Around

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _frame(
        self, image: Image, time_s: float, hands: tuple[Hand, ...], palms: tuple[Palm, ...], runs: int
    ) -> HandFrame:
        height, width = image.shape[:2]
        return HandFrame(self._frame_index, time_s, width, height, self._mirrored, hands, palms, runs)
