"""The air drawing scene: puts hands, mouse and keys, the paper and what lies over it between stage and canvas."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pygame

from handplay.engine.hands import Handedness
from handplay.engine.sources.base import Wish
from handplay.engine.stage.advice import ADVICE
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.layout import Layout
from handplay.engine.stage.stage import Stage
from handplay.games.airdraw.budget import Budget
from handplay.games.airdraw.controls import key_press
from handplay.games.airdraw.cursor import PenMark, PenMarks, draw_tip
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.game import AirDrawing
from handplay.games.airdraw.layout import PaletteLayout, palette_layout
from handplay.games.airdraw.painting import Painter
from handplay.games.airdraw.palette import DOCK, Palette
from handplay.games.airdraw.palette_view import PaletteView
from handplay.games.airdraw.pen import PenEvent, PenSettings
from handplay.games.airdraw.pen_reach import ReachBox
from handplay.games.airdraw.scene_ground import CameraGround
from handplay.games.airdraw.scene_hands import Hands
from handplay.games.airdraw.scene_mouse import Mouse
from handplay.games.airdraw.scene_opening import Opener
from handplay.games.airdraw.scene_saving import Saver
from handplay.games.airdraw.screens import CLEAR, KEEP, Facts, Screens

BINDINGS: Mapping[str, str] = {"thumbs_up": "save", "fist": "confirm"}
"""Gesture to action, where the gesture library says nothing else; "confirm" answers yes to what is asked."""

_HELD_S = {"confirm": 1.2}
_SAVE_HELD_S = 0.5
_ASKED_S = 9.0
_PAINT_S, _PAINT_DRAWING_S = 0.006, 0.003


class AirDrawScene:
    """Air drawing on the stage (`handplay.engine.stage.scene.Scene`).

    Args:
        stage: the services.
        drawing: what is drawn on.
        pen: how the pens work.
        reach: the part of the camera's view that covers the canvas.
        bindings: gesture name to action; the defaults if None.
        main_hand: whose colour the mouse draws with.
        note: something to say at the start.
    """

    def __init__(
        self,
        stage: Stage,
        drawing: Drawing,
        *,
        pen: PenSettings | None = None,
        reach: ReachBox | None = None,
        bindings: Mapping[str, str] | None = None,
        main_hand: Handedness = "Right",
        note: str = "",
    ) -> None:
        self._stage = stage
        self.game = AirDrawing(drawing)
        self._bindings = BINDINGS if bindings is None else bindings
        self.palette = Palette()
        self._palette_view = PaletteView(self.palette, self.game)
        self.hands = Hands(self.game, pen or PenSettings(), reach or ReachBox(), self._covers, self._hand_pressed)
        self._marks = PenMarks()
        self.screens = Screens(reduced_motion=stage.settings.reduced_motion)
        self._ground = CameraGround()
        self._saver = Saver()
        self._budget = Budget(_PAINT_DRAWING_S, _PAINT_S)
        self._opener = Opener(self.game)
        self._painter: Painter | None = None
        self._layout = Layout(1280, 720)
        self._places = self._palette_layout()
        self._held: dict[str, float] = {}
        self._used: set[str] = set()
        self._asked_s = 0.0
        self._problem = ""
        self._mouse = Mouse(self.game, main_hand, self._covers, self._mouse_pressed, self._mouse_inks)
        if note:
            stage.toasts.show(note)

    # -- the scene protocol --------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event."""
        if event.type == pygame.KEYDOWN:
            self._key(event)
        else:
            self._mouse.handle(event)

    def update(self, dt_s: float) -> None:
        """One fixed step."""
        stage, game = self._stage, self.game
        game.now_s = stage.sim_time_s
        self.hands.update(stage.hands)
        self._watch_gestures(dt_s)
        self._point(dt_s)
        if self.screens.clearing and stage.sim_time_s - self._asked_s > _ASKED_S:
            game.keep()
        self.screens.clearing = game.clearing
        self.screens.reduced_motion = stage.settings.reduced_motion
        self.screens.update(dt_s, self._facts())
        self._palette_view.update(dt_s, drawing=self._drawing or self.screens.covering)
        self._marks.update(dt_s, stage.hands.frame)
        seen = stage.hands.frame is not None and len(stage.hands.frame) > 0
        stage.inset.wanted = game.drawing.document.sheet.canvas != "camera" and not seen and not self.screens.covering
        self._save()
        self._tell()

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the moment."""
        self._fit(canvas)
        painter = self._painter
        assert painter is not None  # made by _fit
        self.hands.predict(self._stage.sim_time_s)
        self._opener.go_on()
        self._paper(canvas, painter)
        paper_kind = self.game.drawing.document.sheet.canvas
        light = paper_kind == "white"
        self._draw_mouse(canvas, light)
        self._palette_view.draw(canvas, self._places)
        self.screens.draw(canvas)
        # Above all: a hand that chooses must be seen.
        self._marks.draw(canvas, self._pen_marks(canvas), paper=light, hands=paper_kind != "camera")

    def wishes(self) -> tuple[Wish, ...]:
        """The demonstration hand has its own script."""
        return ()

    def summary(self) -> dict[str, object]:
        """Strokes of this sitting, by hand and by any means; what the drawing holds."""
        document = self.game.drawing.document
        return {
            "strokes": self.game.strokes,
            "by_hand": self.hands.strokes,
            "in_drawing": len(document.strokes),
            "canvas": document.sheet.canvas,
            "layers": len(document.layers),
        }

    @property
    def finished(self) -> bool:
        """Drawing goes on until the person leaves."""
        return False

    def close(self) -> None:
        """Finishes what is being written, and keeps the drawing for the next time."""
        for key in tuple(self.game.working):
            self.game.end(key)
        self._saver.close()
        self.game.drawing.close()

    # -- hands ---------------------------------------------------------------------------------------------------

    @property
    def _drawing(self) -> bool:
        return bool(self.game.working) or self.hands.holding

    def _covers(self, x: float, y: float) -> bool:
        if self.screens.covering or self.game.clearing:
            return True
        return self.palette.covers(self._places, *self._units(x, y))

    def _hand_pressed(self, event: PenEvent) -> None:
        self._press(self._units(event.x, event.y), event.handedness, event.hand_id)

    def _press(self, place: tuple[float, float], handedness: Handedness, finger: object = None) -> None:
        """A pinch or click that makes no ink."""
        if self.screens.help:
            self.screens.help = False
        elif self.game.clearing:
            if CLEAR.holds(*place):
                self.game.confirm_clear()
            elif KEEP.holds(*place):
                self.game.keep()
        else:
            self._act(self.palette.press(self._places, *place, finger=finger), handedness)

    def _act(self, action: str, handedness: Handedness) -> None:
        if not action:
            return
        if action == "clear":
            self._asked_s = self._stage.sim_time_s
            self._held.clear()
            self.palette.close()
        self.game.act(action, handedness)

    def _point(self, dt_s: float) -> None:
        """Who points where at the palette."""
        places: dict[object, tuple[float, float]] = {}
        who: dict[object, Handedness] = {}
        for pen in self.hands.pens:
            if self._stage.sim_time_s - self._stage.hands.since_s < 0.3 and not pen.down:
                places[pen.hand_id], who[pen.hand_id] = self._units(pen.x, pen.y), pen.handedness
        if self._mouse.place is not None and self._mouse.shown(self._stage.sim_time_s):
            places["mouse"], who["mouse"] = self._units(*self._mouse.place), self._mouse.main
        free = not self._drawing and not self.screens.covering
        action = self.palette.update(dt_s, self._places, places, dwells=free)
        if action:
            nearest = next(
                (side for key, side in who.items() if self.palette.at(self._places, *places[key])), self._mouse.main
            )
            self._act(action, nearest)

    def _watch_gestures(self, dt_s: float) -> None:
        """Gestures that are held for a while, while nobody draws."""
        on = {name for reading in self._stage.hands.readings for name in reading.gestures}
        for name in list(self._held):
            if name not in on:
                del self._held[name]
                self._used.discard(name)
        if self._drawing:
            self._held.clear()
            return
        for name in on:
            action = self._bindings.get(name, "")
            if not action or name in self._used:
                continue
            if action == "confirm" and not self.game.clearing:
                continue
            self._held[name] = self._held.get(name, 0.0) + dt_s
            if self._held[name] >= _HELD_S.get(action, _SAVE_HELD_S):
                self._used.add(name)
                if action == "confirm":
                    self.game.confirm_clear()
                elif not self.screens.covering:
                    self._bound(action)

    def _bound(self, action: str) -> None:
        try:
            self._act(action, self._mouse.main)
        except ValueError:
            return  # a word for another scene

    # -- mouse and keys ------------------------------------------------------------------------------------------

    def _key(self, event: pygame.event.Event) -> None:
        press, game = key_press(event), self.game
        self._mouse.used_s = max(self._mouse.used_s, self._stage.sim_time_s - 8.0)
        if press.wish == "help" or (self.screens.help and (press.action or press.wish)):
            self.screens.help = not self.screens.help
        elif press.wish == "yes":
            game.confirm_clear()
        elif press.wish == "no":
            game.keep()
        elif press.wish == "palette":
            if self.palette.opened:
                self.palette.close()
            else:
                self.palette.open()
        elif press.action and not game.clearing:
            self._act(press.action, self._mouse.main)

    def _mouse_pressed(self, place: tuple[float, float]) -> None:
        self._press(self._units(*place), self._mouse.main, "mouse")

    def _mouse_inks(self, place: tuple[float, float]) -> None:
        self.palette.close()
        self._stage.sound.play("pen_down", x=place[0] * self.game.size_px[1] / self.game.size_px[0])

    # -- places --------------------------------------------------------------------------------------------------

    def _units(self, x: float, y: float) -> tuple[float, float]:
        """Canvas heights to design units; beyond the window is at its edge: edges are easy to reach."""
        height = self.game.size_px[1]
        bounds = self._layout.bounds
        ux, uy = self._layout.from_px(x * height, y * height)
        return min(max(ux, bounds.left), bounds.right - 0.01), min(max(uy, bounds.top), bounds.bottom - 0.01)

    def _palette_layout(self) -> PaletteLayout:
        return palette_layout(self._layout.bounds, self._layout.safe, len(DOCK))

    def _fit(self, canvas: Canvas) -> None:
        size = canvas.surface.get_size()
        if self._painter is None:
            self._painter = Painter(size, self.game.view, self.game.drawing.document)
        if size != self.game.size_px or canvas.layout != self._layout:
            self.game.size_px = size
            self._layout = canvas.layout
            self._places = self._palette_layout()
        self._painter.show(self.game.view, size)

    # -- pictures ------------------------------------------------------------------------------------------------

    def _paper(self, canvas: Canvas, painter: Painter) -> None:
        game, stage = self.game, self._stage
        if game.drawing.document.sheet.canvas == "camera":
            frame = stage.hands.frame
            mirrored = frame.mirrored if frame is not None else False
            if not self._ground.draw(canvas.surface, stage.picture, self.hands.reach, mirrored=mirrored):
                canvas.backdrop()
        for live in game.finished:
            painter.finish(live)
        game.finished.clear()
        for working in game.working.values():
            painter.extend(working.live)
        place, height = self._mouse.place if self._mouse.shown(stage.sim_time_s) else self.hands.place, game.size_px[1]
        painter.attention = None if place is None else (place[0] * height, place[1] * height)
        budget_s = self._budget.picture(time.perf_counter())
        painter.paint(game.drawing.document, min(budget_s, _PAINT_DRAWING_S) if self._drawing else budget_s)
        painter.blit(canvas.surface)

    def _pen_marks(self, canvas: Canvas) -> dict[int, PenMark]:
        game, age_s = self.game, self.hands.age_s(self._stage.sim_time_s)
        height = game.size_px[1]
        radius = game.width() * game.view.zoom * height / canvas.scale / 2
        found = {}
        for pen in self.hands.pens:
            x, y = pen.tip(age_s)
            inside = self._units(x, y)
            over = not pen.down and self._covers(pen.x, pen.y)
            level, gap = pen.contact, pen.contact.history[-1][1] if pen.contact.history else 1.0
            found[pen.hand_id] = PenMark(
                inside, game.ink(pen.handedness), min(radius, 160.0), pen.touching, pen.down,
                game.tools.tool == "eraser", self.palette.dwell(pen.hand_id),
                min(1.0, max(0.0, (level.open_gap - gap) / max(0.1, level.open_gap - level.on))), over,
            )  # fmt: skip
        return found

    def _draw_mouse(self, canvas: Canvas, light: bool) -> None:
        """The tool's size about the mouse, as long as it is used."""
        mouse = self._mouse
        if mouse.place is None or not mouse.shown(self._stage.sim_time_s) or self._covers(*mouse.place):
            return
        place = self._units(*mouse.place)
        game = self.game
        radius = min(160.0, game.width() * game.view.zoom * game.size_px[1] / canvas.scale / 2)
        erasing = game.tools.tool == "eraser"
        mark = PenMark(place, game.ink(self._mouse.main), radius, erasing=erasing, pinch=1.0)
        if erasing:
            draw_tip(canvas, mark, 0.8, 0.0, paper=light)
        else:
            canvas.ring(place, max(3.0, radius) + 3, canvas.theme.background if light else canvas.theme.text, width=2)
            canvas.ring(place, max(3.0, radius) + 1, mark.ink, width=2)

    def _facts(self) -> Facts:
        stage, game = self._stage, self.game
        frame = stage.hands.frame
        condition = frame.condition if frame is not None else "ok"
        clear = max(
            (t / _HELD_S["confirm"] for n, t in self._held.items() if self._bindings.get(n) == "confirm"), default=0.0
        )
        return Facts(
            waking=stage.feed_state == "starting",
            without_camera=stage.feed_state in ("no_source", "ended", "closed"),
            ended=stage.feed_state == "ended",
            message=stage.feed_message,
            dark=ADVICE[condition] if condition in ("dark", "bright", "frozen") else "",
            hands=len(frame) if frame is not None else 0,
            busy=self._drawing or self.palette.opened,
            hand_strokes=self.hands.strokes,
            strokes=game.strokes,
            mouse_s=stage.sim_time_s - self._mouse.used_s,
            style=self.hands.pens.settings.style,
            kept=min(1.0, max(0.0, 1 - (stage.sim_time_s - game.changed_s - 0.6) / 0.8)) if game.changed_s > 0 else 0.0,
            problem=game.drawing.problem,
            clear_share=min(1.0, clear),
            opened=self._opener.share,
        )

    def _save(self) -> None:
        """Begins what is to be written, and says when it is."""
        game = self.game
        if game.save_wanted is not None and not self._saver.busy:
            wanted, game.save_wanted = game.save_wanted, None
            camera = self._ground.image if game.drawing.document.sheet.canvas == "camera" else None
            self._saver.start(game.drawing.document, wanted, camera=camera, view=game.view)
            if wanted == "film":
                game.notes.append("Making a film of your drawing")
        done = self._saver.poll()
        if done is not None:
            worked, sentence = done
            if worked:
                game.drawing.saved()
            game.notes.append(sentence)
            game.happened.append(("saved" if worked else "miss", 0.5))

    def _tell(self) -> None:
        """Sounds and notes of what has happened."""
        game, stage = self.game, self._stage
        for name, x in (*game.happened, *self.hands.ticks):
            stage.sound.play(name, x=x)
        if game.drawing.problem != self._problem:
            self._problem = game.drawing.problem
            if self._problem:
                game.notes.append(self._problem)
        for note in filter(None, game.notes):
            stage.toasts.show(note)
        game.happened.clear()
        self.hands.ticks.clear()
        game.notes.clear()
