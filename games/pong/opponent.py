"""A player made of code that errs as people do.

It sees late, moves at a limited speed, and guesses where the ball will come down: the guess is worse for a fast,
spinning or bouncing ball, gets better as the ball comes near, and is looked over only now and then. Its attention
drifts. The same seed plays the same game. It also plays the demonstration hand.
"""

from __future__ import annotations

import math
import random
from collections import deque
from dataclasses import dataclass
from typing import Literal

from handplay.games.pong.court import SIDES, Ball, CourtSettings, Match, Paddle, outward
from handplay.games.pong.flight import Missed, WallHit, fly
from handplay.games.pong.rules import other

Difficulty = Literal["easy", "normal", "hard"]


@dataclass(frozen=True, slots=True)
class Skill:
    """How good an opponent is; found by play against the scripted player of `benchmarks/pong_ai.py`.

    Attributes:
        reaction_s: between what happens and what is done about it. People need about 0.2 s for a simple choice.
        look_s: time between two looks at the ball.
        speed: fastest hand, units a second.
        error: spread of a guess for a straight, slow ball half the court away, units.
        speed_error: further spread for each unit a second of ball speed above the serve.
        bounce_error: further spread for each wall on the way.
        spin_blindness: share of the curve that is not seen coming.
        drift: how much worse everything gets when the attention is elsewhere, 0 none.
        aim: 0 plays the ball back as it comes, 1 always to the far corner from the other paddle.
        brush: speed at which it brushes the ball on purpose, units a second, for spin.
        recentre: share of the way back to the middle that it takes while the ball is going away.
    """

    reaction_s: float
    look_s: float
    speed: float
    error: float
    speed_error: float
    bounce_error: float
    spin_blindness: float
    drift: float
    aim: float
    brush: float
    recentre: float

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if not math.isfinite(value) or value < 0:
                raise ValueError(f"Skill.{name}: got {value}, wanted 0 or more")
        if self.look_s == 0 or self.speed == 0:
            raise ValueError("Skill: look_s and speed must be more than 0")


SKILLS: dict[Difficulty, Skill] = {
    "easy": Skill(
        reaction_s=0.28, look_s=0.28, speed=7.5, error=0.42, speed_error=0.06, bounce_error=0.30,
        spin_blindness=0.9, drift=0.8, aim=0.0, brush=0.0, recentre=0.5,
    ),
    "normal": Skill(
        reaction_s=0.23, look_s=0.20, speed=10.5, error=0.34, speed_error=0.045, bounce_error=0.22,
        spin_blindness=0.7, drift=0.6, aim=0.35, brush=3.0, recentre=0.7,
    ),
    "hard": Skill(
        reaction_s=0.20, look_s=0.17, speed=12.0, error=0.31, speed_error=0.040, bounce_error=0.18,
        spin_blindness=0.55, drift=0.5, aim=0.65, brush=5.0, recentre=0.9,
    ),
}  # fmt: skip

DECENT = Skill(
    reaction_s=0.22, look_s=0.18, speed=12.0, error=0.30, speed_error=0.045, bounce_error=0.2,
    spin_blindness=0.6, drift=0.5, aim=0.5, brush=4.0, recentre=0.8,
)  # fmt: skip
"""A grown-up after ten minutes of play: what the three are measured against, and who moves the demonstration hand."""

ATTENTION_S = 6.0
"""Attention wanders with this time constant: a spell of good or bad play lasts about a rally."""


