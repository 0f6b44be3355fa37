"""High scores: order, length, what is kept of a damaged file."""

from __future__ import annotations

from pathlib import Path

import pytest

from handplay.engine.errors import OutputError
from handplay.engine.high_scores import KEPT, HighScore, HighScores


def test_the_best_come_first_and_survive(tmp_path: Path) -> None:
    path = tmp_path / "data" / "scores.json"
    scores = HighScores(path)
    assert [scores.add("slice", score, "2026-01-02") for score in (30, 50, 40)] == [1, 1, 2]
    assert scores.add("pong hard", 7, "2026-01-03") == 1
    again = HighScores(path)
    assert [row.score for row in again.best("slice")] == [50, 40, 30]
    assert again.best("pong hard") == (HighScore(7, "2026-01-03"),)
    assert again.best("unknown") == ()


def test_only_the_best_are_kept(tmp_path: Path) -> None:
    scores = HighScores(tmp_path / "scores.json")
    for score in range(1, KEPT + 3):
        scores.add("slice", 10 * score)
    assert len(scores.best("slice")) == KEPT
    assert scores.add("slice", 5) is None
    assert scores.add("slice", 0) is None


def test_of_equal_scores_the_first_stays_first(tmp_path: Path) -> None:
    scores = HighScores(tmp_path / "scores.json")
    scores.add("slice", 10, "2026-01-01")
    assert scores.add("slice", 10, "2026-01-02") == 2


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"format": "x", "games": {}}', '{"format": "handplay-scores", "games": {"a": [[1]]}}',
     '{"format": "handplay-scores", "games": {"a": [[true, "2026-01-01"]]}}',
     '{"format": "handplay-scores", "games": {"a": [[5, "yesterday"]]}}', "[" * 5000],
)  # fmt: skip
def test_a_damaged_file_is_kept_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "scores.json"
    path.write_text(text)
    scores = HighScores(path)
    assert scores.best("a") == ()
    assert (tmp_path / "scores.json.unreadable").read_text() == text


def test_a_place_that_cannot_be_written_is_told_and_the_score_stays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    scores = HighScores(tmp_path / "file" / "scores.json")
    with pytest.raises(OutputError, match="cannot be kept"):
        scores.add("slice", 10)
    assert scores.best("slice")[0].score == 10
