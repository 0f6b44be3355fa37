"""How well a new gesture stands apart from those that are there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import HandFrame
from handplay.gestures.kinds import Gesture, Motion
from handplay.gestures.learn.augment import AugmentSettings, augmented
from handplay.gestures.learn.judging import ShapeJudge, is_shape
from handplay.gestures.learn.sampling import HandSample
from handplay.gestures.library import Library
from handplay.gestures.recognizer import Recognizer

_VARIED = AugmentSettings(copies=3, squash=0.03, tilt_deg=10.0, noise=0.004)
"""A camera's pixels are square; people hold a gesture a little differently every time."""
CLEAR = 0.15
"""A lead over the nearest rival, in ranks, that a wavering hand does not lose: twice the bonus of what is on."""
_SHARED = 0.5
_REST_S, _REST_EVERY_S = 0.8, 0.04
"""A recording ends with the last performance; the hand is taken to rest after it, as it did after the others."""


@dataclass(frozen=True, slots=True)
class Separation:
    """What became of the samples, and of copies of them that are turned and tilted a little.

    Attributes:
        rival: name of the nearest other gesture, "" if there is none.
        own, taken: shares of them, 0..1, that the gesture and that another one gets; the rest is taken for nothing.
        taker: name of the gesture that gets most of those.
        margin: mean lead over the nearest other one, ranks (a score of 0..1 and specificity).
        sentence: the same for people.
    """

    rival: str
    own: float
    taken: float
    taker: str
    margin: float
    sentence: str


def separation(gesture: Gesture, samples: Sequence[HandSample], library: Library) -> Separation:
    """Judges a pose or template by its samples.

    Args:
        library: the gestures it will stand beside; one of its own name is replaced by it.
    """
    rivals = [one for one in library.gestures if is_shape(one) and one.layer == gesture.layer]
    judge = ShapeJudge([*(one for one in rivals if one.name != gesture.name), gesture], to_begin=True)
    ranks, matches = [], []
    for sample in samples:
        world = sample.world if sample.world.any() else None
        shown = judge.judge(sample.points, sample.handedness, world=world, mirrored=sample.mirrored)
        matches.append(shown[0])
        ranks.append(shown[1])
    points = np.stack([sample.image_points for sample in samples])
    sides = [sample.handedness for sample in samples] * _VARIED.copies
    for varied, side in zip(augmented(points, 0, _VARIED)[len(samples) :], sides, strict=True):
        shown = judge.judge(varied, side)
        matches.append(shown[0])
        ranks.append(shown[1])
    return _told(judge, np.stack(matches), np.stack(ranks))


def _told(judge: ShapeJudge, matches: NDArray[np.bool_], ranks: Float32) -> Separation:
    names = [gesture.name for gesture in judge.gestures]
    name = names[-1]
    shown = np.where(matches, ranks, -np.inf)
    winner = np.where(matches.any(axis=1), len(names) - 1 - shown[:, ::-1].argmax(axis=1), -1)
    own = float((winner == len(names) - 1).mean())
    takers = Counter(names[index] for index in winner.tolist() if 0 <= index < len(names) - 1)
    taken = takers.total() / len(winner)
    taker = takers.most_common(1)[0][0] if takers else ""
    if len(names) == 1:
        return Separation("", own, 0.0, "", 1.0, f"{name} is alone: there is nothing to take it for.")
    nearest = int(ranks[:, :-1].mean(axis=0).argmax())
    rival, margin = names[nearest], float((ranks[:, -1] - ranks[:, nearest]).mean())
    shared = matches[:, :-1].mean(axis=0)
    if taken > 0.1:
        sentence = (
            f"{taker} takes {taken:.0%} of the samples of {name}: make the two more different, or record it again."
        )
    elif shared.max() > _SHARED:
        other = names[int(shared.argmax())]
        sentence = f"{name} looks like {other}, which matches {shared.max():.0%} of the samples too; {name} wins there."
    elif own < 0.8:
        sentence = f"{name} is seen in {own:.0%} of the samples only; nearest is {rival}."
    elif margin < CLEAR:
        sentence = f"{name} is told apart, but {rival} is near."
    else:
        sentence = f"{name} is well apart from all other gestures; nearest is {rival}."
    return Separation(rival, own, taken, taker, margin, sentence)


def motion_separation(motion: Motion, frames: Sequence[HandFrame], performances: int, library: Library) -> Separation:
    """Plays the frames of a recording again, with the motion in the library, and counts what fires.

    Args:
        performances: how often it was performed in these frames.
    """
    others = tuple(one for one in library.gestures if one.name != motion.name)
    recognizer = Recognizer(replace(library, gestures=(*others, motion)))
    motions = {one.name for one in others if isinstance(one, Motion)}
    fired: Counter[str] = Counter()
    for frame in (*frames, *_rest_after(frames)):
        fired.update(step.name for step in recognizer.update(frame).steps if step.kind == "begin")
    own = min(1.0, fired[motion.name] / performances)
    takers = Counter({name: count for name, count in fired.items() if name in motions})
    taker, count = takers.most_common(1)[0] if takers else ("", 0)
    taken = min(1.0, count / performances)
    sentence = f"{motion.name} was seen in {min(fired[motion.name], performances)} of {performances} performances"
    if performances == 1:
        sentence = f"{motion.name} was {'seen' if own else 'not seen'} when it was performed"
    if taker:
        sentence += f"; {taker} fires too, {'once' if count == 1 else f'{count} times'}"
    else:
        sentence += "; no other motion fires"
    return Separation(taker, own, taken, taker, own - taken, f"{sentence}.")


def _rest_after(frames: Sequence[HandFrame]) -> list[HandFrame]:
    if not frames:
        return []
    steps = range(1, 1 + round(_REST_S / _REST_EVERY_S))
    return [replace(frames[-1], time_s=frames[-1].time_s + step * _REST_EVERY_S) for step in steps]
