"""`handplay gestures train`, and what `eval` says of what it wrote."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
HAGRID = Path(__file__).resolve().parents[3] / "shared" / "data" / "landmarks" / "hagrid_2d.csv"
FIST, POINT, PALM, ROCK = (2, 2, 2, 2, 2), (2, 0, 2, 2, 2), (0, 0, 0, 0, 0), (2, 0, 2, 2, 0)


def _table(path: Path, rows: list[tuple[str, tuple[int, ...]]]) -> Path:
    # Test folders are no packages: the table of the neighbour is loaded by its place.
    name = "handplay_tests_gestures_eval"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("test_gestures_eval.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    made: Path = sys.modules[name].table(path, rows)
    return made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return _table(tmp_path / "data.csv", [("stone", FIST), ("look", POINT), ("hello", PALM), ("none", ROCK)] * 10)


@pytest.mark.parametrize("form", ["auto", "pose", "template", "weighted"])
def test_what_is_trained_is_recognized(handplay: Command, data: Path, tmp_path: Path, form: str) -> None:
    own = tmp_path / "my.json"
    told = handplay("gestures", "train", data, "-o", own, "--form", form)
    assert told.code == 0, told.err
    assert "macro-F1" in told.out
    assert "the table names no persons" in told.out
    assert f"Wrote 3 gestures of 40 hands to {own}" in told.out
    figures = json.loads(handplay("gestures", "eval", data, "--gestures", own, "--json").out)
    assert figures["macro_f1"] > 0.95
    kinds = {gesture["kind"] for gesture in json.loads(own.read_text())["gestures"]}
    if form == "pose":
        assert kinds == {"pose"}
    if form in ("template", "weighted"):
        assert kinds == {"template"}
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_words_are_chosen_where_they_do(handplay: Command, data: Path, tmp_path: Path) -> None:
    own = tmp_path / "my.json"
    assert handplay("gestures", "train", data, "-o", own).code == 0
    assert {gesture["kind"] for gesture in json.loads(own.read_text())["gestures"]} == {"pose"}


def test_labels_and_mapping(handplay: Command, data: Path, tmp_path: Path) -> None:
    own = tmp_path / "my.json"
    told = handplay(
        "gestures", "train", data, "-o", own, "--form", "template", "--labels", "stone, look", "--map", "look=point_at",
        "--max-samples", "2",
    )  # fmt: skip
    assert told.code == 0, told.err
    rows = json.loads(own.read_text())["gestures"]
    assert [row["name"] for row in rows] == ["point_at", "stone"]
    assert all(len(row["samples"]) <= 2 for row in rows)


def test_augmentation_can_be_left_out(handplay: Command, data: Path, tmp_path: Path) -> None:
    texts = []
    for number, more in enumerate(([], ["--no-augment"], ["--seed", "5"], ["--seed", "5"])):
        own = tmp_path / f"{number}.json"
        assert handplay("gestures", "train", data, "-o", own, "--form", "weighted", *more).code == 0
        texts.append(own.read_text())
    assert texts[0] != texts[1]
    assert texts[0] != texts[2]
    assert texts[2] == texts[3]


def test_one_hand_of_each_is_learned_and_told_as_few(handplay: Command, tmp_path: Path) -> None:
    data, own = _table(tmp_path / "data.csv", [("stone", FIST), ("look", POINT)]), tmp_path / "my.json"
    told = handplay("gestures", "train", data, "-o", own)
    assert told.code == 0, told.err
    assert "Too few hands for a cross-validation." in told.out
    assert "Few hands of look (1), stone (1): others may show it differently; 20 of each are a good start." in told.out
    assert {gesture["kind"] for gesture in json.loads(own.read_text())["gestures"]} == {"template"}
    figures = json.loads(handplay("gestures", "eval", data, "--gestures", own, "--json").out)
    assert figures["accuracy"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("absent.csv", "-o", "x.json"), 1, "cannot be read: no such file"),
        (("data.csv",), 2, "--output"),
        (("data.csv", "-o", "no/folder/x.json"), 1, "Cannot write"),
        (("data.csv", "-o", "x.json", "--labels", "stoned"), 1, "no row has the label 'stoned'; did you mean 'stone'"),
        (("data.csv", "-o", "x.json", "--map", "stone=a|b"), 2, "can become one gesture, not 2"),
        (("data.csv", "-o", "x.json", "--map", "stone=9lives"), 1, "'9lives' is no name for a gesture"),
        (("data.csv", "-o", "x.json", "--labels", "none"), 1, "none alone teaches nothing"),
        (("data.csv", "-o", "x.json", "--form", "tree"), 2, "tree"),
        (("data.csv", "-o", "x.json", "--max-samples", "0"), 2, "max-samples"),
    ],
    ids=lambda value: " ".join(value[2:]) if isinstance(value, tuple) else "",
)
def test_what_is_wrong_is_told(
    handplay: Command, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], code: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    told = handplay("gestures", "train", *arguments)
    assert told.code == code
    assert said in " ".join(told.err.replace("│", " ").split())
    assert "Traceback" not in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]


def test_what_stood_there_stays_when_training_fails(handplay: Command, tmp_path: Path) -> None:
    own = tmp_path / "my.json"
    own.write_text("before")
    bad = tmp_path / "bad.csv"
    bad.write_text("x1,label\n1,a\n")
    assert handplay("gestures", "train", bad, "-o", own).code == 1
    assert own.read_text() == "before"


@pytest.mark.skipif(not HAGRID.is_file(), reason="the labelled tables are not here")
@pytest.mark.parametrize(("form", "wanted"), [("template", 0.92), ("weighted", 0.95)])
def test_half_of_the_persons_teach_the_other_half(handplay: Command, tmp_path: Path, form: str, wanted: float) -> None:
    header, *rows = csv.reader(HAGRID.read_text(encoding="utf-8").splitlines())
    person = header.index("person")
    for half in (0, 1):
        with (tmp_path / f"{half}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(row for row in rows if zlib.crc32(row[person].encode()) % 2 == half)
    own = tmp_path / "my.json"
    assert handplay("gestures", "train", tmp_path / "0.csv", "-o", own, "--form", form).code == 0
    told = handplay("gestures", "eval", tmp_path / "1.csv", "--gestures", own, "--json")
    assert json.loads(told.out)["macro_f1"] >= wanted
