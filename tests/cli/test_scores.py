"""Whose results are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handplay.cli.options import GameOptions
from handplay.cli.scores import high_scores
from handplay.engine.high_scores import HighScores


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({}, True),
        ({"source": "0"}, True),
        ({"source": "http://127.0.0.1:8080/video"}, True),
        ({"source": "demo"}, False),
        ({"source": "clip.mp4"}, False),
        ({"source": "game.hands.jsonl"}, False),
        ({"headless": True}, False),
    ],
    ids=["any camera or none", "a camera", "a network camera", "demo", "clip", "recording", "headless"],
)
def test_whose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], kept: bool) -> None:
    monkeypatch.setenv("HANDPLAY_DATA", str(tmp_path))
    HighScores().add("slice", 40, "2026-01-02")
    scores = high_scores(GameOptions(**options))
    assert scores.add("slice", 50) == 1, "it counts for the moment"
    assert [row.score for row in HighScores().best("slice")] == ([50, 40] if kept else [40])
