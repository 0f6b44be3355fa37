"""What a sitting begins with: a file that was named, what a crash left behind, or empty paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handplay.engine.hands import Handedness
from handplay.games.airdraw.document import Canvas
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.opening import FIRST_SLICE_S, Opening
from handplay.games.airdraw.pen import PenSettings
from handplay.games.airdraw.pen_reach import PenStyle, ReachBox
from handplay.games.airdraw.recovery import newest_unfinished

if TYPE_CHECKING:
    from handplay.engine.stage.stage import Stage
    from handplay.games.airdraw.scene import AirDrawScene


BACK = "Your last drawing is back"


@dataclass(frozen=True, slots=True)
class Started:
    """The drawing to begin with, and a sentence about it."""

    drawing: Drawing
    note: str = ""


def start_drawing(
    opening: Opening | None = None, *, canvas: Canvas | None = None, folder: Path | None = None
) -> Started:
    """Begins a drawing with autosave. One that is large is read while it is drawn on already (`Drawing.opening`).

    Args:
        opening: what is opened; what an earlier run left is then left alone.
        canvas: what lies under the ink, if it was asked for.
        folder: of the journals; the usual one if None.

    Raises:
        DrawingError: what is opened is not what it should be.
    """
    if opening is None:
        left = newest_unfinished(folder)
        if left is None:
            return Started(Drawing.start(folder=folder, canvas=canvas))
        opening = left.opening()
        opening.go_on(FIRST_SLICE_S)
        opening.note = BACK
    drawing = Drawing.start(opening, folder=folder, canvas=canvas)
    return Started(drawing, "" if drawing.opening is not None else told(opening.note, drawing))


def told(note: str, drawing: Drawing) -> str:
    """What is said when a drawing has been opened."""
    count = len(drawing.document.strokes)
    if note != BACK:
        return note
    return f"{BACK}: {count} {'stroke' if count == 1 else 'strokes'}. Delete clears it" if count else ""


def make_scene(
    stage: Stage,
    *,
    opening: Opening | None = None,
    canvas: Canvas | None = None,
    style: PenStyle = "pinch",
    sensitivity: float = 0.5,
    reach: ReachBox | None = None,
    bindings: Mapping[str, str] | None = None,
    main_hand: Handedness = "Right",
) -> AirDrawScene:
    """Air drawing for `handplay.engine.stage.app.run`.

    Args:
        stage: what the stage offers.
        opening: what is opened; what an earlier run left if None.
        canvas: what lies under the ink; as the drawing has it if None.
        style, sensitivity: of the pens.
        reach: the part of the camera's view that covers the canvas; a comfortable one if None.
        bindings: gesture name to action; thumbs up saves if None.
        main_hand: in whose colour the mouse draws.
    """
    from handplay.games.airdraw.scene import AirDrawScene  # pygame is loaded when the game is

    started = start_drawing(opening, canvas=canvas)
    return AirDrawScene(
        stage,
        started.drawing,
        pen=PenSettings.of(style, sensitivity),
        reach=reach,
        bindings=bindings,
        main_hand=main_hand,
        note=started.note,
    )
