"""`handplay bench`: the tables and the JSON, with networks that see nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from handplay.engine.bench.stages import STAGES
from handplay.engine.coordinates import Float32
from handplay.engine.tracking.tracker import Networks

Handplay = Callable[..., Any]


class NoPalms:
    def infer(self, picture: NDArray[np.uint8]) -> tuple[Float32, ...]:
        return np.zeros((2016, 18), np.float32), np.full((2016, 1), -50, np.float32)


class NoHands:
    def infer(self, picture: NDArray[np.uint8]) -> tuple[Float32, ...]:
        nothing = np.zeros(63, np.float32)
        return nothing, np.zeros(1, np.float32), np.zeros(1, np.float32), nothing


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    networks = Networks(NoPalms(), NoHands())
    monkeypatch.setattr("handplay.engine.tracking.tracker.load_networks", lambda *_, **__: networks)


@pytest.mark.usefixtures("blind")
def test_tables_and_json(handplay: Handplay, tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    told = handplay("bench", "--frames", 20, "--source", "demo:nobody?size=320x240", "--json", out)
    assert told.code == 0, told.err
    for word in (*STAGES, "whole frame", "320x240", "1280x720", "capture thread"):
        assert word in told.out
    report = json.loads(out.read_text(encoding="utf-8"))
    assert set(report["stages_ms"]) == set(STAGES)
    assert set(report["stages_ms"]["capture"]) == {"p50", "p95", "p99", "cpu_share"}
    assert sum(times["cpu_share"] for times in report["stages_ms"].values()) == pytest.approx(1, abs=0.02)
    assert len(report["fps"]) == 12
    assert all(row["fps"] > 0 for row in report["fps"])
    assert (report["frames"], report["fps_frames"]) == (20, 20)
    assert "mediapipe" not in report


def test_a_missing_mediapipe_is_told(handplay: Handplay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handplay.cli.bench.find_spec", lambda name: None)
    told = handplay("bench", "--compare", "mediapipe")
    assert told.code == 1
    assert "MediaPipe is not installed" in told.err


@pytest.mark.parametrize(("option", "value"), [("--frames", "3"), ("--compare", "magic")])
def test_wrong_values_are_wrong_usage(handplay: Handplay, option: str, value: str) -> None:
    assert handplay("bench", option, value).code == 2
