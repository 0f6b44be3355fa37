"""How the ball flies: curves, walls, paddles and goal lines, swept so that nothing is ever passed through.

A step turns the velocity by its spin, then travels in straight pieces from contact to contact, each at its exact
time within the step. The speed of the ball and the length of the step do not matter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from handplay.games.pong.court import SIDES, Ball, CourtSettings, Paddle, outward


@dataclass(frozen=True, slots=True)
class WallHit:
    """The ball touched the upper (-1) or lower (1) wall at x."""

    x: float
    wall: int
    speed: float


@dataclass(frozen=True, slots=True)
class PaddleHit:
    """A paddle played the ball.

    Attributes:
        side: whose paddle.
        y: height of the contact.
        offset: where on the paddle, -1 upper end, 0 middle, 1 lower end.
        speed: the ball's speed afterwards.
        spin: the ball's spin afterwards.
    """

    side: int
    y: float
    offset: float
    speed: float
    spin: float


@dataclass(frozen=True, slots=True)
class Missed:
    """The ball crossed the goal line of a side, at height y."""

    side: int
    y: float
    speed: float


Contact = WallHit | PaddleHit | Missed


def curve(ball: Ball, dt_s: float, court: CourtSettings) -> Ball:
    """Turns the velocity by the spin and lets the spin die down; the speed stays what it was.

    The turn is the integral of the decaying spin, so halving the step changes nothing. It stops at the steepest
    flight angle: a ball that turned back, or climbed for ever, would be nobody's.
    """
    if ball.spin == 0.0:
        return ball
    fade = math.exp(-dt_s / court.spin_decay_s)
    turn = ball.spin * court.spin_decay_s * (1 - fade)
    across = math.copysign(1.0, ball.vx)
    # Seen along the way across, so that one limit serves both directions.
    angle = math.atan2(ball.vy, ball.vx * across)
    limit = max(court.max_flight_angle_rad, abs(angle))
    angle = min(max(angle + turn * across, -limit), limit)
    speed = ball.speed
    return replace(ball, vx=across * speed * math.cos(angle), vy=speed * math.sin(angle), spin=ball.spin * fade)


def bounce_off(side: int, ball: Ball, paddle: Paddle, court: CourtSettings) -> tuple[Ball, PaddleHit]:
    """The ball as it leaves a paddle: place and motion of the paddle decide angle, spin and speed."""
    offset = min(max((ball.y - paddle.y) / court.paddle_half, -1.0), 1.0)
    incoming = math.atan2(ball.vy, abs(ball.vx))
    angle = court.keep_angle * incoming + court.offset_angle_rad * offset + court.push_angle_rad_s * paddle.vy
    angle = min(max(angle, -court.max_angle_rad), court.max_angle_rad)
    speed = min(ball.speed * court.hit_gain, court.max_speed)
    # A paddle that moves down drags the near side of the ball with it: it turns back up on its way (Magnus).
    # The sense of the turn is mirrored for the other side.
    way = -outward(side)
    spin = -way * court.spin_gain * paddle.vy
    spin = min(max(spin, -court.max_spin_rad_s), court.max_spin_rad_s)
    away = replace(ball, vx=way * speed * math.cos(angle), vy=speed * math.sin(angle), spin=spin)
    return away, PaddleHit(side=side, y=ball.y, offset=offset, speed=speed, spin=spin)


def fly(
    ball: Ball,
    before: tuple[Paddle, Paddle],
    after: tuple[Paddle, Paddle],
    dt_s: float,
    court: CourtSettings,
) -> tuple[Ball | None, list[Contact]]:
    """Moves the ball through one step.

    Args:
        ball: at the start of the step.
        before, after: the paddles at its start and end; in between they move evenly.
        dt_s: length of the step, seconds.
        court: sizes.

    Returns:
        The ball at the end of the step, None once it has crossed a goal line (the last contact is `Missed` then),
        and what it touched, in order.
    """
    ball = curve(ball, dt_s, court)
    contacts: list[Contact] = []
    spent_s = 0.0
    # A ball that is behind a face already can no longer be played. Each pass ends at a contact; the next one lies a
    # court's height or width away, so the number of passes is bounded by the distance travelled.
    while True:
        side = SIDES[1] if ball.vx > 0 else SIDES[0]
        ahead = abs(ball.vx)
        depth = ball.x * outward(side)
        playable = depth <= court.contact_x
        plane = court.contact_x if playable else court.half_width + court.ball_radius
        across_s = (plane - depth) / ahead if ahead > 0 else math.inf
        wall_s = _time_to_wall(ball, court)
        next_s = min(across_s, wall_s)
        if next_s > dt_s - spent_s:
            return _ahead(ball, dt_s - spent_s, court), contacts
        spent_s += next_s
        ball = _ahead(ball, next_s, court)
        if wall_s < across_s:
            wall = 1 if ball.vy > 0 else -1
            contacts.append(WallHit(x=ball.x, wall=wall, speed=ball.speed))
            ball = replace(ball, y=wall * court.wall_y, vy=-ball.vy, spin=ball.spin * court.wall_spin_keep)
        elif not playable:
            contacts.append(Missed(side=side, y=ball.y, speed=ball.speed))
            return None, contacts
        else:
            ball = replace(ball, x=outward(side) * court.contact_x)
            share = spent_s / dt_s
            paddle = Paddle(before[side].y + (after[side].y - before[side].y) * share, after[side].vy)
            if abs(ball.y - paddle.y) <= court.reach:
                ball, hit = bounce_off(side, ball, paddle, court)
                contacts.append(hit)
            else:
                # Past the face: a hair beyond it, so that the next pass looks for the goal line.
                ball = replace(ball, x=outward(side) * math.nextafter(court.contact_x, math.inf))


def _time_to_wall(ball: Ball, court: CourtSettings) -> float:
    if ball.vy == 0.0:
        return math.inf
    return max((court.wall_y - ball.y * math.copysign(1.0, ball.vy)) / abs(ball.vy), 0.0)


def _ahead(ball: Ball, time_s: float, court: CourtSettings) -> Ball:
    y = min(max(ball.y + ball.vy * time_s, -court.wall_y), court.wall_y)
    return replace(ball, x=ball.x + ball.vx * time_s, y=y)
