"""The rules: points, serves, speeds, mirrors, and a ball that never slips through."""

from __future__ import annotations

import ast
import math
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.games.pong import court as court_module
from handplay.games.pong.court import LEFT, RIGHT, Ball, CourtSettings, Match, Paddle, outward
from handplay.games.pong.flight import Missed, PaddleHit, WallHit, curve, fly
from handplay.games.pong.rules import GameWon, Inputs, Point, Served, follow, held_ball, other, step

COURT = CourtSettings()
DT_S = 1 / 120

speeds = st.floats(2.0, COURT.max_speed)
angles = st.floats(-COURT.max_angle_rad, COURT.max_angle_rad)
spins = st.floats(-COURT.max_spin_rad_s, COURT.max_spin_rad_s)
ys = st.floats(-COURT.wall_y, COURT.wall_y)
targets = st.floats(-COURT.paddle_limit, COURT.paddle_limit)


def ball(
    *, x: float = 0.0, y: float = 0.0, speed: float = 10.0, angle: float = 0.0, way: int = 1, spin: float = 0.0
) -> Ball:
    return Ball(x, y, way * speed * math.cos(angle), speed * math.sin(angle), spin)


def paddles(left: float = 0.0, right: float = 0.0) -> tuple[Paddle, Paddle]:
    return Paddle(left), Paddle(right)


def play(
    match: Match, seconds: float, *, dt_s: float = DT_S, inputs: Inputs | None = None, seed: int = 1
) -> tuple[Match, list[object]]:
    rng = random.Random(seed)
    happened: list[object] = []
    for _ in range(round(seconds / dt_s)):
        match, events = step(match, inputs or Inputs(), dt_s, rng, COURT)
        happened += events
    return match, happened


class TestServe:
    def test_ball_is_held_before_the_server_and_moves_with_the_paddle(self) -> None:
        match, _ = play(Match(), 0.5, inputs=Inputs(targets=(1.5, None)))
        assert match.ball is None
        assert held_ball(match, COURT) == pytest.approx((-COURT.contact_x, 1.5), abs=1e-3)

    @pytest.mark.parametrize("server", [LEFT, RIGHT], ids=["left", "right"])
    def test_serve_leaves_toward_the_other_side(self, server: int) -> None:
        match, events = step(Match(server=server), Inputs(serve=True), DT_S, random.Random(3), COURT)
        assert events == [Served(server)]
        assert match.ball is not None
        assert match.ball.vx * outward(server) < 0
        assert match.ball.speed == pytest.approx(COURT.serve_speed)

    def test_same_seed_same_serve(self) -> None:
        one, _ = step(Match(), Inputs(serve=True), DT_S, random.Random(3), COURT)
        two, _ = step(Match(), Inputs(serve=True), DT_S, random.Random(3), COURT)
        assert one == two

    def test_serve_alternates_point_by_point(self) -> None:
        match, servers = Match(), []
        for _ in range(4):
            servers.append(match.server)
            match = replace(match, ball=ball(x=7.9))
            match, _ = play(match, 0.2)
        assert servers == [LEFT, RIGHT, LEFT, RIGHT]


class TestCount:
    @pytest.mark.parametrize(
        ("score", "winner"),
        [((9, 3), None), ((10, 3), LEFT), ((10, 10), None), ((11, 10), LEFT), ((10, 11), None), ((14, 13), LEFT)],
        ids=["9-3", "10-3", "10-10", "11-10", "10-11", "14-13"],
    )
    def test_eleven_by_two(self, score: tuple[int, int], winner: int | None) -> None:
        match, events = play(Match(score=score, ball=ball(x=7.9)), 0.2)
        assert match.score == (score[0] + 1, score[1])
        assert match.winner == winner
        assert any(isinstance(event, GameWon) for event in events) == (winner is not None)

    def test_a_finished_game_stands_still(self) -> None:
        match = Match(score=(11, 2), winner=LEFT)
        after, events = play(match, 0.2, inputs=Inputs(serve=True))
        assert (after.score, after.ball, events) == ((11, 2), None, [])

    def test_rally_counts_hits_and_remembers_the_longest(self) -> None:
        start = Match(ball=ball(x=6.0), paddles=paddles(left=2.7))
        match, events = play(start, 3.0)
        points = [event for event in events if isinstance(event, Point)]
        assert [(point.side, point.rally) for point in points] == [(RIGHT, 1)]
        assert (match.rallies, match.hits, match.longest_rally) == (1, 1, 1)


