"""Which frames are good enough to learn from: one whole hand, near, surely a hand, and still."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Hand, Handedness, HandFrame

Fault = Literal["", "no_hand", "two_hands", "outside", "small", "unsure", "moving"]

HINTS: dict[Fault, str] = {
    "": "Good. Keep it, and turn the hand a little.",
    "no_hand": "Show your hand to the camera.",
    "two_hands": "Show one hand only.",
    "outside": "Bring the whole hand into the picture.",
    "small": "Come closer to the camera.",
    "unsure": "The hand is hard to see: more light, or turn it to the camera.",
    "moving": "Hold the hand still.",
}
"""What is wrong with a frame, and what to do about it."""


@dataclass(frozen=True, slots=True)
class SamplingSettings:
    """What a good frame is.

    Attributes:
        margin: share of the picture's size that landmarks keep from its border.
        least_palm_px: palm length below which landmarks are too coarse to learn from.
        least_presence: 0..1, of the keypoint model; whole hands in view have 0.95 and more.
        still_window_s, still_palms: the mean way of the landmarks within this time, in palm lengths. A held hand sways
            by 0.03; a slow tilt, which is welcome, takes 0.1.
    """

    margin: float = 0.01
    least_palm_px: float = 20.0
    least_presence: float = 0.8
    still_window_s: float = 0.15
    still_palms: float = 0.12

    def __post_init__(self) -> None:
        for name in ("margin", "least_palm_px", "least_presence", "still_window_s", "still_palms"):
            value = getattr(self, name)
            if not 0 <= value < math.inf:
                raise ValueError(f"SamplingSettings.{name}: got {value}, wanted a number of at least 0")


@dataclass(frozen=True, slots=True, eq=False)
class HandSample:
    """One hand as it was shown.

    Attributes:
        points: float32 (21, 3), image points as they came.
        world: float32 (21, 3), world points; all 0 if there are none.
        handedness: the person's own hand.
        mirrored: True if the source is a selfie view.
        time_s: of the frame.
    """

    points: Float32
    world: Float32
    handedness: Handedness
    mirrored: bool
    time_s: float

    @classmethod
    def of(cls, hand: Hand, frame: HandFrame) -> HandSample:
        return cls(hand.landmarks_px.copy(), hand.world_m.copy(), hand.handedness, frame.mirrored, frame.time_s)

    @property
    def image_points(self) -> Float32:
        """(21, 3) as of a source that is not mirrored."""
        points = self.points.copy()
        if self.mirrored:
            points[:, 0] *= -1
        return points


class StillnessGate:
    """Judges frame after frame; remembers the hand for as long as it takes to see it move."""

    def __init__(self, settings: SamplingSettings | None = None) -> None:
        self.settings = settings or SamplingSettings()
        self._hand_id: int | None = None
        self._past: list[tuple[float, Float32]] = []

    def judge(self, frame: HandFrame) -> Fault:
        """What is wrong with this frame, "" if nothing is."""
        fault = _seen(frame, self.settings)
        if fault in ("no_hand", "two_hands"):
            self._past.clear()
            return fault
        moving = self._moving(frame[0], frame.time_s)
        return fault or ("moving" if moving else "")

    def _moving(self, hand: Hand, time_s: float) -> bool:
        if hand.hand_id != self._hand_id or (self._past and time_s < self._past[-1][0]):
            self._hand_id = hand.hand_id
            self._past.clear()
        self._past.append((time_s, hand.landmarks_px[:, :2].copy()))
        window_s = self.settings.still_window_s
        while len(self._past) > 1 and self._past[1][0] <= time_s - window_s:
            self._past.pop(0)
        before_s, before = self._past[0]
        if time_s - before_s < window_s - 1e-6:
            return True  # not seen for long enough to know
        way = np.hypot(*(hand.landmarks_px[:, :2] - before).T).mean()
        # Over a longer gap between frames the hand may go as much farther.
        allowed = self.settings.still_palms * (time_s - before_s) / window_s
        return not way <= allowed * hand.palm_px


def _seen(frame: HandFrame, settings: SamplingSettings) -> Fault:
    if len(frame) == 0:
        return "no_hand"
    if len(frame) > 1:
        return "two_hands"
    hand = frame[0]
    xy = hand.landmarks_px[:, :2]
    if not np.isfinite(hand.landmarks_px).all():
        return "unsure"
    low = np.array([frame.width, frame.height]) * settings.margin
    high = np.array([frame.width, frame.height]) * (1 - settings.margin)
    if (xy < low).any() or (xy > high).any():
        return "outside"
    if hand.palm_px < settings.least_palm_px:
        return "small"
    return "unsure" if hand.presence < settings.least_presence else ""
