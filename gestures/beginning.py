"""How well a hand must show a gesture before it begins. Going on takes less: there its conditions alone count."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from handplay.gestures.kinds import Gesture, Pose

if TYPE_CHECKING:
    from handplay.gestures.recognizer import RecognizerSettings

_STRAIGHT = frozenset({"extended"})


def begin_score(gesture: Gesture, rules: RecognizerSettings, *, moving: bool = False) -> float:
    """The least fit: 0 for all but poses, and of those for touches, which are measured worst.

    Args:
        moving: the hand is faster than `rules.still_speed`: then no open hand begins, whatever its fit, for a hand at
            ease that is on its way looks like one.
    """
    if not isinstance(gesture, Pose) or gesture.layer != "pose":
        return 0.0
    if moving and all(states == _STRAIGHT for states in gesture.fingers[1:]):
        return math.inf
    return 0.0 if gesture.touching else rules.begin_score
