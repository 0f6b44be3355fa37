"""Air drawing as a whole: hands, mouse and keys into the real scene, on every paper and in every window."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pygame
import pytest

from handplay.games.airdraw.controls import SHORTCUTS
from handplay.games.airdraw.document import CANVASES
from handplay.games.airdraw.palette import COLOURS, DOCK, LABELS, label, sheet_actions
from handplay.games.airdraw.scene_start import start_drawing
from handplay.games.airdraw.screens import NOTE_S

SIZES = [(1280, 720), (640, 400), (960, 720), (1720, 720), (200, 150), (64, 64)]


@pytest.fixture
def sitting(at_the_drawing: ModuleType) -> Any:
    return at_the_drawing.Sitting()


def ink_at(surface: pygame.Surface, x: float, y: float, around: int = 8) -> bool:
    """True if something coloured lies near a place (0..1) of white paper."""
    w, h = surface.get_size()
    cx, cy = round(x * w), round(y * h)
    part = pygame.surfarray.array3d(surface)[max(0, cx - around) : cx + around, max(0, cy - around) : cy + around]
    return bool((np.ptp(part.astype(int), axis=2) > 60).any())


# -- hands ---------------------------------------------------------------------------------------------------------


def test_a_pinching_hand_draws_where_its_finger_goes(sitting: Any) -> None:
    sitting.line((0.3, 0.5), (0.7, 0.6))
    assert sitting.strokes == 1
    (stroke,) = sitting.drawing.document.strokes
    aspect = 1280 / 720
    assert stroke.points[0] == pytest.approx([(0.3 - 0.5) * aspect, 0.0], abs=0.02)
    assert stroke.points[-1] == pytest.approx([(0.7 - 0.5) * aspect, 0.1], abs=0.02)
    assert ink_at(sitting.draw(20), 0.5, 0.55)
    assert sitting.scene.summary()["strokes"] == sitting.scene.summary()["by_hand"] == 1


def test_each_hand_draws_in_its_own_colour(sitting: Any, at_the_drawing: ModuleType) -> None:
    shown = at_the_drawing.Shown
    left, right = {"hand_id": 2, "handedness": "Left"}, {"hand_id": 1}
    sitting.hold(0.3, shown(0.7, 0.5, **right), shown(0.2, 0.5, **left))
    for i in range(12):  # the right hand begins alone: both at once would take the paper
        sitting.show(shown(0.7 + 0.01 * i, 0.5, "pinch", **right), shown(0.2, 0.5, **left))
    for i in range(15):
        sitting.show(shown(0.82 + 0.005 * i, 0.5, "pinch", **right), shown(0.2 + 0.01 * i, 0.7, "pinch", **left))
    sitting.hold(0.3, shown(0.9, 0.5, **right), shown(0.35, 0.7, **left))
    colours = {stroke.colour for stroke in sitting.drawing.document.strokes}
    assert colours == {COLOURS["coral"], COLOURS["aqua"]}


def test_both_hands_at_once_push_and_zoom(sitting: Any, at_the_drawing: ModuleType) -> None:
    shown = at_the_drawing.Shown
    a, b = {"hand_id": 1}, {"hand_id": 2, "handedness": "Left"}
    sitting.hold(0.3, shown(0.6, 0.5, **a), shown(0.4, 0.5, **b))
    for i in range(20):
        sitting.show(shown(0.6 + 0.01 * i, 0.5, "pinch", **a), shown(0.4 - 0.01 * i, 0.5, "pinch", **b))
    sitting.hold(0.3, shown(0.8, 0.5, **a), shown(0.2, 0.5, **b))
    assert sitting.strokes == 0
    assert 1.8 < sitting.scene.game.view.zoom < 4.0


def test_a_lost_hand_leaves_no_line_across(sitting: Any, at_the_drawing: ModuleType) -> None:
    shown = at_the_drawing.Shown
    sitting.hold(0.3, shown(0.2, 0.4))
    for i in range(10):
        sitting.show(shown(0.2 + 0.01 * i, 0.4, "pinch"))
    sitting.hold(0.4)
    for i in range(10):
        sitting.show(shown(0.8 + 0.01 * i, 0.8, "pinch"))
    sitting.hold(0.3, shown(0.9, 0.8))
    assert all(np.ptp(stroke.points[:, 0]) < 0.4 for stroke in sitting.drawing.document.strokes)
    sitting.draw()


def test_a_circle_held_at_its_end_becomes_one(sitting: Any, at_the_drawing: ModuleType) -> None:
    shown = at_the_drawing.Shown
    angles = np.linspace(0, 2 * np.pi, 40)
    places = [(0.5 + 0.12 * np.cos(a), 0.55 + 0.213 * np.sin(a)) for a in angles]
    sitting.hold(0.3, shown(*places[0]))
    for x, y in places:
        sitting.show(shown(x, y, "pinch"))
    sitting.hold(1.0, shown(*places[-1], "pinch"))
    sitting.hold(0.3, shown(*places[-1]))
    assert [stroke.tool for stroke in sitting.drawing.document.strokes] == ["ellipse"]


def test_a_hand_opens_the_palette_and_chooses_by_staying(sitting: Any, at_the_drawing: ModuleType) -> None:
    shown, palette = at_the_drawing.Shown, sitting.scene.palette
    sitting.hold(0.6, shown(0.5, 0.02))
    assert palette.opened
    sitting.hold(1.1, shown(*sitting.place_of("open:tools")))
    assert palette.sheet == "tools"
    sitting.hold(1.1, shown(*sitting.place_of("tool:brush")))
    assert sitting.scene.game.tools.tool == "brush"
    sitting.wait(0.5)
    assert not palette.opened
    assert sitting.strokes == 0


def test_a_pinch_presses_a_button_and_draws_nothing(sitting: Any, at_the_drawing: ModuleType) -> None:
    shown = at_the_drawing.Shown
    sitting.line((0.3, 0.5), (0.6, 0.5))
    sitting.hold(0.6, shown(0.5, 0.02))
    place = sitting.place_of("undo")
    sitting.hold(0.2, shown(*place))
    sitting.hold(0.2, shown(*place, "pinch"))
    sitting.hold(0.2, shown(*place))
    assert sitting.strokes == 0


def test_the_palette_hides_while_a_stroke_is_drawn(sitting: Any, at_the_drawing: ModuleType) -> None:
    shown = at_the_drawing.Shown
    sitting.hold(0.3, shown(0.3, 0.5))
    for i in range(20):
        sitting.show(shown(0.3 + 0.01 * i, 0.5, "pinch"))
    assert sitting.scene._palette_view._pill.value == 0.0
    for i in range(12):
        sitting.show(shown(0.5, 0.5 - 0.045 * i, "pinch"))
    assert not sitting.scene.palette.opened


def test_clearing_asks_and_a_fist_that_is_held_answers(sitting: Any, at_the_drawing: ModuleType) -> None:
    shown = at_the_drawing.Shown
    sitting.line((0.3, 0.5), (0.6, 0.5))
    sitting.hold(2.0, shown(0.5, 0.5, "fist"))
    assert sitting.strokes == 1  # nobody asked
    sitting.hold(0.3, shown(0.5, 0.5, "open_palm"))
    sitting.key(pygame.K_DELETE)
    sitting.hold(0.6, shown(0.5, 0.5, "fist"))
    assert sitting.strokes == 1
    sitting.hold(1.2, shown(0.5, 0.5, "fist"))
    assert sitting.strokes == 0
    sitting.key(pygame.K_z)
    assert sitting.strokes == 1


def test_clearing_is_forgotten_when_nobody_answers(sitting: Any) -> None:
    sitting.drag((0.3, 0.5), (0.5, 0.5))
    sitting.key(pygame.K_DELETE)
    sitting.wait(10.0)
    sitting.key(pygame.K_RETURN)
    assert sitting.strokes == 1


def test_thumbs_up_saves_and_says_where(sitting: Any, at_the_drawing: ModuleType) -> None:
    shown = at_the_drawing.Shown
    sitting.line((0.3, 0.5), (0.6, 0.5))
    sitting.hold(1.2, shown(0.5, 0.5, "thumbs_up"))
    until_s = time.monotonic() + 30
    while sitting.scene._saver.busy and time.monotonic() < until_s:
        time.sleep(0.02)
        sitting.wait(0.02)
    assert any(note.startswith("Saved in ") for note in sitting.notes)
    folder = Path(os.environ["HANDPLAY_DATA"]) / "airdraw" / "saved"
    assert {".png", ".svg", ".json"} <= set(sitting.saved(folder))


def test_an_unwritable_place_is_told_and_drawing_goes_on(
    sitting: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("HANDPLAY_DATA", str(blocked))
    sitting.drag((0.3, 0.5), (0.5, 0.5))
    sitting.key(pygame.K_s, control=True)
    sitting.wait(0.05)
    sitting.scene._saver.close()
    sitting.wait(0.05)
    assert any(note.startswith("Not saved: ") for note in sitting.notes)
    sitting.drag((0.3, 0.6), (0.5, 0.6))
    assert sitting.strokes == 2


def test_an_autosave_that_fails_is_told_and_drawing_goes_on(at_the_drawing: ModuleType, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    sitting = at_the_drawing.Sitting(drawing=start_drawing(folder=blocked / "in").drawing)
    sitting.drag((0.3, 0.5), (0.5, 0.5))
    sitting.wait(0.05)
    assert sitting.drawing.problem
    assert sitting.drawing.problem in sitting.notes
    assert sitting.strokes == 1


# -- mouse and keys ------------------------------------------------------------------------------------------------


def test_the_mouse_draws_pushes_and_zooms(sitting: Any) -> None:
    sitting.drag((0.3, 0.5), (0.4, 0.55), (0.6, 0.5))
    assert sitting.strokes == 1
    sitting.mouse("down", 0.5, 0.5, button=3)
    sitting.mouse("move", 0.6, 0.5, rel=(128, 0))
    sitting.mouse("up", 0.6, 0.5, button=3)
    assert sitting.scene.game.view.centre[0] == pytest.approx(-128 / 720, abs=1e-6)
    sitting.scene.handle(pygame.event.Event(pygame.MOUSEWHEEL, y=2))
    assert sitting.scene.game.view.zoom > 1.2
    sitting.key(pygame.K_0)
    assert sitting.scene.game.view.zoom == 1.0


def test_every_button_of_the_palette_works_by_mouse(sitting: Any) -> None:
    sitting.drag((0.3, 0.8), (0.5, 0.8))
    for sheet in ("tools", "stickers", "colours", "widths", "canvas"):
        for action in sheet_actions(sheet):
            sitting.scene.palette.open(sheet)
            sitting.click(*sitting.place_of(action))
            sitting.wait(0.02)
            assert label(action)
    assert sitting.scene.game.tools.tool == "sticker"
    assert sitting.scene.game.tools.width == 4
    sitting.scene._saver.close()


def test_keys_do_what_the_palette_does(sitting: Any) -> None:
    game = sitting.scene.game
    for key, tool in ((pygame.K_b, "brush"), (pygame.K_e, "eraser"), (pygame.K_a, "arrow"), (pygame.K_p, "pen")):
        sitting.key(key)
        assert game.tools.tool == tool
    before = game.tools.inks["Right"]
    sitting.key(pygame.K_c)
    assert game.tools.inks["Right"] != before
    sitting.key(pygame.K_c, shift=True)
    assert game.tools.inks["Right"] == before
    sitting.key(0, sign="]")
    assert game.tools.width == 3
    sitting.drag((0.3, 0.5), (0.5, 0.5))
    sitting.key(pygame.K_z)
    assert sitting.strokes == 0
    sitting.key(pygame.K_z, shift=True)
    assert sitting.strokes == 1
    sitting.key(pygame.K_k)
    assert sitting.drawing.document.sheet.canvas != "white"
    sitting.key(pygame.K_n)
    assert len(sitting.drawing.document.layers) == 2


def test_the_help_page_opens_and_closes(sitting: Any) -> None:
    sitting.key(pygame.K_F1)
    assert sitting.scene.screens.help
    sitting.click(0.5, 0.5)
    assert not sitting.scene.screens.help
    assert sitting.strokes == 0
    sitting.key(0, sign="?")
    assert sitting.scene.screens.help


def test_shortcuts_name_no_key_of_the_stage_as_their_own() -> None:
    taken = {"Q", "M", "H"}
    words = {key for _, rows in SHORTCUTS[:2] for keys, _ in rows for key in keys.split()}
    assert not taken & words


def test_a_fill_needs_a_closed_place(sitting: Any) -> None:
    sitting.key(pygame.K_f)
    sitting.click(0.5, 0.5)
    sitting.wait(0.02)
    assert "Nothing closed to fill here" in sitting.notes
    sitting.key(pygame.K_r)
    sitting.drag((0.3, 0.4), (0.6, 0.8))
    sitting.key(pygame.K_f)
    sitting.click(0.45, 0.6)
    assert [stroke.tool for stroke in sitting.drawing.document.strokes].count("fill") == 1


# -- pictures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("paper", CANVASES)
def test_every_state_draws_in_every_window(at_the_drawing: ModuleType, size: tuple[int, int], paper: str) -> None:
    sitting, shown = at_the_drawing.Sitting(size=size, paper=paper), at_the_drawing.Shown
    sitting.stage.picture = np.full((480, 640, 3), 90, np.uint8)
    for feed in ("starting", "no_source", "running"):
        sitting.stage.feed_state = feed
        sitting.wait(0.3)
        sitting.draw()
    sitting.line((0.3, 0.5), (0.6, 0.6))
    for sheet in ("tools", "stickers", "colours", "widths", "canvas"):
        sitting.scene.palette.open(sheet)
        sitting.hold(0.1, shown(0.5, 0.3))
        sitting.draw()
    sitting.scene.palette.close()
    sitting.show(condition="dark")
    sitting.hold(1.6)
    sitting.draw()
    sitting.key(pygame.K_DELETE)
    sitting.hold(0.4, shown(0.5, 0.5, "fist"))
    sitting.draw()
    sitting.key(pygame.K_SPACE)
    sitting.key(pygame.K_F1)
    sitting.wait(0.3)
    sitting.draw()
    assert sitting.strokes == 1


def test_a_window_that_changes_keeps_the_drawing(sitting: Any, at_the_drawing: ModuleType) -> None:
    sitting.drag((0.4, 0.5), (0.6, 0.5))
    for size in ((200, 150), (1720, 720), (640, 400)):
        sitting.size = size
        sitting.canvas.fit(pygame.Surface(size))
        sitting.draw(30)
        assert ink_at(sitting.canvas.surface, 0.5, 0.5)


@pytest.mark.parametrize("count", range(1, 15))
def test_targets_are_large_and_apart(sitting: Any, count: int) -> None:
    places = sitting.scene._places
    panel, sheet = places.sheet(count)
    assert len(sheet) == count
    for areas in (places.buttons, sheet):
        for i, a in enumerate(areas):
            assert min(a.width, a.height) >= 120
            for b in areas[i + 1 :]:
                assert max(abs(a.x - b.x), abs(a.y - b.y)) >= 144
    assert panel.left >= 0
    assert panel.right <= 1280
    assert panel.bottom <= 720
    assert places.handle.height >= 120


def test_every_action_has_a_name() -> None:
    assert set(DOCK) <= set(LABELS)


# -- beginnings ----------------------------------------------------------------------------------------------------


def test_what_a_crash_left_is_back(at_the_drawing: ModuleType, tmp_path: Path) -> None:
    first = start_drawing(folder=tmp_path)
    at_the_drawing.Sitting(drawing=first.drawing).drag((0.3, 0.5), (0.5, 0.5))
    journal = first.drawing.journal
    assert journal is not None
    first.drawing.close()  # lets go of the file, as the end of a process does
    again = start_drawing(folder=tmp_path)
    assert len(again.drawing.document.strokes) == 1
    assert again.note.startswith("Your last drawing is back: 1 stroke.")
    again.drawing.close()


def test_that_there_is_no_camera_is_said_for_a_while(at_the_drawing: ModuleType) -> None:
    now = at_the_drawing.Sitting()
    now.drag((0.2, 0.5), (0.5, 0.5), (0.7, 0.6))
    now.stage.feed_state = "no_source"
    now.wait(1.0)
    assert now.scene.screens._fades["note"].value == 1.0
    now.wait(NOTE_S)
    assert now.scene.screens._fades["note"].value == 0.0
    now.stage.feed_state = "running"
    now.wait(0.5)
    now.stage.feed_state = "no_source"
    now.wait(1.0)
    assert now.scene.screens._fades["note"].value == 1.0, "it has gone again"
