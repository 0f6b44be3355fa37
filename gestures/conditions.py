"""Poses as rows of a table: each condition is one column of facts, so all gestures are judged in one look-up.

A fact is a word that is true or not, with its fit (0.5 at the border, 1 plainly true), or the opposite of one: "half"
is neither straight nor rolled in. A finger has six facts, one for each set of states that a pattern can name.
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

_HANGING = switch("hanging")
_BENT_OR_NOT = SWITCHES
"""From here on, of each finger: straight or rolled in. The switches come first, as they are."""
_LEFT = _BENT_OR_NOT + len(FINGERS)
_RIGHT, _NEVER = _LEFT + 1, _LEFT + 2
_PLAIN = _NEVER + 1
"""So many facts, and then the opposite of each of them."""
_ALWAYS = _PLAIN + _NEVER
_FACTS = 2 * _PLAIN

_STATES = {
    frozenset({"extended"}): switch("extended"),
    frozenset({"curled"}): switch("curled"),
    frozenset({"extended", "curled"}): _BENT_OR_NOT,
    frozenset({"half", "curled"}): _PLAIN + switch("extended"),
    frozenset({"extended", "half"}): _PLAIN + switch("curled"),
    frozenset({"half"}): _PLAIN + _BENT_OR_NOT,
}
"""What a pattern may name, and its fact for the thumb; those of the other fingers follow."""


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
            fact = _STATES[states] + index if states in _STATES else _ALWAYS
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
    rows += [Condition(text, index, 1.0) for text, index in words]
    if pose.grip == "no_pinch":
        rows.append(Condition("no pinch", _PLAIN + switch("pinch"), 1.0))
    if pose.hand != "any":
        rows.append(Condition(f"{pose.hand} hand", _LEFT if pose.hand == "left" else _RIGHT, 1.0))
    if _is_spoilt_by_ease(pose):
        rows.append(Condition("fingers not relaxed", _PLAIN + switch("relaxed"), 0.0))
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
    """Truth and fit of every fact, (168,) each. A finger that is not known makes all its facts false."""
    fit = np.zeros(_FACTS, np.float32)
    fit[:SWITCHES] = words.fit
    np.maximum(fit[0:5], fit[5:10], out=fit[_BENT_OR_NOT:_LEFT])
    if handedness is not None:
        fit[_LEFT if handedness == "Left" else _RIGHT] = 1.0
    np.subtract(1.0, fit[:_PLAIN], out=fit[_PLAIN:])
    for finger, known in enumerate(words.known.tolist()):
        if not known:
            fit[_of_finger(finger)] = 0.0
    return _truth(words, handedness), fit


def _truth(words: HandWords, handedness: Handedness | None) -> NDArray[np.bool_]:
    true = np.zeros(_FACTS, np.bool_)
    true[:SWITCHES] = words.on
    np.logical_or(true[0:5], true[5:10], out=true[_BENT_OR_NOT:_LEFT])
    if handedness is not None:
        true[_LEFT if handedness == "Left" else _RIGHT] = True
    np.logical_not(true[:_PLAIN], out=true[_PLAIN:])
    known = words.known.tolist()
    if False in known:
        for finger, told in enumerate(known):
            if not told:
                true[_of_finger(finger)] = False
    return true


def _of_finger(finger: int) -> list[int]:
    """All facts that tell a finger's state."""
    return [fact + finger for fact in _STATES.values()]


class PoseTable:
    """All poses of a library, ready to be judged together.

    Attributes:
        conditions: of each pose, in the order given.
        bits: float32 (G,), specificity of each pose: the sum over its conditions.
        hanging_score: float32 (G,), the score below which a hand that hangs down does not show the pose.
    """

    def __init__(self, poses: Sequence[Pose], settings: GestureSettings | None = None) -> None:
        self.conditions = tuple(conditions_of(pose) for pose in poses)
        most = max((len(rows) for rows in self.conditions), default=1)
        table = np.full((max(1, most), len(poses)), _ALWAYS, np.intp)
        for column, conditions in enumerate(self.conditions):
            table[: len(conditions), column] = [condition.fact for condition in conditions]
        self._table = table
        self._facts_of = [tuple(condition.fact for condition in rows) or (_ALWAYS,) for rows in self.conditions]
        counts = np.array([max(1, len(rows)) for rows in self.conditions], np.float32)
        self._padding, self._half_share = np.float32(len(table)) - counts, np.float32(0.5) / counts
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
        fits = fit.take(self._table)
        scores: Float32 = 0.5 * fits.min(axis=0) + self._half_share * (fits.sum(axis=0) - self._padding)
        matches = true.take(self._table).all(axis=0)
        if words.on[_HANGING]:
            matches &= scores >= self.hanging_score
        return matches, scores

    def shown(self, words: HandWords, handedness: Handedness | None) -> list[tuple[int, float]]:
        """The poses that the hand shows, with their scores: what `judge` tells, and sooner, since few are true."""
        true = _truth(words, handedness)
        numbers = np.logical_and.reduce(true.take(self._table), axis=0).nonzero()[0].tolist()
        fit: list[float] = words.fit.tolist()
        fit += map(max, fit[0:5], fit[5:10])
        fit += float(true[_LEFT]), float(true[_RIGHT]), 0.0
        shown, hanging = [], words.on[_HANGING]
        for number in numbers:
            fits = [fit[fact] if fact < _PLAIN else 1.0 - fit[fact - _PLAIN] for fact in self._facts_of[number]]
            score = 0.5 * (min(fits) + sum(fits) / len(fits))
            if not hanging or score >= self.hanging_score[number]:
                shown.append((number, score))
        return shown
