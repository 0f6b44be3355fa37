"""From one screen to the next without a pop: the old one goes, then the new one comes."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from handplay.engine.stage.motion import CALM_S, Fade

Name = TypeVar("Name", bound=Hashable)


class Screens(Generic[Name]):
    """Which screen shows, and how much of it.

    Args:
        first: the first screen; it fades in.
        duration_s: of each of the two ways.
    """

    def __init__(self, first: Name, duration_s: float = CALM_S) -> None:
        self.current = first
        """The screen to draw."""
        self._wanted = first
        self._fade = Fade(on=True, duration_s=duration_s)

    def show(self, name: Name) -> None:
        """Wants a screen; the one that shows goes first. Wanting it back on the way brings it back at once."""
        self._wanted = name

    def update(self, dt_s: float) -> None:
        """Moves on."""
        if self._wanted != self.current and self._fade.share == 0.0:
            self.current = self._wanted
        self._fade.on = self._wanted == self.current
        self._fade.update(dt_s)

    @property
    def alpha(self) -> float:
        """How much of `current` shows, 0..1."""
        return self._fade.value

    @property
    def rise(self) -> float:
        """How far below its place it is drawn, design units: it comes from below and leaves upward."""
        return (1.0 - self._fade.value) * (16.0 if self._fade.on else -8.0)
