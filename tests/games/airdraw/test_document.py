"""Document, edits, undo: what goes in comes out, and every step has its way back."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.games.airdraw.document import MAX_LAYERS, Document, Edit, Layer, Sheet
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.history import History
from handplay.games.airdraw.strokes import Stroke

POINTS = np.zeros((2, 2), np.float32)


@pytest.mark.parametrize(
    ("given_parts", "message"),
    [
        ({"points": np.zeros((0, 2))}, r"points have the shape \(0, 2\)"),
        ({"points": np.zeros((2, 3))}, "points have the shape"),
        ({"points": np.array([[0, np.nan]])}, "a point is not within 500"),
        ({"points": np.array([[0, 501.0]])}, "a point is not within 500"),
        ({"tool": "crayon"}, "tool is 'crayon', not one of pen"),
        ({"tool": "line", "points": np.zeros((3, 2))}, "a line has 2 points, got 3"),
        ({"colour": (0, 0, 256)}, "colour is"),
        ({"width": 0.0}, "width is 0, not within"),
        ({"widths": np.zeros(3)}, "widths have the shape"),
        ({"widths": np.full(2, 3.0)}, "a width is not within"),
        ({"times": np.array([1.0, 0.5])}, "times go backwards"),
        ({"rings": (1,)}, "a pen has no rings"),
        ({"tool": "fill", "points": np.zeros((2, 2))}, "a ring of a fill has fewer than 3 points"),
        ({"sticker": "star"}, "sticker is 'star'"),
        ({"tool": "sticker"}, "sticker is ''"),
        ({"start_s": float("inf")}, "start_s is inf"),
    ],
)
def test_a_stroke_that_cannot_be_is_refused(given_parts: dict[str, object], message: str) -> None:
    parts: dict[str, object] = {"tool": "pen", "colour": (0, 0, 0), "width": 0.01, "points": POINTS, **given_parts}
    with pytest.raises(ValueError, match=message):
        Stroke(**parts)  # type: ignore[arg-type] # wrong on purpose


def test_a_stroke_cannot_be_changed() -> None:
    stroke = Stroke("pen", (0, 0, 0), 0.01, POINTS)
    with pytest.raises(ValueError, match="read-only"):
        stroke.points[0, 0] = 1


@given(st.data())
def test_a_box_holds_all_the_ink(drawings: ModuleType, data: st.DataObject) -> None:
    from handplay.games.airdraw.bezier import flatten
    from handplay.games.airdraw.paths import paths_of

    stroke = data.draw(drawings.strokes())
    x0, y0, x1, y1 = stroke.box
    for path in paths_of(stroke):
        points = flatten(path.curves, 0.01)[0] if len(path.curves) else np.array([path.start])
        reach = 0.0 if path.filled else float(path.widths.max()) / 2
        slack = 1e-3 + 1e-5 * np.abs(points).max()
        assert (points.min(axis=0) - reach >= np.array([x0, y0]) - slack).all()
        assert (points.max(axis=0) + reach <= np.array([x1, y1]) + slack).all()


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (Edit(added=((1, Stroke("pen", (0, 0, 0), 0.01, POINTS, id=5)),)), "beyond the end"),
        (Edit(added=((0, Stroke("pen", (0, 0, 0), 0.01, POINTS)),)), "without an id"),
        (Edit(added=((0, Stroke("pen", (0, 0, 0), 0.01, POINTS, id=5, layer=9)),)), "layer that is not there"),
        (Edit(removed=((0, Stroke("pen", (0, 0, 0), 0.01, POINTS, id=5)),)), "stroke 5 is not at place 0"),
        (Edit(before=Sheet(canvas="black"), after=Sheet(canvas="camera")), "for another sheet"),
    ],
    ids=["place", "id", "layer", "removed", "sheet"],
)
def test_an_edit_that_does_not_fit_changes_nothing(edit: Edit, message: str) -> None:
    document = Document()
    with pytest.raises(ValueError, match=message):
        document.apply(edit)
    assert (document.revision, document.strokes, document.sheet) == (0, [], Sheet())


def test_removing_a_layer_under_strokes_is_refused() -> None:
    sheet = Sheet((Layer(1), Layer(2)))
    document = Document([Stroke("pen", (0, 0, 0), 0.01, POINTS, id=1, layer=2)], sheet)
    with pytest.raises(ValueError, match="layer that is not there"):
        document.apply(Edit(before=sheet, after=Sheet((Layer(1),))))


def act(drawing: Drawing, action: int, data: st.DataObject, drawings: ModuleType) -> None:
    """One of all the things that can be done to a drawing."""
    ids = [stroke.id for stroke in drawing.document.strokes]
    layers = [layer.id for layer in drawing.document.layers]
    if action == 0:
        drawing.add(drawings.scribble(len(ids), layer=data.draw(st.sampled_from(layers))))
    elif action == 1:
        drawing.add(
            *(drawings.scribble(k) for k in range(2)), place=data.draw(st.integers(0, len(ids)))
        ) if 1 in layers else None
    elif action == 2 and ids:
        drawing.remove(data.draw(st.lists(st.sampled_from(ids), min_size=1)))
    elif action == 3 and ids:
        drawing.recolour(data.draw(st.sampled_from(ids)), (1, 2, 3))
    elif action == 4:
        drawing.clear()
    elif action == 5:
        drawing.set_canvas(data.draw(st.sampled_from(("camera", "white", "black"))))
    elif action == 6:
        drawing.add_layer()
    elif action == 7:
        drawing.remove_layer(data.draw(st.sampled_from(layers)))
    elif action == 8:
        drawing.change_layer(data.draw(st.sampled_from(layers)), opacity=0.5, visible=data.draw(st.booleans()))
    elif action == 9:
        drawing.move_layer(layers[0], len(layers) - 1)


def state(drawing: Drawing) -> tuple[list[Stroke], Sheet]:
    return list(drawing.document.strokes), drawing.document.sheet


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_undo_and_redo_walk_through_the_same_states(drawings: ModuleType, data: st.DataObject) -> None:
    drawing = Drawing()
    states = [state(drawing)]
    for action in data.draw(st.lists(st.integers(0, 9), max_size=15)):
        act(drawing, action, data, drawings)
        if state(drawing) != states[-1]:
            states.append(state(drawing))
    for before in reversed(states[:-1]):
        while state(drawing) != before:
            assert drawing.undo()
    while drawing.undo():
        assert state(drawing) == states[0]
    for after in states[1:]:
        while state(drawing) != after:
            assert drawing.redo()
    assert len({stroke.id for stroke in drawing.document.strokes}) == len(drawing.document.strokes)


def test_clear_is_one_step(drawings: ModuleType) -> None:
    drawing = Drawing()
    drawing.add(*(drawings.scribble(k) for k in range(5)))
    drawing.clear()
    assert drawing.document.strokes == []
    drawing.undo()
    assert len(drawing.document.strokes) == 5


def test_a_new_step_forgets_what_was_undone(drawings: ModuleType) -> None:
    drawing = Drawing()
    drawing.add(drawings.scribble(1))
    drawing.undo()
    drawing.add(drawings.scribble(2))
    assert not drawing.redo()


def test_what_changes_nothing_is_no_step() -> None:
    drawing = Drawing()
    drawing.clear()
    drawing.set_canvas("white")
    drawing.remove([7])
    assert not drawing.undo()


def test_history_keeps_within_its_bounds(drawings: ModuleType) -> None:
    history = History(max_steps=3, max_held=100)
    edits = [Edit(added=((k, drawings.scribble(k).with_id(k + 1)),)) for k in range(5)]
    for edit in edits:
        history.push(edit)
    walked = [history.undo() for _ in range(4)]
    assert walked == [edits[4].opposite, edits[3].opposite, edits[2].opposite, None]
    heavy = History(max_steps=100, max_held=4)
    for edit in edits:
        heavy.push(edit)
    assert [heavy.undo() is not None for _ in range(3)] == [True, True, False]


def test_layers_have_a_limit() -> None:
    drawing = Drawing()
    assert [drawing.add_layer() for _ in range(MAX_LAYERS)] == [True] * (MAX_LAYERS - 1) + [False]


def test_strokes_near_a_place_are_found(drawings: ModuleType) -> None:
    drawing = Drawing()
    here, there = drawing.add(drawings.pen((0, 0), (0.1, 0)), drawings.pen((3, 3), (3.1, 3)))
    assert drawing.document.touching((-0.1, -0.1, 0.1, 0.1)) == [here]
    more = drawing.add(drawings.pen((0.05, -1), (0.05, 1)))
    assert drawing.document.touching((-0.1, -0.1, 0.1, 0.1)) == [here, *more]
    drawing.remove([here.id])
    assert drawing.document.touching((-0.1, -0.1, 0.1, 0.1)) == [*more]
    assert drawing.document.touching((2, 2, 4, 4)) == [there]
