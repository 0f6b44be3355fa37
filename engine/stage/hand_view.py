"""The player's hands on screen: they glide between the tracker's frames, fade in and out, leave a trail when fast."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from handplay.engine.coordinates import Float32, view_from_image
from handplay.engine.hands import INDEX_TIP, Hand, Handedness, HandFrame
from handplay.engine.stage.hand_shape import HandLook, HandPainter, palm_length
from handplay.engine.stage.motion import CALM_S, QUICK_S, Fade
from handplay.engine.stage.theme import Colour

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas, Point
    from handplay.engine.stage.stage import HandsNow, Stage

_GLIDE_S = 0.022
"""Time constant of the glide: most of a step between two frames at 30 fps is gone before the next one comes."""

_TRAIL_S = 0.22
_TRAIL_FROM = 9.0
_TRAIL_FULL = 18.0
"""Speeds of the index tip in palm lengths a second at which the trail begins to show and shows in full."""

_PALM = (0, 5, 9, 13, 17)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place of the trail: the palm centre in the view and the tip's offset from it, each scaled in its own way."""

    time_s: float
    centre: tuple[float, float]
    offset: tuple[float, float]
    strength: float


@dataclass(slots=True, eq=False)
class _Shown:
    """One hand as it is shown.

    Attributes:
        centre: float32 (2,), palm centre in the view.
        shape: float32 (21, 3), from the palm centre in frame heights, mirrored as the view is.
    """

    handedness: Handedness
    centre: Float32
    shape: Float32
    aspect: float
    fade: Fade = field(default_factory=lambda: Fade(on=True, duration_s=CALM_S))
    held: Fade = field(default_factory=lambda: Fade(duration_s=QUICK_S))
    pinch: float = 0.0
    goal_centre: Float32 = field(default_factory=lambda: np.zeros(2, np.float32))
    goal_shape: Float32 = field(default_factory=lambda: np.zeros((21, 3), np.float32))
    goal_pinch: float = 0.0
    speed: float = 0.0
    trail: deque[_Spot] = field(default_factory=lambda: deque(maxlen=64))


