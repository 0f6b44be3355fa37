"""Where the program keeps what it must not lose, and where pictures go."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from handplay.engine.folders import DATA_VARIABLE
from handplay.engine.folders import data_folder as own_folder


def data_folder() -> Path:
    """The folder of journals."""
    return own_folder() / "airdraw"


def saving_folder() -> Path:
    """Where drawings are saved: `handplay` in the user's pictures; with HANDPLAY_DATA, `saved` in that folder."""
    if os.environ.get(DATA_VARIABLE, "").strip():
        return data_folder() / "saved"
    return platformdirs.user_pictures_path() / "handplay"
