"""What the demonstration hand should do: the game asks, the rendered hand answers, the real tracker sees it.

It plays as a person would: an `Opponent` with a decent player's skill decides where each hand goes, late and with
errors. It opens the palm to serve and raises the thumb for a rematch.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from handplay.engine.hands import Handedness
from handplay.engine.sources.base import Wish
from handplay.games.pong.court import LEFT
from handplay.games.pong.game import PongGame
from handplay.games.pong.opponent import DECENT, Opponent

ARRIVES_S = 0.9
"""The looking screen is seen this long before the hand comes."""

OPENS_S = 0.55
"""A serve begins with the hand at rest; then it opens."""

THUMB_S = 2.2
"""The result is looked at this long before the thumb goes up."""

_SKILL = replace(DECENT, reaction_s=0.04, look_s=0.12, brush=0.0)
"""The steered hand has a reaction and a speed of its own; what is left for the player is to see and to guess."""


_SEEN_LATE_S = 0.35
"""A wish shows in the tracked hand about this much later."""

_ADJUSTS_S = 0.6
"""Like a player who sees that the paddle is too high: an offset between hand and wish is gone after this time."""


@dataclass(slots=True)
class _Aim:
    """Where one hand should be, and how far it has been off."""

    expected: float = 0.5
    offset: float = 0.0


class Demonstration:
    """Moves one demonstration hand for each person in a game.

    Args:
        game: what is played; only looked at.
        rng: the hands' own chance.
    """

    def __init__(self, game: PongGame, rng: random.Random) -> None:
        self._game = game
        self._people = {
            side: Opponent(side, _SKILL, random.Random(rng.getrandbits(64)), game.court) for side in game.seats.sides
        }
        self._aims = {side: _Aim() for side in game.seats.sides}
        self._wishes: tuple[Wish, ...] = ()

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """One wish for each person."""
        return self._wishes

    def update(self, dt_s: float) -> None:
        """One step."""
        wishes = []
        for side, person in self._people.items():
            person.decide(self._game.match, dt_s)
            # The goal, not the way to it: the hand moves like one by itself. To two digits, since it plans anew for
            # every wish that differs.
            y = round(self._adjusted(side, self._game.seats.view_y(person.goal), dt_s), 2)
            wishes.append(Wish(x=self._x(side), y=y, pose=self._pose(side), handedness=self._hand(side)))
        self._wishes = tuple(wishes)

    def _adjusted(self, side: int, y: float, dt_s: float) -> float:
        """The wished height, corrected by what the player sees of the own paddle."""
        aim, seat = self._aims[side], self._game.seats[side]
        aim.expected += (y - aim.expected) * min(1.0, dt_s / _SEEN_LATE_S)
        if seat.control == "hand" and seat.hand_here:
            aim.offset += (aim.expected - seat.y) * dt_s / _ADJUSTS_S
            aim.offset = min(max(aim.offset, -0.2), 0.2)
        return min(max(y + aim.offset, 0.05), 0.95)

    def _x(self, side: int) -> float:
        if len(self._people) == 1:
            return 0.6
        return 0.25 if side == LEFT else 0.75

    def _hand(self, side: int) -> Handedness:
        # One person plays with the right hand, two with the hand of their half.
        return "Left" if side == LEFT and len(self._people) == 2 else "Right"

    def _pose(self, side: int) -> str:
        game = self._game
        state, age_s = game.state, game.age_s
        if state == "title" or (state == "looking" and age_s < ARRIVES_S):
            return "away"
        if state == "serve" and game.match.server == side and age_s > OPENS_S:
            return "open_palm"
        if state == "paused" and age_s > THUMB_S:
            return "open_palm"
        if state == "result" and age_s > THUMB_S:
            return "thumbs_up"
        return "relaxed"
