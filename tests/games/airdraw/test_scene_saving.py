"""Saving beside the drawing: what is written, what is said, and what happens when there is no room."""

from __future__ import annotations

import time
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from handplay.games.airdraw.scene_saving import Saver, Wanted


def finished(saver: Saver) -> tuple[bool, str]:
    """Waits for the saver's sentence."""
    for _ in range(1200):
        result = saver.poll()
        if result is not None:
            return result
        time.sleep(0.05)
    raise TimeoutError


@pytest.mark.parametrize(
    ("wanted", "camera", "suffixes"),
    [
        ("drawing", False, [".json", ".png", ".svg"]),
        ("drawing", True, [".json", ".png", ".png", ".svg"]),
        ("film", False, [".gif", ".mp4"]),
    ],
    ids=["drawing", "with the camera", "film"],
)
def test_what_is_written(
    tmp_path: Path, drawings: ModuleType, wanted: Wanted, camera: bool, suffixes: list[str]
) -> None:
    saver = Saver(tmp_path)
    picture = np.full((72, 128, 3), 90, np.uint8) if camera else None
    assert saver.start(drawings.every_tool(), wanted, camera=picture)
    assert not saver.start(drawings.every_tool(), wanted)  # it is busy
    worked, sentence = finished(saver)
    assert worked, sentence
    assert not saver.busy
    written = sorted(tmp_path.iterdir())
    assert sorted(path.suffix for path in written) == suffixes
    told = [path.name for path in written if path.name in sentence]
    assert len(told) == (2 if wanted == "film" else 1)


def test_no_place_is_told(tmp_path: Path, drawings: ModuleType) -> None:
    (tmp_path / "file").write_text("")
    saver = Saver(tmp_path / "file")
    assert saver.start(drawings.every_tool(), "drawing")
    worked, sentence = finished(saver)
    assert not worked
    assert sentence.startswith("Not saved: ")
