"""What a scene is: the protocol between the stage and a game, and what a scene may have besides.

`Scene` is all that a scene must have. Each further protocol is one thing that the stage uses where it is there;
everybody asks with the functions below, so that what a scene without it does stands in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from handplay.engine.errors import StageError

if TYPE_CHECKING:
    import pygame

    from handplay.engine.sources.base import Wish
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.keys_card import KeyRow


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


class Finishing(Protocol):
    """A scene that ends the run by itself; others go on until the player quits."""

    @property
    def finished(self) -> bool:
        """True ends the run."""
        ...


@runtime_checkable
class Summarized(Protocol):
    """A scene with something to tell at the end."""

    def summary(self) -> dict[str, object]:
        """Goes under "game" in `--summary`: what JSON can hold."""
        ...


@runtime_checkable
class Wishful(Protocol):
    """A scene that the demo hand can play."""

    def wishes(self) -> tuple[Wish, ...]:
        """Where the demo hand should go; empty if the scene has no wish."""
        ...


@runtime_checkable
class Leavable(Protocol):
    """A scene that Esc leads out of step by step, before it ends the run."""

    def leave(self) -> bool:
        """Goes one step back; False if there is none left, and the run ends."""
        ...


@runtime_checkable
class Keyed(Protocol):
    """A scene that leaves the page of its keys (F1 or ?) to the stage."""

    def keys(self) -> tuple[KeyRow, ...] | None:
        """The rows of the page, with what mouse and hands do; None to get these keys like any others."""
        ...


@runtime_checkable
class Closable(Protocol):
    """A scene that holds something (a file, a thread) until it is left."""

    def close(self) -> None:
        """Lets go of it. May be called twice."""
        ...


MUST_HAVE = ("handle", "update", "draw")
"""The methods of `Scene`."""


def checked(scene: Scene) -> Scene:
    """The scene, if it has all that one must have.

    Raises:
        StageError: something is missing; the message names it.
    """
    missing = [name for name in MUST_HAVE if not callable(getattr(scene, name, None))]
    if missing:
        raise StageError(
            f"{type(scene).__name__} is no scene: it has no method {', '.join(missing)}. "
            "A scene has handle(event), update(dt_s) and draw(canvas, alpha)."
        )
    return scene


def is_finished(scene: Scene) -> bool:
    """True if the scene wants to end; False if it never says so."""
    try:
        return bool(cast(Finishing, scene).finished)
    except AttributeError:
        if hasattr(type(scene), "finished"):
            raise  # a mistake inside the scene's own property, not a scene without one
        return False


def summary_of(scene: Scene) -> dict[str, object]:
    """What the scene tells at the end; empty if it tells nothing."""
    return scene.summary() if isinstance(scene, Summarized) else {}


def wishes_of(scene: Scene) -> tuple[Wish, ...] | None:
    """Where the demo hand should go; None leaves it to its script."""
    return scene.wishes() if isinstance(scene, Wishful) else None


def leave(scene: Scene) -> bool:
    """Leads one step back; False if there is none."""
    return isinstance(scene, Leavable) and scene.leave()


def keys_of(scene: Scene) -> tuple[KeyRow, ...] | None:
    """What its keys do; None if it tells that itself, or not at all."""
    return scene.keys() if isinstance(scene, Keyed) else None


def close(scene: Scene) -> None:
    """Lets the scene let go of what it holds."""
    if isinstance(scene, Closable):
        scene.close()
