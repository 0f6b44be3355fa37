"""What a sitting begins with: a file that was named, what a crash left behind, or empty paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handplay.engine.hands import Handedness
from handplay.games.airdraw.document import Canvas, Document
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.pen import PenSettings
from handplay.games.airdraw.pen_reach import PenStyle, ReachBox
from handplay.games.airdraw.recovery import newest_unfinished

if TYPE_CHECKING:
    from handplay.engine.stage.stage import Stage
    from handplay.games.airdraw.scene import AirDrawScene


@dataclass(frozen=True, slots=True)
class Started:
    """The drawing to begin with, and a sentence about it."""

    drawing: Drawing
    note: str = ""


def start_drawing(
    document: Document | None = None, *, canvas: Canvas | None = None, folder: Path | None = None
) -> Started:
    """Begins a drawing with autosave.

    Args:
        document: what was opened; what an earlier run left is then left alone.
        canvas: what lies under the ink, if it was asked for.
        folder: of the journals; the usual one if None.
    """
    if document is not None:
        return Started(Drawing.start(document, folder=folder, canvas=canvas))
    left = newest_unfinished(folder)
    if left is None:
        return Started(Drawing.start(folder=folder, canvas=canvas))
    drawing = Drawing.start(left.document, folder=folder, canvas=canvas)
    if drawing.problem:
        left.release()
    else:
        left.discard()
    count = len(drawing.document.strokes)
    what = "stroke" if count == 1 else "strokes"
    return Started(drawing, f"Your last drawing is back: {count} {what}. Delete clears it")


def make_scene(
    stage: Stage,
    *,
    document: Document | None = None,
    note: str = "",
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
        document, note: what was opened, and what is to be said about it; what an earlier run left if None.
        canvas: what lies under the ink; as the drawing has it if None.
        style, sensitivity: of the pens.
        reach: the part of the camera's view that covers the canvas; a comfortable one if None.
        bindings: gesture name to action; thumbs up saves if None.
        main_hand: in whose colour the mouse draws.
    """
    from handplay.games.airdraw.scene import AirDrawScene  # pygame is loaded when the game is

    started = start_drawing(document, canvas=canvas)
    return AirDrawScene(
        stage,
        started.drawing,
        pen=PenSettings.of(style, sensitivity),
        reach=reach,
        bindings=bindings,
        main_hand=main_hand,
        note=note or started.note,
    )
