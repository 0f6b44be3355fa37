"""One scene after another on the same stage: from the home screen into a game and back, with the hands kept.

The shell is a scene itself: it passes everything on to the scene that shows, and fades between two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from handplay.engine.errors import HandplayError
from handplay.engine.high_scores import HighScores
from handplay.engine.preferences import Preferences
from handplay.engine.stage.motion import Fade
from handplay.engine.stage.scene import Closable, Leavable, is_finished, keys_of, summary_of, wishes_of
from handplay.games.home.entries import Entry
from handplay.games.home.home import HomeScene

if TYPE_CHECKING:
    import pygame

    from handplay.engine.sources.base import Wish
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.keys_card import KeyRow
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage

_FADE_S = 0.2


class Shell:
    """The whole program as one scene.

    Args:
        stage: the services.
        entries: the tiles of the home screen.
        preferences: gives the choices as they are now (the settings change them).
        scores: the best results, shown on the tiles.
        first: key of an entry to begin with; None begins at home.
    """

    def __init__(
        self,
        stage: Stage,
        entries: Sequence[Entry],
        preferences: Callable[[], Preferences],
        scores: HighScores | None = None,
        first: str | None = None,
    ) -> None:
        self._stage = stage
        self._entries = {entry.key: entry for entry in entries}
        self._preferences = preferences
        self._scores = scores
        self._played: dict[str, object] = {}
        self._wanted: str | None = first
        self._at: str | None = first
        self.scene: Scene = self._home() if first is None else self._entries[first].make(stage)
        self._fade = Fade(on=True, duration_s=_FADE_S)

    def handle(self, event: pygame.event.Event) -> None:
        """Passes it on; not while one scene gives way to another."""
        if self._wanted == self._at:
            self.scene.handle(event)

    def update(self, dt_s: float) -> None:
        """One fixed step of the scene that shows."""
        self._fade.on = self._wanted == self._at
        self._fade.update(dt_s)
        if self._wanted != self._at and self._fade.share == 0.0:
            self._change()
        self.scene.update(dt_s)
        if self._wanted != self._at:
            return
        if isinstance(self.scene, HomeScene):
            if self.scene.chosen is not None:
                self._wanted, self.scene.chosen = self.scene.chosen, None
        elif is_finished(self.scene):
            self._wanted = None

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the scene, darker while it changes."""
        self.scene.draw(canvas, alpha)
        canvas.dim(1.0 - self._fade.value)

    def wishes(self) -> tuple[Wish, ...]:
        """Those of the scene that shows."""
        return wishes_of(self.scene) or ()

    def keys(self) -> tuple[KeyRow, ...] | None:
        """Those of the scene that shows."""
        return keys_of(self.scene)

    def leave(self) -> bool:
        """Esc: goes back home. False when it is there already: then the program ends."""
        if isinstance(self.scene, Leavable) and self.scene.leave():
            return True
        if self._at is None:
            return False
        self._wanted = None
        return True

    def close(self) -> None:
        """Lets the scene that shows let go of what it holds."""
        if isinstance(self.scene, Closable):
            self.scene.close()

    def summary(self) -> dict[str, object]:
        """What each scene said at its end, by its key, and where one is now."""
        self._note()
        return {"at": self._at or "home", "played": dict(self._played)}

    @property
    def finished(self) -> bool:
        """The program ends when the player leaves the home screen."""
        return False

    def _home(self) -> HomeScene:
        best = {}
        for key, entry in self._entries.items():
            rows = self._scores.best(key) if self._scores is not None else ()
            if rows:
                best[key] = entry.record.format(rows[0].score)
        return HomeScene(self._stage, tuple(self._entries.values()), self._preferences(), best)

    def _change(self) -> None:
        self._note()
        if isinstance(self.scene, Closable):
            self.scene.close()
        stage = self._stage
        stage.inset.corner, stage.inset.wanted, stage.toasts.at_top = "top_right", True, False
        wanted = self._wanted
        if wanted is not None:
            try:
                self.scene = self._entries[wanted].make(stage)
            except HandplayError as error:
                stage.toasts.show(str(error))
                self._wanted = wanted = None
        if wanted is None:
            self.scene = self._home()
        self._at = wanted

    def _note(self) -> None:
        if self._at is not None:
            self._played[self._at] = summary_of(self.scene)
