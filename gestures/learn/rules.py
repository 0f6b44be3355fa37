"""Poses in words, found from examples: which words hold for nearly all of them, and which keep other hands out.

Finger states come first: of each finger the fewest states that cover the examples. Then the direction, where it is
what the gesture is about: of a thumb that stands alone, and of fingers that do not point up, as those of a hand that is
held up do anyway. Contacts, other directions and the palm's side are added only where they are needed to keep others
out, so that the row stays readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.gestures.conditions import conditions_of, facts_of
from handplay.gestures.fingers import DIRECTIONS, WordReader
from handplay.gestures.kinds import FingerWords, Pose
from handplay.gestures.learn.sampling import HandSample
from handplay.gestures.measures import measure
from handplay.gestures.settings import PAIRS, GestureSettings

_PATTERNS: tuple[FingerWords, ...] = tuple(
    frozenset(states) for states in (("extended",), ("curled",), ("half",), ("extended", "half"), ("half", "curled"))
)
"""Narrow ones first."""
_STRAIGHT = frozenset({"extended"})


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """When words describe examples.

    Attributes:
        covered: share of the examples that a finger pattern or a word must hold for.
        plain: how plainly a word must hold on average to be added (0.5 is its border).
        plain_state: the same for a single state of a finger; straight fingers have 0.65 to 0.85.
        worth: share of the other hands that a word must keep out to be added, of those that still pass.
        most_words: added beside the finger states.
    """

    covered: float = 0.96
    plain: float = 0.7
    plain_state: float = 0.6
    worth: float = 0.08
    most_words: int = 4


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What is true of some hands.

    Attributes:
        true: bool (N, F), a column for each fact of `conditions`.
        fit: float32 (N, F).
    """

    true: NDArray[np.bool_]
    fit: Float32

    def __len__(self) -> int:
        return len(self.true)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Facts:
        return Facts(self.true[rows], self.fit[rows])

    def share(self, pose: Pose) -> float:
        """How many of the hands show the pose."""
        return float(self.shows(pose).mean()) if len(self) else 0.0

    def shows(self, pose: Pose) -> NDArray[np.bool_]:
        columns = [condition.fact for condition in conditions_of(pose)]
        return np.asarray(self.true[:, columns].all(axis=1))


def facts_of_table(points: Float32, sides: Sequence[Handedness | None]) -> Facts:
    """Facts of the rows of a table."""
    settings = GestureSettings()
    reader = WordReader(settings)
    return _facts(
        facts_of(reader.read(measure(hand, settings, handedness=side)), side)
        for hand, side in zip(points, sides, strict=True)
    )


def facts_of_samples(samples: Sequence[HandSample]) -> Facts:
    """Facts of recorded hands."""
    settings = GestureSettings()
    reader = WordReader(settings)
    return _facts(
        facts_of(
            reader.read(
                measure(
                    one.points,
                    settings,
                    world=one.world if one.world.any() else None,
                    handedness=one.handedness,
                    mirrored=one.mirrored,
                )
            ),
            one.handedness,
        )
        for one in samples
    )


def _facts(rows: Iterable[tuple[NDArray[np.bool_], Float32]]) -> Facts:
    true, fit = zip(*((true.copy(), fit.copy()) for true, fit in rows), strict=True)
    return Facts(np.stack(true), np.stack(fit))


def describe(name: str, shown: Facts, others: Facts | None = None, settings: RuleSettings | None = None) -> Pose:
    """The pose that the examples show, in words; it may have no condition at all if nothing holds for all of them.

    Args:
        shown: the examples.
        others: hands that show something else.
    """
    settings = settings or RuleSettings()
    pose = Pose(name=name, fingers=tuple(_pattern(finger, shown, settings) for finger in range(5)))
    pose = _directed(pose, shown, settings)
    if others is None or not len(others):
        return pose
    pose = _narrowed(pose, shown, others, settings)
    return _loosened(pose, shown, others)


