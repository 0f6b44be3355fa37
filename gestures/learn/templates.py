"""Gestures by example: a hand matches the template whose nearest sample lies within its radius.

All samples of all templates are the rows of one matrix, so a hand costs one product. A template that was trained
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
        self._side_of = {
            side: np.array([template.hand in ("any", side.lower()) for template in templates], np.bool_)
            for side in ("Left", "Right")
        }
        points = [np.array(t.samples, np.float32).reshape(-1, LANDMARK_COUNT, 3) for t in templates]
        mirror = np.repeat([t.sample_hand == "left" for t in templates], [len(p) for p in points])
        self._starts = np.cumsum([0, *(len(p) for p in points)])[:-1]
        flats = [all(is_flat(sample) for sample in p) for p in points]
        self._is_flat = np.array(flats, np.bool_)
        deep = [flattened(p) if flat else p for p, flat in zip(points, flats, strict=True)]
        self._flat = _Rows([flattened(p) for p in points], mirror, flat=True)
        self._deep = self._flat if all(flats) else _Rows(deep, mirror, flat=False)

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
        if handedness is not None:
            return self._compared(*self._odds(points, handedness))
        right, left = self._odds(points, "Right"), self._odds(points, "Left")
        better = left[1] > right[1]
        return self._compared(np.where(better, left[0], right[0]), np.where(better, left[1], right[1]))

    def distances(self, points: Float32, handedness: Handedness) -> Float32:
        """Distance of the nearest sample of each template, float32 (T,); infinite for points that are no hand."""
        return self._seen(points, handedness)[0] if self.templates else np.zeros(0, np.float32)

    def _seen(self, points: Float32, handedness: Handedness) -> tuple[Float32, Float32]:
        """Distances, and what the weights say."""
        mirror = handedness == "Left"
        flat = self._deep is self._flat or is_flat(points)
        row = features(flattened(points) if flat else points, mirror)
        near, said = (self._flat if flat else self._deep).nearest(row, self._starts), self._said(row)
        if not flat and self._is_flat.any():
            # A template without depth sees a hand without depth.
            row = features(flattened(points), mirror)
            near = np.where(self._is_flat, self._flat.nearest(row, self._starts), near)
            said = np.where(self._is_flat, self._said(row), said)
        return near, said

    def _said(self, row: Float32) -> Float32:
        if not np.isfinite(row[0]):
            return np.zeros(len(self.templates), np.float32)
        said: Float32 = np.einsum("tf,f->t", self._weights, row)
        return said

    def _odds(self, points: Float32, handedness: Handedness) -> tuple[Float32, Float32]:
        """Log-odds by which templates compete, and those of showing it rather than nothing, each float32 (T,).

        Plain templates compete by distance alone: a wide radius is no merit.
        """
        near, said = self._seen(points, handedness)
        odds = self._start + said - self._pull * near
        inside = self.settings.pull * (self._radius - near)
        shown = np.where(self._trained, np.minimum(odds, inside), inside)
        return odds, np.where(self._side_of[handedness] & (near < np.inf), shown, np.float32(-np.inf))

    def _compared(self, odds: Float32, shown: Float32) -> tuple[NDArray[np.bool_], Float32]:
        """Each against the best other one that is shown."""
        valid = shown > 0
        if not valid.any():
            return valid, _chance(shown)
        rivals = np.where(valid, odds, np.float32(-np.inf))
        first = int(rivals.argmax())
        best = rivals[first]
        rivals[first] = -np.inf
        over = odds - best
        over[first] = odds[first] - rivals.max()
        scores = _chance(np.minimum(shown, over))
        return valid & (scores >= self.settings.runner_up), scores


def _chance(odds: Float32) -> Float32:
    """Log-odds as 0..1."""
    bounded = np.minimum(np.maximum(odds, np.float32(-80)), np.float32(80))
    chance: Float32 = np.float32(1) / (np.float32(1) + np.exp(-bounded))
    return chance


class _Rows:
    """All samples in the coordinates of the metric."""

    def __init__(self, points: list[Float32], mirror: NDArray[np.bool_], *, flat: bool) -> None:
        self._metric = whitening(flat)
        rows = features(np.concatenate(points), mirror) if points else np.zeros((0, FEATURES), np.float32)
        self._rows = np.nan_to_num(rows @ self._metric, nan=1e6)  # what is no hand is out of reach
        self._squares = np.einsum("nf,nf->n", self._rows, self._rows)

    def nearest(self, row: Float32, starts: NDArray[np.intp]) -> Float32:
        """Distance from the nearest sample of each template, float32 (T,)."""
        if not np.isfinite(row[0]):
            return np.full(len(starts), np.inf, np.float32)
        # Not `@`: a product of this size would wake the threads of the linear algebra, which costs more.
        seen = np.einsum("f,fg->g", row, self._metric)
        cross = np.einsum("nf,f->n", self._rows, seen)
        squared = np.minimum.reduceat(self._squares - 2 * cross, starts) + np.einsum("f,f->", seen, seen)
        nearest: Float32 = np.sqrt(np.maximum(squared, 0))
        return nearest
