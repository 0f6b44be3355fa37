"""Writes a small table of labelled hands, made of the demo hand. Run: python examples/hand_table.py hands.csv

A row is one hand: 21 points, whose hand it is, and what it shows; `none` stands for a hand that shows nothing. Rows of
your own pictures come from `handplay track` in the same way: its recordings hold the same points.
"""

from __future__ import annotations

import argparse
import csv
import sys

import numpy as np

from handplay.engine.hands import Handedness
from handplay.engine.sources.demo import pose_points

SHOWN = {"claw": "claw", "cup": "flat_c", "none": "relaxed"}
"""Label to a pose of the demo hand."""

ROWS = 40
"""Of each label."""


def turned(rng: np.random.Generator, most_deg: float) -> np.ndarray:
    """A turn about a random axis, (3, 3)."""
    axis = rng.normal(size=3)
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = np.radians(rng.uniform(-most_deg, most_deg))
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def main(path: str) -> None:
    rng = np.random.default_rng(1)
    sides: tuple[Handedness, Handedness] = ("Right", "Left")
    with open(path, "w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        header = [f"{axis}{point}" for point in range(1, 22) for axis in "xyz"]
        rows.writerow([*header, "handedness", "label"])
        for label, pose in SHOWN.items():
            for number in range(ROWS):
                side = sides[number % 2]
                points = pose_points(pose, side) @ turned(rng, 25).T * rng.uniform(80, 160)
                points += rng.normal(scale=1.0, size=points.shape)  # as a tracker's points tremble
                rows.writerow([*points.reshape(-1).round(2).tolist(), side, label])
    print(f"{path}: {ROWS * len(SHOWN)} hands, {', '.join(SHOWN)}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", nargs="?", default="hands.csv", help="table to write; hands.csv if not given")
    try:
        main(options.parse_args().file)
    except OSError as error:
        sys.exit(f"hand_table: {error.filename} cannot be written: {error.strerror}")
