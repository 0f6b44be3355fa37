"""The painter: whatever way a drawing came about, what is seen is the drawing; and no call takes long."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.games.airdraw.background import Background
from handplay.games.airdraw.document import Document, Sheet
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.export_png import rendered
from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.painting import Painter
from handplay.games.airdraw.view import View

from painted import LONG_S, SIZE, finish, fresh, off, seen


@pytest.mark.parametrize("canvas", ["white", "black", "camera"])
@pytest.mark.parametrize("view", [View(), View((0.3, -0.1), 2.5), View((0, 0), 0.3)], ids=["whole", "near", "far"])
def test_the_screen_shows_what_the_export_writes(drawings: ModuleType, canvas: str, view: View) -> None:
    document = drawings.every_tool()
    document = Document(document.strokes, replace(document.sheet, canvas=canvas))
    both = fresh(document, (640, 360), view), rendered(document, (640, 360), view)
    assert off(*both) <= 4


def test_a_picture_lies_below(drawings: ModuleType) -> None:
    import cv2

    pixels = np.zeros((90, 160, 3), np.uint8)
    pixels[:, 80:] = (10, 200, 30)
    data = cv2.imencode(".png", pixels)[1].tobytes()
    document = Document(
        [drawings.pen((0.3, 0), (0.6, 0)).with_id(1)], Sheet(background=Background(data, "png", (160, 90)))
    )
    shown = fresh(document)
    assert shown[90, 40, :3].tolist() == [0, 0, 0]
    assert shown[40, 240, :3].tolist() == [10, 200, 30]
    assert shown[90, 240, :3].tolist() == [200, 60, 30]
    assert off(shown, rendered(document, SIZE, View())) <= 1


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_every_way_to_a_drawing_looks_the_same(drawings: ModuleType, data: st.DataObject) -> None:
    drawing = Drawing()
    painter = Painter(SIZE, View(), drawing.document)
    tools = st.sampled_from(("pen", "brush", "highlighter", "eraser"))
    for action in data.draw(st.lists(st.integers(0, 12), max_size=14)):
        strokes = drawing.document.strokes
        if action < 4:
            place = len(strokes) // 2 if action == 3 else None
            drawing.add(drawings.scribble(len(strokes), data.draw(tools), layer=drawing.layer), place=place)
        elif action == 4:
            drawing.undo()
        elif action == 5:
            drawing.redo()
        elif action == 6 and strokes:
            drawing.remove([strokes[0].id])
        elif action == 7:
            drawing.add_layer()
        elif action == 8:
            drawing.change_layer(drawing.layer, opacity=0.5)
        elif action == 9:
            drawing.set_canvas(data.draw(st.sampled_from(("white", "black", "camera"))))
        elif action == 10:
            painter.show(painter.view.panned(data.draw(st.floats(-90, 90)), data.draw(st.floats(-90, 90)), SIZE))
        elif action == 11:
            painter.show(painter.view.zoomed(data.draw(st.floats(0.5, 2)), (30, 40), SIZE))
        elif action == 12:
            drawing.clear()
        if data.draw(st.booleans()):
            painter.paint(drawing.document, data.draw(st.sampled_from((0.0, LONG_S))))
    finish(painter, drawing.document)
    # OpenCV draws a line that the window cuts off a little differently in its last pixels.
    inner = slice(3, -3), slice(3, -3)
    assert off(seen(painter)[inner], fresh(drawing.document, SIZE, painter.view)[inner]) <= 1


@pytest.mark.parametrize("tool", ["pen", "brush", "highlighter", "eraser", "rectangle", "sticker"])
@pytest.mark.parametrize("canvas", ["white", "camera"])
def test_a_stroke_in_progress_goes_without_a_trace(drawings: ModuleType, tool: str, canvas: str) -> None:
    document = Document([drawings.scribble(k).with_id(k + 1) for k in range(5)], Sheet(canvas=canvas))  # type: ignore[arg-type]
    painter = Painter(SIZE, View(), document)
    finish(painter, document)
    before = seen(painter)
    live = LiveStroke(tool, (200, 30, 30), width=0.05, sticker="sun" if tool == "sticker" else "")  # type: ignore[arg-type]
    painter.extend(live)
    for k in range(60):
        live.add(-0.4 + 0.012 * k, 0.2 * float(np.sin(k / 5)), k / 60)
        painter.extend(live)
        last = seen(painter)
        assert painter.paint(document, LONG_S)
        changed = (seen(painter) != last).any(axis=2)
        for rect in painter.dirty:
            changed[rect.top : rect.bottom, rect.left : rect.right] = False
        assert not changed.any()
    assert off(seen(painter), before) > 20
    painter.finish(live)
    painter.paint(document, LONG_S)
    assert off(seen(painter), before) == 0


@pytest.mark.parametrize("tool", ["pen", "brush", "highlighter", "eraser", "arrow", "ellipse"])
def test_nothing_jumps_when_the_pen_goes_up(drawings: ModuleType, tool: str) -> None:
    drawing = Drawing()
    drawing.add(drawings.pen((-0.5, 0), (0.5, 0), width=0.3, colour=(90, 90, 90)))
    painter = Painter((640, 360), View(), drawing.document)
    live = LiveStroke(tool, (200, 30, 30), width=0.03)  # type: ignore[arg-type] # a name of a tool
    for k in range(60):
        live.add(-0.4 + 0.012 * k, 0.2 * float(np.sin(k / 9)), k / 60)
        painter.extend(live)
        painter.paint(drawing.document, LONG_S)
    drawn = seen(painter).astype(int)
    stroke = live.finish()
    assert stroke is not None
    painter.finish(live)
    drawing.add(stroke)
    finish(painter, drawing.document)
    jump = np.abs(seen(painter).astype(int) - drawn).max(axis=2)
    assert (jump > 128).sum() <= 12
    assert jump.mean() < 1


def test_two_hands_draw_at_once(drawings: ModuleType) -> None:
    drawing = Drawing()
    painter = Painter(SIZE, View(), drawing.document)
    hands = [LiveStroke("pen", (250, 0, 0), 0.05), LiveStroke("pen", (0, 0, 250), 0.05)]
    for k in range(40):
        for live, y in zip(hands, (-0.2, 0.2), strict=True):
            live.add(-0.4 + 0.02 * k, y, k / 60)
            painter.extend(live)
        painter.paint(drawing.document, LONG_S)
    shown = seen(painter)
    assert shown[90 - 36, 160, :3].tolist() == [0, 0, 250]
    assert shown[90 + 36, 160, :3].tolist() == [250, 0, 0]
    painter.finish(hands[0])
    painter.paint(drawing.document, LONG_S)
    assert seen(painter)[90 - 36, 160, :3].tolist() == [255, 255, 255]
    assert seen(painter)[90 + 36, 160, :3].tolist() == [250, 0, 0]


class Clock:
    """Goes on by a millisecond each time it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def test_a_redraw_comes_in_slices(drawings: ModuleType) -> None:
    document = Document([drawings.scribble(k).with_id(k + 1) for k in range(60)])
    clock = Clock()
    painter = Painter(SIZE, View(), document, clock=clock)
    calls, done = 0, False
    while not done:
        begin = clock.now
        done = painter.paint(document, 0.004)
        calls += 1
        assert clock.now - begin <= 0.008
    assert calls >= 60 // 5
    assert off(seen(painter), fresh(document)) == 0


