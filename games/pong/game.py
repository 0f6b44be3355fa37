"""One sitting at Pong: rules, opponent, seats and flow put together. No pygame; time comes in steps.

What hands, keys and mouse do goes in by the methods of `seats` and by `act` and `pose`; `update` advances and tells
what happened. The same calls at the same steps with the same seed give the same game.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import Literal

from handplay.games.pong.court import LEFT, RIGHT, CourtSettings, Match
from handplay.games.pong.flight import PaddleHit
from handplay.games.pong.flow import PLAYING, Flow, FlowSettings, Signal, State, knows
from handplay.games.pong.flow import step as flow_step
from handplay.games.pong.opponent import SKILLS, Difficulty, Opponent
from handplay.games.pong.players import Seats, SeatSettings
from handplay.games.pong.rules import GameEvent, Inputs, Point, Served, move_paddles
from handplay.games.pong.rules import step as rules_step

Action = Literal["serve", "rematch", "pause"]
"""What a gesture or a key can mean."""

HIT_STOP_S = 0.04
"""A strong hit holds the ball for a moment: one feels it."""

SERVE_BUFFER_S = 0.45
"""Who asks for the serve a moment too early gets it when it is due."""

STRONG_SPEED = 17.0
"""A hit that leaves the ball at least this fast is a strong one."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One screen gave way to another."""

    before: State
    after: State


@dataclass(frozen=True, slots=True)
class Beat:
    """The countdown shows a new number, 3 to 1."""

    number: int


Happening = GameEvent | Changed | Beat


