"""A small hand of light that shows what the hand should do."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.engine.stage.hand_shape import HandLook, HandPainter
from handplay.engine.stage.motion import ease_in_out

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.theme import Colour

_STEPS = 24
_CYCLE_S = 2.2
_HOLD = 0.3  # share of the cycle that each of the two poses is held


@lru_cache(maxsize=256)
def _between(start: str, end: str, step: int, handedness: Handedness) -> Float32:
    from handplay.engine.sources.demo.skeleton import blend

    points = blend(start, end, step / _STEPS, handedness)
    centred: Float32 = points - points[[0, 5, 9, 13, 17]].mean(axis=0)
    centred.setflags(write=False)
    return centred


class HintHand:
    """A small hand that goes from one pose to another and back, drawn from the demo hand's own skeleton.

    Args:
        start, end: demo poses; the same name twice keeps the hand still.
        handedness: which hand.
        sway: how far it moves up and down, in palm lengths: for "move your hand".
    """

    def __init__(self, start: str, end: str, *, handedness: Handedness = "Right", sway: float = 0.0) -> None:
        self._poses = (start, end)
        self._handedness: Handedness = handedness
        self._sway = sway
        self._time_s = 0.0
        self._painter = HandPainter()

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self._time_s += dt_s

    def draw(
        self,
        canvas: Canvas,
        centre: tuple[float, float],
        palm: float = 40.0,
        *,
        colour: Colour | None = None,
        alpha: float = 1.0,
    ) -> None:
        """Draws it about its palm's centre; `palm` is the palm's length in design units."""
        turn = self._time_s / _CYCLE_S % 2.0
        share = turn if turn <= 1.0 else 2.0 - turn
        share = ease_in_out((share - _HOLD) / (1 - 2 * _HOLD))
        # Mirrored, as a player sees the own hand.
        shape = _between(*self._poses, round(share * _STEPS), self._handedness)
        points = shape * np.array([-palm, palm, palm], np.float32)
        points[:, 0] += centre[0]
        points[:, 1] += centre[1] + self._sway * palm * math.sin(math.pi * self._time_s / _CYCLE_S)
        pinch = share if self._poses[1] == "pinch" else 0.0
        look = HandLook(
            colour or canvas.theme.hand(self._handedness),
            alpha=alpha,
            pinch=pinch,
            held=ease_in_out((pinch - 0.85) / 0.15),
            tips=0.7,
        )
        self._painter.draw(canvas, points, look)
