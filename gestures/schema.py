"""What a gesture file may say: each kind's keys and what reads them, and the checks across keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from handplay.engine.hands import FINGERS, LANDMARK_COUNT
from handplay.gestures.fingers import DIRECTIONS
from handplay.gestures.jsonfile import Node, Numbers, shown
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
    UNBOUND,
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
from handplay.gestures.shapes import Shape, each_of, list_of, name, number, one_of, seconds, text

VERSION = 1
MAX_GESTURES = 500
MAX_ALIASES = 20
MAX_SAMPLES = 200
"""Of one gesture."""
MAX_ALL_SAMPLES = 2000
"""Of all gestures together: every one is compared with each hand in each frame."""
MAX_PATH_POINTS = 64
MAX_PAIRS = 10
MAX_RADIUS = 100.0
MAX_COORDINATE = 1e5
"""Pixels of any picture and more."""
SAMPLE_NUMBERS = 3 * LANDMARK_COUNT
FEATURE_NUMBERS = 3 * (LANDMARK_COUNT - 1) + 2
"""As `learn.features.FEATURES`."""
MAX_WEIGHT = 1e4


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
        samples = sum(len(gesture.samples) for gesture in gestures if isinstance(gesture, (Template, Motion)))
        if samples > MAX_ALL_SAMPLES:
            self.wrong(root, f"{samples} samples in all gestures together; at most {MAX_ALL_SAMPLES} are read")
        bindings = list(self.bindings(members["bindings"])) if "bindings" in members else []
        if "$schema" in members and not isinstance(members["$schema"].value, str):
            self.wrong(members["$schema"], f"wanted the address of a schema as a text, got {shown(members['$schema'])}")
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
        make, keys = KEYS[kind]
        members = self.members(node, ("kind", *keys), f"a gesture of kind '{kind}'", _BELONGS)
        if "name" not in members:
            self.wrong(node, 'the key "name" is missing')
        values = {key: keys[key].read(self, member) for key, member in members.items() if key != "kind"}
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
        for pair in self.items(node, "finger pairs", MAX_PAIRS):
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
                yield Binding(scene, gesture, self.action_or_none(action), action.line, action.path)

    def action_or_none(self, node: Node) -> str:
        return UNBOUND if node.value == UNBOUND else self.action(node)

    def templates(self, node: Node) -> tuple[tuple[float, ...], ...]:
        return tuple(self.template(one) for one in self.items(node, "samples", MAX_SAMPLES))

    def template(self, node: Node) -> tuple[float, ...]:
        if not isinstance(node.value, list) or len(node.value) != SAMPLE_NUMBERS:
            got = f"{len(node.value)} of them" if isinstance(node.value, list) else shown(node)
            self.wrong(node, f"wanted {SAMPLE_NUMBERS} numbers, x y z of {LANDMARK_COUNT} landmarks, got {got}")
            return ()
        numbers = self.coordinates(node.value)
        xs, ys = numbers[0::3], numbers[1::3]
        if max(xs) - min(xs) + max(ys) - min(ys) <= 0:
            self.wrong(node, "all landmarks lie in one place: that is no hand")
        return numbers

    def coordinates(self, nodes: list[Node]) -> tuple[float, ...]:
        if isinstance(nodes, Numbers) and max(map(abs, nodes.floats)) <= MAX_COORDINATE:
            return nodes.floats  # one by one takes ten times as long
        return tuple(self.number(one, -MAX_COORDINATE, MAX_COORDINATE, 0.0) for one in nodes)

    def weights(self, node: Node) -> tuple[float, ...]:
        if not isinstance(node.value, list) or len(node.value) != FEATURE_NUMBERS:
            got = f"{len(node.value)} of them" if isinstance(node.value, list) else shown(node)
            self.wrong(node, f"wanted {FEATURE_NUMBERS} numbers, one for each feature of a hand, got {got}")
            return ()
        return tuple(self.number(one, -MAX_WEIGHT, MAX_WEIGHT, 0.0) for one in node.value)

    def paths(self, node: Node) -> tuple[Path, ...]:
        return tuple(self.path(one) for one in self.items(node, "samples", MAX_SAMPLES))

    def path(self, node: Node) -> Path:
        points: list[tuple[float, float]] = []
        nodes = self.items(node, "points", MAX_PATH_POINTS)
        for point in nodes:
            if not isinstance(point.value, list) or len(point.value) != 2:
                self.wrong(point, f"wanted a point like [0.5, -1.2], got {shown(point)}")
                continue
            x, y = self.coordinates(point.value)
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
        if isinstance(gesture, Template) and not gesture.samples:  # the key is missing or the list is empty
            self.wrong(node, f"the template '{gesture.name}' has no samples; record some")
        if isinstance(node.value, dict) and "bias" in node.value and "weights" not in node.value:
            self.wrong(node, f"the template '{gesture.name}' has a bias without weights; training writes both")

    def motion_sense(self, node: Node, gesture: Gesture) -> None:
        if isinstance(gesture, Motion) and isinstance(node.value, dict):
            said = {"path", "samples"} & node.value.keys()
            if len(said) == 2:
                self.wrong(node, f"the motion '{gesture.name}' has both a path and samples; keep one")
            elif not gesture.path and not gesture.samples:
                self.wrong(node, f'the motion \'{gesture.name}\' needs a "path" or "samples"')

    def two_hands_sense(self, node: Node, gesture: Gesture) -> None:
        if isinstance(gesture, TwoHands) and isinstance(node.value, dict) and "measure" not in node.value:
            self.wrong(node, f"the gesture '{gesture.name}' needs a \"measure\": one of {', '.join(MEASURES)}")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a gesture.

    Attributes:
        read: what reads its value.
        shape: the same as JSON Schema, as far as that can say it.
        about: a sentence for editors.
    """

    read: Callable[[_Rows, Node], object]
    shape: Shape
    about: str


