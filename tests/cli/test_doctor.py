"""`handplay doctor`: each finding, its remedy, and the exit code."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from handplay.cli import checks
from handplay.cli.checks import Finding, check_cameras, check_folders, check_packages, check_python, guarded
from handplay.cli.doctor import verdict
from handplay.engine.errors import DownloadFailed, ModelMissing, SourceMissing
from handplay.engine.folders import data_folder
from handplay.engine.sources.camera_list import CameraInfo
from handplay.engine.tracking.models import ModelSet

GOOD = {
    "ai-edge-litert": "2", "numpy": "2", "opencv-contrib-python": "4.11", "pillow": "11", "platformdirs": "4",
    "pygame-ce": "2.5", "rich": "13", "scipy": "1.11",
}  # fmt: skip


def packages(more: dict[str, str] | None = None, *, without: tuple[str, ...] = ()) -> list[Finding]:
    return list(check_packages({name: v for name, v in GOOD.items() if name not in without} | (more or {})))


def test_the_right_packages_are_one_line() -> None:
    (finding,) = packages()
    assert finding.level == "ok"
    assert "opencv-contrib-python 4.11" in finding.detail


@pytest.mark.parametrize(
    ("more", "text", "remedy"),
    [
        ({"opencv-python": "4"}, "'cv2' and overwrite", "pip install opencv-contrib-python"),
        ({"opencv-python-headless": "4"}, "opencv-python-headless", "pip uninstall -y opencv-contrib-python opencv-"),
        ({"pygame": "2.6"}, "pygame and pygame-ce all bring 'pygame'", "pip install pygame-ce"),
    ],
    ids=["opencv-python", "headless", "pygame"],
)
def test_two_packages_of_one_module_are_a_problem(more: dict[str, str], text: str, remedy: str) -> None:
    (finding,) = packages(more)
    assert finding.level == "problem"
    assert text in finding.detail
    assert remedy in finding.remedy


def test_what_is_not_installed_is_named() -> None:
    (finding,) = packages(without=("pillow", "rich"))
    assert (finding.level, finding.detail) == ("problem", "Not installed: pillow, rich.")
    assert finding.remedy == "Run: pip install pillow rich"


def test_the_plain_sister_alone_will_do() -> None:
    (finding,) = packages({"opencv-python": "4.9", "pygame": "2.6"}, without=("opencv-contrib-python", "pygame-ce"))
    assert finding.level == "ok"
    assert "opencv-python 4.9" in finding.detail


@pytest.mark.parametrize(("version", "level"), [((3, 9, 18), "problem"), ((3, 10, 0), "ok"), ((3, 14, 1), "ok")])
def test_python(version: tuple[int, ...], level: str) -> None:
    (finding,) = check_python(version)
    assert finding.level == level


def test_missing_models_are_a_problem_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> ModelSet:
        raise ModelMissing("Not here. Run 'handplay doctor --download-models' once.")

    importlib.import_module("handplay.engine.tracking.tracker")  # or it would keep what it finds here for good
    monkeypatch.setattr("handplay.engine.tracking.models.find_models", missing)
    (finding,) = checks.check_models()
    assert finding.level == "problem"
    assert "--download-models" in finding.detail


@pytest.mark.parametrize(
    ("cameras", "levels"),
    [
        ([], ["warning"]),
        ([CameraInfo(0, "Cam", 640, 480, 30.0)], ["ok"]),
        ([CameraInfo(0, "", 0, 0, 0.0, "Camera 0 is busy."), CameraInfo(1, "b", 640, 480, 30.0)], ["warning", "ok"]),
    ],
    ids=["none", "one", "one busy"],
)
def test_cameras_never_are_a_problem(
    monkeypatch: pytest.MonkeyPatch, cameras: list[CameraInfo], levels: list[str]
) -> None:
    monkeypatch.setattr("handplay.engine.sources.camera_list.list_cameras", lambda: cameras)
    assert [finding.level for finding in check_cameras()] == levels


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind")
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    (finding,) = check_folders({"models": tmp_path / "a" / "b"})
    assert finding.level == "warning"


def test_folders_need_not_exist_and_are_not_made(tmp_path: Path) -> None:
    (finding,) = check_folders({"models": tmp_path / "a" / "b"})
    assert finding.level == "ok"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (finding,) = check_folders({"models": tmp_path / "file" / "b"})
    assert finding.level == "warning"


@pytest.mark.parametrize("error", [SourceMissing("told"), ImportError("told"), ZeroDivisionError("told")])
def test_a_check_that_breaks_is_a_finding(error: Exception) -> None:
    def broken() -> Iterator[Finding]:
        yield Finding("ok", "Thing", "first")
        raise error

    findings = list(guarded("Thing", broken))
    assert [finding.level for finding in findings] == ["ok", "problem"]
    assert "told" in findings[1].detail


def test_a_dummy_screen_is_not_taken_for_one() -> None:
    (finding,) = checks.check_display()  # the tests run on SDL's dummy driver
    assert finding.level == "warning"
    assert "No screen found" in finding.detail


PLAY = "handplay pong"
DEMO = "handplay pong --source demo"


@pytest.mark.parametrize(
    ("camera", "display", "end"),
    [
        (["ok"], "ok", f"Ready to play: {PLAY}."),
        (["warning", "ok"], "ok", f"Ready to play: {PLAY} (1 warning, see above)."),
        (["warning"], "ok", f"Ready to play: {DEMO} (1 warning, see above)."),
        (
            ["ok"],
            "warning",
            f"No screen to play on, all else works (1 warning, see above). Without one:\n  {PLAY} --headless",
        ),
        (["warning"], "warning", f"all else works (2 warnings, see above). Without one:\n  {DEMO} --headless"),
    ],
    ids=["all", "one camera of two", "no camera", "no screen", "neither"],
)
def test_the_end_is_true_for_this_machine(camera: list[Any], display: Any, end: str) -> None:
    found = [*(Finding(level, "Camera", "") for level in camera), Finding(display, "Display", "")]
    told = verdict(found)
    assert end in told
    assert max(map(len, told.splitlines())) <= 80


def test_what_it_names_without_camera_and_screen_runs(handplay: Callable[..., Any]) -> None:
    line = verdict([Finding("warning", "Camera", ""), Finding("warning", "Display", "")]).splitlines()[-1]
    arguments = line.split()[1:]
    assert arguments[-2:] == ["--duration", "10"]
    assert handplay(*arguments[:-1], "0.3").code == 0


def test_it_fits_a_terminal(handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("handplay.cli.checks.all_checks", lambda: [Finding("ok", "Thing", "word " * 40)])
    assert max(map(len, handplay("doctor").out.splitlines())) <= 60


def test_the_folders_in_use_are_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path / "c"))
    monkeypatch.delenv("HANDPLAY_DATA", raising=False)
    told = [finding.detail for finding in check_folders()]
    assert told[0] == f"settings, gestures (HANDPLAY_CONFIG): {tmp_path / 'c'}"
    assert told[1] == f"scores, unfinished drawings: {data_folder()}"
    assert [line.partition(":")[0] for line in told[2:]] == ["saved drawings", "downloaded models"]
    monkeypatch.setenv("HANDPLAY_DATA", str(tmp_path / "d"))
    assert [finding.detail for finding in check_folders()][1:3] == [
        f"scores, unfinished drawings (HANDPLAY_DATA): {tmp_path / 'd'}",
        f"saved drawings (HANDPLAY_DATA): {tmp_path / 'd' / 'airdraw' / 'saved'}",
    ]


@pytest.mark.parametrize(
    ("levels", "code", "last"),
    [
        (["ok"], 0, "Ready to play: handplay pong."),
        (["ok", "warning"], 0, "Ready to play: handplay pong (1 warning, see above)."),
        (["problem", "warning", "problem"], 1, "2 problems to solve first: see above."),
    ],
)
def test_the_exit_code_follows_the_problems(
    handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, levels: list[Any], code: int, last: str
) -> None:
    found = [Finding(level, "Thing", "word " * 40, "Do this.") for level in levels]
    monkeypatch.setattr("handplay.cli.checks.all_checks", lambda: found)
    told = handplay("doctor")
    assert told.code == code
    lines = told.out.splitlines()
    assert lines[-1] == last
    assert max(map(len, lines)) <= 100
    assert [line[:8].strip() for line in lines if line[:1].strip()][:-1] == levels


def test_all_checks_run_here() -> None:
    whats = [finding.what for finding in checks.all_checks()]
    assert list(dict.fromkeys(whats)) == [
        "Python", "Packages", "Models", "Camera", "Display", "Sound", "Fonts", "Folders", "Gestures",
    ]  # fmt: skip


# --- the download ---


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("handplay.cli.checks.all_checks", list)
    monkeypatch.setattr("handplay.engine.tracking.models.cache_dir", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def test_the_download_goes_to_the_cache(
    handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    asked: list[tuple[Path, str]] = []

    def fetch(destination: Path, *, url: str, progress: Callable[[int, int | None], None]) -> None:
        asked.append((destination, url))
        progress(1, None)
        progress(2, 2)

    monkeypatch.setattr("handplay.engine.tracking.download.download_models", fetch)
    told = handplay("doctor", "--download-models")
    assert told.code == 0
    assert asked[0][0] == cache
    assert asked[0][1].startswith("https://storage.googleapis.com/")
    assert f"The models are in {cache} now." in told.out


def test_a_download_that_fails_is_1_and_one_line(
    handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    def fetch(*_: object, **__: object) -> None:
        raise DownloadFailed("No answer from there.")

    monkeypatch.setattr("handplay.engine.tracking.download.download_models", fetch)
    told = handplay("doctor", "--download-models")
    assert (told.code, told.err) == (1, "handplay: No answer from there.\n")


def test_models_that_are_there_are_not_fetched_again(
    handplay: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    cache.mkdir()
    monkeypatch.setattr(
        "handplay.engine.tracking.models.find_models",
        lambda variant, folder: ModelSet(folder / "p", folder / "l", variant, "there"),
    )
    monkeypatch.setattr("handplay.engine.tracking.download.download_models", None)
    told = handplay("doctor", "--download-models")
    assert told.code == 0
    assert "already" in told.out


def test_a_faulty_gesture_library_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDPLAY_CONFIG", str(tmp_path))
    library = tmp_path / "gestures.json"
    (none,) = checks.check_gestures()
    assert (none.level, none.detail.endswith(" built in")) == ("ok", True)
    library.write_text('{"version": 1, "gestures": [{"name": "a", "palm": "away"}]}', encoding="utf-8")
    (good,) = checks.check_gestures()
    assert good.detail.endswith(f", 1 gesture of yours in {library}")
    library.write_text('{"version": 1,\n"gesture": []}', encoding="utf-8")
    (bad,) = checks.check_gestures()
    assert bad.level == "problem"
    assert bad.detail.startswith(f"{library}, line 2, gesture: unknown key")


def test_a_library_that_cannot_be_put_together_is_no_good_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(files: object) -> None:
        raise KeyError("peace")

    monkeypatch.setattr("handplay.gestures.library.merge", broken)
    (found,) = checks.guarded("Gestures", checks.check_gestures)
    assert (found.level, found.detail) == ("problem", "unexpected KeyError: 'peace'")
