"""A small hand that shows what to do, drawn from the demonstration hand's own skeleton."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.engine.sources.demo import blend
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.hand_shape import HandLook, HandPainter
from handplay.engine.stage.motion import breathe, ease_in_out
from handplay.engine.stage.theme import Colour

Hint = Literal["show", "open", "thumb"]

_STEPS = 20
"""A change of pose is drawn in so many pictures, which are kept."""


@dataclass(frozen=True, slots=True)
class _Move:
    """From one pose to another and back: a rest, the change, the pose held, the way back; seconds."""

    before: str
    after: str
    rest_s: float = 0.55
    change_s: float = 0.3
    held_s: float = 1.1

    def share(self, time_s: float) -> float:
        """How far the second pose is reached, 0..1."""
        t = time_s % (self.rest_s + 2 * self.change_s + self.held_s)
        if t < self.rest_s:
            return 0.0
        t -= self.rest_s
        if t < self.change_s:
            return ease_in_out(t / self.change_s)
        t -= self.change_s
        if t < self.held_s:
            return 1.0
        return 1.0 - ease_in_out((t - self.held_s) / self.change_s)


_MOVES: dict[Hint, _Move] = {
    "show": _Move("open_palm", "open_palm"),
    "open": _Move("fist", "open_palm"),
    "thumb": _Move("fist", "thumbs_up"),
}


class HintHand:
    """Draws the hint; keeps nothing but the painter's own picture."""

    def __init__(self) -> None:
        self._painter = HandPainter()

    def draw(
        self,
        canvas: Canvas,
        hint: Hint,
        centre: tuple[float, float],
        palm: float,
        time_s: float,
        *,
        colour: Colour,
        alpha: float = 1.0,
        still: bool = False,
    ) -> None:
        """Draws one moment.

        Args:
            canvas: where to.
            hint: "show" breathes, "open" opens a fist, "thumb" raises the thumb.
            centre: of the hand, design units.
            palm: palm length, design units.
            time_s: drives the movement.
            colour: of its light.
            alpha: 0..1.
            still: shows the pose itself, without movement.
        """
        if alpha <= 0.0:
            return
        move = _MOVES[hint]
        share = 1.0 if still else move.share(time_s)
        points = _shape(move.before, move.after, round(share * _STEPS), "Right")
        swell = 1.0 if still or hint != "show" else 0.9 + 0.12 * breathe(time_s)
        placed = points * np.float32(palm * swell)
        placed[:, 0] += centre[0]
        placed[:, 1] += centre[1]
        bright = alpha if hint != "show" else alpha * (0.6 + 0.4 * breathe(time_s))
        self._painter.draw(canvas, placed, HandLook(colour=colour, alpha=bright, tips=0.8, ring=False))


@lru_cache(maxsize=128)
def _shape(before: str, after: str, step: int, handedness: Handedness) -> Float32:
    """float32 (21, 3) in palm lengths about the middle of the hand, as a mirror shows it."""
    points = np.array(blend(before, after, step / _STEPS, handedness), np.float32)
    points[:, 0] *= -1  # a player sees the own hand as in a mirror
    # Centred on the same open hand at every step: the fingers move, the palm stays.
    anchor = np.array(blend(after, after, 0.0, handedness), np.float32)
    anchor[:, 0] *= -1
    points[:, :2] -= (anchor[:, :2].min(axis=0) + anchor[:, :2].max(axis=0)) / 2
    points.setflags(write=False)
    return points
