"""Looks at hands that are already known: where they should be, and nearby if they are not there."""

from __future__ import annotations

import math

import numpy as np

from handplay.engine.sources.base import Image
from handplay.engine.tracking.finding import Finder
from handplay.engine.tracking.keypoints import KeypointModel, Keypoints
from handplay.engine.tracking.roi import roi_from_landmarks
from handplay.engine.tracking.settings import TrackerSettings
from handplay.engine.tracking.tracks import Track
from handplay.engine.tracking.verify import plausible


class Follower:
    """Finds a known hand again in the next picture, at the least cost that will do."""

    def __init__(self, keypoints: KeypointModel, finder: Finder, settings: TrackerSettings) -> None:
        self._keypoints, self._finder, self._settings = keypoints, finder, settings

    def find(self, image: Image, track: Track, time_s: float) -> Keypoints | None:
        """The hand of a track in this picture, or None.

        In order of cost: the square led by the motion; the square where the hand was; the palm detector on the
        neighbourhood; at last a doubtful look, for a short while, if it is where it should be.
        """
        verify = self._settings.verify
        aim = track.motion.predict(time_s)
        gamma = track.seen.gamma
        best = look = self._keypoints.look(image, aim, gamma=gamma)
        if look.presence >= verify.kept:
            return look
        last = track.motion.last
        if math.hypot(aim.cx - last.cx, aim.cy - last.cy) > 0.12 * last.size_px:
            look = self._keypoints.look(image, last, gamma=gamma)
            if look.presence >= verify.kept:
                return look
            best = max(best, look, key=lambda look: look.presence)
        other = self._keypoints.lift_for(image, aim) if gamma == 1.0 else 1.0
        if other is not None:
            look = self._keypoints.look(image, aim, gamma=other)
            if look.presence >= verify.found:
                return look
        found = self._finder.near(image, aim)
        if found is not None:
            return found
        if self._still_believed(track, best, time_s):
            return best
        return None

    def find_lost(self, image: Image, track: Track, time_s: float) -> Keypoints | None:
        """A lost hand near where its motion has taken it, or None. Costs nothing once it has left the picture.

        For a moment the detector helps; after that the search has to find it.
        """
        aim = track.motion.predict(time_s)
        height, width = image.shape[:2]
        unseen_s = time_s - track.motion.last_time_s
        if unseen_s > self._settings.search.expect_s or not (0 <= aim.cx < width and 0 <= aim.cy < height):
            return None
        look = self._keypoints.look(image, aim, gamma=track.seen.gamma)
        if look.presence >= self._settings.verify.found and plausible(look, self._settings.verify):
            return look
        if unseen_s <= self._settings.search.chase_s:
            return self._finder.near(image, aim)
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
