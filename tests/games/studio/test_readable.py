"""A gesture in words."""

from __future__ import annotations

import pytest

from handplay.games.studio.readable import in_words
from handplay.gestures.kinds import Gesture, Motion, Pose, Template, TwoHands
from handplay.gestures.library import builtin_library

EXTENDED, CURLED = frozenset({"extended"}), frozenset({"curled"})
BENT = frozenset({"half", "curled"})


@pytest.mark.parametrize(
    ("gesture", "words"),
    [
        (
            Pose("rock", fingers=(BENT, EXTENDED, CURLED, CURLED, EXTENDED)),
            ["Thumb: half or curled", "Index and pinky: extended", "Middle and ring: curled"],
        ),
        (
            Pose("a", fingers=(None, EXTENDED, EXTENDED, EXTENDED, None), apart=((1, 2),), pointing=((1, "up"),)),
            ["Index, middle and ring: extended", "Index and middle apart", "Index points up"],
        ),
        (
            Pose("b", touching=((0, 1),), palm="away", grip="no_pinch", hand="left"),
            [
                "Thumb and index touch",
                "Back of the hand to the camera",
                "Thumb and index do not pinch",
                "The left hand alone",
            ],
        ),
        (
            Pose("c", together=((3, 4),), pointing=((0, "toward"),)),
            ["Ring and pinky together", "Thumb points to the camera"],
        ),
        (Template("d"), ["A shape by example: as you held your hand"]),
        (Motion("e", path="circle_cw", pose="open_palm"), ["A movement: circle cw", "Made with open palm"]),
        (
            Motion("f", samples=(((0, 0), (1, 0)),), rotation="any"),
            ["A movement: the path you have drawn", "However it is turned"],
        ),
        (TwoHands("g", measure="angle", pose="pinch"), ["Both hands turn about each other", "Both show pinch"]),
    ],
    ids=lambda value: value.name if isinstance(value, Gesture) else "",
)  # fmt: skip
def test_words(gesture: Gesture, words: list[str]) -> None:
    assert list(in_words(gesture)) == words


def test_every_built_in_gesture_has_words() -> None:
    for gesture in builtin_library().gestures:
        assert in_words(gesture), gesture.name
