"""More examples than were collected: hands as they would look a little turned, tilted, stretched and seen with noise.

Size, place and side need no examples: features do not change with them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.gestures.learn.metric import turned

_ARMS = [5, 9, 17]


@dataclass(frozen=True, slots=True)
class AugmentSettings:
    """How far examples are varied, standard deviations.

    Attributes:
        lean_deg: turn in the picture.
        tilt_deg: yaw and pitch, out of it. Of hands without depth it becomes a stretch.
        squash: width over height, relative.
        noise: of each landmark, palm units; of its depth twice as much.
        copies: varied examples for each collected one.
    """

    lean_deg: float = 12.0
    tilt_deg: float = 15.0
    squash: float = 0.1
    noise: float = 0.015
    copies: int = 5

    def __post_init__(self) -> None:
        for name in ("lean_deg", "tilt_deg", "squash", "noise", "copies"):
            value = getattr(self, name)
            if not 0 <= value < 1000:
                raise ValueError(f"AugmentSettings.{name}: got {value}, wanted a number from 0 to 1000")


def augmented(points: Float32, seed: int, settings: AugmentSettings | None = None) -> Float32:
    """The hands and varied copies of them.

    Args:
        points: (N, 21, 3).

    Returns:
        float32 (N * (1 + copies), 21, 3), wrist at the origin, palm units: first the hands as they are, then all of
        them once more for each copy. Hands without depth stay so.
    """
    s = settings or AugmentSettings()
    rng = np.random.default_rng(seed)
    hands = np.asarray(points, np.float64) - points[:, :1]
    unit = np.linalg.norm(hands[:, _ARMS], axis=2).mean(axis=1)
    hands /= np.maximum(unit, 1e-9)[:, None, None]
    flat = ~hands[:, :, 2].any(axis=1)
    rows = [hands]
    for _ in range(s.copies):
        roll = np.radians(rng.normal(0, s.lean_deg, len(hands)))
        yaw, pitch = np.radians(rng.normal(0, s.tilt_deg, (2, len(hands))))
        # Published depth is about half of the true one: a turn needs the true one.
        varied = turned(hands * np.array([1.0, 1.0, 2.0]), roll, yaw, pitch) * (1, 1, 0.5)
        varied[:, :, 0] *= np.exp(rng.normal(0, s.squash, (len(hands), 1)))
        varied += rng.normal(0, s.noise, hands.shape) * (1, 1, 2)
        varied[flat, :, 2] = 0.0
        rows.append(varied)
    return np.concatenate(rows).astype(np.float32)
