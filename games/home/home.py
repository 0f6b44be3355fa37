"""The home screen: a tile for each game, a smaller row below, chosen by hand, mouse or keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from handplay.engine.preferences import Preferences
from handplay.engine.stage.choosing import Chooser, ChoosingSettings, Target
from handplay.engine.stage.keys_card import KeyRow
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import Fade, ease_out
from handplay.games.home.demonstration import Demonstration
from handplay.games.home.entries import Entry
from handplay.games.home.pictures import TilePictures
from handplay.games.home.tiles import KEYS, draw_filled, draw_ground, draw_titled

if TYPE_CHECKING:
    import pygame

    from handplay.engine.sources.base import Wish
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.stage import Stage

_GAP = 24.0
_TILE = (264.0, 304.0)
_SMALL = (312.0, 128.0)
_TOP = 208.0


class HomeScene:
    """The home screen (`handplay.engine.stage.scene.Scene`).

    Args:
        stage: the services.
        entries: the tiles.
        preferences: how targets are pressed, and where the hand moves.
        best: a line about the best result of an entry, by its key.

    Attributes:
        chosen: the key of the entry that was pressed, until it is taken.
    """

    def __init__(
        self,
        stage: Stage,
        entries: Sequence[Entry],
        preferences: Preferences,
        best: Mapping[str, str] | None = None,
    ) -> None:
        self._stage = stage
        self._entries = tuple(entries)
        self._best = dict(best or {})
        self.chosen: str | None = None
        self._chooser = Chooser(ChoosingSettings(press=preferences.press, reach=preferences.reach))
        self._places = _places(self._entries)
        self._targets = tuple(Target(key, area) for key, area in self._places.items())
        self._chooser.show(self._targets)
        self._pictures = TilePictures(still=stage.settings.reduced_motion)
        self._fade = Fade(on=True, duration_s=0.5)
        self._hint = Fade(duration_s=0.3)
        self._time_s = 0.0
        self._hovered: str | None = None
        self._demonstration = Demonstration(self._places)
        stage.inset.corner = "top_right"
        stage.toasts.at_top = True  # the buttons are below

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event."""
        self._chooser.handle(event)
        self._demonstration.handle(event)

    def update(self, dt_s: float) -> None:
        """One fixed step."""
        self._time_s += dt_s
        self._fade.update(dt_s)
        self._pictures.still = self._stage.settings.reduced_motion
        self._pictures.update(dt_s)
        for key in self._chooser.update(dt_s):
            self.chosen = key
            self._stage.sound.play("select", x=self._places[key].centre[0] / 1280)
        if self._chooser.focus != self._hovered:
            self._hovered = self._chooser.focus
            if self._hovered is not None:
                self._stage.sound.play("hover", x=self._places[self._hovered].centre[0] / 1280, volume=0.5)
        self._hint.on = self._time_s > 1.0 and self._stage.feed_state in ("running", "no_source", "ended")
        self._hint.update(dt_s)
        self._demonstration.update(dt_s)

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the moment."""
        canvas.backdrop()
        self._draw_title(canvas)
        for number, entry in enumerate(self._entries):
            come = ease_out((self._time_s - 0.06 * number) / 0.4)
            self._draw_tile(canvas, entry, self._places[entry.key], come)
        self._draw_hint(canvas)
        self._chooser.draw(canvas)

    def wishes(self) -> tuple[Wish, ...]:
        """The demo hand goes from tile to tile and pinches."""
        return self._demonstration.wishes

    def keys(self) -> tuple[KeyRow, ...]:
        """What keys, mouse and hand do here."""
        return KEYS

    def summary(self) -> dict[str, object]:
        """What is on the screen."""
        return {"tiles": [entry.key for entry in self._entries]}

    @property
    def finished(self) -> bool:
        """Choosing does not end the screen: the shell takes what is chosen."""
        return False

    def _draw_title(self, canvas: Canvas) -> None:
        theme, shown = canvas.theme, self._fade.value
        left = self._places[self._entries[0].key].left
        canvas.glow((left + 150, 112), 220, theme.aqua, 0.12 * shown)
        area = canvas.text("handplay", (left, 112), size=76, font="title", valign="middle", alpha=shown)
        canvas.glow((area.right + 16, 128), 26, theme.gold, 0.7 * shown)
        canvas.disc((area.right + 16, 132), 8, theme.gold, alpha=shown)
        canvas.text("Your hands are the controller", (left + 4, 164), size="body", colour=theme.quiet, alpha=shown)

    def _draw_tile(self, canvas: Canvas, entry: Entry, place: Area, come: float) -> None:
        if come <= 0.0:
            return
        theme = canvas.theme
        hover = self._chooser.hover(entry.key)
        if hover > 0:
            canvas.glow(place.centre, place.height * 0.75, theme.aqua, 0.16 * hover)
        area = draw_ground(canvas, place, hover=hover, come=come, grow=6, radius=24, shadow=not entry.small)
        if entry.small:
            self._fill_small(canvas, entry, area, come)
        else:
            self._fill_large(canvas, entry, area, come)
        draw_filled(canvas, area, self._chooser.filled(entry.key))

    def _fill_small(self, canvas: Canvas, entry: Entry, area: Area, come: float) -> None:
        picture = Area(area.left + 12, area.top + 8, 96, area.height - 16)
        self._pictures.draw(canvas, entry.picture, picture, self._chooser.hover(entry.key))
        words = Area(area.left + 120, area.top, area.width - 132, area.height)
        draw_titled(canvas, entry.title, entry.line, words, come)

    def _fill_large(self, canvas: Canvas, entry: Entry, area: Area, come: float) -> None:
        theme = canvas.theme
        left, width = area.left + 24, area.width - 48
        picture = Area(area.left + 16, area.top + 16, area.width - 32, self._picture_height(canvas))
        canvas.panel(picture, colour=theme.background, radius=16, alpha=come)
        self._pictures.draw(canvas, entry.picture, picture, self._chooser.hover(entry.key))
        middle = picture.bottom + 32
        canvas.text(entry.title, (left, middle), size="title", font="bold", valign="middle", alpha=come)
        canvas.paragraph(entry.line, (left, middle + 24), width, size=16, colour=theme.quiet, alpha=come)
        if entry.key in self._best:
            canvas.text(
                self._best[entry.key], (area.right - 24, middle),
                size="small", colour=theme.gold, align="right", valign="middle", alpha=come,
            )  # fmt: skip

    def _picture_height(self, canvas: Canvas) -> float:
        """Lower in a small window, where letters have stopped shrinking and the lines are more."""
        width = _TILE[0] - 48
        words = max(
            canvas.paragraph(entry.line, (0, 0), width, size=16, draw=False).height
            for entry in self._entries
            if not entry.small
        )
        return min(160.0, _TILE[1] - 92 - words)

    def _draw_hint(self, canvas: Canvas) -> None:
        shown = self._hint.value
        if shown <= 0.0:
            return
        press = self._chooser.settings.press
        by_hand = (
            "stay on a tile"
            if press == "dwell"
            else "point and pinch"
            if press == "pinch"
            else "point, then pinch or stay"
        )
        if self._stage.feed_state == "running":
            words = f"By hand: {by_hand}.   Mouse and arrow keys work too.   Esc ends."
        else:
            words = "Mouse or arrow keys and Enter.   Plug in a camera to play by hand.   Esc ends."
        canvas.text(
            words, (640, 694), size="small", colour=canvas.theme.quiet, align="centre", valign="middle", alpha=shown
        )


def _places(entries: Sequence[Entry]) -> dict[str, Area]:
    """A row of large tiles and a row of small ones, each centred."""
    places: dict[str, Area] = {}
    top = _TOP
    for small, (width, height) in ((False, _TILE), (True, _SMALL)):
        row = [entry for entry in entries if entry.small == small]
        left = 640 - (len(row) * width + (len(row) - 1) * _GAP) / 2
        for number, entry in enumerate(row):
            places[entry.key] = Area(left + number * (width + _GAP), top, width, height)
        top += height + _GAP
    return places
