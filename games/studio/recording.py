"""How recording a gesture goes: from the first sight of a hand to a gesture that is kept or not. No pygame.

    ready --hand seen, or start--> countdown --> collecting --> thinking --> result --keep--> kept
                                                                     \\--> nothing --again--> ready

Time comes by `update`, frames by `feed`; the gesture itself is made by `handplay.gestures.learn.recorder`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from handplay.gestures.learn.recorder import NothingRecorded, Recorded, Recorder, RecorderState, RecordKind
from handplay.gestures.learn.sampling import HINTS
from handplay.gestures.library import Library
from handplay.gestures.recognizer import Recognizer

if TYPE_CHECKING:
    from handplay.engine.hands import HandFrame
    from handplay.gestures.learn.recorder import RecorderSettings

State = Literal["ready", "countdown", "collecting", "thinking", "result", "nothing", "kept", "discarded"]
Act = Literal["start", "keep", "again", "discard"]

SEEN_S = 0.7
"""A hand that has been in view for so long starts the countdown."""

COUNTDOWN_S = 3.0
MOST_S = 30.0
"""Collecting ends after so long, with what there is."""

ENOUGH = 0.3
"""Of what the recorder wants; with less, the end of the time gives nothing."""

TRIAL_S = 4.0
"""A run that keeps without asking waits so long for the gesture to light up."""

LIT_S = 0.8
"""And ends when it has been lit for so long."""

WAIT_TOLD_S = 5.0
"""So long the same thing is missing before it is told of to somebody who sees no window."""


class Recording:
    """One sitting of recording.

    Args:
        name: of the gesture.
        library: the gestures it will stand beside.
        kind: what to make of it.
        settings: how much is collected; the recorder's own if None.
        keep_at_once: keeps without asking, once the trial has shown it.
        most_s: longest time of collecting, seconds.
        on_wait: is told what it waits for, once it has waited a while.
    """

    def __init__(
        self,
        name: str,
        library: Library,
        *,
        kind: RecordKind = "auto",
        settings: RecorderSettings | None = None,
        keep_at_once: bool = False,
        most_s: float = MOST_S,
        on_wait: Callable[[str], None] | None = None,
    ) -> None:
        self.name = name
        self.kind: RecordKind = kind
        self.library = library
        self.state: State = "ready"
        self.since_s = 0.0
        """When this state began."""

        self.now_s = 0.0
        self.recorder_state = RecorderState()
        self.recorded: Recorded | None = None
        self.message = ""
        """Why there is nothing, if there is."""

        self.lit = False
        """The new gesture is shown, by a recognizer that knows it."""

        self.trials = 0
        """How often it was shown since it was made."""

        self._make: Callable[[], Recorder] = lambda: Recorder(name, kind, settings)
        self._recorder = self._make()
        self._trial: Recognizer | None = None
        self._keep_at_once = keep_at_once
        self._most_s = most_s
        self._on_wait = on_wait
        self._missing, self._missing_since_s, self._told = "", 0.0, ""
        self._seen_s = 0.0
        self._lit_since_s: float | None = None
        self._hand_here = False
        self._over = False

    @property
    def age_s(self) -> float:
        """Seconds in this state."""
        return self.now_s - self.since_s

    @property
    def countdown(self) -> int:
        """The number that the countdown shows, 3 to 1; 0 elsewhere."""
        if self.state != "countdown":
            return 0
        return max(1, 3 - int(3 * self.age_s / COUNTDOWN_S))

    @property
    def missing(self) -> str:
        """What it waits for to go on, a sentence; empty if for nothing."""
        if self.state == "ready":
            return "" if self._hand_here else HINTS["no_hand"]
        if self.state == "collecting" and self.recorder_state.phase != "done":
            return self.recorder_state.hint if self.recorder_state.phase == "waiting" else ""
        return ""

    @property
    def unfinished(self) -> str:
        """Where it stands, for somebody who sees that it has ended: a sentence; empty if it ended well or gave up."""
        if self.state in ("kept", "discarded"):
            return self.message
        if self.state == "ready":
            return f"No hand was seen. {HINTS['no_hand']}"
        if self.state == "countdown":
            return "It was ended before the countdown was over."
        if self.state in ("collecting", "thinking"):
            seen = f"It was ended before the gesture was learned, at {self.recorder_state.progress:.0%}."
            return f"{seen} {self.missing}".strip()
        return self.message or "It was learned, but ended before it was kept."

    @property
    def samples(self) -> Recorder:
        """What was collected, for drawing."""
        return self._recorder

    @property
    def finished(self) -> bool:
        return self.state in ("kept", "discarded") and self.age_s >= (0.0 if self._keep_at_once else 0.9)

    def feed(self, frame: HandFrame) -> None:
        """One frame of hands."""
        self._hand_here = len(frame) > 0
        if self.state == "collecting":
            self.recorder_state = self._recorder.feed(frame)
            if self.recorder_state.phase == "done":
                self._to("thinking")
        elif self.state == "result" and self._trial is not None:
            recognition = self._trial.update(frame)
            begun = any(step.kind == "begin" and step.name == self.name for step in recognition.steps)
            self.lit = begun or any(self.name in reading.gestures for reading in recognition.readings)
            if begun:
                self.trials += 1
                if self._lit_since_s is None:
                    self._lit_since_s = self.now_s

    def hands_gone(self, *, over: bool = False) -> None:
        """No frames come any more; `over`: there will be none."""
        self._hand_here = False
        self._over = self._over or over
        self.lit = False

    def act(self, action: Act) -> None:
        """Someone decides; what makes no sense now is ignored."""
        if action == "start" and self.state == "ready":
            self._to("countdown")
        elif action == "again" and self.state in ("result", "nothing"):
            self._recorder, self.recorded, self._trial = self._make(), None, None
            self.recorder_state, self.lit, self.trials = RecorderState(), False, 0
            self._seen_s, self._lit_since_s = 0.0, None
            self._to("ready")
        elif action == "keep" and self.state == "result":
            self._to("kept")
        elif action == "discard" and self.state not in ("kept", "discarded"):
            self._to("discarded")

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self.now_s += dt_s
        self._tell_wait()
        if self.state == "ready":
            self._seen_s = self._seen_s + dt_s if self._hand_here else 0.0
            if self._seen_s >= SEEN_S:
                self._to("countdown")
            elif self._over:
                self._give_up("The pictures ended before a hand was seen.")
        elif self.state == "countdown":
            if self.age_s >= COUNTDOWN_S:
                self._recorder = self._make()
                self._to("collecting")
        elif self.state == "collecting":
            if self.age_s >= self._most_s or self._over:
                self._to("thinking")
        elif self.state == "thinking":
            if self.age_s > 0.15:  # so that a picture says so before the machine is busy
                self._think()
        elif self.state == "result" and self._keep_at_once:
            shown = self._lit_since_s is not None and self.now_s - self._lit_since_s >= LIT_S
            if shown or self.age_s >= TRIAL_S or self._over:
                self.act("keep")

    def _tell_wait(self) -> None:
        missing = self.missing
        if missing != self._missing:
            self._missing, self._missing_since_s = missing, self.now_s
        late = self.now_s - self._missing_since_s >= WAIT_TOLD_S
        if self._on_wait is not None and missing and missing != self._told and late:
            self._told = missing
            self._on_wait(missing)

    def _think(self) -> None:
        state = self._recorder.state
        if state.phase != "done" and state.progress < ENOUGH:
            self._give_up(f"Too little was seen. {state.hint}")
            return
        try:
            self.recorded = self._recorder.result(self.library)
        except NothingRecorded as error:
            self._give_up(str(error))
            return
        self._trial = Recognizer(with_gesture(self.library, self.recorded))
        self._to("result")

    def _give_up(self, message: str) -> None:
        self.message = message
        self._to("nothing")
        if self._keep_at_once:
            self._to("discarded")

    def _to(self, state: State) -> None:
        self.state, self.since_s = state, self.now_s


def with_gesture(library: Library, recorded: Recorded) -> Library:
    """The library with the new gesture in place of one of its name."""
    others = [gesture for gesture in library.gestures if gesture.name != recorded.gesture.name]
    kept = [
        replace(gesture, aliases=tuple(alias for alias in gesture.aliases if alias != recorded.gesture.name))
        for gesture in others
    ]
    return replace(library, gestures=(*kept, recorded.gesture))