class Opponent:
    """Plays one side: give it the match each step, take where its paddle should be.

    Args:
        side: which paddle is its own.
        skill: how good it is.
        rng: its own generator.
        court: sizes.
    """

    def __init__(self, side: int, skill: Skill, rng: random.Random, court: CourtSettings) -> None:
        if side not in SIDES:
            raise ValueError(f"Opponent: got side {side}, wanted 0 or 1")
        self.side = side
        self.skill = skill
        self._rng = rng
        self._court = court
        self._seen: deque[tuple[float, Ball | None, float]] = deque()
        self._time_s = 0.0
        self._next_look_s = 0.0
        self._attention = 0.0
        self._bias = 0.0
        self._coming = False
        self._goal = 0.0
        self._brush = 0.0
        self._arrival_s = math.inf
        self._hand = 0.0

    @property
    def attention(self) -> float:
        """-1 elsewhere, 1 wide awake; drifts about 0."""
        return max(-1.0, min(1.0, self._attention))

    @property
    def goal(self) -> float:
        """Where it means to be in the end; what `decide` gives is its hand on the way there."""
        limit = self._court.paddle_limit
        return min(max(self._goal, -limit), limit)

    def serve_delay_s(self) -> float:
        """How long it takes until it serves, newly drawn."""
        return self._rng.uniform(0.7, 1.3)

    def decide(self, match: Match, dt_s: float) -> float:
        """Where its paddle should be now.

        Args:
            match: as it is; the opponent looks at an older one.
            dt_s: seconds since the last call.

        Returns:
            Target for the paddle's centre, units.
        """
        self._time_s += dt_s
        self._drift(dt_s)
        self._seen.append((self._time_s, match.ball, match.paddles[other(self.side)].y))
        slow = 1.0 + self._lapse() * 0.6
        then = self._time_s - self.skill.reaction_s * slow
        while len(self._seen) > 1 and self._seen[1][0] <= then:
            self._seen.popleft()
        _, ball, rival_y = self._seen[0]
        coming = ball is not None and ball.vx * outward(self.side) > 0
        if coming != self._coming:
            self._coming = coming
            self._bias = self._rng.gauss(0.0, 1.0)
            self._next_look_s = self._time_s
        if self._time_s >= self._next_look_s:
            self._next_look_s = self._time_s + self.skill.look_s * slow * self._rng.uniform(0.7, 1.3)
            if ball is not None and coming:
                self._watch(ball, rival_y)
            else:
                self._wait(match)
        return self._move(dt_s)

    def _lapse(self) -> float:
        return self.skill.drift * max(0.0, -self.attention)

    def _drift(self, dt_s: float) -> None:
        # An Ornstein-Uhlenbeck walk with unit spread: calm, and the same whatever the step.
        keep = math.exp(-dt_s / ATTENTION_S)
        self._attention = self._attention * keep + self._rng.gauss(0.0, 1.0) * math.sqrt(1 - keep * keep)

    def _watch(self, ball: Ball, rival_y: float) -> None:
        skill, court = self.skill, self._court
        y, in_s, walls = predict(ball, self.side, court, spin_share=1.0 - skill.spin_blindness)
        self._arrival_s = self._time_s + max(in_s - (self._time_s - self._seen[0][0]), 0.0)
        nearness = min(in_s * abs(ball.vx) / (2 * court.contact_x), 1.0)
        spread = skill.error + skill.speed_error * max(ball.speed - court.serve_speed, 0.0)
        spread = (spread + skill.bounce_error * walls) * (1.0 + self._lapse())
        # One slip a flight that it keeps correcting, and a tremble of its own in each look.
        slip = 0.75 * self._bias + 0.66 * self._rng.gauss(0.0, 1.0)
        guess = y + spread * slip * (0.35 + 1.3 * nearness)
        guess = min(max(guess, -court.wall_y), court.wall_y)
        self._goal = guess - self._aim_offset(guess, rival_y)
        self._brush = skill.brush * math.copysign(1.0, self._bias) if abs(self._bias) > 0.5 else 0.0

    def _aim_offset(self, y: float, rival_y: float) -> float:
        """How far from its paddle's middle it means to take the ball, to send it away from the rival."""
        court = self._court
        corner = -math.copysign(court.wall_y * 0.85, rival_y if abs(rival_y) > 0.3 else self._bias)
        steep = math.atan2(corner - y, 2 * court.contact_x)
        wanted = steep / court.offset_angle_rad * court.paddle_half * self.skill.aim
        safe = 0.55 * court.paddle_half
        return min(max(wanted, -safe), safe)

    def _wait(self, match: Match) -> None:
        home = 0.35 * self._rng.gauss(0.0, 1.0)
        own = match.paddles[self.side].y
        self._goal = own + (home - own) * self.skill.recentre
        self._brush = 0.0
        self._arrival_s = math.inf

    def _move(self, dt_s: float) -> float:
        goal = self._goal
        left_s = self._arrival_s - self._time_s
        if self._brush and -0.05 < left_s < 0.2:
            # Comes from beside the spot and is over it, still moving, when the ball is there.
            goal -= self._brush * left_s
        limit = self._court.paddle_limit
        goal = min(max(goal, -limit), limit)
        reach = self.skill.speed * (1.0 - 0.3 * self._lapse()) * dt_s
        self._hand += min(max(goal - self._hand, -reach), reach)
        return self._hand


def predict(ball: Ball, side: int, court: CourtSettings, *, spin_share: float = 1.0) -> tuple[float, float, int]:
    """Where and when a ball that flies toward a side reaches the line of that side's paddle.

    Args:
        ball: in flight.
        side: whose line.
        court: sizes.
        spin_share: how much of the curve is believed, 0..1.

    Returns:
        y at the line, seconds until then, walls touched on the way. A ball that flies away, or is past the line,
        gives its own y, infinity or 0, and 0.
    """
    if ball.vx * outward(side) <= 0:
        return ball.y, math.inf, 0
    if abs(ball.x) >= court.contact_x and ball.x * outward(side) > 0:
        return ball.y, 0.0, 0
    ball = Ball(ball.x, ball.y, ball.vx, ball.vy, ball.spin * spin_share)
    nobody = (Paddle(1e9), Paddle(1e9))
    step_s, time_s, walls = 1 / 60, 0.0, 0
    while ball.x * outward(side) < court.contact_x:
        if ball.spin == 0.0:
            step_s = (court.contact_x - ball.x * outward(side)) / abs(ball.vx) + 1e-9
        after, contacts = fly(ball, nobody, nobody, step_s, court)
        walls += sum(isinstance(contact, WallHit) for contact in contacts)
        missed = [contact for contact in contacts if isinstance(contact, Missed)]
        time_s += step_s
        if after is None:
            return missed[0].y, time_s, walls
        ball = after
    return ball.y, time_s, walls
