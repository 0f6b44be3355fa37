"""The player's choices while a game runs: what follows at once, and what is said of the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest

from handplay.cli.game_feed import GameFeed
from handplay.cli.options import GameOptions
from handplay.engine.live.live_feed import LiveFeed
from handplay.engine.preferences import Preferences
from handplay.engine.sources.base import SourceInfo

INFO = SourceInfo("fake", "live", 640, 480, 30.0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the feed."""
    asked: list[str] = []
    monkeypatch.setattr(LiveFeed, "retune", lambda _: asked.append("retune"))
    monkeypatch.setattr(LiveFeed, "reopen", lambda _, open_source: asked.append("reopen"))
    return asked


@pytest.mark.parametrize(
    ("options", "change", "wanted", "note"),
    [
        ({}, {"smoothing": 0.8}, ["retune"], ""),
        ({}, {"hands": 4}, ["retune"], ""),
        ({}, {"camera": "camera:Desk"}, ["reopen"], ""),
        ({}, {"volume": 0.3}, [], ""),
        ({}, {}, [], ""),
        ({"hands": 1}, {"hands": 4}, [], "This time it stays at --hands 1"),
        ({"source": "demo"}, {"camera": "camera:Desk"}, [], "This time it stays at --source demo"),
    ],
    ids=["movement", "hands", "camera", "volume", "nothing", "hands were named", "a source was named"],
)
def test_what_follows(
    asked: list[str], options: dict[str, Any], change: dict[str, Any], wanted: list[str], note: str
) -> None:
    before = Preferences()
    feed = GameFeed(GameOptions(**options), least_hands=1, demo="pong", preferences=before)
    assert feed.adapt(replace(before, **change)) == note
    assert asked == wanted


def test_the_same_choice_again_changes_nothing(asked: list[str]) -> None:
    feed = GameFeed(GameOptions(), least_hands=1, demo="pong", preferences=Preferences())
    for _ in range(2):
        feed.adapt(Preferences(smoothing=0.8))
    assert asked == ["retune"]


@pytest.mark.parametrize(
    ("named", "least", "chosen", "hands"), [(0, 1, 2, 2), (0, 2, 1, 2), (0, 1, 1, 1), (3, 2, 1, 3)]
)
def test_how_many_hands(named: int, least: int, chosen: int, hands: int) -> None:
    options = GameOptions(hands=named or None)
    feed = GameFeed(options, least_hands=least, demo="pong", preferences=Preferences(hands=chosen))
    with feed._tracker(INFO) as tracker:
        assert tracker._max_hands == hands


def test_the_next_tracker_is_as_the_player_has_chosen_since() -> None:
    feed = GameFeed(GameOptions(), least_hands=1, demo="pong", preferences=Preferences())
    cutoffs = []
    for smoothing in (0.5, 0.2, 0.8):
        feed.adapt(Preferences(smoothing=smoothing))
        with feed._tracker(INFO) as tracker:
            cutoffs.append(tracker._settings.smoothing.min_cutoff_hz)
    assert cutoffs[2] < cutoffs[0] < cutoffs[1]


@pytest.mark.parametrize(("kind", "mode", "smooth"), [("stills", "still", False), ("live", "video", True)])
def test_pictures_that_follow_nothing_are_taken_on_their_own(
    monkeypatch: pytest.MonkeyPatch, kind: Literal["stills", "live"], mode: str, smooth: bool
) -> None:
    made: list[dict[str, Any]] = []
    monkeypatch.setattr("handplay.engine.tracking.tracker.HandTracker", lambda hands, **how: made.append(how))
    feed = GameFeed(GameOptions(), least_hands=1, demo="pong", preferences=Preferences())
    feed._tracker(replace(INFO, kind=kind, mirrored=True))
    assert (made[0]["mode"], made[0]["smooth"], made[0]["mirrored"]) == (mode, smooth, True)


def test_networks_are_loaded_once() -> None:
    feed = GameFeed(GameOptions(), least_hands=1, demo="pong", preferences=Preferences())
    assert feed._load() is feed._load()
