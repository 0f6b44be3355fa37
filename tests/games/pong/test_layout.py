"""The court's place: on the canvas at every shape of window, clear of the edge, of the strip and of each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine.stage.inset import HEIGHT
from handplay.engine.stage.layout import Layout
from handplay.games.pong.court import CourtSettings
from handplay.games.pong.layout import STRIP_HEIGHT, lay_out

COURT = CourtSettings()


@given(width=st.integers(200, 4000), height=st.integers(200, 3000))
def test_strip_and_court_lie_in_the_safe_area_one_above_the_other(width: int, height: int) -> None:
    safe = Layout(width, height).safe
    places = lay_out(safe, COURT)
    for area in (places.strip, places.court):
        assert area.left >= safe.left - 1e-6
        assert area.right <= safe.right + 1e-6
        assert area.top >= safe.top - 1e-6
        assert area.bottom <= safe.bottom + 1e-6
    assert places.strip.bottom < places.court.top
    assert places.court.width / places.court.height == pytest.approx(COURT.half_width / COURT.half_height)


@given(x=st.floats(-8, 8), y=st.floats(-3.6, 3.6))
def test_there_and_back(x: float, y: float) -> None:
    places = lay_out(Layout(1280, 720).safe, COURT)
    assert places.court_x(places.x(x)) == pytest.approx(x)
    assert places.court_y(places.y(y)) == pytest.approx(y)


def test_the_strip_has_room_for_the_camera_picture() -> None:
    assert STRIP_HEIGHT >= HEIGHT
