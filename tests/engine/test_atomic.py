from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from handplay.engine.atomic import PendingFile, atomic_path, is_special, write_text
from handplay.engine.errors import OutputError

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices with names are POSIX")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_success_puts_the_file_in_its_place(tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    with atomic_path(target) as path:
        assert path.suffix == ".mp4"
        assert path.parent == tmp_path
        path.write_bytes(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["clip.mp4"]


@pytest.mark.parametrize("error", [RuntimeError("no"), KeyboardInterrupt()], ids=["exception", "ctrl-c"])
def test_failure_leaves_the_old_file(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")

    def write_half() -> None:
        with atomic_path(target) as path:
            path.write_text("half")
            raise error

    with pytest.raises(type(error)):
        write_half()
    assert target.read_text() == "old"
    assert names(tmp_path) == ["a.json"]


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"a\.json: no space left on device"), atomic_path(tmp_path / "a.json"):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("missing/a.json", "there is no folder .*missing"), ("", "is a folder: name a file")],
    ids=["no folder", "a folder"],
)
def test_a_bad_place_is_told_before_the_work(tmp_path: Path, name: str, sentence: str) -> None:
    started = False
    with pytest.raises(OutputError, match=sentence), atomic_path(tmp_path / name):
        started = True
    assert not started


def test_the_mode_of_the_old_file_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    target.chmod(0o640)
    write_text(target, "new\n")
    assert target.read_bytes() == b"new\n"
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o640


@posix
def test_a_new_file_obeys_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "a.txt", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_text(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


@posix
def test_a_pipe_is_written_in_place(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write_text(pipe, "through\n")
    reader.join(5)
    assert got == ["through\n"]
    assert names(tmp_path) == ["pipe.jsonl"]


@posix
def test_devices_are_special() -> None:
    assert is_special("/dev/null")
    assert is_special("/dev/stdout")
    assert not is_special(__file__)
    write_text("/dev/null", "gone")
    assert not Path("/dev/null").is_file()


def test_pending_file_in_two_steps(tmp_path: Path) -> None:
    kept, dropped = PendingFile(tmp_path / "kept.bin"), PendingFile(tmp_path / "dropped.bin")
    kept.path.write_bytes(b"1")
    kept.commit()
    kept.discard()
    dropped.discard()
    dropped.commit()
    assert names(tmp_path) == ["kept.bin"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_no_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="no permission"):
            write_text(tmp_path / "a.txt", "x")
    finally:
        tmp_path.chmod(0o700)
