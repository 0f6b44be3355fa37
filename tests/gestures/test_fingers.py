"""Words hold: they change at the far side of their band, not in it."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from handplay.gestures.fingers import HandWords, WordReader
from handplay.gestures.measures import HandMeasures, measure_hand, thumb_curl
from handplay.gestures.settings import GestureSettings

SETTINGS = GestureSettings()
READER = WordReader(SETTINGS)


def _with_curl(measures: HandMeasures, curl: float) -> HandMeasures:
    return replace(measures, curl=np.full(5, curl, np.float32))


E, H, C = "extended", "half", "curled"
LOW, HIGH = SETTINGS.extended_curl, SETTINGS.curled_curl


@pytest.mark.parametrize(
    ("curls", "states"),
    [
        pytest.param([0.0, LOW - 0.01, LOW + 0.03, LOW + 0.05], [E, E, E, H], id="leaves extended late"),
        pytest.param([0.5, LOW + 0.01, LOW - 0.03, LOW - 0.05], [H, H, H, E], id="comes back late"),
        pytest.param([LOW - 0.02, LOW + 0.02] * 3, [E] * 6, id="flicker at the border is not seen"),
        pytest.param([LOW + 0.02, LOW - 0.02] * 3, [H] * 6, id="nor from the other side"),
        pytest.param([0.5, HIGH + 0.03, HIGH + 0.05, HIGH - 0.03, HIGH - 0.05], [H, H, C, C, H], id="curled"),
        pytest.param([0.0, 1.0, 0.0], [E, C, E], id="a large change is seen at once"),
    ],
)
def test_hysteresis_of_a_long_finger(builders: ModuleType, curls: list[float], states: list[str]) -> None:
    measures = measure_hand(builders.build_hand(), SETTINGS)
    words: HandWords | None = None
    seen = []
    for curl in curls:
        words = READER.read(_with_curl(measures, curl), words)
        assert len(set(words.fingers[1:])) == 1
        seen.append(words.fingers[2])
    assert seen == states


@pytest.mark.parametrize(
    ("openness", "states"),
    [
        pytest.param([1.0, -0.4, -0.6, 0.4, 0.6], [E, E, H, H, E], id="half a unit on either side of extended"),
        pytest.param([-3.0, -1.6, -1.4, -2.4, -2.6], [C, C, H, H, C], id="and of curled"),
    ],
)
def test_hysteresis_of_the_thumb(builders: ModuleType, openness: list[float], states: list[str]) -> None:
    measures = measure_hand(builders.build_hand(), SETTINGS)
    words: HandWords | None = None
    seen = []
    for value in openness:
        curl = measures.curl.copy()
        curl[0] = thumb_curl(value, SETTINGS)
        words = READER.read(replace(measures, curl=curl), words)
        seen.append(words.fingers[0])
    assert seen == states


@pytest.mark.parametrize(
    ("gaps", "pinching"),
    [
        pytest.param([0.6, 0.32, 0.30, 0.28, 0.32, 0.34, 0.36, 0.32], [0, 0, 0, 1, 1, 1, 0, 0], id="25 on, 30 off"),
        pytest.param([0.31, 0.33, 0.31], [1, 1, 1], id="a hand that is first seen in the band"),
    ],
)
def test_hysteresis_of_the_pinch(builders: ModuleType, gaps: list[float], pinching: list[int]) -> None:
    measures = measure_hand(builders.show("pinch"), SETTINGS)
    words: HandWords | None = None
    seen = []
    for gap in gaps:
        words = READER.read(replace(measures, tip_gap=gap, pinch_gap=gap), words)
        seen.append(int(words.pinching))
    assert seen == pinching


def test_an_opening_fist_does_not_pinch_until_the_fingers_have_parted(builders: ModuleType) -> None:
    measures = measure_hand(builders.show("pinch"), SETTINGS)
    rolled = replace(measures, pinch_gap=0.5, bend_deg=np.full(4, 170, np.float32))
    near, apart = replace(measures, pinch_gap=0.2), replace(measures, pinch_gap=0.5)
    words: HandWords | None = None
    seen = []
    for now in (rolled, near, near, apart, near):
        words = READER.read(now, words)
        seen.append(words.pinching)
    assert seen == [False, False, False, False, True]


def test_a_closing_hand_does_not_pinch_until_it_stops_closing(builders: ModuleType) -> None:
    near = replace(measure_hand(builders.show("pinch"), SETTINGS), pinch_gap=0.2)
    words = READER.read(replace(near, pinch_gap=0.5, grab=0.1))
    seen = []
    for grab in (0.2, 0.3, 0.4, 0.42, 0.6):  # three a second, then at rest; once it holds, closing on is no matter
        words = READER.read(replace(near, grab=grab), words, 1 / 30)
        seen.append(words.pinching)
    assert seen == [False, False, False, True, True]


def test_grab_turns_on_at_eight_tenths_and_off_at_six(builders: ModuleType) -> None:
    measures = measure_hand(builders.build_hand(), SETTINGS)
    words: HandWords | None = None
    seen = []
    for grab in (0.5, 0.75, 0.82, 0.65, 0.58, 0.7):
        words = READER.read(replace(measures, grab=grab), words)
        seen.append(words.grabbing)
    assert seen == [False, False, True, True, False, False]


def test_pointing_takes_five_degrees_more_to_leave(builders: ModuleType) -> None:
    from handplay.gestures.fingers import switch

    words: HandWords | None = None
    seen = []
    for roll in (44, 49, 51, 49, 44):
        hand = builders.build_hand(roll=roll, side="Right")
        words = READER.read(measure_hand(hand, SETTINGS), words)
        seen.append(bool(words.on[switch("pointing", 2 * 6)]))  # middle finger, up
    assert seen == [True, True, False, False, True]


def test_words_of_a_fresh_hand_need_no_history(builders: ModuleType) -> None:
    measures = measure_hand(builders.show("victory"), SETTINGS)
    fresh = READER.read(measures)
    again = READER.read(measures, fresh)
    assert (again.on == fresh.on).all()
    assert (again.fit == fresh.fit).all()


def test_contacts_of_the_thumb_and_where_fingers_point(builders: ModuleType) -> None:
    pinching = READER.read(measure_hand(builders.show("pinch"), SETTINGS))
    assert pinching.thumb_contacts[0]
    spread = READER.read(measure_hand(builders.build_hand(), SETTINGS))
    assert spread.thumb_contacts == (False, False, False, False)
    assert spread.pointing[1:] == ("up", "up", "up", "up")
    turned = READER.read(measure_hand(builders.build_hand(roll=90), SETTINGS))
    assert turned.pointing[2] == "left"  # the picture's right is the player's left
    assert READER.read(measure_hand(builders.build_hand(pitch=85), SETTINGS)).pointing[2] in ("toward", "away")


def test_a_pinch_that_moves_ends_when_thumb_and_index_finger_part(builders: ModuleType) -> None:
    """A fast hand is blurred and seems to close: that begins no pinch and ends none. At rest that is a fist."""
    pinch = measure_hand(builders.show("pinch"), SETTINGS)
    closing = replace(pinch, tip_gap=0.2, pinch_gap=1.0)
    assert not READER.read(closing, moving=True).pinching
    words = READER.read(pinch)
    for _ in range(3):
        words = READER.read(closing, words, 1 / 30, moving=True)
        assert words.pinching
    assert not READER.read(replace(closing, tip_gap=0.36), words, 1 / 30, moving=True).pinching
    assert not READER.read(closing, words, 1 / 30).pinching


def test_a_closed_hand_that_wavers_has_not_let_go(builders: ModuleType) -> None:
    """Its thumb lies near its index finger; it pinches once it has opened, and a moving one opens further."""
    pinch = replace(measure_hand(builders.show("pinch"), SETTINGS), grab=0.62)
    closed = READER.read(measure_hand(builders.show("fist"), SETTINGS))
    assert (closed.pinching, closed.grabbing) == (False, True)
    words = READER.read(pinch, closed, 1.0)
    assert (words.pinching, words.grabbing) == (False, True)
    opening = replace(pinch, grab=0.5)
    assert READER.read(opening, words, 1.0, moving=True).grabbing
    assert not READER.read(replace(pinch, grab=0.39), words, 1.0, moving=True).grabbing
    opened = READER.read(opening, words, 1.0)
    assert (opened.pinching, opened.grabbing) == (False, False)
    assert READER.read(opening, replace(opened, pinch_armed=True), 1.0).pinching


def test_a_hand_that_pinches_does_not_grab(builders: ModuleType) -> None:
    both = replace(measure_hand(builders.show("pinch"), SETTINGS), pinch_gap=0.2, grab=0.9)
    words = READER.read(both)
    assert (words.pinching, words.grabbing) == (True, False)
    words = READER.read(replace(both, tip_gap=0.6, pinch_gap=0.6), words, 1 / 30)
    assert (words.pinching, words.grabbing) == (False, True)
