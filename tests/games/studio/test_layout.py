"""Nothing lies on anything else, at any size, shape of picture and length of the list."""

from __future__ import annotations

import itertools

import pytest

from handplay.engine.stage.layout import Layout
from handplay.games.studio.layout import lay_out

SIZES = [(1280, 720), (1024, 768), (2560, 1080), (640, 400), (1920, 1200), (800, 1200)]


@pytest.mark.parametrize("rows", [1, 3, 7, 40])
@pytest.mark.parametrize("aspect", [4 / 3, 16 / 9, 0.75, 3.0])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_parts_stay_apart_and_inside(size: tuple[int, int], aspect: float, rows: int) -> None:
    window = Layout(*size)
    line = window.text_px(14) * 1.4 / window.scale
    made = lay_out(window.safe, aspect, line, rows)
    parts = [made.left, made.card, made.right, made.board, made.footer]
    for part in parts:
        assert part.left >= window.safe.left - 0.01
        assert part.right <= window.safe.right + 0.01
        assert part.top >= window.safe.top - 0.01
        assert part.bottom <= window.safe.bottom + 0.01
        assert min(part.width, part.height) > 0
    for one, other in itertools.combinations(parts, 2):
        apart_x = one.right <= other.left + 0.01 or other.right <= one.left + 0.01
        apart_y = one.bottom <= other.top + 0.01 or other.bottom <= one.top + 0.01
        assert apart_x or apart_y
    assert made.rows <= rows
    assert made.picture.width / made.picture.height == pytest.approx(min(2.4, max(0.6, aspect)), rel=1e-3)
    assert made.picture.height >= 0.3 * made.card.height


def test_a_tiny_window_is_survived() -> None:
    window = Layout(64, 64)
    made = lay_out(window.safe, 4 / 3, 150.0, 9)
    assert made.picture.width > 0
    assert made.left.width > 0
