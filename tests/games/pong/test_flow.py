"""The table of screens: every row, every signal that a state does not know, and the way back from an interruption."""

from __future__ import annotations

from typing import get_args

import pytest

from handplay.games.pong.flow import PLAYING, TABLE, Flow, FlowSettings, Signal, State, UnknownSignal, knows, step

ROWS = [(state, signal, target) for state, ways in TABLE.items() for signal, target in ways.items()]
UNKNOWN = [(state, signal) for state in get_args(State) for signal in get_args(Signal) if signal not in TABLE[state]]


def test_every_state_has_its_row() -> None:
    assert set(TABLE) == set(get_args(State))


def test_every_signal_and_every_state_is_reached() -> None:
    assert {signal for _, signal, _ in ROWS} == set(get_args(Signal))
    assert {target for _, _, target in ROWS} | {"title"} == set(get_args(State)) | {"resume"}


@pytest.mark.parametrize(("state", "signal", "target"), ROWS, ids=[f"{a}-{b}" for a, b, _ in ROWS])
def test_rows(state: State, signal: Signal, target: str) -> None:
    flow = Flow(state, since_s=1.0, resume="rally", resume_age_s=0.25)
    after = step(flow, signal, 4.0)
    assert after.state == ("rally" if target == "resume" else target)
    assert after.since_s == (3.75 if target == "resume" else 4.0)


@pytest.mark.parametrize(("state", "signal"), UNKNOWN, ids=[f"{a}-{b}" for a, b in UNKNOWN])
def test_an_unknown_signal_is_refused_by_name(state: State, signal: Signal) -> None:
    flow = Flow(state)
    assert not knows(flow, signal)
    with pytest.raises(UnknownSignal, match=f"got signal '{signal}' in state '{state}', wanted one of"):
        step(flow, signal, 1.0)


INTERRUPTIONS: tuple[Signal, ...] = ("gone", "pause")


@pytest.mark.parametrize(
    ("state", "signal"),
    [(state, signal) for state in sorted(PLAYING) for signal in INTERRUPTIONS if signal in TABLE[state]],
)
def test_an_interruption_comes_back_to_where_it_was(state: State, signal: Signal) -> None:
    flow = step(Flow(state, since_s=1.0), signal, 1.5)
    flow = step(flow, "back" if signal == "gone" else "pause", 3.0)
    assert flow.state == "countdown"
    # Interrupted again in the countdown: the first place still counts.
    flow = step(step(flow, "gone", 3.2), "back", 4.0)
    flow = step(flow, "go", 6.0)
    assert flow == Flow(state, since_s=5.5, resume=state, resume_age_s=0.5)


def test_settings_are_checked() -> None:
    with pytest.raises(ValueError, match=r"FlowSettings.countdown_s: got 0, wanted a positive number of seconds"):
        FlowSettings(countdown_s=0)
