"""Plays a scene on the demo hand, picture by picture, for the pictures of README and docs.

The real tracker sees every rendered picture and the real scene plays on it, on a clock of its own: the same pictures
on every machine, however busy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame
from PIL import Image as Pillow

from handplay.engine.events import EventPump
from handplay.engine.hands import HandFrame
from handplay.engine.live.stepped_feed import SteppedFeed
from handplay.engine.sources.demo import DemoSource
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.inset import Inset
from handplay.engine.stage.metrics import LoopMetrics
from handplay.engine.stage.scene import Scene
from handplay.engine.stage.simulation import Simulation
from handplay.engine.stage.sound import Sound
from handplay.engine.stage.stage import Stage
from handplay.engine.stage.theme import NIGHT
from handplay.engine.stage.toast import Toasts
from handplay.engine.tracking.tracker import HandTracker

PICTURES = Path(__file__).resolve().parent / "pictures"


def film(
    make_scene: Callable[[Stage], Scene],
    demo: str,
    seconds: float,
    *,
    fps: float = 30.0,
    size: tuple[int, int] = (1280, 720),
    hands: int = 2,
    seed: int = 5,
) -> Iterator[tuple[float, pygame.Surface]]:
    """Plays a scene and gives its pictures.

    Args:
        demo: what the demo hand plays.
        seconds: how long.
        fps: pictures a second that are given.
        size: of the window.

    Returns:
        pairs of time and window; the surface is drawn over by the next one.
    """
    pygame.display.init()
    surface = pygame.display.set_mode(size)
    stage = Stage(sound=Sound(off=True), inset=Inset(), toasts=Toasts(), seed=seed, rng=Random(seed))
    canvas = Canvas(surface, NIGHT)
    scene = make_scene(stage)
    feed = SteppedFeed(DemoSource(demo, seed=seed, realtime=False), HandTracker(hands))
    simulation = Simulation(scene, stage, feed, EventPump(), pygame.event.get, LoopMetrics())
    scene.draw(canvas, 0.0)
    feed.start()
    try:
        for number in range(round(seconds * fps)):
            simulation.advance(1 / fps)
            canvas.fit(surface, stage.theme)
            frame: HandFrame | None = stage.hands.frame
            stage.picture = picture = feed.picture() if frame is not None else None
            scene.draw(canvas, 0.0)
            stage.inset.update(1 / fps, stage, picture is not None)
            stage.inset.draw(canvas, picture, frame, False)
            stage.toasts.update(1 / fps)
            stage.toasts.draw(canvas)
            yield number / fps, surface
    finally:
        feed.close()
        pygame.display.quit()


def shots(
    make_scene: Callable[[Stage], Scene], demo: str, wanted: dict[float, str], *, hands: int = 2, seed: int = 5
) -> None:
    """Saves pictures of a scene: seconds into it to file names."""
    left = dict(wanted)
    for time_s, surface in film(make_scene, demo, max(wanted) + 0.2, hands=hands, seed=seed):
        for at_s in [at_s for at_s in left if at_s <= time_s]:
            pygame.image.save(surface, str(PICTURES / left.pop(at_s)))


def animation(
    make_scene: Callable[[Stage], Scene],
    demo: str,
    name: str,
    *,
    start_s: float,
    end_s: float,
    fps: float = 15.0,
    width: int = 640,
    colours: int = 200,
    hands: int = 2,
    seed: int = 5,
) -> None:
    """Saves a moving picture of a scene as a GIF that repeats."""
    pictures = []
    for time_s, surface in film(make_scene, demo, end_s, fps=2 * fps, hands=hands, seed=seed):
        if time_s >= start_s and round(time_s * 2 * fps) % 2 == 0:
            small = pygame.transform.smoothscale(surface, (width, width * 9 // 16))
            pictures.append(Pillow.frombytes("RGB", small.get_size(), pygame.image.tobytes(small, "RGB")))
    # One palette for all: of a strip that holds something of the whole film.
    some = pictures[:: max(1, len(pictures) // 12)]
    strip = Pillow.new("RGB", (width, sum(picture.height for picture in some)))
    for number, picture in enumerate(some):
        strip.paste(picture, (0, number * picture.height))
    palette = strip.quantize(colours, method=Pillow.Quantize.MEDIANCUT)
    frames = [picture.quantize(colours, palette=palette, dither=Pillow.Dither.NONE) for picture in pictures]
    frames[0].save(
        PICTURES / name, save_all=True, append_images=frames[1:], duration=round(1000 / fps), loop=0, optimize=True
    )
