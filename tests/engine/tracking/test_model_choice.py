"""`--model auto` takes the lite models on a slow machine only."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.errors import ModelMissing
from handplay.engine.tracking.model_choice import choose_networks
from handplay.engine.tracking.model_files import ModelVariant
from handplay.engine.tracking.tracker import Networks


class Machine:
    """A clock that only the networks move on."""

    def __init__(self, palm_s: float, hand_s: float, *, lite: bool = True) -> None:
        self.now_s, self.cost_s, self.lite = 0.0, {192: palm_s, 224: hand_s}, lite
        self.loaded: list[str] = []

    def infer(self, picture: NDArray[np.uint8]) -> tuple[Float32, ...]:
        self.now_s += self.cost_s[picture.shape[0]]
        return ()

    def load(self, model: ModelVariant, *, models_dir: Path | None, threads: int | None) -> Networks:
        if model == "lite" and not self.lite:
            raise ModelMissing("no lite models")
        self.loaded.append(model)
        return Networks(self, self)

    def choose(self, hands: int = 2) -> str:
        return choose_networks(hands=hands, budget_s=0.020, load=self.load, clock=lambda: self.now_s)[1]


@pytest.mark.parametrize(
    ("palm_s", "hand_s", "hands", "chosen"),
    [
        (0.005, 0.004, 2, "full"),
        (0.020, 0.015, 2, "lite"),
        (0.020, 0.015, 1, "lite"),
        (0.006, 0.015, 1, "full"),
        (0.060, 0.001, 2, "lite"),
    ],
    ids=["fast", "slow", "slow with one hand", "fast enough for one hand", "slow search"],
)
def test_the_choice(palm_s: float, hand_s: float, hands: int, chosen: str) -> None:
    assert Machine(palm_s, hand_s).choose(hands) == chosen


def test_a_fast_machine_never_loads_the_lite_models() -> None:
    machine = Machine(0.005, 0.004)
    machine.choose()
    assert machine.loaded == ["full"]


def test_without_lite_models_the_full_ones_stay() -> None:
    assert Machine(0.1, 0.1, lite=False).choose() == "full"
