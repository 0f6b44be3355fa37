"""What the demo hand truly performs: which gestures are shown by each of its poses, and by which hand that is tracked.

Everything else that begins is a false event.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from handplay.engine.hands import INDEX_MCP, MIDDLE_MCP, PINKY_MCP, RING_MCP, WRIST, Hand, HandFrame
from handplay.engine.sources.demo.script import Script, Track
from handplay.gestures.kinds import Gesture
from handplay.gestures.recognizer import Recognizer

_PALM = [WRIST, INDEX_MCP, MIDDLE_MCP, RING_MCP, PINKY_MCP]

SHOWS: dict[str, frozenset[str]] = {
    pose: frozenset(names.split())
    for pose, names in {
        "open_palm": "open_palm",
        "back": "open_palm",
        "stop": "stop",
        "stop_inverted": "stop stop_inverted",
        "fist": "fist grab",
        "point": "point",
        "mute": "mute point",
        "gun": "gun point",
        "victory": "victory",
        "victory_inverted": "victory victory_inverted",
        "two_up": "two_up",
        "two_up_inverted": "two_up two_up_inverted",
        "gun2": "three2",
        "three": "three",
        "three2": "three2",
        "four": "four",
        "thumbs_up": "thumbs_up thumb_left thumb_right",
        "thumbs_down": "thumbs_down thumb_left thumb_right",
        "ok": "ok pinch",
        "rock": "rock",
        "call": "call",
        "ily": "ily",
        "little": "pinky_up",
        "pinch": "pinch",
        "grab": "grab pinch",  # thumb and index tip are 24 mm apart
        # No gesture at all:
        "relaxed": "",
        "half": "",
        "claw": "",
        "flat_c": "",
        "pinch_open": "",
    }.items()
}
"""Pose of the demo hand to the built-in gestures that it is."""

WINDOW_S = 0.3
"""A pose counts as shown for so long after it was given up: hold time, and what the tracker lags behind."""


@dataclass(frozen=True, slots=True)
class Event:
    """A gesture that has begun.

    Attributes:
        time_s: when.
        name, kind: of the gesture.
        poses: what the hand held up, or was on its way from or to.
        true: it is one of the poses that the hand shows; in scripts that mean nothing a movement never is.
    """

    time_s: float
    name: str
    kind: str
    poses: tuple[str, ...]
    true: bool

    def __str__(self) -> str:
        shown = f" ({', '.join(self.poses)})" if self.poses else ""
        return f"{self.name} at {self.time_s:.2f} s{shown}"


def begun(recognizer: Recognizer, frame: HandFrame, script: Script | None = None) -> list[Event]:
    """What begins in this frame.

    Args:
        script: what the hands do; None where it is not known: then no pose is told of.
    """
    events = []
    for step in recognizer.update(frame).steps:
        gesture = recognizer.library.find(step.name)
        if step.kind != "begin" or gesture is None:
            continue
        moves = gesture.kind in ("motion", "two_hands")
        if script is None and not moves:
            continue
        hand = next((hand for hand in frame if hand.hand_id == step.hand_id), None)
        poses = () if hand is None or script is None else poses_about(nearest(script, hand, frame), frame.time_s)
        events.append(Event(frame.time_s, step.name, gesture.kind, poses, not moves and shows(gesture, poses)))
    return events


def shows(gesture: Gesture, poses: tuple[str, ...]) -> bool:
    """Whether one of these poses of the demo hand is this gesture."""
    return any(gesture.name in SHOWS[pose] for pose in poses)


def poses_about(track: Track, time_s: float) -> tuple[str, ...]:
    """The poses that a hand held, left or made for in the last moments, in that order."""
    keys = track.keys
    poses = [
        pose
        for a, b in itertools.pairwise(keys)
        if b.time_s >= time_s - WINDOW_S and a.time_s <= time_s
        for pose in (a.pose, b.pose)
    ]
    return tuple(dict.fromkeys(poses or [keys[-1].pose]))


def nearest(script: Script, hand: Hand, frame: HandFrame) -> Track:
    """The hand of a script that is tracked here."""
    x, y = hand.landmarks_px[_PALM, :2].mean(axis=0).tolist()

    def away(track: Track) -> float:
        moment = track.at(frame.time_s)
        return math.hypot(moment.x * frame.width - x, moment.y * frame.height - y)

    return min(script.tracks, key=away)
