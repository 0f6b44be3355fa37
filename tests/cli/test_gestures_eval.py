"""`handplay gestures eval`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handplay.gestures.learn.metric import MetricSettings, model_hands

Command = Callable[..., Any]
COLUMNS = [f"{axis}{point}" for point in range(1, 22) for axis in "xyz"]
FIST, POINT, PALM = (2, 2, 2, 2, 2), (2, 0, 2, 2, 2), (0, 0, 0, 0, 0)


def table(path: Path, rows: Iterable[tuple[str, tuple[int, ...]]]) -> Path:
    """Right hands of the model that the metric is made of: label, then 0 straight, 1 half, 2 curled for each finger."""
    rows = list(rows)
    quiet = MetricSettings(
        tilt_deg=6, lean_deg=6, bend_deg=2, splay_deg=1, bone=0.02, thumb=0.02, squash=0, jitter=0.002, depth=1.0
    )
    hands = model_hands(np.array([states for _, states in rows]), quiet, np.random.default_rng(0))
    lines = [",".join([*COLUMNS, "handedness", "label"])]
    for (label, _), hand in zip(rows, hands, strict=True):
        lines.append(",".join([*(f"{number:.4f}" for number in hand.reshape(-1)), "Right", label]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return table(tmp_path / "three.csv", [("fist", FIST), ("one", POINT), ("palm", PALM)] * 4)


def test_json(handplay: Command, three: Path) -> None:
    told = handplay("gestures", "eval", three, "--json")
    assert (told.code, told.err) == (0, "")
    figures = json.loads(told.out)
    assert figures["macro_f1"] == figures["accuracy"] == 1.0
    assert figures["per_class"]["one"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 4}
    assert figures["confusion"] == {name: {name: 4} for name in ("fist", "one", "palm")}


def test_a_table_for_people(handplay: Command, tmp_path: Path) -> None:
    data = table(tmp_path / "t.csv", [("fist", FIST)] * 3 + [("fist", POINT), ("point", POINT)])
    told = handplay("gestures", "eval", data)
    assert told.code == 0
    assert "macro-F1" in told.out
    assert "of 5 hands" in told.out
    assert "fist for point: 1 (25%)" in told.out


def test_what_is_seen_as_nothing_has_the_name_of_its_column(handplay: Command, tmp_path: Path) -> None:
    data = table(tmp_path / "t.csv", [("fist", FIST)] * 3 + [("fist", PALM), ("none", PALM)])
    told = handplay("gestures", "eval", data)
    assert "fist for none: 1 (25%)" in told.out
    assert "nothing" not in told.out


def test_mapping_and_sets(handplay: Command, tmp_path: Path) -> None:
    data = table(tmp_path / "t.csv", [("a", FIST), ("b", POINT), ("b", PALM), ("c", PALM)])
    told = handplay("gestures", "eval", data, "--map", "a=fist,b=one|palm,c=none", "--json")
    figures = json.loads(told.out)
    assert figures["per_class"]["fist"]["f1"] == 1.0
    assert figures["per_class"]["b"]["recall"] == 1.0
    assert figures["confusion"]["none"] == {"b": 1}


def test_every_gesture_competes_if_asked(handplay: Command, tmp_path: Path) -> None:
    data = table(tmp_path / "t.csv", [("point", PALM)])
    assert json.loads(handplay("gestures", "eval", data, "--json").out)["confusion"] == {"point": {"none": 1}}
    figures = json.loads(handplay("gestures", "eval", data, "--json", "--all").out)
    assert set(figures["confusion"]["point"]) <= {"open_palm", "five", "count_5"}


def test_own_gestures(handplay: Command, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    fingers = dict.fromkeys(("index", "middle", "ring", "pinky"), "curled")
    own.write_text(json.dumps({"version": 1, "gestures": [{"name": "rock_hard", "fingers": fingers}]}))
    data = table(tmp_path / "t.csv", [("rock_hard", FIST), ("fist", FIST)])
    figures = json.loads(handplay("gestures", "eval", data, "--gestures", own, "--json").out)
    assert figures["per_class"]["rock_hard"]["recall"] == 1.0


def test_the_matrix_as_a_picture(handplay: Command, three: Path, tmp_path: Path) -> None:
    pygame = pytest.importorskip("pygame")
    picture = tmp_path / "m.png"
    told = handplay("gestures", "eval", three, "--plot", picture)
    assert told.code == 0
    assert str(picture) in told.out
    image = pygame.image.load(str(picture))
    assert image.get_width() > 200
    places = [(x, y) for x in range(0, image.get_width(), 3) for y in range(0, image.get_height(), 3)]
    colours = {tuple(image.get_at(place))[:3] for place in places}
    assert (0x3C, 0xE0, 0xD0) in colours  # what is right
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("absent.csv",), 1, r"absent\.csv: the table cannot be read: no such file"),
        (("{three}", "--map", "fist"), 2, "'fist' is no mapping"),
        (("{three}", "--map", "fist=fits"), 1, "which names no gesture; did you mean 'fist'"),
        (("{three}", "--plot", "x.jpg"), 2, r"must end in \.png"),
        (("{three}", "--plot", "no/folder/x.png"), 1, "Cannot write"),
        (("{three}", "--gestures", "absent.json"), 1, r"absent\.json"),
        ((), 2, "DATA.csv"),
    ],
    ids=["no table", "no mapping", "maps to nothing", "no picture", "no folder", "no gestures", "nothing"],
)
def test_what_is_wrong_is_told(
    handplay: Command, three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], code: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    told = handplay("gestures", "eval", *(argument.format(three=three) for argument in arguments))
    assert told.code == code
    assert told.out == ""
    assert "Traceback" not in told.err
    assert re.search(said, " ".join(told.err.split()).replace("│ ", "")), told.err


def test_an_unknown_label_is_told_with_what_to_do(handplay: Command, tmp_path: Path) -> None:
    data = table(tmp_path / "t.csv", [("gribble", FIST)])
    told = handplay("gestures", "eval", data)
    assert told.code == 1
    assert "the label 'gribble' (1 rows) names no gesture" in told.err
    assert "--map gribble=NAME" in told.err


def test_a_mapping_of_no_label_is_mentioned(handplay: Command, three: Path) -> None:
    told = handplay("gestures", "eval", three, "--map", "fits=fist", "--json")
    assert told.code == 0
    assert "no row has the label 'fits'; did you mean 'fist'" in told.err
