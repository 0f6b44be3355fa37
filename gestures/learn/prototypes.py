"""The few samples that stand for many, and how far from them a hand may be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32

_TRIES = np.linspace(0.4, 2.5, 85)
_LEAST, _MOST = 0.5, 1.8
_LEAST_UNTOLD = 0.7
"""Where nothing shows what no gesture looks like: hands at rest lie 0.8 and more from all gestures of the tables."""
WIDER = 1.15
"""Beyond the farthest of the collected samples: there are more people than were seen."""
INSIDE = 0.98
_SAME = 2e-3
"""Nearer than this is a copy, by rounding."""
_MOST_COMPARED = 600
"""All pairs are compared: more samples than these are thinned out."""


def medoids(rows: Float32, count: int) -> list[int]:
    """Indices of the samples that stand for all: the one in the middle, then always the one farthest from those, and
    each moved to the middle of what is nearest to it.

    Args:
        rows: (N, F) in the coordinates of the metric.

    Returns:
        at most `count` indices, rising.
    """
    among = np.linspace(0, len(rows) - 1, min(len(rows), _MOST_COMPARED)).round().astype(np.intp)
    apart = distances(rows[among], rows[among])
    np.fill_diagonal(apart, 0)  # rounding
    chosen = [int(apart.sum(axis=1).argmin())]
    while len(chosen) < min(count, len(among)):
        farthest = int(apart[chosen].min(axis=0).argmax())
        if apart[chosen, farthest].min() < _SAME:
            break
        chosen.append(farthest)
    for _ in range(10):
        nearest = apart[chosen].argmin(axis=0)
        moved = []
        for group in range(len(chosen)):
            members = np.flatnonzero(nearest == group)
            moved.append(int(members[apart[np.ix_(members, members)].sum(axis=1).argmin()]))
        if moved == chosen:
            break
        chosen = moved
    return sorted({int(among[index]) for index in chosen})


def distances(a: Float32, b: Float32) -> Float32:
    """Between all rows of two matrices, (N, M)."""
    squared = np.einsum("nf,nf->n", a, a)[:, None] + np.einsum("nf,nf->n", b, b) - 2 * (a @ b.T)
    apart: Float32 = np.sqrt(np.maximum(squared, 0)).astype(np.float32)
    return apart


def away_from(rows: Float32, samples: Float32) -> Float32:
    """How far rows lie from the nearest sample that is not themselves, (N,); without those that have none."""
    near = distances(rows, samples)
    near[near < _SAME] = np.inf  # itself
    away = near.min(axis=1)
    told: Float32 = away[np.isfinite(away)]
    return told


def radii(rows: Float32, classes: NDArray[np.intp], chosen: Sequence[Sequence[int]], negatives: Float32) -> list[float]:
    """How far from its chosen samples each class reaches.

    A class of few samples tells little about its own reach, so each radius is drawn half way to the mean of all.

    Args:
        rows: (N, F) of all samples.
        classes: (N,) of each row.
        chosen: of each class, its rows that stand for it. Each of them counts by its distance from the others.
        negatives: (M, F) of hands that show nothing; without them a class reaches a little beyond its own samples.
    """
    found = []
    for number, own in enumerate(chosen):
        away = away_from(rows[classes == number], rows[own])
        if not len(away):
            found.append(np.nan)
        elif len(negatives):
            false = distances(negatives, rows[own]).min(axis=1)
            cost = np.array([(away > at).mean() + (false < at).sum() / len(away) for at in _TRIES])
            found.append(float(_TRIES[cost <= cost.min() + 1e-9].mean()))
        else:
            found.append(float(np.quantile(away, INSIDE)) * WIDER)
    known = [radius for radius in found if radius == radius]
    mean = float(np.mean(known)) if known else _LEAST
    least = _LEAST if len(negatives) else _LEAST_UNTOLD
    return [min(_MOST, max(least, mean if radius != radius else (radius + mean) / 2)) for radius in found]
