"""The page of results: what is there is told, what is missing is said, the newest run wins."""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def crossing(swaps: int) -> dict[str, Any]:
    figures = ("swaps", "wrong_id_frames", "new_ids", "flips", "doubles", "wrong_side_frames", "coverage")
    return {
        "benchmark": "crossing",
        "meetings": 48,
        "total": {"ours": dict.fromkeys(figures, swaps), "mediapipe": {**dict.fromkeys(figures, 7), "swaps": None}},
    }


def lost(name: str, ratio: float) -> dict[str, Any]:
    row = {"palms_frame": 0.5, "ours": {"lost": 0.1}, "mediapipe": {"lost": 0.6}}
    halves = {"ours": None, "mediapipe": 0.5, "ratio": ratio, "ratio_is_lower_bound": True}
    setting = {"half_lost_palms_frame": {"all": halves}, "rows": [row, {**row, "palms_frame": 1.0}]}
    return {"benchmark": "lost_speed", "settings": {name: setting}}


def test_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    runs = {
        "old": crossing(31),
        "new": crossing(5),
        "a": lost("1280x720 30 fps", 2.5),
        "b": lost("640x480 15 fps", 3.5),
    }
    for age, (name, report) in enumerate(runs.items()):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(report), encoding="utf-8")
        os.utime(path, (1000 + age, 1000 + age))
    monkeypatch.setattr(sys, "argv", ["make_report.py", str(tmp_path), "--docs", str(tmp_path / "docs")])
    importlib.import_module("make_report").main()

    page = (tmp_path / "docs/benchmarks.md").read_text(encoding="utf-8")
    assert "| ids swapped | 5 | - |" in page
    assert "31" not in page
    assert "more than 2.5" in page
    assert "more than 3.5" in page
    assert (tmp_path / "docs/pictures/lost_speed.png").stat().st_size > 1000
    assert "left out: no report of far_hands" in capsys.readouterr().out
