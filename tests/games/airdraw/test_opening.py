"""Drawings that are opened behind the pictures: whole or not at all, and nothing that is drawn meanwhile is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from handplay.games.airdraw.codec import DrawingError
from handplay.games.airdraw.document import Document
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.files import begin_drawing, open_drawing, save_drawing
from handplay.games.airdraw.recovery import Unfinished, newest_unfinished, read_journal

COUNT = 40
WRONG = "Cannot open .*drawing.json: stroke 40: a line has 2 points, got 1"


@pytest.fixture
def file(drawings: ModuleType, tmp_path: Path) -> Path:
    """A drawing on the disk."""
    path = tmp_path / "drawing.json"
    save_drawing(Document([drawings.scribble(k).with_id(k + 1) for k in range(COUNT)]), path)
    return path


@pytest.fixture
def wrong_file(file: Path) -> Path:
    """The same, whose last stroke is a line of one point."""
    value = json.loads(file.read_text())
    value["strokes"][-1].update(tool="line", points=[0, 0], widths=[], times=[])
    file.write_text(json.dumps(value))
    return file


@pytest.fixture
def left(drawings: ModuleType, tmp_path: Path) -> Unfinished:
    """What an earlier run left behind, an undone stroke among it."""
    drawing = Drawing.start(folder=tmp_path / "kept")
    for k in range(COUNT + 1):
        drawing.add(drawings.scribble(k))
    drawing.undo()
    drawing.close()
    found = newest_unfinished(tmp_path / "kept")
    assert found is not None
    return found


def journals(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.journal"))


def to_the_end(drawing: Drawing) -> int:
    """Reads on in smallest slices; how many there were."""
    slices = 0
    while drawing.opening is not None:
        drawing.go_on(0.0)
        slices += 1
    return slices


def test_a_slice_of_no_time_goes_on_by_one_stroke(file: Path, tmp_path: Path) -> None:
    drawing = Drawing.start(begin_drawing(file), folder=tmp_path / "kept")
    assert drawing.opening is not None
    assert drawing.opening.share == pytest.approx(1 / COUNT)
    assert drawing.document.strokes == []
    assert to_the_end(drawing) == COUNT
    assert drawing.document.strokes == open_drawing(file).strokes


def test_what_was_read_is_in_the_journal_as_if_it_had_been_drawn(file: Path, tmp_path: Path) -> None:
    drawing = Drawing.start(begin_drawing(file), folder=tmp_path / "kept", canvas="black")
    to_the_end(drawing)
    (path,) = journals(tmp_path / "kept")
    kept = read_journal(path).document
    assert (kept.strokes, kept.sheet) == (drawing.document.strokes, drawing.document.sheet)
    assert kept.sheet.canvas == "black"


@pytest.mark.parametrize(
    ("act", "count"),
    [
        pytest.param(lambda drawing, stroke: drawing.add(stroke, place=0), COUNT + 1, id="draw below"),
        pytest.param(lambda drawing, stroke: drawing.clear(), 0, id="clear"),
        pytest.param(lambda drawing, stroke: drawing.remove([3]), COUNT - 1, id="remove"),
        pytest.param(lambda drawing, stroke: drawing.recolour(3, (1, 2, 3)), COUNT, id="recolour"),
        pytest.param(lambda drawing, stroke: drawing.add_layer(), COUNT, id="layer"),
        pytest.param(lambda drawing, stroke: drawing.set_canvas("camera"), COUNT, id="canvas"),
    ],
)
def test_whatever_is_done_is_done_to_the_whole_drawing(
    drawings: ModuleType, file: Path, tmp_path: Path, act: Callable[[Drawing, object], object], count: int
) -> None:
    drawing = Drawing.start(begin_drawing(file), folder=tmp_path / "kept")
    act(drawing, drawings.scribble(99))
    assert drawing.opening is None
    assert len(drawing.document.strokes) == count
    (path,) = journals(tmp_path / "kept")
    assert read_journal(path).document.strokes == drawing.document.strokes
    drawing.undo()
    assert len(drawing.document.strokes) == COUNT


def test_strokes_drawn_meanwhile_are_kept_at_once_and_come_on_top(
    drawings: ModuleType, file: Path, tmp_path: Path
) -> None:
    drawing = Drawing.start(begin_drawing(file), folder=tmp_path / "kept")
    for seed in (98, 99):
        drawing.add(drawings.scribble(seed))
    assert drawing.opening is not None
    (path,) = journals(tmp_path / "kept")
    assert [stroke.start_s for stroke in read_journal(path).document.strokes] == [98, 99]
    to_the_end(drawing)
    assert drawing.document.strokes[:COUNT] == open_drawing(file).strokes
    assert [stroke.start_s for stroke in drawing.document.strokes[COUNT:]] == [98, 99]
    assert read_journal(path).document.strokes == drawing.document.strokes
    assert [drawing.undo() for _ in range(3)] == [True, True, False]
    assert len(drawing.document.strokes) == COUNT
    drawing.redo()
    assert read_journal(path).document.strokes == drawing.document.strokes


def test_strokes_drawn_on_what_was_left_behind_wait_for_all_of_it(
    drawings: ModuleType, left: Unfinished, tmp_path: Path
) -> None:
    drawing = Drawing.start(left.opening(), folder=tmp_path / "kept")
    drawing.add(drawings.scribble(99))
    assert drawing.opening is None
    (path,) = journals(tmp_path / "kept")
    assert len(read_journal(path).document.strokes) == COUNT + 1


def test_leaving_before_it_is_open_leaves_the_file_alone_and_nothing_else(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    drawing = Drawing.start(begin_drawing(file), folder=tmp_path / "kept")
    drawing.close()
    assert drawing.opening is None
    assert journals(tmp_path / "kept") == []
    assert file.read_bytes() == before


def test_a_wrong_stroke_refuses_the_file_whole(wrong_file: Path, tmp_path: Path) -> None:
    drawing = Drawing.start(begin_drawing(wrong_file), folder=tmp_path / "kept")
    with pytest.raises(DrawingError, match=WRONG):
        to_the_end(drawing)
    assert drawing.document.strokes == []
    assert not drawing.go_on(1.0)


def test_a_stroke_that_was_drawn_before_the_file_is_refused_is_kept(
    drawings: ModuleType, wrong_file: Path, tmp_path: Path
) -> None:
    drawing = Drawing.start(begin_drawing(wrong_file), folder=tmp_path / "kept")
    (mine,) = drawing.add(drawings.scribble(99))
    drawing.undo()  # of the whole drawing, which it is not
    drawing.redo()
    with pytest.raises(DrawingError, match=WRONG):
        drawing.go_on(0.0)
    (path,) = journals(tmp_path / "kept")
    assert read_journal(path).document.strokes == [mine]


# -- what an earlier run left ----------------------------------------------------------------------------------------


def test_an_earlier_drawing_is_let_go_of_once_it_is_in_a_journal_of_its_own(left: Unfinished, tmp_path: Path) -> None:
    before = left.document.strokes
    drawing = Drawing.start(left.opening(), folder=tmp_path / "kept")
    assert left.path.exists()
    to_the_end(drawing)
    assert not left.path.exists()
    (path,) = journals(tmp_path / "kept")
    assert read_journal(path).document.strokes == drawing.document.strokes == before
    assert len(before) == COUNT


def test_a_stroke_finds_a_layer_though_its_own_has_gone_on_the_way(drawings: ModuleType, tmp_path: Path) -> None:
    first = Drawing.start(folder=tmp_path)
    first.add(drawings.scribble(1))
    first.add_layer()
    first.remove_layer(1)
    first.add(drawings.scribble(2, layer=2))
    first.close()
    left = newest_unfinished(tmp_path)
    assert left is not None
    drawing = Drawing.start(left.opening(), folder=tmp_path)
    assert drawing.layer == 1  # as the journal begins
    (mine,) = drawing.add(drawings.scribble(3, layer=drawing.layer))
    assert mine.layer == 2
    assert len(drawing.document.strokes) == 2


@pytest.mark.parametrize("blocked", [False, True], ids=["left early", "cannot be kept"])
def test_an_earlier_drawing_stays_as_long_as_it_is_nowhere_else(
    left: Unfinished, tmp_path: Path, blocked: bool
) -> None:
    (tmp_path / "wall").write_text("no folder")
    drawing = Drawing.start(left.opening(), folder=tmp_path / ("wall" if blocked else "kept"))
    if blocked:
        to_the_end(drawing)
        assert "not being saved" in drawing.problem
    drawing.close()
    assert journals(tmp_path / "kept") == [left.path]
    again = newest_unfinished(tmp_path / "kept")
    assert again is not None
    assert len(again.document.strokes) == COUNT


def test_a_long_journal_is_not_read_to_find_it(
    drawings: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = Drawing.start(folder=tmp_path)
    drawing.add(*(drawings.scribble(k) for k in range(400)))
    drawing.close()
    (path,) = journals(tmp_path)
    assert path.stat().st_size > 128 * 1024
    with monkeypatch.context() as patch:
        patch.setattr("handplay.games.airdraw.recovery.read_journal", lambda path: pytest.fail("read"))
        found = newest_unfinished(tmp_path)
    assert found is not None
    assert len(found.opening().finish().strokes) == 400


# -- in the scene ----------------------------------------------------------------------------------------------------


def test_the_first_picture_waits_for_nothing_and_a_note_says_when_all_is_there(
    at_the_drawing: ModuleType, file: Path
) -> None:
    opening = begin_drawing(file)
    opening.note = "Here it is"
    sitting = at_the_drawing.Sitting(opening=opening)  # draws the first picture
    assert opening.share == 0.0
    for _ in range(COUNT + 1):
        if sitting.drawing.opening is None:
            break
        assert "Here it is" not in sitting.notes
        sitting.draw()
    sitting.wait(0.1)
    assert sitting.strokes == COUNT
    assert "Here it is" in sitting.notes


def test_a_stroke_drawn_meanwhile_lies_above_what_was_opened(at_the_drawing: ModuleType, file: Path) -> None:
    sitting = at_the_drawing.Sitting(opening=begin_drawing(file))
    sitting.drag((0.3, 0.5), (0.5, 0.5))
    sitting.draw(COUNT + 1)
    assert sitting.drawing.document.strokes[:-1] == open_drawing(file).strokes
    assert sitting.strokes == COUNT + 1


def test_a_file_that_turns_out_wrong_ends_the_game_with_its_name(at_the_drawing: ModuleType, wrong_file: Path) -> None:
    sitting = at_the_drawing.Sitting(opening=begin_drawing(wrong_file))
    with pytest.raises(DrawingError, match=WRONG):
        sitting.draw(COUNT + 1)
