"""The tutorial is true: its commands run in their order, its gesture file is a good one, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from handplay.games.studio.recording import COUNTDOWN_S
from handplay.gestures.library import load_library

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TUTORIAL, re.DOTALL) for line in block.splitlines()]

WINDOWS = {
    "record": ["--headless", "--yes"],
    "try": ["--headless", "--duration", "1.5", "--screenshot", "seen.png"],
    "pong": ["--headless", "--duration", "1.5"],
}
"""What a command that opens a window gets, so that it needs no screen and ends."""

SAID = {
    "gestures record": "Kept 'blaster' in mine.json",
    "gestures check": "mine.json: good, 1 gesture",
    "gestures explain": "fails",
    "gestures add": "blaster",
    "gestures list": "blaster",
    "gestures remove": "blaster",
    "hand_table.py": "hands.csv: 120 hands",
    "gestures train": "to learned.json",
    "gestures eval": "macro-F1",
}
"""Part of a command to what it must say."""


def written(name: str) -> str:
    found = re.search(rf"<!-- {re.escape(name)} -->\n```json\n(.*?)```", TUTORIAL, re.DOTALL)
    assert found, f"the tutorial does not show {name}"
    return found[1]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(command)
    if program == "python":
        line = [sys.executable, str(ROOT / arguments[0]), *arguments[1:]]
    else:
        assert program == "handplay", command
        windowed = next((extra for word, extra in WINDOWS.items() if word in arguments[:2]), [])
        line = [sys.executable, "-m", "handplay", *arguments, *windowed]
    return subprocess.run(
        line,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "HANDPLAY_CONFIG": str(folder / "config"), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
    )


def test_its_commands_run_one_after_the_other(tmp_path: Path) -> None:
    assert len(COMMANDS) >= 11
    assert COUNTDOWN_S <= 3.0  # the longest wait of this test
    for number, command in enumerate(COMMANDS):
        told = run(command, tmp_path)
        assert told.returncode == 0, f"{command}: {told.stderr}"
        for part, said in SAID.items():
            if part in command:
                assert said in told.stdout, f"{command}: {told.stdout}"
        if number == 0:
            recorded = load_library(tmp_path / "mine.json").find("blaster")
            assert recorded is not None
            assert recorded.kind == "pose"
            # From here on the file is the one that is shown.
            (tmp_path / "mine.json").write_text(written("mine.json"), encoding="utf-8")
    assert (tmp_path / "seen.png").stat().st_size > 10_000


def test_without_together_it_overlaps_with_three2(tmp_path: Path) -> None:
    assert '"together"' in written("mine.json")
    less = re.sub(r',\n   "together": \[\["index", "middle"\]\]', "", written("mine.json"))
    assert '"together"' not in less
    (tmp_path / "mine.json").write_text(less, encoding="utf-8")
    told = run("handplay gestures check mine.json", tmp_path)
    assert "three2" in told.stdout + told.stderr


def test_the_example_is_the_file_that_is_shown() -> None:
    assert (ROOT / "examples" / "blaster.json").read_text(encoding="utf-8") == written("mine.json")


def test_every_option_that_is_named_in_the_text_is_one() -> None:
    named = re.findall(r"`handplay gestures (\w+)[^`]*?(--\w+)", TUTORIAL)
    assert ("record", "--kind") in named
    for command, option in named:
        told = subprocess.run(
            [sys.executable, "-m", "handplay", "gestures", command, "--help"],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert option in told.stdout, f"{command} {option}"


@pytest.mark.parametrize("document", ["tutorial.md", "gestures.md"])
def test_links_lead_somewhere(document: str) -> None:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    targets += re.findall(r'src="([^"]+)"', text)
    assert targets
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
