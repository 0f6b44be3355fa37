"""Gestures of a labelled table: as readable poses, as templates, or as templates with weights.

table rows -> examples (right hands, one class a gesture) -> forms -> judged by cross-validation
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.gestures.kinds import Gesture, Pose, Template
from handplay.gestures.learn.augment import AugmentSettings, augmented
from handplay.gestures.learn.evaluation import NONE, Evaluation, LabelClass, score
from handplay.gestures.learn.features import features
from handplay.gestures.learn.judging import ShapeJudge
from handplay.gestures.learn.metric import whitening
from handplay.gestures.learn.prototypes import distances, medoids, radii
from handplay.gestures.learn.rest import short_of_rest
from handplay.gestures.learn.rules import describe, facts_of_table
from handplay.gestures.learn.tables import LandmarkTable
from handplay.gestures.learn.weights import fit_planes

Form = Literal["pose", "template", "weighted"]
FORMS: tuple[Form, ...] = ("pose", "template", "weighted")
FOLDS = 4
_ARMS = [5, 9, 17]


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How gestures are trained.

    Attributes:
        samples: kept of each gesture, at most.
        all_samples: kept of all gestures together, so that the file stays small and judging fast.
        augment: how examples are varied; None for examples as they are.
        sure: how much surer than by half the farthest examples must be shown, log-odds, where nothing tells what no
            gesture looks like.
        open_reach: how much farther than a plain template a weighted one reaches where no rows of none set the radius.
        seed: of chance.
    """

    samples: int = 16
    all_samples: int = 1200
    augment: AugmentSettings | None = field(default_factory=AugmentSettings)
    sure: float = 2.0
    open_reach: float = 1.5
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Rows of a table, ready to learn from.

    Attributes:
        names: of the gestures.
        points: float32 (N, 21, 3), all as right hands, wrist at the origin, palm units.
        classes: (N,), number of the gesture, `len(names)` for none.
        sides: what the table says, for words that need it.
        raw: the table's points.
        groups: (N,), rows of one group are never on both sides of a cross-validation.
        flat: True if no row has depth.
    """

    names: tuple[str, ...]
    points: Float32
    classes: NDArray[np.intp]
    sides: tuple[Handedness | None, ...]
    raw: Float32
    groups: NDArray[np.intp]
    flat: bool

    def take(self, rows: NDArray[np.intp]) -> Examples:
        return Examples(
            self.names,
            self.points[rows],
            self.classes[rows],
            tuple(self.sides[row] for row in rows),
            self.raw[rows],
            self.groups[rows],
            self.flat,
        )


def examples_of(table: LandmarkTable, gesture_of: Mapping[str, str]) -> Examples:
    """The rows of a table, by gesture.

    Args:
        gesture_of: label to gesture name, or "none"; rows of other labels count as none.
    """
    said = [gesture_of.get(label, NONE) for label in table.labels]
    names = tuple(sorted({name for name in said if name != NONE}))
    classes = np.array([names.index(name) if name != NONE else len(names) for name in said], np.intp)
    hands = np.asarray(table.points, np.float32) - table.points[:, :1]
    unit = np.linalg.norm(hands[:, _ARMS], axis=2).mean(axis=1)
    hands = hands / np.maximum(unit, 1e-9)[:, None, None]
    left = np.array(
        [
            side == "Left" or (side is None and not _palm_seen(hand))
            for side, hand in zip(table.handedness, hands, strict=True)
        ]
    )
    hands[left, :, 0] *= -1
    return Examples(
        names,
        hands.astype(np.float32),
        classes,
        table.handedness,
        table.points,
        _groups(table, classes),
        not table.points[:, :, 2].any(),
    )


def _palm_seen(hand: Float32) -> bool:
    """Whether a hand would show its palm if it were a right one: what is most likely where nobody said its side."""
    (ax, ay), (bx, by) = hand[5, :2].tolist(), hand[17, :2].tolist()
    return bool(ax * by - ay * bx < 0)


def _groups(table: LandmarkTable, classes: NDArray[np.intp]) -> NDArray[np.intp]:
    """By person; without persons, neighbouring rows of a label together: they are often one person's."""
    groups = np.zeros(len(table), np.intp)
    named = [bool(person) for person in table.persons]
    for row in np.flatnonzero(named):
        groups[row] = zlib.crc32(table.persons[row].encode()) % FOLDS
    for number in range(int(classes.max()) + 1):
        rows = [row for row in np.flatnonzero(classes == number) if not named[row]]
        groups[rows] = np.arange(len(rows)) * FOLDS // max(1, len(rows))
    return groups


def train(examples: Examples, form: Form, settings: TrainingSettings | None = None) -> tuple[Gesture, ...]:
    """The gestures of the examples in one form. A gesture that no words describe becomes a template."""
    settings = settings or TrainingSettings()
    return _TRAIN[form](examples, settings)


def cross_validate(
    examples: Examples,
    form: Form,
    settings: TrainingSettings | None = None,
    progress: Callable[[int], None] | None = None,
) -> Evaluation | None:
    """Trains on all groups but one and judges that one, for each group; None if there is one group only.

    Args:
        progress: is told how many hands were judged.
    """
    groups = sorted(set(examples.groups.tolist()))
    truth: list[int] = []
    seen: list[str] = []
    for group in groups if len(groups) > 1 else ():
        inside = examples.take(np.flatnonzero(examples.groups != group))
        outside = np.flatnonzero(examples.groups == group)
        if not (inside.classes < len(examples.names)).any():
            continue
        judge = ShapeJudge(train(inside, form, settings))
        for row in outside:
            found = judge.best(examples.raw[row], examples.sides[row])
            truth.append(int(examples.classes[row]))
            seen.append(NONE if found is None else found.name)
        if progress is not None:
            progress(len(seen))
    if not truth:
        return None
    names = (*examples.names, NONE)
    classes = {number: LabelClass(name, frozenset({name})) for number, name in enumerate(names)}
    return score([classes[number] for number in truth], seen)


