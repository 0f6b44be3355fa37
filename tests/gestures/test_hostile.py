"""Gesture files as nobody should write them: always a sentence, never a traceback, a hang or half a library."""

from __future__ import annotations

import json
import os
import random
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.engine.errors import GestureFileError
from handplay.gestures.jsonfile import MAX_BYTES, MAX_VALUES
from handplay.gestures.library import builtin_file, builtin_library, check_bytes, check_file, load_library
from handplay.gestures.problems import Problem
from handplay.gestures.reader import MAX_PROBLEMS
from handplay.gestures.user_library import add_files, load_all

HAND = [round(0.37 * number % 1.7, 3) for number in range(63)]
GOOD: dict[str, Any] = {
    "version": 1,
    "gestures": [
        {"name": "horns", "aliases": ["devil"], "kind": "pose", "about": "Index and little finger.", "hand": "left",
         "fingers": {"thumb": ["curled", "half"], "index": "extended", "pinky": "extended"},
         "apart": [["index", "pinky"]], "pointing": {"index": "up"}, "palm": "toward", "hold_s": 0.2},
        {"name": "mine", "kind": "template", "samples": [HAND, HAND[::-1]], "radius": 0.8},
        {"name": "hook", "kind": "motion", "samples": [[[0, 0], [1, 0.5], [2, 0]]], "pose": "horns"},
        {"name": "swipe", "kind": "motion", "path": "left", "pose": "palm"},
        {"name": "zoom_2", "kind": "two_hands", "measure": "distance", "trigger": "continuous"},
    ],
    "bindings": {"pong": {"horns": "serve", "thumbs_up": "none"}},
}  # fmt: skip
TEXT = json.dumps(GOOD, indent=1)
TIME_S = 60.0
"""No figure, only what tells slow from never: a second on a machine that is free."""


def check(data: bytes) -> list[Problem]:
    """Checks bytes as a file: whole or not at all, in time, and told in sentences."""
    start_s = time.monotonic()
    file, problems = check_bytes(data, "hostile.json", known=[builtin_file()])
    assert time.monotonic() - start_s < TIME_S
    assert (file is None) == bool(problems)
    assert len(problems) <= MAX_PROBLEMS + 10
    for problem in problems:
        text = str(problem)
        assert text.startswith("hostile.json, line ")
        assert problem.line >= 1
        assert len(problem.reason) > 10
        assert len(text) < 800
        assert text.isprintable(), repr(text)
        text.encode("utf-8")
    return problems


def test_the_good_file_is_good() -> None:
    assert check(TEXT.encode()) == []


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=300))
def test_random_bytes(data: bytes) -> None:
    assert check(data)


@settings(max_examples=300, deadline=None)
@given(
    where=st.integers(0, len(TEXT) - 1),
    length=st.integers(0, 40),
    put=st.binary(max_size=6)
    | st.sampled_from([b"NaN", b"1e999", b"-Infinity", b"[[[[", b"\xff", b"\x00", b"\\ud800"]),
)
def test_a_good_file_with_something_else_in_it(where: int, length: int, put: bytes) -> None:
    data = TEXT.encode()
    check(data[:where] + put + data[where + length :])


