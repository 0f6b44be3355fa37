"""Progress: plain lines where there is no terminal, a bar where there is."""

from __future__ import annotations

import io

import pytest

from handplay.cli.progress import ProgressReport


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("total", "unit", "done", "line"),
    [
        (300, "frames", 150, "x: 150 of 300 frames (50%), 25 a second"),
        (None, "frames", 150, "x: 150 frames, 25 a second"),
        (13, "measurements", 3, "x: 3 of 13 measurements (23%), about 20 s to go"),
        (None, "frames", 2, "x: 2 frames"),
        (8_000_000, "bytes", 2_000_000, "x: 2.0 of 8.0 MB (25%)"),
        (None, "bytes", 2_000_000, "x: 2.0 MB"),
    ],
)
def test_a_line_every_few_seconds(total: int | None, unit: str, done: int, line: str) -> None:
    clock, stream = Clock(), io.StringIO()
    with ProgressReport("x", total, unit=unit, stream=stream, clock=clock) as progress:
        progress.update(1)
        clock.now_s = 6.0
        progress.update(done)
        progress.update(done + 1)
    assert stream.getvalue() == line + "\n"


@pytest.mark.parametrize(("done", "line"), [(0, "x: 0 of 5 frames (0%)"), (5, "x: 5 of 5 frames (100%)")])
def test_no_guess_without_a_beginning_or_at_the_end(done: int, line: str) -> None:
    clock, stream = Clock(), io.StringIO()
    with ProgressReport("x", 5, stream=stream, clock=clock) as progress:
        clock.now_s = 6.0
        progress.update(done)
    assert stream.getvalue() == line + "\n"


def test_a_total_that_becomes_known() -> None:
    clock, stream = Clock(), io.StringIO()
    with ProgressReport("x", None, unit="bytes", stream=stream, clock=clock) as progress:
        progress.update(0, 4_000_000)
        clock.now_s = 6.0
        progress.update(1_000_000)
    assert stream.getvalue() == "x: 1.0 of 4.0 MB (25%)\n"


@pytest.mark.parametrize("unit", ["frames", "bytes"])
def test_a_bar_on_a_terminal(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with ProgressReport("cli[p].mp4", 10, unit=unit, stream=stream) as progress:
        progress.update(5)
    assert "cli[p].mp4" in stream.getvalue()
