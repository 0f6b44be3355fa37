"""pygame events become moves of the seats and actions of the game.

| what | keys and mouse | hand |
|---|---|---|
| paddle | W S, arrows, mouse | up and down |
| serve, start | space, click | the gesture bound to "serve" |
| rematch | Enter, R, click | the gesture bound to "rematch" |
| pause and back | P; back also space | the gesture bound to "pause", if any |

With two players W S moves the left paddle and the arrows the right one; the mouse moves the paddle of its half.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pygame

from handplay.engine import events
from handplay.engine.stage.keys_card import KeyRow, gesture_rows
from handplay.games.pong.court import LEFT, RIGHT
from handplay.games.pong.game import Action, PongGame

BINDINGS: Mapping[str, Action] = MappingProxyType(
    {"open_palm": "serve", "stop": "serve", "stop_inverted": "serve", "thumbs_up": "rematch"}
)
"""Gesture to action, where the gesture library says nothing else."""

_ACTIONS: dict[str, Action] = {"serve": "serve", "rematch": "rematch", "pause": "pause"}

_WAYS = {pygame.K_w: (LEFT, -1), pygame.K_s: (LEFT, 1), pygame.K_UP: (RIGHT, -1), pygame.K_DOWN: (RIGHT, 1)}

_MOUSE_WAKE_PX = 24
"""A mouse that is only nudged does not take a paddle from a hand."""

Place = Callable[[tuple[int, int]], tuple[float, float]]
"""Window pixels to court units."""


class Controls:
    """Hands events to a game.

    Args:
        game: what is played.
        bindings: gesture name to action name; words that are no action here are for other scenes and ignored. It may
            change while the game runs.
        place: where a mouse position lies on the court.
    """

    def __init__(self, game: PongGame, bindings: Mapping[str, str] | None, place: Place) -> None:
        self._game = game
        self._bindings: Mapping[str, str] = BINDINGS if bindings is None else bindings
        self._place = place
        self._held_keys: set[int] = set()
        self._held_poses: dict[int, set[str]] = {}
        self._mouse_travel = 0

    def gesture_rows(self) -> tuple[KeyRow, ...]:
        """Which gestures do what."""
        return gesture_rows(self._bindings, tuple(_ACTIONS))

    def handle(self, event: pygame.event.Event) -> None:
        """One event of the queue; unknown ones are nobody's business here."""
        kind = event.type
        if kind in (events.HANDADDED, events.HANDMOTION):
            self._game.seats.hand_seen(event.hand_id, event.x, event.y, event.vy, self._game.now_s)
        elif kind == events.HANDREMOVED:
            self._held_poses.pop(event.hand_id, None)
            self._game.seats.hand_gone(event.hand_id, self._game.now_s)
        elif kind == events.GESTUREDOWN:
            self._gesture_down(event.name, event.hand_id)
        elif kind in (events.GESTUREUP, events.GESTURECANCEL):
            self._held_poses.get(event.hand_id, set()).discard(event.name)
        elif kind == pygame.KEYDOWN:
            self._key_down(event.key)
        elif kind == pygame.KEYUP:
            self._held_keys.discard(event.key)
            self._steer_by_keys(event.key)
        elif kind == pygame.WINDOWFOCUSLOST:
            for key in tuple(self._held_keys):
                self._held_keys.discard(key)
                self._steer_by_keys(key)
        elif kind == pygame.MOUSEMOTION:
            self._mouse_moved(event.pos, abs(event.rel[1]))
        elif kind == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self._click(event.pos)

    def update(self) -> None:
        """Before each step: tells the game which poses the players' hands hold."""
        for side in self._game.seats.sides:
            hand_id = self._game.seats[side].hand_id
            held = self._held_poses.get(hand_id, set()) if hand_id is not None else set()
            self._game.pose(side, "serve", any(self._bindings.get(name) == "serve" for name in held))

    def _gesture_down(self, name: str, hand_id: int) -> None:
        self._held_poses.setdefault(hand_id, set()).add(name)
        action = _ACTIONS.get(self._bindings.get(name, ""))
        side = self._game.seats.owner(hand_id)
        if action is not None and side is not None:
            self._game.act(action, side)

    def _key_down(self, key: int) -> None:
        game = self._game
        if key in _WAYS:
            self._held_keys.add(key)
            self._steer_by_keys(key)
        elif key == pygame.K_SPACE:
            game.start()
            game.act("serve")
        elif key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_r):
            game.start()
            game.act("rematch")
        elif key == pygame.K_p:
            game.act("pause")

    def _steer_by_keys(self, key: int) -> None:
        if key not in _WAYS:
            return
        side = self._key_side(key)
        held = [way for held, (_, way) in _WAYS.items() if held in self._held_keys and self._key_side(held) == side]
        self._game.seats.key(side, max(-1, min(1, sum(held))))

    def _key_side(self, key: int) -> int:
        side, _ = _WAYS[key]
        return side if side in self._game.seats.sides else LEFT

    def _mouse_side(self, x: float) -> int:
        return RIGHT if x > 0 and RIGHT in self._game.seats.sides else LEFT

    def _mouse_moved(self, pos: tuple[int, int], travel: int) -> None:
        x, y = self._place(pos)
        side = self._mouse_side(x)
        seat = self._game.seats[side]
        if seat.control != "mouse":
            self._mouse_travel += travel
            # Nobody starts a game by bumping into the desk: the first time takes a click.
            if seat.control == "nobody" or self._mouse_travel < _MOUSE_WAKE_PX:
                return
        self._mouse_travel = 0
        self._game.seats.mouse(side, y)

    def _click(self, pos: tuple[int, int]) -> None:
        x, y = self._place(pos)
        self._game.seats.mouse(self._mouse_side(x), y)
        self._game.start()
        self._game.act("serve")
        self._game.act("rematch")
