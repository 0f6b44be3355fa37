"""What the README says is true: its commands exist, its code runs, its gesture file is a good one, its links lead."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from handplay.engine.sources.demo import DemoSource
from handplay.gestures import load_library
from handplay.gestures.library import builtin_file, check_file
from handplay.gestures.overlap import warnings
from handplay.gestures.replaced import replacements

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/tracking.md", "docs/scenes.md")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found, f"README has no {language} block"
    return found[1]


def marked(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*?)\n```\n<!-- /{name} -->", README, re.DOTALL)
    assert found, f"README has no command between its {name} markers"
    return found[1]


def test_play_command_plays_and_test_command_tests() -> None:
    assert marked("play").endswith("handplay pong --source demo")
    assert marked("test").endswith("python -m pytest")
    for name in ("play", "test"):
        assert "\n" not in marked(name)
        assert marked(name).startswith("python3 -m venv .venv && ")


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Two seconds of the demo hand as a video file, in place of a camera."""
    path = tmp_path / "camera.avi"
    source = DemoSource("still", width=640, height=480, fps=30, realtime=False)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (640, 480))
    for _ in range(20):
        frame = source.read()
        assert frame is not None
        writer.write(frame.image)
    writer.release()
    return path


def test_python_code_runs_and_sees_the_hand(clip: Path) -> None:
    code = block("python").replace("VideoCapture(0)", f"VideoCapture({str(clip)!r})")
    assert str(clip) in code
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    assert "hand 1: Right, index tip at" in result.stdout


def test_gesture_file_is_a_good_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(block("json"), encoding="utf-8")
    library = load_library(path)
    assert library.find("blaster") is not None
    assert library.bindings("pong")["blaster"] == "serve"
    file, _ = check_file(path)
    assert file is not None
    assert [str(one) for one in (*warnings(library, str(path)), *replacements(file, [builtin_file()]))] == []


def test_every_command_named_is_one() -> None:
    named = set(re.findall(r"`handplay ([a-z]+)", README))
    result = subprocess.run(
        [sys.executable, "-m", "handplay", "--help"], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert named >= {"pong", "track", "cameras", "doctor"}
    assert [name for name in sorted(named) if name not in result.stdout] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    text = path.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert targets
    assert [target for target in targets if not (path.parent / target).exists()] == []
