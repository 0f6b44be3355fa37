"""Gestures made of what was recorded: a pose in words, a template of a few samples, or a motion of a few paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.gestures.kinds import Gesture, Motion, Template
from handplay.gestures.learn.features import features, is_flat
from handplay.gestures.learn.metric import whitening
from handplay.gestures.learn.performances import Performance, resampled
from handplay.gestures.learn.prototypes import medoids
from handplay.gestures.learn.sampling import HandSample
from handplay.gestures.library import Library

SAMPLES_KEPT = 8
"""Of one recorded template."""
_ARMS = [5, 9, 17]


def shape_of(
    name: str, samples: Sequence[HandSample], library: Library, want: Literal["auto", "pose", "template"] = "auto"
) -> tuple[Gesture, tuple[str, ...]]:
    """A pose or template of held samples, and sentences about it."""
    points = np.stack([sample.image_points for sample in samples])
    sides = [sample.handedness for sample in samples]
    return template_of(name, points, sides), (f"A template of {min(len(samples), SAMPLES_KEPT)} samples.",)


def template_of(
    name: str, points: Float32, sides: Sequence[Handedness | None], keep: int = SAMPLES_KEPT, radius: float = 0.0
) -> Template:
    """A template of the most typical samples, all turned into the hand that most of them are.

    Args:
        points: (N, 21, 3), not mirrored.
    """
    side = Counter(side for side in sides if side).most_common(1)
    main: Handedness = side[0][0] if side else "Right"
    other = np.array([bool(one) and one != main for one in sides])
    shapes = unit_shapes(points)
    shapes[other, :, 0] *= -1
    flat = all(is_flat(shape) for shape in shapes)
    rows = features(shapes, main == "Left") @ whitening(flat)
    chosen = medoids(rows, keep)
    return Template(
        name=name,
        samples=tuple(tuple(round(float(n), 4) for n in shapes[index].reshape(-1)) for index in chosen),
        sample_hand="left" if main == "Left" else "right",
        radius=radius,
    )


def unit_shapes(points: Float32) -> Float32:
    """(N, 21, 3) from the wrist in palm units."""
    shapes = np.asarray(points, np.float32) - points[:, :1]
    unit = np.linalg.norm(shapes[:, _ARMS], axis=2).mean(axis=1)
    scaled: Float32 = (shapes / np.maximum(unit, 1e-6)[:, None, None]).astype(np.float32)
    return scaled


def motion_of(
    name: str, performances: Sequence[Performance], shown: Sequence[HandSample], library: Library
) -> tuple[Motion, tuple[str, ...]]:
    """A motion of performed paths, and sentences about it."""
    motion = Motion(name=name, samples=tuple(resampled(performance.xy) for performance in performances))
    times = "once" if len(performances) == 1 else f"{len(performances)} times"
    way = float(np.mean([performance.way for performance in performances]))
    return motion, (f"A motion, performed {times}, about {way:.1f} palm lengths long.",)
