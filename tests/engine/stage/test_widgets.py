"""Every widget draws in every window, nothing pops, and motion can be reduced."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pygame
import pytest

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.countdown import draw_countdown
from handplay.engine.stage.cursor import Cursor
from handplay.engine.stage.feel import MAX_SHAKE, HitStop, Shake
from handplay.engine.stage.hand_shape import HandLook, HandPainter
from handplay.engine.stage.hand_view import HandView
from handplay.engine.stage.hint import HintHand
from handplay.engine.stage.particles import Particles
from handplay.engine.stage.stage import HandsNow, Stage
from handplay.engine.stage.status import STATUS, StatusCard
from handplay.engine.stage.theme import HIGH_CONTRAST, NIGHT
from handplay.engine.stage.toast import Toasts
from handplay.engine.stage.transitions import Screens

Make = Callable[..., Canvas]
SIZES = [(1280, 720), (640, 400), (1720, 720), (960, 720), (200, 150)]


def light_of(canvas: Canvas) -> float:
    return float(pygame.surfarray.array3d(canvas.surface).sum())


def outside(canvas: Canvas, before: Any) -> bool:
    """True if the outermost pixels changed: something was drawn over the edge."""
    after = pygame.surfarray.array3d(canvas.surface)
    changed = (after != before).any(axis=2)
    return bool(changed[0].any() or changed[-1].any() or changed[:, 0].any() or changed[:, -1].any())


@pytest.mark.parametrize("size", SIZES[:4], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("state", STATUS)
def test_status_cards_fit_every_window(new_canvas: Make, size: tuple[int, int], state: str) -> None:
    canvas = new_canvas(*size)
    canvas.fill(NIGHT.background)
    before = pygame.surfarray.array3d(canvas.surface)
    card = StatusCard()
    card.show(state)
    card.draw(canvas)
    assert (pygame.surfarray.array3d(canvas.surface) == before).all()  # nothing pops in
    for _ in range(60):
        card.update(1 / 120)
    card.draw(canvas)
    assert not (pygame.surfarray.array3d(canvas.surface) == before).all()
    assert not outside(canvas, before)


def test_status_cards_change_one_after_the_other() -> None:
    card = StatusCard()
    card.show("looking")
    card.update(1.0)
    card.update(1.0)
    card.show("too_dark", "Too dark in here")
    card.update(0.05)
    assert card._text == STATUS["looking"]
    card.update(1.0)
    card.update(0.01)
    assert card._text is not None
    assert (card._text.sentence, card._text.icon) == ("Too dark in here", "dark")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", [NIGHT, HIGH_CONTRAST], ids=["night", "high contrast"])
def test_small_things_draw_everywhere(new_canvas: Make, size: tuple[int, int], theme: Any) -> None:
    canvas = new_canvas(*size, theme=theme)
    cursor, hint, toasts = Cursor(), HintHand("open_palm", "pinch", sway=0.2), Toasts()
    cursor.shown, cursor.place, cursor.dwell, cursor.down = True, (100, 100), 0.5, True
    toasts.show("Sound off")
    for _ in range(40):
        cursor.update(1 / 120)
        hint.update(1 / 60)
        toasts.update(1 / 60)
    draws: list[Callable[[], None]] = [
        lambda: cursor.draw(canvas, theme.aqua),
        lambda: hint.draw(canvas, (640, 500), 40),
        lambda: toasts.draw(canvas),
        lambda: draw_countdown(canvas, (640, 300), 1.4, 3.0),
    ]
    for draw in draws:
        canvas.fill((0, 0, 0))
        draw()
        assert light_of(canvas) > 0


def test_a_countdown_counts_down_and_ends(new_canvas: Make) -> None:
    canvas = new_canvas(640, 400)
    canvas.fill((0, 0, 0))
    draw_countdown(canvas, (640, 300), 0.0, 3.0)
    draw_countdown(canvas, (640, 300), -1.0, 3.0)
    assert light_of(canvas) == 0


def test_toasts_wait_for_each_other() -> None:
    toasts = Toasts()
    for text in ("one", "two", "two"):
        toasts.show(text)
    seen = []
    for _ in range(1200):
        toasts.update(1 / 60)
        if toasts._fade.value == 1.0 and toasts._text not in seen:
            seen.append(toasts._text)
    assert seen == ["one", "two"]
    assert toasts._fade.value == 0.0


@pytest.mark.parametrize("palm", [0.0, 1.0, 60.0, 5_000.0, 1e6])
def test_hands_of_every_size_are_drawn(new_canvas: Make, new_hand: Callable[..., Hand], palm: float) -> None:
    canvas = new_canvas(640, 400)
    points = new_hand(640, 360, palm_px=palm).landmarks_px
    HandPainter().draw(canvas, points, HandLook(NIGHT.aqua, pinch=0.9, held=1.0))
    assert canvas._sprites.pixels < 12_000_000


def test_a_painted_hand_shows_on_white_where_a_lit_one_vanishes(
    new_canvas: Make, new_hand: Callable[..., Hand]
) -> None:
    canvas = new_canvas(640, 400)
    points = new_hand(640, 360, palm_px=120.0).landmarks_px
    seen = {}
    for painted in (False, True):
        canvas.surface.fill((255, 255, 255))
        HandPainter().draw(canvas, points, HandLook(NIGHT.aqua, alpha=0.6, ring=False, painted=painted))
        seen[painted] = int((pygame.surfarray.array3d(canvas.surface) < 250).any(axis=2).sum())
    assert seen[False] == 0
    assert seen[True] > 2000


def test_the_view_glides_and_fades(
    new_canvas: Make, new_stage: Callable[..., Stage], new_hand: Callable[..., Hand]
) -> None:
    canvas = new_canvas(640, 360)
    stage = new_stage(HandFrame(0, 0.0, 1280, 720, hands=(new_hand(400, 360),)))
    view = HandView(stage)
    lights = []
    for step in range(60):
        view.update(1 / 120)
        canvas.fill((0, 0, 0))
        view.draw(canvas)
        lights.append(light_of(canvas))
        if step == 5:
            assert light_of(canvas) > 0
    assert lights[0] < lights[10] < lights[-1]
    x = float(view._hands[1].centre[0])
    assert x == pytest.approx(1 - 400 / 1280, abs=0.03)  # mirrored
    stage.hands = HandsNow(HandFrame(1, 0.033, 1280, 720, hands=(new_hand(500, 360),)))
    view.update(1 / 120)
    after = float(view._hands[1].centre[0])
    assert 1 - 500 / 1280 < after < x  # on its way, neither there nor where it was
    stage.hands = HandsNow(HandFrame(2, 0.066, 1280, 720))
    view.update(1 / 120)
    assert len(view._hands) == 1
    for _ in range(60):
        view.update(1 / 120)
    assert len(view._hands) == 0


def test_a_trail_shows_only_when_fast_and_never_with_reduced_motion(
    new_canvas: Make, new_stage: Callable[..., Stage], new_hand: Callable[..., Hand]
) -> None:
    stage = new_stage()
    view = HandView(stage)
    for frame in range(60):
        fast = frame >= 30
        x = 300 + (max(0, frame - 30) * 60 if fast else 0)
        stage.hands = HandsNow(HandFrame(frame, frame / 30, 1280, 720, hands=(new_hand(x % 900, 360),)))
        for _ in range(4):
            view.update(1 / 120)
        if frame == 29:
            assert len(view._hands[1].trail) == 0
    assert len(view._hands[1].trail) > 0
    drawn = []
    for reduced in (False, True):
        canvas = new_canvas(640, 360)
        canvas.fill((0, 0, 0))
        stage.settings.reduced_motion = reduced
        view.draw(canvas)
        drawn.append(light_of(canvas))
    assert drawn[0] > drawn[1] > 0


def test_particles_take_the_places_of_the_oldest(new_canvas: Make) -> None:
    particles = Particles(capacity=32)
    arrays = (particles._xy, particles._v, particles._left_s)
    for _ in range(5):
        particles.burst((100, 100), NIGHT.gold, random.Random(1), count=20, direction=(1, 0))
    assert particles.alive == 32
    canvas = new_canvas(320, 200)
    particles.draw(canvas)
    for _ in range(120):
        particles.update(1 / 120)
    assert particles.alive == 0
    assert arrays[0] is particles._xy
    assert arrays[2] is particles._left_s
    assert np.isfinite(particles._xy).all()


@pytest.mark.parametrize("reduced", [False, True], ids=["full", "reduced"])
def test_shake_is_small_and_ends(reduced: bool) -> None:
    shake = Shake(reduced=reduced)
    shake.hit(5.0, (3.0, 4.0))
    reach = []
    for _ in range(60):
        reach.append(float(np.hypot(*shake.offset)))
        shake.update(1 / 120)
    assert max(reach) <= MAX_SHAKE + 1e-9
    assert (max(reach) == 0.0) == reduced
    assert reach[-1] == 0.0


def test_a_hit_stop_takes_forty_milliseconds_whatever_the_step() -> None:
    for step_s in (1 / 120, 1 / 30, 0.1):
        stop = HitStop()
        stop.hit()
        moved = sum(stop.filter(step_s) for _ in range(round(1.2 / step_s)))
        assert moved == pytest.approx(1.2 - 0.04, abs=step_s / 2)


def test_screens_follow_each_other_without_a_pop() -> None:
    screens = Screens("title")
    assert screens.alpha == 0.0
    screens.update(1.0)
    screens.show("play")
    alphas = []
    for _ in range(120):
        screens.update(1 / 120)
        alphas.append((screens.current, screens.alpha))
    steps = [abs(b[1] - a[1]) for a, b in itertools.pairwise(alphas)]
    assert max(steps) < 0.08
    change = next(i for i, (name, _) in enumerate(alphas) if name == "play")
    assert alphas[change][1] < 0.05
    assert alphas[-1] == ("play", 1.0)
