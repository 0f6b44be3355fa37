"""Where handplay keeps what is the user's: one function a folder. Nothing is created here."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

CONFIG_VARIABLE = "HANDPLAY_CONFIG"
DATA_VARIABLE = "HANDPLAY_DATA"


def config_folder() -> Path:
    """Preferences and the user's gestures; `HANDPLAY_CONFIG` names another place."""
    named = os.environ.get(CONFIG_VARIABLE, "").strip()
    return Path(named).expanduser() if named else platformdirs.user_config_path("handplay", appauthor=False)


def data_folder() -> Path:
    """Drawings and high scores; `HANDPLAY_DATA` names another place."""
    named = os.environ.get(DATA_VARIABLE, "").strip()
    return Path(named).expanduser() if named else platformdirs.user_data_path("handplay", appauthor=False)
