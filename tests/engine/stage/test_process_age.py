"""The age of the process is that of the operating system's books."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from handplay.engine.stage import process_age as module
from handplay.engine.stage.process_age import process_age_s


def test_it_agrees_with_psutil() -> None:
    psutil = pytest.importorskip("psutil")
    assert process_age_s() == pytest.approx(time.time() - psutil.Process().create_time(), abs=0.5)


def test_a_young_process_is_young() -> None:
    code = "import time; time.sleep(0.3)\nfrom handplay.engine.stage.process_age import process_age_s as a; print(a())"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert 0.3 <= float(result.stdout) < 55


@pytest.mark.parametrize("answer", [OSError("no"), -5.0, 1e9], ids=["refuses", "negative", "absurd"])
def test_a_wrong_answer_is_not_believed(answer: Exception | float, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask() -> float:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(module, "_ask_system", ask)
    assert 0 < process_age_s() < 10_000
