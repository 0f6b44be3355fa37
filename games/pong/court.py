"""The court and everything that moves on it, in the court's own units.

The court is 16 wide and 7.2 high with its origin in the middle, x right and y down. Side 0 is the left paddle
(player one), side 1 the right one. Times are seconds, speeds units a second, angles radians from the way across
(0 is straight across, positive is down the screen).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

LEFT, RIGHT = 0, 1
SIDES = (LEFT, RIGHT)


def outward(side: int) -> int:
    """The sign of x on which a side stands: -1 left, 1 right."""
    return -1 if side == LEFT else 1


@dataclass(frozen=True, slots=True)
class CourtSettings:
    """Sizes, speeds and the rules of the count; found by playing unless a source is named.

    Attributes:
        half_width, half_height: half the court. 16 x 7.2 leaves a strip for score and camera above it on 16:9.
        ball_radius, paddle_half, paddle_depth: sizes; the paddle covers a quarter of the height.
        paddle_gap: from the paddle's face to the goal line, so that a miss is seen to be one.
        reach_slack: share of the ball's radius by which a paddle's end still counts as a hit: kinder than the eye.
        serve_speed: a serve crosses the court in 1.5 s.
        hit_gain: speed factor of each hit. 1.07 doubles the speed after 10 hits.
        max_speed: the court in 0.62 s, about what a hand seen by a 30 fps camera can still answer.
        max_angle_rad: steepest way off a paddle.
        max_flight_angle_rad: steepest way a curve may turn to; keeps every ball on its way to someone.
        offset_angle_rad: turn from a hit at the paddle's very end.
        keep_angle: share of the incoming angle that survives a hit.
        push_angle_rad_s: angle from the paddle's own speed, radians for one unit a second.
        spin_gain: spin from the paddle's speed, radians a second of turn for one unit a second.
        max_spin_rad_s: fastest turn of the flight.
        spin_decay_s: the spin falls to 1/e in this time.
        wall_spin_keep: spin left after a wall.
        paddle_stiffness: natural frequency of the critically damped paddle, 1/s: a held target is reached to 5 % in
            80 ms and a moving one followed 33 ms behind, which `players` leads away.
        paddle_max_speed: the whole court in a fifth of a second; a hand that appears elsewhere makes no jump.
        points_to_win, lead_to_win: as in table tennis (ITTF 2.11.1): first to 11, by two.
    """

    half_width: float = 8.0
    half_height: float = 3.6
    ball_radius: float = 0.17
    paddle_half: float = 0.9
    paddle_depth: float = 0.26
    paddle_gap: float = 0.75
    reach_slack: float = 0.8
    serve_speed: float = 9.5
    hit_gain: float = 1.07
    max_speed: float = 24.0
    max_angle_rad: float = math.radians(52)
    max_flight_angle_rad: float = math.radians(64)
    offset_angle_rad: float = math.radians(42)
    keep_angle: float = 0.4
    push_angle_rad_s: float = math.radians(1.1)
    spin_gain: float = 0.09
    max_spin_rad_s: float = 1.5
    spin_decay_s: float = 0.9
    wall_spin_keep: float = 0.6
    paddle_stiffness: float = 60.0
    paddle_max_speed: float = 32.0
    points_to_win: int = 11
    lead_to_win: int = 2

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if not math.isfinite(value) or value <= 0:
                raise ValueError(f"CourtSettings.{name}: got {value}, wanted a positive number")
        if self.max_speed < self.serve_speed:
            raise ValueError(f"CourtSettings.max_speed: got {self.max_speed}, below serve_speed {self.serve_speed}")
        if not self.max_angle_rad <= self.max_flight_angle_rad < math.pi / 2:
            raise ValueError(
                "CourtSettings: wanted max_angle_rad <= max_flight_angle_rad < pi/2, got "
                f"{self.max_angle_rad} and {self.max_flight_angle_rad}"
            )
        if self.paddle_half >= self.half_height:
            raise ValueError(f"CourtSettings.paddle_half: got {self.paddle_half}, wanted less than half_height")

    @property
    def face_x(self) -> float:
        """Distance of a paddle's face from the middle."""
        return self.half_width - self.paddle_gap

    @property
    def contact_x(self) -> float:
        """Distance of the ball's centre from the middle when it touches a paddle's face."""
        return self.face_x - self.ball_radius

    @property
    def wall_y(self) -> float:
        """Distance of the ball's centre from the middle when it touches a wall."""
        return self.half_height - self.ball_radius

    @property
    def paddle_limit(self) -> float:
        """Farthest centre of a paddle from the middle."""
        return self.half_height - self.paddle_half

    @property
    def reach(self) -> float:
        """Farthest contact from a paddle's centre."""
        return self.paddle_half + self.reach_slack * self.ball_radius


@dataclass(frozen=True, slots=True)
class Ball:
    """The ball in flight.

    Attributes:
        x, y: centre.
        vx, vy: velocity.
        spin: radians a second by which the velocity turns, positive from +x toward +y.
    """

    x: float
    y: float
    vx: float
    vy: float
    spin: float = 0.0

    @property
    def speed(self) -> float:
        return math.hypot(self.vx, self.vy)


@dataclass(frozen=True, slots=True)
class Paddle:
    """A paddle's centre and its speed."""

    y: float = 0.0
    vy: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """One game and where it stands.

    Attributes:
        paddles: left and right.
        ball: in flight, or None while the server holds it.
        server: the side that serves, or is about to.
        score: points of the left and the right side.
        rally: hits since the serve.
        hits: hits in the whole game.
        rallies: serves that were played out.
        longest_rally: most hits in one rally.
        winner: the side that has won, None while the game is on.
    """

    paddles: tuple[Paddle, Paddle] = (Paddle(), Paddle())
    ball: Ball | None = None
    server: int = LEFT
    score: tuple[int, int] = (0, 0)
    rally: int = 0
    hits: int = 0
    rallies: int = 0
    longest_rally: int = 0
    winner: int | None = None
