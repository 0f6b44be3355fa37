"""Where the program keeps what it must not lose, and where pictures go."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def data_folder() -> Path:
    """The folder of journals: in the user's data, or in the folder that HANDPLAY_DATA names."""
    named = os.environ.get("HANDPLAY_DATA", "").strip()
    root = Path(named).expanduser() if named else platformdirs.user_data_path("handplay", appauthor=False)
    return root / "airdraw"


def saving_folder() -> Path:
    """Where drawings are saved: `handplay` in the user's pictures; with HANDPLAY_DATA, `saved` in that folder."""
    if os.environ.get("HANDPLAY_DATA", "").strip():
        return data_folder() / "saved"
    return platformdirs.user_pictures_path() / "handplay"
