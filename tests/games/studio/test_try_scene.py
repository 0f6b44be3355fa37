"""The viewer: what is seen of hands and gestures, at every size, in every state."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pygame
import pytest

from handplay.engine.sources.demo import render_still
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import Fade
from handplay.engine.stage.theme import HIGH_CONTRAST, contrast
from handplay.games.studio import make_try_scene
from handplay.gestures.library import Library, builtin_library

Build = Any
"""The builders of conftest, handed out as fixtures."""

SIZES = [(1280, 720), (1024, 768), (2560, 1080), (640, 400)]


def overlap(one: Area, other: Area) -> float:
    """How deep two areas lie in each other; lines of text have some air of their own."""
    x = min(one.right, other.right) - max(one.left, other.left)
    y = min(one.bottom, other.bottom) - max(one.top, other.top)
    return min(x, y)


def at(surface: pygame.Surface, xy: tuple[float, float]) -> int:
    """Brightness of a pixel, 0 to 765."""
    return sum(surface.get_at((round(xy[0]), round(xy[1])))[:3])


@pytest.fixture
def two(sitting: Build, shown: Build) -> Build:
    """Both hands, each with a pose of its own."""

    def script(time_s: float) -> tuple[Any, ...]:
        left = shown("open_palm" if time_s < 1 else "thumbs_down", 0.28, 0.55, 2, "Left")
        return (left, shown("rock", 0.72, 0.55, 1, "Right"))

    return sitting(make_try_scene, script)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_words_neither_touch_nor_leave(two: Build, size: tuple[int, int]) -> None:
    two.resize(size)
    two.draw()
    two.run(2.0)
    lines = two.lines()
    assert len(lines) > 30
    safe = two.canvas.safe
    for line, area in lines:
        assert area.left >= safe.left - 1, line
        assert area.right <= safe.right + 1, line
        assert area.bottom <= safe.bottom + 1, line
    touching = [(one, other) for (one, a), (other, b) in itertools.combinations(lines, 2) if overlap(a, b) > 5]
    assert touching == []


@pytest.mark.parametrize("size", [*SIZES, (320, 200), (64, 64), (400, 900)], ids=str)
def test_it_draws_at_every_size(two: Build, size: tuple[int, int]) -> None:
    two.resize(size)
    two.run(0.5)
    assert two.draw().get_size() == size


def test_both_hands_have_their_words_and_states(two: Build) -> None:
    two.run(2.0)
    said = two.words()
    assert {"Left hand", "Right hand", "thumbs down", "rock", "extended", "curled", "L", "R"} <= set(said)
    assert "not in view" not in said
    assert two.scene.summary()["gestures"]["rock"] == 1


def test_the_log_tells_down_and_up(two: Build) -> None:
    two.run(2.0)
    said = two.words()
    assert said.count("down") >= 3
    assert said.count("up") >= 1
    assert "open palm" in said


def patient(name: str, hold_s: float) -> Library:
    """The built-in gestures, one of them with a hold time of its own."""
    library = builtin_library()
    rows = tuple(replace(one, hold_s=hold_s) if one.name == name else one for one in library.gestures)
    return replace(library, gestures=rows)


def test_what_must_be_held_fills_beside_its_name(sitting: Build, shown: Build) -> None:
    now = sitting(make_try_scene, lambda _: (shown("rock"),), patient("rock", 1.0))
    sweeps: list[float] = []
    real = now.canvas.ring

    def ring(xy: Any, radius: float, colour: Any, *, sweep: float = 1.0, **more: Any) -> None:
        if colour == now.canvas.theme.gold and radius == 15.0 and more["alpha"] > 0.5:
            sweeps.append(sweep)
        real(xy, radius, colour, sweep=sweep, **more)

    now.canvas.ring = ring
    for _ in range(4):
        now.run(0.25)
        now.draw()
        if now.scene.showing.counts:
            break
        said = now.words()
        assert any(line.startswith("hold 0.") for line in said), said
    assert len(sweeps) >= 2
    assert sweeps == sorted(sweeps)
    assert sweeps[0] < 0.35
    now.run(0.6)
    assert now.scene.summary()["gestures"] == {"rock": 1}
    assert not any(line.startswith("hold ") for line in now.words())


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_what_must_be_held_has_its_place_at_every_size(sitting: Build, shown: Build, size: tuple[int, int]) -> None:
    script = (shown("rock", 0.72, 0.55, 1), shown("thumbs_down", 0.28, 0.55, 2, "Left"))
    library = patient("rock", 3.0)
    library = replace(
        library,
        gestures=tuple(replace(one, hold_s=3.0) if one.name == "thumbs_down" else one for one in library.gestures),
    )
    now = sitting(make_try_scene, lambda _: script, library)
    now.resize(size)
    now.draw()
    now.run(1.0)
    lines = [row for row in now.lines() if row[0] in ("rock", "thumbs down") or row[0].startswith("hold ")]
    assert sum(line.startswith("hold ") for line, _ in lines) == 2
    touching = [(one, other) for (one, a), (other, b) in itertools.combinations(lines, 2) if overlap(a, b) > 5]
    assert touching == []


def test_a_lost_hand_is_told(sitting: Build, shown: Build) -> None:
    now = sitting(make_try_scene, lambda time_s: (shown("rock"),) if time_s < 1 else ())
    now.run(1.6)
    assert "lost" in now.words()
    now.run(1.0)
    said = now.words()
    assert said.count("not in view") == 2
    assert "Show your hand" in said


@pytest.mark.parametrize(
    ("state", "condition", "sentence"),
    [
        ("starting", "ok", "Waking the camera"),
        ("no_source", "ok", "There is no camera"),
        ("ended", "ok", "The pictures have ended"),
        ("running", "ok", "Show your hand"),
        ("running", "dark", "It is too dark to see your hand"),
        ("running", "bright", "It is too bright to see your hand"),
        ("running", "far", "Your hand is far away"),
        ("running", "frozen", "The camera's picture stands still"),
    ],
)
def test_each_state_has_its_sentence(sitting: Build, state: str, condition: str, sentence: str) -> None:
    now = sitting(make_try_scene, lambda _: ())
    now.feed.state, now.feed.condition = state, condition
    now.run(1.2)
    assert sentence in " ".join(now.words())


def test_the_picture_is_mirrored_and_dark(sitting: Build, shown: Build) -> None:
    now = sitting(make_try_scene, lambda _: (shown("rock"),))
    now.run(1.0)
    image, _ = render_still("open_palm", noise=0.0)
    image[:] = 0
    image[:, :320] = (255, 255, 255)  # bright where the player's right is
    before = now.draw().copy()
    now.stage.picture = image
    after = now.draw()
    layout = now.scene._layout.picture
    right = now.canvas.to_px((layout.right - 60, layout.centre[1]))
    left = now.canvas.to_px((layout.left + 60, layout.centre[1]))
    assert at(after, right) > at(after, left) + 60
    assert at(after, right) < 0.6 * 3 * 255
    assert at(before, right) < at(after, right)
    now.stage.picture = image[:, ::-1].copy()
    assert at(now.draw(), left) > at(now.draw(), right) + 60


def test_arrows_choose_and_space_lets_go(two: Build) -> None:
    two.draw()
    names = two.scene._board.names
    for key, wanted in (
        (pygame.K_RIGHT, names[0]),
        (pygame.K_RIGHT, names[1]),
        (pygame.K_LEFT, names[0]),
        (pygame.K_LEFT, names[-1]),
        (pygame.K_SPACE, ""),
    ):
        two.press(key)
        two.run(0.02)
        assert two.scene.chosen == wanted
    two.press(pygame.K_RIGHT)
    two.press(pygame.K_DOWN)
    two.run(0.02)
    assert two.scene.chosen not in ("", names[0])


def test_a_click_chooses_a_chip_and_a_second_one_lets_go(two: Build) -> None:
    two.run(0.1)
    two.draw()
    board = two.scene._board
    chip = board._plan.chips[5]
    x, y = two.canvas.to_px(board._box(chip, 0.0).centre)
    for wanted in (chip.name, ""):
        two.post(pygame.MOUSEBUTTONDOWN, button=1, pos=(round(x), round(y)))
        two.run(0.02)
        assert two.scene.chosen == wanted


def test_drawing_changes_nothing(two: Build) -> None:
    two.run(1.3)
    two.draw()
    assert pygame.image.tobytes(two.draw(), "RGB") == pygame.image.tobytes(two.draw(), "RGB")


def test_the_theme_can_change_while_it_runs(two: Build) -> None:
    two.run(0.5)
    before = pygame.image.tobytes(two.draw(), "RGB")
    two.canvas.fit(two.canvas.surface, HIGH_CONTRAST)
    assert pygame.image.tobytes(two.draw(), "RGB") != before


def test_reduced_motion_has_no_rings(two: Build) -> None:
    two.stage.settings.reduced_motion = True
    two.run(1.3)
    assert two.scene._card._pulses == []


def test_other_gestures_are_taken_while_it_runs(two: Build) -> None:
    two.run(0.5)
    two.draw()
    two.scene.chosen = "rock"
    few = replace(two.library, gestures=tuple(g for g in two.library.gestures if g.name in ("fist", "open_palm")))
    before = pygame.image.tobytes(two.draw(), "RGB")
    two.scene.take(few)
    assert two.scene.chosen == ""
    assert set(two.scene._board.names) == {"fist", "open_palm"}
    two.run(0.1)
    assert pygame.image.tobytes(two.draw(), "RGB") != before


def test_what_is_shown_goes_on_when_the_file_is_saved(two: Build) -> None:
    two.run(0.6)
    assert two.scene.showing.words["Right"].name == "rock"
    less = replace(two.library, gestures=tuple(g for g in two.library.gestures if g.name != "clap"))
    two.scene.take(less)
    two.run(2.0)
    word = two.scene.showing.words["Right"]
    assert (word.name, word.ended, word.fade.on) == ("rock", False, True)
    assert two.scene.showing.is_on("rock")
    gone = replace(less, gestures=tuple(g for g in less.gestures if g.name != "rock"))
    two.scene.take(gone)
    two.run(1.5)
    assert not two.scene.showing.is_on("rock")
    assert not word.fade.on


@pytest.fixture
def rock(sitting: Build, shown: Build) -> Build:
    """A right hand that shows a rock, then a victory."""
    return sitting(make_try_scene, lambda time_s: (shown("rock" if time_s < 2 else "victory"),))


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.7, 1.0])
def test_a_chip_is_readable_all_through_its_fade(rock: Build, share: float) -> None:
    rock.run(1.0)
    rock.draw()
    board, showing = rock.scene._board, rock.scene.showing
    showing.lit["rock"] = Fade(on=True, share=share)
    drawn: dict[str, tuple[Any, Any]] = {}
    panels: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rock.canvas, "panel", lambda box, **options: panels.append(options))
        patch.setattr(rock.canvas, "text", lambda word, *_, **how: drawn.update({word: (how["colour"], panels[-1])}))
        board.draw(rock.canvas, board._area, board._row, showing)
    ink, ground = drawn["rock"]
    assert ground.get("alpha", 1.0) == 1.0
    assert contrast(ink, ground["colour"]) >= 4.5


def test_the_chosen_gesture_is_explained_across_from_the_hand(rock: Build) -> None:
    rock.run(0.5)
    rock.scene.chosen = "victory"
    rock.run(1.0)
    lines = dict(rock.lines())
    assert {"index extended", "middle extended", "index apart from middle"} <= set(lines)
    assert any("wanted at most" in line for line in lines)
    assert any("conditions fail" in line for line in lines)
    assert "Left hand" not in lines
    assert lines["index extended"].right < lines["Right hand"].left
    conditions = rock.scene._conditions
    assert {row.text for row in conditions._told.rows if not row.ok} == {"middle extended", "pinky curled or half"}
    rock.run(1.5)
    assert all(row.ok for row in conditions._told.rows)
    assert any(line.startswith("It is on for") for line in rock.words())
    rock.press(pygame.K_SPACE)
    rock.run(0.5)
    assert "Left hand" in rock.words()


def test_without_a_hand_the_chosen_gesture_says_what_it_is(sitting: Build) -> None:
    now = sitting(make_try_scene, lambda _: ())
    now.scene.chosen = "victory"
    now.run(1.0)
    assert "Index and middle finger apart." in " ".join(now.words())


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", ["victory", "swipe_left", "zoom", "ok"])
def test_conditions_neither_touch_nor_leave(rock: Build, size: tuple[int, int], name: str) -> None:
    rock.resize(size)
    rock.scene.chosen = name
    rock.draw()
    rock.run(1.5)
    lines = rock.lines()
    safe = rock.canvas.safe
    assert [line for line, area in lines if area.left < safe.left - 1 or area.right > safe.right + 1] == []
    touching = [(one, other) for (one, a), (other, b) in itertools.combinations(lines, 2) if overlap(a, b) > 5]
    assert touching == []


def test_of_more_conditions_than_fit_those_that_fail_come_first(sitting: Build, shown: Build) -> None:
    def script(time_s: float) -> tuple[Any, ...]:
        there, back = (min(1.0, max(0.0, (time_s - begin_s) / 0.45)) for begin_s in (1.0, 1.75))
        return (shown("open_palm", 0.26 + 0.46 * (there - back), 0.55),)

    now = sitting(make_try_scene, script)
    now.scene.chosen = "swipe_left"
    now.draw()
    now.run(2.6)
    told = now.scene._conditions._told
    assert [row.text for row in told.failing] == ["not the way back"]
    assert told.rows[-1].text == "not the way back"
    said = now.words()
    assert any(line.startswith("and ") and line.endswith(" more") for line in said)
    assert said.index("not the way back") < said.index("goes left")
