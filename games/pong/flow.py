"""Which screen follows which: one table, and everything that affects it lives here.

    title -> looking -> serve -> rally -> point -> serve ... -> result -> serve (rematch)
    serve, rally, point may be left for lost or paused; the way back leads through the countdown.

`step` is pure. A signal that a state does not know raises and changes nothing; ask `knows` first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

State = Literal["title", "looking", "serve", "rally", "point", "lost", "paused", "countdown", "result"]
Signal = Literal["shown", "ready", "served", "scored", "over", "won", "gone", "back", "pause", "go", "again"]
Target = State | Literal["resume"]

TABLE: dict[State, dict[Signal, Target]] = {
    "title": {"shown": "looking"},
    "looking": {"ready": "serve"},
    "serve": {"served": "rally", "gone": "lost", "pause": "paused"},
    "rally": {"scored": "point", "gone": "lost", "pause": "paused"},
    "point": {"over": "serve", "won": "result", "pause": "paused"},
    "lost": {"back": "countdown", "pause": "paused"},
    "paused": {"pause": "countdown"},
    "countdown": {"go": "resume", "gone": "lost", "pause": "paused"},
    "result": {"again": "serve"},
}
"""State and signal to the next state. "resume" is the state that was left for `lost` or `paused`."""

PLAYING: frozenset[State] = frozenset({"serve", "rally", "point"})
"""The states in which the match moves."""


@dataclass(frozen=True, slots=True)
class FlowSettings:
    """How long things take, seconds.

    Attributes:
        title_s: shortest look at the title.
        point_s: pause after a point.
        final_point_s: pause after the last one, before the result.
        countdown_s: three beats.
        serve_rest_s: nobody serves in the first moment of a serve.
        serve_hold_s: an open palm that was open all along serves after this time.
        result_rest_s: no rematch in the first moment of the result.
    """

    title_s: float = 1.4
    point_s: float = 0.9
    final_point_s: float = 1.3
    countdown_s: float = 1.8
    serve_rest_s: float = 0.35
    serve_hold_s: float = 0.9
    result_rest_s: float = 1.2

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if not math.isfinite(value) or value <= 0:
                raise ValueError(f"FlowSettings.{name}: got {value}, wanted a positive number of seconds")


class UnknownSignal(ValueError):
    """A signal came in a state that does not know it."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Where the game is.

    Attributes:
        state: the screen.
        since_s: when it began, on the game's own clock.
        resume: where the countdown leads.
        resume_age_s: how old that state was when it was left; it goes on from there.
    """

    state: State = "title"
    since_s: float = 0.0
    resume: State = "serve"
    resume_age_s: float = 0.0

    def age_s(self, now_s: float) -> float:
        """Seconds in this state."""
        return now_s - self.since_s


def knows(flow: Flow, signal: Signal) -> bool:
    """True if the state has a way on for the signal."""
    return signal in TABLE[flow.state]


def step(flow: Flow, signal: Signal, now_s: float) -> Flow:
    """The flow after a signal.

    Raises:
        UnknownSignal: the state does not know it; names both and the signals that would do.
    """
    ways = TABLE[flow.state]
    if signal not in ways:
        raise UnknownSignal(f"Flow: got signal {signal!r} in state {flow.state!r}, wanted one of {sorted(ways)}")
    target = ways[signal]
    if target == "resume":
        return replace(flow, state=flow.resume, since_s=now_s - flow.resume_age_s)
    if target in ("lost", "paused") and flow.state in PLAYING:
        return Flow(target, now_s, resume=flow.state, resume_age_s=flow.age_s(now_s))
    return replace(flow, state=target, since_s=now_s)
