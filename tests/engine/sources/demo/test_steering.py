"""A steered hand is late, smooth and no faster than an arm."""

from __future__ import annotations

import math

import numpy as np
import pytest

from handplay.engine.sources.base import Wish
from handplay.engine.sources.demo.steering import Follower, FollowSettings

RATE = 240


def follow(wishes: dict[float, Wish], seconds: float = 2.0) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    hand = Follower("Right", 0.5, 0.5, "open_palm")
    waiting = sorted(wishes.items())
    path = []
    for i in range(int(seconds * RATE)):
        time_s = i / RATE
        while waiting and waiting[0][0] <= time_s:
            hand.wish(waiting.pop(0)[1], time_s)
        path.append(hand.at(time_s, 4 / 3)[:2])
    return np.array(path)


def test_nothing_happens_before_the_reaction_time_and_then_it_arrives() -> None:
    path = follow({0.5: Wish(0.5, 0.9)})
    reaction = FollowSettings().reaction_s
    assert 0.12 <= reaction <= 0.18
    assert (path[: int((0.5 + reaction) * RATE), 1] == 0.5).all()
    assert path[-1] == pytest.approx((0.5, 0.9))


def test_the_view_is_mirrored() -> None:
    assert follow({0.0: Wish(0.9, 0.5)})[-1] == pytest.approx((0.1, 0.5))


def test_speed_and_its_change_have_no_jumps() -> None:
    wishes = {0.1 * i: Wish(0.5, 0.5 + 0.35 * math.sin(2.2 * i)) for i in range(15)}
    path = follow(wishes)
    speed = np.diff(path, axis=0) * RATE
    push = np.diff(speed, axis=0) * RATE
    assert np.abs(speed).max() < FollowSettings().top_speed * 1.6
    assert np.abs(np.diff(path, axis=0)).max() < 0.03
    assert np.abs(push).max() < 120  # frame heights a second squared


def test_a_long_way_keeps_the_speed_limit() -> None:
    path = follow({0.0: Wish(0.5, 1.5)}, 3)
    assert np.abs(np.diff(path[:, 1])).max() * RATE <= FollowSettings().top_speed * 1.001
    assert path[-1, 1] == pytest.approx(1.5)


def test_a_followed_target_stays_close() -> None:
    # Two sweeps of a third of the picture in three seconds: the pace of a rally.
    wishes = {i / 60: Wish(0.5, round(0.5 + 0.17 * math.sin(2 * math.pi * i / 90), 2)) for i in range(240)}
    path = follow(wishes, 4.0)
    times = np.arange(len(path)) / RATE
    lag_s = 0.3
    wanted = 0.5 + 0.17 * np.sin(2 * np.pi * (times - lag_s) * 60 / 90)
    assert np.abs(path[RATE:, 1] - wanted[RATE:]).mean() < 0.06


def test_settings_are_checked() -> None:
    with pytest.raises(ValueError, match=r"FollowSettings.top_speed: got 0"):
        FollowSettings(top_speed=0)
