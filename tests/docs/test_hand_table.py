"""`examples/hand_table.py` as somebody runs it who does not know it yet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "hand_table.py"


@pytest.mark.parametrize(("asked", "code"), [("--help", 0), ("--hepl", 2)])
def test_an_option_is_no_name_of_a_file(tmp_path: Path, asked: str, code: int) -> None:
    told = subprocess.run(
        [sys.executable, str(EXAMPLE), asked], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert told.returncode == code
    assert "usage: hand_table.py" in told.stdout + told.stderr
    assert list(tmp_path.iterdir()) == []
