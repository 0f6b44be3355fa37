"""What a blade does to what flies."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.games.slice.flight import Air, Boom, Combo, Cut, FlightSettings, Flyer, Missed, Stroke

STEP_S = 1 / 120
STILL = FlightSettings(gravity=0.0)


def flyer(x: float = 600, y: float = 300, *, number: int = 1, kind: str = "orange", vy: float = 0.0) -> Flyer:
    return Flyer(number, kind, x, y, 0.0, vy, 50.0)


def stroke(ax: float, ay: float, bx: float, by: float, *, speed: float = 2000.0, blade: int = 1) -> Stroke:
    return Stroke(blade, ax, ay, bx, by, speed)


@pytest.mark.parametrize(
    ("one", "cuts"),
    [
        (stroke(500, 300, 700, 300), True),
        (stroke(500, 350, 700, 350), True),
        (stroke(500, 358, 700, 358), True),
        (stroke(500, 370, 700, 370), False),
        (stroke(300, 300, 500, 300), False),
        (stroke(300, 300, 545, 300), True),
        (stroke(600, 300, 600, 300), True),
        (stroke(500, 300, 700, 300, speed=300), False),
        (stroke(500, 300, 700, 300, speed=620), True),
    ],
    ids=["middle", "rim", "reach", "beside", "short", "just there", "on the spot", "slow", "just fast"],
)
def test_a_fast_blade_that_meets_a_fruit_cuts_it(one: Stroke, cuts: bool) -> None:
    air = Air(STILL)
    air.throw([flyer()])
    told = air.step(STEP_S, [one])
    assert [type(event) for event in told] == ([Cut] if cuts else [])
    assert len(air.flyers) == (0 if cuts else 1)


def test_the_direction_of_a_cut() -> None:
    air = Air(STILL)
    air.throw([flyer()])
    (cut,) = air.step(STEP_S, [stroke(600, 200, 600, 400)])
    assert isinstance(cut, Cut)
    assert cut.along_rad == pytest.approx(math.pi / 2)
    assert cut.speed == 2000.0


@pytest.mark.parametrize(("y", "goes_off"), [(300, True), (341, True), (350, False)])
def test_a_near_miss_spares_a_bomb(y: float, goes_off: bool) -> None:
    air = Air(STILL)
    air.throw([flyer(kind="bomb")])
    told = air.step(STEP_S, [stroke(500, y, 700, y)])
    assert [type(event) for event in told] == ([Boom] if goes_off else [])


@pytest.mark.parametrize(
    ("pauses_s", "combos"),
    [((0.1, 0.1), [3]), ((0.1, 0.1, 0.1), [4]), ((0.1,), []), ((0.5, 0.1), []), ((0.3, 0.3, 0.3, 0.3), [5])],
)
def test_cuts_in_one_go(pauses_s: tuple[float, ...], combos: list[int]) -> None:
    air = Air(STILL)
    told = []
    for number, pause_s in enumerate((0.0, *pauses_s)):
        for _ in range(round(pause_s / STEP_S)):
            told += air.step(STEP_S)
        air.throw([flyer(number=number)])
        told += air.step(STEP_S, [stroke(500, 300, 700, 300)])
    for _ in range(100):
        told += air.step(STEP_S)
    assert [event.count for event in told if isinstance(event, Combo)] == combos


def test_two_blades_have_runs_of_their_own() -> None:
    air = Air(STILL)
    for blade in (1, 2):
        for number in range(2):
            air.throw([flyer(number=number)])
            (cut,) = air.step(STEP_S, [stroke(500, 300, 700, 300, blade=blade)])
            assert isinstance(cut, Cut)
            assert cut.together == number + 1
    assert not any(isinstance(event, Combo) for _ in range(100) for event in air.step(STEP_S))


def test_a_fruit_that_falls_is_missed_and_a_bomb_is_not() -> None:
    air = Air()
    air.throw([flyer(y=760, vy=200), flyer(y=760, vy=200, kind="bomb", number=2), flyer(y=760, vy=-200, number=3)])
    told = air.step(0.1)
    assert [event.flyer.number for event in told if isinstance(event, Missed)] == [1]
    assert [one.number for one in air.flyers] == [3]


@given(st.floats(1 / 240, 1 / 20), st.floats(-900, 0))
def test_flight_is_the_same_at_every_step(dt_s: float, vy: float) -> None:
    fine = coarse = flyer(vy=vy)
    for _ in range(8):
        fine = fine.moved(dt_s / 8, 760.0)
    coarse = coarse.moved(dt_s, 760.0)
    assert fine.y == pytest.approx(coarse.y, abs=1e-6)
    assert fine.vy == pytest.approx(coarse.vy, abs=1e-6)
