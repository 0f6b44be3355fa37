"""Is it a hand? Proposals are cheap and bold; this is where they are judged.

A palm score alone knows little: real hands seen from behind score 0.06, cups and elbows 0.4. The keypoint model knows
much more once its crop is cut from its own landmarks, so a proposal counts only after that second look.
"""

from __future__ import annotations

import numpy as np

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.hands import MIDDLE_MCP, WRIST
from handplay.engine.sources.base import Image
from handplay.engine.tracking.keypoints import KeypointModel, Keypoints
from handplay.engine.tracking.roi import roi_from_landmarks
from handplay.engine.tracking.settings import RoiSettings, VerifySettings

_PARENT = np.array([0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 13, 14, 15, 0, 17, 18, 19])
_FIRST, _MIDDLE, _LAST = np.array([5, 9, 13, 17]), np.array([6, 10, 14, 18]), np.array([7, 11, 15, 19])


class Verifier:
    """Judges squares that may hold a hand."""

    def __init__(self, model: KeypointModel, settings: VerifySettings, roi: RoiSettings) -> None:
        self._model, self._settings, self._roi = model, settings, roi

    def second_look(self, image: Image, roi: Roi, *, rescue: bool = False) -> Keypoints | None:
        """Looks at the square, then at the one its landmarks give.

        Args:
            rescue: if that shows no hand and the square is dark, try once more with its shadows raised.

        Returns:
            The second look if it is a hand, else None.
        """
        look = self._twice(image, roi, 1.0)
        if look is None and rescue:
            gamma = self._model.lift_for(image, roi)
            if gamma is not None:
                look = self._twice(image, roi, gamma)
        return look

    def _twice(self, image: Image, roi: Roi, gamma: float) -> Keypoints | None:
        first = self._model.look(image, roi, gamma=gamma)
        if first.presence < self._settings.worth_a_look:
            return None
        again = self._model.look(image, roi_from_landmarks(first.landmarks_px, self._roi), gamma=gamma)
        if again.presence < self._settings.found or not plausible(again, self._settings):
            return None
        return again


def plausible(look: Keypoints, settings: VerifySettings) -> bool:
    """True if the points could be a hand's: bones of human proportions, and a palm that fills its crop as palms do."""
    bones = bone_lengths(look.world_m)
    palm = float(np.linalg.norm(look.world_m[MIDDLE_MCP] - look.world_m[WRIST]))
    if not settings.palm_m[0] <= palm <= settings.palm_m[1]:
        return False
    if float(bones.max()) > settings.longest_bone * palm:
        return False
    extent = np.ptp(look.landmarks_px[:, :2], axis=0).max() / look.roi.size_px
    return bool(settings.fill[0] <= extent <= settings.fill[1])


def bone_lengths(points: Float32) -> Float32:
    """Lengths of the 20 bones from each landmark to the one before it, float32 (20,), in the unit of the points."""
    bones = points[1:] - points[_PARENT]
    lengths: Float32 = np.sqrt(np.einsum("bx,bx->b", bones, bones))
    return lengths
