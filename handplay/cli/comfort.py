"""What the player's preferences mean for camera, tracker and gestures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handplay.engine.preferences import Preferences
    from handplay.engine.tracking.settings import TrackerSettings
    from handplay.gestures.settings import GestureSettings


def tracker_settings(preferences: Preferences) -> TrackerSettings:
    """Smoothing from quick (twice the cutoffs) over the usual to calm (half of them)."""
    from handplay.engine.tracking.settings import SmoothingSettings, TrackerSettings

    usual = SmoothingSettings()
    factor = 2.0 ** (1.0 - 2.0 * preferences.smoothing)
    return TrackerSettings(
        smoothing=replace(usual, min_cutoff_hz=usual.min_cutoff_hz * factor, beta=usual.beta * factor)
    )


def gesture_settings(preferences: Preferences) -> GestureSettings:
    """The pinch from firm (a fifth nearer) over the usual to light (a fifth farther)."""
    from handplay.gestures.settings import GestureSettings

    usual = GestureSettings()
    factor = 0.8 + 0.4 * preferences.sensitivity
    return replace(usual, pinch_on_gap=usual.pinch_on_gap * factor, pinch_off_gap=usual.pinch_off_gap * factor)


def preferred_camera(preferences: Preferences) -> str | None:
    """The camera that was chosen, as a source; None if none was, or if the system says that it is not there."""
    from handplay.engine.sources.camera_list import camera_indices, camera_name

    name = preferences.camera.removeprefix("camera:")
    if not name:
        return None
    indices = camera_indices()
    if indices is None:
        return preferences.camera
    return preferences.camera if any(name in camera_name(index) for index in indices) else None


def camera_names() -> tuple[str, ...]:
    """Names of the cameras that the system lists, each once; opens none."""
    from handplay.engine.sources.camera_list import camera_indices, camera_name

    names = (camera_name(index) for index in camera_indices() or ())
    return tuple(dict.fromkeys(name for name in names if name))
