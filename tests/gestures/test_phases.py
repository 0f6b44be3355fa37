"""The table, and its timing cases as rows."""

from __future__ import annotations

from typing import get_args

import pytest

from handplay.gestures.kinds import TRIGGERS, Pose
from handplay.gestures.phases import IDLE, TABLE, TOLD, GestureState, Phase, Sight, Signal, StepKind, step

POSE = Pose("wave", hold_s=0.1, release_s=0.1, cooldown_s=0.3)


def test_every_phase_has_a_row_and_every_row_leads_to_a_phase() -> None:
    assert set(TABLE) == set(get_args(Phase))
    for row in TABLE.values():
        assert set(row) <= set(get_args(Signal))
        assert {phase for phase, _ in row.values()} <= set(TABLE)
        assert {kind for _, kind in row.values()} <= {None, *get_args(StepKind)}
    assert set(TOLD) == set(TRIGGERS)


def test_every_phase_but_idle_can_be_left_and_reached() -> None:
    reached = {phase for name, row in TABLE.items() for phase, _ in row.values() if phase != name}
    assert reached == set(TABLE)


def run(pose: Pose, sights: list[tuple[float, Sight]]) -> list[tuple[float, str]]:
    """What is told, as (time, kind)."""
    state = IDLE
    told: list[tuple[float, str]] = []
    for time_s, sight in sights:
        state, steps = step(state, sight, time_s, pose)
        told += [(time_s, one.kind) for one in steps]
    return told


def frames(*spans: tuple[float, float, Sight]) -> list[tuple[float, Sight]]:
    """Sights every 20 ms: (from, to, sight), times in seconds."""
    return [(k / 50, sight) for a, b, sight in spans for k in range(round(a * 50), round(b * 50))]


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        pytest.param([(0, 0.08, "shown"), (0.08, 1, "hidden")], [], id="too short"),
        pytest.param([(0, 0.3, "shown")], [(0.1, "begin")], id="begins when held, however long it lasts"),
        pytest.param(
            [(0, 0.2, "shown"), (0.2, 0.6, "hidden")], [(0.1, "begin"), (0.3, "end")], id="ends when gone long enough"
        ),
        pytest.param(
            [(0, 0.2, "shown"), (0.2, 0.28, "hidden"), (0.28, 0.4, "shown")], [(0.1, "begin")], id="a short gap"
        ),
        pytest.param(
            [(0, 0.06, "shown"), (0.06, 0.08, "hidden"), (0.08, 0.2, "shown")],
            [(0.18, "begin")],
            id="a gap before it began starts the hold anew",
        ),
        pytest.param(
            [(0, 0.2, "shown"), (0.2, 0.4, "hidden"), (0.4, 0.9, "shown")],
            [(0.1, "begin"), (0.3, "end"), (0.7, "begin")],
            id="not again before it has cooled: hold counts from then",
        ),
        pytest.param([(0, 0.2, "shown"), (0.2, 0.3, "lost")], [(0.1, "begin"), (0.2, "cancel")], id="hand lost"),
        pytest.param(
            [(0, 0.2, "shown"), (0.2, 0.24, "hidden"), (0.24, 0.3, "lost")],
            [(0.1, "begin"), (0.24, "cancel")],
            id="hand lost while releasing",
        ),
        pytest.param([(0, 0.08, "shown"), (0.08, 0.3, "lost")], [], id="hand lost before it began"),
        pytest.param(
            [(0, 0.2, "shown"), (0.2, 0.22, "displaced")], [(0.1, "begin"), (0.2, "end")], id="another took its place"
        ),
        pytest.param([(0, 0.08, "shown"), (0.08, 0.1, "displaced")], [], id="displaced before it began"),
    ],
)
def test_timing(spans: list[tuple[float, float, Sight]], told: list[tuple[float, str]]) -> None:
    assert run(POSE, frames(*spans)) == told


@pytest.mark.parametrize(
    ("trigger", "told"),
    [
        ("enter", ["begin"]),
        ("enter_leave", ["begin", "end"]),
        ("repeat", ["begin", "hold", "hold", "end"]),
        ("continuous", ["begin", *["hold"] * 39, "end"]),
    ],
)
def test_triggers(trigger: str, told: list[str]) -> None:
    pose = Pose("wave", trigger=trigger)  # type: ignore[arg-type]  # a row of the table above
    steps = run(pose, frames((0, 0.9, "shown"), (0.9, 1.2, "hidden")))
    assert [kind for _, kind in steps] == told


def test_repeat_tells_a_hold_every_three_tenths() -> None:
    pose = Pose("wave", trigger="repeat")
    assert run(pose, frames((0, 1.1, "shown"))) == [(0.1, "begin"), (0.4, "hold"), (0.7, "hold"), (1.0, "hold")]


def test_times_of_zero_pass_several_rows_in_one_frame() -> None:
    pose = Pose("wave", hold_s=0, release_s=0, cooldown_s=0)
    assert run(pose, [(0.0, "shown"), (0.02, "hidden"), (0.04, "shown")]) == [
        (0.0, "begin"),
        (0.02, "end"),
        (0.04, "begin"),
    ]


def test_held_seconds_count_from_the_begin() -> None:
    state = IDLE
    for time_s in (0.0, 0.1, 0.5):
        state, _ = step(state, "shown", time_s, POSE)
    state, _ = step(state, "hidden", 0.6, POSE)
    state, told = step(state, "hidden", 0.8, POSE)
    assert [one.kind for one in told] == ["end"]
    assert told[0].held_s == pytest.approx(0.7)


def test_step_is_pure() -> None:
    state = GestureState("candidate", 0.0)
    assert step(state, "shown", 0.2, POSE) == step(state, "shown", 0.2, POSE)
    assert state == GestureState("candidate", 0.0)


def test_a_first_time_of_zero_is_a_time() -> None:
    assert run(Pose("wave", hold_s=0.1), [(0.0, "shown"), (0.1, "shown")]) == [(0.1, "begin")]
