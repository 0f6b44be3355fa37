"""Several programs that change one gesture file: nothing that one of them was told it had written is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handplay.engine.errors import OutputError
from handplay.gestures.sole_writer import sole_writer
from handplay.gestures.user_library import change_file

ADDER = """
import json, sys
from pathlib import Path
from handplay.gestures.user_library import change_file
path, first = Path(sys.argv[1]), int(sys.argv[2])
sys.stdin.readline()
for number in range(first, first + 8):
    row = {"version": 1, "gestures": [{"name": f"g{number}", "fingers": {"index": "extended"}}]}
    change_file(path, lambda draft: draft.add(json.dumps(row).encode(), "new", replacing=False, actions=None))
"""

HOLDER = """
import sys, time
from pathlib import Path
from handplay.gestures.sole_writer import sole_writer
with sole_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_programs_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "gestures.json"
    adders = [
        subprocess.Popen([sys.executable, "-c", ADDER, str(path), str(100 * number)], stdin=subprocess.PIPE, text=True)
        for number in range(4)
    ]
    for adder in adders:
        assert adder.stdin is not None
        adder.stdin.write("go\n")
        adder.stdin.close()
    assert [adder.wait(timeout=60) for adder in adders] == [0, 0, 0, 0]
    names = {row["name"] for row in json.loads(path.read_text(encoding="utf-8"))["gestures"]}
    assert names == {f"g{100 * one + number}" for one in range(4) for number in range(8)}
    assert os.listdir(tmp_path) == ["gestures.json"] or os.name == "nt"


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """A program that is in the middle of a change."""
    running = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "gestures.json")], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "held\n"
    return running


def test_who_waits_too_long_is_told(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    path = tmp_path / "gestures.json"
    try:
        with pytest.raises(OutputError, match="another handplay is changing it"), sole_writer(path, wait_s=0.1):
            pytest.fail("two held it at once")
    finally:
        holder.kill()
        holder.wait()
        assert holder.stdout is not None
        holder.stdout.close()
    start_s = time.monotonic()
    with sole_writer(path):  # a program that was killed holds nothing
        assert time.monotonic() - start_s < 5


def test_a_change_that_fails_gives_the_file_free(tmp_path: Path) -> None:
    path = tmp_path / "gestures.json"

    def fails(_: object) -> None:
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        change_file(path, fails)
    with sole_writer(path, wait_s=0.0):
        assert not path.exists()


def test_an_editor_that_saves_meanwhile_wins(tmp_path: Path) -> None:
    path = tmp_path / "gestures.json"
    edited = '{"version": 1}'
    with pytest.raises(OutputError, match="another program has just changed it"):
        change_file(path, lambda draft: path.write_text(edited, encoding="utf-8"))
    assert path.read_text(encoding="utf-8") == edited
