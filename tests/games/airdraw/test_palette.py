"""The palette as a table of moments: who points where, and what comes of it."""

from __future__ import annotations

import pytest

from handplay.engine.stage.layout import FRAME, Area, Layout
from handplay.games.airdraw.layout import PaletteLayout, palette_layout
from handplay.games.airdraw.palette import DOCK, Palette, PaletteSettings, label, sheet_actions

STEP_S = 1 / 120
SETTINGS = PaletteSettings()


@pytest.fixture
def places() -> PaletteLayout:
    return palette_layout(FRAME, Layout(1280, 720).safe, len(DOCK))


def point(
    palette: Palette, places: PaletteLayout, at: tuple[float, float], seconds: float, who: object = 1
) -> list[str]:
    """Somebody points at a place for a while; what was chosen by it."""
    steps = round(seconds / STEP_S)
    told = (palette.update(STEP_S, places, {who: at}) for _ in range(steps))
    return [action for action in told if action]


def button(palette: Palette, places: PaletteLayout, action: str) -> tuple[float, float]:
    return palette.buttons(places)[action].centre


def test_hovering_over_the_handle_opens_it(places: PaletteLayout) -> None:
    palette = Palette()
    assert point(palette, places, places.handle.centre, SETTINGS.open_s - 0.05) == []
    assert not palette.opened
    point(palette, places, places.handle.centre, 0.1)
    assert palette.opened


def test_it_closes_when_nobody_points_at_it(places: PaletteLayout) -> None:
    palette = Palette()
    palette.open()
    point(palette, places, (640, 600), SETTINGS.linger_s + 0.1)
    assert not palette.opened


def test_staying_chooses_once_and_undo_repeats(places: PaletteLayout) -> None:
    palette = Palette()
    palette.open()
    assert point(palette, places, button(palette, places, "save"), 2.0) == ["save"]
    palette.open()
    assert point(palette, places, button(palette, places, "undo"), 2.6).count("undo") == 3


def test_the_mouse_chooses_by_clicks_alone(places: PaletteLayout) -> None:
    palette = Palette()
    palette.open()
    place = button(palette, places, "undo")
    assert point(palette, places, place, 2.0, who="mouse") == []
    assert palette.press(places, *place) == "undo"


def test_a_choice_closes_it_and_a_sticker_asks_which(places: PaletteLayout) -> None:
    palette = Palette()
    palette.open("tools")
    assert palette.press(places, *button(palette, places, "tool:sticker")) == "tool:sticker"
    assert palette.sheet == "stickers"
    assert palette.press(places, *button(palette, places, "sticker:heart")) == "sticker:heart"
    point(palette, places, (640, 600), SETTINGS.after_s + 0.05)
    assert not palette.opened


def test_a_press_beside_it_closes_it(places: PaletteLayout) -> None:
    palette = Palette()
    palette.open("colours")
    assert palette.press(places, 640, 640) == ""
    assert not palette.opened


def test_nothing_is_pressed_by_staying_while_a_stroke_is_drawn(places: PaletteLayout) -> None:
    palette = Palette()
    for _ in range(240):
        palette.update(STEP_S, places, {1: places.handle.centre}, dwells=False)
    assert not palette.opened


def test_the_dwell_fills_and_starts_anew_on_another_button(places: PaletteLayout) -> None:
    palette = Palette()
    palette.open()
    point(palette, places, button(palette, places, "undo"), 0.5)
    assert 0.3 < palette.dwell(1) < 0.9
    point(palette, places, button(palette, places, "redo"), 0.1)
    assert palette.dwell(1) == 0.0


@pytest.mark.parametrize("size", [(1280, 720), (640, 400), (960, 720), (1720, 720), (200, 150)])
def test_the_dock_lies_within_every_window(size: tuple[int, int]) -> None:
    layout = Layout(*size)
    places = palette_layout(layout.bounds, layout.safe, len(DOCK))
    bounds = layout.bounds
    for area in (*places.buttons, places.handle, places.sheet(12)[0]):
        assert isinstance(area, Area)
        assert bounds.left <= area.left
        assert area.right <= bounds.right
        assert bounds.top <= area.top
        assert area.bottom <= bounds.bottom


@pytest.mark.parametrize("sheet", ["tools", "stickers", "colours", "widths", "canvas"])
def test_every_sheet_has_named_buttons(sheet: str) -> None:
    actions = sheet_actions(sheet)  # type: ignore[arg-type]  # the words are sheets
    assert 1 <= len(actions) <= 14
    assert all(label(action) for action in actions)
