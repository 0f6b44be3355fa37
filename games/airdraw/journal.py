"""Autosave: an append-only file of steps beside nothing else; see `Journal`."""

from __future__ import annotations

from pathlib import Path

from handplay.games.airdraw.document import Document, Edit


class Journal:
    """Writes each step of a drawing to the data folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self.problem = ""

    def begin(self, document: Document) -> None:
        """Begins anew with a whole drawing."""

    def append(self, edit: Edit, document: Document) -> None:
        """Writes a step; never raises, see `problem`."""

    def compact(self, document: Document) -> None:
        """Makes the file small: the drawing as it is, no steps."""

    def close(self, *, keep: bool) -> None:
        """Ends it; the file stays if `keep`."""
