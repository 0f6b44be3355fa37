"""Runs the command line in this process, and a tracker that needs no models."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from handplay.cli import main
from handplay.engine.hands import Hand, HandFrame
from handplay.engine.sources.base import Image


@dataclass(frozen=True)
class Told:
    """What a command left: exit code and both streams."""

    code: int
    out: str
    err: str


Command = Callable[..., Told]


@pytest.fixture
def handplay(capfd: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Runs `handplay` with arguments."""
    before = signal.getsignal(signal.SIGTERM)

    def run(*arguments: object) -> Told:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Told(code, out, err)

    yield run
    signal.signal(signal.SIGTERM, before)


class StandInTracker:
    """One hand in every picture that is brighter than black."""

    def __init__(self) -> None:
        self.seen = 0

    def __enter__(self) -> StandInTracker:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def track(self, frame_bgr: Image, time_s: float | None = None) -> HandFrame:
        height, width = frame_bgr.shape[:2]
        self.seen += 1
        points = np.linspace(0, 1, 63, dtype=np.float32).reshape(21, 3) * min(width, height)
        hands = (Hand(1, "Right", 0.9, 0.9, points, np.zeros((21, 3), np.float32)),) if frame_bgr.any() else ()
        return HandFrame(self.seen - 1, time_s or 0.0, width, height, hands=hands)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandInTracker:
    """`handplay track` with that tracker."""
    tracker = StandInTracker()
    monkeypatch.setattr("handplay.cli.track._tracker", lambda *_, **__: tracker)
    return tracker