class TestContact:
    @given(speed=st.floats(1.0, 1e5), y=ys, angle=angles, way=st.sampled_from([-1, 1]), dt_s=st.floats(1e-3, 0.5))
    def test_nothing_passes_a_paddle_that_stands_in_the_way(
        self, speed: float, y: float, angle: float, way: int, dt_s: float
    ) -> None:
        # A paddle as high as the court: every crossing must be a hit.
        tall = replace(COURT, paddle_half=COURT.half_height - 1e-6)
        now: Ball | None = ball(y=y, speed=speed, angle=angle, way=way)
        for _ in range(5):
            assert now is not None
            now, contacts = fly(now, paddles(), paddles(), dt_s, tall)
            assert not any(isinstance(contact, Missed) for contact in contacts)

    @given(speed=st.floats(1.0, 1e5), y=ys, angle=angles, way=st.sampled_from([-1, 1]))
    def test_an_absent_paddle_lets_every_ball_out_exactly_once(
        self, speed: float, y: float, angle: float, way: int
    ) -> None:
        away = (Paddle(1e6), Paddle(1e6))
        now, contacts = fly(ball(y=y, speed=speed, angle=angle, way=way), away, away, 60.0, COURT)
        assert now is None
        assert [type(contact) for contact in contacts].count(Missed) == 1
        assert isinstance(contacts[-1], Missed)
        assert abs(contacts[-1].y) <= COURT.wall_y

    @given(y=ys, angle=angles, speed=speeds, way=st.sampled_from([-1, 1]), parts=st.integers(2, 60))
    def test_a_straight_flight_is_the_same_in_any_number_of_steps(
        self, y: float, angle: float, speed: float, way: int, parts: int
    ) -> None:
        start = ball(y=y, speed=speed, angle=angle, way=way)
        whole, contacts = fly(start, paddles(), paddles(), 1.0, COURT)
        many: Ball | None = start
        pieces: list[object] = []
        for _ in range(parts):
            if many is None:
                break
            many, found = fly(many, paddles(), paddles(), 1.0 / parts, COURT)
            pieces += found
        # A contact in the last instant may fall on either side of the end.
        if len(pieces) == len(contacts):
            assert (whole is None) == (many is None)
            if whole is not None and many is not None:
                assert (many.x, many.y, many.vx, many.vy) == pytest.approx(
                    (whole.x, whole.y, whole.vx, whole.vy), abs=1e-6
                )
        else:
            assert abs(len(pieces) - len(contacts)) == 1

    @pytest.mark.parametrize(
        ("offset", "hit"), [(0.0, True), (0.95, True), (1.03, True), (1.06, False), (-1.03, True), (-1.06, False)]
    )
    def test_the_ends_of_a_paddle(self, offset: float, hit: bool) -> None:
        _, contacts = fly(ball(x=7.0, y=offset), paddles(), paddles(), 0.05, COURT)
        assert any(isinstance(contact, PaddleHit) for contact in contacts) == hit

    def test_a_paddle_that_moves_is_met_where_it_is_at_that_moment(self) -> None:
        # The ball is at the face after half the step, when the paddle has come half the way.
        start = ball(x=COURT.contact_x - 0.05, speed=10.0)
        _, contacts = fly(start, paddles(right=2.0), paddles(right=-2.0), 0.01, COURT)
        assert isinstance(contacts[0], PaddleHit)
        assert contacts[0].offset == pytest.approx(0.0, abs=1e-9)

    def test_off_centre_contact_turns_the_ball_that_way(self) -> None:
        for y in (-0.7, 0.7):
            after, _ = fly(ball(x=7.0, y=y), paddles(), paddles(), 0.05, COURT)
            assert after is not None
            assert after.vy * y > 0

    def test_a_moving_paddle_gives_spin_that_bends_the_flight_back(self) -> None:
        moving = (Paddle(), Paddle(0.0, 20.0))
        after, _ = fly(ball(x=7.0), moving, moving, 0.05, COURT)
        assert after is not None
        assert after.vy > 0
        assert after.spin > 0
        assert curve(after, 0.4, COURT).vy < after.vy

    def test_walls_take_some_of_the_spin(self) -> None:
        start = ball(y=COURT.wall_y - 0.01, angle=0.5, spin=1.0)
        after, contacts = fly(start, paddles(), paddles(), DT_S, COURT)
        assert isinstance(contacts[0], WallHit)
        assert after is not None
        assert after.spin < 0.7

    def test_speed_grows_with_each_hit_up_to_the_cap(self) -> None:
        now: Ball | None = ball(speed=COURT.serve_speed)
        found: list[float] = []
        for _ in range(3000):
            assert now is not None
            now, contacts = fly(now, paddles(), paddles(), DT_S, COURT)
            found += [contact.speed for contact in contacts if isinstance(contact, PaddleHit)]
        assert found[0] == pytest.approx(COURT.serve_speed * COURT.hit_gain)
        assert found == sorted(found)
        assert found[-1] == COURT.max_speed


