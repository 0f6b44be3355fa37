"""The best results of every game, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pygame

from handplay.engine.high_scores import KEPT, HighScore
from handplay.engine.preferences import Preferences
from handplay.engine.stage.choosing import Chooser, ChoosingSettings, Target
from handplay.engine.stage.keys_card import KeyRow
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import ease_out
from handplay.games.home.tiles import BACK, KEYS, draw_back, draw_filled, draw_ground

if TYPE_CHECKING:
    from handplay.engine.sources.base import Wish
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.stage import Stage

_LEFT, _RIGHT, _GAP = 60.0, 1220.0, 24.0
_TOP, _HEIGHT, _ROW = 184.0, 328.0, 48.0
_BACK = Area(_LEFT, 536, 272, 128)


@dataclass(frozen=True, slots=True)
class ScoreList:
    """The results of one game.

    Attributes:
        title: of the game.
        counted: what is counted.
        rows: best first.
    """

    title: str
    counted: str
    rows: tuple[HighScore, ...]


class ScoresScene:
    """The high scores (`handplay.engine.stage.scene.Scene`).

    Args:
        stage: the services.
        lists: of the games.
        preferences: how targets are pressed, and where the hand moves.
    """

    def __init__(self, stage: Stage, lists: Sequence[ScoreList], preferences: Preferences) -> None:
        self._stage = stage
        self._lists = tuple(lists)
        self._chooser = Chooser(ChoosingSettings(press=preferences.press, reach=preferences.reach))
        self._chooser.show((Target(BACK, _BACK),))
        self._time_s = 0.0
        self._done = False
        stage.inset.corner = "bottom_right"
        stage.toasts.at_top = True  # the buttons are below

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_BACKSPACE:
            self._done = True
        self._chooser.handle(event)

    def update(self, dt_s: float) -> None:
        """One fixed step."""
        self._time_s += dt_s
        if self._chooser.update(dt_s):
            self._stage.sound.play("select", x=_BACK.centre[0] / 1280)
            self._done = True

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the moment."""
        canvas.backdrop()
        theme = canvas.theme
        canvas.text("High scores", (_LEFT, 112), size="display", font="title", valign="middle")
        width = (_RIGHT - _LEFT - _GAP * (len(self._lists) - 1)) / max(1, len(self._lists))
        for number, scores in enumerate(self._lists):
            come = ease_out((self._time_s - 0.1 * number) / 0.35)
            if come > 0:
                panel = Area(_LEFT + number * (width + _GAP), _TOP + 16 * (1 - come), width, _HEIGHT)
                canvas.panel(panel, colour=theme.raised, border=theme.line, radius=24, alpha=come)
                self._draw_list(canvas, scores, panel, come)
        come = ease_out(self._time_s / 0.35)
        area = draw_ground(canvas, _BACK, hover=self._chooser.hover(BACK), come=come)
        draw_back(canvas, area, come)
        draw_filled(canvas, area, self._chooser.filled(BACK))
        self._chooser.draw(canvas)

    def wishes(self) -> tuple[Wish, ...]:
        """None: nobody demonstrates a list."""
        return ()

    def keys(self) -> tuple[KeyRow, ...]:
        """What keys, mouse and hand do here."""
        return (*KEYS, ("Backspace", "back"))

    def summary(self) -> dict[str, object]:
        """The best of each list."""
        return {scores.title: scores.rows[0].score if scores.rows else None for scores in self._lists}

    @property
    def finished(self) -> bool:
        """True after Back."""
        return self._done

    def _draw_list(self, canvas: Canvas, scores: ScoreList, panel: Area, come: float) -> None:
        theme = canvas.theme
        left, right, top = panel.left + 32, panel.right - 32, panel.top + 40
        canvas.text(scores.title, (left, top), size="title", font="bold", valign="middle", alpha=come)
        canvas.text(
            scores.counted, (right, top + 4), size=16, colour=theme.quiet, align="right", valign="middle", alpha=come
        )
        if not scores.rows:
            middle = (panel.centre[0], panel.centre[1] + 24)
            canvas.ring((middle[0], middle[1] - 44), 22, theme.line, width=4, alpha=come)
            canvas.text(
                "Nothing yet: play a round", middle, colour=theme.quiet, align="centre", valign="middle", alpha=come
            )
        for rank, row in enumerate(scores.rows[:KEPT]):
            y = top + 56 + _ROW * rank
            here = come * ease_out((self._time_s - 0.15 - 0.06 * rank) / 0.3)
            if rank == 0:
                canvas.glow((left + 8, y), 30, theme.gold, 0.5 * here)
                canvas.disc((left + 8, y), 7, theme.gold, alpha=here)
            else:
                canvas.text(
                    str(rank + 1), (left + 8, y), size=16, colour=theme.quiet, align="centre", valign="middle",
                    alpha=here,
                )  # fmt: skip
            canvas.text(
                str(row.score), (left + 44, y), size="lead", font="bold", valign="middle", tabular=True, alpha=here,
                colour=theme.gold if rank == 0 else theme.text,
            )  # fmt: skip
            canvas.text(
                _told(row.day), (right, y), size=16, colour=theme.quiet, align="right", valign="middle", alpha=here
            )


def _told(day: str) -> str:
    """A day such as "2026-11-21" as people write it."""
    then = date.fromisoformat(day)
    months = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
    return f"{then.day} {months[then.month - 1]} {then.year}"
