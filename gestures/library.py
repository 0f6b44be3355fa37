"""A library of gestures: the built-in file and the user's own, merged into one set of names.

A gesture of a later file replaces the one of the same name, and takes a name that was only an alias before; the
user's files come after the built-in one. A file is taken whole or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from os import PathLike
from pathlib import Path
from types import MappingProxyType

from handplay.gestures.bounded import read_bounded, why
from handplay.gestures.jsonfile import MAX_BYTES, JsonProblem, parse, shown
from handplay.gestures.kinds import UNBOUND, Binding, Gesture, GestureFile, Motion, Pose, Template, TwoHands
from handplay.gestures.problems import Problem, ProblemsFound, guess
from handplay.gestures.reader import MAX_PROBLEMS
from handplay.gestures.schema import MAX_ALL_SAMPLES, MAX_GESTURES, read_file

Actions = Mapping[str, Collection[str]]
"""Scene to the actions that it knows."""


@dataclass(frozen=True, slots=True)
class Library:
    """Gestures by name, and what they do in each scene.

    Attributes:
        gestures: in the order of the files; no two share a name or alias.
        actions: scene to gesture name to action.
    """

    gestures: tuple[Gesture, ...]
    actions: MappingProxyType[str, MappingProxyType[str, str]]

    @property
    def poses(self) -> tuple[Pose, ...]:
        """Those that are shapes told in words."""
        return tuple(gesture for gesture in self.gestures if isinstance(gesture, Pose))

    def find(self, name: str) -> Gesture | None:
        """The gesture of this name or alias, or None."""
        for pose in self.gestures:
            if name == pose.name or name in pose.aliases:
                return pose
        return None

    def bindings(self, scene: str) -> MappingProxyType[str, str]:
        """Gesture name to action of one scene, empty if there are none."""
        return self.actions.get(scene, MappingProxyType({}))


def load_library(*paths: str | PathLike[str], actions: Actions | None = None) -> Library:
    """The built-in gestures and those of the user's files, later ones winning.

    Args:
        actions: what the scenes know, so that bindings can be checked; a scene that is not among them may know any.

    Raises:
        GestureFileError: a file is missing, unreadable or wrong; all of its problems are told and nothing of it is
            taken.
    """
    return merge(read_files(*paths, actions=actions))


def read_files(*paths: str | PathLike[str], actions: Actions | None = None) -> list[GestureFile]:
    """As `load_library`, each file by itself: the built-in one first, then these."""
    files = [builtin_file()]
    for path in paths:
        file, problems = check_file(path, known=files, actions=actions)
        if file is None:
            raise ProblemsFound(problems)
        files.append(file)
    return files


def builtin_library() -> Library:
    """The gestures that come with handplay."""
    return merge([builtin_file()])


def check_file(
    path: str | PathLike[str], *, known: Iterable[GestureFile] | None = None, actions: Actions | None = None
) -> tuple[GestureFile | None, list[Problem]]:
    """Reads one file.

    Args:
        known: the files before it, whose gestures its bindings may name; the built-in one if not given.
        actions: as for `load_library`.

    Returns:
        the file and no problems, or None and what is wrong with it.
    """
    path = Path(path)
    try:
        data = read_bounded(path, MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return None, [Problem(str(path), 0, "", f"the gesture file cannot be read: {why(error)}")]
    return check_bytes(data, str(path), known=[builtin_file()] if known is None else known, actions=actions)


def check_bytes(
    data: bytes, name: str, *, known: Iterable[GestureFile], actions: Actions | None = None
) -> tuple[GestureFile | None, list[Problem]]:
    """As `check_file`, of a file's content.

    Args:
        name: stands in the problems as the file.
    """
    try:
        root = parse(data)
    except JsonProblem as error:
        return None, [Problem(name, error.line, error.path, error.reason)]
    file, problems = read_file(root, name)
    if file is None:
        return None, problems
    problems = _clashes(file, list(known), actions or {})
    return (None, problems) if problems else (file, [])


def merge(files: Iterable[GestureFile]) -> Library:
    """One library of files that were checked in this order.

    A gesture that replaces another one is called by that one's aliases too: bindings and motions may name them.
    """
    gestures: list[Gesture] = []
    actions: dict[str, dict[str, str]] = {}
    for file in files:
        taken = {name for gesture in file.gestures for name in names_of(gesture)}
        before = {gesture.name: _without(gesture, taken).aliases for gesture in gestures}
        gestures = [_without(gesture, taken) for gesture in gestures if gesture.name not in taken]
        gestures += [_also(gesture, before.get(gesture.name, ())) for gesture in file.gestures]
        names = {name: gesture.name for gesture in gestures for name in names_of(gesture)}
        for binding in file.bindings:
            rows = actions.setdefault(binding.scene, {})
            rows.pop(names[binding.gesture], None)  # a later binding also comes later in hints
            if binding.action != UNBOUND:
                rows[names[binding.gesture]] = binding.action
    live = {gesture.name for gesture in gestures}
    return Library(
        tuple(gestures),
        MappingProxyType(
            {
                scene: MappingProxyType({name: action for name, action in rows.items() if name in live})
                for scene, rows in actions.items()
            }
        ),
    )


def names_of(gesture: Gesture) -> tuple[str, ...]:
    """Its name and aliases."""
    return (gesture.name, *gesture.aliases)


def _without(gesture: Gesture, taken: set[str]) -> Gesture:
    if taken.isdisjoint(gesture.aliases):
        return gesture
    return replace(gesture, aliases=tuple(alias for alias in gesture.aliases if alias not in taken))


def _also(gesture: Gesture, aliases: tuple[str, ...]) -> Gesture:
    return replace(gesture, aliases=(*gesture.aliases, *aliases)) if aliases else gesture


def _clashes(file: GestureFile, known: list[GestureFile], actions: Actions) -> list[Problem]:
    """What is right by itself and wrong beside the files before."""
    problems = []
    own = {gesture.name for gesture in file.gestures}
    before = {gesture.name: gesture for other in known for gesture in other.gestures}
    for gesture in file.gestures:
        for alias in gesture.aliases:
            if alias in before and alias not in own:
                reason = (
                    f"the alias '{alias}' is the name of a gesture in {before[alias].file}; "
                    f"name the gesture '{alias}' to replace it"
                )
                problems.append(Problem(file.file, gesture.line, "", reason))
    merged = merge([*known, replace(file, bindings=())])
    samples = sum(len(gesture.samples) for gesture in merged.gestures if isinstance(gesture, (Template, Motion)))
    for count, most, what in (
        (len(merged.gestures), MAX_GESTURES, "gestures"),
        (samples, MAX_ALL_SAMPLES, "samples"),
    ):
        if count > most:
            problems.append(Problem(file.file, 1, "", f"more than {most} {what} together with the files before"))
    problems += _shapeless(file, merged)
    names = {name for gesture in merged.gestures for name in names_of(gesture)}
    for binding in file.bindings:
        if len(problems) >= MAX_PROBLEMS:
            break
        problems += _unbound(file.file, binding, names, actions)
    return problems


def _unbound(file: str, binding: Binding, names: set[str], actions: Actions) -> Iterable[Problem]:
    """What is wrong with a binding."""
    if binding.gesture not in names:
        reason = f"no gesture has the name {shown(binding.gesture)}{guess(binding.gesture, names)}"
        yield Problem(file, binding.line, binding.path, reason)
    legal = actions.get(binding.scene)
    if legal is not None and binding.action != UNBOUND and binding.action not in legal:
        reason = (
            f"'{binding.scene}' has no action '{binding.action}'; "
            f"legal are {', '.join((*legal, UNBOUND))}{guess(binding.action, legal)}"
        )
        yield Problem(file, binding.line, binding.path, reason)


def _shapeless(file: GestureFile, merged: Library) -> list[Problem]:
    """Motions and gestures of two hands that ask for a pose which is none, and so could never begin."""
    problems = []
    shapes = {name for gesture in merged.gestures if gesture.kind in ("pose", "template") for name in names_of(gesture)}
    for gesture in merged.gestures:
        if not isinstance(gesture, (Motion, TwoHands)) or not gesture.pose or gesture.pose in shapes:
            continue
        found = merged.find(gesture.pose)
        if found is None:
            reason = f"no pose has the name '{gesture.pose}'{guess(gesture.pose, shapes)}"
        else:
            reason = f"'{gesture.pose}' is of kind '{found.kind}'; wanted a pose or a template"
        if gesture.file == file.file:
            problems.append(
                Problem(file.file, gesture.line, "", f"the gesture '{gesture.name}' asks for a pose: {reason}")
            )
        else:
            line = found.line if found is not None else 1
            problems.append(Problem(file.file, line, "", f"the gesture '{gesture.name}' of {gesture.file}: {reason}"))
    return problems


@cache
def builtin_file() -> GestureFile:
    """The file that comes with handplay."""
    data = resources.files("handplay.gestures").joinpath("builtin.json").read_bytes()
    file, problems = check_bytes(data, "builtin.json", known=[])
    if file is None:
        raise ProblemsFound(problems)
    return file
