"""Collects a gesture that a person shows: frames in, progress and a hint out, at the end a gesture.

    recorder = Recorder("my_sign")
    while recorder.state.phase != "done":
        state = recorder.feed(frame)          # a HandFrame; its time is the clock
    recorded = recorder.result(library)

A hand that is held still gives a pose (readable, if words describe it) or a template; one that travels from rest to
rest, a few times with a pause between, gives a motion.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from handplay.engine.hands import HandFrame
from handplay.gestures.kinds import Gesture
from handplay.gestures.learn.performances import Performance, PerformanceCutter, PerformanceSettings, most_alike
from handplay.gestures.learn.recorded import NothingRecorded, motion_of, shape_of
from handplay.gestures.learn.sampling import HINTS, Fault, HandSample, SamplingSettings, StillnessGate
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.writing import json_row

__all__ = ["NothingRecorded", "RecordKind", "Recorded", "Recorder", "RecorderSettings", "RecorderState"]

RecordKind = Literal["auto", "pose", "template", "motion"]
Phase = Literal["waiting", "holding", "moving", "done"]

_MOST_FRAMES = 3600
"""Kept to play a motion again: a minute at 60 frames a second."""


@dataclass(frozen=True, slots=True)
class RecorderSettings:
    """How much is collected.

    Attributes:
        hold_s: seconds of a still hand in view that make a pose; longer after a movement that may have been a
            performance.
        after_motion_s: that longer time.
        sample_every_s: at most one sample in this time: neighbouring frames say the same.
        performances: of a motion.
        sampling, performance: what a good frame and a movement are.
    """

    hold_s: float = 2.0
    after_motion_s: float = 4.0
    sample_every_s: float = 0.05
    performances: int = 3
    sampling: SamplingSettings = field(default_factory=SamplingSettings)
    performance: PerformanceSettings = field(default_factory=PerformanceSettings)

    def __post_init__(self) -> None:
        for name in ("hold_s", "after_motion_s", "sample_every_s"):
            value = getattr(self, name)
            if not 0 <= value < math.inf:
                raise ValueError(f"RecorderSettings.{name}: got {value}, wanted a number of at least 0")
        if not 1 <= self.performances <= 20:
            raise ValueError(f"RecorderSettings.performances: got {self.performances}, wanted 1 to 20")


@dataclass(frozen=True, slots=True)
class RecorderState:
    """What to show while recording.

    Attributes:
        progress: 0..1.
        phase: "waiting" for a good frame, "holding" (samples are taken), "moving" (a performance is under way), "done".
        hint: a sentence for the player.
        samples: taken so far.
        performances: seen so far.
        rejected: frames that were not good enough, by fault.
    """

    progress: float = 0.0
    phase: Phase = "waiting"
    hint: str = HINTS["no_hand"]
    samples: int = 0
    performances: int = 0
    rejected: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded.

    Attributes:
        gesture: a pose, template or motion.
        report: sentences: what was made of how much, and how well it stands apart from the other gestures.
        json_row: the gesture as an object of a gesture file.
    """

    gesture: Gesture
    report: tuple[str, ...]
    json_row: dict[str, Any]


class Recorder:
    """Collects one gesture.

    Args:
        name: of the gesture.
        kind: "auto" finds out from what the hand does.
    """

    def __init__(self, name: str, kind: RecordKind = "auto", settings: RecorderSettings | None = None) -> None:
        self.name, self.kind = name, kind
        self.settings = settings or RecorderSettings()
        self._gate = StillnessGate(self.settings.sampling)
        self._cutter = PerformanceCutter(self.settings.performance)
        self.samples: list[HandSample] = []
        self._all: list[Performance] = []
        self.performances: list[Performance] = []
        self._moving_samples: list[HandSample] = []
        self._frames: deque[HandFrame] = deque(maxlen=_MOST_FRAMES)
        self._held_s = 0.0
        self._last_s: float | None = None
        self._rejected: Counter[str] = Counter()
        self.state = RecorderState()

    def feed(self, frame: HandFrame) -> RecorderState:
        """Takes one frame; after "done" nothing changes any more."""
        if self.state.phase == "done":
            return self.state
        since_s = min(0.25, max(0.0, frame.time_s - self._last_s)) if self._last_s is not None else 0.0
        self._last_s = frame.time_s
        fault = self._gate.judge(frame)
        if self.kind in ("auto", "motion"):
            self._frames.append(replace(frame, palms=()))
        performance = self._cutter.feed(frame) if self.kind in ("auto", "motion") else None
        if performance is not None:
            self._all.append(performance)
            self.performances = most_alike(self._all, self.settings.performance.alike)
            self.samples.clear()  # what was held before belongs to the movement
            self._held_s = 0.0
        if self._cutter.moving:
            self._moving_samples.append(HandSample.of(frame[0], frame))
        if fault:
            self._rejected[fault] += 1
        elif self.kind != "motion":
            self._held_s += since_s
            if not self.samples or frame.time_s - self.samples[-1].time_s >= self.settings.sample_every_s - 1e-6:
                self.samples.append(HandSample.of(frame[0], frame))
        self.state = self._told(fault)
        return self.state

    def result(self, library: Library | None = None) -> Recorded:
        """The gesture, made of what was collected so far.

        Args:
            library: the gestures it will stand beside; the built-in ones if not given.

        Raises:
            NothingRecorded: there is too little.
        """
        library = library if library is not None else builtin_library()
        gesture: Gesture
        if self._is_motion():
            if not self.performances:
                raise NothingRecorded(
                    "No movement was seen. Hold the hand still, move it, and hold it still again, all in the picture."
                )
            gesture, report = motion_of(
                self.name, self.performances, self._moving_samples, tuple(self._frames), library
            )
        else:
            if not self.samples:
                raise NothingRecorded(f"Nothing was recorded: {self._most_faults()}")
            want = cast('Literal["auto", "pose", "template"]', self.kind)
            gesture, report = shape_of(self.name, self.samples, library, want)
        return Recorded(gesture, report, json_row(gesture))

    def _is_motion(self) -> bool:
        if self.kind != "auto":
            return self.kind == "motion"
        return bool(self.performances) and self._held_s < self.settings.after_motion_s

    def _most_faults(self) -> str:
        if not self._rejected:
            return "no frame came."
        fault, _ = self._rejected.most_common(1)[0]
        hint = HINTS[cast(Fault, fault)]
        return f"{hint[:1].lower()}{hint[1:]}"

    def _told(self, fault: Fault) -> RecorderState:
        s = self.settings
        hold_s = s.after_motion_s if self.performances else s.hold_s
        held = 0.0 if self.kind == "motion" else min(1.0, self._held_s / hold_s if hold_s else 1.0)
        performed = len(self.performances) / s.performances
        state = RecorderState(
            samples=len(self.samples), performances=len(self.performances), rejected=tuple(self._rejected.most_common())
        )
        if performed >= 1.0 or (held >= 1.0 and self.samples):
            return replace(state, progress=1.0, phase="done", hint="Done.")
        progress = performed if self.performances or self.kind == "motion" else held
        if self._cutter.moving and fault in ("", "moving"):
            return replace(state, progress=progress, phase="moving", hint="Now hold still for a moment.")
        if self._is_motion() and fault == "":
            left = s.performances - len(self.performances)
            again = "Make the movement" if not self.performances else f"Once more: {left} to go"
            return replace(state, progress=progress, phase="holding", hint=f"{again}.")
        return replace(state, progress=progress, phase="waiting" if fault else "holding", hint=HINTS[fault])
