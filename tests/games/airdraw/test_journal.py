"""Autosave: killed, torn, crowded out or locked out, the drawing is there again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.games.airdraw.data_folder import data_folder, saving_folder
from handplay.games.airdraw.document import Document
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.journal import Journal, line_of, lock_path, value_of
from handplay.games.airdraw.recovery import newest_unfinished, read_journal

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")


def the_journal(folder: Path) -> Path:
    (path,) = folder.glob("*.journal")
    return path


def same(one: Document, other: Document) -> bool:
    return one.strokes == other.strokes and one.sheet == other.sheet


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_reading_gives_what_was_drawn(
    drawings: ModuleType, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    drawing = Drawing.start(folder=folder)
    for action in data.draw(st.lists(st.integers(0, 7), max_size=12)):
        strokes = drawing.document.strokes
        if action < 3:
            drawing.add(drawings.scribble(len(strokes)), place=len(strokes) // 2 if action == 2 else None)
        elif action == 3:
            drawing.undo()
        elif action == 4:
            drawing.redo()
        elif action == 5:
            drawing.clear()
        elif action == 6:
            drawing.add_layer(data.draw(st.text(max_size=5)))
        elif action == 7:
            drawing.saved()
        assert drawing.problem == ""
    if drawing.journal is not None and drawing.journal.path is not None:
        reading = read_journal(drawing.journal.path)
        assert same(reading.document, drawing.document)
        assert not reading.damaged
    drawing.close(keep=False)
    assert list(folder.iterdir()) == []


KILLED = """
import sys
from pathlib import Path
import numpy as np
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.strokes import Stroke

drawing = Drawing.start(folder=Path(sys.argv[1]))
rng = np.random.default_rng(1)
number = 0
while True:
    number += 1
    drawing.add(Stroke("pen", (1, 2, 3), 0.01, rng.normal(0, 0.1, (200, 2)), start_s=float(number)))
    assert drawing.problem == "", drawing.problem
    if number % 7 == 0:
        drawing.undo()
        drawing.redo()
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


@posix
@pytest.mark.parametrize("after", [3, 40, 111])
def test_killed_at_any_moment_nothing_that_was_finished_is_lost(tmp_path: Path, after: int) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = 0
        for line in process.stdout:
            told = int(line)
            if told >= after:
                break
        process.send_signal(signal.SIGKILL)
        # Strokes may have been finished between our reading and its death; all that it told of count.
        for line in process.stdout:
            with contextlib.suppress(ValueError):
                told = int(line)
    assert process.returncode == -signal.SIGKILL
    found = newest_unfinished(tmp_path)
    assert found is not None
    assert found.crashed
    kept = [stroke.start_s for stroke in found.document.strokes]
    assert kept == [float(k + 1) for k in range(len(kept))]
    # Its last word may have been cut in half by the kill, so one more than it told may be there.
    assert told <= len(kept) <= told + 2
    assert len(kept) >= after
    drawing = Drawing.start(folder=tmp_path)
    drawing.restore(found)
    assert same(read_journal(the_journal(tmp_path)).document, drawing.document)
    drawing.close(keep=False)


@pytest.mark.parametrize("cut", [1, 2, 9, 10, 200, 1500])
def test_a_torn_last_line_loses_that_line_alone(tmp_path: Path, drawings: ModuleType, cut: int) -> None:
    drawing = Drawing.start(folder=tmp_path)
    for k in range(5):
        drawing.add(drawings.scribble(k))
    path = the_journal(tmp_path)
    whole = path.read_bytes()
    last = len(whole.splitlines(keepends=True)[-1])
    path.write_bytes(whole[: -min(cut, last - 1)])
    reading = read_journal(path)
    assert reading.damaged
    assert reading.document.strokes == drawing.document.strokes[:4]


