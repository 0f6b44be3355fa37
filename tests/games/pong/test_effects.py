"""Moving light: it answers what happened, dies away, stays bounded, and never touches the game."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from handplay.engine.stage.feel import MAX_SHAKE
from handplay.games.pong.court import LEFT, RIGHT, Ball, CourtSettings
from handplay.games.pong.effects import RING_S, TRAIL_S, Effects
from handplay.games.pong.flight import PaddleHit, WallHit
from handplay.games.pong.game import PongGame
from handplay.games.pong.rules import GameWon, Point
from handplay.games.pong.sparks import CAPACITY, Sparks

DT_S = 1 / 120
COURT = CourtSettings()


def game(ball: Ball | None = None) -> PongGame:
    made = PongGame(rng=random.Random(1))
    made.match = made.before = replace(made.match, ball=ball)
    return made


def hit(speed: float = 20.0) -> PaddleHit:
    return PaddleHit(side=RIGHT, y=1.0, offset=0.2, speed=speed, spin=0.0)


def settle(effects: Effects, seconds: float, playing: PongGame) -> None:
    for _ in range(round(seconds / DT_S)):
        effects.update(DT_S, playing, ())


@pytest.mark.parametrize(("speed", "shakes"), [(10.0, False), (23.0, True)])
def test_only_strong_hits_shake(speed: float, shakes: bool) -> None:
    effects, playing = Effects(), game(Ball(6.0, 1.0, -speed, 0.0))
    effects.update(DT_S, playing, [hit(speed)])
    effects.update(DT_S, playing, ())
    assert (effects.shake() != (0.0, 0.0)) == shakes
    settle(effects, 0.5, playing)
    assert effects.shake() == (0.0, 0.0)


def test_a_hit_presses_the_paddle_which_swings_back() -> None:
    effects, playing = Effects(), game(Ball(6.0, 1.0, -20.0, 0.0))
    effects.update(DT_S, playing, [hit()])
    settle(effects, 0.04, playing)
    assert effects.squash[RIGHT].value > 0.1
    assert effects.squash[LEFT].value == 0.0
    settle(effects, 2.0, playing)
    assert abs(effects.squash[RIGHT].value) < 0.01


def test_rings_die_away_and_are_bounded() -> None:
    effects, playing = Effects(), game()
    for _ in range(100):
        effects.update(DT_S, playing, [WallHit(0.0, 1, 20.0)])
    assert len(effects.rings) <= 10
    settle(effects, RING_S + 0.1, playing)
    assert not effects.rings


def test_the_trail_is_as_long_as_time_says() -> None:
    effects, playing = Effects(), game(Ball(0.0, 0.0, 20.0, 0.0))
    playing.flow = replace(playing.flow, state="rally")
    settle(effects, 1.0, playing)
    assert len(effects.trail) == pytest.approx(TRAIL_S / DT_S, abs=1.5)


def test_a_point_lights_the_goal_that_was_missed_and_the_ball_flies_on() -> None:
    effects, playing = Effects(), game(Ball(8.0, 1.0, 20.0, 0.0))
    playing.match = replace(playing.match, ball=None)
    effects.update(DT_S, playing, [Point(side=LEFT, rally=3, y=1.0, speed=20.0)])
    assert effects.flash[RIGHT] == 1.0
    assert effects.flash[LEFT] == 0.0
    effects.update(DT_S, playing, ())
    assert effects.gone is not None
    assert effects.gone.x > 8.0
    assert max(map(abs, effects.shake())) <= MAX_SHAKE
    settle(effects, 1.0, playing)
    assert effects.flash[RIGHT] == 0.0


@pytest.mark.parametrize("reduced", [False, True])
def test_a_win_is_celebrated_for_a_while(reduced: bool) -> None:
    effects, playing = Effects(reduced_motion=reduced), game()
    playing.match = replace(playing.match, winner=LEFT)
    effects.update(DT_S, playing, [GameWon(LEFT)])
    settle(effects, 1.0, playing)
    assert (effects.sparks.alive > 10) == (not reduced)
    settle(effects, 8.0, playing)
    assert effects.sparks.alive == 0


def test_sparks_are_bounded_and_fly_where_they_are_sent() -> None:
    sparks = Sparks()
    for _ in range(50):
        sparks.burst(1.0, 2.0, math.pi, 10.0, 12, LEFT)
    assert sparks.alive == CAPACITY
    for _ in range(12):
        sparks.update(DT_S)
    assert sparks._place[:, 0].mean() < 1.0
    for _ in range(120):
        sparks.update(DT_S)
    assert sparks.alive == 0


def test_effects_never_touch_the_game() -> None:
    effects, playing = Effects(), game(Ball(6.0, 1.0, -20.0, 0.0))
    before = (playing.match, playing.flow, playing.now_s, playing.summary())
    effects.update(DT_S, playing, [hit(), WallHit(0.0, 1, 20.0), Point(side=LEFT, rally=3, y=1.0, speed=20.0)])
    assert (playing.match, playing.flow, playing.now_s, playing.summary()) == before
