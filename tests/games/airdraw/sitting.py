"""A sitting at the drawing without a window: made-up hands go through the real recognizer into the real scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pygame

from handplay.engine.hands import INDEX_TIP, Hand, Handedness, HandFrame
from handplay.engine.sources.demo import pose_points
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.inset import Inset
from handplay.engine.stage.sound import Sound
from handplay.engine.stage.stage import HandsNow, Stage
from handplay.engine.stage.toast import Toasts
from handplay.games.airdraw.document import Canvas as Paper
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.opening import Opening
from handplay.games.airdraw.pen import PenSettings
from handplay.games.airdraw.pen_reach import WHOLE_FRAME
from handplay.games.airdraw.scene import AirDrawScene
from handplay.gestures.recognizer import Recognizer

VIEW = (640, 480)
STEP_S = 1 / 120


@dataclass(frozen=True, slots=True)
class Shown:
    """A hand whose index tip is at a place of the window (0..1), in a pose; size: 1 is a palm of 70 pixels."""

    x: float
    y: float
    pose: str = "pinch_open"
    hand_id: int = 1
    handedness: Handedness = "Right"
    size: float = 1.0


@dataclass
class Sitting:
    """Scene, stage and canvas; hands and mouse are moved by its methods."""

    size: tuple[int, int] = (1280, 720)
    paper: Paper = "white"
    pen: PenSettings | None = None
    bindings: Mapping[str, str] | None = None
    drawing: Drawing = field(default_factory=Drawing)
    opening: Opening | None = None

    def __post_init__(self) -> None:
        self.stage = Stage(sound=Sound(off=True), inset=Inset(), toasts=Toasts(), feed_state="running")
        self.drawing.set_canvas(self.paper)
        self.drawing.opening = self.opening
        self.scene = AirDrawScene(self.stage, self.drawing, pen=self.pen, reach=WHOLE_FRAME, bindings=self.bindings)
        self.canvas = Canvas(pygame.Surface(self.size), self.stage.theme)
        self.frames = 0
        self._recognizer = Recognizer()
        self.draw()

    # -- time ----------------------------------------------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.scene.update(STEP_S)
            self.stage.sim_time_s += STEP_S

    def draw(self, times: int = 1) -> pygame.Surface:
        for _ in range(times):
            self.scene.draw(self.canvas, 1.0)
        return self.canvas.surface

    # -- hands ---------------------------------------------------------------------------------------------------

    def show(self, *hands: Shown, condition: str = "ok") -> None:
        """One frame of the camera, and the time until the next."""
        made = tuple(self._hand(shown) for shown in hands)
        frame = HandFrame(
            self.frames,
            self.frames / 30,
            *VIEW,
            hands=made,
            condition=condition,  # type: ignore[arg-type]  # a word
        )
        self.frames += 1
        self.stage.hands = HandsNow(frame, self._recognizer.update(frame).readings, self.stage.sim_time_s)
        self.wait(4 * STEP_S)

    def hold(self, seconds: float, *hands: Shown) -> None:
        for _ in range(round(seconds * 30)):
            self.show(*hands)

    def line(self, a: tuple[float, float], b: tuple[float, float], frames: int = 20, **more: Any) -> None:
        """Hover, pinch, move from a to b, let go."""
        self.hold(0.3, Shown(*a, **more))
        for i in range(frames):
            share = i / (frames - 1)
            x, y = (p + (q - p) * share for p, q in zip(a, b, strict=True))
            self.show(Shown(x, y, "pinch", **more))
        self.hold(0.3, Shown(*b, **more))

    def _hand(self, shown: Shown) -> Hand:
        aspect = self.size[0] / self.size[1]
        left, top, width, height = WHOLE_FRAME.area(VIEW[0] / VIEW[1], aspect)
        x, y = (1 - (left + shown.x * width)) * VIEW[0], (top + shown.y * height) * VIEW[1]
        points = np.array(pose_points(shown.pose, shown.handedness), np.float32)
        at = points * np.float32(70 * shown.size)
        at += np.array([x - at[INDEX_TIP, 0], y - at[INDEX_TIP, 1], -at[0, 2]], np.float32)
        world = (points - points.mean(axis=0)) * np.float32(0.09)
        return Hand(shown.hand_id, shown.handedness, 0.98, 0.99, at, world)

    # -- mouse and keys ------------------------------------------------------------------------------------------

    def mouse(self, kind: str, x: float, y: float, button: int = 1, rel: tuple[int, int] = (0, 0)) -> None:
        """kind: move, down or up; x, y: 0..1 of the window."""
        pos = (round(x * self.size[0]), round(y * self.size[1]))
        if kind == "move":
            event = pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=rel, buttons=(0, 0, 0))
        else:
            number = pygame.MOUSEBUTTONDOWN if kind == "down" else pygame.MOUSEBUTTONUP
            event = pygame.event.Event(number, pos=pos, button=button)
        self.scene.handle(event)

    def drag(self, *places: tuple[float, float]) -> None:
        self.mouse("down", *places[0])
        for x, y in places[1:]:
            self.wait(0.03)
            self.mouse("move", x, y)
        self.wait(0.03)
        self.mouse("up", *places[-1])

    def click(self, x: float, y: float) -> None:
        self.mouse("down", x, y)
        self.mouse("up", x, y)

    def key(self, key: int, *, shift: bool = False, control: bool = False, sign: str = "") -> None:
        mod = (pygame.KMOD_SHIFT if shift else 0) | (pygame.KMOD_CTRL if control else 0)
        self.scene.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=sign))

    # -- what is to be known -------------------------------------------------------------------------------------

    @property
    def strokes(self) -> int:
        return len(self.drawing.document.strokes)

    @property
    def notes(self) -> list[str]:
        toasts = self.stage.toasts
        return [*toasts._waiting, toasts._text]

    def place_of(self, action: str) -> tuple[float, float]:
        """Where a button of the open palette is, 0..1 of the window."""
        area = self.scene.palette.buttons(self.scene._places)[action]
        px = self.canvas.to_px(area.centre)
        return px[0] / self.size[0], px[1] / self.size[1]

    def saved(self, folder: Path) -> list[str]:
        """Suffixes of what was written."""
        return sorted(path.suffix for path in folder.iterdir()) if folder.exists() else []