def _templates(examples: Examples, settings: TrainingSettings) -> tuple[Template, ...]:
    metric = whitening(examples.flat)
    count = len(examples.names)
    rows = features(examples.points) @ metric
    known = [number for number in range(count) if (examples.classes == number).any()]
    keep = max(1, min(settings.samples, settings.all_samples // max(1, len(known))))
    chosen = []
    for number in known:
        own = np.flatnonzero(examples.classes == number)
        chosen.append([int(own[index]) for index in medoids(rows[own], keep)])
    place = {number: at for at, number in enumerate(known)}
    classes = np.array([place.get(number, -1) for number in examples.classes.tolist()], np.intp)
    nothing = _nothing(examples)
    reach = radii(rows, classes, chosen, nothing @ metric)
    if not len(nothing):  # then hands at ease say where a gesture ends
        reach = [
            short_of_rest(radius, rows[classes == at], rows[picked], flat=examples.flat)
            for at, (radius, picked) in enumerate(zip(reach, chosen, strict=True))
        ]
    return tuple(
        Template(
            name=examples.names[number],
            samples=tuple(_written(examples.points[index]) for index in picked),
            radius=round(radius, 3),
        )
        for number, picked, radius in zip(known, chosen, reach, strict=True)
    )


def _nothing(examples: Examples) -> Float32:
    """Features of the rows that show no gesture; those whose side is not known, as either."""
    none = np.flatnonzero(examples.classes == len(examples.names))
    doubted = [row for row in none if examples.sides[row] is None]
    return np.concatenate([features(examples.points[none]), features(examples.points[doubted], True)])


def _weighted(examples: Examples, settings: TrainingSettings) -> tuple[Template, ...]:
    plain = _templates(examples, settings)
    known = [examples.names.index(template.name) for template in plain]
    count = len(known)
    with_none = bool((examples.classes == len(examples.names)).any())
    if count + int(with_none) < 2:
        return plain  # nothing to set it apart from
    metric = whitening(examples.flat)
    place = {number: at for at, number in enumerate(known)}
    points, classes = examples.points, np.array([place.get(int(n), count) for n in examples.classes], np.intp)
    doubted = np.flatnonzero([side is None for side in examples.sides]) if with_none else np.zeros(0, np.intp)
    doubted = doubted[classes[doubted] == count]
    mirrored = points[doubted] * np.array([-1, 1, 1], np.float32)
    points, classes = np.concatenate([points, mirrored]), np.concatenate([classes, classes[doubted]])
    if settings.augment is not None:
        points = augmented(points, settings.seed, settings.augment)
        classes = np.tile(classes, 1 + settings.augment.copies)
    planes = fit_planes(features(points), classes, count, metric, with_none=with_none)
    reach = 1.0 if with_none else settings.open_reach
    bias = planes.bias if with_none else planes.bias + _lift(examples, plain, planes.weights, planes.bias, settings)
    return tuple(
        Template(
            name=template.name,
            samples=template.samples,
            radius=round(template.radius * reach, 3),
            weights=tuple(round(float(number), 3) for number in weights),
            bias=round(float(start), 3),
        )
        for template, weights, start in zip(plain, planes.weights, bias, strict=True)
    )


def _lift(
    examples: Examples, plain: Sequence[Template], weights: Float32, bias: Float32, settings: TrainingSettings
) -> float:
    """What to add to all biases so that nearly all examples are shown, where nothing says what none looks like."""
    from handplay.gestures.learn.templates import TemplateSettings

    metric = whitening(examples.flat)
    pull = TemplateSettings().trained_pull
    rows = features(examples.points)
    odds = []
    for template, plane, start in zip(plain, weights, bias, strict=True):
        own = rows[examples.classes == examples.names.index(template.name)]
        samples = features(np.array(template.samples, np.float32).reshape(-1, 21, 3)) @ metric
        near = distances(own @ metric, samples).min(axis=1)
        odds.append(own @ plane + start - pull * (near - 1))
    return settings.sure - float(np.quantile(np.concatenate(odds), 0.02))


def _poses(examples: Examples, settings: TrainingSettings) -> tuple[Gesture, ...]:
    facts = facts_of_table(examples.raw, examples.sides)
    gestures: list[Gesture] = []
    templates: dict[str, Template] = {}
    for number, name in enumerate(examples.names):
        own = examples.classes == number
        if not own.any():
            continue
        pose = describe(name, facts.take(own), facts.take(~own))
        if is_told(pose):
            gestures.append(pose)
        else:
            templates = templates or {template.name: template for template in _templates(examples, settings)}
            gestures.append(templates[name])
    return tuple(gestures)


def is_told(pose: Pose) -> bool:
    """True for a pose that says anything; without a condition it would always be on."""
    return any((*pose.fingers, pose.touching, pose.apart, pose.together, pose.pointing)) or pose.palm != "any"


def _written(points: Float32) -> tuple[float, ...]:
    return tuple(round(float(number), 3) for number in points.reshape(-1))


_TRAIN: Mapping[Form, Callable[[Examples, TrainingSettings], tuple[Gesture, ...]]] = MappingProxyType(
    {"pose": _poses, "template": _templates, "weighted": _weighted}
)
