"""Recorded movements beside other movements: their paths, compared with recorded ones and played to the detectors."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.fingers import WordReader
from handplay.gestures.kinds import Motion, Path, Pose
from handplay.gestures.learn.metric import MetricSettings, model_hands
from handplay.gestures.library import Library
from handplay.gestures.measures import measure_hand
from handplay.gestures.motion.recorded import PathTable, resampled
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.table import HandMotions, MotionTable
from handplay.gestures.overlap_relation import poses_part
from handplay.gestures.settings import GestureSettings

_LASTS_S = (0.35, 0.6, 1.0, 1.6)
"""A recorded path says nothing of its tempo: it is played so quickly and so slowly."""
_REST_S = 0.6
_STEP_S = 1 / 30
_PALM_PX = 60.0
_MOST_PATHS = 4
"""Of one motion: performances of one movement are alike."""
_STILL = MetricSettings(tilt_deg=0, lean_deg=0, bend_deg=0, splay_deg=0, bone=0, knuckle=0, thumb=0, squash=0, jitter=0)


@dataclass(frozen=True, slots=True)
class SharedWay:
    """Two movements that are one.

    Attributes:
        recorded: a movement by example.
        other: another one that its paths show as well.
        likeness: of the paths, 0..1; of a movement that needs no recording 0.
        turned: they are one only because one of them is taken however it is turned.
    """

    recorded: Motion
    other: Motion
    likeness: float
    turned: bool = False


def shared_ways(library: Library, names: Collection[str]) -> Iterator[SharedWay]:
    """Each recorded movement with each other one that its paths show as well.

    Args:
        names: only pairs with one of these gestures.
    """
    motions = [gesture for gesture in library.gestures if isinstance(gesture, Motion)]
    recorded = [motion for motion in motions if motion.samples]
    for first, second in itertools.combinations(recorded, 2):
        if {first.name, second.name} & set(names) and not poses_part(first, second, library):
            alike = max(likeness(first, second), likeness(second, first))
            if alike:
                fixed = replace(first, rotation="fixed"), replace(second, rotation="fixed")
                turned = not (likeness(*fixed) or likeness(*fixed[::-1]))
                yield SharedWay(second, first, alike, turned)
    words = [motion for motion in motions if motion.path]
    for motion in recorded:
        near = [
            word for word in words if {word.name, motion.name} & set(names) and not poses_part(motion, word, library)
        ]
        if not near:
            continue
        fired = words_of(motion, sorted({word.path for word in near}), library)
        for word in near:
            if word.path in fired:
                yield SharedWay(motion, word, 0.0)


def likeness(first: Motion, second: Motion) -> float:
    """How well the likest path of the first is matched by the second alone, 0..1; 0 if none is."""
    table = PathTable([second], MotionSettings())
    found = [match for path in first.samples if (match := table.match(path)) is not None]
    return max((score for _, score in found), default=0.0)


def words_of(motion: Motion, words: Sequence[str], library: Library) -> set[str]:
    """The movements, of those that need no recording, that fire on a hand that makes the recorded one."""
    shape = library.find(motion.pose) if motion.pose else None
    table = MotionTable([Motion(name=word, path=word) for word in words], [0] * len(words))
    fired: set[str] = set()
    for path, lasts_s in itertools.product(motion.samples[:_MOST_PATHS], _LASTS_S):
        fired |= _played(path, lasts_s, shape if isinstance(shape, Pose) else None, table)
        if len(fired) == len(words):
            break
    return fired


def _played(path: Path, lasts_s: float, shape: Pose | None, table: MotionTable) -> set[str]:
    """A hand rests, goes along the path, and rests."""
    hand = _hand(shape)
    points = np.array(resampled(path), np.float32)
    low, high = points.min(axis=0), points.max(axis=0)
    size = (np.ceil((high - low).max()) + 8.0) * _PALM_PX
    start = 0.5 * size - 0.5 * (low + high) * _PALM_PX
    words = WordReader().read(measure_hand(hand, GestureSettings(), mirrored=True))
    motions = HandMotions(table)
    fired: set[str] = set()
    for index in range(round((2 * _REST_S + lasts_s) / _STEP_S)):
        time_s = index * _STEP_S
        part = min(1.0, max(0.0, (time_s - _REST_S) / lasts_s))
        along = 0.5 - 0.5 * math.cos(math.pi * part)  # hands set off and stop gently
        at = start + _PALM_PX * np.array(
            [np.interp(along * (len(points) - 1), np.arange(len(points)), points[:, axis]) for axis in (0, 1)]
        )
        moved = hand.landmarks_px.copy()
        moved[:, :2] += at.astype(np.float32)
        # A selfie view: what a path calls right is right.
        frame = HandFrame(index, time_s, int(size), int(size), True, (replace(hand, landmarks_px=moved),))
        shown = motions.look(frame[0], frame, words, 0, 0.0)
        fired |= {table.motions[one.number].path for one in shown}
    return fired


def _hand(shape: Pose | None) -> Hand:
    """A right hand that shows the fingers of a pose, or a flat one; its palm lies around (0, 0)."""
    fingers = shape.fingers if shape is not None else (None,) * 5
    states = [0 if words is None or "extended" in words else 2 if "curled" in words else 1 for words in fingers]
    points = model_hands(np.array([states]), _STILL, np.random.default_rng(0))[0] * _PALM_PX
    points[:, 0] *= -1  # in a selfie view
    points[:, :2] -= points[[0, 5, 9, 13, 17], :2].mean(axis=0)
    world = np.zeros_like(points)
    return Hand(1, "Right", 1.0, 1.0, points.astype(np.float32), world.astype(np.float32))
