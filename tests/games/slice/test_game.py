"""A sitting: waves that follow the player, lives, screens, the hand that is lost."""

from __future__ import annotations

import random

import pytest

from handplay.games.slice.flight import HEIGHT, Boom, Combo, Cut, Flyer, Missed, Stroke
from handplay.games.slice.game import BACK_S, LIVES, LOST_S, NEW_LIFE, Changed, Happening, LifeBack, SliceGame
from handplay.games.slice.waves import PaceSettings, Waves

STEP_S = 1 / 120


def run(game: SliceGame, seconds: float, *, hands: int = 1, by_hand: bool = True, cut: float = 0.0) -> list[Happening]:
    """Plays on; of the fruit that comes high enough a share is cut."""
    told: list[Happening] = []
    rng = random.Random(5)
    judged: dict[int, bool] = {}
    for _ in range(round(seconds / STEP_S)):
        strokes = [
            Stroke(1, one.x - 30, one.y, one.x + 30, one.y, 3000.0)
            for one in game.air.flyers
            if one.y < 400 and not one.is_bomb and judged.setdefault(one.number, rng.random() < cut)
        ]
        told += game.step(STEP_S, strokes, hands=hands, by_hand=by_hand)
    return told


def screen(game: SliceGame) -> str:
    return game.state


def started(seed: int = 1) -> SliceGame:
    game = SliceGame(random.Random(seed))
    game.start()
    return game


def test_a_cut_through_the_fruit_of_the_title_starts() -> None:
    game = SliceGame(random.Random(1))
    run(game, 2.0)
    assert screen(game) == "title"
    assert game.air.flyers[0].y == pytest.approx(430, abs=0.5)  # it floats
    told = game.step(STEP_S, [Stroke(1, 500, 430, 800, 430, 3000.0)], hands=1, by_hand=True)
    assert [type(event) for event in told] == [Cut, Changed]
    assert screen(game) == "playing"
    assert game.score == 0


def test_who_cuts_nothing_loses_after_three() -> None:
    game = started()
    told = run(game, 30.0)
    assert sum(isinstance(event, Missed) for event in told) >= LIVES
    assert screen(game) == "over"
    assert game.score == 0
    assert game.level == 0.0


def test_who_cuts_all_goes_on_and_it_gets_harder() -> None:
    game = started()
    told = run(game, 60.0, cut=1.0)
    assert screen(game) == "playing"
    assert game.cuts > 60
    assert game.level > 0.5
    assert game.score == game.cuts + sum(event.count for event in told if isinstance(event, Combo))


def test_the_level_settles_where_the_player_is() -> None:
    levels = {}
    for share in (0.7, 0.97):
        waves = Waves(random.Random(2), 760.0)
        rng = random.Random(3)
        for _ in range(600):
            waves.cut() if rng.random() < share else waves.missed()
        levels[share] = waves.level
    assert levels[0.7] < 0.15
    assert levels[0.97] > 0.6


def test_a_bomb_costs_a_life_and_clears_what_was_to_come() -> None:
    game = started()
    game.air.throw([Flyer(99, "bomb", 600, 300, 0, 0, 50)])
    told = game.step(STEP_S, [Stroke(1, 500, 300, 700, 300, 3000.0)], hands=1, by_hand=True)
    assert any(isinstance(event, Boom) for event in told)
    assert (game.lives, game.booms, game.score) == (LIVES - 1, 1, 0)


def test_a_bomb_makes_it_easier() -> None:
    waves = Waves(random.Random(2), 760.0)
    for _ in range(200):
        waves.cut()
    before = waves.level
    waves.boom()
    assert waves.level < before - 0.05


def test_a_life_comes_back() -> None:
    game = started()
    game.lives, game.score = 1, NEW_LIFE - 1
    game.air.throw([Flyer(99, "lime", 600, 300, 0, 0, 50)])
    told = game.step(STEP_S, [Stroke(1, 500, 300, 700, 300, 3000.0)], hands=1, by_hand=True)
    assert any(isinstance(event, LifeBack) for event in told)
    assert game.lives == 2


def test_without_a_hand_the_game_waits_for_it() -> None:
    game = started()
    run(game, LOST_S + 0.1, hands=0)
    assert screen(game) == "lost"
    flying = game.air.flyers
    run(game, 5.0, hands=0)
    assert game.air.flyers == flying  # nothing falls meanwhile
    run(game, BACK_S / 2, hands=1)
    assert 0.4 < game.back_share < 0.6
    assert screen(game) == "lost"
    run(game, BACK_S / 2 + 0.1, hands=1)
    assert screen(game) == "playing"


def test_a_game_by_mouse_does_not_wait_for_hands() -> None:
    game = started()
    run(game, LOST_S + 0.5, hands=0, by_hand=False)
    assert screen(game) == "playing"


def test_pause_and_back() -> None:
    game = started()
    game.pause()
    before = game.air.flyers
    run(game, 2.0)
    assert screen(game) == "paused"
    assert game.air.flyers == before
    game.pause()
    assert screen(game) == "playing"


def test_the_result_is_seen_before_a_cut_begins_anew() -> None:
    game = started()
    run(game, 30.0)
    assert screen(game) == "over"
    game.start()
    game.lives = 1
    game.air.throw([Flyer(99, "lime", 600, HEIGHT + 40, 0, 100, 50)])
    told = run(game, 0.3)
    assert screen(game) == "over"
    assert any(isinstance(event, Changed) for event in told)
    game.step(STEP_S, [Stroke(1, 500, 430, 800, 430, 3000.0)], hands=1, by_hand=True)
    assert screen(game) == "over"  # the swipe that lost is no wish for another game
    run(game, 1.5)
    game.step(STEP_S, [Stroke(1, 500, 430, 800, 430, 3000.0)], hands=1, by_hand=True)
    assert screen(game) == "playing"


def test_a_new_game_begins_with_nothing_but_all_lives() -> None:
    game = started()
    run(game, 12.0, cut=0.4)
    run(game, 30.0)
    assert screen(game) == "over"
    assert game.lives == 0
    assert game.cuts > 0
    game.start()
    assert (game.lives, game.score, game.cuts, game.best_combo, game.booms) == (LIVES, 0, 0, 0, 0)
    assert game.air.flyers == ()
    assert game.summary()["games"] == 2


def test_the_same_seed_is_the_same_game() -> None:
    a, b, c = started(7), started(7), started(8)
    for game in (a, b, c):
        run(game, 8.0, cut=0.9)
    assert a.summary() == b.summary()
    assert a.air.flyers == b.air.flyers
    assert a.air.flyers != c.air.flyers


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_what_is_thrown_can_be_reached(level: float) -> None:
    waves = Waves(random.Random(4), 760.0, PaceSettings(up=0, down_miss=0))
    waves.level = level
    thrown: list[Flyer] = []
    for _ in range(120 * 60):
        thrown += waves.step(STEP_S, 0)
    bombs = sum(one.is_bomb for one in thrown)
    assert len(thrown) > 30
    assert (bombs > 0) == (level > 0)
    assert bombs < 0.3 * len(thrown)
    for one in thrown:
        assert 100 <= one.x <= 1180
        apex = one.y - one.vy**2 / (2 * 760.0)
        assert 100 <= apex <= 320
        land = one.x + one.vx * 2 * -one.vy / 760.0
        assert 60 <= land <= 1220
