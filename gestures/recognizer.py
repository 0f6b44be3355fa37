"""Hands in, readings and gesture steps out: the one object of this folder that remembers something.

Per hand: words with hysteresis, and for each gesture that is not idle its place in the table of `phases`. All poses
that a hand shows compete within their layer, by specificity and fit, never by their order in a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Hand, Handedness, HandFrame
from handplay.gestures.conditions import PoseTable
from handplay.gestures.fingers import HandWords, WordReader
from handplay.gestures.kinds import Pose
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.measures import HandMeasures, measure_hand
from handplay.gestures.phases import EPSILON_S, IDLE, GestureState, Sight, StepKind, Told, step
from handplay.gestures.reading import HandReading
from handplay.gestures.settings import GestureSettings


@dataclass(frozen=True, slots=True)
class RecognizerSettings:
    """How gestures compete and what is forgiven.

    Attributes:
        bit_weight: rank = score + bit_weight x bits of specificity: three more fingers asked for outweigh a score
            that is 0.24 worse.
        incumbent_bonus: added to the rank of a gesture that is on or about to be, so that two that fit equally well
            do not take turns.
        missing_s: a hand that is missing this long is lost (3 frames at 30 fps, geaxgx/depthai_hand_tracker).
        gap_s: a pause in the frames after which what was held before proves nothing any more.
    """

    bit_weight: float = 0.05
    incumbent_bonus: float = 0.08
    missing_s: float = 0.1
    gap_s: float = 0.5

    def __post_init__(self) -> None:
        for name in ("bit_weight", "incumbent_bonus", "missing_s", "gap_s"):
            value = getattr(self, name)
            if not 0 <= value < float("inf"):
                raise ValueError(f"RecognizerSettings.{name}: got {value}, wanted a number of at least 0")


@dataclass(frozen=True, slots=True)
class GestureStep:
    """Something that happened to a gesture.

    Attributes:
        kind: "begin", "hold", "end", or "cancel" (the hand was lost: undo what was shown).
        name: the gesture's name.
        hand_id, handedness: whose.
        time_s: of the frame.
        held_s: seconds since the gesture began, 0.0 at "begin".
        value: 0..1, grip strength for gestures that ask for a grip, else how well the hand fits the pose; at "cancel"
            that of the last frame.
    """

    kind: StepKind
    name: str
    hand_id: int
    handedness: Handedness
    time_s: float
    held_s: float
    value: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What one frame gave.

    Attributes:
        time_s: of the frame.
        readings: of each hand, in the order of the frame's hands.
        steps: ends and cancels before begins, of each hand.
        lost: ids of hands that are missing for good; their steps are among `steps`.
    """

    time_s: float
    readings: tuple[HandReading, ...] = ()
    steps: tuple[GestureStep, ...] = ()
    lost: tuple[int, ...] = ()


@dataclass(slots=True)
class _HandState:
    handedness: Handedness
    seen_s: float
    words: HandWords | None = None
    states: dict[int, GestureState] = field(default_factory=dict)
    values: dict[int, float] = field(default_factory=dict)


