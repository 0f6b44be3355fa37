"""The studio without a window: made-up hands go through the real recognizer, events and simulation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pygame
import pytest

from handplay.engine.events import EVENT_NAMES, EventPump
from handplay.engine.hands import Hand
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.layout import Area
from handplay.engine.stage.metrics import LoopMetrics
from handplay.engine.stage.scene import Scene
from handplay.engine.stage.simulation import STEP_S, Simulation
from handplay.engine.stage.stage import Stage
from handplay.engine.stage.theme import NIGHT
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.recognizer import Recognizer

from quiet_stage import quiet_stage
from shown_hands import Script, ScriptedFeed, Shown, make_hand


@dataclass
class Sitting:
    """A scene of the studio, its stage and its hands; events of a test go in by `post`."""

    make_scene: Callable[[Stage, Library], Scene]
    script: Script
    library: Library = field(default_factory=builtin_library)
    size: tuple[int, int] = (1280, 720)

    def __post_init__(self) -> None:
        self.feed = ScriptedFeed(lambda now_s: self.script(now_s))
        self.stage = quiet_stage(5)
        self.scene: Any = self.make_scene(self.stage, self.library)
        self.metrics = LoopMetrics()
        self._mine: list[pygame.event.Event] = []
        self.simulation = Simulation(
            self.scene,
            self.stage,
            self.feed,
            EventPump(Recognizer(self.library)),
            self._events,
            self.metrics,
            names=EVENT_NAMES,
        )
        self.canvas = Canvas(pygame.display.set_mode(self.size), NIGHT)

    def _events(self) -> list[pygame.event.Event]:
        mine, self._mine = self._mine, []
        return [*pygame.event.get(), *mine]

    def post(self, kind: int, **values: object) -> None:
        self._mine.append(pygame.event.Event(kind, values))

    def press(self, key: int) -> None:
        self.post(pygame.KEYDOWN, key=key, mod=0)
        self.post(pygame.KEYUP, key=key, mod=0)

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.simulation.step()

    def resize(self, size: tuple[int, int]) -> None:
        self.size = size
        self.canvas.fit(pygame.display.set_mode(size))

    def draw(self, alpha: float = 0.5) -> pygame.Surface:
        self.scene.draw(self.canvas, alpha)
        return self.canvas.surface

    def lines(self) -> list[tuple[str, Area]]:
        """All lines that a picture says, with the place of each, in the order of drawing."""
        said: list[tuple[str, Area]] = []
        real, window = self.canvas.text, self.canvas.surface

        def text(line: str, *args: Any, **options: Any) -> Area:
            area = real(line, *args, **options)
            seen = area
            if self.canvas.surface is not window:
                seen = self._scrolled(area)
            told = (line, Area(*(round(value, 1) for value in (seen.x, seen.y, seen.width, seen.height))))
            if options.get("alpha", 1.0) > 0.3 and line and seen.width > 0 and told not in said:
                said.append(told)
            return area

        self.canvas._sprites.clear()  # what is painted once is painted again
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(self.canvas, "text", text)
            self.draw()
        return said

    def _scrolled(self, area: Area) -> Area:
        """Where a line of a layer is seen; without a size if its row of the list is scrolled away."""
        board = getattr(self.scene, "_board", None)
        if board is None or not board._area.height or area.top < board._area.top:
            return area
        seen = area.moved(0, -board._scroll.value * board._row)
        return seen if board._area.top - 1 <= seen.top and seen.bottom <= board._area.bottom + 1 else Area(0, 0, 0, 0)

    def words(self) -> list[str]:
        """The same without places."""
        return [line for line, _ in self.lines()]


@pytest.fixture
def sitting() -> Iterator[type[Sitting]]:
    pygame.display.init()
    pygame.event.clear()
    yield Sitting
    pygame.event.clear()


@pytest.fixture
def hand_maker() -> Callable[[Shown], Hand]:
    return make_hand
