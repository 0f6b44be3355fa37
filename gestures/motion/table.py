"""The motions of a library, and what looks for them in the trail of each hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.fingers import HandWords
from handplay.gestures.kinds import Motion
from handplay.gestures.motion.attempts import SILENT, Judge
from handplay.gestures.motion.carry import Carries
from handplay.gestures.motion.depth import Depths
from handplay.gestures.motion.loop import Loop
from handplay.gestures.motion.recorded import Paths, PathTable
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.stroke import WAYS, Strokes
from handplay.gestures.motion.trail import Found, Sample, Trail, sample
from handplay.gestures.motion.wave import Waves

_LOOPS = {"circle_cw", "circle_ccw"}
_LINE = {"push", "pull", "tap", "double_tap"}
POSE_BITS = 4.0
"""How much a motion's pose narrows it down."""
HAND_BITS = 1.0
SAMPLE_BITS = 4.0
"""Recorded by the user, and so meant rather than a general one."""


class Shown(NamedTuple):
    """A motion that a hand makes now.

    Attributes:
        number: its place among the motions.
        score: 0..1.
        value: palms a second.
    """

    number: int
    score: float
    value: float


class MotionTable:
    """The motions of a library.

    Args:
        motions: in the order of the numbers told.
        pose_bits: of each motion, the bit of the pose it asks for, 0 for none.
        backs: some of them are made with the back of the hand to the camera; else a hand that shows it swipes nothing.

    Attributes:
        bits: specificity of each motion.
        judge: hears what the detectors of every hand that comes from now on ask for.
    """

    def __init__(
        self,
        motions: Sequence[Motion],
        pose_bits: Sequence[int],
        settings: MotionSettings | None = None,
        *,
        backs: bool = False,
    ) -> None:
        self.settings, self.backs = settings or MotionSettings(), backs
        self.judge: Judge = SILENT
        self.motions, self.pose_bits = tuple(motions), tuple(pose_bits)
        self.bits = [
            POSE_BITS * bool(motion.pose) + HAND_BITS * (motion.hand != "any") + SAMPLE_BITS * bool(motion.samples)
            for motion in self.motions
        ]
        self.of_word: dict[str, list[int]] = {}
        for number, motion in enumerate(self.motions):
            if motion.path:
                self.of_word.setdefault(motion.path, []).append(number)
        self.recorded = [number for number, motion in enumerate(self.motions) if motion.samples]
        self.paths = PathTable([self.motions[number] for number in self.recorded], self.settings)


