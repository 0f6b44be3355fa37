"""The corner across from the camera's picture: the keys while nothing moves, and a word when there is no camera."""

from __future__ import annotations

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.motion import Fade
from handplay.engine.stage.stage import Stage
from handplay.games.pong.flow import State
from handplay.games.pong.layout import CourtLayout

_KEYS = (("P", "pause"), ("M", "sound"), ("F11", "full screen"), ("F1", "all keys"), ("Esc", "leave"))
_KEYS_SHOWN: tuple[State, ...] = ("title", "looking", "paused", "result")

_NO_CAMERA = ("No camera:", "keys and mouse play,", "or start with", "--source demo")
"""In short lines: in a small window the names are near."""

_OVER = ("The pictures are over:", "keys and mouse play")


class Corner:
    """What stands in the corner; one thing at a time, faded.

    Args:
        stage: says whether there is a camera.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._keys = Fade(on=True, share=1.0, duration_s=0.22)
        self._note = Fade(duration_s=0.22)

    def update(self, dt_s: float, state: State) -> None:
        """One step on a screen."""
        self._keys.on = state in _KEYS_SHOWN
        self._note.on = not self._keys.on and without_camera(self._stage)
        self._keys.update(dt_s)
        self._note.update(dt_s)

    def draw(self, canvas: Canvas, layout: CourtLayout) -> None:
        """Draws it."""
        x, y = canvas.safe.left, layout.strip.top
        # In a small window letters stop shrinking before their lines do.
        step = max(26.0, canvas.text_area("P", size="small").height)
        keys, note, quiet = self._keys.value, self._note.value, canvas.theme.quiet
        if keys > 0:
            column = max(canvas.text_area(key, size="small", font="bold").width for key, _ in _KEYS) + 14
            for number, (key, meaning) in enumerate(_KEYS):
                line_y = y + number * step
                canvas.text(key, (x, line_y), size="small", font="bold", alpha=keys)
                canvas.text(meaning, (x + column, line_y), size="small", colour=quiet, alpha=keys)
        if note > 0:
            lines = _OVER if self._stage.feed_state == "ended" else _NO_CAMERA
            for number, line in enumerate(lines):
                canvas.text(two_hyphens(line), (x, y + number * step), size="small", colour=quiet, alpha=note)


def without_camera(stage: Stage) -> bool:
    """True while no picture can come."""
    return stage.feed_state in ("no_source", "ended", "closed")


def two_hyphens(words: str) -> str:
    """The same words, with an invisible mark between two hyphens: the font would join them to a dash."""
    return words.replace("--", "-\u200c-")
