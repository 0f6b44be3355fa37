"""The guide as a table and a pure course through it: what each step asks for, and when it has been done. No pygame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from handplay.engine.hands import HandFrame
from handplay.engine.preferences import Reach
from handplay.engine.stage.layout import Area

StepName = Literal["see", "reach", "hover", "pinch", "open", "done"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        name: which.
        title: what to do, large.
        line: a sentence below.
        poses: what the hint hand shows, from one pose to another.
    """

    name: StepName
    title: str
    line: str
    poses: tuple[str, str]


STEPS: tuple[Step, ...] = (
    Step("see", "Hold up one hand", "An arm's length from the camera, fingers apart.", ("relaxed", "open_palm")),
    Step("reach", "Move it in easy circles", "Rest your elbow: small, low, lazy circles are best.", ("point", "point")),
    Step("hover", "Touch the lights", "Point at each one with your index finger.", ("point", "point")),
    Step("pinch", "Pinch the lights", "Point at one, then close thumb and index finger.", ("point", "pinch")),
    Step("open", "Open your hand", "An open palm starts, serves and says yes.", ("fist", "open_palm")),
    Step("done", "You are ready", "Small, restful movements do. Thumbs up to begin.", ("fist", "thumbs_up")),
)

SKIP = Area(1016, 584, 200, 96)
"""Where Skip is, design units."""

LIGHT = 62.0
"""Radius of a light, design units."""

SEEN_S = 1.2
"""All checks must be good for this long."""

CIRCLES_S = 4.0
"""Seconds of movement that the reach is measured over."""

_MOVING = 0.15
"""View units a second from which a hand counts as moving."""

_NEAR, _FAR = 0.45, 0.07
"""Palm length in picture heights: nearer the fingers leave the picture, farther they are a few pixels."""

_EDGE = 0.02
_LEAST = (0.28, 0.28)
"""Smallest reach box: below it the hand's own tremor would show."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What the camera sees. None: not known as long as no hand is there.

    Attributes:
        light: bright enough and not too bright.
        distance: neither too near nor too far.
        framing: the whole hand is in the picture.
        advice: one sentence about the first that is not good, else empty.
    """

    light: bool | None = None
    distance: bool | None = None
    framing: bool | None = None
    advice: str = ""

    @property
    def good(self) -> bool:
        """All three."""
        return bool(self.light and self.distance and self.framing)


def check(frame: HandFrame | None) -> Checks:
    """The checks of one frame."""
    if frame is None:
        return Checks()
    light = None if frame.condition == "frozen" else frame.condition not in ("dark", "bright")
    if light is False:
        dark = frame.condition == "dark"
        return Checks(light, advice="Turn on a light" if dark else "Turn the camera away from the light")
    if not len(frame):
        return Checks(light)
    hand = max(frame, key=lambda one: one.palm_px)
    palm = hand.palm_px / frame.height
    distance = _FAR <= palm <= _NEAR
    x, y = hand.landmarks_px[:, 0] / frame.width, hand.landmarks_px[:, 1] / frame.height
    framing = bool(min(x.min(), y.min()) > _EDGE and max(x.max(), y.max()) < 1 - _EDGE)
    advice = ""
    if not distance:
        advice = "Move back a little" if palm > _NEAR else "Come a little closer"
    elif not framing:
        advice = "Bring the whole hand into the picture"
    return Checks(light, distance, framing, advice)


@dataclass(slots=True)
class ReachMeter:
    """Measures the box that a hand moves in with ease.

    Attributes:
        moved_s: seconds of movement so far.
    """

    moved_s: float = 0.0
    _places: list[tuple[float, float]] = field(default_factory=list)
    _last: tuple[float, float, float] | None = None

    def add(self, x: float, y: float, time_s: float) -> None:
        """Takes a place of the pointer in the view."""
        if self._last is not None:
            before_s, bx, by = self._last
            dt_s = time_s - before_s
            if not 0 < dt_s < 0.5:
                self._last = (time_s, x, y)
                return
            if math.hypot(x - bx, y - by) / dt_s >= _MOVING:
                self.moved_s += dt_s
                self._places.append((x, y))
        self._last = (time_s, x, y)

    @property
    def share(self) -> float:
        """0..1: how much has been measured."""
        return min(1.0, self.moved_s / CIRCLES_S)

    def box(self) -> Reach:
        """The box: nearly all places, never smaller than a quarter of the view, within it. The whole view at first."""
        if len(self._places) < 8:
            return Reach()
        places = np.array(self._places, np.float32)
        low, high = np.quantile(places, 0.05, axis=0), np.quantile(places, 0.95, axis=0)
        edges = [_side(float(low[i]), float(high[i]), _LEAST[i]) for i in (0, 1)]
        return Reach(edges[0][0], edges[1][0], edges[0][1], edges[1][1])


def _side(low: float, high: float, least: float) -> tuple[float, float]:
    """An edge pair of at least `least`, moved into 0..1."""
    middle, size = (low + high) / 2, min(1.0, max(least, high - low))
    low = min(max(0.0, middle - size / 2), 1.0 - size)
    return round(low, 3), round(low + size, 3)


def lights(step: StepName) -> Sequence[tuple[float, float]]:
    """Where the lights of a step are, design units: all over the window, so that the reach is felt."""
    return {"hover": ((240, 300), (1040, 300), (640, 560)), "pinch": ((360, 420), (920, 420))}.get(step, ())
