"""Heavy packages load only when they are needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("mediapipe", "cv2", "pygame", "scipy", "ai_edge_litert")


def heavy_after(statement: str) -> list[str]:
    """Heavy packages that are loaded in a fresh interpreter after the statement."""
    code = f"{statement}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return result.stdout.split("\n")[-2].split()


@pytest.mark.parametrize(
    "statement",
    [
        "import handplay",
        "import handplay.engine",
        "import handplay.cli",
        "from handplay.engine.tracking import models, download",
    ],
)
def test_an_import_pulls_nothing_heavy(statement: str) -> None:
    assert heavy_after(statement) == []


def test_the_check_can_fail() -> None:
    assert heavy_after("import handplay.engine, cv2") == ["cv2"]
