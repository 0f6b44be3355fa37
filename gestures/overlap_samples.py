"""Templates beside other shapes: their samples, as they are and turned a little, judged by all shapes at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import LANDMARK_COUNT, Handedness
from handplay.gestures.kinds import Pose, Template
from handplay.gestures.learn.augment import AugmentSettings, augmented
from handplay.gestures.learn.judging import ShapeJudge
from handplay.gestures.library import Library

LEAST_POSE = 0.5
"""Of the samples: a template that merely touches a pose is no news."""
LEAST_TEMPLATE = 0.2
"""Of the hands of a template that another one has a hold on: people do not show a gesture twice alike."""
MOST_SAMPLES = 12
"""Judged of one template, spread over all of them."""
_VARIED = AugmentSettings(copies=2, squash=0.03, tilt_deg=10.0, noise=0.004)
"""As `separation`: people hold a gesture a little differently every time."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A template and another shape that its hands show as well.

    Attributes:
        template, other: the two.
        share: of the template's hands (of a pose: of its samples), 0..1.
        wins: how many of those the template gets, 0..1.
        samples: numbers of samples, from 1, without which the two are apart; empty if there are none.
        holder: name of the template that has those.
    """

    template: Template
    other: Pose | Template
    share: float
    wins: float
    samples: tuple[int, ...] = ()
    holder: str = ""


def shared_shapes(library: Library, names: Collection[str]) -> Iterator[Shared]:
    """Each template with each shape that its hands show as well.

    Args:
        names: only pairs with one of these gestures.
    """
    shapes = [
        gesture for gesture in library.gestures if isinstance(gesture, (Pose, Template)) and gesture.layer == "pose"
    ]
    judge = ShapeJudge(shapes)
    told: set[frozenset[str]] = set()
    for template in shapes:
        if not isinstance(template, Template):
            continue
        hands, side, count = _hands_of(template)
        matches, ranks = _judged(judge, hands, side)
        mine = ranks[:, shapes.index(template)]
        for number, other in enumerate(shapes):
            if other is template or not {template.name, other.name} & set(names):
                continue
            if {template.hand, other.hand} == {"left", "right"}:
                continue
            shows = matches[:, number]
            if isinstance(other, Template):
                if float(shows.mean()) < LEAST_TEMPLATE or frozenset((template.name, other.name)) in told:
                    continue
                told.add(frozenset((template.name, other.name)))
                wins = float((mine[shows] > ranks[shows, number]).mean())
                pairs = ((template, other), (other, template))
                yield _with_samples(Shared(template, other, float(shows.mean()), wins), pairs)
            elif (share := float(shows[:count].mean())) >= LEAST_POSE:
                wins = float((mine[:count][shows[:count]] >= ranks[:count][shows[:count], number]).mean())
                yield _with_samples(Shared(template, other, share, wins), ((template, other),))


def _with_samples(shared: Shared, pairs: Iterable[tuple[Template, Pose | Template]]) -> Shared:
    """With the samples, of the first template that has some, that are to blame."""
    for template, other in pairs:
        samples = _to_take_out(template, other)
        if samples:
            return replace(shared, samples=samples, holder=template.name)
    return shared


def _to_take_out(template: Template, other: Pose | Template) -> tuple[int, ...]:
    """Numbers of the samples that show the other one, if the two are apart without them."""
    if len(template.samples) > MOST_SAMPLES:
        return ()
    hands, side, count = _hands_of(template)
    shows = _judged(ShapeJudge([other, template]), hands, side)[0][:, 0].reshape(-1, count)
    blamed = shows[0] if isinstance(other, Pose) else shows.any(axis=0)
    if blamed.all():
        return ()
    kept = tuple(sample for sample, bad in zip(template.samples, blamed.tolist(), strict=True) if not bad)
    less = replace(template, samples=kept)
    judge = ShapeJudge([other, less])
    for one, place in ((less, 0), (other, 1)):
        if isinstance(one, Template):
            hands, side, count = _hands_of(one)
            shown = _judged(judge, hands, side)[0][:, place]
            least = LEAST_TEMPLATE if isinstance(other, Template) else LEAST_POSE
            if float((shown if isinstance(other, Template) else shown[:count]).mean()) >= least:
                return ()
    return tuple((np.flatnonzero(blamed) + 1).tolist())


def _sample_numbers(template: Template) -> NDArray[np.intp]:
    """Numbers, from 1, of the samples that are judged."""
    return np.arange(0, len(template.samples), -(-len(template.samples) // MOST_SAMPLES)) + 1


def _hands_of(template: Template) -> tuple[Float32, Handedness, int]:
    """The samples and varied copies of them (N, 21, 3), whose they are, and how many of them are the samples."""
    numbers = _sample_numbers(template)
    samples = np.array([template.samples[number - 1] for number in numbers], np.float32)
    points = samples.reshape(-1, LANDMARK_COUNT, 3)
    side: Handedness = "Left" if template.sample_hand == "left" else "Right"
    return augmented(points, 0, _VARIED), side, len(points)


def _judged(judge: ShapeJudge, hands: Float32, side: Handedness) -> tuple[NDArray[np.bool_], Float32]:
    rows = [judge.judge(hand, side) for hand in hands]
    return np.stack([shown for shown, _ in rows]), np.stack([ranks for _, ranks in rows])
