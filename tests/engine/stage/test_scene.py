"""What a scene must have and what it may have: each part that is left out has one meaning."""

from __future__ import annotations

from typing import Any

import pytest

from handplay.engine.errors import StageError
from handplay.engine.sources.base import Wish
from handplay.engine.stage.app import run
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.options import StageOptions
from handplay.engine.stage.scene import Scene, checked, close, is_finished, leave, summary_of, wishes_of
from handplay.engine.stage.stage import Stage


class Least:
    """Only what every scene must have."""

    def __init__(self, stage: Stage | None = None) -> None:
        self.steps = 0

    def handle(self, event: object) -> None:
        pass

    def update(self, dt_s: float) -> None:
        self.steps += 1

    def draw(self, canvas: Canvas, alpha: float) -> None:
        canvas.backdrop()


class Most(Least):
    """All that a scene may have."""

    finished = True

    def __init__(self, stage: Stage | None = None) -> None:
        super().__init__(stage)
        self.closed = 0

    def wishes(self) -> tuple[Wish, ...]:
        return (Wish(0.3, 0.4),)

    def summary(self) -> dict[str, object]:
        return {"points": 3}

    def leave(self) -> bool:
        return True

    def close(self) -> None:
        self.closed += 1


class Broken(Least):
    """A property with a mistake of its own in it."""

    @property
    def finished(self) -> bool:
        return bool(self.lives)  # type: ignore[attr-defined]  # the mistake


def test_the_least_scene_plays_and_the_demo_hand_keeps_its_script(make_feed: Any) -> None:
    scenes: list[Least] = []

    def make(stage: Stage) -> Scene:
        scenes.append(Least(stage))
        return scenes[-1]

    feed = make_feed()
    summary = run(make, feed, StageOptions(headless=True, duration_s=0.2, width=320, height=200))
    assert scenes[0].steps == 24
    assert summary["game"] == {}
    assert feed.steered == []


def test_what_is_left_out_means_one_thing() -> None:
    scene = Least()
    assert (is_finished(scene), summary_of(scene), wishes_of(scene), leave(scene)) == (False, {}, None, False)
    close(scene)


def test_what_is_there_is_asked() -> None:
    scene = Most()
    assert (is_finished(scene), summary_of(scene), leave(scene)) == (True, {"points": 3}, True)
    assert wishes_of(scene) == (Wish(0.3, 0.4),)
    close(scene)
    assert scene.closed == 1


def test_a_mistake_inside_finished_is_not_taken_for_a_scene_without_it() -> None:
    with pytest.raises(AttributeError, match="lives"):
        is_finished(Broken())


@pytest.mark.parametrize("name", ["handle", "update", "draw"])
def test_a_scene_without_what_it_must_have_is_refused_by_name(name: str, make_feed: Any) -> None:
    scene: Any = type("Catch", (Least,), {name: None})
    with pytest.raises(StageError, match=f"Catch is no scene: it has no method {name}"):
        checked(scene())
    feed = make_feed()
    with pytest.raises(StageError, match="Catch is no scene"):
        run(scene, feed, StageOptions(headless=True, duration_s=0.1))
    assert (feed.started, feed.closed) == (0, 1)
