"""The demo hand, rendered and really tracked, works the home screen, the guide and Slice: no mouse, no keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pygame
import pytest

from handplay.engine.events import EventPump
from handplay.engine.live.stepped_feed import SteppedFeed
from handplay.engine.preferences import Preferences, Reach
from handplay.engine.sources.demo import DemoSource
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.metrics import LoopMetrics
from handplay.engine.stage.scene import Scene
from handplay.engine.stage.simulation import Simulation
from handplay.engine.stage.stage import Stage
from handplay.engine.tracking.tracker import HandTracker
from handplay.games.home.entries import Entry
from handplay.games.home.guide import GuideScene
from handplay.games.home.shell import Shell
from handplay.games.pong.scene import PongScene
from handplay.games.slice.scene import SliceScene

Play = Callable[[Scene, float, Callable[[], bool]], float]


@pytest.fixture
def play(stage: Stage, canvas: Canvas) -> Iterator[Play]:
    """Plays a scene until something is so, at most so many seconds; gives the time it took."""
    feeds: list[SteppedFeed] = []

    def run(scene: Scene, seconds: float, until: Callable[[], bool]) -> float:
        feed = SteppedFeed(DemoSource("pong", realtime=False), HandTracker(2))
        feeds.append(feed)
        simulation = Simulation(scene, stage, feed, EventPump(), pygame.event.get, LoopMetrics())
        feed.start()
        while simulation.time_s < seconds and not until():
            simulation.advance(1 / 30)
            scene.draw(canvas, 0.0)
        return simulation.time_s

    yield run
    for feed in feeds:
        feed.close()


def test_a_pinch_opens_a_game(stage: Stage, play: Play) -> None:
    def never(stage: Stage) -> Scene:
        raise AssertionError("the wrong tile")

    tiles = (
        Entry("pong", "Pong", "", "pong", lambda stage: PongScene(stage)),
        *(Entry(key, key, "", "slice", never) for key in ("b", "c", "d")),
    )
    shell = Shell(stage, tiles, lambda: Preferences(press="pinch"))
    took_s = play(shell, 15.0, lambda: isinstance(shell.scene, PongScene))
    assert isinstance(shell.scene, PongScene)
    assert took_s < 10.0


def test_the_guide_is_passed_and_finds_the_reach(stage: Stage, play: Play) -> None:
    kept: list[Preferences] = []
    guide = GuideScene(stage, Preferences(), kept.append, save=lambda _: None)
    play(guide, 60.0, lambda: guide.finished)
    assert guide.finished
    assert [one.guided for one in kept] == [True]
    reach = kept[-1].reach
    assert reach != Reach()
    assert 0.3 < reach.right - reach.left < 0.6  # circles of 0.2 either way


def test_fruit_is_cut(stage: Stage, play: Play) -> None:
    scene = SliceScene(stage)
    play(scene, 20.0, lambda: scene.game.cuts >= 4)
    assert scene.game.cuts >= 4
    assert scene.game.booms == 0


def test_without_a_camera_the_guide_says_so(stage: Stage, canvas: Canvas) -> None:
    pictures = []
    for state in ("running", "no_source"):
        stage.feed_state = state
        guide = GuideScene(stage, Preferences(guided=True), lambda _: None, save=lambda _: None)
        for _ in range(60):
            guide.update(1 / 120)
        guide.draw(canvas, 0.0)
        pictures.append(pygame.image.tobytes(canvas.surface, "RGB"))
    assert pictures[0] != pictures[1]
    for _ in range(5):
        guide.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_RETURN))
    assert guide.step.name == "done"