class TestBounds:
    @given(
        seed=st.integers(0, 10_000),
        dt_s=st.sampled_from([1 / 240, 1 / 120, 1 / 30, 0.2]),
        wanted=st.lists(st.tuples(targets, targets), min_size=5, max_size=40),
    )
    def test_the_ball_leaves_only_as_a_point_and_keeps_its_speed_within_bounds(
        self, seed: int, dt_s: float, wanted: list[tuple[float, float]]
    ) -> None:
        rng, match = random.Random(seed), Match()
        for target in wanted:
            for _ in range(4):
                before = match
                match, events = step(match, Inputs(target, serve=True), dt_s, rng, COURT)
                points = [event for event in events if isinstance(event, Point)]
                assert sum(match.score) - sum(before.score) == len(points)
                if before.ball is not None and match.ball is None:
                    assert len(points) == 1
                if match.ball is not None:
                    assert abs(match.ball.y) <= COURT.wall_y
                    assert abs(match.ball.x) <= COURT.half_width + COURT.ball_radius
                    assert COURT.serve_speed * 0.999 <= match.ball.speed <= COURT.max_speed * 1.001
                    steep = math.atan2(abs(match.ball.vy), abs(match.ball.vx))
                    assert steep <= COURT.max_flight_angle_rad + 1e-9
                for paddle in match.paddles:
                    assert abs(paddle.y) <= COURT.paddle_limit

    @given(speed=speeds, angle=angles, spin=spins, dt_s=st.floats(1e-3, 0.1))
    def test_a_curve_keeps_the_speed_and_does_not_depend_on_the_step(
        self, speed: float, angle: float, spin: float, dt_s: float
    ) -> None:
        start = ball(speed=speed, angle=angle, spin=spin)
        once = curve(start, dt_s, COURT)
        twice = curve(curve(start, dt_s / 2, COURT), dt_s / 2, COURT)
        assert once.speed == pytest.approx(speed)
        assert (once.vx, once.vy, once.spin) == pytest.approx((twice.vx, twice.vy, twice.spin), abs=1e-9)
        assert once.vx > 0

    @given(
        y=ys, speed=speeds, angle=angles, spin=spins, left=targets, right=targets, goals=st.tuples(targets, targets),
        upright=st.booleans(), score=st.tuples(st.integers(0, 12), st.integers(0, 12)),
    )  # fmt: skip
    def test_the_mirrored_game_is_the_mirrored_game(
        self, y: float, speed: float, angle: float, spin: float, left: float, right: float,
        goals: tuple[float, float], upright: bool, score: tuple[int, int],
    ) -> None:  # fmt: skip
        def mirror(match: Match) -> Match:
            b, (one, two) = match.ball, match.paddles
            sx, sy = (1, -1) if upright else (-1, 1)
            if b is not None:
                b = Ball(sx * b.x, sy * b.y, sx * b.vx, sy * b.vy, -b.spin)
            if upright:
                return replace(match, ball=b, paddles=(Paddle(-one.y, -one.vy), Paddle(-two.y, -two.vy)))
            swapped = (match.score[1], match.score[0])
            winner = None if match.winner is None else other(match.winner)
            return replace(match, ball=b, paddles=(two, one), score=swapped, server=other(match.server), winner=winner)

        match = Match(ball=ball(y=y, speed=speed, angle=angle, spin=spin), paddles=paddles(left, right), score=score)
        image = mirror(match)
        wanted = (-goals[0], -goals[1]) if upright else (goals[1], goals[0])
        match, _ = play(match, 0.8, inputs=Inputs(goals))
        image, _ = play(image, 0.8, inputs=Inputs(wanted))
        assert mirror(match) == image


