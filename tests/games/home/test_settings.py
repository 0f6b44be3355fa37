"""The settings screen: each tile changes its value, lets the stage show it, and keeps it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pygame
import pytest

from handplay.engine.errors import OutputError
from handplay.engine.preferences import Preferences
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.stage import Stage
from handplay.engine.stage.theme import HIGH_CONTRAST, NIGHT
from handplay.games.home.settings import SettingsScene, choices
from handplay.games.home.tiles import BACK


class Book:
    """Takes what is saved."""

    def __init__(self) -> None:
        self.saved: list[Preferences] = []
        self.changed: list[Preferences] = []


def make(stage: Stage, canvas: Canvas, preferences: Preferences | None = None) -> tuple[SettingsScene, Book]:
    book = Book()
    scene = SettingsScene(
        stage, preferences or Preferences(), book.changed.append, cameras=("Cam A",), save=book.saved.append
    )
    scene.draw(canvas, 0.0)
    return scene, book


def press(scene: SettingsScene, key: str) -> None:
    place = scene._places[key].centre
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        scene.handle(pygame.event.Event(kind, pos=place, button=1))
    scene.update(1 / 120)


@pytest.mark.parametrize("choice", choices(("Cam A",)), ids=lambda choice: choice.field)
def test_pressing_goes_through_all_values_and_keeps_each(stage: Stage, canvas: Canvas, choice: object) -> None:
    field, values = choice.field, [value for value, _ in choice.values]  # type: ignore[attr-defined]  # a Choice
    scene, book = make(stage, canvas)
    start = getattr(Preferences(), field)
    assert start in values
    seen = []
    for _ in values:
        press(scene, field)
        seen.append(getattr(scene.preferences, field))
    assert seen[-1] == start
    assert sorted(map(repr, seen)) == sorted(map(repr, values))
    assert book.saved == book.changed
    assert len(book.saved) == len(values)


def test_the_stage_follows_at_once(stage: Stage, canvas: Canvas) -> None:
    scene, _ = make(stage, canvas)
    press(scene, "high_contrast")
    assert stage.theme == HIGH_CONTRAST
    press(scene, "high_contrast")
    assert stage.theme == NIGHT
    press(scene, "reduced_motion")
    assert stage.settings.reduced_motion
    press(scene, "volume")
    assert stage.sound.volume == 1.0
    press(scene, "volume")
    assert stage.sound.mute
    press(scene, "show_inset")
    assert not stage.settings.show_inset


def test_a_value_that_is_not_in_the_list_is_shown_and_left_for_the_first(stage: Stage, canvas: Canvas) -> None:
    scene, _ = make(stage, canvas, replace(Preferences(), camera="camera:Gone", volume=0.42))
    for _ in range(60):
        scene.update(1 / 120)
    scene.draw(canvas, 0.0)
    press(scene, "volume")
    assert scene.preferences.volume == 0.0


def test_a_folder_that_cannot_be_written_is_told(stage: Stage, canvas: Canvas, told: list[str]) -> None:
    def fail(preferences: Preferences) -> None:
        raise OutputError("Your settings cannot be kept in /nowhere: full.")

    scene = SettingsScene(stage, Preferences(), lambda _: None, save=fail)
    scene.draw(canvas, 0.0)
    press(scene, "main_hand")
    assert scene.preferences.main_hand == "left"
    assert told == ["Your settings cannot be kept in /nowhere: full."]


@pytest.mark.parametrize("how", ["press", "key"])
def test_back(stage: Stage, canvas: Canvas, how: str) -> None:
    scene, _ = make(stage, canvas)
    assert not scene.finished
    if how == "press":
        press(scene, BACK)
    else:
        scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_BACKSPACE))
    assert scene.finished


def test_a_right_click_takes_the_value_before(stage: Stage, canvas: Canvas) -> None:
    scene, book = make(stage, canvas)
    place = scene._places["opponent"].centre
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(1, 1), buttons=(0, 0, 0)))
    scene.update(1 / 120)
    for value in ("easy", "friend", "hard"):
        scene.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=place, button=3))
        assert scene.preferences.opponent == value
    assert len(book.saved) == 3


def test_minus_takes_the_value_before_of_what_the_keys_chose(stage: Stage, canvas: Canvas) -> None:
    scene, _ = make(stage, canvas, Preferences(hands=3))
    scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_MINUS, mod=0))
    assert scene.preferences == Preferences(hands=3), "nothing is chosen yet"
    for key in (pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_MINUS):
        scene.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0))
        scene.update(1 / 120)
    assert scene.preferences.hands == 2


def test_a_friend_brings_a_second_hand(stage: Stage, canvas: Canvas) -> None:
    scene, _ = make(stage, canvas, Preferences(hands=1, opponent="hard"))
    press(scene, "opponent")
    assert (scene.preferences.opponent, scene.preferences.hands) == ("friend", 2)


def test_what_is_pointed_at_is_explained(stage: Stage, canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, _ = make(stage, canvas)
    said: list[str] = []
    real = canvas.text

    def text(line: str, *args: Any, **options: Any) -> Any:
        said.append(line)
        return real(line, *args, **options)

    monkeypatch.setattr(canvas, "text", text)
    for choice in choices(("Cam A",)):
        place = scene._places[choice.field].centre
        scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(1, 1), buttons=(0, 0, 0)))
        scene.update(1 / 120)
        said.clear()
        scene.draw(canvas, 0.0)
        assert choice.about in said


def test_all_tiles_lie_in_the_window(stage: Stage, canvas: Canvas) -> None:
    scene, _ = make(stage, canvas)
    places = list(scene._places.values())
    for number, place in enumerate(places):
        assert 0 <= place.left < place.right <= 1280
        assert 0 <= place.top < place.bottom <= 720
        assert not any(place.moved(0, 0).holds(*other.centre) for other in places[:number])


def test_a_long_camera_name_is_shortened_to_its_tile(
    stage: Stage, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "HD Pro Webcam with a very long name indeed, on the second port"
    scene, _ = make(stage, canvas, Preferences(camera=f"camera:{name}"))
    for _ in range(120):
        scene.update(1 / 120)
    shown: list[tuple[str, float]] = []
    real = canvas.text

    def text(line: str, *args: Any, **options: Any) -> Any:
        area = real(line, *args, **options)
        shown.append((line, area.right))
        return area

    monkeypatch.setattr(canvas, "text", text)
    scene.draw(canvas, 0.0)
    ((line, right),) = [one for one in shown if one[0].startswith("HD Pro")]
    assert line.endswith("...")
    assert len(line) > 8
    assert right <= scene._places["camera"].right - 24
