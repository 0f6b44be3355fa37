"""The drawings and hand-drawn lines that the tests here are about."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


def _loaded(name: str) -> ModuleType:
    full = f"airdraw_tests_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[full] = module
        spec.loader.exec_module(module)
    return sys.modules[full]


@pytest.fixture(scope="session")
def drawings() -> ModuleType:
    """Strokes and drawings, see `drawings.py`."""
    return _loaded("drawings")


@pytest.fixture(scope="session")
def hand_drawn() -> ModuleType:
    """Lines as a hand draws them, see `hand_drawn.py`."""
    return _loaded("hand_drawn")


@pytest.fixture
def at_the_drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The scene with hands and mouse to move, see `sitting.py`."""
    import pygame

    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    pygame.display.set_mode((64, 64))
    yield _loaded("sitting")
    pygame.display.quit()
