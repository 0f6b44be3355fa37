"""The live gesture viewer: everything the recognizer makes of your hands, as it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from handplay.engine import events
from handplay.engine.stage.canvas import Canvas
from handplay.games.studio.big_word import BigWords
from handplay.games.studio.board import Board
from handplay.games.studio.conditions_card import ConditionsCard
from handplay.games.studio.hand_card import HandCard, marks_from_settings
from handplay.games.studio.layout import StudioLayout, lay_out
from handplay.games.studio.showing import Happened, Showing
from handplay.games.studio.stage_card import StageCard

if TYPE_CHECKING:
    from handplay.engine.sources.base import Wish
    from handplay.engine.stage.stage import Stage
    from handplay.gestures.library import Library

_HAPPENED: dict[int, Happened] = {
    events.GESTUREDOWN: "down",
    events.GESTUREHOLD: "hold",
    events.GESTUREUP: "up",
    events.GESTURECANCEL: "cancel",
}
_ARROWS = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_DOWN: (0, 1),
}
_LET_GO = (pygame.K_SPACE, pygame.K_RETURN, pygame.K_BACKSPACE)


class TryScene:
    """The viewer on the stage (`handplay.engine.stage.scene.Scene`).

    Args:
        stage: the services.
        library: the gestures that are recognized.
        chosen: name of the gesture whose conditions are shown at first, or nothing.
    """

    finished = False
    _key: object = None

    def __init__(self, stage: Stage, library: Library, chosen: str = "") -> None:
        self._stage = stage
        self.chosen = chosen
        """The gesture whose conditions are shown, or nothing."""

        self.showing = Showing({})
        self.take(library)

        marks = marks_from_settings()
        self._left, self._right = HandCard("Left", marks), HandCard("Right", marks)
        self._card = StageCard(stage)
        self._layout: StudioLayout | None = None
        self._canvas: Canvas | None = None
        stage.inset.wanted = False  # the picture is large already

    def take(self, library: Library) -> None:
        """Other gestures from now on: a file has changed while it runs."""
        self.library = library
        self.showing.replace(
            {gesture.name: gesture.layer for gesture in library.gestures},
            frozenset(gesture.name for gesture in library.gestures if gesture.trigger == "enter"),
        )
        self._words = BigWords({gesture.name: gesture for gesture in library.gestures})
        self._board = Board(library.gestures)
        self._conditions = ConditionsCard(library)
        self._key = None
        if library.find(self.chosen) is None:
            self.chosen = ""

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event."""
        happened = _HAPPENED.get(event.type)
        if happened is not None:
            self.showing.tell(happened, event.name, event.handedness, event.held_s, event.value)
            if happened == "down":
                self._card.pulse(event.x, event.y, event.handedness)
                self._stage.sound.play("hover", x=event.x, volume=0.5)
        elif event.type == events.HANDADDED:
            self._stage.sound.play("found", x=event.x, volume=0.4)
        elif event.type == pygame.KEYDOWN:
            if event.key in _ARROWS:
                self.chosen = self._board.step(self.chosen, *_ARROWS[event.key])
            elif event.key in _LET_GO:
                self.chosen = ""
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self._canvas is not None:
            name = self._board.at(*self._canvas.from_px(event.pos))
            self.chosen = "" if name == self.chosen else name

    def update(self, dt_s: float) -> None:
        """One fixed step."""
        self.showing.still_on({name for reading in self._stage.hands.readings for name in reading.gestures})
        frame = self._stage.hands.frame
        self.showing.hold(
            {
                hand.handedness: reading.coming
                for hand in frame or ()
                if (reading := self._stage.hands.reading(hand)) is not None
            }
        )
        self.showing.update(dt_s)
        self._card.update(dt_s)
        for card in (self._left, self._right):
            card.update(dt_s, self._stage.hands)
        self._words.update(dt_s, self.showing)
        self._board.update(dt_s, self.showing, self.chosen)
        self._conditions.update(dt_s, self.chosen, self._stage.hands.frame)

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the newest state; what glides does so at the simulation's own rate."""
        self._canvas = canvas
        layout = self._fitted(canvas)
        canvas.backdrop()
        self._card.draw(canvas, layout)
        self._words.draw(
            canvas, layout.band, self.showing, still=self._stage.settings.reduced_motion, light=1 - self._card.waiting
        )
        for card, area in ((self._left, layout.left), (self._right, layout.right)):
            covered = self._conditions.fades[card.handedness].value
            card.draw(canvas, area, self.showing, alpha=1.0 - covered)
            self._conditions.draw(canvas, area, card.handedness)
        self._board.draw(canvas, layout.board, layout.row, self.showing)
        self._draw_keys(canvas, layout)

    def wishes(self) -> tuple[Wish, ...]:
        """None: the demo hand plays its own script."""
        return ()

    def summary(self) -> dict[str, object]:
        """How often each gesture began."""
        return {"gestures": dict(sorted(self.showing.counts.items())), "chosen": self.chosen}

    def _fitted(self, canvas: Canvas) -> StudioLayout:
        line = canvas.text_area("Ag", size="small").height
        key = (canvas.surface.get_size(), round(self._card.aspect, 2))
        if self._layout is None or key != self._key:
            self._key = key
            safe = canvas.safe
            # The list's width follows from the layout, the layout's height from the list: two rounds settle it.
            layout = lay_out(safe, self._card.aspect, line, 6)
            for _ in range(2):
                layout = lay_out(safe, self._card.aspect, line, self._board.plan(canvas, layout.board.width).rows)
            self._layout = layout
        return self._layout

    def _draw_keys(self, canvas: Canvas, layout: StudioLayout) -> None:
        footer, theme = layout.footer, canvas.theme
        left = "Arrows or a click: what does this gesture want?"
        if self.chosen:
            left = "Space: all gestures again"
        words = canvas.text_area(left, size="small")
        if words.width > 0.36 * footer.width:
            return  # the short notes of the stage need the place
        y = footer.bottom - words.height / 2
        canvas.text(left, (layout.board.left, y), size="small", colour=theme.quiet, valign="middle")
        canvas.text(
            "Esc leaves", (layout.board.right, y), size="small", colour=theme.quiet, align="right", valign="middle"
        )
