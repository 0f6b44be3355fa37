"""A gesture in words that a person reads at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handplay.gestures.kinds import STATES, FingerWords, Gesture, Motion, Pose, Template, TwoHands

FINGER_NAMES = ("thumb", "index", "middle", "ring", "pinky")
_MEASURES = {
    "distance": "Both hands move apart or together",
    "angle": "Both hands turn about each other",
    "clap": "Both hands meet",
    "frame": "Both hands make a frame",
}
_PALMS = {"toward": "Palm to the camera", "away": "Back of the hand to the camera"}
_GRIPS = {"pinch": "Thumb and index pinch", "grab": "The hand grabs", "no_pinch": "Thumb and index do not pinch"}
_WAYS = {"toward": "to the camera", "away": "away from the camera"}


def in_words(gesture: Gesture) -> tuple[str, ...]:
    """What the gesture asks for, a line each."""
    if isinstance(gesture, Pose):
        lines = _pose(gesture)
    elif isinstance(gesture, Template):
        lines = ["A shape by example: as you held your hand"]
    elif isinstance(gesture, Motion):
        what = gesture.path.replace("_", " ")
        lines = [f"A movement: {what}" if what else "A movement: the path you have drawn"]
        if gesture.pose:
            lines.append(f"Made with {gesture.pose.replace('_', ' ')}")
        if gesture.rotation == "any":
            lines.append("However it is turned")
    elif isinstance(gesture, TwoHands):
        lines = [_MEASURES.get(gesture.measure, gesture.measure)]
        if gesture.pose:
            lines.append(f"Both show {gesture.pose.replace('_', ' ')}")
    else:
        lines = []
    if gesture.hand != "any":
        lines.append(f"The {gesture.hand} hand alone")
    return tuple(lines)


def learned_words(gesture: Gesture, report: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was learned, a line each, and the sentences about it that say more than those."""
    more = tuple(line for line in report if not line.startswith("A pose in words"))
    return in_words(gesture), more


def _pose(pose: Pose) -> list[str]:
    same: dict[FingerWords, list[int]] = {}
    for finger, words in enumerate(pose.fingers):
        if words is not None:
            same.setdefault(words, []).append(finger)
    lines = []
    for words, fingers in same.items():
        states = [state for state in STATES if state in words]
        lines.append(f"{_capital(_listed(FINGER_NAMES[finger] for finger in fingers))}: {' or '.join(states)}")
    lines += [f"{_pair(a, b)} touch" for a, b in pose.touching]
    lines += [f"{_pair(a, b)} apart" for a, b in pose.apart]
    lines += [f"{_pair(a, b)} together" for a, b in pose.together]
    lines += [f"{_capital(FINGER_NAMES[finger])} points {_WAYS.get(way, way)}" for finger, way in pose.pointing]
    lines += [_PALMS[pose.palm]] if pose.palm in _PALMS else []
    lines += [_GRIPS[pose.grip]] if pose.grip in _GRIPS else []
    return lines


def _pair(a: int, b: int) -> str:
    return f"{_capital(FINGER_NAMES[a])} and {FINGER_NAMES[b]}"


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
