"""The players' own hands, small, each beside its paddle: one sees at a glance which hand moves what, and how far.

A hand that leaves the reach zone is drawn beyond the end of the paddle's way: the paddle waits, the hand may rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from handplay.engine.coordinates import Float32, view_from_image
from handplay.engine.hands import HandFrame
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.hand_shape import HandLook, HandPainter, palm_length
from handplay.engine.stage.motion import Fade
from handplay.engine.stage.stage import Stage
from handplay.games.pong.court import LEFT
from handplay.games.pong.court_view import side_colour
from handplay.games.pong.game import PongGame
from handplay.games.pong.layout import CourtLayout

_PALM = [0, 5, 9, 13, 17]
_PALM_UNITS = 25.0
"""Size of a mark: palm length in design units. It fits between the court and the edge of the window."""

_GLIDE_S = 0.03
_BEYOND = 0.4
"""How far beyond the paddle's way a mark goes, court units."""


@dataclass(slots=True, eq=False)
class _Mark:
    """One hand beside its paddle: float32 (21, 3) in palm lengths about the palm's centre, and a height."""

    shape: Float32 | None = None
    y: float = 0.0
    fade: Fade = field(default_factory=lambda: Fade(duration_s=0.24))


class HandMarks:
    """Draws the marks.

    Args:
        game: whose seats.
        stage: whose hands.
    """

    def __init__(self, game: PongGame, stage: Stage) -> None:
        self._game = game
        self._stage = stage
        self._marks = {side: _Mark() for side in game.seats.sides}
        self._painter = HandPainter()

    def update(self, dt_s: float) -> None:
        """One step."""
        share = 1 - math.exp(-dt_s / _GLIDE_S)
        for side, mark in self._marks.items():
            seat = self._game.seats[side]
            frame = self._stage.hands.frame
            found = _shape(frame, seat.hand_id) if seat.hand_here and seat.control == "hand" else None
            mark.fade.on = found is not None
            mark.fade.update(dt_s)
            if found is None:
                continue
            y = self._height(seat.y)
            if mark.shape is None or mark.fade.share < 0.05:
                mark.shape, mark.y = found, y
            mark.shape = mark.shape + (found - mark.shape) * np.float32(share)
            mark.y += (y - mark.y) * share

    def draw(self, canvas: Canvas, layout: CourtLayout, awake: float) -> None:
        """Draws them outside the goal lines."""
        for side, mark in self._marks.items():
            shown = mark.fade.value * (0.35 + 0.55 * awake)
            if shown <= 0.0 or mark.shape is None:
                continue
            points = mark.shape * np.float32(_PALM_UNITS)
            points[:, 0] += layout.court.left - 34 if side == LEFT else layout.court.right + 34
            points[:, 1] += layout.y(mark.y)
            look = HandLook(colour=side_colour(canvas.theme, side), alpha=shown, tips=0.6, ring=False)
            self._painter.draw(canvas, points, look)

    def _height(self, view_y: float) -> float:
        """Like the paddle's height, without its stop at the wall."""
        seats, limit = self._game.seats, self._game.court.paddle_limit
        share = (view_y - seats.settings.reach_centre) / seats.settings.reach_height
        return min(max(2 * share * limit, -limit - _BEYOND), limit + _BEYOND)


def _shape(frame: HandFrame | None, hand_id: int | None) -> Float32 | None:
    """A hand of the frame as the view shows it, in palm lengths about its palm's centre."""
    hand = next((hand for hand in frame or () if hand.hand_id == hand_id), None)
    if frame is None or hand is None:
        return None
    view = view_from_image(hand.landmarks_px, frame.width, frame.height, mirrored=frame.mirrored)
    points = np.empty((21, 3), np.float32)
    points[:, :2] = view * np.array([frame.width, frame.height], np.float32)
    points[:, 2] = hand.landmarks_px[:, 2]
    points -= points[_PALM].mean(axis=0)
    palm = palm_length(points)
    return points / np.float32(palm) if palm > 1e-3 else None
