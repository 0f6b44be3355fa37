"""People who do something else: hands that rest, reach, scratch, talk along, and come and go. Nothing is meant here.

What they do is drawn from a seed and from no gesture's definition.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.script import Keyframe, Script, Track

_REACHING = ("relaxed", "relaxed", "half", "claw", "flat_c", "flat_c", "grab")
_TALKING = ("relaxed", "relaxed", "half", "open_palm", "point", "flat_c", "pinch", "ok", "back")
_SHOWN = (
    "open_palm", "stop", "fist", "point", "victory", "three", "four", "thumbs_up", "ok", "rock", "relaxed", "half",
    "pinch", "claw",
)  # fmt: skip


class _Hand:
    """Keyframes of one hand that goes from one thing to the next."""

    def __init__(self, rng: random.Random, home: float, palm: float, aspect: float) -> None:
        self.rng, self.home, self.size, self.aspect = rng, home, palm, aspect
        self.time_s = 0.0
        self.pose, self.x, self.y, self.palm = "relaxed", home, rng.uniform(0.5, 0.7), palm
        self.turn = (0.0, 0.0, 0.0)
        self.keys: list[Keyframe] = []
        self._key()

    def _key(self) -> None:
        self.keys.append(Keyframe(self.time_s, self.pose, self.x, self.y, self.palm, *self.turn))

    def go(
        self,
        seconds: float,
        dx: float = 0.0,
        dy: float = 0.0,
        *,
        pose: str | None = None,
        turn: float | None = None,
        nearer: float = 1.0,
    ) -> None:
        """Moves by so many palm lengths, within the picture; turns by up to so many degrees."""
        if turn is not None:
            roll, yaw, pitch = (self.rng.gauss(0, turn) for _ in range(3))
            self.turn = (roll, max(-60.0, min(60.0, yaw)), max(-50.0, min(50.0, pitch)))
        self.pose = pose or self.pose
        self.x = min(0.92, max(0.08, self.x + dx * self.palm / self.aspect))
        self.y = min(0.85, max(0.2, self.y + dy * self.palm))
        self.palm = min(1.7 * self.size, max(0.65 * self.size, self.palm * nearer))
        self.time_s += seconds
        self._key()

    def rest(self) -> None:
        """Lies still for a while, as hands do most of the time."""
        self.go(self.rng.uniform(0.4, 0.9), self.rng.gauss(0, 0.3), self.rng.gauss(0, 0.3), pose="relaxed", turn=8)
        self.go(self.rng.uniform(1.0, 4.0), self.rng.gauss(0, 0.05), self.rng.gauss(0, 0.05))

    def reach(self) -> None:
        """For something, and back."""
        rng = self.rng
        angle, way = rng.uniform(-math.pi, math.pi), rng.uniform(1.0, 3.5)
        pose, nearer, seconds = rng.choice(_REACHING), rng.uniform(0.8, 1.35), rng.uniform(0.5, 1.2)
        dx, dy = way * math.cos(angle), 0.7 * way * math.sin(angle)
        x, y, palm = self.x, self.y, self.palm
        self.go(seconds, dx, dy, pose=pose, turn=18, nearer=nearer)
        # Fingers close around a thing, not into a fist.
        self.go(rng.uniform(0.2, 0.8), pose=rng.choice(("grab", "flat_c", pose)))
        seconds = rng.uniform(0.5, 1.2)
        self.go(seconds, (x - self.x) * self.aspect / self.palm, (y - self.y) / self.palm, nearer=palm / self.palm)

    def scratch(self) -> None:
        """Up to the head, and a quick little back and forth."""
        rng = self.rng
        x, y = self.x, self.y
        self.go(rng.uniform(0.5, 0.9), rng.uniform(-0.6, 0.6), -rng.uniform(0.5, 1.5), pose="claw", turn=15)
        ax, ay = rng.gauss(0, 0.12), rng.gauss(0, 0.12)
        for i in range(rng.randrange(6, 14)):
            side = 1 if i % 2 else -1
            self.go(rng.uniform(0.1, 0.16), side * ax, side * ay)
        back = ((x - self.x) * self.aspect / self.palm, (y - self.y) / self.palm)
        self.go(rng.uniform(0.5, 0.9), *back, pose="relaxed", turn=10)

    def talk(self) -> None:
        """Gestures along with speech: short strokes this way and that, the hand turning as it goes."""
        rng = self.rng
        for _ in range(rng.randrange(3, 9)):
            angle, way = rng.uniform(-math.pi, math.pi), rng.uniform(0.2, 1.3)
            dx, dy = way * math.cos(angle), way * math.sin(angle)
            pose = rng.choice(_TALKING) if rng.random() < 0.5 else None
            self.go(rng.uniform(0.2, 0.6), dx, dy, pose=pose, turn=16, nearer=rng.uniform(0.9, 1.1))
            if rng.random() < 0.4:
                self.go(rng.uniform(0.1, 0.5))

    def show(self) -> None:
        """One shape after the other, in the air."""
        for _ in range(self.rng.randrange(2, 6)):
            self.go(self.rng.uniform(0.3, 0.6), self.rng.gauss(0, 0.15), self.rng.gauss(0, 0.15),
                    pose=self.rng.choice(_SHOWN), turn=10)  # fmt: skip
            self.go(self.rng.uniform(0.3, 1.2), self.rng.gauss(0, 0.05), self.rng.gauss(0, 0.05))

    def fidget(self) -> None:
        """Turns about itself."""
        for _ in range(self.rng.randrange(2, 5)):
            self.go(self.rng.uniform(0.3, 0.8), turn=28)

    def leave(self) -> None:
        """Drops out of the picture and comes back."""
        rng = self.rng
        y = self.y
        self.pose, self.y = "relaxed", 1.6
        self.time_s += rng.uniform(0.5, 1.0)
        self._key()
        self.time_s += rng.uniform(0.5, 2.0)
        self._key()
        self.pose, self.y = rng.choice(("relaxed", "open_palm", "relaxed")), y
        self.time_s += rng.uniform(0.5, 1.0)
        self._key()


def idle(
    seed: int = 0, *, duration_s: float = 60.0, hands: int | None = None, aspect: float = 4 / 3, background: str = ""
) -> Script:
    """Somebody who means nothing by it.

    Args:
        seed: of everything.
        duration_s: how long.
        hands: 1 or 2; by the seed if not given.
        aspect: width over height of the picture.
        background: name of the room; by the seed if not given.
    """
    rng = random.Random(f"idle {seed}")
    both = hands == 2 or (hands is None and rng.random() < 0.5)
    palm, skin, sleeve = rng.uniform(0.11, 0.19), rng.randrange(6), rng.randrange(5)
    room = background or rng.choice(("room", "wall", "shelf", "evening"))
    sides: tuple[Handedness, ...] = ("Right", "Left") if both else (rng.choice(("Right", "Left")),)
    tracks = []
    for side in sides:
        home = 0.5 if not both else 0.3 if side == "Right" else 0.7
        hand = _Hand(rng, home, palm * rng.uniform(0.95, 1.05), aspect)
        ways: tuple[tuple[Callable[[], None], float], ...] = (
            (hand.rest, 3), (hand.reach, 3), (hand.scratch, 1), (hand.talk, 3), (hand.show, 2), (hand.fidget, 1),
            (hand.leave, 0.7),
        )  # fmt: skip
        while hand.time_s < duration_s:
            rng.choices([way for way, _ in ways], [weight for _, weight in ways])[0]()
        tracks.append(Track(tuple(hand.keys), side, skin, sleeve))
    return Script("idle", "rests, reaches, scratches, talks along: nothing is meant", tuple(tracks), duration_s, room)


IDLE: tuple[Script, ...] = (idle(),)
