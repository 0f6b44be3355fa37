"""Slice on the stage: hands, mouse and keys, the window, the scores."""

from __future__ import annotations

import itertools
from pathlib import Path

import pygame
import pytest

from handplay.engine import events
from handplay.engine.hands import HandFrame
from handplay.engine.high_scores import HighScores
from handplay.engine.preferences import Reach
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.feel import HIT_STOP_S
from handplay.engine.stage.stage import HandsNow, Stage
from handplay.games.slice.blades import MOUSE, TRAIL_S, Blades
from handplay.games.slice.flight import Flyer
from handplay.games.slice.fruit import LOOKS, sprite
from handplay.games.slice.scene import SliceScene
from handplay.games.slice.waves import FRUITS

from quiet_stage import HeardSound, quiet_stage

STEP_S = 1 / 120


def swipe(scene: SliceScene, y: float, *, seconds: float = 0.25, hand_id: int = 1) -> None:
    """A hand goes across, seen 30 times a second."""
    for step in range(round(seconds / STEP_S)):
        if step % 4 == 0:
            x = 0.2 + 0.6 * step * STEP_S / seconds
            scene.handle(pygame.event.Event(events.POINTERMOTION, hand_id=hand_id, handedness="Right", x=x, y=y / 720))
        scene.update(STEP_S)


def screen(scene: SliceScene) -> str:
    return scene.game.state


def test_a_swipe_by_hand_starts_and_cuts(stage: Stage, canvas: Canvas) -> None:
    scene = SliceScene(stage)
    scene.draw(canvas, 0.0)
    swipe(scene, 430)
    assert screen(scene) == "playing"
    scene.draw(canvas, 0.0)
    for _ in range(120 * 4):
        high = [one for one in scene.game.air.flyers if one.y < 450 and not one.is_bomb]
        if high:
            swipe(scene, high[0].y)
        scene.update(STEP_S)
    assert scene.game.cuts > 0
    assert scene.blades.by_hand


def test_a_slow_hand_starts_nothing(stage: Stage, canvas: Canvas) -> None:
    scene = SliceScene(stage)
    scene.draw(canvas, 0.0)
    swipe(scene, 430, seconds=3.0)
    assert screen(scene) == "title"


def test_the_mouse_cuts_only_with_its_button_down(stage: Stage, canvas: Canvas) -> None:
    scene = SliceScene(stage)
    scene.draw(canvas, 0.0)

    def move(down: bool) -> None:
        if down:
            scene.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(300, 430), button=1))
        for x in range(300, 1000, 50):
            buttons = (int(down), 0, 0)
            scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(x, 430), rel=(50, 0), buttons=buttons))
            scene.update(STEP_S)

    move(False)
    assert screen(scene) == "title"
    move(True)
    assert screen(scene) == "playing"
    assert not scene.blades.by_hand


def test_a_hand_that_comes_back_elsewhere_makes_no_stroke() -> None:
    blades = Blades()
    blades.move(1, 100, 100)
    blades.step(STEP_S)
    for _ in range(40):
        assert blades.step(STEP_S) == []
    blades.move(1, 1000, 600)
    assert blades.step(STEP_S) == []


def test_a_mouse_that_is_pressed_elsewhere_makes_no_stroke() -> None:
    blades = Blades()
    blades.move(MOUSE, 100, 100, down=False)
    blades.step(STEP_S)
    blades.move(MOUSE, 900, 100, down=True)
    assert blades.step(STEP_S) == []


def test_the_stroke_covers_the_whole_way_between_two_pictures() -> None:
    blades = Blades()
    blades.move(1, 100, 100)
    for _ in range(4):
        blades.step(STEP_S)
    blades.move(1, 300, 100)
    strokes = [one for _ in range(6) for one in blades.step(STEP_S)]
    assert strokes[0].ax == 100
    assert strokes[-1].bx == pytest.approx(300)
    assert all(a.bx == b.ax for a, b in itertools.pairwise(strokes))
    assert strokes[0].speed == pytest.approx(200 * 30, rel=0.05)


