"""Where the pens are: a small hand of light (or paint, on white) at each pen's tip, and what it would draw there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from handplay.engine.coordinates import Float32, view_from_image
from handplay.engine.hands import INDEX_TIP, THUMB_TIP, Handedness, HandFrame
from handplay.engine.stage.canvas import Canvas, Point
from handplay.engine.stage.hand_shape import HandLook, HandPainter, palm_length
from handplay.engine.stage.motion import CALM_S, QUICK_S, Fade, breathe
from handplay.engine.stage.theme import Colour, mix

_GLIDE_S = 0.022
_PALM = 58.0
"""Palm length of the small hand, design units."""

_LOST_SHOWS_S = 2.5


@dataclass(slots=True, eq=False)
class _Mark:
    """One pen's mark: float32 (21, 3) in palm lengths about the place where the fingers meet."""

    handedness: Handedness
    shape: Float32
    goal: Float32
    place: Point = (0.0, 0.0)
    here: Fade = field(default_factory=lambda: Fade(on=True, duration_s=CALM_S))
    held: Fade = field(default_factory=lambda: Fade(duration_s=QUICK_S))
    busy: Fade = field(default_factory=lambda: Fade(duration_s=CALM_S))
    pinch: float = 0.0
    gone_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PenMark:
    """What is to be shown of a pen.

    Attributes:
        place: its tip, design units.
        ink: its colour.
        radius: of what it draws, design units.
        touching: the fingers touch.
        drawing: a stroke is being drawn.
        erasing: it takes ink away.
        dwell: 0..1, how far it is from pressing a button.
        pinch: 0..1, how closed the fingers are.
        over: it points at the palette.
    """

    place: Point
    ink: Colour
    radius: float
    touching: bool = False
    drawing: bool = False
    erasing: bool = False
    dwell: float = 0.0
    pinch: float = 0.0
    over: bool = False


class PenMarks:
    """Draws the pens of all hands."""

    def __init__(self) -> None:
        self._marks: dict[int, _Mark] = {}
        self._painter = HandPainter()
        self._frame: HandFrame | None = None
        self._time_s = 0.0

    def update(self, dt_s: float, frame: HandFrame | None) -> None:
        """One step toward the newest hands."""
        self._time_s += dt_s
        if frame is not self._frame:
            self._frame = frame
            self._take(frame)
        share = np.float32(1 - math.exp(-dt_s / _GLIDE_S))
        for hand_id, mark in tuple(self._marks.items()):
            mark.shape = mark.shape + (mark.goal - mark.shape) * share
            mark.gone_s = 0.0 if mark.here.on else mark.gone_s + dt_s
            for fade in (mark.here, mark.held, mark.busy):
                fade.update(dt_s)
            if mark.gone_s > _LOST_SHOWS_S:
                del self._marks[hand_id]

    def draw(self, canvas: Canvas, pens: dict[int, PenMark], *, paper: bool, hands: bool = True) -> None:
        """Draws them.

        Args:
            pens: by the id of their hand.
            paper: True on a light ground.
            hands: draws the small hands; without them only the tips, where the person's own hand is seen.
        """
        for hand_id, mark in self._marks.items():
            pen = pens.get(hand_id)
            if pen is not None and mark.here.on:
                mark.place, mark.pinch = pen.place, pen.pinch
                mark.held.on, mark.busy.on = pen.touching, pen.drawing
            shown = mark.here.value
            if shown > 0:
                if hands:
                    self._draw_hand(canvas, mark, shown, paper)
                if pen is not None:
                    draw_tip(canvas, pen, shown, mark.held.value, paper=paper)
            elif mark.gone_s > 0:
                self._draw_lost(canvas, mark)

    def _draw_hand(self, canvas: Canvas, mark: _Mark, shown: float, paper: bool) -> None:
        points = mark.shape * np.float32(_PALM)
        points[:, 0] += mark.place[0]
        points[:, 1] += mark.place[1]
        colour = canvas.theme.hand(mark.handedness)
        strength = 0.34 if paper else 0.62
        alpha = shown * strength * (1 - 0.55 * mark.busy.value)
        look = HandLook(colour, alpha=alpha, tips=0.0 if paper else 0.5, ring=False, painted=paper)
        self._painter.draw(canvas, points, look)

    def _draw_lost(self, canvas: Canvas, mark: _Mark) -> None:
        """The last seen place pulses for a moment."""
        left = 1 - mark.gone_s / _LOST_SHOWS_S
        radius = 18 + 26 * breathe(self._time_s, 0.9)
        canvas.ring(mark.place, radius, canvas.theme.hand(mark.handedness), width=3, alpha=0.8 * left)

    def _take(self, frame: HandFrame | None) -> None:
        seen = set()
        for hand in frame or ():
            assert frame is not None  # it has a hand
            seen.add(hand.hand_id)
            view = view_from_image(hand.landmarks_px, frame.width, frame.height, mirrored=frame.mirrored)
            points = np.empty((21, 3), np.float32)
            points[:, :2] = view * np.array([frame.width, frame.height], np.float32)
            points[:, 2] = hand.landmarks_px[:, 2]
            palm = palm_length(points)
            if palm < 1e-3:
                continue
            gap = math.dist(points[INDEX_TIP].tolist(), points[THUMB_TIP].tolist()) / palm
            part = np.float32(0.6 * min(1.0, max(0.0, (gap - 0.3) / 0.35)))
            meeting = points[INDEX_TIP, :2] + part * (points[THUMB_TIP, :2] - points[INDEX_TIP, :2])
            points[:, :2] -= meeting
            goal = points / np.float32(palm)
            mark = self._marks.get(hand.hand_id)
            if mark is None:
                mark = self._marks[hand.hand_id] = _Mark(hand.handedness, goal.copy(), goal)
            mark.goal, mark.handedness, mark.here.on = goal, hand.handedness, True
        for hand_id, mark in self._marks.items():
            if hand_id not in seen:
                mark.here.on = False


def draw_tip(canvas: Canvas, pen: PenMark, shown: float, held: float, *, paper: bool) -> None:
    """The point of a pen: its ink at its size, a ring that closes with the pinch and turns gold, the dwell's arc."""
    theme, place = canvas.theme, pen.place
    radius = max(5.0, pen.radius)
    edge = theme.background if paper else theme.text
    if pen.over:
        canvas.disc(place, 7, edge, alpha=shown)
        canvas.ring(place, 14, theme.gold, width=3, alpha=shown)
        if pen.dwell > 0:
            canvas.ring(place, 25, theme.line, width=6, alpha=0.9 * shown)
            canvas.ring(place, 25, theme.gold, width=6, sweep=pen.dwell, alpha=shown)
        return
    if pen.erasing:
        canvas.ring(place, radius, edge, width=2.5, alpha=shown)
        canvas.ring(place, radius + 2.5, theme.danger if held > 0.5 else theme.quiet, width=2.5, alpha=shown)
        return
    if not paper:
        canvas.glow(place, radius * 2.5 + 8, pen.ink, 0.5 * shown)
    canvas.disc(place, radius + 2, edge, alpha=0.85 * shown)
    canvas.disc(place, radius, pen.ink, alpha=shown)
    closing = radius + 9 + 20 * (1 - min(1.0, max(0.0, pen.pinch)))
    colour = mix(theme.quiet, theme.gold, held)
    canvas.ring(place, closing, colour, width=2 + 1.5 * held, alpha=shown * (0.35 + 0.65 * max(held, pen.pinch**2)))