@settings(max_examples=200, deadline=None)
@given(where=st.integers(0, len(TEXT) - 1))
def test_a_half_saved_file(where: int) -> None:
    (problem,) = check(TEXT.encode()[:where])
    assert (
        "saved only in part" in problem.reason
        or "no JSON value" in problem.reason
        or "no JSON number" in problem.reason
    )


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32), flips=st.integers(1, 8))
def test_flipped_bits(seed: int, flips: int) -> None:
    data = bytearray(TEXT.encode())
    rng = random.Random(seed)
    for _ in range(flips):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    check(bytes(data))


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_piece_that_stands_there_twice(seed: int) -> None:
    rng = random.Random(seed)
    lines = TEXT.encode().split(b"\n")
    start = rng.randrange(len(lines))
    piece = lines[start : start + rng.randint(1, 12)]
    at = rng.randrange(len(lines))
    check(b"\n".join(lines[:at] + piece + lines[at:]))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=12)
    | st.sampled_from(["pose", "thumb", "extended", "any", "none", "horns", "left", HAND, [HAND], {}, []]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=10,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in the good file."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, member in members for place in places(member, (*path, key)))]


PLACES = places(GOOD)


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[path[0]] = replaced(value[path[0]], path[1:], new)
    return changed


@settings(max_examples=400, deadline=None)
@given(path=st.sampled_from(PLACES), new=VALUES)
def test_any_value_in_any_place(path: tuple[Any, ...], new: object) -> None:
    check(json.dumps(replaced(GOOD, path, new)).encode())


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from([p for p in PLACES if p and isinstance(p[-1], str)]), key=st.text(max_size=60))
def test_any_key_in_any_place(path: tuple[Any, ...], key: str) -> None:
    def renamed(value: Any, rest: tuple[Any, ...]) -> Any:
        if len(rest) == 1:
            return {key if k == rest[0] else k: member for k, member in value.items()}
        return replaced(value, rest[:1], renamed(value[rest[0]], rest[1:]))

    check(json.dumps(renamed(GOOD, path)).encode())


BOMS = {"utf-8-sig": True, "utf-16": False, "utf-16-le": False, "utf-16-be": False, "utf-32": False, "utf-7": None}


@pytest.mark.parametrize(("encoding", "good"), BOMS.items(), ids=BOMS)
def test_encodings(encoding: str, good: bool | None) -> None:
    problems = check(TEXT.encode(encoding))
    if good is not None:
        assert (problems == []) == good
    if good is False:
        assert "UTF-8" in problems[0].reason


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "shift_jis"])
def test_an_old_encoding_is_told_with_its_line(encoding: str) -> None:
    letters = "ｱﾄ" if encoding == "shift_jis" else "é"
    (problem,) = check(f'{{"version": 1,\n"about": "{letters}"}}'.encode(encoding))
    assert (problem.line, "not UTF-8" in problem.reason) == (2, True)


def rows(row: str, number: int) -> bytes:
    return f'{{"version": 1, "gestures": [{", ".join([row] * number)}]}}'.encode()


