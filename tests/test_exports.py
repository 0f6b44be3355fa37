"""Public names are loaded when they are first used."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

PACKAGES = ("handplay.engine", "handplay.gestures", "handplay.engine.sources.demo")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_name_is_there(package: str) -> None:
    module = importlib.import_module(package)
    assert dir(module) == module.__all__
    for name in module.__all__:
        assert getattr(module, name) is not None
        assert name in vars(module), "the second use costs nothing"


@pytest.mark.parametrize("package", PACKAGES)
def test_any_other_name_is_refused_in_pythons_words(package: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'nothing'"):
        _ = importlib.import_module(package).nothing


def test_an_unused_name_loads_nothing() -> None:
    code = "import sys, handplay.engine; print('handplay.engine.hands' in sys.modules); handplay.engine.Hand; "
    code += "print('handplay.engine.hands' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.split() == ["False", "True"]
