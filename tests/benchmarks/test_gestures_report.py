"""The page of gestures and drawing: every figure comes from a report, a missing one is told."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def half(accuracy: float, macro_f1: float) -> dict[str, Any]:
    fingers = {"long_fingers": 98.7, "thumb": 91.2}
    return {"accuracy": accuracy, "macro_f1": macro_f1, "fingers_percent": fingers}


REPORTS: dict[str, Any] = {
    "finger_states": {
        "counting": {"rows": 160, "tuned": half(0.981, 0.97), "held_back": half(0.972, 0.96)},
        "hagrid_2d": {"rows": 900, "tuned": half(0.5, 0.891), "held_back": half(0.5, 0.882)},
    },
    "dynamic_gestures": {
        "one_hand_percent": {"own": 98.5, "alone": 97.0, "runs": 78},
        "two_hands_percent": {"own": 100.0, "alone": 100.0, "runs": 24},
        "demo": {
            "tap": {
                "misses": ["fast 7: []"],
                "slow": {"own": 2, "alone": 2, "of": 2},
                "fast": {"own": 1, "alone": 1, "of": 2},
            }
        },
        "clips": {"swipeleft": {"begun": ["swipe_left at 0.7 s"], "as_wanted": True}, "tap": "left out"},
        "delay": {"begins": 20, "frames_beyond_hold": {"p50": 0.5, "max": 1.0}},
    },
    "false_events": {
        "seed": 9,
        "idle": {
            "minutes": 10,
            "false_movements": 1,
            "false_poses": 7,
            "true_poses": 80,
            "poses": {"ok": 3, "stop": 4},
        },
        "clips": {"a.mp4": [], "b.mp4": ["tap at 1.00 s"]},
    },
    "recognition_cost": {"aim": "x", "mix, 1 hand, still": {"p50": 0.19, "p99": 0.4}, "gestures": {"mix": 100}},
}


def test_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    for name, report in REPORTS.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(report), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["make_gestures_report.py", str(tmp_path), "--docs", str(tmp_path / "docs")])
    importlib.import_module("make_gestures_report").main()

    page = (tmp_path / "docs/benchmarks_gestures.md").read_text(encoding="utf-8")
    assert "| counting | 160 | accuracy | 0.981 | 0.972 | 0.95 | 98.7 % | 91.2 % |" in page
    assert "| hagrid_2d | 900 | macro-F1 | 0.891 | 0.882 | 0.85 |" in page
    assert "| tap | 2 of 2 | 1 of 2 |" in page
    assert "98.5 % of 78" in page
    assert "| swipeleft | swipe_left at 0.7 s | yes |" in page
    assert "at most 1.0 frames after its hold time" in page
    assert "| rests, reaches, talks along, shows shapes | 10 | 1 | 7 | 80 |" in page
    assert "Most often: `stop` 4, `ok` 3." in page
    assert "People on 2 clips who perform none of the movements: 1 begin." in page
    assert "| mix, 1 hand, still | 0.19 | 0.4 |" in page
    told = capsys.readouterr().out
    assert "left out: no airdraw_pen.json" in told
    assert "The pen" not in page
