"""Words that hold: measured numbers become "extended", "touching", "up" and do not flicker at the border.

Each word is a switch. Its signal is the distance of the measure from the word's border, 0 at the border and 1 where
the word is plainly true; it turns on above +hysteresis and off below -hysteresis, and keeps its state in between.
All switches of a hand are one array, so a frame costs one comparison.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.gestures.measures import Facing, HandMeasures
from handplay.gestures.reading import FingerState
from handplay.gestures.settings import GestureSettings

DIRECTIONS = ("up", "down", "left", "right", "toward", "away")
"""Where a finger can point: in the view (left and right are the player's), or toward and away from the camera."""

_EXTENDED, _CURLED = slice(0, 5), slice(5, 10)
_TOUCHING, _TOGETHER, _APART = slice(10, 20), slice(20, 30), slice(30, 40)
_POINTING = slice(40, 70)
_TOWARD, _AWAY, _PINCH, _GRAB, _HANGING, _RELAXED = 70, 71, 72, 73, 74, 75
SWITCHES = 76

_SWITCH_OF = {
    "extended": _EXTENDED.start,
    "curled": _CURLED.start,
    "touching": _TOUCHING.start,
    "together": _TOGETHER.start,
    "apart": _APART.start,
    "pointing": _POINTING.start,
    "palm_toward": _TOWARD,
    "palm_away": _AWAY,
    "pinch": _PINCH,
    "grab": _GRAB,
    "hanging": _HANGING,
    "relaxed": _RELAXED,
}


def switch(word: str, part: int = 0) -> int:
    """Index of a switch.

    Args:
        word: "extended", "curled" (part: finger 0..4), "touching", "together", "apart" (part: place in
            `settings.PAIRS`), "pointing" (part: finger x 6 + direction), "palm_toward", "palm_away", "pinch", "grab",
            "hanging" (the palm points down), "relaxed" (all long fingers a little bent).
    """
    return _SWITCH_OF[word] + part


@dataclass(frozen=True, slots=True, eq=False)
class HandWords:
    """The switches of one hand after one frame.

    Attributes:
        on: bool (76,).
        fit: float32 (76,), how plainly each word is true: 0.5 at its border, 1 well inside, 0 well outside.
        known: bool (5,), False for a finger whose state cannot be told.
        grab: strength, to see how fast the next frame's differs.
        pinch_armed: False from a rolled-in index finger until it stands apart from the thumb again: an opening fist
            passes through the shape of a pinch, and that is none.
    """

    on: NDArray[np.bool_]
    fit: Float32
    known: NDArray[np.bool_]
    grab: float = 0.0
    pinch_armed: bool = True

    @property
    def fingers(self) -> tuple[FingerState, FingerState, FingerState, FingerState, FingerState]:
        """Five states, thumb to little finger."""
        states = [
            "unknown" if not known else "extended" if straight else "curled" if rolled else "half"
            for known, straight, rolled in zip(
                self.known.tolist(), self.on[_EXTENDED].tolist(), self.on[_CURLED].tolist(), strict=True
            )
        ]
        return cast("tuple[FingerState, FingerState, FingerState, FingerState, FingerState]", tuple(states))

    @property
    def thumb_contacts(self) -> tuple[bool, bool, bool, bool]:
        """Whether the thumb touches index, middle, ring and little finger."""
        a, b, c, d = self.on[_TOUCHING][:4].tolist()
        return a, b, c, d

    @property
    def pointing(self) -> tuple[str, str, str, str, str]:
        """Where each finger points, thumb to little finger: the plainest of `DIRECTIONS`, or "" between them."""
        on, fit = self.on[_POINTING].reshape(5, -1), self.fit[_POINTING].reshape(5, -1)
        best = np.where(on, fit, -1.0).argmax(axis=1).tolist()
        a, b, c, d, e = (DIRECTIONS[k] if on[finger, k] else "" for finger, k in enumerate(best))
        return a, b, c, d, e

    @property
    def palm(self) -> Facing:
        return "toward" if self.on[_TOWARD] else "away" if self.on[_AWAY] else "unknown"

    @property
    def pinching(self) -> bool:
        return bool(self.on[_PINCH])

    @property
    def grabbing(self) -> bool:
        return bool(self.on[_GRAB])


class WordReader:
    """Turns measures into words. Holds the borders alone; what a hand's words were is passed in."""

    def __init__(self, settings: GestureSettings | None = None) -> None:
        self.settings = s = settings or GestureSettings()
        spread = np.array(s.spread_borders, np.float32)

        # Signal = (measure - border) * slope, and the bands above and below 0 in the same unit.
        border = np.zeros(SWITCHES, np.float32)
        slope = np.ones(SWITCHES, np.float32)
        above = np.zeros(SWITCHES, np.float32)
        below = np.zeros(SWITCHES, np.float32)
        half_range = (s.curled_curl - s.extended_curl) / 2

        def fill(where: slice | int, at: float | Float32, rises: float | Float32, hysteresis: float | Float32) -> None:
            border[where], slope[where] = at, rises
            above[where] = below[where] = np.abs(np.asarray(rises)) * hysteresis

        fill(_EXTENDED, s.extended_curl, -1 / half_range, s.curl_hysteresis)
        fill(_CURLED, s.curled_curl, 1 / half_range, s.curl_hysteresis)
        # The thumb's band is one of its openness, by which its curl rises unevenly: less at either end than between.
        between = min(2 * half_range / (s.thumb_extended - s.thumb_curled) * s.thumb_hysteresis, 0.8 * half_range)
        below[[_EXTENDED.start, _CURLED.start]] = between / half_range
        above[_EXTENDED.start] = s.extended_curl / s.thumb_reach * s.thumb_hysteresis / half_range
        above[_CURLED.start] = (1 - s.curled_curl) / s.thumb_reach * s.thumb_hysteresis / half_range
        fill(_TOUCHING, s.touch_gap, -1 / (s.touch_gap * 0.5), s.touch_hysteresis)
        together, apart = spread * (1 + s.spread_overlap), spread / (1 + s.spread_overlap)
        # Slopes that cross at the border itself, well inside both words.
        fill(_TOGETHER, together, -0.5 / (together - spread), spread * s.spread_hysteresis)
        fill(_APART, apart, 0.5 / (spread - apart), spread * s.spread_hysteresis)
        fill(_POINTING, s.pointing_deg, -1 / (s.pointing_deg * 0.5), s.pointing_hysteresis_deg)
        fill(_TOWARD, s.facing_border, 1 / s.facing_border, s.facing_hysteresis)
        fill(_AWAY, -s.facing_border, -1 / s.facing_border, s.facing_hysteresis)
        pinch_mid = (s.pinch_on_gap + s.pinch_off_gap) / 2
        fill(_PINCH, pinch_mid, -1 / 0.1, (s.pinch_off_gap - s.pinch_on_gap) / 2)
        grab_mid = (s.grab_on + s.grab_off) / 2
        fill(_GRAB, grab_mid, 1 / 0.2, (s.grab_on - s.grab_off) / 2)
        fill(_HANGING, s.hanging_deg, -1 / max(s.hanging_deg * 0.5, 1.0), s.hanging_hysteresis_deg)
        fill(_RELAXED, 0.0, 1 / (s.relaxed_curls[1] * 0.5), s.relaxed_hysteresis)
        self._border, self._slope, self._above, self._below = border, slope, above, below
        # The same as a fit, 0.5 at the border, which is one product and one sum away from the measure.
        self._half_slope, self._at_zero = 0.5 * slope, 0.5 - 0.5 * border * slope
        self._enter, self._leave = 0.5 + 0.5 * above, 0.5 - 0.5 * below

    def levels(
        self, measures: HandMeasures, words: HandWords | None = None
    ) -> tuple[Float32, Float32, Float32, NDArray[np.bool_]]:
        """For explanations, of each switch: the measure behind it, where it turns on and off, and whether it turns on
        above that (else below); float32 and bool (76,).

        Args:
            words: of the same frame.
        """
        on, off = self._border + self._above / self._slope, self._border - self._below / self._slope
        measured = self._measured(measures, carries=words is not None and words.pinching)
        if words is not None and words.grabbing and measures.grab < off[_GRAB]:
            off[_GRAB] = self.settings.grab_carried  # it goes on because the hand moves
        return measured, on, off, self._slope > 0

    def read(
        self, measures: HandMeasures, before: HandWords | None = None, since_s: float = 0.0, *, moving: bool = False
    ) -> HandWords:
        """The words of this frame.

        Args:
            before: the same hand's words of the frame before; without them each word is decided at the middle of its
                band.
            since_s: how long ago that was.
            moving: whether the hand moves, so that it may be blurred.
        """
        carries = moving and before is not None and before.pinching
        plain = self._measured(measures, carries=carries)
        plain *= self._half_slope
        plain += self._at_zero
        # Comparisons with NaN are False: what cannot be told is not true.
        on = plain > _HALF if before is None else (plain > self._enter) | (before.on & (plain >= self._leave))
        fit = np.minimum(np.maximum(plain, _ZERO, out=plain), _ONE, out=plain)
        curls: list[float] = measures.curl.tolist()
        known = _KNOWN
        if sum(curls) != sum(curls) or measures.facing != measures.facing:
            known = measures.curl == measures.curl
            fit = np.nan_to_num(fit, copy=False, nan=0.0)
        armed = self._armed(measures, before)
        if before is not None and before.on[_GRAB]:
            on[_PINCH] = False  # a closed hand that wavers has not let go
            on[_GRAB] |= moving and measures.grab > self.settings.grab_carried
        elif before is not None and not before.on[_PINCH]:
            # A hand that closes into a fist, or opens from one, passes through the shape of a pinch: wait until the
            # whole hand has stopped.
            closing = abs(measures.grab - before.grab) > self.settings.pinch_max_closing * since_s > 0
            on[_PINCH] &= armed and not closing
        else:
            on[_PINCH] &= armed or carries
        on[_GRAB] &= ~on[_PINCH]  # who holds something between two fingers has not closed the hand
        return HandWords(on, fit, known, measures.grab, armed)

    def _armed(self, measures: HandMeasures, before: HandWords | None) -> bool:
        if not measures.bend_deg[0] <= self.settings.pinch_max_bend_deg:  # also NaN
            return False
        return before is None or before.pinch_armed or measures.pinch_gap > self.settings.pinch_off_gap

    def _measured(self, m: HandMeasures, *, carries: bool) -> Float32:
        """The measure behind each switch, float32 (76,).

        Args:
            carries: the hand moves and has pinched so far. Then thumb and index finger have to part: a hand that moves
                is blurred and seems to close, and what it carries between two fingers must not fall.
        """
        curls: list[float] = m.curl[1:].tolist()
        first, next_one, most = self.settings.relaxed_curls
        relaxed = min(curls[0] - first, curls[1] - next_one, most - max(curls))
        ways = _off_directions(m.direction)
        gap = m.tip_gap if carries else m.pinch_gap
        ways += m.facing, m.facing, gap, m.grab, _off_down(m.palm_axis), relaxed
        return np.concatenate((m.curl, m.curl, m.touch_gap, m.spread, m.spread, np.array(ways, np.float32)))


_ZERO, _HALF, _ONE = np.float32(0), np.float32(0.5), np.float32(1)
_KNOWN = np.ones(5, np.bool_)
_KNOWN.setflags(write=False)
_LEAST_PLANAR = 0.35
"""A finger that points more than 70 degrees out of the picture has no direction in it."""


def _off_down(axis: tuple[float, float, float]) -> float:
    """Angle of the palm from straight down in the picture's plane, degrees."""
    planar = math.hypot(axis[0], axis[1])
    return abs(math.degrees(math.atan2(axis[0], axis[1]))) if planar >= _LEAST_PLANAR else 180.0


def _off_directions(direction: Float32) -> list[float]:
    """Angle of each finger from each of `DIRECTIONS`, degrees (30): in the picture's plane for the first four."""
    degrees, atan2 = math.degrees, math.atan2
    angles: list[float] = []
    for x, y, z in direction.tolist():
        planar = math.hypot(x, y)
        toward = degrees(atan2(planar, -z))
        if planar < _LEAST_PLANAR:
            angles += 180.0, 180.0, 180.0, 180.0, toward, 180.0 - toward
        else:
            up, right = abs(degrees(atan2(x, -y))), abs(degrees(atan2(y, x)))
            angles += up, 180.0 - up, 180.0 - right, right, toward, 180.0 - toward
    return angles
