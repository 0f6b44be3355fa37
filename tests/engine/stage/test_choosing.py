"""Targets chosen by hand, mouse and keys."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from handplay.engine import events
from handplay.engine.preferences import Reach
from handplay.engine.stage.choosing import Chooser, ChoosingSettings, Target
from handplay.engine.stage.layout import Area, Layout

STEP_S = 1 / 120
A = Target("a", Area(100, 100, 200, 200))
B = Target("b", Area(324, 100, 200, 200))
C = Target("c", Area(100, 324, 200, 200), repeats=True)
ON_A, ON_B, ON_C, NOWHERE = (200.0, 200.0), (424.0, 200.0), (200.0, 424.0), (900.0, 600.0)


class Desk:
    """A chooser with three targets, a window of 1280x720 and people at it."""

    def __init__(self, **settings: Any) -> None:
        self.chooser = Chooser(ChoosingSettings(**settings))
        self.chooser.layout = Layout(1280, 720)
        self.chooser.show((A, B, C))
        self.pressed: list[str] = []

    def hand(self, place: tuple[float, float], kind: int = events.POINTERMOTION, hand_id: int = 1) -> None:
        x, y = place[0] / 1280, place[1] / 720
        self.chooser.handle(pygame.event.Event(kind, hand_id=hand_id, x=x, y=y))

    def comes(self, place: tuple[float, float], hand_id: int = 1) -> None:
        self.hand((place[0] - 40, place[1]), hand_id=hand_id)
        self.hand(place, hand_id=hand_id)

    def mouse(self, place: tuple[float, float], kind: int = pygame.MOUSEMOTION, button: int = 1) -> None:
        extra: dict[str, Any] = {} if kind == pygame.MOUSEMOTION else {"button": button}
        self.chooser.handle(pygame.event.Event(kind, pos=place, **extra))

    def key(self, key: int) -> bool:
        return self.chooser.handle(pygame.event.Event(pygame.KEYDOWN, key=key))

    def wait(self, seconds: float) -> list[str]:
        for _ in range(round(seconds / STEP_S)):
            self.pressed += self.chooser.update(STEP_S)
        return self.pressed


def test_a_pinch_presses_what_is_pointed_at() -> None:
    desk = Desk()
    desk.comes(ON_A)
    assert desk.wait(0.3) == []
    assert desk.chooser.hover("a") == 1.0
    assert desk.chooser.hover("b") == 0.0
    desk.hand(ON_A, events.POINTERDOWN)
    assert desk.wait(0.1) == ["a"]
    assert desk.wait(3.0) == ["a"]  # held: pressed once


def test_a_pinch_beside_all_targets_presses_nothing() -> None:
    desk = Desk()
    desk.comes(NOWHERE)
    desk.wait(1.0)
    desk.hand(NOWHERE, events.POINTERDOWN)
    assert desk.wait(0.1) == []


def test_closing_the_pinch_may_slide_off_the_target() -> None:
    desk = Desk()
    desk.comes(ON_A)
    desk.wait(0.5)
    desk.hand((200, 360 + 300))
    desk.wait(0.2)
    desk.hand((200, 360 + 300), events.POINTERDOWN)
    assert desk.wait(0.1) == ["a"]


def test_a_target_left_long_ago_is_not_meant() -> None:
    desk = Desk()
    desk.comes(ON_A)
    desk.wait(0.5)
    desk.hand(NOWHERE)
    desk.wait(0.6)
    desk.hand(NOWHERE, events.POINTERDOWN)
    assert desk.wait(0.1) == []


@pytest.mark.parametrize(("press", "after_s"), [("dwell", 1.1), ("both", 1.54), ("pinch", None)])
def test_staying_presses(press: str, after_s: float | None) -> None:
    desk = Desk(press=press)
    desk.comes(ON_A)
    desk.wait((after_s or 6.0) - 0.1)
    assert desk.pressed == []
    desk.wait(0.2)
    assert desk.pressed == (["a"] if after_s else [])
    desk.wait(5.0)
    assert len(desk.pressed) <= 1  # it must be left before it is pressed again


def test_a_pinch_does_not_press_where_staying_does() -> None:
    desk = Desk(press="dwell")
    desk.comes(ON_A)
    desk.hand(ON_A, events.POINTERDOWN)
    assert desk.wait(0.3) == []


def test_a_hand_that_appears_on_a_target_does_not_press_it_by_staying() -> None:
    desk = Desk(press="dwell")
    desk.hand(ON_A)
    assert desk.wait(4.0) == []
    desk.hand((ON_A[0] + 30, ON_A[1]))
    assert desk.wait(1.3) == ["a"]


def test_a_step_of_a_slider_repeats() -> None:
    desk = Desk()
    desk.comes(ON_C)
    desk.hand(ON_C, events.POINTERDOWN)
    desk.wait(1.2)
    assert desk.pressed == ["c"] * 4
    desk.hand(ON_C, events.POINTERUP)
    assert desk.wait(0.5) == ["c"] * 4


def test_pointing_is_forgiving() -> None:
    desk = Desk()
    desk.comes((90, 200))  # 10 beside it
    desk.wait(0.3)
    assert desk.chooser.hover("a") == 1.0
    desk.hand((75, 200))  # 25 beside it: still there
    desk.wait(0.3)
    assert desk.chooser.hover("a") == 1.0
    desk.hand((60, 200))
    desk.wait(0.3)
    assert desk.chooser.hover("a") == 0.0


def test_between_two_targets_the_one_before_stays() -> None:
    desk = Desk()
    desk.comes(ON_A)
    desk.hand((314, 200))  # nearer to b
    desk.wait(0.2)
    assert desk.chooser.focus == "a"
    desk.hand((330, 200))
    assert desk.chooser.focus == "b"


def test_the_reach_box_covers_the_window() -> None:
    desk = Desk(reach=Reach(0.4, 0.4, 0.8, 0.8))
    x, y = 0.4 + 0.4 * 200 / 1280, 0.4 + 0.4 * 200 / 720
    for offset in (0.05, 0.0):
        desk.chooser.handle(pygame.event.Event(events.POINTERMOTION, hand_id=1, x=x + offset, y=y))
    desk.wait(0.3)
    assert desk.chooser.hover("a") == 1.0


def test_two_hands_point_each_on_its_own() -> None:
    desk = Desk()
    desk.comes(ON_A, hand_id=1)
    desk.comes(ON_B, hand_id=2)
    desk.wait(0.3)
    assert desk.chooser.hover("a") == desk.chooser.hover("b") == 1.0
    desk.hand(ON_B, events.POINTERDOWN, hand_id=2)
    assert desk.wait(0.1) == ["b"]


def test_a_lost_hand_lets_go() -> None:
    desk = Desk()
    desk.comes(ON_C)
    desk.hand(ON_C, events.POINTERDOWN)
    desk.chooser.handle(pygame.event.Event(events.HANDREMOVED, hand_id=1))
    assert desk.wait(2.0) == ["c"]
    assert desk.chooser.hover("c") == 0.0


def test_the_mouse_clicks() -> None:
    desk = Desk()
    desk.mouse(ON_B)
    assert desk.wait(5.0) == []  # a mouse does not press by staying
    desk.mouse(ON_B, pygame.MOUSEBUTTONDOWN, button=3)
    desk.mouse(ON_B, pygame.MOUSEBUTTONDOWN)
    assert desk.wait(0.1) == ["b"]
    desk.mouse(NOWHERE, pygame.MOUSEBUTTONDOWN)
    assert desk.wait(0.1) == ["b"]


@pytest.mark.parametrize(
    ("keys", "focus"),
    [
        ([pygame.K_RIGHT], "a"),
        ([pygame.K_RIGHT, pygame.K_RIGHT], "b"),
        ([pygame.K_DOWN, pygame.K_DOWN], "c"),
        ([pygame.K_s, pygame.K_s, pygame.K_w], "a"),
        ([pygame.K_LEFT, pygame.K_LEFT], "a"),
    ],
)
def test_keys_move_the_focus(keys: list[int], focus: str) -> None:
    desk = Desk()
    for key in keys:
        assert desk.key(key)
    assert desk.chooser.focus == focus
    assert desk.key(pygame.K_RETURN)
    assert desk.wait(0.3) == [focus]
    assert desk.chooser.hover(focus) == 1.0


def test_enter_without_a_focus_is_somebody_elses_key() -> None:
    desk = Desk()
    assert not desk.key(pygame.K_RETURN)
    assert not desk.key(pygame.K_z)


def test_targets_that_are_gone_are_not_pressed() -> None:
    desk = Desk()
    desk.comes(ON_A)
    desk.hand(ON_A, events.POINTERDOWN)
    desk.chooser.show((B,))
    assert desk.wait(0.2) == []
    assert desk.chooser.focus is None
    assert desk.chooser.hover("a") == 0.0


def test_nothing_happens_before_the_first_picture() -> None:
    desk = Desk()
    desk.chooser.layout = None
    desk.comes(ON_A)
    desk.hand(ON_A, events.POINTERDOWN)
    desk.mouse(ON_A, pygame.MOUSEBUTTONDOWN)
    assert desk.wait(0.2) == []


def test_a_mouse_that_nobody_touches_marks_nothing_beside_a_hand() -> None:
    desk = Desk()
    desk.mouse(ON_B)
    desk.wait(3.0)
    assert desk.chooser.hover("b") == 1.0, "there is no hand"
    desk.comes(ON_A)
    desk.wait(0.3)
    assert (desk.chooser.hover("a"), desk.chooser.hover("b")) == (1.0, 0.0)
    desk.mouse((ON_B[0] + 1, ON_B[1]))
    desk.wait(0.3)
    assert desk.chooser.hover("b") == 1.0, "it moves again"
    desk.hand(ON_A, events.HANDREMOVED)
    desk.wait(3.0)
    assert desk.chooser.hover("b") == 1.0, "the hand is gone"


def test_hands_that_have_gone_are_forgotten() -> None:
    desk = Desk()
    for hand_id in range(5):
        desk.comes(ON_A, hand_id=hand_id)
        desk.hand(ON_A, events.HANDREMOVED, hand_id=hand_id)
        desk.wait(1.0)
    assert desk.chooser._pointers == {}


def test_keys_take_the_mark_from_a_pointer_that_rests() -> None:
    desk = Desk()
    assert desk.key(pygame.K_RIGHT)
    desk.wait(0.3)
    assert (desk.chooser.focus, desk.chooser.hover("a")) == ("a", 1.0)
    desk.key(pygame.K_RIGHT)
    desk.wait(0.3)
    assert (desk.chooser.focus, desk.chooser.hover("b")) == ("b", 1.0)
    desk.mouse(ON_C)
    desk.wait(0.3)
    assert (desk.chooser.focus, desk.chooser.hover("b"), desk.chooser.hover("c")) == ("c", 0.0, 1.0)
    desk.key(pygame.K_UP)
    desk.wait(0.3)
    assert (desk.chooser.focus, desk.chooser.hover("a"), desk.chooser.hover("c")) == ("a", 1.0, 0.0)
