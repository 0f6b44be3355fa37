"""Hands that plainly show a pose, from the model hand: an advice that they could not follow is none.

The model takes every state that the pose allows its fingers, spreads and closes them, shows its palm and its back, and
turns where the pose speaks of directions. Nothing varies by chance: what is no plain hold of the fingers (a thumb that
stands out and lies at the index finger at once) does not occur.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.gestures.beginning import beginning_of
from handplay.gestures.conditions import conditions_of, facts_of
from handplay.gestures.fingers import WordReader
from handplay.gestures.kinds import STATES, Pose
from handplay.gestures.learn.metric import MetricSettings, model_hands
from handplay.gestures.measures import measure
from handplay.gestures.recognizer_settings import RecognizerSettings
from handplay.gestures.settings import GestureSettings

_LEAST = 0.04
"""Of the hands that show a pose, so many show it with an advice followed, or nobody could mean it: of three fingers
that may do anything one state each is 1/27."""
_STILL = MetricSettings(tilt_deg=0, lean_deg=0, bend_deg=0, splay_deg=0, bone=0, knuckle=0, thumb=0, squash=0, jitter=0)
_SPLAY_DEG = (8.0, 0.0, -8.0, -18.0)
"""Of the model's long fingers."""
_GAPS_DEG = (1.0, 17.0)
"""Between neighbours that lie side by side, and that are spread."""
_ROLLS_DEG = (0.0, 90.0, 180.0, 270.0)
_STATE_WORDS = STATES[:3]

_States = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Holds:
    """Hands with one set of finger states: truth and fit of every fact (N, 168), curl (N, 5), grab strength (N,)."""

    true: NDArray[np.bool_]
    fit: Float32
    curl: Float32
    grab: Float32


@lru_cache(maxsize=4096)
def can_be_shown(before: Pose, after: Pose) -> bool:
    """Whether hands that plainly show a pose show it plainly with words added to it, too.

    False if the model hand cannot show the first one: then nothing can be tried.
    """
    plain = kept = 0
    for holds in _holds_of(before, after):
        shown = _begins(before, holds)
        plain += int(shown.sum())
        kept += int((shown & _begins(after, holds)).sum())
    return kept >= max(1.0, _LEAST * plain)


def _holds_of(before: Pose, after: Pose) -> list[_Holds]:
    rolls = _ROLLS_DEG if before.pointing or after.pointing else _ROLLS_DEG[:1]
    fingers = [
        [number for number, word in enumerate(_STATE_WORDS) if words is None or word in words]
        for words in before.fingers
    ]
    # What an advice asks of the thumb's tip is shown by hands that do it, beside those that do not.
    touches = {_touched(before), _touched(after)}
    sets: list[_States] = [(a, b, c, d, e) for a, b, c, d, e in itertools.product(*fingers)]
    return [_holds(states, touch, roll) for states in sets for touch in sorted(touches) for roll in rolls]


def _touched(pose: Pose) -> tuple[int, ...]:
    """The fingers that the thumb's tip lies at."""
    return (1,) if pose.grip == "pinch" else tuple(b for a, b in pose.touching if a == 0)


def _begins(pose: Pose, holds: _Holds) -> NDArray[np.bool_]:
    """Which of these hands, at rest, begin the pose. Whose hand it is is left out: either shows the same."""
    facts = [condition.fact for condition in conditions_of(pose) if not condition.text.endswith(" hand")]
    if not facts:
        return np.ones(len(holds.grab), np.bool_)
    fits = holds.fit[:, facts]
    scores = 0.5 * (fits.min(axis=1) + fits.mean(axis=1))
    begins = beginning_of(pose, RecognizerSettings())
    rows = zip(scores.tolist(), holds.curl.tolist(), holds.grab.tolist(), strict=True)
    allowed = np.array([begins.allows(score, 0.0, curl, grab) for score, curl, grab in rows])
    shown: NDArray[np.bool_] = holds.true[:, facts].all(axis=1) & allowed
    return shown


@lru_cache(maxsize=4096)
def _holds(states: _States, touch: tuple[int, ...], roll_deg: float) -> _Holds:
    """Each way to spread the long fingers, seen from the palm and from the back."""
    settings = GestureSettings()
    reader = WordReader(settings)
    true, fit, curl, grab = [], [], [], []
    for points in _points(states, touch, roll_deg):
        measures = measure(points, settings, handedness="Right")
        facts, fits = facts_of(reader.read(measures), "Right")
        true.append(facts)
        fit.append(fits)
        curl.append(measures.curl)
        grab.append(measures.grab)
    return _Holds(np.array(true), np.array(fit), np.array(curl), np.array(grab, np.float32))


def _points(states: _States, touch: tuple[int, ...], roll_deg: float) -> list[Float32]:
    hand = model_hands(np.array([states]), _STILL, np.random.default_rng(0))[0]
    found = []
    for gaps in itertools.product(_GAPS_DEG, repeat=3):
        ways = np.array([gaps[0], 0.0, -gaps[1], -gaps[1] - gaps[2]])
        points = hand.copy()
        for finger, turn in enumerate(np.radians(ways - _SPLAY_DEG)):
            at = points[5 + 4 * finger, :2].copy()
            turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])  # clockwise, y is down
            of_finger = slice(6 + 4 * finger, 9 + 4 * finger)
            points[of_finger, :2] = at + (points[of_finger, :2] - at) @ turned
        if touch:
            places = np.array([_place(points, finger, states[finger]) for finger in touch])
            tip = places.mean(axis=0) + np.array([0.04, 0.02, 0.03])
            points[3:5] = points[2] + np.outer((0.55, 1.0), tip - points[2])
        back = points * (-1.0, 1.0, -1.0)
        found += [_rolled(points, roll_deg), _rolled(back, roll_deg)]
    return found


def _place(points: NDArray[np.float64], finger: int, state: int) -> NDArray[np.float64]:
    """Where the thumb closes on a finger: on its tip, of one that is rolled in on its back."""
    last = 4 + 4 * finger
    place: NDArray[np.float64] = (
        points[last - 2 : last].mean(axis=0) if _STATE_WORDS[state] == "curled" else points[last]
    )
    return place


def _rolled(points: NDArray[np.float64], roll_deg: float) -> Float32:
    cos, sin = np.cos(np.radians(roll_deg)), np.sin(np.radians(roll_deg))
    turned = points.copy()
    turned[:, :2] = points[:, :2] @ np.array([[cos, sin], [-sin, cos]])
    return turned.astype(np.float32)