def candidates(pose: Pose, shown: Facts, settings: RuleSettings | None = None) -> list[Pose]:
    """The pose with one more word each, of those that plainly hold for the examples."""
    settings = settings or RuleSettings()
    fingers = pose.fingers
    straight = {
        finger
        for finger, states in enumerate(fingers)
        if states is not None and "extended" in states and "curled" not in states
    }
    told = {*pose.touching, *pose.apart, *pose.together}
    more: list[Pose] = []
    for pair in PAIRS:
        if pair in told:
            continue
        if pair[0] == 0:
            more.append(replace(pose, touching=(*pose.touching, pair)))
        if set(pair) <= straight:
            more += [replace(pose, apart=(*pose.apart, pair)), replace(pose, together=(*pose.together, pair))]
    pointing = {finger for finger, _ in pose.pointing}
    for finger in sorted(straight - pointing):
        more += [replace(pose, pointing=(*pose.pointing, (finger, way))) for way in DIRECTIONS]
    if pose.palm == "any":
        more += [replace(pose, palm=side) for side in ("toward", "away")]
    return [one for one in more if _holds(one, shown, settings)]


def _pattern(finger: int, shown: Facts, settings: RuleSettings) -> FingerWords | None:
    """The narrowest pattern that covers the examples, None if none does."""
    for pattern in _PATTERNS:
        fact = _finger_fact(finger, pattern)
        if shown.true[:, fact].mean() >= settings.covered and (
            len(pattern) == 2 or shown.fit[:, fact].mean() >= settings.plain_state
        ):
            return pattern
    return None


def _finger_fact(finger: int, pattern: FingerWords) -> int:
    fingers: list[FingerWords | None] = [None] * 5
    fingers[finger] = pattern
    return conditions_of(Pose(name="x", fingers=tuple(fingers)))[0].fact


def _directed(pose: Pose, shown: Facts, settings: RuleSettings) -> Pose:
    """With the direction that nearly all examples share, if it is what the gesture is about."""
    straight = [finger for finger, states in enumerate(pose.fingers) if states == _STRAIGHT]
    if not straight:
        return pose
    finger = next((one for one in straight if one), 0)  # of the long fingers one tells for all
    if finger == 0 and any(states is None or "extended" in states for states in pose.fingers[1:]):
        return pose  # the thumb of an open hand stands to the side whatever is meant
    share = shown.share(pose)
    for way in DIRECTIONS:
        if finger and way == "up":
            continue
        directed = replace(pose, pointing=((finger, way),))
        if _holds(directed, shown, settings) and shown.share(directed) >= settings.covered * share:
            return directed
    return pose


def _holds(pose: Pose, shown: Facts, settings: RuleSettings) -> bool:
    facts = [condition.fact for condition in conditions_of(pose)]
    explicit = shown.true[:, facts]
    return bool(
        explicit.mean(axis=0).min() >= settings.covered - 0.03
        and np.median(shown.fit[:, facts], axis=0).min() >= settings.plain
    ) or bool(shown.share(pose) >= settings.covered)


def _narrowed(pose: Pose, shown: Facts, others: Facts, settings: RuleSettings) -> Pose:
    for _ in range(settings.most_words):
        passing = others.take(others.shows(pose))
        if not len(passing):
            break
        before = shown.share(pose)
        options = [
            (1 - passing.share(one) - 2 * max(0.0, before - shown.share(one)), -order, one)
            for order, one in enumerate(candidates(pose, shown, settings))
        ]
        best = max(options, default=None, key=lambda option: option[:2])
        if best is None or best[0] < settings.worth:
            break
        pose = best[2]
    return pose


def _loosened(pose: Pose, shown: Facts, others: Facts) -> Pose:
    """Finger patterns that keep out more of the examples than of the others are widened."""

    def worth(one: Pose) -> float:
        hits = int(shown.shows(one).sum())
        return 2 * hits / max(1, hits + int(others.shows(one).sum()) + len(shown))

    for finger in range(5):
        options = [pose]
        for pattern in (*_PATTERNS, None):
            fingers = list(pose.fingers)
            fingers[finger] = pattern
            options.append(replace(pose, fingers=tuple(fingers)))
        pose = max(options, key=worth)  # of equals the first: the pattern that was there
    return pose
