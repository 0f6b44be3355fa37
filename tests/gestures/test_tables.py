"""What the built-in gestures and the example files reach on labelled hands of many people, rules alone.

The floors are those that the library promises; `benchmarks/finger_states.py` prints the figures themselves.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from handplay.gestures.learn.evaluation import Evaluation, evaluate, read_mapping
from handplay.gestures.learn.tables import LandmarkTable, read_table
from handplay.gestures.library import load_library

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT.parent / "shared" / "data" / "landmarks"
COUNTS = "count_0=fist,count_1=point,count_2=victory,count_3=three|ok,count_4=four,count_5=open_palm|stop"

needs_tables = pytest.mark.skipif(not TABLES.is_dir(), reason=f"no landmark tables in {TABLES}")


def without(table: LandmarkTable, label: str) -> LandmarkTable:
    return table.take([row for row, said in enumerate(table.labels) if said != label])


def judged(name: str, *examples: str, mapping: str = "", drop: str = "") -> Evaluation:
    table = without(read_table(TABLES / f"{name}.csv"), drop)
    library = load_library(*(ROOT / "examples" / f"{example}.json" for example in examples))
    return evaluate(table, library, read_mapping(mapping))


@needs_tables
def test_counting() -> None:
    assert judged("counting", mapping=COUNTS).accuracy >= 0.95


@needs_tables
def test_five_gestures() -> None:
    assert judged("gestures5").accuracy >= 0.98


@needs_tables
def test_digits_of_the_example() -> None:
    assert judged("digits", "digits").accuracy >= 0.95


@needs_tables
def test_finger_states_of_the_example() -> None:
    assert judged("finger_states13", "finger_states13", drop="none").accuracy >= 0.88


@needs_tables
def test_flat_points_of_unknown_shape_with_hands_that_show_nothing() -> None:
    result = judged("hagrid_2d")
    assert result.macro_f1 >= 0.85
    assert result.per_class["none"].recall >= 0.65
    assert len(result.per_class) == 19


@needs_tables
@pytest.mark.parametrize("degrees", [60, -60, 90])
def test_turned_pictures_show_the_same_counts(degrees: int) -> None:
    table = read_table(TABLES / "counting.csv")
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]], np.float32)
    turned = LandmarkTable(
        table.file, table.points @ turn.T, table.labels, table.handedness, table.persons, table.lines
    )
    assert evaluate(turned, load_library(), read_mapping(COUNTS)).accuracy >= 0.95


@pytest.mark.parametrize("name", ["digits", "finger_states13"])
def test_the_examples_are_good_files(name: str) -> None:
    library = load_library(ROOT / "examples" / f"{name}.json")
    own = [gesture for gesture in library.gestures if gesture.file.endswith(f"{name}.json")]
    assert len(own) == {"digits": 10, "finger_states13": 12}[name]
    assert all(gesture.about for gesture in own)
