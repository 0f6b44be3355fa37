"""Finds hands that nobody follows yet: bold proposals of the palm detector, strictly verified."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from handplay.engine.coordinates import Roi
from handplay.engine.hands import Palm
from handplay.engine.sources.base import Image
from handplay.engine.tracking.identity import same_hand
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.palm import PalmDetector
from handplay.engine.tracking.roi import box_iou, roi_from_palm
from handplay.engine.tracking.settings import SearchSettings, TrackerSettings
from handplay.engine.tracking.verify import Verifier


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A verified hand and the palm score that led to it."""

    score: float
    look: Keypoints


@dataclass(slots=True, eq=False)
class _Doubt:
    """A proposal that was refused: left alone for a while, longer where nothing moves."""

    roi: Roi
    since_s: float

    def holds(self, time_s: float, heat: float, settings: SearchSettings) -> bool:
        """True while the place need not be looked at again."""
        if heat >= 1.0:
            return False
        return time_s - self.since_s < (settings.doubt_s if heat < _QUIET else settings.stir_s)


_SAME_DOUBT = 0.4
"""Overlap of two squares that makes them the same refused proposal."""
_QUIET = 0.5
"""Heat below which a place counts as quiet: nothing has moved there for a second."""


class Finder:
    """Runs the palm detector on regions and verifies what it proposes.

    Attributes:
        detector_runs: palm detector runs since it was last set to 0.
    """

    def __init__(self, detector: PalmDetector, verifier: Verifier, settings: TrackerSettings) -> None:
        self._detector, self._verifier, self._settings = detector, verifier, settings
        self._doubts: list[_Doubt] = []
        self.detector_runs = 0

    def reset(self) -> None:
        """Forgets what was doubted."""
        self._doubts = []

    def find(
        self,
        image: Image,
        regions: list[Roi],
        time_s: float,
        *,
        room: int,
        known_place: Callable[[Roi], bool],
        known_hand: Callable[[Keypoints], bool],
        heat: Callable[[Roi], float] = lambda region: 1.0,
    ) -> tuple[list[Palm], list[Found]]:
        """Looks at the regions.

        Args:
            room: how many hands are wanted at most.
            known_place, known_hand: tell squares and looks that belong to a hand that is followed already.
            heat: tells how lately something moved in a region, 0..1: what was refused there is worth another look.

        Returns:
            All proposals, and the hands among them.
        """
        search, roi_settings = self._settings.search, self._settings.roi
        self._doubts = [doubt for doubt in self._doubts if doubt.holds(time_s, heat(doubt.roi), search)]
        palms: list[Palm] = []
        found: list[Found] = []

        def new(look: Keypoints | None) -> bool:
            if look is None or known_hand(look):
                return False
            return not any(same_hand(look, other.look, self._settings.identity) for other in found)

        for region in regions:
            if len(found) >= room:
                break
            self.detector_runs += 1
            proposals = self._detector.detect(image, region, min_score=search.proposal)
            palms += proposals
            unsure: list[Palm] = []
            tried = 0
            for palm in proposals:
                if tried >= search.most_verified:
                    break
                roi = roi_from_palm(palm, roi_settings)
                if known_place(roi) or any(box_iou(roi, other.look.roi) > roi_settings.same_iou for other in found):
                    continue
                if any(box_iou(roi, doubt.roi) > _SAME_DOUBT for doubt in self._doubts):
                    continue
                # Nothing has come to a place where nothing moved: only a likely palm is worth a look there.
                if palm.score < search.quiet_proposal and heat(roi) < _QUIET:
                    continue
                tried += 1
                look = self._verifier.second_look(image, roi)
                if look is None:
                    unsure.append(palm)
                    self._doubts.append(_Doubt(roi, time_s))
                elif new(look):
                    found.append(Found(palm.score, look))
            if unsure and unsure[0].score >= search.closer_score:
                closer = self._closer(image, unsure[0])
                if closer is not None and new(closer.look):
                    found.append(closer)
        return palms, found

    def near(self, image: Image, aim: Roi) -> Keypoints | None:
        """A hand in the neighbourhood of a square, the nearest of like size, or None."""
        search = self._settings.search
        height, width = image.shape[:2]
        side = min(aim.size_px * search.near_sides, float(max(width, height)))
        # The square may lie outside the picture; the neighbourhood must not.
        region = Roi(min(max(aim.cx, 0.0), float(width)), min(max(aim.cy, 0.0), float(height)), side, 0.0)
        rois = [roi for roi in self._proposed(image, region) if 0.4 < roi.size_px / aim.size_px < 2.5]
        rois.sort(key=lambda roi: math.hypot(roi.cx - aim.cx, roi.cy - aim.cy))
        for roi in rois[:2]:
            look = self._verifier.second_look(image, roi, rescue=True)
            if look is not None:
                return look
        return None

    def _closer(self, image: Image, palm: Palm) -> Found | None:
        """The detector on the neighbourhood of one proposal: at that size its square sits better, or it is no palm."""
        roi = roi_from_palm(palm, self._settings.roi)
        region = Roi(roi.cx, roi.cy, roi.size_px * self._settings.search.near_sides, 0.0)
        for again in self._proposed(image, region)[:2]:
            look = self._verifier.second_look(image, again, rescue=True)
            if look is not None:
                return Found(palm.score, look)
        return None

    def _proposed(self, image: Image, region: Roi) -> list[Roi]:
        self.detector_runs += 1
        palms = self._detector.detect(image, region, min_score=self._settings.search.proposal)
        return [roi_from_palm(palm, self._settings.roi) for palm in palms]
