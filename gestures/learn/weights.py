"""What sets gestures apart from each other and from none: multinomial logistic regression over the features.

Its classes are the gestures and, if there are examples of it, no gesture. A gesture's weights are its own less those
of no gesture, so each stands for itself in a file and all of them together still compete as they were fitted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32

_SHARPEN = 3.0
"""Coordinates of the metric are small; the penalty below is meant for numbers around 1."""
_PENALTY = 1e-3
"""On the squared weights; from 0.0003 to 0.003 all do as well in cross-validation."""
_STEPS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """Weights over plain features.

    Attributes:
        weights: float32 (K, F).
        bias: float32 (K,).
    """

    weights: Float32
    bias: Float32


def fit_planes(rows: Float32, classes: NDArray[np.intp], count: int, metric: Float32, *, with_none: bool) -> Planes:
    """Fits.

    Args:
        rows: (N, F) features.
        classes: (N,), 0 to count - 1 a gesture, `count` none.
        count: number of gestures.
        metric: (F, F), as of `metric.whitening`.
        with_none: there are rows of no gesture.
    """
    from scipy.optimize import minimize

    total = count + int(with_none)
    turn = metric.astype(np.float64) * _SHARPEN
    seen = rows.astype(np.float64) @ turn
    middle = seen.mean(axis=0)
    seen -= middle
    size = seen.shape[1]
    # Rare gestures count more than their share, though not as much as frequent ones.
    often = np.bincount(classes, minlength=total)
    share = 1 / np.sqrt(often[classes])
    share /= share.sum()
    truth = np.zeros((len(seen), total))
    truth[np.arange(len(seen)), classes] = 1.0

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = flat[: size * total].reshape(size, total), flat[size * total :]
        odds = seen @ weights + bias
        odds -= odds.max(axis=1, keepdims=True)
        chance = np.exp(odds)
        chance /= chance.sum(axis=1, keepdims=True)
        cost = -(share * np.log((chance * truth).sum(axis=1) + 1e-12)).sum() + _PENALTY * (weights**2).sum() / 2
        slope = (chance - truth) * share[:, None]
        return float(cost), np.concatenate([(seen.T @ slope + _PENALTY * weights).ravel(), slope.sum(axis=0)])

    found = minimize(loss, np.zeros(size * total + total), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    weights, bias = found[: size * total].reshape(size, total), found[size * total :]
    against = (
        (weights[:, count:], bias[count:])
        if with_none
        else (
            weights.mean(axis=1, keepdims=True),
            bias.mean(keepdims=True),
        )
    )
    weights, bias = weights[:, :count] - against[0], bias[:count] - against[1]
    plain = turn @ weights
    return Planes(plain.T.astype(np.float32), (bias - middle @ weights).astype(np.float32))
