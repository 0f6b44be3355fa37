"""Landmark tables of built hands."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from handplay.engine.hands import Handedness
from handplay.gestures.learn.tables import COORDINATES, LandmarkTable

MakeTable = Callable[..., LandmarkTable]
WriteTable = Callable[..., Path]


@pytest.fixture
def make_table(builders: ModuleType) -> MakeTable:
    """`make_table("fist", "point", each=8)`: built hands of those poses, each a little different, two persons."""

    def make(*poses: str, each: int = 8, seed: int = 0, flat: bool = False, spread: float = 8.0) -> LandmarkTable:
        rng = np.random.default_rng(seed)
        points, labels, sides, persons = [], [], [], []
        for pose in poses:
            for number in range(each):
                side: Handedness = "Left" if number % 2 else "Right"
                turn = {
                    "roll": float(builders.POSES[pose].get("roll", 0)) + rng.normal(0, spread),
                    "yaw": rng.normal(0, spread),
                    "pitch": rng.normal(0, spread),
                }
                hand = builders.show(pose, side=side, flat=flat, palm_px=rng.uniform(30, 200), **turn)
                points.append(hand.landmarks_px + rng.normal(0, 0.5, (21, 3)) * (1, 1, 0 if flat else 1))
                labels.append(pose)
                sides.append(side)
                persons.append(f"person {number % 4}")
        count = len(labels)
        return LandmarkTable(
            "built.csv",
            np.array(points, np.float32),
            tuple(labels),
            tuple(sides),
            tuple(persons),
            tuple(range(2, count + 2)),
        )

    return make


def write_rows(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return path


@pytest.fixture
def write_table(tmp_path: Path) -> WriteTable:
    """`write_table(table, "name.csv")`: the table as a file."""

    def write(table: LandmarkTable, name: str = "table.csv", *, persons: bool = True) -> Path:
        header = [*COORDINATES, "handedness", *(["person"] if persons else []), "label"]
        rows = [
            [*(f"{n:.4f}" for n in points.reshape(-1)), side or "", *([person] if persons else []), label]
            for points, side, person, label in zip(
                table.points, table.handedness, table.persons, table.labels, strict=True
            )
        ]
        return write_rows(tmp_path / name, header, rows)

    return write
