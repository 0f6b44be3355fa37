"""What the recognizer knows of one hand in one frame: the data that recordings, overlays and scenes show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from handplay.gestures.measures import HandMeasures

FingerState = Literal["extended", "half", "curled", "unknown"]


class Coming(NamedTuple):
    """A gesture that is shown and has not begun: it must still be held.

    Attributes:
        name: of the gesture.
        held_s, hold_s: how long it has been held, and how long it must be.
    """

    name: str
    held_s: float
    hold_s: float


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
        coming: gestures that are shown and must still be held until they begin.
        measures: the numbers behind all this: spread, contact, directions, facing; None if it was read from a file.
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
    coming: tuple[Coming, ...] = ()
    measures: HandMeasures | None = field(default=None, repr=False, compare=False)

    @property
    def spread_rad(self) -> tuple[float, ...]:
        """Angle between neighbouring fingers, thumb and index to ring and little finger; () without measures."""
        return () if self.measures is None else tuple(self.measures.spread_rad.tolist())

    @property
    def pointing(self) -> tuple[tuple[float, float, float], ...]:
        """Where each finger points, unit vectors: x right and y down in the view, z away from the camera."""
        if self.measures is None:
            return ()
        return tuple((x, y, z) for x, y, z in self.measures.direction.tolist())

    @property
    def contact(self) -> tuple[float, ...]:
        """Distance of the thumb tip from the end of each other finger, palm units, index to little finger."""
        return () if self.measures is None else tuple(self.measures.touch_gap[:4].tolist())

    @property
    def facing(self) -> float | None:
        """1 when the palm faces the camera, -1 when its back does, 0 edge on; None if it cannot be told."""
        if self.measures is None or self.measures.facing != self.measures.facing:
            return None
        return self.measures.facing
