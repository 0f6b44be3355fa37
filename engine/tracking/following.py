"""Looks at hands that are already known: where they should be, and nearby if they are not there."""

from __future__ import annotations

import math

import numpy as np

from handplay.engine.coordinates import Roi
from handplay.engine.sources.base import Image
from handplay.engine.tracking.keypoints import KeypointModel, Keypoints
from handplay.engine.tracking.palm import PalmDetector
from handplay.engine.tracking.roi import roi_from_landmarks, roi_from_palm
from handplay.engine.tracking.settings import TrackerSettings
from handplay.engine.tracking.tracks import Track
from handplay.engine.tracking.verify import Verifier, plausible


class Follower:
    """Finds a known hand again in the next picture, at the least cost that will do.

    Attributes:
        detector_runs: palm detector runs since it was last set to 0.
    """

    def __init__(
        self, detector: PalmDetector, keypoints: KeypointModel, verifier: Verifier, settings: TrackerSettings
    ) -> None:
        self._detector, self._keypoints, self._verifier = detector, keypoints, verifier
        self._settings = settings
        self.detector_runs = 0

    def find(self, image: Image, track: Track, time_s: float) -> Keypoints | None:
        """The hand of a track in this picture, or None.

        In order of cost: the square led by the motion; the square where the hand was; the palm detector on the
        neighbourhood; at last a doubtful look, for a short while, if it is where it should be.
        """
        verify = self._settings.verify
        aim = track.motion.predict(time_s)
        best = look = self._keypoints.look(image, aim)
        if look.presence >= verify.kept:
            return look
        last = track.motion.last
        if math.hypot(aim.cx - last.cx, aim.cy - last.cy) > 0.12 * last.size_px:
            look = self._keypoints.look(image, last)
            if look.presence >= verify.kept:
                return look
            best = max(best, look, key=lambda look: look.presence)
        found = self._nearby(image, aim)
        if found is not None:
            return found
        if self._still_believed(track, best, time_s):
            return best
        return None

    def find_lost(self, image: Image, track: Track, time_s: float) -> Keypoints | None:
        """A lost hand near where its motion has taken it, or None. Costs nothing once it has left the picture."""
        aim = track.motion.predict(time_s)
        height, width = image.shape[:2]
        if not (0 <= aim.cx < width and 0 <= aim.cy < height):
            return None
        look = self._keypoints.look(image, aim)
        if look.presence >= self._settings.verify.found and plausible(look, self._settings.verify):
            return look
        return None

    def _nearby(self, image: Image, aim: Roi) -> Keypoints | None:
        search = self._settings.search
        height, width = image.shape[:2]
        side = min(aim.size_px * search.near_sides, float(max(width, height)))
        cx = min(max(aim.cx, 0.0), float(width))
        cy = min(max(aim.cy, 0.0), float(height))
        self.detector_runs += 1
        palms = self._detector.detect(image, Roi(cx, cy, side, 0.0), min_score=search.proposal)
        rois = [roi_from_palm(palm, self._settings.roi) for palm in palms[: search.most_verified]]
        rois.sort(key=lambda roi: math.hypot(roi.cx - aim.cx, roi.cy - aim.cy))
        for roi in rois[:2]:
            if not 0.4 < roi.size_px / aim.size_px < 2.5:
                continue
            look = self._verifier.second_look(image, roi)
            if look is not None:
                return look
        return None

    def _still_believed(self, track: Track, look: Keypoints, time_s: float) -> bool:
        """A look with little presence counts for a moment, if hand and place are as expected."""
        verify = self._settings.verify
        if track.state != "followed" or look.presence < verify.doubted or time_s - track.sure_s > verify.doubt_s:
            return False
        if not plausible(look, verify):
            return False
        carried = roi_from_landmarks(look.landmarks_px, self._settings.roi)
        ratio = carried.size_px / track.motion.last.size_px
        shape = _shape_change(track.seen, look)
        return bool(0.7 < ratio < 1.4 and shape < 0.35)


def _shape_change(a: Keypoints, b: Keypoints) -> float:
    """Mean distance of the landmarks of two looks, each seen from its own wrist, in palms."""
    pa, pb = a.world_m - a.world_m[0], b.world_m - b.world_m[0]
    palm = float(np.linalg.norm(pa[9])) or 1e-6
    apart = pa - pb
    return float(np.sqrt(np.einsum("pd,pd->p", apart, apart)).mean()) / palm
