"""The brush by speed and by depth: what makes it thick, and what does not."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pygame
import pytest

from handplay.games.airdraw.tools import BRUSH_THIN, DEPTH_SPAN, brush_share, depth_pressure


@pytest.mark.parametrize(
    ("grown", "pressure"),
    [
        pytest.param(1.0, 0.5, id="where it began"),
        pytest.param(float(np.exp(DEPTH_SPAN)), 1.0, id="near"),
        pytest.param(float(np.exp(-DEPTH_SPAN)), 0.0, id="far"),
        pytest.param(3.0, 1.0, id="much nearer"),
        pytest.param(0.2, 0.0, id="much further"),
    ],
)
def test_pressure_follows_how_near_the_hand_is(grown: float, pressure: float) -> None:
    assert depth_pressure(0.2 * grown, 0.2) == pytest.approx(pressure)
    assert brush_share(pressure, speed=99.0) == pytest.approx(BRUSH_THIN + (1 - BRUSH_THIN) * pressure)


def drawn(at_the_drawing: ModuleType, how: str, grow: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Widths of a brush stroke at an even pace, of a hand that grows by so much on its way, as shares of the whole."""
    sitting = at_the_drawing.Sitting()
    sitting.scene.game.act("tool:brush")
    sitting.scene.game.act(how)
    frames = 30
    sitting.hold(0.4, at_the_drawing.Shown(0.3, 0.6))
    for i in range(frames):
        share = i / (frames - 1)
        sitting.show(at_the_drawing.Shown(0.3 + 0.4 * share, 0.6, "pinch", size=1 + (grow - 1) * share))
    sitting.hold(0.3, at_the_drawing.Shown(0.7, 0.6, size=grow))
    (stroke,) = sitting.drawing.document.strokes
    return np.asarray(stroke.widths / stroke.width)


def test_by_depth_a_hand_that_comes_nearer_draws_thicker(at_the_drawing: ModuleType) -> None:
    nearer, further = (drawn(at_the_drawing, "pressure:depth", grow) for grow in (1.3, 0.78))
    assert nearer[-1] > nearer[0] + 0.2
    assert further[-1] < further[0] - 0.2


def test_by_speed_depth_means_nothing(at_the_drawing: ModuleType) -> None:
    even, nearer = (drawn(at_the_drawing, "pressure:speed", grow) for grow in (1.0, 1.3))
    assert nearer[-1] == pytest.approx(even[-1], abs=0.05)


def test_by_depth_the_mouse_goes_on_by_speed(at_the_drawing: ModuleType) -> None:
    widths = []
    for how in ("pressure:speed", "pressure:depth"):
        sitting = at_the_drawing.Sitting()
        sitting.scene.game.act("tool:brush")
        sitting.scene.game.act(how)
        sitting.drag((0.3, 0.5), (0.35, 0.5), (0.45, 0.55), (0.6, 0.5))
        (stroke,) = sitting.drawing.document.strokes
        widths.append(stroke.widths.tolist())
    assert widths[0] == widths[1]


def test_a_key_and_the_sheet_of_widths_change_it(at_the_drawing: ModuleType) -> None:
    sitting = at_the_drawing.Sitting()
    sitting.key(pygame.K_d)
    assert sitting.scene.game.tools.pressure == "depth"
    sitting.wait(0.1)
    assert any("reach forward" in note for note in sitting.notes)
    sitting.scene.palette.open("widths")
    sitting.click(*sitting.place_of("pressure:speed"))
    assert sitting.scene.game.tools.pressure == "speed"
