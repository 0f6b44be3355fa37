"""What is installed: every package, every data file, the links, and nothing that does not belong."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("assets", "engine", "games", "gestures")


def listed_packages() -> set[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"\[tool\.setuptools\]\s*packages = \[(.*?)\]", text, re.DOTALL)
    assert block
    return set(re.findall(r'"([\w.]+)"', block[1]))


def packages_on_disk() -> set[str]:
    found = {"handplay"}
    for path in (ROOT / "handplay" / "cli").rglob("__init__.py"):
        found.add(".".join(path.parent.relative_to(ROOT).parts))
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("__init__.py"):
            found.add(".".join(("handplay", *path.parent.relative_to(ROOT).parts)))
    return found


def test_package_list_is_what_is_on_disk() -> None:
    assert listed_packages() == packages_on_disk()


@pytest.mark.parametrize("folder", FOLDERS)
def test_links_lead_to_the_folders(folder: str) -> None:
    link = ROOT / "handplay" / folder
    if sys.platform == "win32" and not link.is_symlink():
        pytest.skip("this checkout was made without symbolic links")
    assert link.is_symlink()
    assert link.resolve() == ROOT / folder


def test_python_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for folder in (*FOLDERS, "handplay", "benchmarks", "tests", "examples", "docs")
        for path in (ROOT / folder).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_weights_and_no_lock_file_are_kept() -> None:
    kinds = (".tflite", ".task", ".onnx", ".ttf", ".lock")
    skip = {".venv", ".git", "build", "dist"}
    found = [
        path
        for path in ROOT.rglob("*")
        if path.suffix in kinds and not skip & set(path.relative_to(ROOT).parts) and path.name != "uv.lock"
    ]
    assert found == []
