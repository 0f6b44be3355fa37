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

from handplay.cli.gestures.train import _why
from handplay.gestures.learn.training import FORMS, Form
from handplay.gestures.library import load_library

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
        (("data.csv", "-o", "x.txt"), 2, "x.txt must end in .json"),
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


BY_HAND = """{
  "version": 1,
  "gestures": [
    {"name": "mine",   "fingers": {"index": "extended", "pinky":   "extended"}},
    {"name": "old",  "aliases": ["ancient"], "fingers": {"thumb": "extended"}}
  ],
  "bindings": {"pong": {"mine":   "pause"}}
}
"""


def test_a_file_that_is_there_is_added_to(handplay: Command, data: Path, tmp_path: Path) -> None:
    own = tmp_path / "my.json"
    own.write_text(BY_HAND)
    told = handplay("gestures", "train", data, "-o", own, "--form", "pose")
    assert told.code == 0, told.err
    assert f"Wrote 3 gestures of 40 hands to {own} (kept 2 gestures that were there, " in told.out
    text = own.read_text()
    library = load_library(own)
    assert all(library.find(name) is not None for name in ("mine", "old", "ancient", "stone", "look", "hello"))
    for line in BY_HAND.splitlines():
        if "name" in line or "bindings" in line:
            assert line.strip().rstrip(",") in text  # as its author laid it out


@pytest.mark.parametrize("name", ["old", "ancient"], ids=["name", "alias"])
def test_a_name_that_is_taken_is_refused_before_the_work(
    handplay: Command, data: Path, tmp_path: Path, name: str
) -> None:
    own = tmp_path / "my.json"
    own.write_text(BY_HAND)
    given = ("gestures", "train", data, "-o", own, "--form", "pose", "--map", f"look={name}")
    told = handplay(*given)
    assert (told.code, told.out) == (1, "")
    assert f"{own} has a gesture '{name}' already. Name another file, or add --replace" in told.err
    assert own.read_text() == BY_HAND

    told = handplay(*given, "--replace")
    assert told.code == 0, told.err
    assert ("replaced old" in told.out) is (name == "old")
    rows = {row["name"]: row for row in json.loads(own.read_text())["gestures"]}
    assert rows[name]["fingers"]["index"] == "extended"
    assert rows["mine"] == {"name": "mine", "fingers": {"index": "extended", "pinky": "extended"}}
    assert json.loads(own.read_text())["bindings"] == {"pong": {"mine": "pause"}}


@pytest.mark.parametrize("more", [(), ("--replace",)], ids=["", "replace"])
def test_what_is_no_gesture_file_is_never_written_to(
    handplay: Command, data: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    own = tmp_path / "my.json"
    own.write_text('{"colour": "red"}')
    told = handplay("gestures", "train", data, "-o", own, "--form", "pose", *more)
    assert (told.code, told.out) == (1, "")
    assert f"{own} is no gesture file that could be added to; it stays as it is." in told.err
    assert own.read_text() == '{"colour": "red"}'


def test_which_built_in_gestures_are_replaced_is_told(handplay: Command, data: Path, tmp_path: Path) -> None:
    own = tmp_path / "my.json"
    told = handplay("gestures", "train", data, "-o", own, "--form", "pose", "--map", "stone=fist,look=one")
    assert told.code == 0, told.err
    assert "they take the place of the built-in fist." in told.out
    assert "they take other names of built-in gestures: one (of point)." in told.out


def test_what_loses_to_a_built_in_gesture_is_told(handplay: Command, data: Path, tmp_path: Path) -> None:
    own = tmp_path / "my.json"
    told = handplay("gestures", "train", data, "-o", own, "--form", "pose")
    assert told.code == 0, told.err
    checked = handplay("gestures", "check", own)
    assert "warning: " in told.err
    assert told.err == checked.err


def test_what_hands_at_rest_show_is_told(handplay: Command, tmp_path: Path) -> None:
    own = tmp_path / "my.json"
    data = _table(tmp_path / "data.csv", [("loose", (1, 1, 1, 1, 1)), ("loose", PALM), ("stone", FIST)] * 8)
    told = handplay("gestures", "train", data, "-o", own, "--form", "pose")
    assert told.code == 0, told.err
    assert "Hands at rest may be taken for loose (" in told.out
    assert "stone (" not in told.out


@pytest.mark.parametrize(
    ("chosen", "figures", "said"),
    [
        (
            "pose",
            (0.993, 0.998, 0.992),
            "Kept as pose: within 0.01 of template, and its words can be read and changed.",
        ),
        ("pose", (0.998, 0.998, 0.992), "Kept as pose: none does better."),
        ("weighted", (0.9, 0.95, 0.97), "Kept as weighted: none does better."),
    ],
)
def test_why_a_form_is_chosen(chosen: Form, figures: tuple[float, ...], said: str) -> None:
    assert _why(chosen, dict(zip(FORMS, figures, strict=True))) == said


def test_auto_says_why(handplay: Command, data: Path, tmp_path: Path) -> None:
    told = handplay("gestures", "train", data, "-o", tmp_path / "my.json")
    assert "\nKept as pose: " in told.out


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
