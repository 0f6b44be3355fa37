"""What keeps hands from being seen is told in the same words by every game."""

from __future__ import annotations

import pytest

from handplay.engine.hands import Condition, HandFrame
from handplay.engine.live.feed import FeedState
from handplay.engine.stage.stage import HandsNow
from handplay.engine.stage.status import STATUS, trouble

from quiet_stage import quiet_stage
from shown_hands import Shown, make_hand


@pytest.mark.parametrize(
    ("state", "condition", "hands", "wanted"),
    [
        ("running", "ok", 0, None),
        ("running", "dark", 0, "too_dark"),
        ("running", "bright", 0, "too_bright"),
        ("running", "far", 0, "too_far"),
        ("running", "frozen", 0, "frozen"),
        ("running", "dark", 1, None),
        ("running", "slow", 0, None),
        ("starting", "ok", 0, "starting"),
        ("no_source", "ok", 0, "no_camera"),
        ("ended", "dark", 0, "over"),
        ("closed", "ok", 0, "over"),
    ],
)
def test_what_is_the_matter(state: FeedState, condition: Condition, hands: int, wanted: str | None) -> None:
    stage = quiet_stage()
    stage.feed_state = state
    stage.hands = HandsNow(HandFrame(0, 0.0, 640, 480, hands=(make_hand(Shown()),) * hands, condition=condition))
    assert trouble(stage) == (STATUS[wanted] if wanted else None)


def test_before_the_first_picture_nothing_is_known() -> None:
    assert trouble(quiet_stage()) is None


def test_a_message_of_the_source_says_more_than_we_can() -> None:
    stage = quiet_stage()
    stage.feed_state, stage.feed_message = "no_source", "Camera 0 is used by another program."
    told = trouble(stage)
    assert told is not None
    assert told.sentence == STATUS["no_camera"].sentence
    assert told.action == "Camera 0 is used by another program."