def _word(legal: tuple[str, ...], about: str) -> Key:
    return Key(lambda reader, node: reader.word(node, legal, legal[0]), one_of(legal), about)


def _seconds(default: float, about: str) -> Key:
    return Key(lambda reader, node: reader.seconds(node, default), seconds(default), about)


_FINGER: Shape = one_of(FINGERS)
_PAIR: Shape = {**list_of(_FINGER, 2, 2), "uniqueItems": True}
_STATE: Shape = one_of(STATES)
_PATTERN: Shape = {"anyOf": [_STATE, list_of(_STATE, len(STATES), 1)]}
_COORDINATE: Shape = {"type": "number", "minimum": -MAX_COORDINATE, "maximum": MAX_COORDINATE}
_WEIGHT: Shape = {"type": "number", "minimum": -MAX_WEIGHT, "maximum": MAX_WEIGHT}
_POINT: Shape = list_of(_COORDINATE, 2, 2)


def _pairs(about: str) -> Key:
    return Key(_Rows.pairs, list_of(_PAIR, MAX_PAIRS), about)


_COMMON: Mapping[str, Key] = {
    "name": Key(_Rows.name, name(), "What the gesture is called in events and bindings."),
    "aliases": Key(_Rows.aliases, list_of(name(), MAX_ALIASES), "Other names, good wherever a gesture is named."),
    "about": Key(_Rows.text, text(), "A sentence for lists."),
    "hand": _word(HANDS, "The person's own left or right hand."),
    "hold_s": _seconds(0.1, "How long it must be shown before it begins."),
    "release_s": _seconds(0.1, "How long it must be gone before it ends."),
    "cooldown_s": _seconds(0.3, "How long after its end it cannot begin again."),
    "trigger": Key(
        lambda reader, node: reader.word(node, TRIGGERS, "enter_leave"),
        one_of(TRIGGERS, "enter_leave"),
        "enter tells the beginning alone, enter_leave the end too, repeat every 0.3 s, continuous every frame.",
    ),
}
_POSE_NAME = Key(
    lambda reader, node: reader.name(node, "pose"), name(), "The pose or template that the hand shows meanwhile."
)

