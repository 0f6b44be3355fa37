"""What a sitting begins with: a file that was named, what a crash left behind, or empty paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handplay.games.airdraw.document import Canvas, Document
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.recovery import newest_unfinished


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
