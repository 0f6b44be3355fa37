"""What the eye gets on top of the rules: trail, squash, shake, rings, flashes. Numbers only; `court_view` draws them.

Driven by the game's steps and by what happened in them, so it looks the same at every frame rate. It never feeds back
into the game.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from handplay.engine.stage.feel import Shake
from handplay.engine.stage.motion import Spring
from handplay.games.pong.court import SIDES, Ball, outward
from handplay.games.pong.flight import PaddleHit, WallHit
from handplay.games.pong.game import STRONG_SPEED, Changed, Happening, PongGame
from handplay.games.pong.rules import GameWon, Point, Served
from handplay.games.pong.sparks import Sparks

TRAIL_S = 0.11
"""Length of the ball's trail."""

TRAIL_SPEED = 11.0
"""Slower balls have none."""

RING_S = 0.45
FLASH_S = 0.7
GONE_S = 0.5
CELEBRATE_S = 4.0
CELEBRATE_EVERY_S = 0.12
GOLD = 2
"""Tint of the sparks that are nobody's; 0 and 1 are the sides'."""


@dataclass(slots=True)
class Ring:
    """Light that spreads from a contact.

    Attributes:
        x, y: court units.
        strength: 0..1.
        side: whose colour, None for the walls' own.
        age_s: since the contact.
    """

    x: float
    y: float
    strength: float
    side: int | None
    age_s: float = 0.0

    @property
    def share(self) -> float:
        """0 at the contact, 1 when it has died away."""
        return min(1.0, self.age_s / RING_S)


class Effects:
    """All moving light of one court.

    Args:
        reduced_motion: no shake and no trail.
    """

    def __init__(self, *, reduced_motion: bool = False) -> None:
        self.reduced_motion = reduced_motion
        self.trail: deque[tuple[float, float, float]] = deque()
        """Time, x and y of the ball's latest places, oldest first."""
        self.rings: deque[Ring] = deque(maxlen=10)
        self.squash = tuple(Spring(frequency_hz=7.0, damping=0.35) for _ in SIDES)
        """How much each paddle is pressed, 0 at rest, about 1 in a strong hit; swings back."""
        self.recoil = tuple(Spring(frequency_hz=6.0, damping=0.5) for _ in SIDES)
        """How far each paddle is pushed outward, same scale."""
        self.bump = tuple(Spring(frequency_hz=3.5, damping=0.4) for _ in SIDES)
        """How much larger each score is drawn, 0 at rest."""
        self.rally_bump = Spring(frequency_hz=4.0, damping=0.45)
        self.flash = [0.0, 0.0]
        """Light at each side's goal, 1 when a point was lost there, fading."""
        self.gone: Ball | None = None
        """The ball that went out, still seen for a moment."""
        self.gone_s = GONE_S
        self.appear = 0.0
        """0..1, how far the held ball has come up from nothing."""
        self.sparks = Sparks()
        self._shake = Shake(reduced=reduced_motion)
        self._time_s = 0.0
        self._celebrate_s = math.inf

    def update(self, dt_s: float, game: PongGame, happened: Iterable[Happening]) -> None:
        """One step of the game and what happened in it."""
        self._time_s += dt_s
        self._shake.reduced = self.reduced_motion
        self._shake.update(dt_s)
        for spring in (*self.squash, *self.recoil, *self.bump, self.rally_bump):
            spring.update(dt_s)
        for ring in self.rings:
            ring.age_s += dt_s
        while self.rings and self.rings[0].share >= 1.0:
            self.rings.popleft()
        for side in SIDES:
            self.flash[side] = max(0.0, self.flash[side] - dt_s / FLASH_S)
        for event in happened:
            self._answer(event, game)
        self._follow_ball(dt_s, game)
        self._celebrate(dt_s, game)
        self.sparks.update(dt_s)

    def shake(self) -> tuple[float, float]:
        """Where the court is shifted to, design units."""
        return self._shake.offset

    def _answer(self, event: Happening, game: PongGame) -> None:
        if isinstance(event, PaddleHit):
            force = min(1.0, event.speed / game.court.max_speed)
            self.squash[event.side].velocity += 30.0 * force
            self.recoil[event.side].velocity += 26.0 * force
            self.rally_bump.velocity += 12.0
            x = outward(event.side) * game.court.face_x
            self.rings.append(Ring(x, event.y, 0.4 + 0.6 * force, event.side))
            self._fly_sparks(x, event, game)
            if event.speed >= STRONG_SPEED:
                over = (event.speed - STRONG_SPEED) / max(game.court.max_speed - STRONG_SPEED, 1e-6)
                self._shake.hit(0.35 + 0.5 * over)
        elif isinstance(event, WallHit):
            force = min(1.0, event.speed / game.court.max_speed)
            self.rings.append(Ring(event.x, event.wall * game.court.half_height, 0.25 + 0.45 * force, None))
        elif isinstance(event, Point):
            loser = 1 - event.side
            self.flash[loser] = 1.0
            self.bump[event.side].velocity += 16.0
            self._shake.hit(1.0)
            ball = game.before.ball
            if ball is not None:
                self.gone, self.gone_s = ball, 0.0
        elif isinstance(event, Served):
            self.rings.append(
                Ring(outward(event.side) * game.court.contact_x, game.match.paddles[event.side].y, 0.5, event.side)
            )
        elif isinstance(event, GameWon) and not self.reduced_motion:
            self._celebrate_s = 0.0
        elif isinstance(event, Changed) and event.after == "serve":
            self.appear = 0.0

    def _fly_sparks(self, x: float, event: PaddleHit, game: PongGame) -> None:
        ball = game.match.ball
        if self.reduced_motion or ball is None:
            return
        force = min(1.0, event.speed / game.court.max_speed)
        self.sparks.burst(x, event.y, math.atan2(ball.vy, ball.vx), 4 + 8 * force, round(3 + 9 * force), event.side)

    def _celebrate(self, dt_s: float, game: PongGame) -> None:
        """A winner is lit for a while: by people only, an opponent of code does not need it."""
        winner = game.match.winner
        if winner is None or winner not in game.seats.sides or self._celebrate_s > CELEBRATE_S:
            return
        before = int(self._celebrate_s / CELEBRATE_EVERY_S)
        self._celebrate_s += dt_s
        if int(self._celebrate_s / CELEBRATE_EVERY_S) != before:
            court = game.court
            self.sparks.celebrate(court.half_width, court.half_height, 3, winner)
            self.sparks.celebrate(court.half_width, court.half_height, 2, GOLD)

    def _follow_ball(self, dt_s: float, game: PongGame) -> None:
        ball = game.match.ball
        if ball is None:
            self.trail.clear()
            if self.gone_s < GONE_S and self.gone is not None:
                self.gone_s += dt_s
                out = self.gone
                self.gone = Ball(out.x + out.vx * dt_s, out.y + out.vy * dt_s, out.vx, out.vy)
            if game.state == "serve":
                self.appear = min(1.0, self.appear + dt_s / 0.22)
            return
        self.gone_s = GONE_S
        if game.state == "rally":
            self.trail.append((self._time_s, ball.x, ball.y))
        while self.trail and self._time_s - self.trail[0][0] > TRAIL_S:
            self.trail.popleft()
