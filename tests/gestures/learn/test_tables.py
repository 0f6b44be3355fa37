"""Landmark tables: what is read, and the sentence for everything that is wrong."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handplay.engine.errors import TableError
from handplay.gestures.learn import tables
from handplay.gestures.learn.tables import COORDINATES, LandmarkTable, read_table

HAND = [f"{number * 0.5:g}" for number in range(63)]


def text_of(header: list[str], *rows: list[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *rows])
    return stream.getvalue()


def read(tmp_path: Path, text: str | bytes) -> LandmarkTable:
    path = tmp_path / "t.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path)


PLAIN = [*COORDINATES, "label"]


def test_a_plain_table(tmp_path: Path) -> None:
    table = read(tmp_path, text_of(PLAIN, [*HAND, "fist"], [*HAND, "none"]))
    assert len(table) == 2
    assert table.labels == ("fist", "none")
    assert table.points.shape == (2, 21, 3)
    assert table.points.dtype == np.float32
    assert table.points[0, 1].tolist() == [1.5, 2.0, 2.5]
    assert table.handedness == (None, None)
    assert table.persons == ("", "")
    assert table.lines == (2, 3)


def test_columns_in_any_order(tmp_path: Path) -> None:
    header = ["person", "label", "note", *reversed(COORDINATES), "handedness"]
    rows = [["ann", "fist", "x", *reversed(HAND), "Left"], ["", " rock ", "", *reversed(HAND), "right"]]
    table = read(tmp_path, text_of(header, *rows))
    assert table.points[1, 1].tolist() == [1.5, 2.0, 2.5]
    assert table.labels == ("fist", "rock")
    assert table.handedness == ("Left", "Right")
    assert table.persons == ("ann", "")


@pytest.mark.parametrize(
    "change",
    [lambda text: "\ufeff" + text, lambda text: text.replace("\r\n", "\n"), lambda text: text + "\r\n\r\n,,\r\n",
     lambda text: "\r\n" + text, lambda text: text.replace("x1,", " X1 ,"), lambda text: text.rstrip()],
    ids=["byte order mark", "unix lines", "empty rows", "empty first line", "spaces and capitals", "no last newline"],
)  # fmt: skip
def test_what_makes_no_difference(tmp_path: Path, change: object) -> None:
    assert read(tmp_path, change(text_of(PLAIN, [*HAND, "fist"]))).labels == ("fist",)  # type: ignore[operator]


def changed(column: str, value: str) -> list[str]:
    row = [*HAND, "Right", "fist"]
    row[[*COORDINATES, "handedness", "label"].index(column)] = value
    return row


WITH_SIDE = [*COORDINATES, "handedness", "label"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "t.csv: the table is empty"),
        ("\n\n", "t.csv: the table is empty"),
        (text_of(PLAIN), "t.csv: the table has a header and no rows"),
        (text_of(PLAIN, [*HAND, "a"], HAND), "t.csv, line 3: 63 columns, the header has 64"),
        (text_of(PLAIN, [*HAND, "a", "b"]), "line 2: 65 columns, the header has 64"),
        (text_of(PLAIN[1:], [*HAND[1:], "a"]), "line 1: no column 'x1'; wanted x1, y1"),
        (text_of(PLAIN[2:], [*HAND[2:], "a"]), "line 1: no column 'x1' and 1 more"),
        (text_of([*COORDINATES, "lable"], [*HAND, "a"]), "no column 'label'.*did you mean 'lable'"),
        (text_of([*WITH_SIDE[:-2], "handednes", "label"], [*HAND, "Left", "a"]), "unknown column 'handednes'; did you"),
        (text_of([*PLAIN, "x1"], [*HAND, "a", "1"]), "the column 'x1' stands here twice"),
        (text_of([*HAND, "1"], [*HAND, "1"]), "a row of numbers stands where the names"),
        (text_of(PLAIN, [*HAND, "a"]).replace(",", ";"), "separated by ';'"),
        (text_of(WITH_SIDE, changed("y3", "abc")), "line 2: column y3: got 'abc', wanted a number"),
        (text_of(WITH_SIDE, changed("y3", "")), "column y3: got nothing, wanted a number"),
        (text_of(WITH_SIDE, changed("x21", "nan")), "column x21: got 'nan'"),
        (text_of(WITH_SIDE, changed("z1", "-inf")), "column z1: got '-inf'"),
        (text_of(WITH_SIDE, changed("z1", "1e99")), "column z1: got '1e99'"),
        (text_of(WITH_SIDE, changed("z1", "1_0")), "column z1: got '1_0'"),
        (text_of(WITH_SIDE, changed("z1", "9" * 200)), "column z1: got '9{40}...'"),
        (text_of(WITH_SIDE, changed("label", " ")), "column label: got nothing"),
        (text_of(WITH_SIDE, changed("label", "a" * 200)), "column label: got 'a{40}"),
        (text_of(WITH_SIDE, changed("label", "a\x07")), "column label"),
        (text_of(WITH_SIDE, changed("handedness", "both")), "handedness: got 'both', wanted Left, Right or nothing"),
        (text_of(PLAIN, [*["1"] * 63, "a"]), "line 2: all landmarks lie in one place"),
        (text_of(PLAIN, [*["1"] * 57, *HAND[57:], "a"]), r"line 2: wrist and knuckles \(landmarks 1, 6"),
        (text_of(PLAIN, [*HAND, '"']) + '"', "is no CSV"),
        (text_of(PLAIN, ["1" * 30_000, *HAND[1:], "a"]), "line 2: the line is longer than 20000"),
        (text_of(PLAIN, [*HAND, "a"]).encode() + b"\xff\xfe", "line 3: the table is not UTF-8"),
        (text_of(PLAIN, [*HAND, "a"]).encode("utf-16"), "line 1: the table is not UTF-8"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) and "column x1" not in value and "\n" not in value else "",
)  # fmt: skip
def test_one_sentence_for_what_is_wrong(tmp_path: Path, text: str | bytes, wanted: str) -> None:
    with pytest.raises(TableError, match=wanted) as told:
        read(tmp_path, text)
    assert "\n" not in str(told.value)
    assert str(told.value).startswith(str(tmp_path))


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"cannot be read: no such file"):
        read_table(tmp_path / "absent.csv")
    with pytest.raises(TableError, match="it is a folder"):
        read_table(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(TableError, match="it is a pipe"):
            read_table(tmp_path / "pipe")


def test_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of(PLAIN, *[[*HAND, "a"]] * 4)
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    with pytest.raises(TableError, match="line 5: more than 3 rows"):
        read(tmp_path, text)
    monkeypatch.setattr(tables, "MAX_BYTES", 500)
    with pytest.raises(TableError, match="more than 0 MB"):
        read(tmp_path, text)


def test_rows_can_be_taken(tmp_path: Path) -> None:
    other = [str(float(number) + 1) for number in HAND]
    table = read(tmp_path, text_of(WITH_SIDE, [*HAND, "Left", "a"], [*other, "", "b"])).take([1])
    assert table.labels == ("b",)
    assert table.handedness == (None,)
    assert table.lines == (3,)
    assert table.points[0, 0].tolist() == [1.0, 1.5, 2.0]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_table_gives_anything_but_rows_or_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    text = text_of(WITH_SIDE, [*HAND, "Left", "a"], [*HAND, "", "b"])
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 60))
    put = data.draw(st.text(max_size=20) | st.sampled_from(['"', ",", "\n", "\r", "\0", "nan", "Left,", ",,,", "x1"]))
    told = ""
    table = None
    try:
        table = read(tmp_path, text[:start] + put + text[start + length :])
    except TableError as error:
        told = str(error)
    if table is None:
        assert told.startswith(str(tmp_path))
    else:
        assert np.isfinite(table.points).all()
        assert len(table.points) == len(table.labels) == len(table.handedness) > 0
