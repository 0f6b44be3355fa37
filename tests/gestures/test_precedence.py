"""A pose of the user's goes before a wider one, however well that one fits."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType, ModuleType

import pytest

from handplay.gestures.explain import Explainer
from handplay.gestures.kinds import Pose
from handplay.gestures.learn.judging import ShapeJudge
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.precedence import outdone
from handplay.gestures.recognizer import Recognizer

OUT, IN = frozenset({"extended"}), frozenset({"curled"})
ANY = None
GUN = Pose("gun", fingers=(OUT, OUT, OUT, IN, IN))


@pytest.mark.parametrize(
    ("narrow", "wide", "goes_before"),
    [
        (replace(GUN, together=((1, 2),)), GUN, True),
        (GUN, replace(GUN, together=((1, 2),)), False),
        (GUN, GUN, False),
        (GUN, Pose("wide", fingers=(ANY, OUT, OUT, IN, IN)), True),
        (GUN, Pose("wide", fingers=(frozenset({"extended", "half"}), OUT, OUT, IN, IN)), True),
        (GUN, Pose("other", fingers=(ANY, OUT, OUT, OUT, IN)), False),
        (replace(GUN, palm="toward"), Pose("wide", fingers=(ANY, OUT, OUT, IN, IN)), True),
        (replace(GUN, palm="toward"), replace(GUN, hand="left"), False),
        (replace(GUN, hand="left"), GUN, True),
        (replace(GUN, pointing=((1, "up"),)), GUN, True),
        (replace(GUN, pointing=((1, "up"),)), replace(GUN, pointing=((1, "left"),)), False),
        (replace(GUN, grip="grab"), replace(GUN, grip="any"), False),
        (replace(GUN, file="builtin.json", together=((1, 2),)), GUN, False),
        (replace(GUN, together=((1, 2),)), replace(GUN, file="builtin.json"), True),
    ],
    ids=[
        "a contact more", "one less", "the same", "a finger more", "fewer states", "crossing fingers",
        "palm and finger", "different words", "one hand", "a way more", "another way", "another layer", "built-in",
        "before a built-in",
    ],
)  # fmt: skip
def test_what_goes_before_what(narrow: Pose, wide: Pose, goes_before: bool) -> None:
    assert outdone((narrow, wide))[0] == ((1,) if goes_before else ())
    assert outdone((wide, narrow))[1] == ((0,) if goes_before else ())


def narrow_library() -> Library:
    """With one condition more than the built-in three2."""
    three2 = builtin_library().find("three2")
    assert isinstance(three2, Pose)
    blaster = replace(three2, name="blaster", aliases=(), file="mine.json", together=((1, 2),))
    return Library((*builtin_library().gestures, blaster), MappingProxyType({}))


def test_it_wins_from_the_wider_one_that_is_on(builders: ModuleType) -> None:
    """Two fingers close on a hand that already shows the wide pose, barely enough for the narrow one."""
    library = narrow_library()
    recognizer = Recognizer(library)
    told = []
    wide = builders.build_hand(thumb="extended", ring="curled", pinky="curled", splay=2.0)
    narrow = builders.build_hand(thumb="extended", ring="curled", pinky="curled", splay=0.35)
    for frame in range(60):
        hand = wide if frame < 30 else narrow
        told += [(step.kind, step.name) for step in recognizer.update(builders.frame(hand, time_s=frame / 30)).steps]
    assert told == [("begin", "three2"), ("end", "three2"), ("begin", "blaster")]


def test_one_picture_is_judged_alike(builders: ModuleType) -> None:
    judge = ShapeJudge([gesture for gesture in narrow_library().gestures if isinstance(gesture, Pose)])
    hand = builders.build_hand(thumb="extended", ring="curled", pinky="curled", splay=0.35)
    best = judge.best(hand.landmarks_px, "Right")
    assert best is not None
    assert best.name == "blaster"


def test_the_wider_one_is_told_why_it_loses(builders: ModuleType) -> None:
    library = narrow_library()
    three2 = library.find("three2")
    assert three2 is not None
    explainer = Explainer(library, three2)
    hand = builders.build_hand(thumb="extended", ring="curled", pinky="curled", splay=0.35)
    told = [explainer.look(builders.frame(hand, time_s=frame / 30)) for frame in range(20)]
    assert "'blaster' wins: it asks for all of them, and more" in told[-1][0].verdict
