"""Landmark tables: labelled hands as CSV, a hand a row.

A header names the columns, in any order: `x1 y1 z1 ... x21 y21 z21` (any uniform scale, y down), `label`, and if there
are any `handedness` (Left, Right or empty) and `person`. Other columns are passed over.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import NoReturn, TextIO, cast

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.errors import TableError
from handplay.engine.hands import LANDMARK_COUNT, Handedness
from handplay.gestures.bounded import read_bounded, why
from handplay.gestures.learn.features import features
from handplay.gestures.problems import guess

COORDINATES = tuple(f"{axis}{point}" for point in range(1, LANDMARK_COUNT + 1) for axis in "xyz")
OPTIONAL = ("handedness", "person")
MAX_BYTES = 100_000_000
MAX_ROWS = 200_000
"""As float32 50 MB."""
MAX_LINE = 20_000
"""Letters; a row of 63 long numbers has 1,500."""
MAX_COORDINATE = 1e6
MAX_TEXT = 100


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkTable:
    """The rows of one table.

    Attributes:
        file: where they came from.
        points: float32 (N, 21, 3).
        labels: of each row, as the file says.
        handedness: of each row, None where the file does not say.
        persons: of each row, "" where the file does not say.
        lines: of each row, from 1.
    """

    file: str
    points: Float32
    labels: tuple[str, ...]
    handedness: tuple[Handedness | None, ...]
    persons: tuple[str, ...]
    lines: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: Sequence[int]) -> LandmarkTable:
        """A table of these rows."""
        return LandmarkTable(
            self.file,
            self.points[np.asarray(rows, np.intp)],
            tuple(self.labels[row] for row in rows),
            tuple(self.handedness[row] for row in rows),
            tuple(self.persons[row] for row in rows),
            tuple(self.lines[row] for row in rows),
        )


def read_table(path: str | PathLike[str]) -> LandmarkTable:
    """Reads a table whole.

    Raises:
        TableError: the first thing that is wrong with it: file, line, column, value and what was wanted.
    """
    try:
        data = read_bounded(path, MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise TableError(f"{path}: the table cannot be read: {why(error)}.") from None
    if len(data) > MAX_BYTES:
        raise TableError(f"{path}: the table has more than {MAX_BYTES // 1_000_000} MB; split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableError(f"{path}, line {line}: the table is not UTF-8; save it in the encoding UTF-8.") from None
    del data
    return _Reader(str(path), io.StringIO(text, newline="")).table()


class _Reader:
    def __init__(self, file: str, stream: TextIO) -> None:
        self.file = file
        self._stream = stream
        self._rows = csv.reader(self._lines(), strict=True)
        self._line = 0

    def _lines(self) -> Iterator[str]:
        number = 0
        while line := self._stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                self._wrong(f"the line is longer than {MAX_LINE} letters: this is no landmark table", number)
            yield line

    def _wrong(self, reason: str, line: int | None = None) -> NoReturn:
        raise TableError(f"{self.file}, line {line or max(1, self._line)}: {reason}.")

    def table(self) -> LandmarkTable:
        columns, width = self._header()
        where = [columns[name] for name in COORDINATES]
        points: list[Float32] = []
        labels: list[str] = []
        sides: list[Handedness | None] = []
        persons: list[str] = []
        lines: list[int] = []
        while (row := self._next()) is not None:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != width:
                self._wrong(f"{len(row)} columns, the header has {width}")
            if len(labels) == MAX_ROWS:
                self._wrong(f"more than {MAX_ROWS} rows; split the table")
            points.append(self._points(row, where))
            labels.append(self._label(row[columns["label"]]))
            sides.append(self._side(row[columns["handedness"]]) if "handedness" in columns else None)
            persons.append(row[columns["person"]].strip()[:MAX_TEXT] if "person" in columns else "")
            lines.append(self._line)
        if not labels:
            raise TableError(f"{self.file}: the table has a header and no rows.")
        return LandmarkTable(self.file, np.stack(points), tuple(labels), tuple(sides), tuple(persons), tuple(lines))

    def _next(self) -> list[str] | None:
        try:
            row = next(self._rows, None)
        except csv.Error as error:
            self._wrong(f"the line is no CSV: {error}", self._rows.line_num)
        self._line = self._rows.line_num
        return row

    def _header(self) -> tuple[dict[str, int], int]:
        header = self._next()
        while header is not None and not any(cell.strip() for cell in header):
            header = self._next()
        if header is None:
            raise TableError(f"{self.file}: the table is empty; its first line names the columns x1, y1, z1 ... label.")
        names = [cell.strip().lower() for cell in header]
        if len(names) == 1 and any(mark in names[0] for mark in ";\t"):
            self._wrong("the columns are separated by ';' or tabs; save the table with commas")
        if all(_number(name) is not None for name in names if name):
            self._wrong("a row of numbers stands where the names of the columns should be: x1,y1,z1 ... label")
        columns: dict[str, int] = {}
        wanted = (*COORDINATES, "label", *OPTIONAL)
        for at, name in enumerate(names):
            if name in columns and name in wanted:
                self._wrong(f"the column '{name}' stands here twice")
            columns.setdefault(name, at)
        others = [name for name in names if name and name not in wanted]
        missing = [name for name in (*COORDINATES, "label") if name not in columns]
        if missing:
            told = f"'{missing[0]}'" if len(missing) == 1 else f"'{missing[0]}' and {len(missing) - 1} more"
            self._wrong(
                f"no column {told}; wanted {COORDINATES[0]}, {COORDINATES[1]}, ... {COORDINATES[-1]}, label"
                f"{guess(missing[0], others).rstrip('?')}"
            )
        for name in others:
            near = guess(name, OPTIONAL)
            if near:
                self._wrong(f"unknown column '{name[:40]}'{near.rstrip('?')}")
        return columns, len(header)

    def _points(self, row: list[str], where: list[int]) -> Float32:
        numbers = [_number(row[at]) for at in where]
        for name, at, number in zip(COORDINATES, where, numbers, strict=True):
            if number is None or not abs(number) <= MAX_COORDINATE:
                got = _told(row[at])
                self._wrong(f"column {name}: got {got}, wanted a number from {-MAX_COORDINATE:g} to {MAX_COORDINATE:g}")
        points = np.array(numbers, np.float32).reshape(LANDMARK_COUNT, 3)
        if not np.ptp(points[:, :2], axis=0).any():
            self._wrong("all landmarks lie in one place: that is no hand")
        if not np.isfinite(features(points)).all():
            self._wrong("wrist and knuckles (landmarks 1, 6, 10 and 18) lie in one place: that is no hand")
        return points

    def _label(self, cell: str) -> str:
        label = cell.strip()
        if not label or len(label) > MAX_TEXT or not label.isprintable():
            self._wrong(f"column label: got {_told(cell)}, wanted a word of at most {MAX_TEXT} letters, or none")
        return label

    def _side(self, cell: str) -> Handedness | None:
        side = cell.strip().capitalize()
        if side not in ("Left", "Right", ""):
            self._wrong(f"column handedness: got {_told(cell)}, wanted Left, Right or nothing")
        return cast("Handedness | None", side or None)


def _number(cell: str) -> float | None:
    """A finite number, or None. (`float` alone would take "nan", "infinity" and "1_0".)"""
    if "_" in cell:
        return None
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _told(cell: str) -> str:
    cell = cell.strip()
    return f"'{cell[:40]}{'...' if len(cell) > 40 else ''}'" if cell else "nothing"
