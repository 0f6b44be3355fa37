"""What a scene is: the one protocol between the stage and a game."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import pygame

    from handplay.engine.sources.base import Wish
    from handplay.engine.stage.canvas import Canvas


class Scene(Protocol):
    """A game, a tool or a menu on the stage.

    The loop calls `handle` for each event, then `update` once a simulation step, and `draw` once a picture. A scene
    takes its time from `dt_s` and `Stage.sim_time_s` and its chance from `Stage.rng`, never from a clock of its own:
    then the same hands and the same seed play the same game at every frame rate.
    """

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event: keyboard, mouse, window, hand, gesture, pointer or status."""
        ...

    def update(self, dt_s: float) -> None:
        """One fixed step of 1/120 s."""
        ...

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the moment between the last two steps: `alpha` 0 is the one before the last, 1 the last."""
        ...

    def wishes(self) -> tuple[Wish, ...]:
        """Where the demo hand should go; empty if the scene has no wish."""
        ...

    def summary(self) -> dict[str, object]:
        """Goes under "game" in `--summary`: what JSON can hold."""
        ...

    @property
    def finished(self) -> bool:
        """True ends the run."""
        ...


@runtime_checkable
class Leavable(Protocol):
    """A scene that Esc leads out of step by step, before it ends the run."""

    def leave(self) -> bool:
        """Goes one step back; False if there is none left, and the run ends."""
        ...


@runtime_checkable
class Closable(Protocol):
    """A scene that holds something (a file, a thread) until it is left."""

    def close(self) -> None:
        """Lets go of it. May be called twice."""
        ...
