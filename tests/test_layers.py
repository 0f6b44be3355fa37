"""Data runs one way: who may import whom, read from the source itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FORBIDDEN = [
    ("engine/tracking", ("pygame", "threading.Thread", "handplay.gestures", "handplay.games", "handplay.engine.live",
                         "handplay.engine.stage", "handplay.engine.events")),
    ("engine/sources", ("pygame", "handplay.engine.tracking", "handplay.engine.live", "handplay.engine.stage",
                        "handplay.engine.events", "handplay.games")),
    ("engine/live", ("pygame", "handplay.engine.stage", "handplay.engine.events", "handplay.games")),
    ("engine/stage", ("handplay.games", "handplay.cli")),
    ("gestures", ("pygame", "cv2", "threading", "handplay.games", "handplay.engine.tracking",
                  "handplay.engine.sources", "handplay.engine.live", "handplay.engine.stage",
                  "handplay.engine.events")),
    *((f"games/airdraw/{name}.py", ("pygame", "cv2", "threading"))
      for name in ("pen", "pen_contact", "pen_ink", "pen_reach", "palette", "layout", "game")),
    ("games/pong/rules.py", ("pygame", "cv2", "handplay.engine", "handplay.gestures")),
    ("games/slice/flight.py", ("pygame", "cv2", "handplay.engine", "handplay.gestures")),
    ("games/slice/game.py", ("pygame", "cv2", "handplay.engine", "handplay.gestures")),
    ("engine", ("handplay.cli", "handplay.games")),
    ("engine/coordinates.py", ("cv2", "pygame")),
    ("engine/hands.py", ("cv2", "pygame")),
]  # fmt: skip

MEDIAPIPE_ALLOWED = {"engine/reference.py"}


def imported(path: Path) -> set[str]:
    """Every module and `module.name` that a file imports, at any depth."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def files(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.suffix else sorted(path.rglob("*.py"))


def crosses(name: str, banned: str) -> bool:
    return name == banned or name.startswith(banned + ".")


@pytest.mark.parametrize(("place", "banned"), FORBIDDEN, ids=[place for place, _ in FORBIDDEN])
def test_data_runs_one_way(place: str, banned: tuple[str, ...]) -> None:
    found = files(place)
    assert found, place
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in found
        for name in sorted(imported(path))
        if any(crosses(name, ban) for ban in banned)
    ]
    assert wrong == []


def test_the_check_can_fail() -> None:
    assert "threading" in imported(ROOT / "engine/tracking/runtime.py")
    assert crosses("handplay.games.pong", "handplay.games")
    assert not crosses("handplay.gamesome", "handplay.games")


def test_mediapipe_is_imported_by_the_reference_alone() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for folder in ("engine", "games", "gestures", "handplay/cli")
        for path in (ROOT / folder).rglob("*.py")
        if any(crosses(name, "mediapipe") for name in imported(path))
    }
    assert users == MEDIAPIPE_ALLOWED


def test_only_the_command_line_prints() -> None:
    printing = [
        str(path.relative_to(ROOT))
        for folder in ("engine", "games", "gestures")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []
