"""What would part two poses: keys to add, each tried before it is told.

There are two ways out. A gesture can leave to the other one what both would show ("together" against "apart", a
finger curled that the other one wants straight), or ask for all that the other asks for and more, and then wins there.
A row in a file does not say which of the two its author means, so where a finger decides both are told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal

from handplay.gestures.kinds import FingerWords, Pose
from handplay.gestures.library import builtin_file
from handplay.gestures.overlap_relation import CONTACTS, STATES, contact, is_surprise, relate_poses
from handplay.gestures.settings import PAIRS
from handplay.gestures.writing import json_row

_NEIGHBOURS = ((1, 2), (2, 3), (3, 4))
_STRAIGHT = frozenset({"extended"})
_MOST_KEYS = 3
"""More than these are a new gesture, not an advice."""
_ODD = (frozenset({"half"}), frozenset({"extended", "curled"}))
"""Patterns that nobody means: a finger is not held half bent to keep a gesture apart."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to part two poses.

    Attributes:
        name: of the gesture to change.
        keys: what to add to its row: of a list the new members, of "fingers" those that change.
        aim: "leave" it to the other one, "win" where a hand shows both, or "both" if the other one is to be changed
            too.
    """

    name: str
    keys: Mapping[str, Any]
    aim: Literal["leave", "win", "both"]

    @property
    def text(self) -> str:
        """The keys as they would stand in the file."""
        return ", ".join(f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in self.keys.items())


def ways_to_part(mine: Pose, other: Pose) -> tuple[Way, ...]:
    """Keys for `mine` after which the two need no word any more, the best of each aim; none if there are none."""
    ways = []
    leaving = next((one for one in _leaving(mine, other) if _settled(one, other)), None)
    if leaving is not None:
        ways.append(Way(mine.name, added_keys(mine, leaving), "leave"))
    if leaving is None or leaving.fingers != mine.fingers:
        most = _MOST_KEYS if leaving is None else 1  # with a way out that is plain, only one that is as plain
        winning = next((one for one in _winning(mine, other, most) if _settled(one, other)), None)
        if winning is not None:
            ways.insert(0, Way(mine.name, added_keys(mine, winning), "win"))
    return tuple(ways)


def ways_for_both(mine: Pose, other: Pose) -> tuple[Way, ...]:
    """A key for each of two gestures that ask for the same fingers; none if there are none."""
    pairs = [
        (_with_contact(mine, "together", pair), _with_contact(other, "apart", pair))
        for pair in _NEIGHBOURS
        if not contact(mine, pair)
        and not contact(other, pair)
        and all(pose.fingers[finger] == _STRAIGHT for finger in pair for pose in (mine, other))
    ]
    if mine.palm == other.palm == "any":
        pairs.append((replace(mine, palm="toward"), replace(other, palm="away")))
    if mine.hand == other.hand == "any":
        pairs.append((replace(mine, hand="right"), replace(other, hand="left")))
    for one, two in pairs:
        if _settled(one, two):
            return (
                Way(mine.name, added_keys(mine, one), "both"),
                Way(other.name, added_keys(other, two), "both"),
            )
    return ()


def added_keys(before: Pose, after: Pose) -> dict[str, Any]:
    """What stands in the second one's row beyond the first one's."""
    old, new = json_row(before), json_row(after)
    keys: dict[str, Any] = {}
    for key, value in new.items():
        was = old.get(key)
        if value == was:
            continue
        if isinstance(value, dict):
            value = {name: said for name, said in value.items() if not isinstance(was, dict) or was.get(name) != said}
        elif isinstance(value, list) and isinstance(was, list):
            value = [one for one in value if one not in was]
        keys[key] = value
    return keys


def _settled(mine: Pose, other: Pose) -> bool:
    if mine.layer != other.layer:
        return False  # it would become a control
    relation = "apart" if {mine.hand, other.hand} == {"left", "right"} else relate_poses(mine, other)
    return relation not in ("same", "crossing") and not is_surprise(relation, mine, other, builtin_file().file)


def _leaving(mine: Pose, other: Pose) -> Iterator[Pose]:
    """With one word that the other one excludes; those that change least about the fingers first."""
    for pair in PAIRS:
        its = contact(other, pair)
        if its and not contact(mine, pair) and _may_touch(mine, pair):
            yield _with_contact(mine, "together" if "apart" in its else "apart", pair)
    if mine.palm == "any" != other.palm:
        yield replace(mine, palm="away" if other.palm == "toward" else "toward")
    if mine.hand == "any" != other.hand:
        yield replace(mine, hand="right" if other.hand == "left" else "left")
    for finger in sorted(range(5), key=lambda finger: mine.fingers[finger] is not None):
        rest = (mine.fingers[finger] or STATES) - (other.fingers[finger] or STATES)
        if rest and rest not in _ODD:
            yield _with_finger(mine, finger, rest)


def _winning(mine: Pose, other: Pose, most: int) -> Iterator[Pose]:
    """Narrowed to what the other one asks for, with one word more if that makes them equal."""
    narrowed, keys = mine, 0
    for finger, its in enumerate(other.fingers):
        both = (narrowed.fingers[finger] or STATES) & (its or STATES)
        if its is not None and both != (narrowed.fingers[finger] or STATES):
            narrowed, keys = _with_finger(narrowed, finger, both), keys + 1
    for word in CONTACTS:
        for pair in getattr(other, word):
            if pair not in getattr(narrowed, word):
                narrowed, keys = _with_contact(narrowed, word, pair), keys + 1
    ways = dict(narrowed.pointing)
    for finger, way in other.pointing:
        if finger not in ways:
            narrowed, keys = replace(narrowed, pointing=(*narrowed.pointing, (finger, way))), keys + 1
    for key in ("palm", "grip", "hand"):
        if getattr(narrowed, key) == "any" != getattr(other, key):
            narrowed, keys = _with_word(narrowed, key, getattr(other, key)), keys + 1
    if keys > most:
        return
    if keys:
        yield narrowed
    if keys < most:
        yield from _with_more(narrowed)


def _with_more(pose: Pose) -> Iterator[Pose]:
    """The pose with one word, or two, that it says nothing of yet and that a hand shows plainly."""
    options = [
        (word, pair)
        for pair in _NEIGHBOURS
        if not contact(pose, pair) and all(pose.fingers[finger] == _STRAIGHT for finger in pair)
        for word in ("together", "apart")
    ]
    for word, pair in options:
        yield _with_contact(pose, word, pair)
    if pose.palm == "any":
        yield replace(pose, palm="toward")
    for (word, pair), (other_word, other_pair) in combinations(options, 2):
        if pair != other_pair:
            yield _with_contact(_with_contact(pose, word, pair), other_word, other_pair)


def _may_touch(pose: Pose, pair: tuple[int, int]) -> bool:
    """Of fingers that may do anything it cannot be said where they lie."""
    return all(pose.fingers[finger] is not None for finger in pair)


def _with_contact(pose: Pose, word: str, pair: tuple[int, int]) -> Pose:
    return _with_word(pose, word, (*getattr(pose, word), pair))


def _with_finger(pose: Pose, finger: int, words: FingerWords) -> Pose:
    fingers = list(pose.fingers)
    fingers[finger] = words
    return replace(pose, fingers=tuple(fingers))


def _with_word(pose: Pose, key: str, value: object) -> Pose:
    changed: dict[str, Any] = {key: value}
    return replace(pose, **changed)
