"""Gestures by example: a hand matches the template whose nearest sample lies within its radius.

All samples of all templates are the rows of one matrix, so a hand costs one product. A template that was trained
against others has weights too: a plane through the space of features with its samples on one side.
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
from handplay.gestures.learn.features import features, flattened, is_flat

TEMPLATE_BITS = 5 * math.log2(3)
"""How much a template narrows down: as a pose that names one state of every finger."""


@dataclass(frozen=True, slots=True)
class TemplateSettings:
    """What holds for templates that say nothing themselves.

    Attributes:
        radius: the largest distance that matches: root mean square over the landmarks, palm units. Two pictures of
            one gesture by different people lie 0.1 to 0.2 apart, different gestures from 0.25.
    """

    radius: float = 0.22

    def __post_init__(self) -> None:
        if not 0 < self.radius < math.inf:
            raise ValueError(f"TemplateSettings.radius: got {self.radius}, wanted a number above 0")


class TemplateTable:
    """All templates of a library, ready to be judged together.

    Args:
        templates: in the order of the results.

    Attributes:
        bits: float32 (T,), specificity, as `PoseTable.bits`.
    """

    def __init__(self, templates: Sequence[Template], settings: TemplateSettings | None = None) -> None:
        settings = settings or TemplateSettings()
        self.templates = tuple(templates)
        self.bits = np.full(len(templates), TEMPLATE_BITS, np.float32)
        self._radius = np.array([template.radius or settings.radius for template in templates], np.float32)
        self._hands = np.array([template.hand for template in templates], np.str_)
        points = [np.array(t.samples, np.float32).reshape(-1, LANDMARK_COUNT, 3) for t in templates]
        mirrors = [np.full(len(p), t.sample_hand == "left") for p, t in zip(points, templates, strict=True)]
        self._starts = np.cumsum([0, *(len(p) for p in points)])[:-1]
        flats = [bool(all(is_flat(sample) for sample in p)) for p in points]
        self._any_flat = any(flats)
        self._deep, self._deep_sizes = _rows(
            [flattened(p) if flat else p for p, flat in zip(points, flats, strict=True)], mirrors
        )
        self._flat, self._flat_sizes = _rows([flattened(p) for p in points], mirrors)
        self._is_flat = np.array(flats, np.bool_)

    def judge(self, points: Float32, handedness: Handedness | None) -> tuple[NDArray[np.bool_], Float32]:
        """Which templates a hand shows, and how well.

        Args:
            points: (21, 3) as of an image that is not mirrored.
            handedness: the person's own hand; None tries both.

        Returns:
            bool (T,), and float32 (T,) scores 0..1: 1 on a sample, 0.5 at the border of matching.
        """
        if handedness is not None:
            return self._judge(points, handedness)
        right, left = self._judge(points, "Right"), self._judge(points, "Left")
        return right[0] | left[0], np.maximum(right[1], left[1])

    def distances(self, points: Float32, handedness: Handedness) -> Float32:
        """Distance of the nearest sample of each template, float32 (T,), palm units; infinite for no hand."""
        if not self.templates:
            return np.zeros(0, np.float32)
        mirror = handedness == "Left"
        if is_flat(points):
            return self._nearest(self._flat, self._flat_sizes, features(points, mirror))
        near = self._nearest(self._deep, self._deep_sizes, features(points, mirror))
        if self._any_flat:
            # A template without depth sees a hand without depth.
            flat = self._nearest(self._flat, self._flat_sizes, features(flattened(points), mirror))
            near = np.where(self._is_flat, flat, near)
        return near

    def _judge(self, points: Float32, handedness: Handedness) -> tuple[NDArray[np.bool_], Float32]:
        part = self.distances(points, handedness) / self._radius
        scores = np.maximum(np.float32(0), 1 - np.float32(0.5) * part * part)
        own = (self._hands == "any") | (self._hands == handedness.lower())
        return (part <= 1) & own, np.where(own, scores, np.float32(0))

    def _nearest(self, rows: Float32, sizes: Float32, seen: Float32) -> Float32:
        if not np.isfinite(seen[0]):
            return np.full(len(self.templates), np.inf, np.float32)
        squared = sizes - 2 * (rows @ seen) + seen @ seen
        nearest: Float32 = np.sqrt(np.maximum(np.minimum.reduceat(squared, self._starts), 0))
        return nearest


def _rows(points: list[NDArray[np.float32]], mirrors: list[NDArray[np.bool_]]) -> tuple[Float32, Float32]:
    """Features of all samples, those that are no hand out of reach, and their squared lengths."""
    if not points:
        return np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
    rows = features(np.concatenate(points), np.concatenate(mirrors))
    rows = np.nan_to_num(rows, nan=1e6)
    return rows, np.einsum("nf,nf->n", rows, rows)
