"""What a gesture file may say: the rows as dataclasses, and the checks that turn JSON into them or into problems."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from handplay.engine.hands import FINGERS
from handplay.gestures.fingers import DIRECTIONS
from handplay.gestures.jsonfile import Node, shown

VERSION = 1
MAX_GESTURES = 500
MAX_ALIASES = 20
MAX_SECONDS = 10.0

Trigger = Literal["enter", "enter_leave", "repeat", "continuous"]
FingerWords = frozenset[str]

KINDS = ("pose", "motion", "two_hands", "template")
KINDS_READ = ("pose",)
"""The others are part of the format and come with a later version."""
STATES = ("extended", "half", "curled", "any")
HANDS = ("any", "left", "right")
PALMS = ("any", "toward", "away")
GRIPS = ("any", "pinch", "grab", "no_pinch")
TRIGGERS: tuple[Trigger, ...] = ("enter", "enter_leave", "repeat", "continuous")
_NAME = re.compile(r"[^\W\d_][\w-]{0,39}")
_RESERVED = ("none", "any")


@dataclass(frozen=True, slots=True)
class Pose:
    """A gesture of one hand that is a shape, not a movement.

    Attributes:
        name, aliases: the alias is accepted wherever a gesture is named.
        hand: "any", "left" or "right" (the person's own).
        fingers: allowed states of each finger, thumb to little finger; None for any.
        touching, apart, together: pairs of finger numbers, the lower first.
        pointing: finger number and direction ("up down left right" in the view, "toward away" of the camera).
        palm: which side the camera sees.
        grip: "pinch" or "grab" asks for that grip. Such a gesture is a control beside the poses and does not compete
            with them: an `ok` hand still pinches. "no_pinch" keeps a pose apart from a pinch.
        hold_s: how long the shape must last before the gesture begins.
        release_s: how long it must be gone before the gesture ends.
        cooldown_s: how long after its end it cannot begin again.
        trigger: which steps are told, see `recognizer.TOLD`.
        file, line: where it was read from.
    """

    name: str
    aliases: tuple[str, ...] = ()
    hand: str = "any"
    fingers: tuple[FingerWords | None, ...] = (None,) * 5
    touching: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    together: tuple[tuple[int, int], ...] = ()
    pointing: tuple[tuple[int, str], ...] = ()
    palm: str = "any"
    grip: str = "any"
    hold_s: float = 0.1
    release_s: float = 0.1
    cooldown_s: float = 0.3
    trigger: Trigger = "enter_leave"
    file: str = ""
    line: int = 0

    @property
    def layer(self) -> str:
        """Gestures of one layer compete: one of them is on at a time for each hand."""
        return "grip" if self.grip in ("pinch", "grab") else "pose"


@dataclass(frozen=True, slots=True)
class Binding:
    """Gesture to action of one scene, as the file says it (the name may be an alias)."""

    scene: str
    gesture: str
    action: str
    line: int
    path: str


@dataclass(frozen=True, slots=True)
class GestureFile:
    """One file, read whole and without a problem."""

    file: str
    gestures: tuple[Pose, ...]
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a gesture file.

    Attributes:
        file, line, path: where ("gestures[0].fingers.index"; empty for the whole file).
        reason: what, with the offending value, the legal ones and a guess.
    """

    file: str
    line: int
    path: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}"
        return f"{place}, {self.path}: {self.reason}" if self.path else f"{place}: {self.reason}"