def test_the_reach_box_is_used(stage: Stage, canvas: Canvas) -> None:
    scene = SliceScene(stage, reach=Reach(0.5, 0.5, 1.0, 1.0))
    scene.draw(canvas, 0.0)
    scene.handle(pygame.event.Event(events.POINTERMOTION, hand_id=1, handedness="Left", x=0.75, y=0.75))
    blade = scene.blades.all[1]
    assert (blade.x, blade.y) == (640, 360)


def test_keys(stage: Stage, canvas: Canvas) -> None:
    scene = SliceScene(stage)
    scene.draw(canvas, 0.0)
    for key, state in ((pygame.K_p, "title"), (pygame.K_SPACE, "playing"), (pygame.K_p, "paused"),
                       (pygame.K_SPACE, "playing")):  # fmt: skip
        scene.handle(pygame.event.Event(pygame.KEYDOWN, key=key))
        scene.update(STEP_S)
        assert screen(scene) == state


def test_gestures_are_bound(stage: Stage, canvas: Canvas) -> None:
    scene = SliceScene(stage, bindings={"rock": "start", "stop": "pause"})
    scene.draw(canvas, 0.0)
    for name, state in (("thumbs_up", "title"), ("stop", "title"), ("rock", "playing"), ("stop", "paused"),
                        ("stop", "playing")):  # fmt: skip
        scene.handle(pygame.event.Event(events.GESTUREDOWN, name=name))
        scene.update(STEP_S)
        assert screen(scene) == state


def test_a_result_is_kept_and_shown(stage: Stage, canvas: Canvas, tmp_path: Path) -> None:
    scores = HighScores(tmp_path / "scores.json")
    scene = SliceScene(stage, scores=scores)
    scene.draw(canvas, 0.0)
    scene.game.start()
    scene.game.score, scene.game.lives = 33, 1
    for _ in range(120 * 10):
        scene.update(STEP_S)
        if scene.game.state == "over":
            break
    for _ in range(240):
        scene.update(STEP_S)
    scene.draw(canvas, 0.0)
    assert [row.score for row in scores.best("slice")] == [33]


@pytest.mark.parametrize("size", [(1280, 720), (640, 400), (2560, 1080), (200, 150)])
def test_every_window(stage: Stage, size: tuple[int, int]) -> None:
    pygame.display.init()
    canvas = Canvas(pygame.display.set_mode(size), stage.theme)
    scene = SliceScene(stage)
    scene.draw(canvas, 0.0)
    scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE))
    for step in range(300):
        scene.update(STEP_S)
        if step % 30 == 0:
            scene.draw(canvas, 0.0)
    assert pygame.surfarray.array3d(canvas.surface).std() > 5
    pygame.display.quit()


