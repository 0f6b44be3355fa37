"""Every number that turns a measured hand into finger states, grips and directions, with its source.

"Tables" below are labelled landmark tables of photographs; `benchmarks/finger_states.py` prints what the numbers
reach there, on the half of the rows that they were not chosen from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

PAIRS = ((0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4))
"""All pairs of fingers, thumb 0 to little finger 4, in the order of every array over pairs."""


@dataclass(frozen=True, slots=True)
class GestureSettings:
    """Borders between words ("extended", "touching", "up") and how firmly they hold.

    A border is crossed into a word at `border - hysteresis` and out of it at `border + hysteresis` (for words that
    ask for a small value; the other way round for a large one). Angles in degrees, lengths in palm units: the mean
    of wrist to index, middle and little MCP, about 90 mm on a grown hand.

    Attributes:
        bend_weights: how much MCP, PIP and DIP count in a finger's bend. The MCP bends with the whole hand, and the
            model sees the DIP worst: against equal weights a quarter of the demo hand's wrong words go, and the tables
            of pinches gain a percent.
        mcp_beyond: MCP bend, degrees, from where it counts by so much more: a straight finger is seldom laid over so
            far, and of one that is rolled in and seen from the front the model shows little else.
        bend_straight_deg, bend_full_deg: that sum of a straight and of a fully curled finger: 5 to 15 and 160 to 230
            on the tables.
        world_share: of the world points in bends and in the thumb's openness, when the palm is seen. From 0.3 to 0.5
            all do as well on the demo hand.
        world_added, world_flattened: what the model's world points add to a bend, degrees, and how much they flatten
            the rest of each long finger: a straight one measures 14 to 33 degrees in the image and 33 to 50 in the
            world, a curled one 165 to 182 and 185, 186, 168, 164 (index to little finger, people on clips; the demo
            hand's 169, 179, 166, 144).
        extended_curl, curled_curl: borders of "extended" and "curled" on the curl 0..1 that lies between the two:
            bends of 52 and 115 degrees. From 50 to 80 all do equally well for "extended" on the tables and from 115 to
            130 for "curled"; the lowest loses fewest of the demo hand's rolled-in fingers, which the model flattens.
        curl_hysteresis: half the width of the band in which a state is kept; a bend of 7 degrees, about three times
            the jitter of a resting tracked finger.
        thumb_weights: across (cosine of the thumb against the knuckle line), overhang (thumb tip beyond the index
            side of the palm, palm units), MCP bend and IP bend (degrees), constant: a logistic fit of "thumb out" on
            half of the tables' rows; 0 is undecided.
        thumb_extended, thumb_curled: borders of that sum for "extended" and "curled"; half lies between.
        thumb_reach: beyond them, how far it is to a thumb that is plainly out or folded.
        thumb_hysteresis: of that sum, on either side of a border.
        contact_depth, contact_world: of distances between tips: how much of the image's depth counts, the rest being
            noise, and the share of the world points. The demo hand's rings (`ok`) close in 71 % instead of 45 %, with
            no more half open hands read as closed.
        touch_gap: largest distance of thumb tip and finger end that counts as a touch, with its hysteresis: 95 % of
            the `ok` hands of the tables, and room for hands that are turned.
        pinch_closed_gap, pinch_open_gap: distance of thumb and index tip where the pinch strength is 1 and 0.
        pinch_on_gap, pinch_off_gap: 25 and 30 mm (ultraleap/UnityPlugin) are 0.27 and 0.32 of the 94 mm that the
            model's palms measure; 0.02 more, since its tips lie that far apart in 95 % of true pinches.
        pinch_slip: a thumb tip nearer to the index finger's DIP than to its tip lies over a fist; the difference
            counts this many times: it takes false pinches from 10 to 1 % of fists and loses 3 % of pinches.
        pinch_max_bend_deg: an index finger bent further is rolled into a fist, whose thumb lies just as near: on the
            tables 98 of 100 pinches stay below, and as many fists above 149.
        pinch_max_grab: grab strength from which a hand is a fist whose thumb happens to lie near: of fists (the demo
            hand's through the tracker) nine in ten are above 0.84, of pinches with the other fingers bent below 0.72.
        pinch_max_closing: grab strength a second; while the whole hand closes or opens faster than this a pinch does
            not begin. A fist closes in 0.2 to 0.5 s (2 to 5), a resting hand's strength jitters by 0.3.
        grab_full_curl: mean curl of a plain fist. grab_on, grab_off: 0.8 and 0.6 (ultraleap/UnityPlugin).
        grab_carried: a hand that moves, and is blurred, has let go below this only.
        spread_borders: distance of two fingertips over the distance of their MCPs at the border of "together" and
            "apart", one for each of `PAIRS`; for pairs with the thumb the distance of the thumb tip from the other
            finger's first bone in palm units. Index and little finger: "stop" ends at 1.23, "palm" begins at 1.32.
            Index and middle finger: `two_up` ends at 1.3, `victory` begins at 1.7.
        spread_overlap: between border / (1 + overlap) and border x (1 + overlap) both "together" and "apart" can be
            true; gestures that differ in nothing else are then told apart by which fits better.
        spread_hysteresis: relative to the border.
        pointing_deg: half the cone of a pointing direction, 45 and 5 more to leave (ultraleap/UnityPlugin).
        hanging_deg: a hand whose palm points down within this angle hangs, as five of six hands without a gesture do on
            the tables and none that shows one (the palm over a lowered thumb is 44 degrees away).
        hanging_score: how well such a hand must fit a pose (1 in every word) to show it: half of those that only fell
            into one fit worse.
        relaxed_curls: a hand is relaxed while its index finger is bent more than the first of these, its middle finger
            more than the second, and none as much as the third. At ease the index finger is the straightest: five in
            six of the demo hand's at ease, two in a hundred of its flat ones and of the tables'.
        relaxed_hysteresis: of the first two.
        facing_border: how far the palm's normal must turn to the camera (cosine) for "toward" or "away".
        unknown_length: a finger shorter than this in palm units shows too little to tell its state.
    """

    bend_weights: tuple[float, float, float] = (0.6, 1.1, 0.5)
    mcp_beyond: tuple[float, float] = (45.0, 0.5)
    bend_straight_deg: float = 10.0
    bend_full_deg: float = 180.0
    world_share: float = 0.4
    world_added: float = 30.0
    world_flattened: tuple[float, float, float, float] = (1.17, 1.15, 1.31, 1.45)
    extended_curl: float = 0.25
    curled_curl: float = 0.62
    curl_hysteresis: float = 0.04
    thumb_weights: tuple[float, float, float, float, float] = (4.8, 5.6, -0.077, -0.058, -0.4)
    thumb_extended: float = 0.0
    thumb_curled: float = -2.0
    thumb_reach: float = 6.0
    thumb_hysteresis: float = 0.5
    contact_depth: float = 0.5
    contact_world: float = 0.3
    touch_gap: float = 0.42
    touch_hysteresis: float = 0.03
    pinch_closed_gap: float = 0.15
    pinch_open_gap: float = 0.75
    pinch_on_gap: float = 0.29
    pinch_off_gap: float = 0.35
    pinch_slip: float = 2.0
    pinch_max_bend_deg: float = 140.0
    pinch_max_grab: float = 0.76
    pinch_max_closing: float = 1.5
    grab_full_curl: float = 0.9
    grab_on: float = 0.8
    grab_off: float = 0.6
    grab_carried: float = 0.4
    spread_borders: tuple[float, ...] = (0.42, 0.55, 0.6, 0.7, 1.58, 1.38, 1.31, 1.38, 1.5, 1.8)
    spread_overlap: float = 0.2
    spread_hysteresis: float = 0.04
    pointing_deg: float = 47.5
    pointing_hysteresis_deg: float = 2.5
    hanging_deg: float = 40.0
    hanging_hysteresis_deg: float = 3.0
    hanging_score: float = 0.8
    relaxed_curls: tuple[float, float, float] = (0.085, 0.085, 0.6)
    relaxed_hysteresis: float = 0.015
    facing_border: float = 0.2
    facing_hysteresis: float = 0.08
    unknown_length: float = 0.2

    def __post_init__(self) -> None:
        for lower, upper in (
            ("bend_straight_deg", "bend_full_deg"),
            ("extended_curl", "curled_curl"),
            ("thumb_curled", "thumb_extended"),
            ("pinch_closed_gap", "pinch_open_gap"),
            ("pinch_on_gap", "pinch_off_gap"),
            ("grab_off", "grab_on"),
        ):
            low, high = getattr(self, lower), getattr(self, upper)
            if not low < high:
                raise ValueError(f"GestureSettings: {lower} must be less than {upper}, got {low} and {high}")
        for name in (
            "curl_hysteresis",
            "thumb_hysteresis",
            "touch_hysteresis",
            "spread_hysteresis",
            "pointing_hysteresis_deg",
            "hanging_hysteresis_deg",
            "relaxed_hysteresis",
            "facing_hysteresis",
        ):
            value = getattr(self, name)
            if not 0 <= value < math.inf:
                raise ValueError(f"GestureSettings.{name}: got {value}, wanted a number of at least 0")
        if not self.thumb_reach > 0:
            raise ValueError(f"GestureSettings.thumb_reach: got {self.thumb_reach}, wanted a number above 0")
        if not 0 <= self.world_share <= 1:
            raise ValueError(f"GestureSettings.world_share: got {self.world_share}, wanted a share of 0 to 1")
        for name in ("bend_weights", "mcp_beyond"):
            if not min(getattr(self, name)) >= 0:
                raise ValueError(f"GestureSettings.{name}: got {getattr(self, name)}, wanted numbers of at least 0")
        if 2 * self.curl_hysteresis >= self.curled_curl - self.extended_curl:
            raise ValueError(
                "GestureSettings.curl_hysteresis: the bands of extended and curled overlap; make it smaller"
            )
        if len(self.spread_borders) != len(PAIRS):
            raise ValueError(
                f"GestureSettings.spread_borders: got {len(self.spread_borders)} values, wanted {len(PAIRS)}"
            )