KEYS: Mapping[str, tuple[Callable[..., Gesture], Mapping[str, Key]]] = {
    "pose": (
        Pose,
        {
            **_COMMON,
            "fingers": Key(_Rows.fingers, each_of(FINGERS, _PATTERN), "A state or a list of states of each finger."),
            "touching": _pairs("Fingertips that touch."),
            "apart": _pairs("Fingers that are spread."),
            "together": _pairs("Fingers that lie side by side."),
            "pointing": Key(
                _Rows.pointing,
                each_of(FINGERS, one_of(DIRECTIONS)),
                "Where fingers point: left and right as the player sees it, toward and away from the camera.",
            ),
            "palm": _word(PALMS, "Whether the camera sees the palm (toward) or the back (away)."),
            "grip": _word(GRIPS, "pinch and grab ask for that grip beside any pose; no_pinch forbids a pinch."),
        },
    ),
    "template": (
        Template,
        {
            **_COMMON,
            "samples": Key(
                _Rows.templates,
                list_of(list_of(_COORDINATE, SAMPLE_NUMBERS, SAMPLE_NUMBERS), MAX_SAMPLES, 1),
                "Hands, each as x y z of 21 landmarks: any uniform scale, y down.",
            ),
            "sample_hand": _word(("right", "left"), "Whose hand the samples show; the other one is matched mirrored."),
            "radius": Key(
                lambda reader, node: reader.number(node, 0.0, MAX_RADIUS, 0.0),
                number(0.0, MAX_RADIUS, 0.0),
                "The largest distance that still matches; 0 for the usual one.",
            ),
            "weights": Key(
                _Rows.weights,
                list_of(_WEIGHT, FEATURE_NUMBERS, FEATURE_NUMBERS),
                "Written by training: what sets it apart from the other gestures, a number for each feature of a hand.",
            ),
            "bias": Key(
                lambda reader, node: reader.number(node, -MAX_WEIGHT, MAX_WEIGHT, 0.0),
                number(-MAX_WEIGHT, MAX_WEIGHT, 0.0),
                "Belongs to the weights.",
            ),
        },
    ),
    "motion": (
        Motion,
        {
            **_COMMON,
            "hold_s": _seconds(0.0, _COMMON["hold_s"].about),
            "path": _word(PATHS, "A movement that needs no recording; left, right and clockwise as in a mirror."),
            "pose": _POSE_NAME,
            "samples": Key(
                _Rows.paths,
                list_of(list_of(_POINT, MAX_PATH_POINTS, 2), MAX_SAMPLES, 1),
                "Recorded paths: points (x, y) in palm lengths, x right as the player sees it, y down.",
            ),
            "rotation": _word(ROTATIONS, "fixed takes samples as they lie, any however they are turned."),
        },
    ),
    "two_hands": (
        TwoHands,
        {**_COMMON, "measure": _word(MEASURES, "distance zooms, angle turns, clap and frame are shown."),
         "pose": _POSE_NAME},
    ),
}  # fmt: skip
"""Every kind: what it makes, and its keys."""

_SENSE: Mapping[str, Callable[[_Rows, Node, Gesture], None]] = {
    "pose": _Rows.pose_sense,
    "template": _Rows.template_sense,
    "motion": _Rows.motion_sense,
    "two_hands": _Rows.two_hands_sense,
}

_BELONGS = {
    key: f"a gesture of kind '{kind}'"
    for kind, (_, keys) in reversed(list(KEYS.items()))
    for key in keys
    if key not in _COMMON
}
"""Key to the kind that it belongs to, of several the first."""

"""Rows that are well formed and still cannot be meant."""
