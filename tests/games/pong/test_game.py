"""A whole sitting without a window: screens, serves, lost hands, pauses, rematch, and the same game twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from handplay.games.pong.court import LEFT, RIGHT, Ball, Match
from handplay.games.pong.game import Beat, Changed, Happening, PongGame, between
from handplay.games.pong.opponent import Difficulty
from handplay.games.pong.rules import Point, Served

DT_S = 1 / 120


def new_game(*, players: int = 1, difficulty: Difficulty = "normal", seed: int = 4) -> PongGame:
    return PongGame(players=players, difficulty=difficulty, rng=random.Random(seed))


def run(game: PongGame, seconds: float, each: Callable[[PongGame], None] | None = None) -> list[Happening]:
    happened: list[Happening] = []
    for _ in range(round(seconds / DT_S)):
        if each is not None:
            each(game)
        happened += game.update(DT_S)
    return happened


def at_serve(**options: object) -> PongGame:
    """A game whose left player has a hand in view and is about to serve."""
    game = new_game(**options)  # type: ignore[arg-type]  # the options of new_game, passed on
    for side in game.seats.sides:
        game.seats.hand_seen(1 + side, 0.25 + 0.5 * side, 0.52, 0.0, 0.0)
    run(game, 1.0)
    assert game.state == "serve"
    return game


def in_rally(**options: object) -> PongGame:
    game = at_serve(**options)
    game.act("serve", LEFT)
    run(game, 2 * DT_S)
    assert game.state == "rally"
    return game


def screens(happened: list[Happening]) -> list[str]:
    return [event.after for event in happened if isinstance(event, Changed)]


class TestStart:
    def test_title_then_looking_then_a_hand(self) -> None:
        game = new_game()
        assert screens(run(game, 2.0)) == ["looking"]
        game.seats.hand_seen(1, 0.5, 0.5, 0.0, game.now_s)
        assert screens(run(game, 0.3)) == []
        assert screens(run(game, 0.1)) == ["serve"]

    def test_a_hand_that_flits_through_starts_nothing(self) -> None:
        game = new_game()
        run(game, 2.0)
        for number in range(5):
            game.seats.hand_seen(number, 0.5, 0.5, 0.0, game.now_s)
            run(game, 0.2)
            game.seats.hand_gone(number, game.now_s)
            assert screens(run(game, 0.3)) == []

    def test_the_title_waits_while_nothing_could_play(self) -> None:
        game = new_game()
        game.can_start = False
        assert screens(run(game, 5.0)) == []

    def test_start_by_key_needs_no_hand_and_no_source(self) -> None:
        game = new_game(players=2)
        game.can_start = False
        game.start()
        assert screens(run(game, 0.1)) == ["looking", "serve"]

    def test_two_players_wait_for_both(self) -> None:
        game = new_game(players=2)
        game.seats.hand_seen(1, 0.2, 0.5, 0.0, 0.0)
        run(game, 3.0)
        assert (game.state, game.missing) == ("looking", (RIGHT,))


class TestServe:
    def test_open_palm_of_the_server(self) -> None:
        game = at_serve()
        game.act("serve", LEFT)
        assert [type(event) for event in game.update(DT_S)] == [Served, Changed]

    def test_asked_a_moment_too_early_it_comes_when_it_is_due(self) -> None:
        game = new_game()
        game.seats.hand_seen(1, 0.3, 0.5, 0.0, 0.0)
        for _ in range(240):
            game.update(DT_S)
            if game.state == "serve":
                break
        game.act("serve", LEFT)
        assert screens(run(game, 0.3)) == []
        assert screens(run(game, 0.1)) == ["rally"]

    def test_what_started_the_game_does_not_serve_at_once(self) -> None:
        game = new_game()
        game.start()
        game.act("serve")
        run(game, 0.1)
        assert game.state == "serve"
        assert screens(run(game, 3.0)) == []

    def test_open_palm_of_the_other_does_nothing(self) -> None:
        game = at_serve(players=2)
        game.act("serve", RIGHT)
        assert game.update(DT_S) == []

    def test_a_palm_that_was_open_all_along_serves_after_a_while(self) -> None:
        game = at_serve()
        game.pose(LEFT, "serve", True)
        assert screens(run(game, 0.5)) == []
        assert 0.4 < game.serve_share < 0.7
        assert screens(run(game, 0.5)) == ["rally"]

    def test_a_palm_that_closes_again_does_not(self) -> None:
        game = at_serve()
        game.pose(LEFT, "serve", True)
        run(game, 0.5)
        game.pose(LEFT, "serve", False)
        run(game, 2.0)
        assert (game.state, game.serve_share) == ("serve", 0.0)

    def test_the_opponent_serves_by_itself(self) -> None:
        game = at_serve()
        game.match = replace(game.match, server=RIGHT)
        assert screens(run(game, 1.5)) == ["rally"]


class TestInterruptions:
    def test_half_a_second_of_grace_then_lost_then_countdown(self) -> None:
        game = in_rally()
        game.seats.hand_seen(1, 0.25, 0.52, 0.0, game.now_s)
        game.seats.hand_gone(1, game.now_s)
        assert screens(run(game, 0.45)) == []
        assert screens(run(game, 0.1)) == ["lost"]
        held = game.match.ball
        run(game, 1.0)
        assert game.match.ball == held
        game.seats.hand_seen(1, 0.25, 0.52, 0.0, game.now_s)
        happened = run(game, game.settings.countdown_s + 0.1)
        assert screens(happened) == ["countdown", "rally"]
        assert [event.number for event in happened if isinstance(event, Beat)] == [3, 2, 1]

    def test_a_hand_that_is_back_in_time_is_not_noticed(self) -> None:
        game = in_rally()
        game.seats.hand_seen(1, 0.25, 0.52, 0.0, game.now_s)
        game.seats.hand_gone(1, game.now_s)
        run(game, 0.4)
        game.seats.hand_seen(2, 0.3, 0.5, 0.0, game.now_s)
        assert screens(run(game, 0.3)) == []

    def test_pause_and_back(self) -> None:
        game = in_rally()
        game.act("pause")
        run(game, 0.5)
        assert game.state == "paused"
        before = game.match
        run(game, 3.0)
        assert game.match == before
        game.act("pause")
        assert screens(run(game, 2.0)) == ["countdown", "rally"]

    def test_paddles_follow_in_the_countdown_so_that_nobody_is_caught_out(self) -> None:
        game = in_rally()
        game.act("pause")
        run(game, 0.1)
        game.act("pause")
        run(game, 0.1)
        game.seats.hand_seen(1, 0.25, 0.80, 0.0, game.now_s)
        run(game, 0.5)
        assert game.match.paddles[LEFT].y == pytest.approx(game.court.paddle_limit, abs=0.01)


class TestEnd:
    def near_the_end(self, score: tuple[int, int] = (10, 4)) -> PongGame:
        game = in_rally()
        game.match = replace(game.match, score=score, ball=Ball(7.9, 0.0, 12.0, 0.0), rally=5, hits=40, rallies=14)
        return game

    def test_point_then_the_next_serve(self) -> None:
        game = self.near_the_end((3, 4))
        happened = run(game, 1.5)
        assert [event.side for event in happened if isinstance(event, Point)] == [LEFT]
        assert screens(happened) == ["point", "serve"]

    def test_result_and_rematch_by_the_loser_of_the_last(self) -> None:
        game = self.near_the_end()
        assert screens(run(game, 2.0)) == ["point", "result"]
        run(game, 1.5)
        game.act("rematch", LEFT)
        assert screens(run(game, 0.1)) == ["serve"]
        assert (game.match.score, game.match.server) == ((0, 0), RIGHT)

    def test_a_thumb_that_was_up_already_starts_nothing(self) -> None:
        game = self.near_the_end()
        run(game, 1.6)
        game.act("rematch", LEFT)
        run(game, 3.0)
        assert game.state == "result"

    def test_the_summary_counts_the_whole_sitting(self) -> None:
        game = self.near_the_end()
        run(game, 4.0)
        assert game.summary() == {"score": [11, 4], "rallies": 15, "longest_rally": 5, "hits": 40, "state": "result"}
        game.act("rematch")
        run(game, 0.1)
        assert game.summary() == {"score": [0, 0], "rallies": 15, "longest_rally": 5, "hits": 40, "state": "serve"}


def play_a_while(seed: int, seconds: float) -> list[object]:
    """A game under a hand that follows a fixed path; everything that can be told of it."""
    game = at_serve(seed=seed)
    told: list[object] = []
    for number in range(round(seconds / DT_S)):
        if number % 4 == 0:
            phase = (number / 300) % 2
            game.seats.hand_seen(1, 0.3, 0.3 + 0.4 * abs(1 - phase), 0.0, game.now_s)
        if number % 60 == 0:
            game.act("serve", LEFT)
        told += game.update(DT_S)
    return [*told, game.match]


def test_the_same_seed_and_hands_give_the_same_game() -> None:
    assert play_a_while(9, 30) == play_a_while(9, 30)
    assert play_a_while(9, 30) != play_a_while(10, 30)


def test_a_game_plays_itself_to_an_end() -> None:
    game = at_serve()

    def follow(now: PongGame) -> None:
        ball = now.match.ball
        if ball is not None and ball.vx < 0 and ball.x < 2:
            now.seats.hand_seen(1, 0.3, now.seats.view_y(ball.y + 0.6), 0.0, now.now_s)
        now.act("serve", LEFT)

    for _ in range(120):
        run(game, 5.0, follow)
        if game.state == "result":
            break
    assert game.state == "result"
    assert max(game.match.score) >= 11


def test_drawing_between_two_steps() -> None:
    game = new_game()
    game.before = Match(ball=Ball(0.0, 1.0, 1.0, 0.0))
    game.match = Match(ball=Ball(1.0, 2.0, 1.0, 0.0))
    assert between(game, 0.25).ball == Ball(0.25, 1.25, 1.0, 0.0)
    game.before = Match()
    assert between(game, 0.25).ball == game.match.ball


def test_a_wrong_difficulty_is_named() -> None:
    with pytest.raises(ValueError, match="got difficulty 'brutal', wanted one of"):
        new_game(difficulty="brutal")  # type: ignore[arg-type]  # what the test is about
