"""A stage without window and loudspeaker that can be asked what it was told."""

from __future__ import annotations

import random

from handplay.engine.stage.inset import Inset
from handplay.engine.stage.sound import Sound
from handplay.engine.stage.stage import Stage
from handplay.engine.stage.toast import Toasts


class HeardToasts(Toasts):
    """Toasts that can be asked what they were told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def show(self, text: str) -> None:
        self.told.append(text)
        super().show(text)


class HeardSound(Sound):
    """Writes down what would be heard."""

    def __init__(self) -> None:
        super().__init__(off=True)
        self.heard: list[tuple[str, float, int]] = []

    def play(self, name: str, *, x: float = 0.5, pitch: int = 0, volume: float = 1.0) -> None:
        super().play(name, x=x, pitch=pitch, volume=volume)
        self.heard.append((name, x, pitch))


def quiet_stage(seed: int = 1, sound: Sound | None = None) -> Stage:
    """A stage whose feed runs."""
    stage = Stage(
        sound=sound or Sound(off=True), inset=Inset(), toasts=HeardToasts(), seed=seed, rng=random.Random(seed)
    )
    stage.feed_state = "running"
    return stage
