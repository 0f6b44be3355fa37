"""Gestures by example: a hand matches the template whose nearest sample lies within its radius.

All samples of all templates are the rows of one matrix, so a hand costs one product; what follows goes on with the
few that are near. A template that was trained
against others has weights too: a plane through the space of features that has its samples on one side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import LANDMARK_COUNT, Handedness
from handplay.gestures.kinds import Template
from handplay.gestures.learn.features import FEATURES, features, flattened, is_flat
from handplay.gestures.learn.metric import whitening

_ZERO = np.float32(0)
TEMPLATE_BITS = 5 * math.log2(3)
"""How much a template narrows down: as a pose that names one state of every finger."""


@dataclass(frozen=True, slots=True)
class TemplateSettings:
    """What holds for templates that say nothing themselves.

    Attributes:
        radius: the largest distance that matches. Two shows of one gesture lie 0.4 to 0.8 apart (see `metric`).
        pull: how fast certainty falls with distance: the log-odds of one unit.
        trained_pull: the same for templates with weights, whose weights say most already.
        runner_up: a template that another one beats still matches down to this score, so that the one that is on can
            stay on.
    """

    radius: float = 0.9
    pull: float = 8.0
    trained_pull: float = 5.0
    runner_up: float = 0.4

    def __post_init__(self) -> None:
        for name in ("radius", "pull", "trained_pull", "runner_up"):
            value = getattr(self, name)
            if not 0 < value < math.inf:
                raise ValueError(f"TemplateSettings.{name}: got {value}, wanted a number above 0")


class TemplateTable:
    """All templates of a library, ready to be judged together.

    Args:
        templates: in the order of the results.

    Attributes:
        bits: float32 (T,), specificity, as `PoseTable.bits`.
    """

    def __init__(self, templates: Sequence[Template], settings: TemplateSettings | None = None) -> None:
        self.settings = settings = settings or TemplateSettings()
        self.templates = tuple(templates)
        self.bits = np.full(len(templates), TEMPLATE_BITS, np.float32)
        self._radius = np.array([template.radius or settings.radius for template in templates], np.float32)
        self._trained = np.array([bool(template.weights) for template in templates], np.bool_)
        self._pull = np.where(self._trained, settings.trained_pull, settings.pull).astype(np.float32)
        # Log-odds at distance 0, apart from what the weights say of the hand.
        self._start = np.array(
            [t.bias + settings.trained_pull if t.weights else settings.pull * settings.radius for t in templates],
            np.float32,
        )
        self._weights = np.zeros((len(templates), FEATURES), np.float32)
        for row, template in zip(self._weights, templates, strict=True):
            row[: len(template.weights)] = template.weights
        self._any_trained = bool(self._trained.any())
        self._plain_pull = np.float32(settings.pull)
        self._reach = self._plain_pull * self._radius
        # Of which hand: nothing is added to the odds of a right one, and all is taken from a wrong one.
        self._side_of: dict[Handedness, Float32 | None] = {"Left": None, "Right": None}
        for side in self._side_of:
            wrong = [template.hand not in ("any", side.lower()) for template in templates]
            if any(wrong):
                self._side_of[side] = np.where(wrong, np.float32(-np.inf), np.float32(0))
        points = [np.array(t.samples, np.float32).reshape(-1, LANDMARK_COUNT, 3) for t in templates]
        mirror = np.repeat([t.sample_hand == "left" for t in templates], [len(p) for p in points])
        self._starts = np.cumsum([0, *(len(p) for p in points)])[:-1]
        flats = [all(is_flat(sample) for sample in p) for p in points]
        self._is_flat = np.array(flats, np.bool_)
        self._any_flat, self._all_flat = any(flats), all(flats)
        deep = [flattened(p) if flat else p for p, flat in zip(points, flats, strict=True)]
        self._flat = _Rows([flattened(p) for p in points], mirror, self._starts, self._weights, flat=True)
        self._deep = self._flat if all(flats) else _Rows(deep, mirror, self._starts, self._weights, flat=False)

    def judge(self, points: Float32, handedness: Handedness | None) -> tuple[NDArray[np.bool_], Float32]:
        """Which templates a hand shows, and how well.

        Args:
            points: (21, 3) as of an image that is not mirrored.
            handedness: the person's own hand; None tries both.

        Returns:
            bool (T,), and float32 (T,) scores 0..1: near 1 for a plain show, 0.5 at the border of matching and where
            another template does as well.
        """
        if not self.templates:
            return np.zeros(0, np.bool_), np.zeros(0, np.float32)
        odds, shown = (row.tolist() for row in self._best_odds(points, handedness))
        scores = self._scores(odds, shown, range(len(odds)))
        matches = [sure > 0 and score >= self.settings.runner_up for sure, score in zip(shown, scores, strict=True)]
        return np.array(matches, np.bool_), np.array(scores, np.float32)

    def shown(self, points: Float32, handedness: Handedness | None) -> list[tuple[int, float]]:
        """The templates that a hand shows, with their scores: what `judge` tells, without those it does not show."""
        odds, shown = (row.tolist() for row in self._best_odds(points, handedness))
        valid = [number for number, sure in enumerate(shown) if sure > 0]
        scores = self._scores(odds, shown, valid)
        return [(n, score) for n, score in zip(valid, scores, strict=True) if score >= self.settings.runner_up]

    def distances(self, points: Float32, handedness: Handedness) -> Float32:
        """Distance of the nearest sample of each template, float32 (T,); infinite for points that are no hand."""
        return self._seen(points, handedness)[0] if self.templates else np.zeros(0, np.float32)

    def _seen(self, points: Float32, handedness: Handedness) -> tuple[Float32, Float32]:
        """Distances, and what the weights say."""
        mirror = handedness == "Left"
        # Nearly always two depths settle it.
        flat = self._all_flat or (bool(points[0, 2] == points[8, 2]) and is_flat(points))
        near, said = (self._flat if flat else self._deep).seen(features(flattened(points) if flat else points, mirror))
        if not flat and self._any_flat:
            # A template without depth sees a hand without depth.
            flat_near, flat_said = self._flat.seen(features(flattened(points), mirror))
            near = np.where(self._is_flat, flat_near, near)
            said = np.where(self._is_flat, flat_said, said)
        return near, said

    def _best_odds(self, points: Float32, handedness: Handedness | None) -> tuple[Float32, Float32]:
        """As `odds`; of a hand whose side is not known, those of the side that fits better."""
        if handedness is not None:
            return self.odds(points, handedness)
        right, left = self.odds(points, "Right"), self.odds(points, "Left")
        better = left[1] > right[1]
        return np.where(better, left[0], right[0]), np.where(better, left[1], right[1])

    def odds(self, points: Float32, handedness: Handedness) -> tuple[Float32, Float32]:
        """Log-odds by which templates compete, and those of showing it rather than nothing, each float32 (T,).

        Plain templates compete by distance alone: a wide radius is no merit.
        """
        near, said = self._seen(points, handedness)
        odds = self._start + said - self._pull * near
        inside = self._reach - self._plain_pull * near
        shown = np.where(self._trained, np.minimum(odds, inside), inside) if self._any_trained else inside
        right_side = self._side_of[handedness]
        return odds, shown if right_side is None else shown + right_side

    def _scores(self, odds: list[float], shown: list[float], numbers: Sequence[int]) -> list[float]:
        """Of these templates, each against the best other one that is shown."""
        valid = [number for number in numbers if shown[number] > 0]
        first = max(valid, key=odds.__getitem__, default=-1)
        best = odds[first] if valid else -math.inf
        second = max((odds[number] for number in valid if number != first), default=-math.inf)
        return [_chance(min(shown[number], odds[number] - (second if number == first else best))) for number in numbers]


def _chance(odds: float) -> float:
    """Log-odds as 0..1."""
    return 1.0 / (1.0 + math.exp(-min(max(odds, -80.0), 80.0)))


_PIECE = 9000
"""A product of more numbers than this wakes the threads of the linear algebra, which costs more than it saves."""


class _Rows:
    """All samples in the coordinates of the metric, and all weights: one product tells what a hand is to each.

    The squared distance of a hand h from a sample s is |Mh|^2 - 2 (M's).h + |s|^2, with M the metric: the samples are
    turned back by the metric once, so that a hand is not turned before each product.
    """

    def __init__(
        self,
        points: list[Float32],
        mirror: NDArray[np.bool_],
        starts: NDArray[np.intp],
        weights: Float32,
        *,
        flat: bool,
    ) -> None:
        metric = whitening(flat)
        rows = features(np.concatenate(points), mirror) if points else np.zeros((0, FEATURES), np.float32)
        rows = np.nan_to_num(rows @ metric, nan=1e6)  # what is no hand is out of reach
        self._starts, self._count = starts, len(weights)
        self._squares = np.einsum("nf,nf->n", rows, rows)
        self._samples = slice(0, len(rows))
        self._metric = slice(len(rows), len(rows) + FEATURES)
        self._weights = slice(self._metric.stop, None)
        self._has_weights = bool(weights.any())
        parts = (-2 * (rows @ metric.T), metric.T, *((weights,) if self._has_weights else ()))
        table = np.ascontiguousarray(np.concatenate(parts), np.float32)
        height = _PIECE // FEATURES
        self._pieces = [table[first : first + height] for first in range(0, len(table), height)]
        self._none_said = np.zeros(len(weights), np.float32)

    def seen(self, row: Float32) -> tuple[Float32, Float32]:
        """Distance from the nearest sample of each template, and what its weights say: float32 (T,) each.

        Args:
            row: float32 (62,), the features of a hand; NaN for what is none.
        """
        if not math.isfinite(row[0]):
            return np.full(self._count, np.inf, np.float32), self._none_said
        told = np.concatenate([np.dot(piece, row) for piece in self._pieces])
        own = told[self._metric]
        squared = np.minimum.reduceat(told[self._samples] + self._squares, self._starts) + np.dot(own, own)
        near: Float32 = np.sqrt(np.maximum(squared, _ZERO))
        return near, told[self._weights] if self._has_weights else self._none_said