class TestPaddle:
    def test_follows_a_held_target_within_80_ms_without_overshoot(self) -> None:
        paddle = Paddle()
        for _ in range(10):
            paddle = follow(paddle, 1.0, DT_S, COURT)
            assert paddle.y <= 1.0
        assert paddle.y > 0.95

    def test_a_far_jump_takes_time(self) -> None:
        paddle = follow(Paddle(-2.7), 2.7, DT_S, COURT)
        assert paddle.y + 2.7 <= COURT.paddle_max_speed * DT_S + 1e-9

    def test_without_a_target_it_coasts_to_rest(self) -> None:
        paddle = Paddle(0.0, 6.0)
        for _ in range(60):
            paddle = follow(paddle, None, DT_S, COURT)
        assert abs(paddle.vy) < 0.1
        assert 0 < paddle.y < 1.0

    @given(target=targets, parts=st.integers(1, 12))
    def test_the_step_does_not_change_the_way(self, target: float, parts: int) -> None:
        # Slow enough for the top speed to stay out of it.
        start = Paddle(target + 0.2)
        whole = follow(start, target, 0.05, COURT)
        many = start
        for _ in range(parts):
            many = follow(many, target, 0.05 / parts, COURT)
        if abs(start.y) < COURT.paddle_limit:
            assert (many.y, many.vy) == pytest.approx((whole.y, whole.vy), abs=1e-6)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"max_speed": 1.0}, "max_speed: got 1.0, below serve_speed"),
        ({"ball_radius": 0.0}, "ball_radius: got 0.0, wanted a positive"),
        ({"hit_gain": math.nan}, "hit_gain: got nan"),
        ({"max_angle_rad": 1.5}, "max_angle_rad <= max_flight_angle_rad"),
        ({"paddle_half": 4.0}, "paddle_half: got 4.0"),
    ],
)
def test_settings_are_checked(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CourtSettings(**change)


@pytest.mark.parametrize("dt_s", [0.0, -1.0, math.nan, math.inf])
def test_a_step_needs_time(dt_s: float) -> None:
    with pytest.raises(ValueError, match="wanted a positive number of seconds"):
        step(Match(), Inputs(), dt_s, random.Random(1), COURT)


@pytest.mark.parametrize("module", ["court", "flight", "rules", "opponent"])
def test_the_rules_know_nothing_of_hands_or_windows(module: str) -> None:
    path = Path(court_module.__file__).with_name(f"{module}.py")
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert not {
        name for name in imported if name.startswith(("pygame", "numpy", "handplay.engine", "handplay.gestures"))
    }
