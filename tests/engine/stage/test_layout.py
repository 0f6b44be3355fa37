"""One layout fits every window: the frame is whole, text stays legible, places come back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine.stage.layout import FRAME, Area, Layout
from handplay.engine.stage.theme import TYPE_SCALE

SIZES = [(1280, 720), (640, 400), (1720, 720), (960, 720), (2560, 1080), (3840, 2160), (320, 200), (720, 1280)]
sides = st.integers(64, 5000)


@given(sides, sides)
def test_the_frame_is_whole_and_centred(width: int, height: int) -> None:
    layout = Layout(width, height)
    if min(width / 1280 * 720, height) < 64:
        return
    left, top = layout.to_px(FRAME.left, FRAME.top)
    right, bottom = layout.to_px(FRAME.right, FRAME.bottom)
    assert -1e-6 <= left <= right <= width + 1e-6
    assert -1e-6 <= top <= bottom <= height + 1e-6
    assert left == pytest.approx(width - right, abs=1e-6)
    assert top == pytest.approx(height - bottom, abs=1e-6)
    assert (right - left) / (bottom - top) == pytest.approx(16 / 9)


@given(sides, sides, st.floats(-2000, 3000), st.floats(-2000, 3000))
def test_pixels_and_units_are_there_and_back(width: int, height: int, x: float, y: float) -> None:
    layout = Layout(width, height)
    assert layout.from_px(*layout.to_px(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(sides, sides)
def test_the_views_edges_are_the_windows_edges(width: int, height: int) -> None:
    layout = Layout(width, height)
    assert layout.to_px(*layout.from_view(0, 0)) == pytest.approx((0, 0), abs=1e-6)
    assert layout.to_px(*layout.from_view(1, 1)) == pytest.approx((width, height))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_safe_area_leaves_five_percent(size: tuple[int, int]) -> None:
    layout = Layout(*size)
    left, top = layout.to_px(layout.safe.left, layout.safe.top)
    assert (left, top) == pytest.approx((size[0] * 0.05, size[1] * 0.05))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_text_is_never_below_twelve_pixels(size: tuple[int, int]) -> None:
    layout = Layout(*size)
    assert all(layout.text_px(step) >= 12 for step in TYPE_SCALE.values())


@pytest.mark.parametrize("size", [(1, 1), (5, 2000), (2000, 5)])
def test_absurd_windows_have_a_layout(size: tuple[int, int]) -> None:
    assert Layout(*size).scale > 0


def test_areas() -> None:
    area = Area(10, 20, 100, 50)
    assert area.centre == pytest.approx((60, 45))
    assert area.shrunk(10) == Area(20, 30, 80, 30)
    assert area.moved(1, -1) == Area(11, 19, 100, 50)
    assert Area.around((60, 45), 100, 50) == area
    assert area.holds(10, 20)
    assert not area.holds(110, 20)
