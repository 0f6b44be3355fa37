"""The tutorial is true: its commands run in their order, its gesture file is a good one, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from handplay.cli import main
from handplay.games.studio.recording import COUNTDOWN_S
from handplay.gestures.library import load_library

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TUTORIAL, re.DOTALL) for line in block.splitlines()]


@dataclass(frozen=True)
class Told:
    """What a command left: exit code and both streams."""

    code: int
    out: str
    err: str


Run = Callable[[str], Told]

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


LIGHTER = ("demo:pose=gun2", "demo:pose=gun2?fps=12"), ("demo:pose=three2", "demo:pose=three2?fps=12")
"""The rendered hand that is held still, with fewer pictures a second: they are most of what this test costs."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a line of the tutorial in an empty folder: what opens a window by itself, the rest in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    handler = signal.getsignal(signal.SIGTERM)

    def run(command: str) -> Told:
        for plain, lighter in LIGHTER:
            command = command.replace(plain, lighter)
        program, *arguments = shlex.split(command)
        if program == "python":
            return apart([sys.executable, str(ROOT / arguments[0]), *arguments[1:]])
        assert program == "handplay", command
        windowed = next((extra for word, extra in WINDOWS.items() if word in arguments[:2]), [])
        if windowed:
            return apart([sys.executable, "-m", "handplay", *arguments, *windowed])
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        signal.signal(signal.SIGTERM, handler)
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return Told(ended.value.code, out, err)

    return run


def apart(line: list[str]) -> Told:
    """Runs a program of its own."""
    ended = subprocess.run(line, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    return Told(ended.returncode, ended.stdout, ended.stderr)


def test_its_commands_run_one_after_the_other(run: Run, tmp_path: Path) -> None:
    assert len(COMMANDS) >= 11
    assert COUNTDOWN_S <= 3.0  # the longest wait of this test
    for number, command in enumerate(COMMANDS):
        told = run(command)
        assert told.code == 0, f"{command}: {told.err}"
        for part, said in SAID.items():
            if part in command:
                assert said in told.out, f"{command}: {told.out}"
        if number == 0:
            recorded = load_library(tmp_path / "mine.json").find("blaster")
            assert recorded is not None
            assert recorded.kind == "pose"
            # From here on the file is the one that is shown.
            (tmp_path / "mine.json").write_text(written("mine.json"), encoding="utf-8")
    assert (tmp_path / "seen.png").stat().st_size > 10_000


def test_without_together_it_overlaps_with_three2_and_is_told_to_add_it(run: Run, tmp_path: Path) -> None:
    """The line is taken out to the letter, and the file must stay a good one."""
    lines = written("mine.json").splitlines()
    assert sum('"together"' in line for line in lines) == 1
    less = "\n".join(line for line in lines if '"together"' not in line)
    (tmp_path / "mine.json").write_text(less, encoding="utf-8")
    told = run("handplay gestures check mine.json")
    assert told.code == 0
    assert "'three2' overlap" in told.err
    assert 'add "together": [["index", "middle"]] to \'blaster\'' in told.err


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