def guess(word: str, legal: Iterable[str]) -> str:
    """ " (did you mean 'index'?)", or nothing if no legal word is near."""
    near = difflib.get_close_matches(word.lower()[:60], sorted(legal), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


def read_file(root: Node, file: str) -> tuple[GestureFile | None, list[Problem]]:
    """Turns a parsed file into gestures. Either there are no problems, or there is no result."""
    reader = _Reader(file)
    result = reader.file_of(root)
    return (None, reader.problems) if reader.problems else (result, [])


class _Reader:
    """Collects problems instead of stopping at the first; what is wrong is left at its default meanwhile."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, node: Node, reason: str, line: int | None = None) -> None:
        self.problems.append(Problem(self.file, line or node.line, node.path, reason))

    def members(self, node: Node, legal: Iterable[str] | None, what: str) -> dict[str, Node]:
        """The members of an object, unknown keys reported and left out."""
        if not isinstance(node.value, dict):
            self.wrong(node, f"wanted {what} as an object, got {shown(node)}")
            return {}
        if legal is None:
            return node.value
        legal = tuple(legal)
        for key, member in node.value.items():
            if key not in legal:
                self.wrong(
                    member,
                    f"unknown key {shown(key)}; legal are {', '.join(legal)}{guess(key, legal)}",
                    node.key_lines.get(key),
                )
        return {key: member for key, member in node.value.items() if key in legal}

    def items(self, node: Node, what: str, most: int) -> list[Node]:
        if not isinstance(node.value, list):
            self.wrong(node, f"wanted a list of {what}, got {shown(node)}")
            return []
        if len(node.value) > most:
            self.wrong(node, f"{len(node.value)} {what}; at most {most} are read")
            return []
        return node.value

    def word(self, node: Node, legal: tuple[str, ...], default: str) -> str:
        if isinstance(node.value, str) and node.value in legal:
            return node.value
        hint = guess(node.value, legal) if isinstance(node.value, str) else ""
        self.wrong(node, f"got {shown(node)}, legal are {', '.join(legal)}{hint}")
        return default

    def name(self, node: Node, what: str = "name") -> str:
        if isinstance(node.value, str) and _NAME.fullmatch(node.value) and node.value not in _RESERVED:
            return node.value
        reason = f"wanted a {what} of 1 to 40 letters, digits, '_' or '-' that begins with a letter, got {shown(node)}"
        if node.value in _RESERVED:
            reason = f"the {what} {shown(node)} has a meaning of its own; choose another"
        self.wrong(node, reason)
        return ""

    def seconds(self, node: Node, default: float) -> float:
        value = node.value
        if isinstance(value, float) and not isinstance(value, bool) and 0 <= value <= MAX_SECONDS:
            return value
        self.wrong(node, f"wanted a number of seconds from 0 to {MAX_SECONDS:g}, got {shown(node)}")
        return default

    def file_of(self, root: Node) -> GestureFile:
        members = self.members(root, ("version", "gestures", "bindings", "$schema"), "a gesture file")
        if isinstance(root.value, dict):
            version = members.get("version")
            if version is None:
                self.wrong(root, f'the key "version" is missing; this version reads "version": {VERSION}')
            elif isinstance(version.value, bool) or version.value != VERSION:
                self.wrong(version, f"got version {shown(version)}, this version reads {VERSION}")
        gestures: list[Pose] = []
        lines: dict[str, int] = {}
        if "gestures" in members:
            for node in self.items(members["gestures"], "gestures", MAX_GESTURES):
                pose = self.gesture(node, lines)
                if pose is not None:
                    gestures.append(pose)
        bindings = list(self.bindings(members["bindings"])) if "bindings" in members else []
        return GestureFile(self.file, tuple(gestures), tuple(bindings))

    def gesture(self, node: Node, lines: dict[str, int]) -> Pose | None:
        if not isinstance(node.value, dict):
            self.wrong(node, f"wanted a gesture as an object, got {shown(node)}")
            return None
        before = len(self.problems)
        kind = node.value.get("kind")
        if kind is not None and self.word(kind, KINDS, "") not in KINDS_READ:
            if kind.value in KINDS:
                self.wrong(kind, f"kind '{kind.value}' is not supported by this version; it reads 'pose'")
            return None
        members = self.members(node, _POSE_KEYS, "a gesture")
        if "name" not in members:
            self.wrong(node, 'the key "name" is missing')
        values = {key: _POSE_KEYS[key](self, member) for key, member in members.items() if key != "kind"}
        for key in ("name", "aliases"):
            for said, at in self._names(members.get(key)):
                if said in lines:
                    self.wrong(at, f"the name {shown(said)} stands here twice; first in line {lines[said]}")
                lines.setdefault(said, at.line)
        if len(self.problems) > before:
            return None
        pose = Pose(**values, file=self.file, line=node.line)  # type: ignore[arg-type]  # each reader returns its field's type
        self._sense(node, pose)
        return pose

    def _names(self, node: Node | None) -> list[tuple[str, Node]]:
        nodes = [] if node is None else node.value if isinstance(node.value, list) else [node]
        return [(one.value, one) for one in nodes if isinstance(one.value, str)]

    def _sense(self, node: Node, pose: Pose) -> None:
        """Rows that are well formed and still cannot be meant."""
        if not any((*pose.fingers, pose.touching, pose.apart, pose.together, pose.pointing)) and (
            pose.palm == pose.grip == "any"
        ):
            self.wrong(node, f"the gesture '{pose.name}' has no condition and would always be on; name some fingers")
        for a, b in sorted(set(pose.apart) & {*pose.together, *pose.touching}):
            self.wrong(node, f"{FINGERS[a]} and {FINGERS[b]} cannot be apart and together at once")
        fingers = [finger for finger, _ in pose.pointing]
        for finger in sorted({finger for finger in fingers if fingers.count(finger) > 1}):
            self.wrong(node, f"{FINGERS[finger]} cannot point in two directions")

    def aliases(self, node: Node) -> tuple[str, ...]:
        return tuple(self.name(one, "alias") for one in self.items(node, "aliases", MAX_ALIASES))

    def fingers(self, node: Node) -> tuple[FingerWords | None, ...]:
        members = self.members(node, FINGERS, "finger states")
        return tuple(self.pattern(members[finger]) if finger in members else None for finger in FINGERS)

    def pattern(self, node: Node) -> FingerWords | None:
        nodes = node.value if isinstance(node.value, list) else [node]
        if not nodes or len(nodes) > len(STATES):
            self.wrong(node, f"wanted a word or a list of words out of {', '.join(STATES)}, got {shown(node)}")
            return None
        words = frozenset(self.word(one, STATES, "any") for one in nodes)
        return None if "any" in words or len(words) == 3 else words

    def pairs(self, node: Node) -> tuple[tuple[int, int], ...]:
        pairs = []
        for pair in self.items(node, "finger pairs", 10):
            if not isinstance(pair.value, list) or len(pair.value) != 2:
                self.wrong(pair, f'wanted two fingers like ["thumb", "index"], got {shown(pair)}')
                continue
            a, b = (FINGERS.index(self.word(one, FINGERS, "thumb")) for one in pair.value)
            if a == b:
                self.wrong(pair, f"wanted two different fingers, got {FINGERS[a]} twice")
            pairs.append((min(a, b), max(a, b)))
        return tuple(pairs)

    def pointing(self, node: Node) -> tuple[tuple[int, str], ...]:
        members = self.members(node, FINGERS, "pointing directions")
        return tuple((FINGERS.index(finger), self.word(way, DIRECTIONS, "up")) for finger, way in members.items())

    def bindings(self, node: Node) -> Iterable[Binding]:
        for scene, actions in self.members(node, None, "bindings").items():
            for gesture, action in self.members(actions, None, "a scene's bindings").items():
                yield Binding(scene, gesture, self.name(action, "action"), action.line, action.path)


_POSE_KEYS: dict[str, Callable[[_Reader, Node], object]] = {
    "name": _Reader.name,
    "aliases": _Reader.aliases,
    "kind": lambda reader, node: node.value,
    "hand": lambda reader, node: reader.word(node, HANDS, "any"),
    "fingers": _Reader.fingers,
    "touching": _Reader.pairs,
    "apart": _Reader.pairs,
    "together": _Reader.pairs,
    "pointing": _Reader.pointing,
    "palm": lambda reader, node: reader.word(node, PALMS, "any"),
    "grip": lambda reader, node: reader.word(node, GRIPS, "any"),
    "hold_s": lambda reader, node: reader.seconds(node, 0.1),
    "release_s": lambda reader, node: reader.seconds(node, 0.1),
    "cooldown_s": lambda reader, node: reader.seconds(node, 0.3),
    "trigger": lambda reader, node: reader.word(node, TRIGGERS, "enter_leave"),
}
"""Every key of a pose and what reads it."""
