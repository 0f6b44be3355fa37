"""How many threads the tracker gets beside a game."""

from __future__ import annotations

import subprocess
import sys

import pytest

from handplay.engine.live.processors import network_threads


@pytest.mark.parametrize(("processors", "threads"), [(1, 1), (2, 1), (3, 2), (4, 3), (5, 4), (16, 4)])
def test_one_processor_is_left_to_the_game(processors: int, threads: int) -> None:
    assert network_threads(processors) == threads


@pytest.mark.parametrize(("processors", "one"), [(2, True), (8, False)])
def test_opencv_keeps_to_one_thread_where_there_are_two(processors: int, one: bool) -> None:
    # In a process of its own: the number is one of the whole process.
    code = (
        "import cv2\n"
        "from handplay.engine.live.processors import keep_opencv_aside\n"
        "cv2.setNumThreads(3)\n"
        f"keep_opencv_aside({processors})\n"
        "print(cv2.getNumThreads())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (told.stdout.strip() == "1") is one
