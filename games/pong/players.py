"""Who plays which paddle: hands, keys and mouse become targets on the court.

A hand keeps its seat by its id, wherever it goes. With one player the first hand shown stays the player; with two, the
half of the view in which a hand appears decides. Whatever moved last has control. Knows neither pygame nor the tracker:
places in the view (0..1) and seconds go in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from handplay.engine.preferences import Reach
from handplay.games.pong.court import LEFT, RIGHT, SIDES, CourtSettings

Control = Literal["nobody", "hand", "keys", "mouse"]


_PALM_BELOW = 0.1
"""The palm's centre lies this far below the index tip of a hand at an arm's length, view heights."""

_LEAST_REACH = 0.3
"""A smaller way of the hand would make its tremble visible in the paddle."""


@dataclass(frozen=True, slots=True)
class SeatSettings:
    """How a hand's place becomes a paddle's.

    Attributes:
        reach_centre: middle of the reach zone in the view, a little below the middle: a low hand tires less.
        reach_height: share of the view's height that covers the whole court. Small and restful, yet one paddle
            length stays wider than the tremble of a hand.
        grace_s: a hand may be gone this long before anyone notices.
        forgiven_s: at most so much of it has passed when its removal is told.
        settle_s: a game starts once every hand has been there for this long.
        welcome_s: a hand that takes a seat draws the paddle over to it in this time instead of snatching it.
        lead_s, lead_cap_s: how far ahead of the newest place a moving hand is taken to be, and at most, with the time
            since that place; makes up for the paddle's own 33 ms.
        still_speed: below this speed (views a second) nothing is led: a resting hand stays at rest.
        wake: a hand that moved by this much takes control back from keys or mouse.
        near: a new hand this close to where a seat lost its hand gets that seat back, on either side of the middle.
        key_speed, key_ramp_s: units a second of a held key, and the time it takes to get there.
    """

    reach_centre: float = 0.52
    reach_height: float = 0.56
    grace_s: float = 0.5
    forgiven_s: float = 0.25
    settle_s: float = 0.35
    welcome_s: float = 0.25
    lead_s: float = 0.015
    lead_cap_s: float = 0.045
    still_speed: float = 0.15
    wake: float = 0.04
    near: float = 0.2
    key_speed: float = 12.0
    key_ramp_s: float = 0.12

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if not math.isfinite(value) or value <= 0:
                raise ValueError(f"SeatSettings.{name}: got {value}, wanted a positive number")
        if self.reach_height > 1 or not self.reach_height <= 2 * min(self.reach_centre, 1 - self.reach_centre):
            raise ValueError("SeatSettings: the reach zone must lie inside the view")

    @staticmethod
    def within(reach: Reach) -> SeatSettings:
        """The settings for a reach box that was measured at the index tip; the whole view means none was."""
        if reach == Reach():
            return SeatSettings()
        height = min(0.9, max(_LEAST_REACH, reach.bottom - reach.top))
        centre = (reach.top + reach.bottom) / 2 + _PALM_BELOW
        edge = height / 2 + 1e-6
        return SeatSettings(reach_centre=min(1 - edge, max(edge, centre)), reach_height=height)


@dataclass(slots=True)
class Seat:
    """One player's place.

    Attributes:
        control: what moves the paddle.
        hand_id: the hand that owns the seat, also while it is briefly gone; None if no hand ever did.
        x, y, vy: where that hand was last, view units, and its speed.
        seen_s: when that was.
        gone_s: since when it is gone, None while it is there.
        since_s: when it took the seat.
        target: where the paddle should be, court units.
        from_target: where it should have been when the hand took over.
        anchor_y: the hand's place when keys or mouse took over.
        key: -1 up, 1 down, 0 no key held.
        key_s: how long.
    """

    control: Control = "nobody"
    hand_id: int | None = None
    x: float = 0.5
    y: float = 0.5
    vy: float = 0.0
    seen_s: float = 0.0
    gone_s: float | None = None
    since_s: float = 0.0
    target: float = 0.0
    from_target: float = 0.0
    anchor_y: float = 0.5
    key: int = 0
    key_s: float = 0.0

    @property
    def hand_here(self) -> bool:
        """True while its hand is in view."""
        return self.hand_id is not None and self.gone_s is None


class Seats:
    """The places of one or two people and what they want.

    Args:
        players: 1 (the left paddle) or 2.
        court: sizes.
        settings: reach and timing.
    """

    def __init__(self, players: int, court: CourtSettings, settings: SeatSettings | None = None) -> None:
        if players not in (1, 2):
            raise ValueError(f"Seats: got {players} players, wanted 1 or 2")
        self.sides = SIDES[:players]
        self.settings = settings or SeatSettings()
        self._court = court
        self._seats = (Seat(), Seat())

    def __getitem__(self, side: int) -> Seat:
        return self._seats[side]

    def owner(self, hand_id: int) -> int | None:
        """The side whose paddle a hand plays, None for a bystander's."""
        return next((side for side in self.sides if self._seats[side].hand_id == hand_id), None)

    def hand_seen(self, hand_id: int, x: float, y: float, vy: float, now_s: float) -> None:
        """A hand is at (x, y) of the view, moving down at vy views a second."""
        side = self.owner(hand_id)
        if side is None:
            side = self._seat_for(x, y, now_s)
            if side is None:
                return
            self._sit(self._seats[side], hand_id, y, now_s)
        seat = self._seats[side]
        seat.x, seat.y, seat.vy, seat.seen_s = x, y, vy, now_s
        if seat.gone_s is not None:
            # The same hand again: it draws the paddle over from where that waited.
            seat.gone_s, seat.since_s, seat.from_target = None, now_s, seat.target
        if seat.control != "hand" and abs(y - seat.anchor_y) > self.settings.wake:
            self._take(seat, now_s)

    def hand_gone(self, hand_id: int, now_s: float) -> None:
        """A hand left the view or was lost."""
        side = self.owner(hand_id)
        if side is not None and self._seats[side].gone_s is None:
            seat = self._seats[side]
            # The recognizer forgives a few frames before it gives a hand up; the grace begins when it was last seen.
            seat.gone_s = max(seat.seen_s, now_s - self.settings.forgiven_s)

    def key(self, side: int, way: int) -> None:
        """A key is held: -1 up, 1 down, 0 let go."""
        seat = self._seats[side]
        if way != seat.key:
            seat.key, seat.key_s = way, 0.0
        if way:
            self._hand_over(seat, "keys")

    def mouse(self, side: int, y: float) -> None:
        """The mouse points at a height on the court."""
        seat = self._seats[side]
        self._hand_over(seat, "mouse")
        seat.target = self._clamp(y)

    def sit_down(self, now_s: float) -> None:
        """Everyone without a hand plays on keys from now on: somebody pressed start."""
        for side in self.sides:
            seat = self._seats[side]
            if seat.control == "nobody" or self.lost(side, now_s):
                self._hand_over(seat, "keys")

    def update(self, dt_s: float, now_s: float) -> None:
        """Moves the targets on by one step."""
        for side in self.sides:
            seat = self._seats[side]
            if seat.control == "keys" and seat.key:
                seat.key_s += dt_s
                speed = self.settings.key_speed * min(1.0, 0.4 + 0.6 * seat.key_s / self.settings.key_ramp_s)
                seat.target = self._clamp(seat.target + seat.key * speed * dt_s)
            elif seat.control == "hand" and seat.hand_here:
                seat.target = self._hand_target(seat, now_s)

    def ready(self, side: int, now_s: float) -> bool:
        """True if somebody plays this side: a hand in view (or just gone), keys or mouse."""
        return self._seats[side].control != "nobody" and not self.lost(side, now_s)

    def settled(self, side: int, now_s: float) -> bool:
        """True if somebody plays this side for good: a hand that only flits through the view does not start a game."""
        seat = self._seats[side]
        if seat.control == "hand":
            return seat.hand_here and now_s - seat.since_s >= self.settings.settle_s
        return seat.control != "nobody"

    def lost(self, side: int, now_s: float) -> bool:
        """True if a hand plays this side and is gone for longer than the grace."""
        seat = self._seats[side]
        if seat.control != "hand" or seat.gone_s is None:
            return False
        return now_s - seat.gone_s > self.settings.grace_s

    def paddle_y(self, y: float) -> float:
        """A height in the view as a paddle's place: the reach zone covers the court, beyond it the paddle rests."""
        share = (y - self.settings.reach_centre) / self.settings.reach_height
        return self._clamp(2 * share * self._court.paddle_limit)

    def view_y(self, paddle_y: float) -> float:
        """The height in the view that puts a paddle there."""
        return self.settings.reach_centre + paddle_y / (2 * self._court.paddle_limit) * self.settings.reach_height

    def _hand_target(self, seat: Seat, now_s: float) -> float:
        settings = self.settings
        speed = abs(seat.vy)
        moving = (
            0.0 if speed <= settings.still_speed else min(1.0, (speed - settings.still_speed) / settings.still_speed)
        )
        ahead_s = min(settings.lead_s + now_s - seat.seen_s, settings.lead_cap_s)
        wanted = self.paddle_y(seat.y + moving * seat.vy * ahead_s)
        welcome = min(1.0, (now_s - seat.since_s) / settings.welcome_s)
        if welcome < 1.0:
            welcome = welcome * welcome * (3 - 2 * welcome)
            return seat.from_target + (wanted - seat.from_target) * welcome
        return wanted

    def _seat_for(self, x: float, y: float, now_s: float) -> int | None:
        """The free seat that a new hand gets."""
        for side in self.sides:
            seat = self._seats[side]
            # Mostly the same hand under a new id: it need not wait, and the middle of the view does not matter.
            if seat.gone_s is not None and math.hypot(x - seat.x, y - seat.y) < self.settings.near:
                return side
        half = RIGHT if x >= 0.5 and len(self.sides) == 2 else LEFT
        seat = self._seats[half]
        if seat.hand_id is None:
            return half
        waited = seat.gone_s is not None and now_s - seat.gone_s > self.settings.grace_s
        return half if waited else None

    def _sit(self, seat: Seat, hand_id: int, y: float, now_s: float) -> None:
        seat.hand_id, seat.gone_s = hand_id, None
        seat.y = seat.anchor_y = y
        self._take(seat, now_s)

    def _take(self, seat: Seat, now_s: float) -> None:
        seat.control, seat.since_s, seat.from_target, seat.key = "hand", now_s, seat.target, 0

    def _hand_over(self, seat: Seat, control: Control) -> None:
        seat.control = control
        seat.anchor_y = seat.y

    def _clamp(self, y: float) -> float:
        limit = self._court.paddle_limit
        return min(max(y, -limit), limit)
