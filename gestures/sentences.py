"""A gesture in words: what the hand must do, how long, and what is told of it."""

from __future__ import annotations

from handplay.gestures.conditions import conditions_of
from handplay.gestures.kinds import Gesture, Motion, Pose, Template, TwoHands

_MOVES = {
    "left": "moves to the left",
    "right": "moves to the right",
    "up": "moves up",
    "down": "moves down",
    "circle_cw": "goes round clockwise",
    "circle_ccw": "goes round counter-clockwise",
    "wave": "waves",
    "push": "is pushed toward the camera",
    "pull": "is pulled away from the camera",
    "tap": "taps, forward and back",
    "double_tap": "taps twice",
    "drag": "is moved while it holds",
    "throw": "lets go while it moves",
}
_TOGETHER = {
    "distance": "two hands move apart or toward each other",
    "angle": "two hands turn about each other",
    "clap": "two hands meet",
    "frame": "two hands make a frame",
}
_TRIGGERS = {
    "enter": "its beginning alone is told",
    "enter_leave": "beginning and end are told",
    "repeat": "it is told again every 0.3 s",
    "continuous": "it is told in every frame",
}


def requirements(gesture: Gesture) -> list[str]:
    """What must be true, a sentence each, without full stops."""
    if isinstance(gesture, Pose):
        return [condition.text for condition in conditions_of(gesture)]
    rows: list[str] = []
    if isinstance(gesture, Template):
        hand = "any hand" if gesture.hand == "any" else f"the {gesture.hand} hand"
        samples = "the sample" if len(gesture.samples) == 1 else f"one of {len(gesture.samples)} samples"
        rows.append(f"{hand} shaped like {samples}")
        if gesture.radius:
            rows.append(f"not farther from it than {gesture.radius:g}")
        return rows
    if isinstance(gesture, Motion):
        moves = _MOVES.get(gesture.path, gesture.path)
        count = len(gesture.samples)
        drawn = "a path like the recorded one" if count == 1 else f"a path like one of the {count} recorded"
        rows.append(f"the hand {moves}" if gesture.path else f"the hand draws {drawn}")
    elif isinstance(gesture, TwoHands):
        rows.append(_TOGETHER.get(gesture.measure, gesture.measure))
    pose = getattr(gesture, "pose", "")
    if pose:
        rows.append(f"{'both hands show' if isinstance(gesture, TwoHands) else 'the hand shows'} {pose}")
    if gesture.hand != "any":
        rows.append(f"{gesture.hand} hand")
    return rows


def timing(gesture: Gesture) -> str:
    """How long, and what is told, as one sentence."""
    parts = [f"held for {gesture.hold_s:g} s"] if gesture.hold_s else []
    parts += [f"gone after {gesture.release_s:g} s", f"at rest for {gesture.cooldown_s:g} s"]
    text = f"{', '.join(parts)}; {_TRIGGERS[gesture.trigger]}."
    return text[:1].upper() + text[1:]
