"""How two gestures lie to each other by what their rows say: no hand shows both, or one asks for more, or neither."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from handplay.gestures.kinds import Gesture, Motion, Pose, TwoHands
from handplay.gestures.library import Library
from handplay.gestures.settings import PAIRS

Relation = Literal["apart", "same", "first", "second", "crossing"]
"""No hand shows both; they ask for the same; the first or the second is more specific; neither is."""

STATES = frozenset({"extended", "half", "curled"})
CONTACTS = ("touching", "together", "apart")


def relate(first: Gesture, second: Gesture, library: Library) -> Relation:
    """How two gestures lie to each other.

    Templates and recorded paths are "apart" here: what they share is found by trying, see `overlap_samples` and
    `overlap_paths`.
    """
    if first.layer != second.layer or {first.hand, second.hand} == {"left", "right"}:
        return "apart"
    if isinstance(first, Pose) and isinstance(second, Pose):
        return relate_poses(first, second)
    if isinstance(first, Motion) and isinstance(second, Motion):
        same = bool(first.path) and first.path == second.path and _pose(first, library) == _pose(second, library)
        return "same" if same else "apart"
    if isinstance(first, TwoHands) and isinstance(second, TwoHands):
        same = first.measure == second.measure and _pose(first, library) == _pose(second, library)
        return "same" if same else "apart"
    return "apart"


def poses_part(first: Motion, second: Motion, library: Library) -> bool:
    """Whether no hand can make both movements because of the hand or the pose that they ask for."""
    if {first.hand, second.hand} == {"left", "right"}:
        return True
    a, b = (library.find(motion.pose) if motion.pose else None for motion in (first, second))
    if a is None or b is None or a is b:
        return False
    if isinstance(a, Pose) and isinstance(b, Pose):
        return relate_poses(_moving(a), _moving(b)) == "apart"
    return False  # what a template shows is not told in words


def _moving(pose: Pose) -> Pose:
    """What a motion asks of its pose, see `judging`."""
    return replace(pose, apart=(), together=(), hand="any")


def relate_poses(first: Pose, second: Pose) -> Relation:
    """As `relate`, of two poses of one layer."""
    first_more = second_more = False
    for a, b in zip(first.fingers, second.fingers, strict=True):
        a, b = a or STATES, b or STATES
        if not (a <= b or b <= a):  # "extended or half" and "half or curled" too: the finger's fit parts them well
            return "apart"
        first_more |= a < b
        second_more |= b < a
    for pair in PAIRS:
        a, b = contact(first, pair), contact(second, pair)
        if ("apart" in a and b - {"apart"}) or ("apart" in b and a - {"apart"}):
            return "apart"
        first_more |= bool(a - b)
        second_more |= bool(b - a)
    ways, other_ways = dict(first.pointing), dict(second.pointing)
    if any(other_ways.get(finger, way) != way for finger, way in ways.items()):
        return "apart"
    first_more |= bool(ways.keys() - other_ways.keys())
    second_more |= bool(other_ways.keys() - ways.keys())
    for a_word, b_word in ((first.palm, second.palm), (first.grip, second.grip), (first.hand, second.hand)):
        if a_word != b_word:
            if "any" not in (a_word, b_word):
                return "apart"
            first_more |= b_word == "any"
            second_more |= a_word == "any"
    if first_more and second_more:
        return "crossing"
    return "first" if first_more else "second" if second_more else "same"


def contact(pose: Pose, pair: tuple[int, int]) -> frozenset[str]:
    """What a pose says of two fingers: words of `CONTACTS`."""
    return frozenset(word for word in CONTACTS if pair in getattr(pose, word))


def is_surprise(relation: Relation, first: Gesture, second: Gesture, builtin: str) -> bool:
    """A user's gesture that loses a part of itself to a built-in one, or two of the user's that differ in one word.

    Args:
        builtin: name of the built-in file.
    """
    if relation in ("apart", "same", "crossing") or not isinstance(first, Pose) or not isinstance(second, Pose):
        return False
    winner, loser = (first, second) if relation == "first" else (second, first)
    if loser.file == builtin:
        return False
    return winner.file == builtin or winner.fingers == loser.fingers


def _pose(gesture: Motion | TwoHands, library: Library) -> str:
    found = library.find(gesture.pose) if gesture.pose else None
    return found.name if found is not None else ""
