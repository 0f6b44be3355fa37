"""The hand tracker: named steps, and the one feedback edge (the square from the last landmarks)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Roi
from handplay.engine.hands import Hand, HandFrame, Palm
from handplay.engine.sources.base import Image
from handplay.engine.tracking.condition import ConditionWatch
from handplay.engine.tracking.finding import Finder
from handplay.engine.tracking.following import Follower
from handplay.engine.tracking.keypoints import KeypointModel, Keypoints
from handplay.engine.tracking.models import find_models
from handplay.engine.tracking.palm import PalmDetector
from handplay.engine.tracking.roi import box_iou, roi_from_palm
from handplay.engine.tracking.roster import Roster
from handplay.engine.tracking.runtime import ImageModel, LiteModel
from handplay.engine.tracking.search import SearchPlan, thorough_places
from handplay.engine.tracking.settings import Mode, TrackerSettings
from handplay.engine.tracking.tracks import side
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
        self._max_hands, self._mode, self._plain = max_hands, mode, plain
        self._mirrored = mirrored
        self._settings = settings or TrackerSettings()
        self._networks: Networks | None = networks or load_networks(model, models_dir=models_dir, threads=threads)
        self._condition = ConditionWatch(self._settings.condition)
        self._roster = Roster(max_hands, self._settings, smooth=smooth)
        self._plan = SearchPlan(self._settings.search)
        self._detector = PalmDetector(self._networks.palm, self._settings.palm)
        self._keypoints = KeypointModel(self._networks.hand)
        self._verifier = Verifier(self._keypoints, self._settings.verify, self._settings.roi)
        self._finder = Finder(self._detector, self._verifier, self._settings)
        self._follower = Follower(self._keypoints, self._finder, self._settings)
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
        self._roster.clear()

    def reset(self) -> None:
        """Forgets all hands, as for a new clip. Ids go on counting."""
        self._roster.clear()
        self._frame_index = -1
        self._plan.reset()
        self._finder.reset()
        self._condition.reset()
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
        """The steps of a video frame: follow, tell apart, look for the lost, search when due, forget."""
        self._last_time_s = time_s
        self._finder.detector_runs = 0
        self._roster.album.open(image)
        lost_now = self._follow(image, time_s)
        self._roster.drop_doubles()
        self._roster.settle_sides(time_s)
        self._look_for_lost(image, time_s)
        followed = len(self._roster.present)
        palms = self._search(image, time_s, lost_now=lost_now)
        self._roster.part(time_s)
        self._roster.forget(time_s)
        self._roster.album.open(None)
        # Runs for hands that were lost a moment ago are not charged: they end with the memory of them.
        self._plan.spend(0 if self._roster.lost else self._finder.detector_runs, tracked=followed)
        hands = tuple(track.hand(time_s, mirrored=self._mirrored) for track in self._roster.shown)
        frame = self._frame(image, time_s, hands, palms, self._finder.detector_runs)
        condition = self._condition.look(image, time_s, hands)
        return frame if condition == "ok" else replace(frame, condition=condition)

    def _follow(self, image: Image, time_s: float) -> bool:
        """Looks for each present hand where it should be. True if a confirmed one was lost."""
        lost_now = False
        for track in self._roster.present:
            look = self._follower.find(image, track, time_s)
            if look is not None:
                if not self._roster.coasts(track, look, time_s):
                    self._roster.take(track, look, time_s)
            else:
                lost_now |= track.state == "followed"
                self._roster.lose(track)
        return lost_now

    def _look_for_lost(self, image: Image, time_s: float) -> None:
        """Hands that were hidden for a moment come back where their motion has taken them."""
        for track in self._roster.lost:
            if self._roster.room > 0 and time_s > track.motion.last_time_s:
                look = self._follower.find_lost(image, track, time_s)
                if look is not None:
                    self._roster.come_back(track, look, time_s)

    def _search(self, image: Image, time_s: float, *, lost_now: bool) -> tuple[Palm, ...]:
        """Looks for hands that nobody follows, within the budget of detector runs."""
        roster = self._roster
        if roster.room <= 0:
            return ()
        present = [track.motion.last for track in roster.present]
        self._plan.watch(image, time_s, present)
        size = (image.shape[1], image.shape[0])
        regions = self._plan.choose(size, time_s, tracked=len(present), lost=lost_now, awaited=bool(roster.lost))
        palms, found = self._finder.find(
            image,
            regions,
            time_s,
            room=roster.room,
            known_place=roster.knows_place,
            known_hand=roster.knows_hand,
            heat=self._plan.heat,
        )
        roster.admit(found, time_s)
        return tuple(palms)

    # Stills

    def _track_still(self, image: Image, time_s: float) -> HandFrame:
        """One picture on its own: everything there is time for, or just the plain pass."""
        if self._plain:
            palms, looks = self._plain_pass(image)
            runs = 1
        else:
            self._finder.reset()
            self._finder.detector_runs = 0
            palms, found = self._finder.find(
                image,
                thorough_places(image.shape[1], image.shape[0], self._settings.search),
                time_s,
                room=self._max_hands,
                known_place=lambda roi: False,
                known_hand=lambda look: False,
            )
            looks, runs = [one.look for one in found], self._finder.detector_runs
        hands: list[Hand] = []
        for look in looks[: self._max_hands]:
            label, score = side(1 - look.right if self._mirrored else look.right)
            points = look.landmarks_px, look.world_m
            hands.append(Hand(self._roster.next_id(), label, score, look.presence, *points, look.roi))
        return self._frame(image, time_s, tuple(hands), tuple(palms), runs)

    def _plain_pass(self, image: Image) -> tuple[list[Palm], list[Keypoints]]:
        """Detector at its own threshold, first crop, one look at each, sampled as MediaPipe does."""
        palms = self._detector.detect(image, exact=True)
        rois = self._distinct([roi_from_palm(palm, self._settings.roi) for palm in palms[: self._max_hands]])
        looks = [self._keypoints.look(image, roi, exact=True) for roi in rois]
        return palms, [look for look in looks if look.presence >= self._settings.min_presence]

    def _distinct(self, rois: list[Roi]) -> list[Roi]:
        """Of squares that overlap, the later replaces the earlier, as in MediaPipe's association."""
        kept: list[Roi] = []
        for roi in rois:
            kept = [other for other in kept if box_iou(other, roi) <= self._settings.roi.same_iou]
            kept.append(roi)
        return kept

    # Around

    def _frame(
        self, image: Image, time_s: float, hands: tuple[Hand, ...], palms: tuple[Palm, ...], runs: int
    ) -> HandFrame:
        height, width = image.shape[:2]
        return HandFrame(self._frame_index, time_s, width, height, self._mirrored, hands, palms, runs)
