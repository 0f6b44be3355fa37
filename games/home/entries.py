"""What the home screen offers: a row for each tile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage

Picture = Literal["pong", "airdraw", "slice", "gestures", "settings", "scores", "guide"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A tile.

    Attributes:
        key: its name, also that of its high scores.
        title: what it is called.
        line: what one does there, in a few words.
        picture: its moving picture.
        make: makes its scene when it is chosen; imports what it needs only then.
        small: True for the row below the games.
        record: how its best result is told.
        counted: what its scores count; empty if it has none.
    """

    key: str
    title: str
    line: str
    picture: Picture
    make: Callable[[Stage], Scene]
    small: bool = False
    record: str = "Best {}"
    counted: str = ""
