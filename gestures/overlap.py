"""Gestures that one hand could show at once, and the key that would part them.

Two poses compete where a hand fulfils both. One that asks for all that the other asks and more is the more specific
one and wins there, as it should. Where neither is, the better fit decides, which a hand does not hold for long: such a
pair is told. So is a user's gesture that a built-in one covers in part, for it does not fire there.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from handplay.engine.hands import FINGERS
from handplay.gestures.kinds import Gesture, Motion, Pose, Template, TwoHands
from handplay.gestures.library import Library, builtin_file
from handplay.gestures.problems import Problem
from handplay.gestures.settings import PAIRS

Relation = Literal["apart", "same", "first", "second", "crossing"]
"""No hand shows both; they ask for the same; the first or the second is more specific; neither is."""

_STATES = frozenset({"extended", "half", "curled"})
_CONTACTS = ("touching", "together", "apart")
_RIVALS = 2
"""Told in full of one gesture, the rest only named."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two gestures that one hand could show at once.

    Attributes:
        first, second: the gestures; the second one is the one to change.
        relation: "same", "crossing", or which of them is more specific.
        remedy: what would part them.
    """

    first: Gesture
    second: Gesture
    relation: Relation
    remedy: str

    def __str__(self) -> str:
        first, second = self.first.name, self.second.name
        names = f"{_called(self.second)} and {_called(self.first)} overlap"
        why = {
            "same": "they ask for the same"
            + (", and yours wins" if self.first.file == builtin_file().file != self.second.file else ""),
            "crossing": "one hand can show both, and neither is more specific",
            "first": f"where a hand shows both, '{first}' wins, for it asks for more",
            "second": f"where a hand shows both, '{second}' wins, for it asks for more",
            "apart": "",
        }[self.relation]
        return f"{names}: {why}; {self.remedy}"


def _called(gesture: Gesture) -> str:
    return f"'{gesture.name}'" + (f" ({', '.join(gesture.aliases)})" if gesture.aliases else "")


def warnings(library: Library, file: str) -> list[Problem]:
    """Overlaps of the gestures of one file with each other and with all others, with their places."""
    found: dict[str, list[Overlap]] = {}
    for overlap in overlaps(library, {gesture.name for gesture in library.gestures if gesture.file == file}):
        found.setdefault(overlap.second.name, []).append(overlap)
    # What the user's own do to each other first, and what is undecided before what is decided.
    told: list[tuple[bool, Problem]] = []
    for rows in found.values():
        gesture = rows[0].second
        same: dict[str, list[Overlap]] = {}
        rows.sort(key=lambda row: (row.first.file != file, row.relation not in ("same", "crossing")))
        for overlap in rows:
            same.setdefault(overlap.remedy, []).append(overlap)
        groups = list(same.values())
        for first, *others in groups[:_RIVALS]:
            more = f" (the same with {_listed(others)})" if others else ""
            told.append((first.first.file != file, Problem(file, gesture.line, "", f"{first}{more}")))
        rest = [overlap for group in groups[_RIVALS:] for overlap in group]
        if rest:
            reason = f"'{gesture.name}' overlaps with {_listed(rest)} as well"
            told.append((True, Problem(file, gesture.line, "", reason)))
    return [problem for _, problem in sorted(told, key=lambda row: row[0])] + _samples_told(library, file)


def _samples_told(library: Library, file: str) -> list[Problem]:
    names = {gesture.name for gesture in library.gestures if gesture.file == file}
    if not any(isinstance(gesture, Template) and gesture.name in names for gesture in library.gestures):
        return []
    from handplay.gestures.overlap_samples import shared_poses  # few files have templates

    told = []
    for template, pose, share in shared_poses(library, names):
        own = template if template.file == file else pose
        reason = (
            f"{_called(template)} and {_called(pose)} overlap: {share:.0%} of the samples show both; "
            f"the better fit wins, or name it '{pose.name}' to replace that one"
        )
        told.append(Problem(file, own.line, "", reason))
    return told


def _listed(rows: list[Overlap]) -> str:
    return ", ".join(f"'{overlap.first.name}'" for overlap in rows)


def overlaps(library: Library, names: Collection[str] | None = None) -> Iterator[Overlap]:
    """All pairs that deserve a word.

    Args:
        names: only pairs with one of these gestures, which is then the second; all if not given.
    """
    builtin = builtin_file().file
    for first, second in combinations(library.gestures, 2):
        if names is not None:
            if first.name not in names and second.name not in names:
                continue
            if second.name not in names:
                first, second = second, first
        relation = relate(first, second, library)
        own = first.file != builtin or second.file != builtin
        if relation in ("same", "crossing") or (own and _is_surprise(relation, first, second, builtin)):
            yield Overlap(first, second, relation, _remedy(first, second))


def relate(first: Gesture, second: Gesture, library: Library) -> Relation:
    """How two gestures lie to each other."""
    if first.layer != second.layer or {first.hand, second.hand} == {"left", "right"}:
        return "apart"
    if isinstance(first, Pose) and isinstance(second, Pose):
        return _relate_poses(first, second)
    if isinstance(first, Motion) and isinstance(second, Motion):
        same = bool(first.path) and first.path == second.path and _pose(first, library) == _pose(second, library)
        return "same" if same else "apart"
    if isinstance(first, TwoHands) and isinstance(second, TwoHands):
        same = first.measure == second.measure and _pose(first, library) == _pose(second, library)
        return "same" if same else "apart"
    return "apart"


def _pose(gesture: Motion | TwoHands, library: Library) -> str:
    found = library.find(gesture.pose) if gesture.pose else None
    return found.name if found is not None else ""


def _relate_poses(first: Pose, second: Pose) -> Relation:
    first_more = second_more = False
    for a, b in zip(first.fingers, second.fingers, strict=True):
        a, b = a or _STATES, b or _STATES
        if not (a <= b or b <= a):  # "extended or half" and "half or curled" too: the finger's fit parts them well
            return "apart"
        first_more |= a < b
        second_more |= b < a
    for pair in PAIRS:
        a, b = _contact(first, pair), _contact(second, pair)
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


def _contact(pose: Pose, pair: tuple[int, int]) -> frozenset[str]:
    return frozenset(word for word in _CONTACTS if pair in getattr(pose, word))


def _is_surprise(relation: Relation, first: Gesture, second: Gesture, builtin: str) -> bool:
    """A user's gesture that loses a part of itself to a built-in one, or two of the user's that differ in one word."""
    if relation == "apart" or not isinstance(first, Pose) or not isinstance(second, Pose):
        return False
    winner, loser = (first, second) if relation == "first" else (second, first)
    if loser.file == builtin:
        return False
    return winner.file == builtin or winner.fingers == loser.fingers


def _remedy(first: Gesture, second: Gesture) -> str:
    """Words for what parts them, said of the second if that can be done."""
    if isinstance(first, Pose) and isinstance(second, Pose):
        key = _parting_key(second, first)
        if key:
            return f"add {key} to '{second.name}'"
        key = _parting_key(first, second)
        if first.file == builtin_file().file != second.file:
            return f"name it '{first.name}' to replace the built-in one"
        if key:
            return f"add {key} to '{first.name}'"
        for pair in ((1, 2), (2, 3), (3, 4)):
            straight = (second.fingers[pair[0]], second.fingers[pair[1]]) == (frozenset({"extended"}),) * 2
            if straight and not _contact(second, pair):
                return f'add {_pair_key("together", pair)} to one and "apart" to the other'
        return 'keep one, or part them by "palm" or "pointing"'
    return 'keep one, or give them different poses ("pose")'


def _parting_key(wide: Pose, other: Pose) -> str:
    """A key that makes `wide` exclude what `other` asks for; empty if there is none."""
    for pair in PAIRS:
        a, b = _contact(wide, pair), _contact(other, pair)
        if b and not a and wide.fingers[pair[0]] and wide.fingers[pair[1]]:
            return _pair_key("together" if "apart" in b else "apart", pair)
    fingers = sorted(range(5), key=lambda finger: wide.fingers[finger] is not None)
    for finger in fingers:
        mine, its = wide.fingers[finger] or _STATES, other.fingers[finger] or _STATES
        if its < mine:
            left = [word for word in ("extended", "half", "curled") if word in mine - its]
            return f'"fingers": {json.dumps({FINGERS[finger]: left[0] if len(left) == 1 else left})}'
    if wide.palm == "any" != other.palm:
        return f'"palm": "{"away" if other.palm == "toward" else "toward"}"'
    if wide.hand == "any" != other.hand:
        return f'"hand": "{"right" if other.hand == "left" else "left"}"'
    return ""


def _pair_key(word: str, pair: tuple[int, int]) -> str:
    return f'"{word}": {json.dumps([[FINGERS[pair[0]], FINGERS[pair[1]]]])}'
