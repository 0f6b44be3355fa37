"""The four kinds of gestures as rows of data, and the words that a gesture file may use for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Trigger = Literal["enter", "enter_leave", "repeat", "continuous"]
Kind = Literal["pose", "motion", "two_hands", "template"]
FingerWords = frozenset[str]
Path = tuple[tuple[float, float], ...]

KINDS: tuple[Kind, ...] = ("pose", "motion", "two_hands", "template")
STATES = ("extended", "half", "curled", "any")
HANDS = ("any", "left", "right")
PALMS = ("any", "toward", "away")
GRIPS = ("any", "pinch", "grab", "no_pinch")
TRIGGERS: tuple[Trigger, ...] = ("enter", "enter_leave", "repeat", "continuous")
PATHS = (
    "left", "right", "up", "down", "circle_cw", "circle_ccw",
    "wave", "push", "pull", "tap", "double_tap", "drag", "throw",
)  # fmt: skip
"""Movements that need no recording. Left, right and clockwise are the player's own, as in a mirror."""
ROTATIONS = ("fixed", "any")
MEASURES = ("distance", "angle", "clap", "frame")
UNBOUND = "none"
"""The action that takes a binding away which a file before has made."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """What every kind has.

    Attributes:
        name, aliases: the alias is accepted wherever a gesture is named.
        about: a sentence for lists and documents.
        hand: "any", "left" or "right" (the person's own).
        hold_s: how long it must be shown before the gesture begins.
        release_s: how long it must be gone before the gesture ends.
        cooldown_s: how long after its end it cannot begin again.
        trigger: which steps are told, see `phases.TOLD`.
        file, line: where it was read from.
    """

    name: str
    aliases: tuple[str, ...] = ()
    about: str = ""
    hand: str = "any"
    hold_s: float = 0.1
    release_s: float = 0.1
    cooldown_s: float = 0.3
    trigger: Trigger = "enter_leave"
    file: str = ""
    line: int = 0

    @property
    def kind(self) -> Kind:
        return "pose"

    @property
    def layer(self) -> str:
        """Gestures of one layer compete: one of them is on at a time for each hand."""
        return self.kind


@dataclass(frozen=True, slots=True)
class Pose(Gesture):
    """A shape of one hand, in words.

    Attributes:
        fingers: allowed states of each finger, thumb to little finger; None for any.
        touching, apart, together: pairs of finger numbers, the lower first.
        pointing: finger number and direction ("up down left right" in the view, "toward away" of the camera).
        palm: which side the camera sees.
        grip: "pinch" or "grab" asks for that grip. Such a gesture is a control beside the poses and does not compete
            with them: an `ok` hand still pinches. "no_pinch" keeps a pose apart from a pinch.
    """

    fingers: tuple[FingerWords | None, ...] = (None,) * 5
    touching: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    together: tuple[tuple[int, int], ...] = ()
    pointing: tuple[tuple[int, str], ...] = ()
    palm: str = "any"
    grip: str = "any"

    @property
    def layer(self) -> str:
        return "grip" if self.grip in ("pinch", "grab") else "pose"


@dataclass(frozen=True, slots=True)
class Template(Gesture):
    """A shape of one hand, by example. It competes with the poses.

    Attributes:
        samples: of 63 numbers each, x y z of the 21 landmarks in any uniform scale, y down.
        sample_hand: whose hand the samples show ("left" or "right", not mirrored); the other one is matched mirrored.
        radius: the largest distance that still matches, 0 for the usual one.
        weights, bias: what training found to set it apart from the other gestures of its table and from none, one
            number for each of `learn.features`; empty if it was not trained against any.
    """

    samples: tuple[tuple[float, ...], ...] = ()
    sample_hand: str = "right"
    radius: float = 0.0
    weights: tuple[float, ...] = ()
    bias: float = 0.0

    @property
    def kind(self) -> Kind:
        return "template"

    @property
    def layer(self) -> str:
        return "pose"


@dataclass(frozen=True, slots=True)
class Motion(Gesture):
    """A movement of one hand.

    Attributes:
        path: one of `PATHS`; empty if there are samples.
        pose: name of the pose or template that the hand shows meanwhile; empty for any.
        samples: recorded paths, points (x, y) in palm lengths as the player sees them: x right, y down.
        rotation: "fixed" takes the samples as they lie, "any" however they are turned.
    """

    hold_s: float = 0.0
    path: str = ""
    pose: str = ""
    samples: tuple[Path, ...] = ()
    rotation: str = "fixed"

    @property
    def kind(self) -> Kind:
        return "motion"


@dataclass(frozen=True, slots=True)
class TwoHands(Gesture):
    """What two hands do together.

    Attributes:
        measure: "distance" (zoom), "angle" (turn), "clap" or "frame".
        pose: name of the pose or template that both show; empty for any.
    """

    measure: str = "distance"
    pose: str = ""

    @property
    def kind(self) -> Kind:
        return "two_hands"


@dataclass(frozen=True, slots=True)
class Binding:
    """Gesture to action of one scene, as the file says it (the name may be an alias)."""

    scene: str
    gesture: str
    action: str
    line: int
    path: str


@dataclass(frozen=True, slots=True)
class GestureFile:
    """One file, read whole and without a problem."""

    file: str
    gestures: tuple[Gesture, ...]
    bindings: tuple[Binding, ...]
