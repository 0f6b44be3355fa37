"""The page of keys: it comes and goes by F1, closes before the scene is left, and fits every window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pygame
import pytest

from handplay.engine.stage.app import run
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.keys_card import EVERYWHERE, KeysCard, gesture_rows
from handplay.engine.stage.layout import Area
from handplay.engine.stage.options import StageOptions

ROWS = (("Hand", "moves the paddle"), ("Space or click", "begin, serve"))


def key(kind: int, sign: str = "") -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=kind, mod=0, unicode=sign)


@pytest.mark.parametrize("size", [(1280, 720), (640, 400), (600, 1000), (320, 240)], ids=str)
def test_all_rows_are_on_the_card(
    new_canvas: Callable[..., Canvas], size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas, card = new_canvas(*size), KeysCard()
    card.switch(ROWS)
    card.update(1.0)
    said: dict[str, Area] = {}
    real = canvas.text

    def text(line: str, *args: Any, **options: Any) -> Area:
        said[line] = real(line, *args, **options)
        return said[line]

    monkeypatch.setattr(canvas, "text", text)
    card.draw(canvas)
    for left, right in (*ROWS, *EVERYWHERE):
        assert said[left].right < said[right].left
        assert said[left].top == pytest.approx(said[right].top)
    if min(size) >= 400:
        for line, area in said.items():
            assert canvas.bounds.left <= area.left < area.right <= canvas.bounds.right, line
            assert canvas.bounds.top <= area.top < area.bottom <= canvas.bounds.bottom, line


def test_it_fades(new_canvas: Callable[..., Canvas]) -> None:
    canvas, card = new_canvas(640, 400), KeysCard()
    canvas.fill((200, 200, 200))
    light = [pygame.transform.average_color(canvas.surface)[0]]
    card.switch(ROWS)
    for _ in range(3):
        card.update(0.05)
        canvas.fill((200, 200, 200))
        card.draw(canvas)
        light.append(pygame.transform.average_color(canvas.surface)[0])
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == 4


@pytest.mark.parametrize("opener", [key(pygame.K_F1), key(pygame.K_SLASH, "?")], ids=["F1", "?"])
def test_esc_closes_the_page_before_it_leaves(make_feed: Any, trace_scene: Any, opener: pygame.event.Event) -> None:
    seen: list[int] = []
    reached = [0]

    class Keyed(trace_scene):  # type: ignore[misc]  # the fixture hands out a class
        def keys(self) -> tuple[tuple[str, str], ...]:
            return ROWS

        def handle(self, event: pygame.event.Event) -> None:
            if event.type == pygame.KEYDOWN:
                seen.append(event.key)

        def update(self, dt_s: float) -> None:
            super().update(dt_s)
            reached[0] += 1
            if reached[0] in (10, 30, 50):
                pygame.event.post(opener if reached[0] == 10 else key(pygame.K_ESCAPE))

    run(Keyed, make_feed(), StageOptions(headless=True, duration_s=20.0))
    assert seen == []
    assert 50 <= reached[0] < 600, "the first Esc closed the page, the second ended the run"


def test_a_scene_with_a_page_of_its_own_gets_the_key(make_feed: Any, trace_scene: Any) -> None:
    seen: list[int] = []

    class Own(trace_scene):  # type: ignore[misc]  # the fixture hands out a class
        def handle(self, event: pygame.event.Event) -> None:
            if event.type == pygame.KEYDOWN:
                seen.append(event.key)

        def update(self, dt_s: float) -> None:
            super().update(dt_s)
            if not seen:
                pygame.event.post(key(pygame.K_F1))

    run(Own, make_feed(), StageOptions(headless=True, duration_s=0.5))
    assert seen[0] == pygame.K_F1


def test_the_gestures_are_those_that_are_bound() -> None:
    bindings = {"stop": "serve", "open_palm": "serve", "rock": "pause", "my_own": "serve", "fist": "tool:pen"}
    assert gesture_rows(bindings, ("serve", "pause")) == (
        ("Open palm", "serve"),
        ("Rock", "pause"),
        ("My own", "serve"),
    )
