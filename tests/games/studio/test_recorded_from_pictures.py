"""Recording by pictures: the demo hand moves, the real tracker follows it, and what was learned knows other people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from handplay.cli.gestures.keeping import Target
from handplay.engine.hands import HandFrame
from handplay.engine.sources.demo import DemoSource, Script
from handplay.engine.sources.demo.movement import Path as Way
from handplay.engine.sources.demo.movement import Performer
from handplay.engine.tracking.tracker import HandTracker
from handplay.games.studio.recording import COUNTDOWN_S, Recording
from handplay.gestures.kinds import Motion, Template
from handplay.gestures.learn.recorder import RecordKind
from handplay.gestures.library import Library, builtin_library, load_library
from handplay.gestures.recognizer import Recognizer

FPS = 20
TEACHER = Performer(x=0.42, y=0.45, palm=0.2)
OTHER = Performer(x=0.55, y=0.5, palm=0.16, pace=1.4, reach=1.3, skin=4, sleeve=2, background="wall")
LEFT = replace(OTHER, handedness="Left", pace=0.8, skin=2)


def corner(who: Performer, times: int) -> Way:
    """Down and then to the player's right, from rest to rest; between them the way back."""
    path = Way(who, "point").rest(0.6)
    for _ in range(times):
        r = who.reach
        path.to(0.3 * who.pace, 0.0, 1.2 * r).to(0.3 * who.pace, -1.2 * r, 1.2 * r).rest(0.45)
        path.to(0.6, 0.0, 0.0).rest(0.4)
    return path


def stroke(who: Performer) -> Way:
    """Straight down, and back."""
    return Way(who, "point").rest(0.6).to(0.4, 0.0, 1.5).rest(0.5).to(0.8, 0.0, 0.0).rest(0.4)


def held(who: Performer, pose: str, seconds: float, **turn: float) -> Way:
    return Way(who, pose, **turn).rest(0.5 * seconds).to(0.5 * seconds, roll_deg=turn.get("roll_deg", 0.0) + 6.0)


def seen(*ways: Way) -> Iterator[HandFrame]:
    """What the tracker makes of the pictures."""
    script = Script("test", "a test", tuple(way.track() for way in ways), ways[0].time_s)
    frames = round(ways[0].time_s * FPS)
    source = DemoSource(script=script, width=320, height=240, fps=FPS, realtime=False, frames=frames)
    with HandTracker(len(ways)) as tracker:
        while (frame := source.read()) is not None:
            yield tracker.track(frame.image, frame.time_s)


def recorded(way: Way, kind: RecordKind, folder: Path) -> Library:
    """The built-in gestures and the one that was recorded, as its file holds it."""
    recording = Recording("mine", builtin_library(), kind=kind)
    recording.act("start")
    recording.update(COUNTDOWN_S)
    for frame in seen(way):
        recording.feed(frame)
        recording.update(1 / FPS)
        if recording.state != "collecting":
            break
    recording.update(0.2)
    recording.update(0.2)
    assert recording.state == "result", recording.message
    assert recording.recorded is not None
    file = folder / "mine.json"
    Target(file, own=False).write([recording.recorded.gesture])
    return load_library(file)


def begun(library: Library, way: Way) -> Counter[str]:
    """How often each gesture begins."""
    recognizer = Recognizer(library)
    return Counter(step.name for frame in seen(way) for step in recognizer.update(frame).steps if step.kind == "begin")


def test_a_movement(tmp_path: Path) -> None:
    library = recorded(corner(TEACHER, 3), "motion", tmp_path)
    mine = library.find("mine")
    assert isinstance(mine, Motion)
    assert len(mine.samples) == 3
    for path in mine.samples:
        (x0, y0), (x1, y1) = path[0], path[-1]
        assert (x1 - x0, y1 - y0) == pytest.approx((1.2, 1.2), abs=0.3)
        middle_x, middle_y = path[len(path) // 2]
        assert middle_y - y0 > 0.8  # first down,
        assert middle_x - x0 < 0.6  # then across
    for who in (OTHER, LEFT):
        assert begun(library, corner(who, 1))["mine"] == 1
    assert begun(library, stroke(OTHER))["mine"] == 0


def test_a_shape_by_example(tmp_path: Path) -> None:
    library = recorded(held(TEACHER, "claw", 3.0), "template", tmp_path)
    mine = library.find("mine")
    assert isinstance(mine, Template)
    assert 4 <= len(mine.samples) <= 8
    for who in (OTHER, LEFT):
        assert begun(library, held(who, "claw", 0.8, roll_deg=-8.0))["mine"] == 1
    for pose in ("fist", "open_palm"):
        assert begun(library, held(OTHER, pose, 0.8))["mine"] == 0


def test_two_hands_are_asked_to_become_one() -> None:
    recording = Recording("mine", builtin_library(), kind="motion", keep_at_once=True)
    recording.act("start")
    recording.update(COUNTDOWN_S)
    right, left = replace(TEACHER, x=0.3), replace(TEACHER, x=0.72, handedness="Left")
    for frame in seen(held(right, "point", 0.8), held(left, "point", 0.8)):
        recording.feed(frame)
        recording.update(1 / FPS)
    assert recording.recorder_state.hint == "Show one hand only."
    recording.hands_gone(over=True)
    for _ in range(4):
        recording.update(0.1)
    assert recording.state == "discarded"
    assert recording.message == "Too little was seen. Show one hand only."
