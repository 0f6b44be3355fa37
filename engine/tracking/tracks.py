"""What the tracker remembers of one hand between frames."""

from __future__ import annotations

import math
from dataclasses import dataclass

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.hands import Hand, Handedness
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.smoothing import HandSmoother

_FRAME_EVIDENCE = 3.0
"""Most log-odds that one frame can add: a single sure frame does not decide (0.95 against 0.05)."""


class SideEvidence:
    """Left or right as accumulated log-odds: one odd frame does not turn a hand's label.

    Args:
        memory: cap on the evidence, log-odds.
    """

    def __init__(self, memory: float) -> None:
        self._memory = memory
        self._log_odds = 0.0

    def add(self, right: float) -> tuple[Handedness, float]:
        """Takes one frame's probability of the right hand; gives the label and this frame's probability of it."""
        sane = min(max(right, 1e-6), 1 - 1e-6)
        step = max(-_FRAME_EVIDENCE, min(_FRAME_EVIDENCE, math.log(sane / (1 - sane))))
        self._log_odds = max(-self._memory, min(self._memory, self._log_odds + step))
        return side(right, is_right=self._log_odds >= 0)


def side(right: float, *, is_right: bool | None = None) -> tuple[Handedness, float]:
    """Label and its probability, at least 0.5, from the probability of the right hand."""
    if is_right is None:
        is_right = right >= 0.5
    return ("Right", max(0.5, right)) if is_right else ("Left", max(0.5, 1 - right))


@dataclass(slots=True, eq=False)
class Track:
    """One hand being followed.

    Attributes:
        hand_id: the id it keeps.
        roi: where to look in the next frame.
        side: evidence for left and right.
        smoother: its filters, None for raw landmarks.
        seen: the newest look of the model.
    """

    hand_id: int
    roi: Roi
    side: SideEvidence
    smoother: HandSmoother | None
    seen: Keypoints

    def hand(self, time_s: float, *, mirrored: bool) -> Hand:
        """The public result for the newest look."""
        look = self.seen
        label, score = self.side.add(1 - look.right if mirrored else look.right)
        landmarks, world = self._points(look, time_s)
        return Hand(self.hand_id, label, score, look.presence, landmarks, world, look.roi)

    def _points(self, look: Keypoints, time_s: float) -> tuple[Float32, Float32]:
        if self.smoother is None:
            return look.landmarks_px, look.world_m
        return self.smoother(look, time_s)
