"""What would part two poses: keys to add, each tried before it is told, by its words and on hands that show the pose.

There are two ways out. A gesture can leave to the other one what both would show ("together" against "apart", a
finger curled that the other one wants straight), or ask for all that the other asks for and more, and then wins there.
A row in a file does not say which of the two its author means, so where a finger decides both are told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal

from handplay.gestures.kinds import FingerWords, Pose
from handplay.gestures.library import builtin_file
from handplay.gestures.overlap_hands import can_be_shown
from handplay.gestures.overlap_relation import CONTACTS, STATES, contact, is_surprise, relate_poses
from handplay.gestures.settings import PAIRS
from handplay.gestures.writing import json_row

_NEIGHBOURS = ((1, 2), (2, 3), (3, 4))
_STRAIGHT = frozenset({"extended"})
MOST_KEYS = 3
"""More than these are a new gesture, not an advice."""
_ODD = (frozenset({"half"}), frozenset({"extended", "curled"}))
"""Patterns that nobody means: a finger is not held half bent to keep a gesture apart."""

Aim = Literal["leave", "win", "both", "all"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to part two poses.

    Attributes:
        name: of the gesture to change.
        pose: the gesture as it would be.
        keys: what to add to its row: of a list the new members, of "fingers" and "pointing" those that change.
        aim: "leave" it to the other one, "win" where a hand shows both, "both" if the other one is to be changed too,
            or "all" if it is parted from several, from one so and from another so.
        stands: keys that the row has already, with their members if those are named: of "fingers" and "pointing".
    """

    name: str
    pose: Pose
    keys: Mapping[str, Any]
    aim: Aim
    stands: Mapping[str, frozenset[str]]

    @property
    def adds_only(self) -> bool:
        """Whether no key stands in the row already: then the words name the gesture by themselves."""
        return not self.keys.keys() & self.stands.keys()

    @property
    def text(self) -> str:
        """What to do, to the letter: a key that stands in the row already is not added but changed."""
        new = ", ".join(f'"{key}": {_json(value)}' for key, value in self.keys.items() if key not in self.stands)
        parts = [f"add {new} to '{self.name}'"] if new else []
        for key, value in self.keys.items():
            if key not in self.stands:
                continue
            if not isinstance(value, dict):
                parts.append(f'in "{key}" put {", ".join(map(_json, value))}')
                continue
            put = ", ".join(f'"{one}": {_json(said)}' for one, said in value.items() if one not in self.stands[key])
            parts += [f'in "{key}" put {put}'] if put else []
            parts += [
                f'in "{key}" change "{one}" to {_json(said)}' for one, said in value.items() if one in self.stands[key]
            ]
        return ", and ".join(parts)


def way(before: Pose, after: Pose, aim: Aim) -> Way:
    """From one pose to the other as keys."""
    row = json_row(before)
    stands = {key: frozenset(value) if isinstance(value, dict) else frozenset[str]() for key, value in row.items()}
    return Way(before.name, after, added_keys(before, after), aim, stands)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def ways_to_part(mine: Pose, other: Pose, rest: Iterable[Pose] = ()) -> tuple[Way, ...]:
    """Keys for `mine` after which the two need no word any more, the best of each aim; none if there are none.

    Args:
        rest: further poses, with which `mine` shall not come to overlap.
    """
    ways = []
    all_of_them = [other, *(one for one in rest if settled(mine, one))]
    leaving = next((one for one in leaving_steps(mine, other) if _parts(mine, one, all_of_them)), None)
    if leaving is not None:
        ways.append(way(mine, leaving, "leave"))
    if leaving is None or leaving.fingers != mine.fingers:
        most = MOST_KEYS if leaving is None else 1  # with a way out that is plain, only one that is as plain
        winning = next((one for one in winning_steps(mine, other, most) if _parts(mine, one, all_of_them)), None)
        if winning is not None:
            ways.insert(0, way(mine, winning, "win"))
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
        if settled(one, two) and can_be_shown(mine, one) and can_be_shown(other, two):
            return way(mine, one, "both"), way(other, two, "both")
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


def _parts(mine: Pose, changed: Pose, others: Iterable[Pose]) -> bool:
    return all(settled(changed, other) for other in others) and can_be_shown(mine, changed)


def settled(mine: Pose, other: Pose) -> bool:
    """Whether nothing is to be told of two poses."""
    if mine.layer != other.layer:
        return False  # it would become a control
    relation = "apart" if {mine.hand, other.hand} == {"left", "right"} else relate_poses(mine, other)
    return relation not in ("same", "crossing") and not is_surprise(relation, mine, other, builtin_file().file)


def leaving_steps(mine: Pose, other: Pose) -> Iterator[Pose]:
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


def winning_steps(mine: Pose, other: Pose, most: int) -> Iterator[Pose]:
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