def test_a_new_stroke_is_seen_at_once_during_a_redraw(drawings: ModuleType) -> None:
    drawing = Drawing(Document([drawings.scribble(k).with_id(k + 1) for k in range(30)]))
    painter = Painter(SIZE, View(), drawing.document, clock=Clock())
    finish_slowly = [painter.paint(drawing.document, 0.002) for _ in range(3)]
    assert finish_slowly == [False] * 3
    drawing.add(drawings.pen((-0.6, 0), (0.6, 0), width=0.2))
    painter.paint(drawing.document, 0.0)
    assert seen(painter)[90, 160, :3].tolist() == [200, 60, 30]
    while not painter.paint(drawing.document, 0.002):
        assert seen(painter)[90, 160, :3].tolist() == [200, 60, 30]
    assert off(seen(painter), fresh(drawing.document)) == 0


@pytest.mark.parametrize(
    "view", [View((0.1, 0.05), 1.0), View((0.0, 0.0), 2.0), View((0.2, 0.1), 0.7)], ids=["pan", "in", "out"]
)
def test_another_view_is_there_at_once_and_sharp_by_and_by(drawings: ModuleType, view: View) -> None:
    document = Document([drawings.pen((-0.3, 0.1), (0.4, 0.1), width=0.1).with_id(1)])
    painter = Painter(SIZE, View(), document)
    finish(painter, document)
    painter.show(view)
    painter.paint(document, 0.0)
    truth = fresh(document, SIZE, view)
    preview = seen(painter)
    assert np.abs(preview.astype(int) - truth).mean() < 6
    assert finish(painter, document) >= 1
    assert off(seen(painter), truth) <= 1


def test_a_stroke_drawn_while_the_view_moves_is_not_lost(drawings: ModuleType) -> None:
    drawing = Drawing(Document([drawings.scribble(k).with_id(k + 1) for k in range(5)]))
    painter = Painter(SIZE, View(), drawing.document)
    finish(painter, drawing.document)
    for k in range(6):
        painter.show(View((0.05 * k, 0), 1.0))
        if k == 3:
            drawing.add(drawings.pen((-0.2, 0.3), (0.6, 0.3), width=0.05))
        painter.paint(drawing.document, LONG_S)
        if k >= 3:
            assert (seen(painter)[..., :3] == (200, 60, 30)).all(axis=2).sum() > 400
    finish(painter, drawing.document)
    assert off(seen(painter), fresh(drawing.document, SIZE, painter.view)) <= 1


