"""Saving beside the drawing: in a thread of its own, because a large picture or a film takes longer than a frame."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from handplay.engine.errors import HandplayError
from handplay.games.airdraw.document import Document
from handplay.games.airdraw.view import View

Wanted = Literal["drawing", "film"]


class Saver:
    """Saves one drawing after the other.

    Args:
        folder: where; the user's pictures if None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._thread: threading.Thread | None = None
        self._result: tuple[bool, str] | None = None

    @property
    def busy(self) -> bool:
        """True while a drawing is being written."""
        return self._thread is not None

    def start(
        self, document: Document, wanted: Wanted, *, camera: NDArray[np.uint8] | None = None, view: View | None = None
    ) -> bool:
        """Begins; False if it is still busy with another.

        Args:
            document: what to save; taken as it is now.
            wanted: a picture with curves and the drawing itself, or a film of how it was made.
            camera: what lies under the ink, BGR, as it is seen; the picture is then saved without it too.
            view: of the picture with the camera.
        """
        if self.busy:
            return False
        copy = Document(tuple(document.strokes), document.sheet)
        self._result = None
        self._thread = threading.Thread(
            target=self._save, args=(copy, wanted, camera, view), name="handplay-save", daemon=True
        )
        self._thread.start()
        return True

    def poll(self) -> tuple[bool, str] | None:
        """Once when it is done: whether it worked, and a sentence about it."""
        if self._thread is None or self._thread.is_alive():
            return None
        self._thread = None
        return self._result

    def close(self, timeout_s: float = 20.0) -> None:
        """Waits for what is being written: a half-saved drawing helps nobody."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _save(self, document: Document, wanted: Wanted, camera: NDArray[np.uint8] | None, view: View | None) -> None:
        from handplay.games.airdraw.saving import save_all

        try:
            if wanted == "film":
                files = save_all(document, ("gif",), folder=self._folder)
                with contextlib.suppress(HandplayError):  # OpenCV has no MP4 everywhere; the GIF is there
                    files += save_all(document, ("mp4",), folder=self._folder)
            else:
                files = save_all(document, ("png",), folder=self._folder, camera=camera, view=view)
                more = ("svg", "json") if camera is None else ("png", "svg", "json")
                for kind in more:
                    files += save_all(document, (kind,), folder=self._folder)  # type: ignore[arg-type]  # words of Kind
        except (HandplayError, OSError, ValueError, MemoryError) as error:
            self._result = (False, f"Not saved: {error}")
            return
        names = [file.name for file in files] if wanted == "film" else [files[0].name]
        self._result = (True, f"Saved in {short_path(files[0].parent)}: {', '.join(names)}")


def short_path(folder: Path) -> str:
    """A folder as a person calls it."""
    try:
        return f"~/{folder.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(folder)
