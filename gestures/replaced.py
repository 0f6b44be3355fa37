"""Names that a file takes from the gestures before it: meant or by accident, it is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from handplay.gestures.kinds import Gesture, GestureFile
from handplay.gestures.library import builtin_file, merge, names_of
from handplay.gestures.problems import Problem


def replaced_by(gesture: Gesture, before: Iterable[Gesture]) -> Gesture | None:
    """The gesture of the same name that one of a later file takes the place of; None if there is none."""
    return next((other for other in before if other.name == gesture.name), None)


def replacements(file: GestureFile, before: Sequence[GestureFile]) -> Iterator[Problem]:
    """What each gesture of a file replaces, with its place; nothing of one that changes nothing.

    Args:
        before: the files before it, in their order.
    """
    known = merge(before).gestures
    for gesture in file.gestures:
        old = replaced_by(gesture, known)
        if old is not None and not _same(old, gesture):
            also = f" ({', '.join(old.aliases)})" if old.aliases else ""
            reason = f"'{gesture.name}' replaces {_whose(old)} of that name{also}"
            yield Problem(file.file, gesture.line, "", reason)
        for name in names_of(gesture):
            holder = next((other for other in known if name in other.aliases and other.name != gesture.name), None)
            if holder is not None:
                reason = f"'{name}' was another name of {_whose(holder)} '{holder.name}' and means '{gesture.name}' now"
                yield Problem(file.file, gesture.line, "", reason)


def _whose(gesture: Gesture) -> str:
    return "the built-in gesture" if gesture.file == builtin_file().file else f"the gesture of {gesture.file}"


def _same(old: Gesture, new: Gesture) -> bool:
    """Whether only its place and its words for people differ."""
    return replace(old, aliases=(), about="", file="", line=0) == replace(new, aliases=(), about="", file="", line=0)
