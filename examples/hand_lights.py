"""A whole scene in a few lines: pinch to light a star. Run: python examples/hand_lights.py [SOURCE], 0 for a camera

What a scene must have, may have and can use is in docs/scenes.md.
"""

from __future__ import annotations

import sys

import pygame

from handplay.engine import POINTERDOWN, Canvas, HandplayError, HandView, Stage, Wish, run_scene
from handplay.engine.stage.status import StatusCard, trouble


class HandLights:
    """Every pinch leaves a star."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.hands = HandView(stage)
        self.status = StatusCard()
        self.stars: list[tuple[float, float]] = []

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == POINTERDOWN:
            self.stars.append((event.x, event.y))
            self.stage.sound.play("hit", x=event.x, pitch=len(self.stars) % 12)

    def update(self, dt_s: float) -> None:
        self.hands.update(dt_s)
        self.status.show(trouble(self.stage))  # no camera, too dark, ...
        self.status.update(dt_s)

    def draw(self, canvas: Canvas, alpha: float) -> None:
        canvas.backdrop()
        for x, y in self.stars[-200:]:
            place = canvas.from_view(x, y)
            canvas.glow(place, 36, canvas.theme.gold)
            canvas.disc(place, 4, canvas.theme.text)
        self.hands.draw(canvas)
        canvas.text("Pinch to light a star", (640, canvas.safe.top), size="title", font="title", align="centre")
        self.status.draw(canvas)

    def wishes(self) -> tuple[Wish, ...]:
        pose = "pinch" if self.stage.sim_time_s % 2 > 1 else "open_palm"
        return (Wish(0.2 + 0.1 * (self.stage.sim_time_s % 6), 0.55, pose),)

    def summary(self) -> dict[str, object]:
        return {"stars": len(self.stars)}


if __name__ == "__main__":
    try:
        run_scene(HandLights, sys.argv[1] if len(sys.argv) > 1 else "demo:pong")
    except HandplayError as error:
        sys.exit(f"hand_lights: {error}")