def test_every_fruit_has_a_look(canvas: Canvas) -> None:
    assert set(LOOKS) == set(FRUITS)
    for kind in (*FRUITS, "bomb"):
        whole = sprite(canvas, kind, "whole", 50, 0.0)
        assert whole.get_at((whole.get_width() // 2, whole.get_height() // 2)).a == 255
        assert sprite(canvas, kind, "whole", 50, 0.01) is whole
        assert sprite(canvas, kind, "whole", 50, 1.0) is not whole


@pytest.mark.parametrize(("kinds", "held"), [(("bomb",), True), (("melon",), False), (("melon",) * 3, True)])
def test_an_impact_holds_the_flight_for_a_moment(
    stage: Stage, canvas: Canvas, kinds: tuple[str, ...], held: bool
) -> None:
    scene = SliceScene(stage)
    scene.draw(canvas, 0.0)
    scene.game.start()
    fruit = tuple(Flyer(900 + k, kind, 500.0 + 60 * k, 300.0, 0.0, 0.0, 60.0) for k, kind in enumerate(kinds))
    witness = Flyer(990, "melon", 100.0, 300.0, 60.0, -100.0, 40.0)
    scene.game.air.throw((*fruit, witness))

    def place() -> float:
        return next(one.x for one in scene.game.air.flyers if one.number == 990)

    swipe(scene, 300, seconds=0.2)
    stops = []
    for _ in range(2):  # nothing moves on its own but the flight
        before = place()
        scene.update(STEP_S)
        stops.append(place() - before)
    moved = place() - witness.x
    late_s = (round(0.2 / STEP_S) + 2) * STEP_S - moved / witness.vx
    assert late_s == pytest.approx(HIT_STOP_S if held else 0.0, abs=1e-3)
    assert stops == pytest.approx([witness.vx * STEP_S] * 2, abs=1e-3)


def test_a_cut_made_while_the_flight_is_held_counts_after_it(stage: Stage, canvas: Canvas) -> None:
    scene = SliceScene(stage)
    scene.draw(canvas, 0.0)
    scene.game.start()
    scene.game.air.throw((Flyer(901, "melon", 640.0, 300.0, 0.0, 0.0, 60.0),))
    scene._stop.hit()
    for x in (0.4, 0.6):
        scene.handle(pygame.event.Event(events.POINTERMOTION, hand_id=1, handedness="Right", x=x, y=300 / 720))
        scene.update(STEP_S)
    assert scene.game.cuts == 0
    for _ in range(6):
        scene.update(STEP_S)
    assert scene.game.cuts == 1


def test_a_trail_is_short_and_fades(stage: Stage, canvas: Canvas) -> None:
    blades = Blades()
    for step in range(120):
        blades.move(1, step * 10.0, 300.0)
        blades.step(STEP_S)
    (blade,) = blades.all.values()
    ages = [blades.age(point) for point in blade.trail]
    assert 1 < len(ages) <= TRAIL_S / STEP_S + 2
    assert ages == sorted(ages, reverse=True)
    assert ages[-1] < 0.1
    assert ages[0] > 0.8
    for _ in range(40):
        blades.step(STEP_S)
    assert not blade.trail


def test_a_dark_room_is_told_on_the_title(stage: Stage, canvas: Canvas) -> None:
    scene = SliceScene(stage)
    stage.hands = HandsNow(HandFrame(0, 0.0, 640, 480, condition="dark"))
    for _ in range(120):
        scene.update(STEP_S)
    told = scene._screens._card._text
    assert told is not None
    assert told.sentence == "It is too dark to see your hand"
    stage.hands = HandsNow(HandFrame(1, 0.1, 640, 480))
    for _ in range(120):
        scene.update(STEP_S)
    assert scene._screens._card.shown == 0.0


@pytest.mark.parametrize(("kind", "name"), [("melon", "hit"), ("bomb", "lose")])
def test_what_is_cut_is_heard_where_it_is(canvas: Canvas, kind: str, name: str) -> None:
    sound = HeardSound()
    scene = SliceScene(quiet_stage(sound=sound))
    scene.draw(canvas, 0.0)
    scene.game.start()
    scene.update(STEP_S)
    sound.heard.clear()
    scene.game.air.throw((Flyer(900, kind, 320.0, 300.0, 0.0, 0.0, 60.0),))
    swipe(scene, 300, seconds=0.2)
    assert [(heard, round(x, 2)) for heard, x, _ in sound.heard if heard == name] == [(name, 0.25)]


def test_several_in_one_go_sound_higher(canvas: Canvas) -> None:
    sound = HeardSound()
    scene = SliceScene(quiet_stage(sound=sound))
    scene.draw(canvas, 0.0)
    scene.game.start()
    scene.update(STEP_S)
    scene.game.air.throw(tuple(Flyer(900 + k, "lime", 500.0 + 90 * k, 300.0, 0.0, 0.0, 40.0) for k in range(3)))
    swipe(scene, 300, seconds=0.2)
    assert [pitch for heard, _, pitch in sound.heard if heard == "hit"] == [2, 4, 6]
