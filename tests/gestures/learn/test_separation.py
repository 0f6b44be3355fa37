"""What is said of a new movement beside those that are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from handplay.gestures.kinds import Motion
from handplay.gestures.learn import separation
from handplay.gestures.library import builtin_library


@dataclass
class Heard:
    """A recognizer that has seen these gestures begin."""

    names: list[str] = field(default_factory=list)

    def update(self, frame: object) -> SimpleNamespace:
        names, self.names = self.names, []
        return SimpleNamespace(steps=[SimpleNamespace(kind="begin", name=name) for name in names])


@pytest.mark.parametrize(
    ("begun", "performed", "said"),
    [
        ({"mine": 3, "swipe_left": 4}, 3, "mine was seen in 3 of 3 performances; swipe_left fires too, 4 times."),
        ({"mine": 2, "swipe_left": 1}, 3, "mine was seen in 2 of 3 performances; swipe_left fires too, once."),
        ({"mine": 3}, 3, "mine was seen in 3 of 3 performances; no other motion fires."),
        ({"mine": 1, "swipe_left": 1}, 1, "mine was seen when it was performed; swipe_left fires too, once."),
        ({}, 1, "mine was not seen when it was performed; no other motion fires."),
    ],
)
def test_how_often_others_fire(
    monkeypatch: pytest.MonkeyPatch, begun: dict[str, int], performed: int, said: str
) -> None:
    names = [name for name, count in begun.items() for _ in range(count)]
    monkeypatch.setattr(separation, "Recognizer", lambda library: Heard(names))
    frame = SimpleNamespace(time_s=0.0)
    monkeypatch.setattr(separation, "_rest_after", lambda frames: [])
    motion = Motion(name="mine", path="left")
    told = separation.motion_separation(motion, [frame], performed, builtin_library())  # type: ignore[list-item]
    assert told.sentence == said
