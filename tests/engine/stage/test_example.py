"""The example scene of the repository runs and does what it says."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

from handplay.engine.stage.app import run
from handplay.engine.stage.options import StageOptions

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "hand_lights.py"


def test_it_runs(make_feed: Any) -> None:
    spec = importlib.util.spec_from_file_location("hand_lights", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    feed = make_feed()
    summary = run(module.HandLights, feed, StageOptions(headless=True, duration_s=0.3, width=320, height=200))
    assert summary["game"] == {"stars": 0}
    assert feed.steered


def test_a_missing_source_is_one_sentence(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, str(EXAMPLE), "nosuch.mp4"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].startswith("hand_lights: There is no file nosuch.mp4.")
    assert "Traceback" not in told.stderr


def test_it_is_short() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) <= 60
