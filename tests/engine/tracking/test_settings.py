"""Every number of the tracker is checked where it is given."""

from __future__ import annotations

from typing import Any

import pytest

from handplay.engine.tracking import settings


@pytest.mark.parametrize(
    "stage",
    ["PalmSettings", "RoiSettings", "MotionSettings", "VerifySettings", "SearchSettings", "IdentitySettings",
     "SmoothingSettings", "ConditionSettings", "TrackerSettings"],
)  # fmt: skip
def test_defaults_are_good(stage: str) -> None:
    assert getattr(settings, stage)() == getattr(settings, stage)()


@pytest.mark.parametrize(
    ("stage", "wrong", "message"),
    [
        ("VerifySettings", {"found": 1.5}, r"VerifySettings\.found: got 1\.5, wanted a presence below 1"),
        ("VerifySettings", {"fill": (1.0, 0.5)}, "wanted a smaller and a larger number"),
        ("SearchSettings", {"frames_per_run": 0}, r"SearchSettings\.frames_per_run: got 0, wanted more than 0"),
        ("SearchSettings", {"tiles_px": (480, -1)}, r"SearchSettings\.tiles_px: got \(480, -1\)"),
        ("SearchSettings", {"overlap": 1.0}, "wanted a share below 1"),
        ("IdentitySettings", {"memory_s": -1}, r"IdentitySettings\.memory_s: got -1, wanted more than 0"),
        ("IdentitySettings", {"double_points": 22}, "wanted at most 21 landmarks"),
        ("ConditionSettings", {"dark_level": 250.0}, "wanted below bright_level"),
        ("RoiSettings", {"palm_scale": 0}, r"RoiSettings\.palm_scale: got 0, wanted more than 0"),
        ("TrackerSettings", {"min_presence": 2}, r"TrackerSettings\.min_presence: got 2"),
    ],
)
def test_nonsense_is_refused_by_name(stage: str, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        getattr(settings, stage)(**wrong)
