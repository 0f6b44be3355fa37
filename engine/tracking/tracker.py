"""The hand tracker: named steps, and the one feedback edge (the square from the last landmarks)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Roi
from handplay.engine.hands import Hand, HandFrame, Palm
from handplay.engine.sources.base import Image
from handplay.engine.tracking.keypoints import KeypointModel, Keypoints
from handplay.engine.tracking.models import find_models
from handplay.engine.tracking.palm import PalmDetector
from handplay.engine.tracking.roi import box_iou, roi_from_landmarks, roi_from_palm
from handplay.engine.tracking.runtime import ImageModel, LiteModel
from handplay.engine.tracking.settings import Mode, TrackerSettings
from handplay.engine.tracking.smoothing import HandSmoother
from handplay.engine.tracking.tracks import SideEvidence, Track, side


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
        self._detector = PalmDetector(self._networks.palm, self._settings.palm)
        self._keypoints = KeypointModel(self._networks.hand)
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
        self._since_search = 0
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

    def _track_video(self, frame_bgr: Image, time_s: float) -> HandFrame:
        """Follow, drop doubles, search when due, smooth."""
        self._last_time_s = time_s
        before = len(self._tracks)
        self._follow(frame_bgr)
        self._drop_doubles()
        palms: tuple[Palm, ...] = ()
        runs = 0
        if self._search_is_due(lost=len(self._tracks) < before):
            palms, runs = self._search(frame_bgr), 1
        hands = tuple(track.hand(time_s, mirrored=self._mirrored) for track in self._tracks)
        return self._frame(frame_bgr, time_s, hands, palms, runs)

    # The steps of a video frame

    def _follow(self, image: Image) -> None:
        """Looks at each hand where its landmarks were; lets go of those the model no longer sees."""
        kept = []
        for track in self._tracks:
            look = self._keypoints.look(image, track.roi)
            if look.presence >= self._settings.min_presence:
                track.seen = look
                track.roi = roi_from_landmarks(look.landmarks_px, self._settings.roi)
                kept.append(track)
        self._tracks = kept

    def _drop_doubles(self) -> None:
        """Two squares that slid onto one hand: the older one stays."""
        kept: list[Track] = []
        for track in self._tracks:
            if not self._is_known(track.roi, kept):
                kept.append(track)
        self._tracks = kept

    def _search_is_due(self, *, lost: bool) -> bool:
        """The detector runs when no hand is there, one was just lost, or now and then while more are allowed."""
        self._since_search += 1
        if len(self._tracks) >= self._max_hands:
            return False
        return not self._tracks or lost or self._since_search >= self._settings.search_every

    def _search(self, image: Image) -> tuple[Palm, ...]:
        """Takes on the hands that are not followed yet."""
        self._since_search = 0
        palms = self._detector.detect(image)
        for palm in palms:
            if len(self._tracks) >= self._max_hands:
                break
            roi = roi_from_palm(palm, self._settings.roi)
            if self._is_known(roi, self._tracks):
                continue
            look = self._keypoints.look(image, roi)
            if look.presence < self._settings.min_presence:
                continue
            carried = roi_from_landmarks(look.landmarks_px, self._settings.roi)
            if not self._is_known(carried, self._tracks):
                self._tracks.append(self._new_track(look, carried))
        return tuple(palms)

    def _is_known(self, roi: Roi, tracks: list[Track]) -> bool:
        return any(box_iou(roi, track.roi) > self._settings.roi.same_iou for track in tracks)

    def _new_track(self, look: Keypoints, roi: Roi) -> Track:
        smoother = HandSmoother(self._settings.smoothing) if self._smooth else None
        return Track(self._take_id(), roi, SideEvidence(self._settings.handedness_memory), smoother, look)

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