class HandMotions:
    """The motions of one hand."""

    __slots__ = ("_carries", "_depths", "_latched", "_loops", "_paths", "_strokes", "_table", "_waves", "last", "trail")

    def __init__(self, table: MotionTable, before: HandMotions | None = None) -> None:
        """
        Args:
            before: the same hand's, under another library.
        """
        s, words = table.settings, table.of_word
        self._table = table
        self.trail: Trail = Trail(s) if before is None else before.trail
        self.trail.pose_bits = [0] * len(self.trail.t)
        self.last: Sample | None = None if before is None else before.last
        judge = table.judge
        self._strokes = Strokes(s, judge.of(*WAYS), backs=table.backs) if words.keys() & WAYS.keys() else None
        self._loops = (Loop(s, judge.of(*_LOOPS)), Loop(s, judge.of(*_LOOPS))) if words.keys() & _LOOPS else None
        self._waves = Waves(s, judge.of("wave")) if "wave" in words else None
        self._depths = Depths(s, judge.of(*_LINE)) if words.keys() & _LINE else None
        self._carries = Carries(s, judge.of("drag", "throw")) if words.keys() & {"drag", "throw"} else None
        if before is not None and before._carries is not None and self._carries is not None:
            self._carries = before._carries
        paths = judge.of(*table.paths.names)
        self._paths = tuple(Paths(table.paths, s, paths, tip=tip) for tip in (False, True)) if len(table.paths) else ()
        self._latched: dict[int, tuple[float, Shown]] = {}

    def see(self, hand: Hand, frame: HandFrame) -> None:
        """Keeps where the hand is, for gestures of two hands."""
        self.last = sample(hand, frame)

    def drop(self) -> None:
        """The hand does something with another one: what it began alone is over."""
        if self._carries is not None:
            self._carries.drop()
        self._latched.clear()
        self.trail.clear()
        self._forget()

    def look(self, hand: Hand, frame: HandFrame, words: HandWords, bits: int, grab: float) -> list[Shown]:
        """Takes one frame; the motions that the hand makes.

        Args:
            bits: of the poses that the hand shows.
            grab: strength.
        """
        trail, time_s = self.trail, frame.time_s
        self.last = now = sample(hand, frame)
        whole = trail.add(now, time_s, frame, words, bits)
        found: list[tuple[str, Found]] = []
        if self._carries is not None:
            carried = self._carries.look(
                trail, time_s, grabbing=words.grabbing and not words.pinching, grab=grab, words=words
            )
            if carried is not None:
                found.append(carried)
        shown: list[Shown] = []
        if whole:
            found += self._moved(now, time_s)
            shown += self._matched(hand)
        else:
            self._forget()
        for word, one in found:
            for number in self._table.of_word.get(word, ()):
                if self._fits(number, one.start_s, hand):
                    shown.append(Shown(number, one.score, one.speed))
        return self._held(shown, time_s)

    def _moved(self, now: Sample, time_s: float) -> list[tuple[str, Found]]:
        trail, found = self.trail, []
        if self._strokes is not None:
            swipe = self._strokes.look(trail)
            if swipe is not None:
                found.append(swipe)
        if self._loops is not None:
            palm = self._loops[0].look(trail, now.x, now.y)
            tip = None
            if trail.straight[-1] & 1:
                tip = self._loops[1].look(trail, now.tip_x, now.tip_y)
            else:
                self._loops[1].reset()
            if palm is not None or tip is not None:
                found += [one for one in (palm or tip,) if one is not None]
                for loop in self._loops:
                    loop.reset()
        if self._waves is not None:
            wave = self._waves.look(trail)
            if wave is not None:
                found.append(("wave", wave))
        if self._depths is not None:
            push = self._depths.push(trail)
            if push is not None:
                found.append(push)
            found += self._depths.tap(trail)
        return found

    def _matched(self, hand: Hand) -> list[Shown]:
        shown = []
        recorded = self._table.recorded
        for paths in self._paths:
            match = paths.look(self.trail, lambda number, start_s: self._fits(recorded[number], start_s, hand))
            if match is not None:
                shown.append(Shown(recorded[match[0]], match[1].score, match[1].speed))
        return shown

    def _fits(self, number: int, start_s: float, hand: Hand) -> bool:
        """Whether the right hand made it in the right pose."""
        table = self._table
        asked, bit = table.motions[number].hand, table.pose_bits[number]
        if asked != "any" and asked != hand.handedness.lower():
            return False
        if not bit:
            return True
        if not self.trail.t:
            return table.motions[number].path == "drag"  # begun already, in its pose
        return min(pose_shares(self.trail, bit, start_s, table.settings)) >= table.settings.pose_share

    def _held(self, shown: list[Shown], time_s: float) -> list[Shown]:
        """A motion is over when it is recognized; one with a hold time is shown for that long."""
        for one in shown:
            hold_s = self._table.motions[one.number].hold_s
            if hold_s > 0:
                self._latched[one.number] = (time_s + hold_s, one)
        if not self._latched:
            return shown
        self._latched = {number: row for number, row in self._latched.items() if time_s <= row[0] + 1e-6}
        numbers = {one.number for one in shown}
        return shown + [row[1] for number, row in self._latched.items() if number not in numbers]

    def _forget(self) -> None:
        for part in (self._strokes, self._waves, self._depths, *(self._loops or ()), *self._paths):
            if part is not None:
                part.reset()


def pose_shares(
    trail: Trail, bit: int, start_s: float, s: MotionSettings, end_s: float = math.inf
) -> tuple[float, float]:
    """On which share of the frames a movement's pose was shown, as it set out and from then on.

    The hand takes the pose before it moves; one that opens on its way means something else.
    """
    early = trail.share(bit, start_s - s.pose_before_s, start_s + s.pose_early_s)
    return early, trail.share(bit, start_s, end_s)
