"""How well a hand must show a pose before it begins. Going on takes less: there the pose's conditions alone count.

Hands at ease, and hands on their way from one shape to another, fall into poses for a moment. They fit them less well,
they move more, and the fingers that a pose tells apart differ less.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from handplay.gestures.kinds import Gesture, Pose, Template
from handplay.gestures.recognizer_settings import RecognizerSettings

_STRAIGHT = frozenset({"extended"})
_CURLED = frozenset({"curled"})
_ROLLED_IN = (_CURLED, frozenset({"half", "curled"}))
_LOOSE = frozenset({"extended", "half"})


@dataclass(frozen=True, slots=True)
class Beginning:
    """What one pose asks for when it begins.

    Attributes:
        score: the least fit of a hand at rest.
        per_speed: so much more of it for each palm length a second.
        still_speed: and never at this speed or above, palm lengths a second.
        straight, bent: the long fingers that the pose tells apart, 1 to 4.
        step: how much more the bent ones are curled than the straight ones, at least; of the curl 0..1.
        grab: least grab strength, 0..1.
    """

    score: float = 0.0
    per_speed: float = 0.0
    still_speed: float = math.inf
    straight: tuple[int, ...] = ()
    bent: tuple[int, ...] = ()
    step: float = 0.0
    grab: float = 0.0

    def least_score(self, speed: float) -> float:
        """The least fit of a hand of this speed."""
        return self.score + self.per_speed * speed

    def step_of(self, curl: Sequence[float]) -> float:
        """How much more the bent fingers are curled than the straight ones; infinite if the pose tells none apart."""
        if not (self.straight and self.bent):
            return math.inf
        return min(curl[finger] for finger in self.bent) - max(curl[finger] for finger in self.straight)

    def allows(self, score: float, speed: float, curl: Sequence[float], grab: float) -> bool:
        """Whether the pose may begin.

        Args:
            score: how well the hand fits it.
            speed: of the hand, palm lengths a second.
            curl: of the five fingers.
            grab: strength, 0..1.
        """
        return (
            speed < self.still_speed
            and score >= self.least_score(speed)
            and grab >= self.grab
            and self.step_of(curl) >= self.step
        )


ANYHOW = Beginning()
"""Begins as soon as its conditions hold."""


def beginning_of(gesture: Gesture, rules: RecognizerSettings) -> Beginning:
    """What a gesture asks for: movements and grips nothing; templates not to be at the border of their reach.

    Of an open hand's poses that it is still or plain, since a hand at ease that is on its way looks like one; of a
    closed hand's that it is closed indeed; of those between that their fingers differ, unless a single finger is bent,
    which draws its neighbours along, or a straight one need not be straight; of touches, which are measured worst,
    nothing.
    """
    if isinstance(gesture, Template):
        return Beginning(rules.begin_template)
    if not isinstance(gesture, Pose) or gesture.layer != "pose" or gesture.touching:
        return ANYHOW
    straight = tuple(finger for finger in range(1, 5) if gesture.fingers[finger] == _STRAIGHT)
    bent = tuple(finger for finger in range(1, 5) if gesture.fingers[finger] in _ROLLED_IN)
    if len(straight) == 4:
        return Beginning(rules.begin_score, rules.begin_score_per_speed, rules.still_speed)
    if len(bent) == 4:
        closed = any(gesture.fingers[finger] == _CURLED for finger in bent)
        return Beginning(rules.begin_score, grab=rules.closed_grab if closed else 0.0)
    if len(bent) < 2 or _LOOSE in gesture.fingers[1:]:
        return Beginning(rules.begin_score)
    step = rules.lone_step if len(straight) == 1 else rules.finger_step
    return Beginning(rules.begin_score, straight=straight, bent=bent, step=step)
