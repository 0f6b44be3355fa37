"""Remakes the pictures of air drawing from the demo hand, which writes through the real tracker.

Run: python docs/make_airdraw_pictures.py
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable

os.environ["HANDPLAY_DATA"] = tempfile.mkdtemp()  # the pictures begin with empty paper, and leave nobody a drawing

from stage_film import PICTURES, animation, film

from handplay.engine.stage.scene import Scene
from handplay.engine.stage.stage import Stage
from handplay.games.airdraw.document import Canvas
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.scene import AirDrawScene


def writing(canvas: Canvas, *, palette: bool = False) -> Callable[[Stage], Scene]:
    """Paper for the writing hand."""

    def make(stage: Stage) -> Scene:
        drawing = Drawing()
        drawing.set_canvas(canvas)
        scene = AirDrawScene(stage, drawing)
        if palette:
            scene.palette.settings = type(scene.palette.settings)(linger_s=1e6)
            scene.palette.open("tools")
        return scene

    return make


def still(canvas: Canvas, at_s: float, name: str, *, palette: bool = False) -> None:
    """One moment of a sitting."""
    import pygame

    last = None
    for _, surface in film(writing(canvas, palette=palette), "airdraw", at_s):
        last = surface.copy()
    if last is not None:
        pygame.image.save(last, str(PICTURES / name))


if __name__ == "__main__":
    still("black", 18.2, "airdraw.png")
    still("camera", 13.0, "airdraw_camera.png")
    still("white", 1.5, "airdraw_palette.png", palette=True)
    animation(writing("black"), "airdraw", "airdraw.gif", start_s=1.0, end_s=21.5, fps=10.0, width=560, colours=128)
