"""Hands at the drawing: pens become strokes, presses of the palette, or a push and zoom with both. No drawing here."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from handplay.engine.stage.stage import HandsNow
from handplay.games.airdraw.game import AirDrawing, Place
from handplay.games.airdraw.pen import PenEvent, Pens, PenSettings
from handplay.games.airdraw.pen_reach import ReachBox, sights
from handplay.games.airdraw.tools import depth_pressure

SHOWN_LATE_S = 0.028
"""From a picture's arrival to the first display of its result: tracking 10 to 15 ms, half a display frame, the wait for
it (latency_ms and frame_ms of a run's summary)."""

TOGETHER_S = 0.25
"""Two hands that pinch within this time take the paper; later ones draw, each with its own ink."""


@dataclass(slots=True)
class _Grip:
    """Both hands hold the paper: whose, and where they were a moment ago."""

    hands: tuple[int, int]
    middle: Place
    apart: float


class Hands:
    """What the hands in view do.

    Args:
        game: what they do it to.
        settings: of the pens.
        reach: the part of the view that covers the canvas.
        covers: True for places (canvas heights) where touches make no ink.
        on_press: told of touches that began at such a place.
    """

    def __init__(
        self, game: AirDrawing, settings: PenSettings, reach: ReachBox, covers: Callable[[float, float], bool],
        on_press: Callable[[PenEvent], None],
    ) -> None:  # fmt: skip
        self.pens = Pens(settings)
        self.reach = reach
        self.strokes = 0
        """Drawn by hand."""
        self.ticks: list[tuple[str, float]] = []
        """Sounds of pens: (name, place 0..1); who plays them empties it."""
        self._game = game
        self._covers, self._on_press = covers, on_press
        self._now: HandsNow | None = None
        self._clock_offset_s: float | None = None
        self._pressed_s: dict[int, float] = {}
        self._palms: dict[int, float] = {}
        self._grip: _Grip | None = None

    @property
    def drawing(self) -> bool:
        """True while any hand draws."""
        return any(pen.down for pen in self.pens)

    @property
    def holding(self) -> bool:
        """True while both hands hold the paper."""
        return self._grip is not None

    @property
    def place(self) -> Place | None:
        """Where the first hand points, canvas heights; None without any."""
        return next(((pen.x, pen.y) for pen in self.pens), None)

    def update(self, now: HandsNow) -> None:
        """One step: takes the newest hands, if they are new."""
        if now is not self._now:
            self._now = now
            self._take(now)
        for pen in self.pens:
            self._game.rest(pen.hand_id, pen.still_s())

    def predict(self, sim_time_s: float) -> None:
        """Before each picture: tells strokes in progress where their pens are by now."""
        age_s = self.age_s(sim_time_s)
        for pen in self.pens:
            if pen.down:
                self._game.ahead(pen.hand_id, pen.wet(age_s))

    def age_s(self, sim_time_s: float) -> float:
        """Time since the newest frame was taken, at the moment of display."""
        return SHOWN_LATE_S + max(0.0, sim_time_s - (self._now.since_s if self._now else sim_time_s))

    def _take(self, now: HandsNow) -> None:
        frame = now.frame
        if frame is None:
            self._tell(self.pens.lose_all())
            self._grip, self._clock_offset_s = None, None
            return
        offset_s = now.since_s - frame.time_s
        if self._clock_offset_s is None or abs(offset_s - self._clock_offset_s) > 0.5:
            self._clock_offset_s = offset_s
        for pen in self.pens:
            pen.muted = self._covers(pen.x, pen.y)
        aspect = self._game.size_px[0] / self._game.size_px[1]
        seen = sights(frame, now.readings, reach=self.reach, canvas_aspect=aspect, style=self.pens.settings.style)
        self._tell(self.pens.update(seen, frame.time_s))
        self._hold_paper()

    def _tell(self, events: list[PenEvent]) -> None:
        for event in events:
            time_s = event.time_s + (self._clock_offset_s or 0.0)
            key, game = event.hand_id, self._game
            if event.kind == "press":
                self._press(event)
            elif event.kind == "down":
                self._palms[key] = event.palm
                game.begin(key, event.x, event.y, time_s, event.handedness, depth=0.5)
            elif event.kind == "move":
                depth = depth_pressure(event.palm, self._palms[key])
                game.extend(key, event.x, event.y, time_s, depth=depth)
            elif event.kind == "up":
                before = game.strokes
                game.end(key)
                self.strokes += game.strokes - before
                self._tick("pen_up", event.x)
            elif event.kind == "cancel":
                game.cancel(key)
            elif event.kind == "release":
                self._pressed_s.pop(key, None)

    def _press(self, event: PenEvent) -> None:
        pen = self.pens.get(event.hand_id)
        self._pressed_s[event.hand_id] = event.time_s
        if pen is not None and pen.muted:
            self._on_press(event)
            return
        self._tick("pen_down", event.x)
        others = [hand for hand in self._pressed_s if hand != event.hand_id and self._may_hold(hand)]
        if others and event.time_s - self._pressed_s[others[0]] <= TOGETHER_S and self._grip is None:
            pair = (others[0], event.hand_id)
            for hand in pair:
                found = self.pens.get(hand)
                self._tell(found.cancel() if found else [])
            middle, apart = self._span(pair)
            self._grip = _Grip(pair, middle, apart)

    def _may_hold(self, hand_id: int) -> bool:
        pen = self.pens.get(hand_id)
        return pen is not None and pen.touching and not pen.muted

    def _hold_paper(self) -> None:
        grip = self._grip
        if grip is None:
            return
        if not all(self._may_hold(hand) for hand in grip.hands):
            self._grip = None
            return
        middle, apart = self._span(grip.hands)
        self._game.pan(middle[0] - grip.middle[0], middle[1] - grip.middle[1])
        if grip.apart > 0.05 and apart > 0.05:
            self._game.zoom(apart / grip.apart, *middle)
        grip.middle, grip.apart = middle, apart

    def _span(self, hands: tuple[int, int]) -> tuple[Place, float]:
        a, b = (self.pens.get(hand) for hand in hands)
        if a is None or b is None:
            return (0.5, 0.5), 0.0
        return ((a.x + b.x) / 2, (a.y + b.y) / 2), math.hypot(a.x - b.x, a.y - b.y)

    def _tick(self, name: str, x: float) -> None:
        self.ticks.append((name, min(1.0, max(0.0, x * self._game.size_px[1] / self._game.size_px[0]))))
