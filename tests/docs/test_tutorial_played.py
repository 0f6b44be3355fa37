"""The tutorial's gesture really serves: rendered, tracked and recognized, whatever the machine is busy with."""

from __future__ import annotations

import re
from pathlib import Path

import pygame

from handplay.engine.events import EventPump
from handplay.engine.live.stepped_feed import SteppedFeed
from handplay.engine.sources.spec import open_source, parse_spec
from handplay.engine.stage.metrics import LoopMetrics
from handplay.engine.stage.simulation import Simulation
from handplay.engine.tracking.tracker import HandTracker
from handplay.games.pong.scene import PongScene
from handplay.gestures.library import load_library
from handplay.gestures.recognizer import Recognizer

from quiet_stage import quiet_stage

TUTORIAL = (Path(__file__).resolve().parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")


def test_the_blaster_serves(tmp_path: Path) -> None:
    file = re.search(r"<!-- mine.json -->\n```json\n(.*?)```", TUTORIAL, re.DOTALL)
    source = re.search(r"handplay pong --gestures mine.json --source (\S+)", TUTORIAL)
    assert file
    assert source
    path = tmp_path / "mine.json"
    path.write_text(file[1], encoding="utf-8")
    library = load_library(path)

    pygame.display.init()
    pygame.event.clear()
    stage = quiet_stage()
    scene = PongScene(stage, bindings=library.bindings("pong"))
    feed = SteppedFeed(open_source(parse_spec(source[1]), fps=15, realtime=False), HandTracker(1))
    pump = EventPump(Recognizer(library))
    simulation = Simulation(scene, stage, feed, pump, pygame.event.get, LoopMetrics())
    feed.start()
    while scene.game.state != "rally" and simulation.time_s < 12.0:
        simulation.advance(1 / 30)
    feed.close()
    assert scene.game.state == "rally"