class PongGame:
    """A match with everything around it.

    Args:
        players: 1 against the opponent on the right, or 2.
        difficulty: of the opponent.
        rng: the only source of chance.
        court: sizes and rules.
        settings: how long things take.
        seats: how a hand's place becomes a paddle's.
    """

    def __init__(
        self,
        *,
        players: int = 1,
        difficulty: Difficulty = "normal",
        rng: random.Random,
        court: CourtSettings | None = None,
        settings: FlowSettings | None = None,
        seats: SeatSettings | None = None,
    ) -> None:
        if difficulty not in SKILLS:
            raise ValueError(f"PongGame: got difficulty {difficulty!r}, wanted one of {sorted(SKILLS)}")
        self.court = court or CourtSettings()
        self.settings = settings or FlowSettings()
        self.seats = Seats(players, self.court, seats)
        self.difficulty: Difficulty = difficulty
        self.match = Match()
        self.before = self.match
        """The match one step earlier, to draw between the two."""
        self.flow = Flow()
        self.now_s = 0.0
        self.can_start = True
        """False holds the title: nothing that could play is there yet."""
        self._rng = random.Random(rng.getrandbits(64))
        self._opponent = None
        if players == 1:
            own = random.Random(rng.getrandbits(64))
            self._opponent = Opponent(RIGHT, SKILLS[difficulty], own, self.court)
        self._open_since: dict[int, float] = {}
        self._asked: set[Action] = set()
        self._asked_start = False
        self._stop_s = 0.0
        self._serve_at_s = 0.0
        self._serve_asked_s = -math.inf
        self._beat = 0
        self._earlier = (0, 0, 0)

    # -- what people do ------------------------------------------------------------------------------------------

    def act(self, action: Action, side: int | None = None) -> None:
        """Someone asks for an action; `side` by hand, None by key or mouse. Takes effect with the next step."""
        if action == "serve" and side is not None and side != self.match.server:
            return
        self._asked.add(action)
        # The palm or key that started the game, or ended a pause, is not yet a serve.
        if action == "serve" and self.state in ("serve", "point"):
            self._serve_asked_s = self.now_s

    def start(self) -> None:
        """Someone pressed start: everyone without a hand plays on keys."""
        self._asked_start = True

    def pose(self, side: int, action: Action, on: bool) -> None:
        """The pose of an action is held by a side's hand, or no longer."""
        if action == "serve":
            if on:
                self._open_since.setdefault(side, self.now_s)
            else:
                self._open_since.pop(side, None)

    # -- what is to be known -------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The screen."""
        return self.flow.state

    @property
    def age_s(self) -> float:
        """Seconds on this screen."""
        return self.flow.age_s(self.now_s)

    @property
    def human_serves(self) -> bool:
        """True if the side that serves is played by a person."""
        return self.match.server in self.seats.sides

    @property
    def missing(self) -> tuple[int, ...]:
        """The sides that nobody plays at the moment."""
        return tuple(side for side in self.seats.sides if not self.seats.ready(side, self.now_s))

    @property
    def serve_share(self) -> float:
        """0..1: how far an open palm that is simply held is from serving."""
        since = self._open_since.get(self.match.server)
        if self.state != "serve" or since is None or not self.seats[self.match.server].hand_here:
            return 0.0
        held = self.now_s - max(since, self.flow.since_s)
        return min(1.0, max(0.0, held / self.settings.serve_hold_s))

    @property
    def countdown(self) -> int:
        """The number that the countdown shows, 3 to 1; 0 elsewhere."""
        if self.state != "countdown":
            return 0
        return max(1, 3 - int(3 * self.age_s / self.settings.countdown_s))

    def summary(self) -> dict[str, object]:
        """Score of this game; rallies and hits of all games of this sitting."""
        rallies, hits, longest = self._earlier
        match = self.match
        return {
            "score": list(match.score),
            "rallies": rallies + match.rallies,
            "longest_rally": max(longest, match.longest_rally, match.rally),
            "hits": hits + match.hits,
            "state": self.state,
        }

    # -- time ----------------------------------------------------------------------------------------------------

    def update(self, dt_s: float) -> list[Happening]:
        """One step; what happened in it, in order."""
        self.now_s += dt_s
        self.before = self.match
        if self._asked_start:
            self.seats.sit_down(self.now_s)
        self.seats.update(dt_s, self.now_s)
        happened = self._change_screens()
        if self.state in PLAYING:
            happened += self._play(dt_s)
        elif self.state != "paused":
            self.match = move_paddles(self.match, self._targets(dt_s), dt_s, self.court)
        self._asked.clear()
        self._asked_start = False
        return happened

    def _play(self, dt_s: float) -> list[Happening]:
        if self._stop_s > 0:
            self._stop_s -= dt_s
            self.match = move_paddles(self.match, self._targets(dt_s), dt_s, self.court)
            return []
        serve = self.state == "serve" and self._serves()
        inputs = Inputs(self._targets(dt_s), serve=serve)
        self.match, events = rules_step(self.match, inputs, dt_s, self._rng, self.court)
        happened: list[Happening] = []
        for event in events:
            happened.append(event)
            if isinstance(event, Served):
                self._serve_asked_s = -math.inf
                happened += self._signal("served")
            elif isinstance(event, Point):
                happened += self._signal("scored")
            elif isinstance(event, PaddleHit) and event.speed >= STRONG_SPEED:
                self._stop_s = HIT_STOP_S
        return happened

    def _targets(self, dt_s: float) -> tuple[float | None, float | None]:
        left = self._seat_target(LEFT)
        if self._opponent is None:
            return left, self._seat_target(RIGHT)
        return left, self._opponent.decide(self.match, dt_s)

    def _seat_target(self, side: int) -> float | None:
        seat = self.seats[side]
        if seat.control == "hand" and not seat.hand_here:
            return None
        return seat.target

    def _serves(self) -> bool:
        age_s = self.age_s
        if not self.human_serves:
            return age_s >= self._serve_at_s
        if age_s < self.settings.serve_rest_s:
            return False
        return self.now_s - self._serve_asked_s <= SERVE_BUFFER_S or self.serve_share >= 1.0

    def _change_screens(self) -> list[Happening]:
        """The signals that are due, each asked of the table. At most one screen a step."""
        playing = self.state in ("serve", "rally", "countdown")
        due: dict[Signal, bool] = {
            "pause": "pause" in self._asked or (self.state == "paused" and self._resumes()),
            "shown": self._shown(),
            "ready": all(self.seats.settled(side, self.now_s) for side in self.seats.sides),
            "gone": playing and bool(self.missing),
            "back": not self.missing,
            "go": self.age_s >= self.settings.countdown_s,
            "won": self.match.winner is not None and self.age_s >= self.settings.final_point_s,
            "over": self.match.winner is None and self.age_s >= self.settings.point_s,
            "again": self.age_s >= self.settings.result_rest_s and self._wants_again(),
        }
        for signal, is_due in due.items():
            if is_due and knows(self.flow, signal):
                return self._signal(signal)
        if self.state == "countdown" and self.countdown != self._beat:
            self._beat = self.countdown
            return [Beat(self._beat)]
        return []

    def _shown(self) -> bool:
        if self._asked_start or any(self.seats.ready(side, self.now_s) for side in self.seats.sides):
            return self.age_s >= 0.4 or self._asked_start
        return self.can_start and self.age_s >= self.settings.title_s

    def _resumes(self) -> bool:
        return self._asked_start or "serve" in self._asked

    def _wants_again(self) -> bool:
        return self._asked_start or "rematch" in self._asked

    def _signal(self, signal: Signal) -> list[Happening]:
        before = self.flow.state
        self.flow = flow_step(self.flow, signal, self.now_s)
        after = self.flow.state
        self._beat = 0
        if signal == "again":
            rallies, hits, longest = self._earlier
            match = self.match
            self._earlier = (rallies + match.rallies, hits + match.hits, max(longest, match.longest_rally))
            # The one who lost begins.
            loser = LEFT if match.winner == RIGHT else RIGHT
            self.match = Match(paddles=match.paddles, server=loser)
            self.before = self.match
        if after == "serve" and self._opponent is not None:
            self._serve_at_s = self._opponent.serve_delay_s()
        return [Changed(before, after)]


def between(game: PongGame, alpha: float) -> Match:
    """The match at a moment between the last two steps, for drawing: `alpha` 0 the earlier, 1 the later."""
    before, after = game.before, game.match
    paddles = tuple(
        replace(new, y=old.y + (new.y - old.y) * alpha) for old, new in zip(before.paddles, after.paddles, strict=True)
    )
    ball = after.ball
    if ball is not None and before.ball is not None:
        old_ball = before.ball
        ball = replace(ball, x=old_ball.x + (ball.x - old_ball.x) * alpha, y=old_ball.y + (ball.y - old_ball.y) * alpha)
    return replace(after, paddles=(paddles[0], paddles[1]), ball=ball)
