"""What the tracker remembers of one hand between frames."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Hand, Handedness
from handplay.engine.tracking.keypoints import Keypoints
from handplay.engine.tracking.likeness import Likeness
from handplay.engine.tracking.motion import HandMotion
from handplay.engine.tracking.smoothing import HandSmoother

_FRAME_EVIDENCE = 3.0
"""Most log-odds that one frame can add: a single sure frame does not decide (0.95 against 0.05)."""
_CLEAR = 0.75
"""Probability of a side from which a look speaks clearly for it."""
_CLEAR_LOG_ODDS = math.log(_CLEAR / (1 - _CLEAR))
_CONTRARY = 0.6
"""A look speaks for the other side if it is as sure of it as this, 0..1."""

TrackState = Literal["candidate", "followed", "lost"]


class SideEvidence:
    """Left or right as accumulated log-odds: one odd frame does not turn a hand's label.

    Args:
        memory: cap on the evidence, log-odds.
        contrary_s: looks that speak against a sure side count only after they have lasted so long.

    Attributes:
        contrary_looks: how many looks in a row have spoken against a sure side.
    """

    def __init__(self, memory: float, contrary_s: float = 0.4) -> None:
        self._memory, self._contrary_s = memory, contrary_s
        self._log_odds = 0.0
        self._contrary_since_s: float | None = None
        self.contrary_looks = 0

    @property
    def is_right(self) -> bool:
        """The side so far, as the model sees it."""
        return self._log_odds >= 0

    @property
    def is_sure(self) -> bool:
        """True once a few frames have spoken."""
        return abs(self._log_odds) >= _FRAME_EVIDENCE

    @property
    def is_clear(self) -> bool:
        """True if it is more than a guess: a first look that is between the sides is not."""
        return abs(self._log_odds) >= _CLEAR_LOG_ODDS

    def add(self, right: float, time_s: float) -> None:
        """Takes one frame's probability of the right hand."""
        if self.against(right) > _CONTRARY:
            self.contrary_looks += 1
            if self._contrary_since_s is None:
                self._contrary_since_s = time_s
            if time_s - self._contrary_since_s < self._contrary_s:
                return
        else:
            self._contrary_since_s, self.contrary_looks = None, 0
        sane = min(max(right, 1e-6), 1 - 1e-6)
        step = max(-_FRAME_EVIDENCE, min(_FRAME_EVIDENCE, math.log(sane / (1 - sane))))
        self._log_odds = max(-self._memory, min(self._memory, self._log_odds + step))

    def label(self, right: float) -> tuple[Handedness, float]:
        """The label so far, and this frame's probability of it, at least 0.5."""
        return side(right, is_right=self._log_odds >= 0)

    def supports(self, right: float) -> bool:
        """True if a look speaks clearly for the side so far."""
        return (right if self.is_right else 1 - right) >= _CLEAR

    def against(self, right: float) -> float:
        """How much one look speaks for the other side, 0..1; 0 while the track's own side is not sure."""
        sure = min(1.0, abs(self._log_odds) / _FRAME_EVIDENCE)
        other = 1 - right if self._log_odds >= 0 else right
        return sure * max(0.0, 2 * other - 1)


def side(right: float, *, is_right: bool | None = None) -> tuple[Handedness, float]:
    """Label and its probability, at least 0.5, from the probability of the right hand."""
    if is_right is None:
        is_right = right >= 0.5
    return ("Right", max(0.5, right)) if is_right else ("Left", max(0.5, 1 - right))


@dataclass(slots=True, eq=False)
class Track:
    """One hand being followed, or remembered.

    Attributes:
        hand_id: the id it keeps; 0 while it is only a candidate.
        motion: where it is and where it goes.
        side: evidence for left and right, as the model sees them (not yet swapped for a selfie view).
        smoother: its filters, None for raw landmarks.
        seen: the newest look of the model.
        born_s: when it was first seen.
        sure_s: when the model was last sure of it.
        looks: looks that found it; sure_looks: those in which the model was sure of it.
        held: its newest look may be another hand, so it is not shown.
        likeness: what the hand looks like when it is alone, None until that was seen; learned at `learned_s`.
        blend_since_s: since when its looks are blends with another hand's, None if they are its own.
        coasting: its newest look was such a blend: it is believed to go on as it went.
        astray: and that look lies off its way, or is of the other side: it is not shown.
        state: a candidate becomes followed once it is confirmed; a lost one waits to come back.
    """

    hand_id: int
    motion: HandMotion
    side: SideEvidence
    smoother: HandSmoother | None
    seen: Keypoints
    born_s: float
    sure_s: float
    looks: int = 1
    sure_looks: int = 0
    held: bool = False
    state: TrackState = "candidate"
    likeness: Likeness | None = None
    learned_s: float = 0.0
    blend_since_s: float | None = None
    coasting: bool = False
    astray: bool = False

    def hand(self, time_s: float, *, mirrored: bool) -> Hand:
        """The public result for the newest look."""
        look = self.seen
        label, score = self.side.label(look.right)
        if mirrored:
            label = "Left" if label == "Right" else "Right"
        landmarks, world = self._points(look, time_s)
        return Hand(self.hand_id, label, score, look.presence, landmarks, world, look.roi)

    def _points(self, look: Keypoints, time_s: float) -> tuple[Float32, Float32]:
        if self.smoother is None:
            return look.landmarks_px, look.world_m
        return self.smoother(look, time_s)
