"""Which part of the camera's view covers the canvas, and hands as the pens see them. No pygame, no clock."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Float32, view_from_image
from handplay.engine.hands import INDEX_TIP, THUMB_TIP, WRIST, Hand, Handedness, HandFrame
from handplay.gestures.reading import HandReading

PenStyle = Literal["pinch", "point"]
"""pinch: thumb and index finger touch to draw. point: the index finger hovers, a second finger beside it draws."""

COMFORTABLE = 0.66
"""Share of the view's width that covers the canvas by default: 25 cm at arm's length, from the elbow alone."""

_ARMS = (5, 9, 17)
_INDEX_DIP = 7


@dataclass(frozen=True, slots=True)
class ReachBox:
    """The part of the view that covers the canvas; it has the canvas's shape, so that a circle stays one.

    `handplay.engine.preferences.Reach`, which menus use, stretches each axis to the window's edges and clamps there:
    that would squeeze what is drawn, and pile up ink along the edge. Its place and width are taken over (`of`).

    Attributes:
        share: of the view's width, or of its height where the canvas is the taller one; 1 is as much as fits.
        centre: its middle in the view; a little low, because low hands tire less.
    """

    share: float = COMFORTABLE
    centre: tuple[float, float] = (0.5, 0.52)

    def __post_init__(self) -> None:
        if not 0.2 <= self.share <= 1:
            raise ValueError(f"ReachBox.share: got {self.share}, wanted 0.2 to 1")
        if not all(0 <= value <= 1 for value in self.centre):
            raise ValueError(f"ReachBox.centre: got {self.centre}, wanted two values in 0..1")

    @classmethod
    def of(cls, left: float, top: float, right: float, bottom: float) -> ReachBox:
        """The box about the middle of a part of the view, as wide as that: what the guide has measured."""
        share = min(1.0, max(0.2, right - left))
        return cls(share, (min(1.0, max(0.0, (left + right) / 2)), min(1.0, max(0.0, (top + bottom) / 2))))

    def area(self, view_aspect: float, canvas_aspect: float) -> tuple[float, float, float, float]:
        """Left, top, width and height in the view; never beyond its edges."""
        width = self.share * min(1.0, canvas_aspect / view_aspect)
        height = width * view_aspect / canvas_aspect
        left = min(max(self.centre[0] - width / 2, 0.0), 1 - width)
        top = min(max(self.centre[1] - height / 2, 0.0), 1 - height)
        return left, top, width, height

    def to_canvas(self, view: Float32, view_aspect: float, canvas_aspect: float) -> Float32:
        """From the view to the canvas.

        Args:
            view: float32 (..., 2).

        Returns:
            float32 (..., 2): canvas heights; (0, 0) is the top left corner, (canvas_aspect, 1) the other one.
        """
        left, top, width, height = self.area(view_aspect, canvas_aspect)
        scaled = (view - np.array([left, top], np.float32)) / np.array([width, height], np.float32)
        return np.asarray(scaled * np.array([canvas_aspect, 1.0], np.float32), np.float32)


WHOLE_FRAME = ReachBox(1.0, (0.5, 0.5))


@dataclass(frozen=True, slots=True)
class Sight:
    """One hand in one frame, as its pen sees it.

    Attributes:
        hand_id, handedness: whose.
        time_s: of the frame.
        x, y: where the pen points, canvas heights.
        gap: palm lengths between thumb and index finger; in the style "point" the second finger's curl.
        palm: palm length, canvas heights.
        may_touch: False for hands that hold no pen: fists, open hands in the style "point".
    """

    hand_id: int
    handedness: Handedness
    time_s: float
    x: float
    y: float
    gap: float
    palm: float
    may_touch: bool = True


def sights(
    frame: HandFrame,
    readings: tuple[HandReading, ...],
    *,
    reach: ReachBox,
    canvas_aspect: float,
    style: PenStyle = "pinch",
) -> tuple[Sight, ...]:
    """The hands of a frame as pens see them.

    Args:
        readings: of the recognizer, of any of the hands.
        canvas_aspect: width over height of the canvas.
    """
    by_id = {reading.hand_id: reading for reading in readings}
    found = []
    for hand in frame:
        reading = by_id.get(hand.hand_id)
        if reading is not None:
            found.append(_sight(hand, reading, frame, reach, canvas_aspect, style))
    return tuple(found)


def _sight(
    hand: Hand, reading: HandReading, frame: HandFrame, reach: ReachBox, canvas_aspect: float, style: PenStyle
) -> Sight:
    aspect = frame.width / frame.height
    view = view_from_image(hand.landmarks_px, frame.width, frame.height, mirrored=frame.mirrored)
    points = reach.to_canvas(view, aspect, canvas_aspect)
    _, _, _, height = reach.area(aspect, canvas_aspect)
    (ix, iy), (tx, ty) = points[INDEX_TIP].tolist(), points[THUMB_TIP].tolist()
    gap, may_touch, meet = _pinching(hand, reading) if style == "pinch" else _pointing(reading)
    return Sight(
        hand.hand_id, hand.handedness, frame.time_s,
        ix + meet * (tx - ix), iy + meet * (ty - iy),
        gap, _palm(hand, frame) / height, may_touch,
    )  # fmt: skip


def _palm(hand: Hand, frame: HandFrame) -> float:
    """Palm length in view heights; of a hand seen edge-on by its square, which does not shrink with the view."""
    seen = hand.palm_px
    if hand.roi is not None:
        seen = max(seen, hand.roi.size_px / 3.2)
    return max(seen, 8.0) / frame.height


def pinch_gap(hand: Hand) -> float:
    """Distance of thumb and index tip, palm units (as in `handplay.gestures.settings`).

    From the image points alone: the world points of the model bend and blur with fast motion, and the mean of both,
    which is best for telling gestures apart, would let go of the pen in a quick stroke. A thumb that lies nearer to the
    index finger's last joint than to its tip lies over a fist, and counts as further away.
    """
    points = hand.landmarks_px.tolist()
    unit = sum(math.dist(points[arm], points[WRIST]) for arm in _ARMS) / len(_ARMS)
    if not unit > 0:
        return math.nan
    tip = math.dist(points[THUMB_TIP], points[INDEX_TIP])
    joint = math.dist(points[THUMB_TIP], points[_INDEX_DIP])
    return (tip + max(0.0, tip - joint)) / unit


def _pinching(hand: Hand, reading: HandReading) -> tuple[float, bool, float]:
    """Gap, whether it may be a touch, and how far the aim lies toward the thumb.

    An open pinch aims at where the fingers are going to meet, a closed one with the index tip: so that closing it does
    not move the aim. The index finger goes about two thirds of the way.
    """
    gap = pinch_gap(hand)
    _, index, middle, ring, pinky = reading.curl
    fist = min(middle, ring, pinky) > 0.9 and index > 0.75
    share = min(1.0, max(0.0, (gap - 0.32) / 0.3)) if math.isfinite(gap) else 0.0
    return gap, not fist, 0.6 * share * share * (3 - 2 * share)


def _pointing(reading: HandReading) -> tuple[float, bool, float]:
    _, index, middle, ring, _ = reading.curl
    if not all(math.isfinite(value) for value in (index, middle, ring)):
        return math.nan, False, 0.0
    # Two fingers draw: the first is straight, the third is not (an open hand rests).
    return middle, index < 0.4 and ring > 0.4, 0.0
