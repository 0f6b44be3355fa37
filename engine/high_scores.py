"""The best results of each game on this computer: one small JSON file in the data folder."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handplay.engine.atomic import write_text
from handplay.engine.errors import OutputError
from handplay.engine.folders import data_folder

KEPT = 5
"""Results kept of each game and mode."""

_FORMAT = "handplay-scores"
_MAX_BYTES = 200_000
_MAX_SCORE = 10**9


@dataclass(frozen=True, slots=True)
class HighScore:
    """One result.

    Attributes:
        score: higher is better.
        day: "2026-11-21".
    """

    score: int
    day: str


class HighScores:
    """The lists of all games.

    Args:
        path: the file; the data folder's if not given. A missing or damaged file counts as empty; a damaged one is
            kept under another name.
        keep: False writes nothing: what a rendered hand or a recording has played is nobody's result.
    """

    def __init__(self, path: Path | None = None, *, keep: bool = True) -> None:
        self._path = path or data_folder() / "scores.json"
        self._keep = keep
        self._games = _read(self._path)

    def best(self, game: str) -> tuple[HighScore, ...]:
        """The list of one game ("slice", "pong hard"), best first."""
        return tuple(self._games.get(game, ()))

    def add(self, game: str, score: int, day: str | None = None) -> int | None:
        """Takes a result in and writes the file.

        Returns:
            its rank from 1, or None if it is not among the best.

        Raises:
            OutputError: the file cannot be written; the result is in the list all the same.
        """
        if score <= 0:
            return None
        row = HighScore(min(score, _MAX_SCORE), day or date.today().isoformat())
        rows = self._games.get(game, [])
        rank = sum(other.score >= row.score for other in rows) + 1
        if rank > KEPT:
            return None
        self._games[game] = [*rows[: rank - 1], row, *rows[rank - 1 :]][:KEPT]
        if self._keep:
            self._write()
        return rank

    def _write(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"High scores cannot be kept in {self._path.parent}: {error.strerror}.") from error
        games = {name: [[row.score, row.day] for row in rows] for name, rows in self._games.items()}
        write_text(self._path, json.dumps({"format": _FORMAT, "version": 1, "games": games}, indent=1) + "\n")


def _read(path: Path) -> dict[str, list[HighScore]]:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except OSError:
        return {}
    try:
        rows = json.loads(data)
        if rows["format"] != _FORMAT or len(data) > _MAX_BYTES:
            raise ValueError
        return {
            str(name): sorted((_row(row) for row in best), key=lambda row: -row.score)[:KEPT]
            for name, best in rows["games"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        with contextlib.suppress(OSError):
            path.replace(path.with_name(path.name + ".unreadable"))
        return {}


def _row(row: object) -> HighScore:
    if not isinstance(row, list) or len(row) != 2 or type(row[0]) is not int or not 0 < row[0] <= _MAX_SCORE:
        raise ValueError(row)
    return HighScore(row[0], date.fromisoformat(row[1]).isoformat())
