"""Poses as rows of a table: each condition is one column of facts, so all gestures are judged in one look-up.

A fact is a word that is true or not, with its fit (0.5 at the border, 1 plainly true). A finger has six facts, one for
each set of states that a pattern can name; all other words are facts as they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import FINGERS, Handedness
from handplay.gestures.fingers import DIRECTIONS, SWITCHES, HandWords, switch
from handplay.gestures.kinds import Pose
from handplay.gestures.settings import PAIRS, GestureSettings

_STATE_SETS = (
    frozenset({"extended"}),
    frozenset({"half"}),
    frozenset({"curled"}),
    frozenset({"extended", "half"}),
    frozenset({"half", "curled"}),
    frozenset({"extended", "curled"}),
)
_HANGING = switch("hanging")
_WORDS = 30
"""Facts before this one are finger patterns, `finger * 6 + set`; from here on the switches above the finger states."""
_FIRST_WORD = switch("touching")
_LEFT = _WORDS + SWITCHES - _FIRST_WORD
_RIGHT = _LEFT + 1
_NO_PINCH = _LEFT + 2
_TENSE = _LEFT + 3
_ALWAYS = _LEFT + 4
_FACTS = _LEFT + 5


@dataclass(frozen=True, slots=True)
class Condition:
    """One requirement of a pose.

    Attributes:
        text: for people: "index extended", "thumb touching index".
        fact: its column.
        bits: how much it narrows down, in bits: a finger in one of three states log2(3), a yes or no word 1.
    """

    text: str
    fact: int
    bits: float


def conditions_of(pose: Pose) -> tuple[Condition, ...]:
    """The conditions of one pose, in the order fingers, contacts, directions, palm, grip, hand."""
    rows: list[Condition] = []
    for index, states in enumerate(pose.fingers):
        if states is not None:
            text = f"{FINGERS[index]} {' or '.join(sorted(states))}"
            fact = index * len(_STATE_SETS) + (_STATE_SETS.index(states) if states in _STATE_SETS else len(_STATE_SETS))
            rows.append(Condition(text, fact, math.log2(3 / len(states))))
    words = [
        *((f"{FINGERS[a]} touching {FINGERS[b]}", switch("touching", PAIRS.index((a, b)))) for a, b in pose.touching),
        *((f"{FINGERS[a]} together with {FINGERS[b]}", switch("together", PAIRS.index((a, b))))
          for a, b in pose.together),
        *((f"{FINGERS[a]} apart from {FINGERS[b]}", switch("apart", PAIRS.index((a, b)))) for a, b in pose.apart),
        *((f"{FINGERS[finger]} pointing {way}",
           switch("pointing", finger * len(DIRECTIONS) + DIRECTIONS.index(way))) for finger, way in pose.pointing),
    ]  # fmt: skip
    if pose.palm != "any":
        words.append((f"palm {pose.palm}", switch(f"palm_{pose.palm}")))
    if pose.grip in ("pinch", "grab"):
        words.append((f"grip {pose.grip}", switch(pose.grip)))
    rows += [Condition(text, _WORDS + index - _FIRST_WORD, 1.0) for text, index in words]
    if pose.grip == "no_pinch":
        rows.append(Condition("no pinch", _NO_PINCH, 1.0))
    if pose.hand != "any":
        rows.append(Condition(f"{pose.hand} hand", _LEFT if pose.hand == "left" else _RIGHT, 1.0))
    if _is_spoilt_by_ease(pose):
        rows.append(Condition("fingers not relaxed", _TENSE, 0.0))
    return tuple(rows)


def _is_spoilt_by_ease(pose: Pose) -> bool:
    """Whether the pose wants its straight fingers held straight: unless it speaks of half bent ones, or of a touch."""
    long = pose.fingers[1:]
    half = any(states is not None and "half" in states and "curled" not in states for states in long)
    return frozenset({"extended"}) in long and not half and not pose.touching


def _may_hang(pose: Pose) -> bool:
    """Grips are controls, and a pose that has a finger point down says so itself."""
    down = [finger for finger, way in pose.pointing if way == "down" and pose.fingers[finger] != frozenset({"curled"})]
    return pose.layer != "pose" or any(finger > 0 for finger in down)


def facts_of(words: HandWords, handedness: Handedness | None) -> tuple[NDArray[np.bool_], Float32]:
    """Truth and fit of every fact, (101,) each. A finger that is not known makes all its facts false."""
    true = np.empty(_FACTS, np.bool_)
    fit = np.empty(_FACTS, np.float32)
    straight, rolled = words.on[0:5], words.on[5:10]
    straight_fit, rolled_fit = words.fit[0:5], words.fit[5:10]
    known = words.known
    finger_true = true[:_WORDS].reshape(5, 6)
    finger_true[:, 0] = straight
    finger_true[:, 1] = known & ~straight & ~rolled
    finger_true[:, 2] = rolled
    finger_true[:, 3] = known & ~rolled
    finger_true[:, 4] = known & ~straight
    finger_true[:, 5] = straight | rolled
    finger_fit = fit[:_WORDS].reshape(5, 6)
    finger_fit[:, 0] = straight_fit
    finger_fit[:, 2] = rolled_fit
    finger_fit[:, 3] = known * (1.0 - rolled_fit)
    finger_fit[:, 4] = known * (1.0 - straight_fit)
    finger_fit[:, 1] = np.minimum(finger_fit[:, 3], finger_fit[:, 4])
    finger_fit[:, 5] = np.maximum(straight_fit, rolled_fit)
    true[_WORDS:_LEFT] = words.on[_FIRST_WORD:]
    fit[_WORDS:_LEFT] = words.fit[_FIRST_WORD:]
    true[_LEFT] = fit[_LEFT] = handedness == "Left"
    true[_RIGHT] = fit[_RIGHT] = handedness == "Right"
    pinch = switch("pinch")
    true[_NO_PINCH], fit[_NO_PINCH] = not words.on[pinch], 1.0 - words.fit[pinch]
    relaxed = switch("relaxed")
    true[_TENSE], fit[_TENSE] = not words.on[relaxed], 1.0 - words.fit[relaxed]
    true[_ALWAYS] = fit[_ALWAYS] = True
    return true, fit


class PoseTable:
    """All poses of a library, ready to be judged together.

    Attributes:
        conditions: of each pose, in the order given.
        bits: float32 (G,), specificity of each pose: the sum over its conditions.
        hanging_score: float32 (G,), the score below which a hand that hangs down does not show the pose.
    """

    def __init__(self, poses: Sequence[Pose], settings: GestureSettings | None = None) -> None:
        self.conditions = tuple(conditions_of(pose) for pose in poses)
        width = max((len(rows) for rows in self.conditions), default=1)
        table = np.full((len(poses), max(1, width)), _ALWAYS, np.intp)
        for row, conditions in enumerate(self.conditions):
            table[row, : len(conditions)] = [condition.fact for condition in conditions]
        self._table = table
        self._counts = np.array([max(1, len(rows)) for rows in self.conditions], np.float32)
        self._padding = np.float32(table.shape[1]) - self._counts
        least = (settings or GestureSettings()).hanging_score
        self.hanging_score = np.array([0.0 if _may_hang(pose) else least for pose in poses], np.float32)
        self.bits = np.array([sum(c.bits for c in rows) for rows in self.conditions], np.float32)

    def judge(self, words: HandWords, handedness: Handedness | None) -> tuple[NDArray[np.bool_], Float32]:
        """Which poses the hand shows, and how well.

        Returns:
            bool (G,), True where every condition is true, and plainly true if the hand hangs down as hands at rest do;
            float32 (G,) scores 0..1, half the worst fit and half the mean fit, so that one wrong finger costs more
            than several that are slightly off.
        """
        true, fit = facts_of(words, handedness)
        fits = fit[self._table]
        mean = (fits.sum(axis=1) - self._padding) / self._counts
        scores = np.float32(0.5) * (fits.min(axis=1) + mean)
        matches = true[self._table].all(axis=1)
        if words.on[_HANGING]:
            matches &= scores >= self.hanging_score
        return matches, scores
