"""The same hands and seed make the same steps at every rate of drawing; a broken feed is told in the right place."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pygame
import pytest

from handplay.engine.errors import SourceUnreadable
from handplay.engine.events import EVENT_NAMES, TRACKERSTATUS, EventPump
from handplay.engine.hands import HandFrame
from handplay.engine.stage.metrics import LoopMetrics
from handplay.engine.stage.simulation import MAX_CATCH_UP_S, STEP_S, Simulation
from handplay.engine.stage.stage import Stage

NewStage = Callable[..., Stage]


def simulate(scene_type: Any, feed: Any, stage: Stage, **more: Any) -> tuple[Any, Simulation]:
    scene = scene_type(stage)
    feed.start()
    simulation = Simulation(scene, stage, feed, EventPump(), pygame.event.get, LoopMetrics(), names=EVENT_NAMES, **more)
    return scene, simulation


def trace_at(intervals: Callable[[], float], make_feed: Any, trace_scene: Any, new_stage: NewStage) -> Any:
    pygame.event.clear()
    scene, simulation = simulate(trace_scene, make_feed(), new_stage(seed=7))
    while simulation.time_s < 3.0:
        simulation.advance(intervals(), 3.0)
    return scene.trace


def test_a_replay_is_the_same_at_every_frame_rate(make_feed: Any, trace_scene: Any, new_stage: NewStage) -> None:
    chance = random.Random(3)
    traces = [
        trace_at(intervals, make_feed, trace_scene, new_stage)
        for intervals in (lambda: 1 / 30, lambda: 1 / 144, lambda: chance.uniform(0.0, 0.2))
    ]
    assert len(traces[0]) > 400
    assert traces[0] == traces[1] == traces[2]


def test_another_seed_is_another_game(make_feed: Any, trace_scene: Any, new_stage: NewStage) -> None:
    one, two = (simulate(trace_scene, make_feed(), new_stage(seed=seed)) for seed in (1, 2))
    for _, simulation in (one, two):
        simulation.advance(0.2)
    assert one[0].trace != two[0].trace


@pytest.mark.parametrize(
    ("elapsed_s", "steps"), [(0.0, 0), (STEP_S, 1), (1 / 60, 2), (10.0, round(MAX_CATCH_UP_S / STEP_S)), (-1.0, 0)]
)
def test_time_becomes_whole_steps(
    elapsed_s: float, steps: int, make_feed: Any, trace_scene: Any, new_stage: NewStage
) -> None:
    scene, simulation = simulate(trace_scene, make_feed(), new_stage())
    alpha = simulation.advance(elapsed_s)
    assert scene.steps == simulation.steps == steps
    assert 0.0 <= alpha <= 1.0


def test_the_rest_of_a_step_is_the_drawings_alpha(make_feed: Any, trace_scene: Any, new_stage: NewStage) -> None:
    _, simulation = simulate(trace_scene, make_feed(), new_stage())
    assert simulation.advance(STEP_S * 1.25) == pytest.approx(0.25)
    assert simulation.advance(STEP_S * 0.5) == pytest.approx(0.75)


def test_a_finished_scene_gets_no_further_step(make_feed: Any, trace_scene: Any, new_stage: NewStage) -> None:
    scene, simulation = simulate(trace_scene, make_feed(), new_stage())
    scene.finished = True
    simulation.advance(0.1)
    assert scene.steps == 0


def test_a_feed_that_never_ran_raises(make_feed: Any, trace_scene: Any, new_stage: NewStage) -> None:
    feed = make_feed()
    feed.error, feed.fail_at_s = SourceUnreadable("Camera 7 is busy. Close the program that uses it."), 0.0
    _, simulation = simulate(trace_scene, feed, new_stage())
    with pytest.raises(SourceUnreadable, match="Camera 7 is busy"):
        simulation.advance(0.1)


def test_a_feed_that_breaks_later_is_told_and_the_game_goes_on(
    make_feed: Any, trace_scene: Any, new_stage: NewStage
) -> None:
    feed = make_feed()
    feed.error, feed.fail_at_s = SourceUnreadable("The camera is gone. Plug it in again."), 0.5
    stage = new_stage()
    scene, simulation = simulate(trace_scene, feed, stage)
    for _ in range(10):
        simulation.advance(0.1)
    assert scene.steps == 120
    assert stage.feed_state == "ended"
    assert stage.feed_message == "The camera is gone. Plug it in again."
    assert stage.hands.frame is None
    assert any(name.startswith(f"{TRACKERSTATUS} ") and step >= 60 for step, name, _ in scene.trace)
    assert simulation._metrics.events["HANDREMOVED"] == 2


def test_hands_arrive_before_the_step_that_they_belong_to(
    make_feed: Any, trace_scene: Any, new_stage: NewStage
) -> None:
    feed = make_feed(fps=60)
    stage = new_stage()
    _, simulation = simulate(trace_scene, feed, stage)
    for _ in range(240):
        simulation.step()
        frame = stage.hands.frame
        assert frame is not None
        assert frame.time_s <= stage.sim_time_s + 1e-9 < frame.time_s + 1 / 60 + 1e-6


def test_wishes_go_to_a_feed_that_can_be_steered_when_they_change(
    make_feed: Any, trace_scene: Any, new_stage: NewStage
) -> None:
    feed = make_feed()
    _, simulation = simulate(trace_scene, feed, new_stage())
    for _ in range(120):
        simulation.step()
    assert [wishes[0].pose for wishes in feed.steered] == ["open_palm", "point"]


def test_the_loops_own_keys_do_not_reach_the_scene(make_feed: Any, trace_scene: Any, new_stage: NewStage) -> None:
    scene, simulation = simulate(
        trace_scene, make_feed(hands=0), new_stage(), watch=lambda event: bool(event.type == pygame.KEYDOWN)
    )
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_m, mod=0))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=pygame.K_m, mod=0))
    simulation.step()
    names = [name for _, name, _ in scene.trace]
    assert f"{pygame.KEYUP} KeyUp" in names
    assert f"{pygame.KEYDOWN} KeyDown" not in names


def test_a_poor_picture_is_told_once_with_what_to_do(make_feed: Any, trace_scene: Any, new_stage: NewStage) -> None:
    class DarkFeed(make_feed):  # type: ignore[misc]  # the fixture hands out a class
        def _frame(self, index: int) -> HandFrame:
            frame: HandFrame = super()._frame(index)
            return replace(frame, hands=(), condition="dark" if 15 <= index < 45 else "ok")

    pygame.event.clear()
    told: list[tuple[str, str]] = []

    def listen(event: pygame.event.Event) -> bool:
        if event.type == TRACKERSTATUS:
            told.append((event.status, event.message))
        return False

    stage = new_stage()
    _, simulation = simulate(trace_scene, DarkFeed(), stage, watch=listen)
    for _ in range(240):
        simulation.step()
    sentence = "It is too dark to see your hand: turn on a light"
    assert told == [("running", ""), ("dark", sentence), ("running", "")]
    assert stage.toasts._waiting == [sentence]
