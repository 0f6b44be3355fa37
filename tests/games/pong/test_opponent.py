"""The opponent: orders of difficulty, honest errors, the same seed the same play."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from handplay.games.pong.court import LEFT, RIGHT, Ball, CourtSettings, Match
from handplay.games.pong.opponent import DECENT, SKILLS, Difficulty, Opponent, predict
from handplay.games.pong.rules import Inputs, step

COURT = CourtSettings()
DT_S = 1 / 60


def points(difficulty: Difficulty, seconds: float, seed: int = 5) -> tuple[int, int]:
    """Points of a decent player and of the opponent in so many seconds of play that never ends."""
    endless = replace(COURT, points_to_win=10_000)
    rng = random.Random(seed)
    player = Opponent(LEFT, DECENT, random.Random(seed + 1), endless)
    rival = Opponent(RIGHT, SKILLS[difficulty], random.Random(seed + 2), endless)
    match, wait_s = Match(), 0.0
    for _ in range(round(seconds / DT_S)):
        wait_s = wait_s + DT_S if match.ball is None else 0.0
        targets = (player.decide(match, DT_S), rival.decide(match, DT_S))
        match, _ = step(match, Inputs(targets, serve=wait_s > 0.5), DT_S, rng, endless)
    return match.score


def test_the_difficulties_are_ordered_and_each_can_be_beaten() -> None:
    share = {}
    for difficulty in SKILLS:
        own, others = points(difficulty, 600)
        assert own + others > 20
        share[difficulty] = own / (own + others)
    assert share["easy"] > share["normal"] + 0.05
    assert share["normal"] > share["hard"] + 0.05
    assert share["hard"] > 0.25, "a decent player must take points off the hard one"
    assert share["easy"] < 0.95, "the easy one is not silly"


def test_the_same_seed_plays_the_same() -> None:
    assert points("normal", 60) == points("normal", 60)


def test_nothing_is_known_before_the_reaction_time() -> None:
    skill = replace(SKILLS["hard"], reaction_s=0.3, drift=0.0)
    one, two = (Opponent(RIGHT, skill, random.Random(1), COURT) for _ in range(2))
    for opponent in (one, two):
        for _ in range(60):
            opponent.decide(Match(), 0.01)
    up, down = (replace(Match(), ball=Ball(0.0, 0.0, 8.0, vy)) for vy in (-2.0, 2.0))
    seen = [(one.decide(up, 0.01), two.decide(down, 0.01)) for _ in range(80)]
    assert all(a == b for a, b in seen[:28])
    assert seen[-1][0] < seen[-1][1] - 1.0


def test_it_moves_no_faster_than_its_hand() -> None:
    opponent = Opponent(RIGHT, SKILLS["easy"], random.Random(1), COURT)
    match, before = replace(Match(), ball=Ball(-5.0, 3.0, 20.0, 4.0)), 0.0
    for _ in range(120):
        now = opponent.decide(match, DT_S)
        assert abs(now - before) <= SKILLS["easy"].speed * DT_S + 1e-9
        before = now


def test_it_returns_to_the_middle_while_the_ball_is_away() -> None:
    opponent = Opponent(RIGHT, SKILLS["hard"], random.Random(1), COURT)
    for _ in range(60):
        opponent.decide(replace(Match(), ball=Ball(4.0, 3.4, 6.0, 0.0)), DT_S)
    match = replace(Match(), ball=Ball(0.0, 0.0, -6.0, 0.0))
    for _ in range(120):
        now = opponent.decide(match, DT_S)
    assert abs(now) < 1.2


@pytest.mark.parametrize(
    ("ball", "y", "walls"),
    [
        (Ball(0.0, 1.0, 10.0, 0.0), 1.0, 0),
        (Ball(0.0, 0.0, COURT.contact_x, 1.0), 1.0, 0),
        (Ball(0.0, 0.0, COURT.contact_x, 2 * COURT.wall_y + 1.0), -1.0, 1),
        (Ball(0.0, 0.0, -5.0, 3.0), 0.0, 0),
    ],
    ids=["straight", "slanted", "one wall", "away"],
)
def test_a_straight_flight_is_foreseen(ball: Ball, y: float, walls: int) -> None:
    found = predict(ball, RIGHT, COURT)
    assert found[0] == pytest.approx(y, abs=1e-3)
    assert found[2] == walls


def test_a_curve_that_is_believed_is_foreseen() -> None:
    ball = Ball(-7.0, 0.0, 12.0, 0.0, spin=1.0)
    match, now = replace(Match(), ball=ball), ball
    believed, _, _ = predict(ball, RIGHT, COURT)
    unseen, _, _ = predict(ball, RIGHT, COURT, spin_share=0.0)
    while match.ball is not None and match.ball.x < COURT.contact_x - 0.2:
        now = match.ball
        match, _ = step(match, Inputs((2.7, -2.7)), 1 / 240, random.Random(1), COURT)
    assert believed == pytest.approx(now.y, abs=0.25)
    assert abs(unseen - now.y) > 1.0


@pytest.mark.parametrize(("name", "value"), [("error", -1.0), ("speed", 0.0), ("reaction_s", float("nan"))])
def test_a_skill_is_checked(name: str, value: float) -> None:
    with pytest.raises(ValueError, match="Skill"):
        replace(SKILLS["easy"], **{name: value})


def test_a_side_is_checked() -> None:
    with pytest.raises(ValueError, match="got side 2, wanted 0 or 1"):
        Opponent(2, SKILLS["easy"], random.Random(1), COURT)