def test_a_stroke_in_progress_survives_another_view(drawings: ModuleType) -> None:
    document = Document()
    painter = Painter(SIZE, View(), document)
    live = LiveStroke("pen", (250, 0, 0), 0.1)
    for k in range(30):
        live.add(-0.4 + 0.02 * k, 0, k / 60)
        painter.extend(live)
    painter.paint(document, LONG_S)
    for size in (SIZE, (640, 300)):
        painter.show(View((0.05, 0.02), 1.5), size)
        painter.paint(document, LONG_S)
        x, y = View((0.05, 0.02), 1.5).to_px(-0.1, 0, size)
        assert seen(painter)[int(y), int(x), :3].tolist() == [0, 0, 250]


@pytest.mark.parametrize("size", [(200, 150), (1, 1), (3, 700), (1999, 1201)])
def test_windows_of_any_size(drawings: ModuleType, size: tuple[int, int]) -> None:
    document = drawings.every_tool()
    painter = Painter(SIZE, View(), document)
    finish(painter, document)
    painter.show(View(), size)
    finish(painter, document)
    assert painter.surface.get_size() == size
    assert off(seen(painter), fresh(document, size)) == 0
    target = pygame.Surface(size)
    painter.blit(target)


def test_over_a_camera_the_drawing_is_blended(drawings: ModuleType) -> None:
    document = Document([drawings.pen((0, 0), (0.3, 0), width=0.2).with_id(1)], Sheet(canvas="camera"))
    painter = Painter(SIZE, View(), document)
    finish(painter, document)
    target = pygame.Surface(SIZE)
    target.fill((7, 77, 177))
    painter.blit(target)
    assert target.get_at((5, 5))[:3] == (7, 77, 177)
    assert target.get_at((190, 90))[:3] == (30, 60, 200)


@pytest.mark.parametrize("far", [499.0, -499.0])
def test_what_is_far_away_in_a_close_view_does_no_harm(drawings: ModuleType, far: float) -> None:
    document = Document([drawings.pen((far, far), (-far, -far / 3), (0, 0.001), width=0.5).with_id(1)])
    shown = fresh(document, SIZE, View((0, 0), 40.0))
    assert shown.shape == (180, 320, 4)
    near = fresh(Document([drawings.pen((0, 0), (0.001, 0.001), width=0.5).with_id(1)]), SIZE, View((0, 0), 40.0))
    assert near[90, 160, :3].tolist() == [200, 60, 30]


def test_opening_another_document_shows_it(drawings: ModuleType) -> None:
    one, two = Document([drawings.scribble(1).with_id(1)]), Document([drawings.scribble(2).with_id(1)])
    painter = Painter(SIZE, View(), one)
    finish(painter, one)
    finish(painter, two)
    assert off(seen(painter), fresh(two)) == 0


def test_a_thousand_missed_edits_are_caught_up(drawings: ModuleType) -> None:
    drawing = Drawing()
    painter = Painter(SIZE, View(), drawing.document)
    finish(painter, drawing.document)
    for k in range(600):
        drawing.add(drawings.pen((0.001 * k, 0), (0.001 * k, 0.1)))
        if k % 2:
            drawing.undo()
    finish(painter, drawing.document)
    assert off(seen(painter), fresh(drawing.document)) == 0


PURE = (
    "backdrop", "background", "bezier", "buffers", "codec", "data_folder", "disk_sync", "document", "drawing",
    "export_png", "export_replay", "export_svg", "file_lock", "files", "fitting", "flood", "history", "journal",
    "live_ink", "live_stroke", "paths", "pictures", "polygons", "raster", "recovery", "redraw", "ribbons", "saving",
    "shapes", "stickers", "strokes", "tools", "view",
)  # fmt: skip
LIGHT = set(PURE) - {
    "backdrop",
    "buffers",
    "raster",
    "redraw",
    "live_ink",
    "pictures",
    "flood",
    "export_png",
    "export_replay",
}


@pytest.mark.parametrize("name", PURE)
def test_the_drawing_knows_neither_stage_nor_hands(name: str) -> None:
    folder = Path(__file__).resolve().parents[3] / "games" / "airdraw"
    names: set[str] = set()
    for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    allowed = tuple(f"handplay.engine.{name}" for name in ("atomic", "errors", "folders", "overlay_video"))
    wrong = {n for n in names if n.startswith("handplay.engine") and n not in allowed}
    wrong |= names & {"pygame", "handplay.gestures"}
    wrong |= names & {"cv2", "PIL"} if name in LIGHT else set()
    assert wrong == set()
