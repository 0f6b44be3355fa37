"""One advice for a pose that overlaps with several: words that part it from as many of them as can be, all at once.

An advice for each rival by itself would contradict the next one, and part the gesture from one to run it into another.
So words are added one after the other, and whatever is added is tried against all poses of the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from handplay.gestures.kinds import Pose
from handplay.gestures.overlap_hands import can_be_shown
from handplay.gestures.overlap_remedy import (
    MOST_KEYS,
    Way,
    leaving_steps,
    settled,
    way,
    winning_steps,
)

Pairs = tuple[tuple[int, int], ...]
_BEAM = 6
"""Poses that are followed up, best first."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What would part a pose from others.

    Attributes:
        pose: with the words added.
        way: the same as keys; None if nothing helps.
        remaining: those that it still overlaps with.
        swapped: "together" or "apart" if that serves as well in the place of the other one that is added, else "".
    """

    pose: Pose
    way: Way | None
    remaining: tuple[Pose, ...]
    swapped: str = ""


def advise(mine: Pose, others: Sequence[Pose]) -> Advice:
    """The fewest words that leave the fewest overlaps, of those that hands which show the pose can show as well.

    Args:
        others: all poses beside it, also those that it does not overlap with yet.
    """
    best = _best(mine, others, reshape=False)
    if best is mine:
        best = _best(mine, others, reshape=True)
    left = tuple(_left(best, others))
    if best is mine:
        return Advice(mine, None, left)
    swapped = swapped_contacts(mine, best, others)
    if swapped is not None and len(swapped.together) > len(best.together):
        best, swapped = swapped, best
        left = tuple(_left(best, others))
    word = "" if swapped is None else "apart" if len(swapped.apart) > len(best.apart) else "together"
    return Advice(best, way(mine, best, "all"), left, word)


def _best(mine: Pose, others: Sequence[Pose], *, reshape: bool) -> Pose:
    """Words are added one after the other, and the best few of what comes of it are followed up."""
    best, beam = mine, [mine]
    while beam and _left(best, others):
        steps = dict.fromkeys(step for pose in beam for step in _steps(mine, pose, others))
        rated = sorted(
            (rating, place, step)
            for place, step in enumerate(steps)
            if not (rating := _rating(mine, step, others))[1] or reshape
        )
        beam = list(islice((step for *_, step in rated if can_be_shown(mine, step)), _BEAM))
        if beam and _rating(mine, beam[0], others) < _rating(mine, best, others):
            best = beam[0]
    return best


def _rating(mine: Pose, step: Pose, others: Sequence[Pose]) -> tuple[int, int, int, int]:
    """Smaller is better: what is left, what makes another shape of it, fingers that change, words.

    Whoever names the fingers that are up means the others to be down, fingers that are not said to touch do not, and a
    hand of which no side is said shows its palm.
    """
    pairs = list(zip(mine.fingers, step.fingers, strict=True))
    another = sum(was is None and words == frozenset({"extended"}) for was, words in pairs)
    another += len(step.touching) - len(mine.touching)
    another += step.palm == "away" and mine.palm == "any"
    return len(_left(step, others)), another, sum(was != words for was, words in pairs), _words(mine, step)


def _left(pose: Pose, others: Iterable[Pose]) -> list[Pose]:
    return [other for other in others if not settled(pose, other)]


def _steps(mine: Pose, pose: Pose, others: Sequence[Pose]) -> Iterator[Pose]:
    most = MOST_KEYS - _words(mine, pose)
    if most > 0:
        for other in _left(pose, others):
            yield from leaving_steps(pose, other)
            yield from winning_steps(pose, other, most)


def _words(mine: Pose, pose: Pose) -> int:
    """How many words were added."""
    count: int = sum(a != b for a, b in zip(mine.fingers, pose.fingers, strict=True))
    count += sum(getattr(mine, key) != getattr(pose, key) for key in ("palm", "grip", "hand"))
    for was, now in (
        (mine.touching, pose.touching),
        (mine.together, pose.together),
        (mine.apart, pose.apart),
        (mine.pointing, pose.pointing),
    ):
        count += len(now) - len(was)
    return count


def swapped_contacts(mine: Pose, best: Pose, others: Sequence[Pose]) -> Pose | None:
    """With "apart" in place of "together", or the other way round; None if that does not serve as well.

    Fingers side by side may part it as well as spread ones do, and only the author knows which are meant.
    """
    together, apart = (tuple(pair for pair in now if pair not in was) for was, now in _contacts(mine, best))
    if bool(together) == bool(apart):
        return None
    swapped = replace(best, together=(*mine.together, *apart), apart=(*mine.apart, *together))
    same = len(_left(swapped, others)) <= len(_left(best, others)) and can_be_shown(mine, swapped)
    return swapped if same else None


def _contacts(before: Pose, after: Pose) -> tuple[tuple[Pairs, Pairs], tuple[Pairs, Pairs]]:
    return (before.together, after.together), (before.apart, after.apart)
