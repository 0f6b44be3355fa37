"""From the home screen into a scene and back, by mouse, keys and the errors that can happen on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pygame
import pytest

from handplay.cli.game_run import Given
from handplay.cli.home import Choices
from handplay.cli.home import entries as real_entries
from handplay.engine.errors import StageError
from handplay.engine.high_scores import HighScores
from handplay.engine.preferences import Preferences
from handplay.engine.sources.base import Wish
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.layout import Area
from handplay.engine.stage.scene import Scene
from handplay.engine.stage.stage import Stage
from handplay.engine.stage.theme import NIGHT
from handplay.games.home.entries import Entry
from handplay.games.home.home import HomeScene
from handplay.games.home.shell import Shell
from handplay.gestures.library import builtin_library


class Quiet:
    """A scene that writes down what it gets."""

    def __init__(self) -> None:
        self.events: list[int] = []
        self.steps = 0
        self.finished = False
        self.closed = 0

    def close(self) -> None:
        self.closed += 1

    def handle(self, event: pygame.event.Event) -> None:
        self.events.append(event.type)

    def update(self, dt_s: float) -> None:
        self.steps += 1

    def draw(self, canvas: Canvas, alpha: float) -> None:
        canvas.backdrop()

    def wishes(self) -> tuple[Wish, ...]:
        return (Wish(0.5, 0.5, "fist"),)

    def summary(self) -> dict[str, object]:
        return {"steps": self.steps}


def entries(made: list[Quiet]) -> tuple[Entry, ...]:
    def make(stage: Stage) -> Scene:
        made.append(Quiet())
        stage.inset.corner = "bottom_left"
        return made[-1]

    def fail(stage: Stage) -> Scene:
        raise StageError("This game needs a font.")

    return (
        Entry("pong", "Pong", "Play", "pong", make),
        Entry("slice", "Slice", "Cut", "slice", fail),
        Entry("settings", "Settings", "Choose", "settings", make, small=True),
    )


def make_shell(stage: Stage, canvas: Canvas, tmp_path: Path, first: str | None = None) -> tuple[Shell, list[Quiet]]:
    made: list[Quiet] = []
    scores = HighScores(tmp_path / "scores.json")
    scores.add("pong", 12)
    shell = Shell(stage, entries(made), Preferences, scores, first)
    shell.draw(canvas, 0.0)
    return shell, made


def run(shell: Shell, canvas: Canvas, seconds: float) -> None:
    for step in range(round(seconds * 120)):
        shell.update(1 / 120)
        if step % 6 == 0:
            shell.draw(canvas, 0.0)


def click(shell: Shell, key: str) -> None:
    assert isinstance(shell.scene, HomeScene)
    place = shell.scene._places[key].centre
    shell.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=place, button=1))


def test_there_and_back(stage: Stage, canvas: Canvas, tmp_path: Path) -> None:
    shell, made = make_shell(stage, canvas, tmp_path)
    run(shell, canvas, 0.5)
    click(shell, "pong")
    run(shell, canvas, 0.6)
    assert shell.scene is made[0]
    assert shell.wishes() == (Wish(0.5, 0.5, "fist"),)
    assert shell.leave()
    run(shell, canvas, 0.6)
    assert isinstance(shell.scene, HomeScene)
    assert stage.inset.corner == "top_right"
    assert made[0].closed == 1
    assert not shell.leave()  # at home: the program ends
    played = shell.summary()["played"]
    assert isinstance(played, dict)
    assert played["pong"]["steps"] > 10


def test_keys_choose(stage: Stage, canvas: Canvas, tmp_path: Path) -> None:
    shell, made = make_shell(stage, canvas, tmp_path)
    for key in (pygame.K_RIGHT, pygame.K_RETURN):
        shell.handle(pygame.event.Event(pygame.KEYDOWN, key=key))
    run(shell, canvas, 0.6)
    assert shell.scene is made[0]


def test_a_scene_that_ends_leads_home(stage: Stage, canvas: Canvas, tmp_path: Path) -> None:
    shell, made = make_shell(stage, canvas, tmp_path, first="pong")
    run(shell, canvas, 0.3)
    made[0].finished = True
    run(shell, canvas, 0.6)
    assert isinstance(shell.scene, HomeScene)
    assert not shell.finished


def test_what_shows_at_the_end_is_closed_as_well(stage: Stage, canvas: Canvas, tmp_path: Path) -> None:
    shell, made = make_shell(stage, canvas, tmp_path, first="pong")
    shell.close()
    assert made[0].closed == 1


def test_events_while_it_changes_are_for_nobody(stage: Stage, canvas: Canvas, tmp_path: Path) -> None:
    shell, made = make_shell(stage, canvas, tmp_path, first="pong")
    run(shell, canvas, 0.3)
    shell.leave()
    shell.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE))
    assert made[0].events == []


def test_a_game_that_cannot_start_is_told(stage: Stage, canvas: Canvas, tmp_path: Path, told: list[str]) -> None:
    shell, _ = make_shell(stage, canvas, tmp_path)
    run(shell, canvas, 0.5)
    click(shell, "slice")
    run(shell, canvas, 1.0)
    assert isinstance(shell.scene, HomeScene)
    assert told == ["This game needs a font."]


@pytest.mark.parametrize("size", [(1280, 720), (640, 400), (1024, 768), (2560, 1080), (200, 150)])
def test_every_window_shows_the_tiles(stage: Stage, size: tuple[int, int], tmp_path: Path) -> None:
    pygame.display.init()
    canvas = Canvas(pygame.display.set_mode(size), stage.theme)
    shell, _ = make_shell(stage, canvas, tmp_path)
    before = pygame.surfarray.array3d(canvas.surface).copy()
    run(shell, canvas, 1.0)
    after = pygame.surfarray.array3d(canvas.surface)
    assert (before != after).mean() > 0.05
    pygame.display.quit()


@pytest.mark.parametrize("size", [(1280, 720), (800, 600), (640, 400)], ids=str)
def test_words_stay_in_their_tiles(stage: Stage, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real tiles: letters stop shrinking before the window does."""
    chosen = Choices(Preferences())
    rows = real_entries(Given(builtin_library(), chosen.now(), {}, lambda _: ""), chosen, [])
    pygame.display.init()
    canvas = Canvas(pygame.display.set_mode(size), NIGHT)
    scene = HomeScene(stage, rows, chosen.now(), {"pong": "Rally 41"})
    for _ in range(240):
        scene.update(1 / 120)
    seen: list[tuple[str, Area]] = []
    real = canvas.text

    def text(line: str, *args: Any, **options: Any) -> Area:
        area = real(line, *args, **options)
        seen.append((line, area))
        return area

    monkeypatch.setattr(canvas, "text", text)
    scene.draw(canvas, 0.0)
    tiles = list(scene._places.values())
    inside = 0
    for line, area in seen:
        for tile in tiles:
            if tile.holds(*area.centre):
                inside += 1
                assert tile.left <= area.left, line
                assert area.right <= tile.right, line
                assert tile.top <= area.top, line
                assert area.bottom <= tile.bottom + 1, line
    assert inside >= 2 * len(tiles)
    pygame.display.quit()
