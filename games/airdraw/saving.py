"""Save: the drawing in all its forms, side by side under one new name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.data_folder import saving_folder
from handplay.games.airdraw.document import Document
from handplay.games.airdraw.files import save_drawing, save_new
from handplay.games.airdraw.view import SizePx, View

Kind = Literal["png", "svg", "json", "gif", "mp4"]

EVERY_SAVE: tuple[Kind, ...] = ("png", "svg", "json")
"""What a save writes: a picture to show, curves to work on, the drawing itself to go on with."""


def save_all(
    document: Document,
    kinds: Sequence[Kind] = EVERY_SAVE,
    *,
    folder: Path | None = None,
    size_px: SizePx = (1920, 1080),
    view: View | None = None,
    camera: NDArray[np.uint8] | None = None,
    now_s: float | None = None,
) -> list[Path]:
    """Saves the drawing under new names; never over another file.

    Args:
        document: what to save.
        kinds: which forms, the first one first.
        folder: where; `handplay` in the user's pictures if None.
        size_px: of the PNG.
        view: of the PNG; all of the drawing if None.
        camera: the camera's picture as seen, BGR, to lie under the PNG.
        now_s: seconds since 1970 for the name; now if None.

    Returns:
        the files, in the order of `kinds`.

    Raises:
        OutputError: one cannot be written; those before it are there.
    """
    place = folder or saving_folder()

    def writer(kind: Kind) -> Callable[[Path], None]:
        return lambda path: _write(document, path, kind, size_px, view, camera)

    return [save_new(place, f".{kind}", writer(kind), now_s=now_s) for kind in kinds]


def _write(
    document: Document,
    path: Path,
    kind: Kind,
    size_px: SizePx,
    view: View | None,
    camera: NDArray[np.uint8] | None,
) -> None:
    if kind == "json":
        save_drawing(document, path)
    elif kind == "svg":
        from handplay.games.airdraw.export_svg import export_svg

        export_svg(document, path)
    elif kind == "png":
        from handplay.games.airdraw.export_png import export_png

        export_png(document, path, size_px=size_px, view=view, ground="canvas" if camera is None else camera)
    else:
        from handplay.games.airdraw.export_replay import export_replay

        export_replay(document, path, view=view)
