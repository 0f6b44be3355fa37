"""Words for what templates and recorded movements share with others: found by trying, told with what parts them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from handplay.gestures.kinds import Gesture, Motion, Pose, Template
from handplay.gestures.library import Library, builtin_file
from handplay.gestures.overlap_relation import poses_part
from handplay.gestures.problems import Problem

_OTHER_POSES = ("fist", "point", "open_palm", "victory")
"""Proposed for a movement, plainest first."""
_AGAIN = "keep one, or record one of them again and make it more different"
_PLAINLY = 0.9


def called(gesture: Gesture) -> str:
    """A gesture and its other names."""
    return f"'{gesture.name}'" + (f" ({', '.join(gesture.aliases)})" if gesture.aliases else "")


def replacing(first: Gesture, second: Gesture) -> str:
    """That the user's second may take the place of the built-in first; "" if that is not what they are."""
    builtin = builtin_file().file
    return f"name it '{first.name}' to replace the built-in one" if first.file == builtin != second.file else ""


def other_pose(first: Motion, second: Motion, library: Library) -> str:
    """A pose for the second that the first one does not allow, in words; "" if there is none."""
    if not first.pose:
        return ""
    free = (name for name in _OTHER_POSES if library.find(name) is not None)
    pose = next((name for name in free if poses_part(first, replace(second, pose=name), library)), "")
    return f'give \'{second.name}\' another pose, as with "pose": "{pose}"' if pose else ""


def tried(library: Library, file: str) -> Iterator[Problem]:
    """What the templates and recorded movements of a file share with all others, with their places."""
    names = {gesture.name for gesture in library.gestures if gesture.file == file}
    shapes = any(isinstance(gesture, Template) for gesture in library.gestures)
    if shapes and any(isinstance(one, (Template, Pose)) and one.name in names for one in library.gestures):
        yield from _shapes(library, names, file)
    paths = any(isinstance(gesture, Motion) and gesture.samples for gesture in library.gestures)
    if paths and any(isinstance(one, Motion) and one.name in names for one in library.gestures):
        yield from _ways(library, names, file)


def _shapes(library: Library, names: Collection[str], file: str) -> Iterator[Problem]:
    from handplay.gestures.overlap_samples import shared_shapes  # few files have templates

    for shared in shared_shapes(library, names):
        template, other = shared.template, shared.other
        winner = template if shared.wins >= _PLAINLY else other if shared.wins <= 1 - _PLAINLY else None
        wins = f"'{winner.name}' wins there" if winner is not None else "the better fit wins"
        parts = []
        if isinstance(other, Pose):
            what = f"{shared.share:.0%} of the samples show both"
        else:
            what = f"{shared.share:.0%} of the hands that show '{template.name}' show '{other.name}' as well"
            parts.append('record one of them again, or add "hand": "left" to one and "hand": "right" to the other')
        if shared.samples:
            parts.insert(0, f"take {_listed(shared.samples)} out of '{shared.holder}'")
        parts += [words for words in (replacing(other, template),) if words]
        own = template if template.name in names else other
        reason = f"{called(template)} and {called(other)} overlap: {what}, and {wins}; {', or '.join(parts) or _AGAIN}"
        yield Problem(file, own.line, "", reason)


def _ways(library: Library, names: Collection[str], file: str) -> Iterator[Problem]:
    from handplay.gestures.overlap_paths import shared_ways  # few files have recorded movements

    for shared in shared_ways(library, names):
        recorded, other = shared.recorded, shared.other
        own = recorded if recorded.name in names else other
        if shared.likeness:
            what = f"their paths are {shared.likeness:.0%} alike, and where both fit neither fires"
        else:
            what = f"a hand that makes '{recorded.name}' makes '{other.name}' as well, and both fire"
        first, second = (other, recorded) if own is recorded else (recorded, other)
        parts = ['write "rotation": "fixed"'] if shared.turned else []
        parts += [words for words in (other_pose(first, second, library), replacing(first, second)) if words]
        if not parts and not shared.likeness:
            parts = ['keep one, or give them different poses ("pose")']
        reason = f"{called(recorded)} and {called(other)} overlap: {what}; {', or '.join(parts) or _AGAIN}"
        yield Problem(file, own.line, "", reason)


def _listed(numbers: Sequence[int]) -> str:
    *most, last = numbers
    return f"samples {', '.join(map(str, most))} and {last}" if most else f"sample {last}"