HUGE: dict[str, bytes] = {
    "one line end after the other": b"\n" * MAX_BYTES,
    "one number": b"7" * MAX_BYTES,
    "one text": b'"' + b"a" * (MAX_BYTES - 2) + b'"',
    "a text of escapes": b'"' + b"\\n" * (MAX_BYTES // 2 - 1) + b'"',
    "a list of numbers": b"[" + b"0," * (MAX_BYTES // 2 - 1) + b"0]",
    "aliases that are numbers": b'{"version": 1, "gestures": [{"aliases": [' + b"0," * 400_000 + b"0]}]}",
    "a sample of all numbers": rows('{"name": "a", "kind": "template", "samples": [[' + "0," * 400_000 + "0]]}", 1),
    "numbers on lines, the last one wrong": b"[" + b"0,\n" * 300_000 + b"1e999]",
    "lists in a list": b"[" + b"[]," * (MAX_BYTES // 3 - 1) + b"[]]",
    "objects in a list": b"[" + b"{}," * (MAX_BYTES // 3 - 1) + b"{}]",
    "deep lists": b"[" * MAX_BYTES,
    "deep objects": b'{"a":' * (MAX_BYTES // 5),
    "unknown keys": json.dumps({"version": 1, **{f"indx{number}": 0 for number in range(60_000)}}).encode(),
    "unknown fingers": rows(json.dumps({"name": "a", "fingers": {f"f{n}": "x" for n in range(50_000)}}), 1),
    "bindings of nothing": json.dumps(
        {"version": 1, "bindings": {"pong": {f"gesture_{n}": "x" for n in range(38_000)}}}
    ).encode(),
    "scenes of one letter": json.dumps(
        {"version": 1, "bindings": {f"s{n}": {"fist": "serve"} for n in range(30_000)}}
    ).encode(),
    "gestures that are nothing": rows("{}", 400_000),
    "wrong words": rows('{"name": "a", "palm": "x", "grip": "y", "hand": "z", "trigger": "t", "kind": "pose"}', 500),
    "samples of everything": rows(
        '{"name": "a", "kind": "template", "samples": [' + ",".join([str(HAND)] * 200) + "]}", 8
    ),
    "too large": b" " * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("data", HUGE.values(), ids=HUGE)
def test_huge_files_are_judged_in_time(data: bytes) -> None:
    if data is HUGE["scenes of one letter"]:
        assert check(data) == []
    else:
        assert check(data)


def test_samples_are_bounded_in_all() -> None:
    row = {"name": "a", "kind": "template", "samples": [HAND] * 200}
    many = [{**row, "name": f"t{number}"} for number in range(10)]
    assert check(json.dumps({"version": 1, "gestures": many}).encode()) == []
    (problem,) = check(
        json.dumps({"version": 1, "gestures": [*many, {**row, "name": "t", "samples": [HAND]}]}).encode()
    )
    assert "2001 samples in all gestures together; at most 2000" in problem.reason


def test_the_number_of_values_is_bounded() -> None:
    (problem,) = check(b"[" + b"{}," * MAX_VALUES + b"{}]")
    assert problem.reason == f"more than {MAX_VALUES} values in one file"


def no_file(path: Path) -> str:
    return "no such file"


def folder(path: Path) -> str:
    path.mkdir()
    return "it is a folder; name a file in it"


def fifo(path: Path) -> str:
    os.mkfifo(path)
    return "it is a pipe; save it as a file first"


def loop(path: Path) -> str:
    path.symlink_to(path)
    return "symbolic links"


def dangling(path: Path) -> str:
    path.symlink_to(path.with_name("nowhere"))
    return "no such file"


def forbidden(path: Path) -> str:
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    return "permission denied"


def below_a_file(path: Path) -> str:
    path.parent.joinpath("file").write_text("x", encoding="utf-8")
    path.symlink_to(path.parent / "file" / "x.json")
    return "not a directory"


def empty(path: Path) -> str:
    path.touch()
    return "saved only in part"


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are made as POSIX has them")
@pytest.mark.parametrize("make", [no_file, folder, fifo, loop, dangling, forbidden, below_a_file, empty])
@pytest.mark.parametrize("way", ["named", "library", "added"])
def test_what_is_no_file(
    make: Callable[[Path], str], way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gestures.json"
    reason = make(path)
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path if way == "library" else tmp_path / "none"))
    start_s = time.monotonic()
    if way == "library" and make is no_file:
        assert load_all() == builtin_library()
        return
    ways: dict[str, Callable[[], object]] = {
        "named": lambda: load_library(path),
        "library": load_all,
        "added": lambda: add_files([path]),
    }
    with pytest.raises(GestureFileError) as caught:
        ways[way]()
    assert time.monotonic() - start_s < TIME_S
    assert str(path) in str(caught.value)
    assert reason in str(caught.value).lower()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/random", "/dev/full", "/dev/tty", "/dev/stdin", "/dev/null"])
def test_devices_are_refused(device: str) -> None:
    try:
        mode = os.stat(device).st_mode
    except OSError:
        pytest.skip("there is no such device here")
    if stat.S_ISREG(mode):
        pytest.skip("it stands for a file here")
    file, (problem,) = check_file(device)
    assert file is None
    assert "cannot be read" in problem.reason


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_files_that_are_more_than_they_look() -> None:
    for path in ("/proc/self/mem", "/proc/kmsg", "/proc/self/maps"):
        file, problems = check_file(path)
        assert file is None
        assert problems


@pytest.mark.parametrize("name", ["a\0b.json", "x" * 5000, ""])
def test_names_that_are_no_names(name: str) -> None:
    file, (problem,) = check_file(name)
    assert file is None
    assert "cannot be read" in problem.reason


def test_a_bad_file_takes_nothing_of_itself_into_the_library(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(TEXT, encoding="utf-8")
    bad.write_text(
        json.dumps({**GOOD, "gestures": [*GOOD["gestures"], {"name": "last", "palm": "x"}]}), encoding="utf-8"
    )
    before = builtin_library()
    with pytest.raises(GestureFileError):
        load_library(bad)
    with pytest.raises(GestureFileError):
        load_library(good, bad)
    assert builtin_library() == before
