"""Gestures that one hand could show at once, and the key that would part them.

Two poses compete where a hand fulfils both. One that asks for all that the other asks and more is the more specific
one and wins there, as it should. Where neither is, the better fit decides, which a hand does not hold for long: such a
pair is told. So is a user's gesture that a built-in one covers in part, for it does not fire there. All that a gesture
overlaps with is told at once, with one advice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from handplay.gestures.kinds import Gesture, Motion, Pose
from handplay.gestures.library import Library, builtin_file
from handplay.gestures.overlap_advice import Advice, advise, swapped_contacts
from handplay.gestures.overlap_relation import Relation, is_surprise, relate, relate_poses
from handplay.gestures.overlap_remedy import Way, settled, ways_for_both, ways_to_part
from handplay.gestures.overlap_tried import called, other_pose, replacing, tried
from handplay.gestures.problems import Problem


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
            "same": "they ask for the same" + (", and yours wins" if _is_replaceable(self.first, self.second) else ""),
            "crossing": "one hand can show both, and neither is more specific",
            "first": f"where a hand shows both, '{first}' wins, for it asks for more",
            "second": f"where a hand shows both, '{second}' wins, for it asks for more",
            "apart": "",
        }[self.relation]
        return f"{names}: {why}; {self.remedy}"


def warnings(library: Library, file: str) -> list[Problem]:
    """Overlaps of the gestures of one file with each other and with all others, with their places.

    A pose gets one advice that parts it from all that it overlaps with, or says which remain. All advice of a file goes
    together: that of a gesture is tried beside the ones before as they are, and as they would be.
    """
    names = [gesture.name for gesture in library.gestures if gesture.file == file]
    found: dict[str, list[tuple[Gesture, Relation]]] = {name: [] for name in names}
    for first, second, relation in overlapping(library, names):
        found[second.name].append((first, relation))
    advised: dict[str, Pose] = {}
    told: list[tuple[bool, Problem]] = []
    for name in names:
        gesture, rivals = library.find(name), found[name]
        if gesture is None or not rivals:
            continue
        # What the user's own do to each other first, and what is undecided before what is decided.
        rivals.sort(key=lambda row: (row[0].file != file, row[1] not in ("same", "crossing")))
        reasons = (
            _of_pose(gesture, rivals, library, advised)
            if isinstance(gesture, Pose)
            else _of_other(gesture, rivals, library)
        )
        told += [(rivals[0][0].file != file, Problem(file, gesture.line, "", reason)) for reason in reasons]
    return [problem for _, problem in sorted(told, key=lambda row: row[0])] + list(tried(library, file))


def overlaps(library: Library, names: Collection[str] | None = None) -> Iterator[Overlap]:
    """All pairs that deserve a word, each by itself.

    Args:
        names: only pairs with one of these gestures, which is then the second; all if not given.
    """
    for first, second, relation in overlapping(library, names):
        rest = _others(second, library, {}) if isinstance(second, Pose) else []
        yield Overlap(first, second, relation, *_remedy(first, second, relation, library, rest))


def overlapping(library: Library, names: Collection[str] | None) -> Iterator[tuple[Gesture, Gesture, Relation]]:
    """As `overlaps`, without what would part them: the two, and how they lie to each other."""
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
            yield first, second, relation


def _of_other(gesture: Gesture, rivals: Sequence[tuple[Gesture, Relation]], library: Library) -> Iterator[str]:
    """Of a movement, or of two hands."""
    same: dict[str, list[Overlap]] = {}
    for first, relation in rivals:
        overlap = Overlap(first, gesture, relation, *_remedy(first, gesture, relation, library, ()))
        same.setdefault(overlap.remedy, []).append(overlap)
    for overlap, *more in same.values():
        yield f"{overlap}" + (f" (the same with {_listed([one.first for one in more])})" if more else "")


def _of_pose(
    pose: Pose, rivals: Sequence[tuple[Gesture, Relation]], library: Library, advised: dict[str, Pose]
) -> list[str]:
    # What is advised for one before may be enough.
    parted = [row for row in rivals if row[0].name in advised and settled(advised[row[0].name], pose)]
    rivals = [row for row in rivals if row not in parted]
    others = [other for other in _others(pose, library, advised) if other not in [first for first, _ in parted]]
    reasons = [
        str(Overlap(first, pose, relation, f"what is advised for '{first.name}' parts them"))
        for first, relation in parted
    ]
    if not rivals:
        return reasons
    if len(rivals) == 1 and sum(not settled(pose, other) for other in others) == 1:
        ((first, relation),) = rivals
        text, ways = _remedy(first, pose, relation, library, others)
        if ways and {way.name for way in ways} == {pose.name}:
            advised[pose.name] = ways[0].pose
            return [*reasons, str(Overlap(first, pose, relation, text, ways))]
    advice = advise(pose, others)
    advised[pose.name] = advice.pose
    left = {other.name for other in advice.remaining}
    rest = []
    for first, relation in rivals:
        words = ""
        if first.name in left and isinstance(first, Pose) and first.file == pose.file:
            words = _by_the_other(advised.get(first.name, first), pose, library, advised)
        if words:
            left.remove(first.name)
            reasons.append(str(Overlap(first, pose, relation, words)))
        else:
            rest.append((first, relation))
    return [*reasons, _told(pose, rest, advice, left)] if rest else reasons


def _by_the_other(first: Pose, second: Pose, library: Library, advised: dict[str, Pose]) -> str:
    """Of one's own gestures the other one can be changed as well."""
    now = advised.get(second.name, second)
    ways = _changing_the_other(first, now, _others(first, library, advised))
    advised |= {way.name: way.pose for way in ways}
    return _for_both(ways) if ways else ""


