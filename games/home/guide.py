"""The first-run guide: a minute that finds the place, the light and the reach, and lets each movement be tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pygame

from handplay.engine import events
from handplay.engine.errors import OutputError
from handplay.engine.preferences import Preferences, save_preferences
from handplay.engine.sources.base import Wish
from handplay.engine.stage.choosing import Chooser, ChoosingSettings, Target
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import Fade
from handplay.games.home.guide_demonstration import GuideDemonstration
from handplay.games.home.guide_steps import (
    LIGHT,
    SEEN_S,
    SKIP,
    STEPS,
    Checks,
    ReachMeter,
    Step,
    StepName,
    check,
    lights,
)
from handplay.games.home.guide_view import GuideView

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.stage import Stage

_OPEN = ("open_palm", "stop", "stop_inverted")
_REST_S = 0.9
"""A step that is done is seen so for a moment."""


class GuideScene:
    """The guide (`handplay.engine.stage.scene.Scene`).

    Args:
        stage: the services.
        preferences: the choices so far; the reach is measured anew.
        changed: told of the choices at the end.
        save: writes them.
    """

    def __init__(
        self,
        stage: Stage,
        preferences: Preferences,
        changed: Callable[[Preferences], None],
        *,
        save: Callable[[Preferences], None] = save_preferences,
    ) -> None:
        self.stage = stage
        self.preferences = preferences
        self._changed = changed
        self._save = save
        self.at = 0
        self.meter = ReachMeter()
        self.reach = preferences.reach
        self.chooser = Chooser(ChoosingSettings(press=preferences.press))
        self.checks = Checks()
        self._good_s = 0.0
        self.rest_s: float | None = None
        self.gone: dict[str, Fade] = {}
        self.step_s = 0.0
        self._done = False
        stage.inset.wanted = False
        stage.toasts.at_top = True  # the buttons are below
        self._begin()
        self._view = GuideView(self)
        self._demonstration = GuideDemonstration(self)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return STEPS[self.at]

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event."""
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_RETURN, pygame.K_SPACE, pygame.K_RIGHT):
            self._next()
            return
        if event.type == events.POINTERMOTION and self.step.name == "reach" and self.rest_s is None:
            self.meter.add(event.x, event.y, event.time_s)
        elif event.type == events.GESTUREDOWN:
            self._gesture(event.name)
        self.chooser.handle(event)
        self._demonstration.handle(event)

    def update(self, dt_s: float) -> None:
        """One fixed step."""
        self.step_s += dt_s
        pressed = self.chooser.update(dt_s)
        for key in pressed:
            if key == "skip":
                self.stage.sound.play("select", x=0.85)
                self._leave() if self.step.name == "done" else self._next()
        self._view.update(dt_s)
        for fade in self.gone.values():
            fade.update(dt_s)
        self._progress(pressed, dt_s)
        self._demonstration.update(dt_s)
        if self.rest_s is not None:
            self.rest_s -= dt_s
            if self.rest_s <= 0:
                self._next()

    def leave(self) -> bool:
        """Esc: the player has seen enough of it; closing the window half way is no answer. Leads nowhere itself."""
        if not self.preferences.guided:
            self._keep()
        return False

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the moment."""
        self._view.draw(canvas)
        mirrored = self.step.name in ("see", "reach")
        self.chooser.draw(canvas, SKIP.shrunk(-96) if mirrored else None)

    def wishes(self) -> tuple[Wish, ...]:
        """The demo hand does what the step asks for."""
        return self._demonstration.wishes

    def summary(self) -> dict[str, object]:
        """Where one is, and the reach."""
        reach = self.reach
        return {"step": self.step.name, "reach": [reach.left, reach.top, reach.right, reach.bottom]}

    @property
    def finished(self) -> bool:
        """True when it has been left."""
        return self._done

    # -- course --------------------------------------------------------------------------------------------------

    def _progress(self, pressed: tuple[str, ...], dt_s: float) -> None:
        name: StepName = self.step.name
        if self.rest_s is not None:
            return
        if name == "see":
            self.checks = check(self.stage.hands.frame)
            self._good_s = self._good_s + dt_s if self.checks.good else max(0.0, self._good_s - 2 * dt_s)
            if self._good_s >= SEEN_S:
                self._finish_step()
        elif name == "reach" and self.meter.share >= 1.0:
            self.reach = self.meter.box()
            self._finish_step()
        elif name in ("hover", "pinch"):
            for key in (f"light {i}" for i in range(len(lights(name)))):
                touched = key in pressed if name == "pinch" else self.chooser.hover(key) >= 1.0
                if touched and key not in self.gone:
                    self.gone[key] = Fade(on=True, duration_s=0.35)
                    x, _ = lights(name)[int(key.split()[1])]
                    self.stage.sound.play("hit", x=x / 1280, pitch=3 * len(self.gone))
            if len(self.gone) == len(lights(name)):
                self._finish_step()

    def _gesture(self, name: str) -> None:
        if self.step.name == "open" and name in _OPEN:
            self._finish_step()
        elif self.step.name == "done" and self.step_s > _REST_S and name in (*_OPEN, "thumbs_up"):
            self.stage.sound.play("select", x=0.5)
            self._leave()

    def _finish_step(self) -> None:
        if self.rest_s is None and self.step.name != "done":
            self.rest_s = _REST_S
            self.stage.sound.play("score")

    def _next(self) -> None:
        if self.at + 1 >= len(STEPS):
            self._leave()
            return
        if self.step.name == "reach" and self.meter.share >= 0.5:
            self.reach = self.meter.box()
        self.at += 1
        self._begin()

    def _begin(self) -> None:
        self.rest_s = None
        self.step_s = 0.0
        self._good_s = 0.0
        self.gone.clear()
        name = self.step.name
        press = "pinch" if name == "pinch" else self.preferences.press
        self.chooser.settings = ChoosingSettings(press=press, reach=self.reach)
        around = [
            Target(f"light {i}", Area.around(place, 2 * LIGHT, 2 * LIGHT)) for i, place in enumerate(lights(name))
        ]
        self.chooser.show((*around, Target("skip", SKIP)))
        if name == "done":
            self._keep()

    def _keep(self) -> None:
        self.preferences = replace(self.preferences, reach=self.reach, guided=True)
        self._changed(self.preferences)
        try:
            self._save(self.preferences)
        except OutputError as error:
            self.stage.toasts.show(str(error))

    def _leave(self) -> None:
        self._done = True
