"""The game: serve, rally, points, end. Pure: a match, what the sides want and a time step go in, the next match and
what happened come out.

Knows nothing of hands, windows or clocks. The only chance in it is the angle of a serve, drawn from the generator
that is passed in.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace

from handplay.games.pong.court import LEFT, RIGHT, Ball, CourtSettings, Match, Paddle, outward
from handplay.games.pong.flight import Missed, PaddleHit, WallHit, fly


@dataclass(frozen=True, slots=True)
class Served:
    """A side put the ball into play."""

    side: int


@dataclass(frozen=True, slots=True)
class Point:
    """A side won a rally of so many hits; the ball left at height y."""

    side: int
    rally: int
    y: float
    speed: float


@dataclass(frozen=True, slots=True)
class GameWon:
    """A side has won the game."""

    side: int


GameEvent = Served | WallHit | PaddleHit | Point | GameWon

SERVE_ANGLE_RAD = math.radians(22)
"""A serve leaves within this angle of straight across, half of it chance, half the paddle's motion."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the two sides want in one step.

    Attributes:
        targets: where each paddle should be, None to let it come to rest where it is.
        serve: the server lets go of the ball.
    """

    targets: tuple[float | None, float | None] = (None, None)
    serve: bool = False


def other(side: int) -> int:
    """The side across."""
    return RIGHT if side == LEFT else LEFT


def step(
    match: Match, inputs: Inputs, dt_s: float, rng: random.Random, court: CourtSettings
) -> tuple[Match, list[GameEvent]]:
    """Advances a match.

    Args:
        match: where it stands; not changed.
        inputs: what the sides want.
        dt_s: seconds, more than 0.
        rng: for the angle of a serve.
        court: sizes and rules.

    Returns:
        The match afterwards and what happened in between, in order.

    Raises:
        ValueError: dt_s is not a positive number.
    """
    if not (math.isfinite(dt_s) and dt_s > 0):
        raise ValueError(f"step: got dt_s {dt_s}, wanted a positive number of seconds")
    before = match.paddles
    match = move_paddles(match, inputs.targets, dt_s, court)
    if match.winner is not None:
        return match, []
    events: list[GameEvent] = []
    if match.ball is None:
        if not inputs.serve:
            return match, []
        match = replace(match, ball=_serve(match, rng, court), rally=0)
        return match, [Served(match.server)]
    ball, contacts = fly(match.ball, before, match.paddles, dt_s, court)
    match = replace(match, ball=ball)
    for contact in contacts:
        if isinstance(contact, Missed):
            match, scored = _point(match, contact, court)
            events += scored
        else:
            events.append(contact)
            if isinstance(contact, PaddleHit):
                match = replace(match, rally=match.rally + 1, hits=match.hits + 1)
    return match, events


def move_paddles(match: Match, targets: tuple[float | None, float | None], dt_s: float, court: CourtSettings) -> Match:
    """The match with its paddles moved toward their targets for `dt_s` seconds, and nothing else changed."""
    left, right = match.paddles
    paddles = (follow(left, targets[LEFT], dt_s, court), follow(right, targets[RIGHT], dt_s, court))
    return replace(match, paddles=paddles)


def follow(paddle: Paddle, target: float | None, dt_s: float, court: CourtSettings) -> Paddle:
    """A paddle on its way to a target: a critically damped spring with a top speed, solved exactly.

    A target that jumps is reached swiftly and without overshoot; None lets the paddle coast to a stop.
    """
    limit = court.paddle_limit
    if target is None:
        # About where its own momentum carries it.
        target = paddle.y + paddle.vy / court.paddle_stiffness
    target = min(max(target, -limit), limit)
    stiffness = court.paddle_stiffness
    away = paddle.y - target
    fade = math.exp(-stiffness * dt_s)
    pull = paddle.vy + stiffness * away
    y = target + (away + pull * dt_s) * fade
    vy = (paddle.vy - stiffness * pull * dt_s) * fade
    reach = court.paddle_max_speed * dt_s
    if abs(y - paddle.y) > reach:
        y = paddle.y + math.copysign(reach, y - paddle.y)
    vy = min(max(vy, -court.paddle_max_speed), court.paddle_max_speed)
    if abs(y) >= limit:
        return Paddle(math.copysign(limit, y), 0.0)
    return Paddle(y, vy)


def held_ball(match: Match, court: CourtSettings) -> tuple[float, float]:
    """Where the ball lies while the server holds it: before the middle of the paddle."""
    return outward(match.server) * court.contact_x, match.paddles[match.server].y


def _serve(match: Match, rng: random.Random, court: CourtSettings) -> Ball:
    x, y = held_ball(match, court)
    motion = match.paddles[match.server].vy / court.paddle_max_speed
    half = SERVE_ANGLE_RAD / 2
    angle = half * rng.uniform(-1, 1) + half * min(max(4 * motion, -1.0), 1.0)
    way = -outward(match.server)
    speed = court.serve_speed
    return Ball(x=x, y=y, vx=way * speed * math.cos(angle), vy=speed * math.sin(angle))


def _point(match: Match, missed: Missed, court: CourtSettings) -> tuple[Match, list[GameEvent]]:
    side = other(missed.side)
    score = (match.score[LEFT] + (side == LEFT), match.score[RIGHT] + (side == RIGHT))
    events: list[GameEvent] = [Point(side=side, rally=match.rally, y=missed.y, speed=missed.speed)]
    winner = None
    lead = score[side] - score[other(side)]
    if score[side] >= court.points_to_win and lead >= court.lead_to_win:
        winner = side
        events.append(GameWon(side))
    match = replace(
        match,
        score=score,
        server=other(match.server),
        rallies=match.rallies + 1,
        longest_rally=max(match.longest_rally, match.rally),
        winner=winner,
    )
    return match, events