def _others(pose: Pose, library: Library, advised: dict[str, Pose]) -> list[Pose]:
    """All that a pose competes with, also as it would be after an advice."""
    layer = [other for other in library.poses if other.layer == pose.layer and other.name != pose.name]
    return layer + [advised[other.name] for other in layer if advised.get(other.name, other) != other]


def _told(pose: Pose, rivals: Sequence[tuple[Gesture, Relation]], advice: Advice, left: Collection[str]) -> str:
    """All that a pose overlaps with, and the advice."""
    if len(rivals) == 1:
        ((first, relation),) = rivals
        return str(Overlap(first, pose, relation, _advised(pose, rivals, advice, left)))
    by: dict[Relation, list[Gesture]] = {}
    for first, relation in rivals:
        by.setdefault(relation, []).append(first)
    yours = all(_is_replaceable(first, pose) for first in by.get("same", ()))
    win = "win, for they ask" if len(by.get("first", ())) > 1 else "wins, for it asks"
    clauses = {
        "same": "it asks for the same as {}" + (", and wins" if yours else ""),
        "crossing": "one hand can show it and {}, and neither is more specific",
        "first": f"where a hand shows both, {{}} {win} for more",
        "second": "where a hand shows {} too, it wins, for it asks for more",
    }
    why = "; ".join(clauses[relation].format(_listed(firsts)) for relation, firsts in by.items())
    more = f"{len(rivals) - 1} more overlap" if len(rivals) > 2 else "one more overlaps"
    names = f"{called(pose)} and {called(rivals[0][0])} overlap, and {more} with '{pose.name}'"
    return f"{names}: {why}; {_advised(pose, rivals, advice, left)}"


def _advised(pose: Pose, rivals: Sequence[tuple[Gesture, Relation]], advice: Advice, left: Collection[str]) -> str:
    remaining = [first for first, _ in rivals if first.name in left]
    named = [words for first in remaining if (words := replacing(first, pose))]
    if advice.way is None:
        them = "it from any of them" if len(rivals) > 1 else "them"
        return f"no key parts {them}; {' or '.join(named[:1]) or 'keep one'}"
    swapped = {
        "": "",
        "together": ' ("together" in place of "apart" if they lie side by side)',
        "apart": ' ("apart" in place of "together" if they are spread)',
    }
    text = advice.way.text + swapped[advice.swapped]
    if len(rivals) == 1 and not remaining:
        return text
    won = [
        first
        for first, _ in rivals
        if first not in remaining and isinstance(first, Pose) and relate_poses(first, advice.pose) == "second"
    ]
    text += ", which parts it from all of them"
    if remaining:
        or_name = f" ({named[0]})" if len(remaining) == 1 and named else ""
        text += f" but {_listed(remaining)}{or_name}"
    return text + (f"; it wins there over {_listed(won)}" if won else "")


def _remedy(
    first: Gesture, second: Gesture, relation: Relation, library: Library, rest: Sequence[Pose]
) -> tuple[str, tuple[Way, ...]]:
    """Words for what parts them, said of the second if that can be done."""
    named = replacing(first, second)
    if not (isinstance(first, Pose) and isinstance(second, Pose)):
        return _other_pose(first, second, library, named), ()
    ways = ways_to_part(second, first, rest)
    if not ways and not named:
        ways = _changing_the_other(first, second, _others(first, library, {}))
    if not ways:
        return f"no key parts them; {named or 'keep one'}", ()
    if ways[0].name != second.name or ways[0].aim == "both":
        return _for_both(ways), ways
    text = ways[0].text
    if len(ways) > 1:
        text += f" to win there, or {ways[1].text} to leave it to '{first.name}'"
    elif ways[0].aim == "leave" and "fingers" in ways[0].keys:
        text += f" to leave it to '{first.name}'"
    elif ways[0].aim == "win":
        either = list(ways[0].keys) == ["together"] and swapped_contacts(second, ways[0].pose, (first, *rest))
        text += ' ("apart" if they are spread)' if either else " to win there"
    return (f"{text}, or {named}" if named and relation == "same" else text), ways


def _changing_the_other(first: Pose, second: Pose, rest: Sequence[Pose]) -> tuple[Way, ...]:
    """Keys for the first, or for both."""
    return ways_to_part(first, second, rest)[:1] or ways_for_both(second, first)


def _for_both(ways: Sequence[Way]) -> str:
    return " and ".join(f"{way.text}" if way.adds_only else f"{way.text} at '{way.name}'" for way in ways)


def _other_pose(first: Gesture, second: Gesture, library: Library, named: str) -> str:
    """Two movements in one pose."""
    pose = other_pose(first, second, library) if isinstance(first, Motion) and isinstance(second, Motion) else ""
    return ", or ".join(part for part in (pose, named) if part) or 'keep one, or give them different poses ("pose")'


def _is_replaceable(first: Gesture, second: Gesture) -> bool:
    return first.file == builtin_file().file != second.file


def _listed(gestures: Sequence[Gesture]) -> str:
    *most, last = [f"'{gesture.name}'" for gesture in gestures]
    return f"{', '.join(most)} and {last}" if most else last