def test_a_damaged_line_ends_the_reading(tmp_path: Path, drawings: ModuleType) -> None:
    drawing = Drawing.start(folder=tmp_path)
    for k in range(5):
        drawing.add(drawings.scribble(k))
    path = the_journal(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    # Another digit in a position is good JSON and a wrong drawing.
    at = lines[4].index(b'"points":[') + 11
    spoiled = bytearray(lines[4])
    spoiled[at] = ord("1") if spoiled[at] != ord("1") else ord("2")
    path.write_bytes(b"".join([*lines[:4], bytes(spoiled), *lines[5:]]))
    reading = read_journal(path)
    assert reading.damaged
    assert 0 < len(reading.document.strokes) < 4
    assert reading.document.strokes == drawing.document.strokes[: len(reading.document.strokes)]


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_read_without_an_error(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "x.journal"
    header = line_of({"format": "handplay-journal", "version": 1})
    for content in (raw, header + raw, header + line_of({"added": [[0, 7]]}), header + line_of({"removed": [[0, 1]]})):
        path.write_bytes(content)
        assert read_journal(path).document.strokes == []
    assert value_of(raw) is None


def test_two_programs_leave_each_other_alone(tmp_path: Path, drawings: ModuleType) -> None:
    one, two = Drawing.start(folder=tmp_path), Drawing.start(folder=tmp_path)
    one.add(drawings.scribble(1))
    two.add(drawings.scribble(2))
    one.add(drawings.scribble(3))
    assert len(list(tmp_path.glob("*.journal"))) == 2
    # Both live in this process; the lock tells all the same, because each was opened on its own.
    assert newest_unfinished(tmp_path) is None
    one.close()
    found = newest_unfinished(tmp_path)
    assert found is not None
    assert found.document.strokes == one.document.strokes
    assert not found.crashed
    # Whoever has it has it alone.
    assert newest_unfinished(tmp_path) is None
    found.release()
    two.close()
    again = newest_unfinished(tmp_path)
    assert again is not None
    again.discard()


@posix
def test_the_drawing_of_a_living_program_is_not_taken(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert newest_unfinished(tmp_path) is None
        process.kill()
    assert newest_unfinished(tmp_path) is not None


def test_empty_journals_are_cleared_away_and_old_ones_are_kept_within_bounds(
    tmp_path: Path, drawings: ModuleType
) -> None:
    empty = Drawing.start(folder=tmp_path)
    empty.set_canvas("black")
    empty.close()
    for k in range(14):
        drawing = Drawing.start(folder=tmp_path)
        drawing.add(drawings.scribble(k))
        drawing.close()
        path = drawing.journal.path if drawing.journal else None
        assert path is not None
        os.utime(path, (1000 + k, 1000 + k))
    found = newest_unfinished(tmp_path)
    assert found is not None
    assert len(list(tmp_path.glob("*.journal"))) == 10
    assert found.document.strokes[0].start_s == 13.0
    found.release()


def test_opening_another_file_keeps_the_drawing_before_it(tmp_path: Path, drawings: ModuleType) -> None:
    drawing = Drawing.start(folder=tmp_path)
    drawing.add(drawings.scribble(1))
    before = list(drawing.document.strokes)
    drawing.opened(Document([drawings.scribble(2).with_id(1)]))
    assert not drawing.history.can_undo
    assert len(list(tmp_path.glob("*.journal"))) == 2
    found = newest_unfinished(tmp_path)
    assert found is not None
    assert found.document.strokes == before


def test_a_save_makes_the_journal_small(tmp_path: Path, drawings: ModuleType) -> None:
    drawing = Drawing.start(folder=tmp_path)
    for k in range(20):
        drawing.add(drawings.scribble(k))
        drawing.undo() if k else None
    path = the_journal(tmp_path)
    before = path.stat().st_size
    drawing.saved()
    assert path.stat().st_size < before / 5
    drawing.add(drawings.scribble(50))
    assert same(read_journal(path).document, drawing.document)


def test_undo_of_clear_writes_no_strokes_again(tmp_path: Path, drawings: ModuleType) -> None:
    drawing = Drawing.start(folder=tmp_path)
    for k in range(50):
        drawing.add(drawings.scribble(k))
    path = the_journal(tmp_path)
    before = path.stat().st_size
    drawing.clear()
    drawing.undo()
    assert path.stat().st_size - before < 2500
    assert same(read_journal(path).document, drawing.document)


def test_a_deleted_journal_is_written_again(tmp_path: Path, drawings: ModuleType) -> None:
    drawing = Drawing.start(folder=tmp_path)
    drawing.add(drawings.scribble(1))
    the_journal(tmp_path).unlink()
    drawing.add(drawings.scribble(2))
    assert drawing.problem == ""
    assert same(read_journal(the_journal(tmp_path)).document, drawing.document)


def test_a_place_that_is_no_folder_is_told_and_tried_again(tmp_path: Path, drawings: ModuleType) -> None:
    blocked = tmp_path / "data"
    blocked.write_text("in the way")
    drawing = Drawing.start(folder=blocked)
    drawing.add(drawings.scribble(1))
    assert drawing.problem.startswith("Your drawing is not being saved as you draw. Cannot write")
    assert len(drawing.document.strokes) == 1
    blocked.unlink()
    drawing.add(drawings.scribble(2))
    assert drawing.problem == ""
    assert same(read_journal(the_journal(blocked)).document, drawing.document)


FULL = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.recovery import read_journal
from handplay.games.airdraw.strokes import Stroke

def stroke(k):
    return Stroke("pen", (1, 2, 3), 0.01, np.random.default_rng(k).normal(0, 0.1, (100, 2)), start_s=float(k))

drawing = Drawing.start(folder=Path(sys.argv[1]))
for k in range(5):
    drawing.add(stroke(k))
path = drawing.journal.path
room = path.stat().st_size
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (room + 700, hard))
drawing.add(stroke(5))
assert drawing.problem.startswith("Your drawing is not being saved as you draw. Cannot write"), drawing.problem
assert path.stat().st_size == room, "half a line was left"
kept = read_journal(path)
assert not kept.damaged and kept.document.strokes == drawing.document.strokes[:5]
drawing.add(stroke(6))
drawing.undo()
drawing.saved()
assert drawing.problem and len(drawing.document.strokes) == 6
assert not read_journal(path).damaged and len(read_journal(path).document.strokes) == 5
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
drawing.add(stroke(7))
assert drawing.problem == "", drawing.problem
kept = read_journal(path)
assert not kept.damaged and kept.document.strokes == drawing.document.strokes
assert not [p for p in path.parent.iterdir() if ".part" in p.name]
"""


@posix
def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_journal_does_not_hold_the_frame(
    tmp_path: Path, drawings: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(descriptor: int) -> None:
        time.sleep(0.3)

    drawing = Drawing.start(folder=tmp_path)
    drawing.add(drawings.scribble(0))
    monkeypatch.setattr(os, "fsync", slow)
    begin = time.perf_counter()
    for k in range(20):
        drawing.add(drawings.scribble(k))
    # Twenty flushes would be six seconds.
    assert time.perf_counter() - begin < 3
    assert drawing.problem == ""
    monkeypatch.undo()


def test_a_disk_that_fails_later_is_told(tmp_path: Path, drawings: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    drawing = Drawing.start(folder=tmp_path)
    drawing.add(drawings.scribble(0))
    monkeypatch.setattr(os, "fsync", broken)
    deadline = time.monotonic() + 5
    while not drawing.problem and time.monotonic() < deadline:
        drawing.add(drawings.scribble(1))
        time.sleep(0.01)
    assert "input/output error" in drawing.problem
    monkeypatch.undo()
    while drawing.problem and time.monotonic() < deadline:
        drawing.add(drawings.scribble(1))
        time.sleep(0.01)
    assert drawing.problem == ""


def test_the_data_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDPLAY_DATA", str(tmp_path / "here"))
    assert data_folder() == tmp_path / "here" / "airdraw"
    assert saving_folder() == tmp_path / "here" / "airdraw" / "saved"
    assert Journal().folder == data_folder()
    assert not (tmp_path / "here").exists()
    monkeypatch.delenv("HANDPLAY_DATA")
    assert data_folder().name == "airdraw"
    assert "handplay" in data_folder().parts


def test_a_lock_has_its_file_beside_the_journal(tmp_path: Path) -> None:
    assert lock_path(tmp_path / "a.journal") == tmp_path / "a.lock"
