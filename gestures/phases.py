"""The life of one gesture on one hand: a table, and the pure step that looks up in it.

Everything that affects this state machine lives here. No clock: time is an argument.

    idle --shown--> candidate --held--> on --hidden--> releasing --released--> cooldown --cooled--> idle
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from handplay.gestures.kinds import Gesture, Trigger

Phase = Literal["idle", "candidate", "on", "releasing", "cooldown"]
Signal = Literal["shown", "held", "hidden", "released", "cooled", "lost"]
StepKind = Literal["begin", "hold", "end", "cancel"]
Sight = Literal["shown", "hidden", "displaced", "lost"]

TABLE: dict[Phase, dict[Signal, tuple[Phase, StepKind | None]]] = {
    "idle": {
        "shown": ("candidate", None),
        "hidden": ("idle", None),
        "lost": ("idle", None),
    },
    "candidate": {
        "shown": ("candidate", None),
        "held": ("on", "begin"),
        "hidden": ("idle", None),
        "lost": ("idle", None),
    },
    "on": {
        "shown": ("on", "hold"),
        "hidden": ("releasing", None),
        "lost": ("cooldown", "cancel"),
    },
    "releasing": {
        "shown": ("on", "hold"),
        "hidden": ("releasing", None),
        "released": ("cooldown", "end"),
        "lost": ("cooldown", "cancel"),
    },
    "cooldown": {
        "shown": ("cooldown", None),
        "hidden": ("cooldown", None),
        "cooled": ("idle", None),
        "lost": ("cooldown", None),
    },
}
"""Phase and signal to the next phase and the step that is told. A signal that is not listed cannot happen there."""

TOLD: dict[Trigger, frozenset[StepKind]] = {
    "enter": frozenset({"begin"}),
    "enter_leave": frozenset({"begin", "end", "cancel"}),
    "repeat": frozenset({"begin", "hold", "end", "cancel"}),
    "continuous": frozenset({"begin", "hold", "end", "cancel"}),
}
"""Which steps each trigger tells. "repeat" tells a hold every `REPEAT_S`, "continuous" one every frame."""

REPEAT_S = 0.3
"""First and next delay of "repeat" (geaxgx/depthai_hand_tracker)."""


@dataclass(frozen=True, slots=True)
class GestureState:
    """Where one gesture of one hand is.

    Attributes:
        phase: row of the table.
        since_s: when the phase began; of "on" and "releasing" together, when the gesture began.
        hidden_s: when it was last seen to go, in "releasing".
        told_s: when the last step of "repeat" was told.
    """

    phase: Phase = "idle"
    since_s: float = 0.0
    hidden_s: float = 0.0
    told_s: float = 0.0

    @property
    def is_on(self) -> bool:
        return self.phase in ("on", "releasing")


IDLE = GestureState()


@dataclass(frozen=True, slots=True)
class Told:
    """A step of the machine.

    Attributes:
        kind: begin, hold, end, or cancel (the hand was lost: undo what was shown).
        held_s: seconds since the gesture began.
    """

    kind: StepKind
    held_s: float


def step(state: GestureState, signal: Sight, time_s: float, pose: Gesture) -> tuple[GestureState, tuple[Told, ...]]:
    """One frame of one gesture.

    Args:
        signal: whether the hand shows it now; "displaced" is "hidden" by a gesture that has begun in its place, which
            needs no release time; "lost" when there is no hand any more.
        time_s: never less than at the step before (the caller cancels when a clock jumps).

    Returns:
        the new state, and what is to be told under the gesture's trigger.
    """
    told: list[Told] = []
    for _ in TABLE:  # several rows may pass in one frame when times are 0
        phase, kind = TABLE[state.phase][_signal(state, signal, time_s, pose)]
        tell = kind is not None and _is_told(state, kind, time_s, pose)
        if kind is not None and tell:
            told.append(Told(kind, 0.0 if kind == "begin" else time_s - state.since_s))
        moved = phase != state.phase
        if moved:
            state = _enter(state, phase, time_s)
        if tell:
            state = replace(state, told_s=time_s)
        if not moved or kind in ("begin", "hold") or signal == "lost":
            break
    return state, tuple(told)


def _signal(state: GestureState, signal: Sight, time_s: float, pose: Gesture) -> Signal:
    """The table's signal: what is seen, or the timer that has run out."""
    if state.phase == "cooldown":
        cooled = time_s - state.since_s >= pose.cooldown_s - EPSILON_S
        return "cooled" if cooled and signal != "lost" else "lost" if signal == "lost" else "hidden"
    if signal == "lost":
        return "lost"
    if signal == "shown":
        held = state.phase == "candidate" and time_s - state.since_s >= pose.hold_s - EPSILON_S
        return "held" if held else "shown"
    if state.phase == "releasing" and (signal == "displaced" or time_s - state.hidden_s >= pose.release_s - EPSILON_S):
        return "released"
    return "hidden"


EPSILON_S = 1e-6
"""Sums of frame times miss a threshold by rounding."""


def _enter(state: GestureState, phase: Phase, time_s: float) -> GestureState:
    if phase == "releasing":
        return GestureState(phase, state.since_s, time_s, state.told_s)
    if phase == "on" and state.phase == "releasing":
        return GestureState(phase, state.since_s, 0.0, state.told_s)
    return GestureState(phase, time_s, 0.0, time_s)


def _is_told(state: GestureState, kind: StepKind, time_s: float, pose: Gesture) -> bool:
    if kind not in TOLD[pose.trigger]:
        return False
    return not (kind == "hold" and pose.trigger == "repeat" and time_s - state.told_s < REPEAT_S - EPSILON_S)
