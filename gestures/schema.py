"""What a gesture file may say: each kind's keys and what reads them, and the checks across keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from handplay.engine.hands import FINGERS, LANDMARK_COUNT
from handplay.gestures.fingers import DIRECTIONS
from handplay.gestures.jsonfile import Node, shown
from handplay.gestures.kinds import (
    GRIPS,
    HANDS,
    KINDS,
    MEASURES,
    PALMS,
    PATHS,
    ROTATIONS,
    STATES,
    TRIGGERS,
    Binding,
    FingerWords,
    Gesture,
    GestureFile,
    Motion,
    Path,
    Pose,
    Template,
    TwoHands,
)  # fmt: skip
from handplay.gestures.problems import Problem
from handplay.gestures.reader import Reader

VERSION = 1
MAX_GESTURES = 500
MAX_ALIASES = 20
MAX_SAMPLES = 200
"""Of one gesture."""
MAX_PATH_POINTS = 64
MAX_COORDINATE = 1e5
"""Pixels of any picture and more."""
SAMPLE_NUMBERS = 3 * LANDMARK_COUNT


def read_file(root: Node, file: str) -> tuple[GestureFile | None, list[Problem]]:
    """Turns a parsed file into gestures. Either there are no problems, or there is no result."""
    reader = _Rows(file)
    result = reader.file_of(root)
    return (None, reader.problems) if reader.problems else (result, [])


class _Rows(Reader):
    """Reads the rows of a file."""

    def file_of(self, root: Node) -> GestureFile:
        members = self.members(root, ("version", "gestures", "bindings", "$schema"), "a gesture file")
        if isinstance(root.value, dict):
            version = members.get("version")
            if version is None:
                self.wrong(root, f'the key "version" is missing; this version reads "version": {VERSION}')
            elif isinstance(version.value, bool) or version.value != VERSION:
                self.wrong(version, f"got version {shown(version)}, this version reads {VERSION}")
        gestures: list[Gesture] = []
        lines: dict[str, int] = {}
        if "gestures" in members:
            for node in self.items(members["gestures"], "gestures", MAX_GESTURES):
                pose = self.gesture(node, lines)
                if pose is not None:
                    gestures.append(pose)
        bindings = list(self.bindings(members["bindings"])) if "bindings" in members else []
        return GestureFile(self.file, tuple(gestures), tuple(bindings))

    def gesture(self, node: Node, lines: dict[str, int]) -> Gesture | None:
        if not isinstance(node.value, dict):
            self.wrong(node, f"wanted a gesture as an object, got {shown(node)}")
            return None
        before = len(self.problems)
        said_kind = node.value.get("kind")
        kind = "pose" if said_kind is None else self.word(said_kind, KINDS, "")
        if not kind:
            return None
        make, keys = _ROWS[kind]
        members = self.members(node, ("kind", *keys), f"a gesture of kind '{kind}'")
        if "name" not in members:
            self.wrong(node, 'the key "name" is missing')
        values = {key: keys[key](self, member) for key, member in members.items() if key != "kind"}
        for key in ("name", "aliases"):
            for said, at in self._names(members.get(key)):
                if said in lines:
                    self.wrong(at, f"the name {shown(said)} stands here twice; first in line {lines[said]}")
                lines.setdefault(said, at.line)
        if len(self.problems) > before:
            return None
        gesture = make(**values, file=self.file, line=node.line)
        _SENSE[kind](self, node, gesture)
        return gesture

    def _names(self, node: Node | None) -> list[tuple[str, Node]]:
        nodes = [] if node is None else node.value if isinstance(node.value, list) else [node]
        return [(one.value, one) for one in nodes if isinstance(one.value, str)]

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

    def templates(self, node: Node) -> tuple[tuple[float, ...], ...]:
        return tuple(self.template(one) for one in self.items(node, "samples", MAX_SAMPLES))

    def template(self, node: Node) -> tuple[float, ...]:
        if not isinstance(node.value, list) or len(node.value) != SAMPLE_NUMBERS:
            got = f"{len(node.value)} of them" if isinstance(node.value, list) else shown(node)
            self.wrong(node, f"wanted {SAMPLE_NUMBERS} numbers, x y z of {LANDMARK_COUNT} landmarks, got {got}")
            return ()
        numbers = tuple(self.coordinate(one) for one in node.value)
        xs, ys = numbers[0::3], numbers[1::3]
        if max(xs) - min(xs) + max(ys) - min(ys) <= 0:
            self.wrong(node, "all landmarks lie in one place: that is no hand")
        return numbers

    def coordinate(self, node: Node) -> float:
        return self.number(node, -MAX_COORDINATE, MAX_COORDINATE, 0.0)

    def paths(self, node: Node) -> tuple[Path, ...]:
        return tuple(self.path(one) for one in self.items(node, "samples", MAX_SAMPLES))

    def path(self, node: Node) -> Path:
        points: list[tuple[float, float]] = []
        nodes = self.items(node, "points", MAX_PATH_POINTS)
        for point in nodes:
            if not isinstance(point.value, list) or len(point.value) != 2:
                self.wrong(point, f"wanted a point like [0.5, -1.2], got {shown(point)}")
                continue
            x, y = (self.coordinate(one) for one in point.value)
            points.append((x, y))
        if isinstance(node.value, list) and len(set(points)) < 2 and len(points) == len(nodes):
            self.wrong(node, "a path needs two different points at least")
        return tuple(points)

    def pose_sense(self, node: Node, pose: Gesture) -> None:
        """Rows that are well formed and still cannot be meant."""
        if not isinstance(pose, Pose):
            return
        if not any((*pose.fingers, pose.touching, pose.apart, pose.together, pose.pointing)) and (
            pose.palm == pose.grip == "any"
        ):
            self.wrong(node, f"the gesture '{pose.name}' has no condition and would always be on; name some fingers")
        for a, b in sorted(set(pose.apart) & {*pose.together, *pose.touching}):
            self.wrong(node, f"{FINGERS[a]} and {FINGERS[b]} cannot be apart and together at once")
        fingers = [finger for finger, _ in pose.pointing]
        for finger in sorted({finger for finger in fingers if fingers.count(finger) > 1}):
            self.wrong(node, f"{FINGERS[finger]} cannot point in two directions")

    def template_sense(self, node: Node, gesture: Gesture) -> None:
        if isinstance(gesture, Template) and not gesture.samples:
            self.wrong(node, f"the template '{gesture.name}' has no samples; record some")

    def motion_sense(self, node: Node, gesture: Gesture) -> None:
        if isinstance(gesture, Motion) and bool(gesture.path) == bool(gesture.samples):
            reason = "has both a path and samples; keep one" if gesture.path else 'needs a "path" or "samples"'
            self.wrong(node, f"the motion '{gesture.name}' {reason}")

    def two_hands_sense(self, node: Node, gesture: Gesture) -> None:
        if isinstance(gesture, TwoHands) and isinstance(node.value, dict) and "measure" not in node.value:
            self.wrong(node, f"the gesture '{gesture.name}' needs a \"measure\": one of {', '.join(MEASURES)}")


_Read = Callable[[_Rows, Node], object]


def _one_of(legal: tuple[str, ...]) -> _Read:
    return lambda reader, node: reader.word(node, legal, legal[0])


def _seconds(default: float) -> _Read:
    return lambda reader, node: reader.seconds(node, default)


_COMMON: Mapping[str, _Read] = {
    "name": _Rows.name,
    "aliases": _Rows.aliases,
    "about": _Rows.text,
    "hand": _one_of(HANDS),
    "hold_s": _seconds(0.1),
    "release_s": _seconds(0.1),
    "cooldown_s": _seconds(0.3),
    "trigger": lambda reader, node: reader.word(node, TRIGGERS, "enter_leave"),
}
_POSE_NAME: _Read = lambda reader, node: reader.name(node, "pose")  # noqa: E731  # a row of the tables below

_ROWS: Mapping[str, tuple[Callable[..., Gesture], Mapping[str, _Read]]] = {
    "pose": (
        Pose,
        {
            **_COMMON,
            "fingers": _Rows.fingers,
            "touching": _Rows.pairs,
            "apart": _Rows.pairs,
            "together": _Rows.pairs,
            "pointing": _Rows.pointing,
            "palm": _one_of(PALMS),
            "grip": _one_of(GRIPS),
        },
    ),
    "template": (
        Template,
        {
            **_COMMON,
            "samples": _Rows.templates,
            "sample_hand": _one_of(("right", "left")),
            "radius": lambda reader, node: reader.number(node, 0.0, 100.0, 0.0),
        },
    ),
    "motion": (
        Motion,
        {
            **_COMMON,
            "path": _one_of(PATHS),
            "pose": _POSE_NAME,
            "samples": _Rows.paths,
            "rotation": _one_of(ROTATIONS),
        },
    ),
    "two_hands": (TwoHands, {**_COMMON, "measure": _one_of(MEASURES), "pose": _POSE_NAME}),
}
"""Every kind: what it makes, its keys and what reads them."""

_SENSE: Mapping[str, Callable[[_Rows, Node, Gesture], None]] = {
    "pose": _Rows.pose_sense,
    "template": _Rows.template_sense,
    "motion": _Rows.motion_sense,
    "two_hands": _Rows.two_hands_sense,
}
"""Rows that are well formed and still cannot be meant."""
