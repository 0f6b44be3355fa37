"""A source turned into its own selfie view: `--mirrored` for the demo hand, whose camera is ours to turn."""

from __future__ import annotations

import dataclasses

import numpy as np

from handplay.engine.sources.base import Frame, FrameSource, SourceInfo, Steerable, Wish


class SelfieSource:
    """Gives the pictures of another source flipped left to right, and says that they are mirrored.

    Args:
        source: a source that is not mirrored; closed with this one.
    """

    def __init__(self, source: FrameSource) -> None:
        self._source = source

    @property
    def info(self) -> SourceInfo:
        return dataclasses.replace(self._source.info, mirrored=True)

    def read(self) -> Frame | None:
        """The next picture, flipped, or None at the end."""
        frame = self._source.read()
        if frame is None:
            return None
        return dataclasses.replace(frame, image=np.ascontiguousarray(frame.image[:, ::-1]))

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        """Passes the wishes on: they are in the view, which is the same for both."""
        if isinstance(self._source, Steerable):
            self._source.steer(wishes)

    def close(self) -> None:
        self._source.close()
