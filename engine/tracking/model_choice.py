"""`--model auto`: the full networks, or the lite ones on a machine that is too slow for the full.

Measured when the tracker is made, on an empty picture: the networks do the same work whatever they see, so that takes
a tenth of a second and no wrong hand is ever shown. A comparison while tracking would have to swap networks, and with
them the hands, in front of the player.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np

from handplay.engine.errors import ModelMissing
from handplay.engine.tracking.model_files import ModelVariant
from handplay.engine.tracking.runtime import ImageModel
from handplay.engine.tracking.tracker import Networks, load_networks

FRAME_BUDGET_S = 0.6 / 30
"""For the networks of one frame of a 30 fps camera: three fifths of it, the rest belongs to the game and the camera."""

_ROUNDS = 5
_PALM_SIZE, _HAND_SIZE = 192, 224


class Loader(Protocol):
    """`load_networks`, or a stand-in."""

    def __call__(self, model: ModelVariant, *, models_dir: Path | None, threads: int | None) -> Networks: ...


def choose_networks(
    *,
    hands: int = 2,
    models_dir: Path | None = None,
    threads: int | None = None,
    budget_s: float = FRAME_BUDGET_S,
    load: Loader = load_networks,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[Networks, ModelVariant]:
    """Loads the full networks and keeps them if one frame with all hands in view fits the budget; else the lite ones.

    A frame costs one look at each hand, and a palm search now and then: a third of one is counted.

    Args:
        hands: hands that may be in view.
        models_dir, threads: see `load_networks`.
        budget_s: seconds that the networks may take for one frame.
        load, clock: for tests.

    Returns:
        The networks, and which of the two they are. Without lite models the full ones stay.

    Raises:
        ModelError: no models, or not what they should be.
    """
    full = load("full", models_dir=models_dir, threads=threads)
    cost_s = hands * _median_s(full.hand, _HAND_SIZE, clock) + _median_s(full.palm, _PALM_SIZE, clock) / 3
    if cost_s <= budget_s:
        return full, "full"
    try:
        return load("lite", models_dir=models_dir, threads=threads), "lite"
    except ModelMissing:
        return full, "full"


def _median_s(network: ImageModel, size: int, clock: Callable[[], float]) -> float:
    """Seconds of one run, the first left out: it sets up the runtime."""
    picture = np.zeros((size, size, 3), np.uint8)
    network.infer(picture)
    times = []
    for _ in range(_ROUNDS):
        start = clock()
        network.infer(picture)
        times.append(clock() - start)
    return statistics.median(times)