class HandView:
    """Shows the stage's hands. Call `update` once a step and `draw` once a picture.

    Args:
        stage: whose hands.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hands: dict[int, _Shown] = {}
        self._frame: HandFrame | None = None
        self._painter = HandPainter()
        self._time_s = 0.0

    def update(self, dt_s: float) -> None:
        """Moves on toward the newest hands."""
        self._time_s += dt_s
        now = self._stage.hands
        if now.frame is not self._frame:
            self._frame = now.frame
            self._take(now)
        share = np.float32(1 - math.exp(-dt_s / _GLIDE_S))
        gone = []
        for hand_id, hand in self._hands.items():
            before = hand.centre + hand.shape[INDEX_TIP, :2]
            hand.centre += (hand.goal_centre - hand.centre) * share
            hand.shape += (hand.goal_shape - hand.shape) * share
            hand.pinch += (hand.goal_pinch - hand.pinch) * float(share)
            hand.fade.update(dt_s)
            hand.held.update(dt_s)
            self._update_trail(hand, before, dt_s)
            if not hand.fade.on and hand.fade.share == 0.0:
                gone.append(hand_id)
        for hand_id in gone:
            del self._hands[hand_id]

    def draw(
        self,
        canvas: Canvas,
        *,
        size: float = 1.0,
        alpha: float = 1.0,
        place: Callable[[float, float], Point] | None = None,
        colour: Callable[[int, Handedness], Colour] | None = None,
        painted: bool = False,
    ) -> None:
        """Draws all hands.

        Args:
            canvas: where to.
            size: 1 is the size at which the camera sees them, its picture stretched over the window.
            alpha: 0..1.
            place: from the view to design units, for palm centres; the whole window if None.
            colour: hand id and handedness to a colour; left aqua and right coral if None.
            painted: covers what lies below instead of adding light to it (`HandLook.painted`); without trails.
        """
        bounds = canvas.bounds
        for hand_id, hand in self._hands.items():
            shown = hand.fade.value * alpha
            if shown <= 0.0:
                continue
            unit = min(bounds.width / hand.aspect, bounds.height) * size
            x, y = (place or canvas.from_view)(float(hand.centre[0]), float(hand.centre[1]))
            points = hand.shape * np.float32(unit)
            points[:, 0] += x
            points[:, 1] += y
            tint = colour(hand_id, hand.handedness) if colour else canvas.theme.hand(hand.handedness)
            if not self._stage.settings.reduced_motion and not painted:
                self._draw_trail(canvas, hand, unit, place or canvas.from_view, tint, shown)
            look = HandLook(colour=tint, alpha=shown, pinch=hand.pinch, held=hand.held.value, painted=painted)
            self._painter.draw(canvas, points, look)

    def _take(self, now: HandsNow) -> None:
        frame = now.frame
        seen = set()
        for hand in frame or ():
            assert frame is not None  # it has a hand
            seen.add(hand.hand_id)
            centre, shape = _in_view(hand, frame)
            shown = self._hands.get(hand.hand_id)
            if shown is None:
                shown = _Shown(hand.handedness, centre.copy(), shape.copy(), frame.width / frame.height)
                self._hands[hand.hand_id] = shown
            shown.handedness = hand.handedness
            shown.aspect = frame.width / frame.height
            shown.goal_centre, shown.goal_shape = centre, shape
            shown.fade.on = True
            reading = now.reading(hand)
            shown.goal_pinch = reading.pinch if reading else 0.0
            shown.held.on = reading is not None and "pinch" in reading.gestures
        for hand_id, shown in self._hands.items():
            if hand_id not in seen:
                shown.fade.on = False

    def _update_trail(self, hand: _Shown, before: Float32, dt_s: float) -> None:
        tip = hand.centre + hand.shape[INDEX_TIP, :2]
        step = (tip - before) * np.array([hand.aspect, 1.0], np.float32)
        palm = max(1e-3, palm_length(hand.shape))
        speed = float(np.hypot(*step)) / palm / dt_s
        hand.speed += (speed - hand.speed) * min(1.0, dt_s / 0.04)
        strength = min(1.0, max(0.0, (hand.speed - _TRAIL_FROM) / (_TRAIL_FULL - _TRAIL_FROM)))
        if strength > 0.0:
            (x, y), (dx, dy) = hand.centre.tolist(), hand.shape[INDEX_TIP, :2].tolist()
            hand.trail.append(_Spot(self._time_s, (x, y), (dx, dy), strength))
        while hand.trail and self._time_s - hand.trail[0].time_s > _TRAIL_S:
            hand.trail.popleft()

    def _draw_trail(
        self,
        canvas: Canvas,
        hand: _Shown,
        unit: float,
        place: Callable[[float, float], Point],
        colour: Colour,
        shown: float,
    ) -> None:
        radius = palm_length(hand.shape) * unit * 0.2
        for spot in hand.trail:
            left = 1 - (self._time_s - spot.time_s) / _TRAIL_S
            x, y = place(*spot.centre)
            at = (x + spot.offset[0] * unit, y + spot.offset[1] * unit)
            canvas.glow(at, radius * (0.4 + 0.6 * left), colour, 0.35 * left * left * spot.strength * shown)


def _in_view(hand: Hand, frame: HandFrame) -> tuple[Float32, Float32]:
    """Palm centre in the view, and the shape about it in frame heights."""
    view = view_from_image(hand.landmarks_px, frame.width, frame.height, mirrored=frame.mirrored)
    centre = view[list(_PALM)].mean(axis=0)
    shape = np.empty((21, 3), np.float32)
    shape[:, :2] = (view - centre) * np.array([frame.width / frame.height, 1.0], np.float32)
    shape[:, 2] = hand.landmarks_px[:, 2] / frame.height
    return centre.astype(np.float32), shape
