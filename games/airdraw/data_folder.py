"""Where the program keeps what it must not lose, and where pictures go."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from handplay.engine import folders


def data_folder() -> Path:
    """The folder of journals."""
    return folders.data_folder() / "airdraw"


def saving_folder() -> Path:
    """Where drawings are saved: `handplay` in the user's pictures; with HANDPLAY_DATA, `saved` in that folder."""
    if os.environ.get(folders.DATA_VARIABLE, "").strip():
        return data_folder() / "saved"
    return platformdirs.user_pictures_path() / "handplay"
