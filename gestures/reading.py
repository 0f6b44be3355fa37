"""What the recognizer knows of one hand in one frame: the data that recordings, overlays and scenes show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FingerState = Literal["extended", "half", "curled", "unknown"]


@dataclass(frozen=True, slots=True)
class HandReading:
    """Finger states and gestures of one hand.

    Attributes:
        hand_id: the hand's id in its `HandFrame`.
        fingers: five states, thumb to little finger.
        curl: five values 0..1, 0 straight, 1 fully curled, thumb to little finger.
        pinch: 0..1, 1 when thumb and index tip touch.
        grab: 0..1, 1 for a fist.
        gestures: names of the gestures that are on.
        pinching, grabbing: the same with hysteresis, for buttons.
        palm: the side of the hand that the camera sees: "toward" the palm, "away" the back, "unknown" edge on.
    """

    hand_id: int
    fingers: tuple[FingerState, FingerState, FingerState, FingerState, FingerState]
    curl: tuple[float, float, float, float, float]
    pinch: float
    grab: float
    gestures: tuple[str, ...] = ()
    pinching: bool = False
    grabbing: bool = False
    palm: Literal["toward", "away", "unknown"] = "unknown"
