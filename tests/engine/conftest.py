"""Hands for the tests of the engine: the builders of the gesture tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def builders() -> ModuleType:
    """The hands of the gesture tests."""
    path = Path(__file__).parents[1] / "gestures" / "builders.py"
    spec = importlib.util.spec_from_file_location("handplay_tests_builders", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
