"""Seats: who plays, who only walks by, and a paddle that never jumps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine.preferences import Reach
from handplay.games.pong.court import LEFT, RIGHT, CourtSettings
from handplay.games.pong.players import Seats, SeatSettings

COURT = CourtSettings()
DT_S = 1 / 120


def seats(players: int = 1) -> Seats:
    return Seats(players, COURT)


def advance(table: Seats, start_s: float, seconds: float) -> float:
    now_s = start_s
    for _ in range(round(seconds / DT_S)):
        now_s += DT_S
        table.update(DT_S, now_s)
    return now_s


def lose(table: Seats, hand_id: int, now_s: float) -> None:
    """A hand that was seen until now is gone."""
    side = table.owner(hand_id)
    if side is not None:
        seat = table[side]
        table.hand_seen(hand_id, seat.x, seat.y, 0.0, now_s)
    table.hand_gone(hand_id, now_s)


class TestOnePlayer:
    def test_the_first_hand_stays_the_player(self) -> None:
        table = seats()
        table.hand_seen(1, 0.3, 0.5, 0.0, 0.0)
        table.hand_seen(2, 0.7, 0.2, 0.0, 0.1)
        assert (table.owner(1), table.owner(2)) == (LEFT, None)

    def test_another_hand_takes_over_only_after_the_grace(self) -> None:
        table = seats()
        table.hand_seen(1, 0.2, 0.5, 0.0, 0.0)
        lose(table, 1, 1.0)
        table.hand_seen(2, 0.8, 0.5, 0.0, 1.4)
        assert table.owner(2) is None
        table.hand_seen(2, 0.8, 0.5, 0.0, 1.6)
        assert (table.owner(2), table.owner(1)) == (LEFT, None)

    def test_the_same_place_under_a_new_id_need_not_wait(self) -> None:
        table = seats()
        table.hand_seen(1, 0.4, 0.5, 0.0, 0.0)
        lose(table, 1, 1.0)
        table.hand_seen(7, 0.45, 0.55, 0.0, 1.1)
        assert table.owner(7) == LEFT

    def test_the_grace_begins_with_the_last_sight(self) -> None:
        table = seats()
        table.hand_seen(1, 0.4, 0.5, 0.0, 1.0)
        table.hand_gone(1, 1.1)
        assert not table.lost(LEFT, 1.5)
        assert table.lost(LEFT, 1.51)

    def test_grace_then_lost_then_back(self) -> None:
        table = seats()
        table.hand_seen(1, 0.4, 0.5, 0.0, 0.0)
        lose(table, 1, 1.0)
        assert table.ready(LEFT, 1.5)
        assert table.lost(LEFT, 1.51)
        table.hand_seen(1, 0.4, 0.5, 0.0, 2.0)
        assert not table.lost(LEFT, 2.0)


class TestTwoPlayers:
    def test_the_half_of_the_view_decides(self) -> None:
        table = seats(2)
        table.hand_seen(1, 0.7, 0.5, 0.0, 0.0)
        table.hand_seen(2, 0.2, 0.5, 0.0, 0.0)
        assert (table.owner(1), table.owner(2)) == (RIGHT, LEFT)

    def test_each_keeps_the_own_hand_across_the_middle(self) -> None:
        table = seats(2)
        table.hand_seen(1, 0.4, 0.5, 0.0, 0.0)
        table.hand_seen(2, 0.6, 0.5, 0.0, 0.0)
        table.hand_seen(1, 0.8, 0.5, 0.0, 0.2)
        table.hand_seen(2, 0.2, 0.5, 0.0, 0.2)
        assert (table.owner(1), table.owner(2)) == (LEFT, RIGHT)

    def test_a_second_hand_in_one_half_waits_until_it_is_in_the_other(self) -> None:
        table = seats(2)
        table.hand_seen(1, 0.2, 0.5, 0.0, 0.0)
        table.hand_seen(2, 0.4, 0.5, 0.0, 0.0)
        assert table.owner(2) is None
        table.hand_seen(2, 0.55, 0.5, 0.0, 0.1)
        assert table.owner(2) == RIGHT

    def test_a_hand_lost_beyond_the_middle_gets_its_own_seat_back(self) -> None:
        table = seats(2)
        table.hand_seen(1, 0.4, 0.5, 0.0, 0.0)
        table.hand_seen(1, 0.6, 0.5, 0.0, 0.5)
        lose(table, 1, 0.6)
        table.hand_seen(3, 0.62, 0.5, 0.0, 0.7)
        assert table.owner(3) == LEFT


class TestMapping:
    @pytest.mark.parametrize(
        ("y", "share"),
        [(0.0, -1.0), (0.24, -1.0), (0.38, -0.5), (0.52, 0.0), (0.66, 0.5), (0.80, 1.0), (1.0, 1.0)],
    )
    def test_the_reach_zone_covers_the_court_and_rests_beyond(self, y: float, share: float) -> None:
        assert seats().paddle_y(y) == pytest.approx(share * COURT.paddle_limit)

    @given(st.floats(-COURT.paddle_limit, COURT.paddle_limit))
    def test_there_and_back(self, y: float) -> None:
        table = seats()
        assert table.paddle_y(table.view_y(y)) == pytest.approx(y)

    @given(places=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6), gaps=st.lists(st.booleans(), min_size=6))
    def test_no_jump_when_a_hand_comes_goes_and_comes_elsewhere(self, places: list[float], gaps: list[bool]) -> None:
        table, now_s, before = seats(), 0.0, 0.0
        for number, y in enumerate(places):
            if gaps[number]:
                lose(table, number, now_s)
                now_s = advance(table, now_s, 0.6)
                assert table[LEFT].target == before
                table.hand_seen(number + 1, 0.5, y, 0.0, now_s)
                table.update(DT_S, now_s + DT_S)
                assert abs(table[LEFT].target - before) < 0.1
            else:
                table.hand_seen(number + 1, 0.5, y, 0.0, now_s)
            now_s = advance(table, now_s, 0.4)
            before = table[LEFT].target

    def test_a_moving_hand_is_led_a_resting_one_is_not(self) -> None:
        table = seats()
        table.hand_seen(1, 0.5, 0.52, 0.0, 0.0)
        now_s = advance(table, 0.0, 0.5)
        table.hand_seen(1, 0.5, 0.52, 0.1, now_s)
        table.update(DT_S, now_s)
        assert table[LEFT].target == 0.0
        table.hand_seen(1, 0.5, 0.52, 1.0, now_s)
        table.update(DT_S, now_s)
        assert 0.0 < table[LEFT].target < 0.5


class TestControl:
    def test_whatever_moved_last(self) -> None:
        table = seats()
        table.hand_seen(1, 0.5, 0.52, 0.0, 0.0)
        now_s = advance(table, 0.0, 0.3)
        table.key(LEFT, 1)
        now_s = advance(table, now_s, 0.2)
        table.key(LEFT, 0)
        assert table[LEFT].control == "keys"
        assert table[LEFT].target > 1.0
        table.hand_seen(1, 0.5, 0.53, 0.0, now_s)
        assert table[LEFT].control == "keys", "a hand that only trembles takes nothing back"
        table.hand_seen(1, 0.5, 0.60, 0.0, now_s)
        assert table[LEFT].control == "hand"
        table.mouse(LEFT, -9.0)
        assert (table[LEFT].control, table[LEFT].target) == ("mouse", -COURT.paddle_limit)

    def test_a_key_stops_where_it_is_let_go(self) -> None:
        table = seats()
        table.key(LEFT, -1)
        now_s = advance(table, 0.0, 0.1)
        table.key(LEFT, 0)
        held = table[LEFT].target
        advance(table, now_s, 0.5)
        assert held < 0
        assert table[LEFT].target == held

    def test_start_seats_those_without_a_hand(self) -> None:
        table = seats(2)
        table.hand_seen(1, 0.2, 0.5, 0.0, 0.0)
        table.sit_down(0.1)
        assert (table[LEFT].control, table[RIGHT].control) == ("hand", "keys")

    def test_keys_save_a_lost_hand(self) -> None:
        table = seats()
        table.hand_seen(1, 0.2, 0.5, 0.0, 0.0)
        lose(table, 1, 0.1)
        assert table.lost(LEFT, 1.0)
        table.key(LEFT, 1)
        assert table.ready(LEFT, 1.0)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"grace_s": 0.0}, "grace_s: got 0.0"), ({"reach_centre": 0.9}, "must lie inside the view")],
)
def test_settings_are_checked(change: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SeatSettings(**change)


def test_players_are_counted() -> None:
    with pytest.raises(ValueError, match="got 3 players, wanted 1 or 2"):
        seats(3)


@pytest.mark.parametrize(
    ("reach", "centre", "height"),
    [
        (Reach(), SeatSettings().reach_centre, SeatSettings().reach_height),
        (Reach(0.3, 0.4, 0.7, 0.8), 0.7, 0.4),
        (Reach(0.3, 0.3, 0.7, 0.45), 0.475, 0.3),
        (Reach(0.0, 0.6, 1.0, 1.0), 0.8, 0.4),
        (Reach(0.0, 0.0, 1.0, 0.99), 0.55, 0.9),
    ],
    ids=["not measured", "low and small", "tiny", "at the edge", "nearly all"],
)
def test_the_reach_box_becomes_the_reach_zone(reach: Reach, centre: float, height: float) -> None:
    settings = SeatSettings.within(reach)
    assert settings.reach_centre == pytest.approx(centre, abs=1e-5)
    assert settings.reach_height == pytest.approx(height)
