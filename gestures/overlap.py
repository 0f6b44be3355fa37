"""Gestures that one hand could show at once, and the key that would part them.

Two poses compete where a hand fulfils both. One that asks for all that the other asks and more is the more specific
one and wins there, as it should. Where neither is, the better fit decides, which a hand does not hold for long: such a
pair is told. So is a user's gesture that a built-in one covers in part, for it does not fire there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from handplay.gestures.kinds import Gesture, Motion, Pose
from handplay.gestures.library import Library, builtin_file
from handplay.gestures.overlap_relation import Relation, is_surprise, relate
from handplay.gestures.overlap_remedy import Way, ways_for_both, ways_to_part
from handplay.gestures.overlap_tried import called, other_pose, replacing, tried
from handplay.gestures.problems import Problem

_RIVALS = 2
"""Told in full of one gesture, the rest only named."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two gestures that one hand could show at once.

    Attributes:
        first, second: the gestures; the second one is the one to change.
        relation: "same", "crossing", or which of them is more specific.
        remedy: what would part them.
        ways: of poses, the same as keys of a gesture's row.
    """

    first: Gesture
    second: Gesture
    relation: Relation
    remedy: str
    ways: tuple[Way, ...] = ()

    def __str__(self) -> str:
        first, second = self.first.name, self.second.name
        names = f"{called(self.second)} and {called(self.first)} overlap"
        why = {
            "same": "they ask for the same"
            + (", and yours wins" if self.first.file == builtin_file().file != self.second.file else ""),
            "crossing": "one hand can show both, and neither is more specific",
            "first": f"where a hand shows both, '{first}' wins, for it asks for more",
            "second": f"where a hand shows both, '{second}' wins, for it asks for more",
            "apart": "",
        }[self.relation]
        return f"{names}: {why}; {self.remedy}"


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
    return [problem for _, problem in sorted(told, key=lambda row: row[0])] + list(tried(library, file))


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
        if relation in ("same", "crossing") or (own and is_surprise(relation, first, second, builtin)):
            yield Overlap(first, second, relation, *_remedy(first, second, relation, library))


def _remedy(first: Gesture, second: Gesture, relation: Relation, library: Library) -> tuple[str, tuple[Way, ...]]:
    """Words for what parts them, said of the second if that can be done."""
    named = replacing(first, second)
    if not (isinstance(first, Pose) and isinstance(second, Pose)):
        return _other_pose(first, second, library, named), ()
    ways = ways_to_part(second, first)
    if not ways and not named:
        ways = ways_to_part(first, second) or ways_for_both(second, first)
    if not ways:
        return named or 'keep one, or part them by "pointing"', ()
    if ways[0].aim == "both":
        return " and ".join(f"add {way.text} to '{way.name}'" for way in ways), ways
    text = f"add {ways[0].text} to '{ways[0].name}'"
    rival = first.name if ways[0].name == second.name else second.name
    if len(ways) > 1:
        text += f" to win there, or {ways[1].text} to leave it to '{rival}'"
    elif ways[0].aim == "leave" and "fingers" in ways[0].keys:
        text += f" to leave it to '{rival}'"
    elif ways[0].aim == "win":
        text += ' ("apart" if they are spread)' if list(ways[0].keys) == ["together"] else " to win there"
    return (f"{text}, or {named}" if named and relation == "same" else text), ways


def _other_pose(first: Gesture, second: Gesture, library: Library, named: str) -> str:
    """Two movements in one pose."""
    pose = other_pose(first, second, library) if isinstance(first, Motion) and isinstance(second, Motion) else ""
    return ", or ".join(part for part in (pose, named) if part) or 'keep one, or give them different poses ("pose")'
