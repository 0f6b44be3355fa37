"""The camera picture: mirrored like a mirror, told by its ring, drawn anew only when there is a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.stage import inset as inset_module
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.inset import Inset
from handplay.engine.stage.stage import HandsNow, Stage

Make = Callable[..., Canvas]


def picture(width: int = 640, height: int = 480) -> Any:
    image = np.zeros((height, width, 3), np.uint8)
    image[:, : width // 2] = (255, 0, 0)  # blue on the picture's left
    return image


def shown_inset(stage: Stage) -> Inset:
    inset = Inset()
    for _ in range(60):
        inset.update(1 / 60, stage, has_picture=True)
    return inset


@pytest.mark.parametrize("mirrored", [False, True], ids=["camera", "selfie"])
def test_it_is_a_mirror(new_canvas: Make, new_stage: Callable[..., Stage], mirrored: bool) -> None:
    canvas, stage = new_canvas(), new_stage()
    inset = shown_inset(stage)
    inset.draw(canvas, picture(), None, mirrored)
    area = inset.area(canvas)
    y = int(area.centre[1])
    left = canvas.surface.get_at((int(area.left + 20), y))
    right = canvas.surface.get_at((int(area.right - 20), y))
    blue, black = (left, right) if mirrored else (right, left)
    assert blue[2] > 200
    assert black[2] < 60


@pytest.mark.parametrize("corner", ["top_left", "top_right", "bottom_left", "bottom_right"])
@pytest.mark.parametrize("size", [(1280, 720), (640, 400), (1720, 720), (960, 720)])
def test_it_stays_in_the_safe_area(new_canvas: Make, corner: Any, size: tuple[int, int]) -> None:
    canvas, inset = new_canvas(*size), Inset()
    inset.corner = corner
    area, safe = inset.area(canvas), canvas.safe
    assert safe.left - 1e-6 <= area.left < area.right <= safe.right + 1e-6
    assert safe.top - 1e-6 <= area.top < area.bottom <= safe.bottom + 1e-6


def test_sight_follows_the_hands(new_stage: Callable[..., Stage], new_hand: Callable[..., Hand]) -> None:
    stage, inset = new_stage(), Inset()
    seen: list[str] = []

    def look(times: int = 1) -> None:
        for _ in range(times):
            inset.update(0.1, stage, has_picture=True)
        seen.append(inset.sight)

    look()
    stage.hands = HandsNow(HandFrame(0, 0.0, 1280, 720, hands=(new_hand(300, 300),)))
    look()
    stage.hands = HandsNow(HandFrame(1, 0.1, 1280, 720))
    look()
    look(20)
    assert seen == ["looking", "good", "lost", "looking"]


def test_a_picture_is_scaled_once(
    new_canvas: Make, new_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    real = inset_module._make

    def make(*args: Any) -> Any:
        made.append(args)
        return real(*args)

    monkeypatch.setattr(inset_module, "_make", make)
    canvas, inset = new_canvas(), shown_inset(new_stage())
    one, two = picture(), picture(1280, 720)
    for image in (one, one, one, two, two):
        inset.draw(canvas, image, None, False)
    assert len(made) == 2


def test_hidden_it_draws_nothing(new_canvas: Make, new_stage: Callable[..., Stage]) -> None:
    canvas, stage = new_canvas(320, 200), new_stage()
    stage.settings.show_inset = False
    inset = shown_inset(stage)
    canvas.fill((0, 0, 0))
    inset.draw(canvas, picture(), None, False)
    assert canvas.surface.get_bounding_rect().size == (320, 200)
    assert {canvas.surface.get_at((x, 150))[:3] for x in range(0, 320, 5)} == {(0, 0, 0)}