class Recognizer:
    """Follows every hand's gestures.

    Args:
        library: the gestures; the built-in ones if not given.
        settings: borders of finger states and grips.
        rules: how gestures compete and what is forgiven.
    """

    def __init__(
        self,
        library: Library | None = None,
        *,
        settings: GestureSettings | None = None,
        rules: RecognizerSettings | None = None,
    ) -> None:
        self.library = library or builtin_library()
        self.settings = settings or GestureSettings()
        self.rules = rules or RecognizerSettings()
        self._reader = WordReader(self.settings)
        self._poses = self.library.poses
        self._table = PoseTable(self._poses)
        self._rank: list[float] = (self.rules.bit_weight * self._table.bits).tolist()
        self._layers = [pose.layer for pose in self._poses]
        self._hands: dict[int, _HandState] = {}
        self._time_s: float | None = None

    def update(self, frame: HandFrame) -> Recognition:
        """Takes the hands of one frame.

        A clock that goes back or jumps by more than `rules.gap_s` cancels what was on and begins anew.
        """
        time_s = frame.time_s
        steps: list[GestureStep] = []
        lost: list[int] = []
        if self._time_s is not None and not 0 <= time_s - self._time_s <= self.rules.gap_s:
            held = self.reset(time_s)
            steps += held.steps
            lost += [hand_id for hand_id in held.lost if all(hand.hand_id != hand_id for hand in frame)]
        self._time_s = time_s
        present = {hand.hand_id for hand in frame}
        for hand_id, state in list(self._hands.items()):
            if hand_id not in present and time_s - state.seen_s > self.rules.missing_s + EPSILON_S:
                steps += self._lose(hand_id, time_s)
                lost.append(hand_id)
        readings = []
        for hand in frame:
            reading, told = self._follow(hand, time_s, frame.mirrored)
            readings.append(reading)
            steps += told
        return Recognition(time_s, tuple(readings), tuple(steps), tuple(lost))

    def reset(self, time_s: float | None = None) -> Recognition:
        """Forgets every hand, as if new; gestures that were on are cancelled (the source ended or jumped)."""
        time_s = time_s if time_s is not None else self._time_s or 0.0
        ids = tuple(self._hands)
        steps = [told for hand_id in ids for told in self._lose(hand_id, time_s)]
        self._time_s = None
        return Recognition(time_s, steps=tuple(steps), lost=ids)

    def _follow(self, hand: Hand, time_s: float, mirrored: bool) -> tuple[HandReading, list[GestureStep]]:
        state = self._hands.get(hand.hand_id)
        if state is None:
            state = self._hands[hand.hand_id] = _HandState(hand.handedness, time_s)
        since_s, state.seen_s = time_s - state.seen_s, time_s
        state.handedness = hand.handedness
        measures = measure_hand(hand, self.settings, mirrored=mirrored)
        state.words = words = self._reader.read(measures, state.words, since_s)
        matches, scores = self._table.judge(words, hand.handedness)
        shown = self._winners(matches, scores, state)
        for index in {*shown, *state.states}:
            state.values[index] = _value(self._poses[index], measures, float(scores[index]))
        steps = self._advance(hand.hand_id, state, shown, time_s)
        names = tuple(self._poses[index].name for index, now in sorted(state.states.items()) if now.is_on)
        return _reading(hand.hand_id, measures, words, names), steps

    def _winners(self, matches: NDArray[np.bool_], scores: Float32, state: _HandState) -> set[int]:
        """The best pose of each layer among those that match."""
        best: dict[str, tuple[float, int]] = {}
        for index in np.flatnonzero(matches).tolist():  # a few of many
            rank = float(scores[index]) + self._rank[index]
            if state.states.get(index, IDLE).phase in ("candidate", "on", "releasing"):
                rank += self.rules.incumbent_bonus
            layer = self._layers[index]
            # Equal ranks (a copy of a gesture): the later one, which is the user's own.
            best[layer] = max(best.get(layer, (rank, index)), (rank, index))
        return {index for _, index in best.values()}

    def _advance(self, hand_id: int, state: _HandState, shown: set[int], time_s: float) -> list[GestureStep]:
        """Steps every gesture that is shown or not idle; one that begins ends its rival first."""
        begun: list[GestureStep] = []
        layers = set()
        for index in shown:
            told = self._step(state, index, "shown", time_s)
            begun += self._told(hand_id, state, index, told, time_s)
            if state.states.get(index, IDLE).is_on:
                layers.add(self._poses[index].layer)
        ended: list[GestureStep] = []
        for index in sorted(set(state.states) - shown):
            displaced = self._poses[index].layer in layers
            told = self._step(state, index, "displaced" if displaced else "hidden", time_s)
            ended += self._told(hand_id, state, index, told, time_s)
        return ended + begun

    def _step(self, state: _HandState, index: int, signal: Sight, time_s: float) -> tuple[Told, ...]:
        now, told = step(state.states.get(index, IDLE), signal, time_s, self._poses[index])
        if now.phase == "idle":
            state.states.pop(index, None)
        else:
            state.states[index] = now
        return told

    def _told(
        self, hand_id: int, state: _HandState, index: int, told: tuple[Told, ...], time_s: float
    ) -> list[GestureStep]:
        name, value = self._poses[index].name, state.values.get(index, 0.0)
        return [GestureStep(one.kind, name, hand_id, state.handedness, time_s, one.held_s, value) for one in told]

    def _lose(self, hand_id: int, time_s: float) -> list[GestureStep]:
        state = self._hands.pop(hand_id)
        steps = []
        for index in sorted(state.states):
            steps += self._told(hand_id, state, index, self._step(state, index, "lost", time_s), time_s)
        return steps


def _value(pose: Pose, measures: HandMeasures, score: float) -> float:
    return {"pinch": measures.pinch, "grab": measures.grab}.get(pose.grip, score)


def _reading(hand_id: int, measures: HandMeasures, words: HandWords, names: tuple[str, ...]) -> HandReading:
    curl = [value if value == value else 0.5 for value in measures.curl.tolist()]
    return HandReading(
        hand_id=hand_id,
        fingers=words.fingers,
        curl=(curl[0], curl[1], curl[2], curl[3], curl[4]),
        pinch=measures.pinch,
        grab=measures.grab,
        gestures=names,
        pinching=words.pinching,
        grabbing=words.grabbing,
        palm=words.palm,
    )
