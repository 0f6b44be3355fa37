"""Grab, drag, throw over time: what goes on, what ends, what does not break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from handplay.engine.hands import HandFrame

Make = Callable[..., Any]


def shown(m: Any, pose: str, seconds: float, **more: object) -> Iterator[HandFrame]:
    m.pose, m.turn = pose, more
    yield from m.rest(seconds)


def begun(m: Any) -> list[Iterator[HandFrame]]:
    """A drag that is under way."""
    return [m.rest(0.5), shown(m, "fist", 0.4), m.go(0.5, 1.2, 0.0, even=True)]


def test_a_drag_begins_goes_on_and_ends_with_letting_go(mover: Make, played: Make) -> None:
    m = mover()
    told = played().feed(*begun(m), m.rest(0.3), shown(m, "open_palm", 0.4))
    steps = [(kind, value) for _, kind, name, value in told.told if name == "drag"]
    assert [kind for kind, _ in steps[:2]] == ["begin", "hold"]
    assert steps[-1][0] == "end"
    assert steps[1][1] == pytest.approx(2.5, rel=0.1)  # palm units a second, while it moves
    assert steps[-6][1] < 0.2  # and at rest


def test_its_reading_says_so(mover: Make, played: Make) -> None:
    m = mover()
    assert "drag" in played().feed(*begun(m)).last.readings[0].gestures


@pytest.mark.parametrize("moment_s", [0.034, 0.067, 0.1])
def test_a_hand_that_is_hidden_for_a_moment_still_drags(mover: Make, played: Make, moment_s: float) -> None:
    m = mover()
    told = played().feed(*begun(m), m.nothing(moment_s), m.go(0.4, 1.8, 0.0, even=True))
    assert told.names() == ["drag"]
    assert told.names("end") == told.names("cancel") == []


def test_a_fist_that_flickers_still_drags(mover: Make, played: Make) -> None:
    m = mover()
    told = played().feed(*begun(m), shown(m, "point", 0.067), shown(m, "fist", 0.3))
    assert told.names() == ["drag"]
    assert told.names("end") == []


def test_a_lost_hand_cancels_the_drag(mover: Make, played: Make) -> None:
    m = mover()
    told = played().feed(*begun(m), m.nothing(0.3))
    assert told.names("cancel") == ["drag"]


@pytest.mark.parametrize(
    "runs",
    [
        pytest.param(lambda m: [shown(m, "fist", 0.6), m.go(0.5, 1.5, 0.0)], id="was never open"),
        pytest.param(lambda m: [m.rest(0.5), shown(m, "fist", 1.5)], id="does not move"),
        pytest.param(lambda m: [m.rest(0.5), _closes_on_the_way(m), m.rest(0.3)], id="closes on its way"),
        pytest.param(
            lambda m: [m.rest(0.5), shown(m, "fist", 0.4, thumb="extended"), m.go(0.5, 1.5, 0.0)],
            id="has its thumb out",
        ),
        pytest.param(
            lambda m: [shown(m, "point", 1.0), shown(m, "fist", 0.4), m.go(0.5, 1.5, 0.0)], id="was not flat before"
        ),
    ],
)
def test_no_drag_of_a_hand_that(mover: Make, played: Make, runs: Callable[[Any], list[Iterator[HandFrame]]]) -> None:
    assert "drag" not in played().feed(*runs(mover())).names()


def _closes_on_the_way(m: Any) -> Iterator[HandFrame]:
    for i, frame in enumerate(m.go(0.6, 2.4, 0.0)):
        m.pose = "fist" if i > 5 else "open_palm"
        yield frame


def test_opening_slowly_is_no_throw(mover: Make, played: Make) -> None:
    m = mover()
    told = played().feed(*begun(m), m.rest(0.4), shown(m, "open_palm", 0.4))
    assert "throw" not in told.names()


@pytest.mark.parametrize(
    ("pose", "before"),
    [
        pytest.param("fist", lambda m: m.go(0.9, -1.6, 1.2, even=True), id="has not rested"),
        pytest.param("thumbs_up", lambda m: m.rest(0.5), id="has its thumb out"),
    ],
)
def test_no_throw_of_a_closed_hand_that(
    mover: Make, played: Make, pose: str, before: Callable[[Any], Iterator[HandFrame]]
) -> None:
    m = mover(pose=pose)
    told = played().feed(before(m), m.go(0.25, m.at[0] + 1.5, m.at[1] - 0.3, even=True))
    m.pose = "open_palm"
    told.feed(m.go(0.15, m.at[0] + 0.9, m.at[1] - 0.2, even=True), m.rest(0.4))
    assert "throw" not in told.names()


def test_a_throw_tells_its_speed_and_ends_the_drag_first(mover: Make, played: Make) -> None:
    m = mover()
    told = played().feed(m.rest(0.5), shown(m, "fist", 0.4), m.go(0.25, 1.5, -0.3, even=True))
    m.pose = "open_palm"
    told.feed(m.go(0.15, 2.4, -0.5, even=True), m.rest(0.4))
    moves = [(kind, name) for _, kind, name, _ in told.told if name in ("drag", "throw") and kind != "hold"]
    assert moves == [("begin", "drag"), ("end", "drag"), ("begin", "throw"), ("end", "throw")]
    speed = next(value for _, kind, name, value in told.told if (kind, name) == ("begin", "throw"))
    assert 5 < speed < 9


def test_a_movement_that_was_made_ends_when_the_hand_is_lost(mover: Make, played: Make) -> None:
    m = mover()
    m.at = (-1.2, 0.0)
    told = played().feed(m.rest(0.6), m.go(0.4, 1.2, 0.0), m.nothing(0.4))
    assert told.names() == told.names("end") == ["swipe_right"]
    assert told.names("cancel") == []
