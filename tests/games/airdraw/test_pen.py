"""The pen that obeys: when it is down, where it writes, and what it takes back."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from handplay.engine.coordinates import view_from_image
from handplay.engine.hands import INDEX_TIP, THUMB_TIP, Hand, Handedness, HandFrame
from handplay.engine.sources.demo import pose_points
from handplay.games.airdraw.pen import PenEvent, Pens, PenSettings
from handplay.games.airdraw.pen_contact import Contact, ContactSettings
from handplay.games.airdraw.pen_ink import Ink, InkSettings
from handplay.games.airdraw.pen_reach import COMFORTABLE, WHOLE_FRAME, ReachBox, Sight, pinch_gap, sights
from handplay.gestures.recognizer import Recognizer

FRAME_S = 1 / 30
PALM = 0.2
OPEN, CLOSED = 0.8, 0.2

Row = tuple[float, float, float]
"""gap, x, y of one frame."""


def hover(count: int, x: float = 0.5, y: float = 0.5) -> list[Row]:
    return [(OPEN, x, y)] * count


def pinched(count: int, x: float, y: float, dx: float = 0.0, dy: float = 0.0) -> list[Row]:
    return [(CLOSED, x + dx * i, y + dy * i) for i in range(count)]


def play(
    rows: Sequence[Row | None], pens: Pens | None = None, *, hand_id: int = 1, start_s: float = 0.0,
    handedness: Handedness = "Right",
) -> list[PenEvent]:  # fmt: skip
    """Rows as frames at 30 a second; None is a frame without the hand."""
    pens = pens or Pens()
    events: list[PenEvent] = []
    for number, row in enumerate(rows):
        time_s = start_s + number * FRAME_S
        seen = [] if row is None else [Sight(hand_id, handedness, time_s, row[1], row[2], row[0], PALM)]
        events += pens.update(seen, time_s)
    return events


def kinds(events: list[PenEvent]) -> list[str]:
    return [event.kind for event in events]


def lines(events: list[PenEvent]) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    found: list[list[tuple[float, float]]] = []
    for event in events:
        if event.kind == "down":
            found.append([])
        if event.kind in ("down", "move", "up"):
            found[-1].append((event.x, event.y))
    return [np.array(line) for line in found]


# -- down and up ---------------------------------------------------------------------------------------------------


def test_a_stroke_is_press_down_moves_up_release() -> None:
    told = kinds(play([*hover(5), *pinched(20, 0.3, 0.5, 0.02), *hover(5, 0.68)]))
    assert told[0] == "press"
    assert told[1] == "down"
    assert set(told[2:-2]) == {"move"}
    assert told[-2:] == ["up", "release"]


@pytest.mark.parametrize(
    ("touch_frames", "dots"), [(1, 0), (2, 0), (3, 0), (9, 1), (30, 1)], ids=lambda value: str(value)
)
def test_a_short_touch_makes_no_dot_unless_meant(touch_frames: int, dots: int) -> None:
    events = play([*hover(8), *pinched(touch_frames, 0.5, 0.5), *hover(8)])
    assert len(lines(events)) == dots
    assert kinds(events).count("release") == 1


def test_a_quick_stroke_is_meant_however_short() -> None:
    events = play([*hover(8), *pinched(4, 0.4, 0.5, 0.05), *hover(8, 0.55)])
    assert len(lines(events)) == 1


def test_one_bad_frame_does_not_lift_the_pen() -> None:
    rows = [*hover(8), *pinched(30, 0.2, 0.5, 0.02), *hover(8, 0.78)]
    rows[20] = (0.55, *rows[20][1:])
    assert len(lines(play(rows))) == 1


def test_the_opening_leaves_no_tail() -> None:
    rest = pinched(15, 0.3, 0.5, 0.02)
    x = rest[-1][1]
    opening = [(CLOSED + 0.12 * i, x, 0.5 - 0.02 * i) for i in range(1, 6)]  # the tip rises as the fingers open
    (line,) = lines(play([*hover(8), *rest, *opening, *hover(8, x, 0.4)]))
    assert line[:, 1].min() > 0.5 - 0.1 * PALM
    assert line[-1, 0] == pytest.approx(x, abs=0.021)


def test_wet_ink_ends_where_the_opening_began() -> None:
    pens = Pens()
    play([*hover(8), *pinched(15, 0.3, 0.5, 0.02)], pens)
    pen = pens.get(1)
    assert pen is not None
    assert pen.wet(0.03)[-1][0] > 0.58  # led beyond the newest frame
    later_s = 23 * FRAME_S
    for step in range(2):
        pens.update([Sight(1, "Right", later_s + step * FRAME_S, 0.6, 0.48, 0.36 + 0.06 * step, PALM)], later_s)
    assert all(x <= 0.6 for x, _ in pen.wet(0.03))


def test_closing_draws_no_hook() -> None:
    closing = [(OPEN - 0.15 * i, 0.5, 0.4 + 0.02 * i) for i in range(5)]
    (line,) = lines(play([*hover(8, 0.5, 0.4), *closing, *pinched(20, 0.5, 0.5, 0.01), *hover(8, 0.7)]))
    assert line[0, 1] > 0.47


def test_a_press_aims_at_what_was_pointed_at_before_the_fingers_closed() -> None:
    closing = [(OPEN - 0.15 * i, 0.5, 0.4 + 0.03 * i) for i in range(1, 5)]
    events = play([*hover(8, 0.5, 0.4), *closing, *pinched(5, 0.5, 0.52)])
    assert events[0].kind == "press"
    assert events[0].y == pytest.approx(0.4, abs=0.01)


# -- where it writes -----------------------------------------------------------------------------------------------


def test_a_trembling_rest_makes_one_dot() -> None:
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 0.004 * PALM, (60, 2))
    rows = [(CLOSED, 0.5 + dx, 0.5 + dy) for dx, dy in noise.tolist()]
    (line,) = lines(play([*hover(8), *rows, *hover(8)]))
    assert len(line) <= 4


def test_noise_is_evened_out_and_bends_are_kept() -> None:
    angles = np.linspace(0, 2 * math.pi, 50)
    clean = np.stack([0.6 + 0.2 * np.cos(angles), 0.5 + 0.2 * np.sin(angles)], axis=1)
    noisy = clean + np.random.default_rng(4).normal(0, 0.003, clean.shape)
    (line,) = lines(play([*hover(8, 0.8), *[(CLOSED, x, y) for x, y in noisy.tolist()], *hover(8, 0.8)]))
    off = np.abs(np.hypot(line[:, 0] - 0.6, line[:, 1] - 0.5) - 0.2)
    before = np.abs(np.hypot(noisy[:, 0] - 0.6, noisy[:, 1] - 0.5) - 0.2)
    assert off.mean() < 0.85 * before.mean()


# -- lost hands ----------------------------------------------------------------------------------------------------


def test_no_line_leads_across_after_a_hand_was_lost() -> None:
    rows: list[Row | None] = [*hover(8, 0.2), *pinched(15, 0.2, 0.5, 0.01)]
    rows += [None] * 8 + [*pinched(15, 0.9, 0.2, 0.01), *hover(8, 1.05, 0.2)]
    first, second = lines(play(rows))
    assert first[:, 0].max() < 0.36
    assert second[:, 0].min() > 0.88


def test_a_stroke_goes_on_over_a_frame_that_is_missing() -> None:
    rows: list[Row | None] = [*hover(8, 0.2), *pinched(30, 0.2, 0.5, 0.01), *hover(8, 0.5)]
    rows[20] = None
    assert len(lines(play(rows))) == 1


def test_a_hand_that_is_back_at_once_but_elsewhere_begins_another_stroke() -> None:
    rows: list[Row | None] = [*hover(8, 0.2), *pinched(15, 0.2, 0.5, 0.002), None, None]
    rows += [*pinched(15, 0.2 + 0.6 * PALM, 0.6, 0.002), *hover(8, 0.4, 0.6)]
    assert len(lines(play(rows))) == 2


def test_one_frame_elsewhere_is_no_jump() -> None:
    rows = [*hover(8, 0.2), *pinched(30, 0.2, 0.5, 0.01), *hover(8, 0.5)]
    rows[20] = (CLOSED, 1.2, 0.1)
    (line,) = lines(play(rows))
    assert line[:, 0].max() < 0.6


def test_a_jump_that_lasts_begins_another_stroke() -> None:
    rows = [*hover(8, 0.2), *pinched(15, 0.2, 0.5, 0.01), *pinched(15, 1.2, 0.2, 0.01), *hover(8, 1.34, 0.2)]
    strokes = lines(play(rows))
    assert len(strokes) == 2
    assert all(np.ptp(line[:, 0]) < 0.3 for line in strokes)


def test_a_hand_that_comes_in_closed_does_not_draw_at_once() -> None:
    assert lines(play(pinched(9, 0.2, 0.5, 0.02))) == []
    assert len(lines(play([*pinched(30, 0.2, 0.5, 0.02), *hover(4, 0.8)]))) == 1


def test_a_known_hand_under_another_id_goes_on_at_once() -> None:
    pens = Pens()
    events = play([*hover(8, 0.2), *pinched(15, 0.2, 0.5, 0.01), *[None] * 6], pens)
    events += play([*pinched(12, 0.3, 0.5, 0.02), *hover(6, 0.55)], pens, hand_id=2, start_s=29 * FRAME_S)
    assert len(lines(events)) == 2


def test_losing_the_source_ends_every_stroke() -> None:
    pens = Pens()
    play([*hover(8, 0.2), *pinched(15, 0.2, 0.5, 0.01)], pens)
    assert kinds(pens.lose_all())[-2:] == ["up", "release"]
    assert list(pens) == []


# -- who listens ---------------------------------------------------------------------------------------------------


def test_a_muted_touch_presses_but_makes_no_ink() -> None:
    pens = Pens()
    play(hover(8), pens)
    pen = pens.get(1)
    assert pen is not None
    pen.muted = True
    events = play([*pinched(20, 0.5, 0.5, 0.01), *hover(5, 0.7)], pens, start_s=8 * FRAME_S)
    assert kinds(events) == ["press", "release"]


def test_a_cancelled_stroke_is_over_until_the_fingers_open() -> None:
    pens = Pens()
    play([*hover(8), *pinched(15, 0.5, 0.5, 0.01)], pens)
    pen = pens.get(1)
    assert pen is not None
    assert kinds(pen.cancel()) == ["cancel"]
    assert pen.wet() == ()
    events = play([*pinched(10, 0.66, 0.5, 0.01), *hover(5, 0.8)], pens, start_s=23 * FRAME_S)
    assert kinds(events) == ["release"]


# -- contact -------------------------------------------------------------------------------------------------------


def follow(gaps: Sequence[float], contact: Contact | None = None) -> Contact:
    contact = contact or Contact()
    for number, gap in enumerate(gaps):
        contact.update(gap, number * FRAME_S)
    return contact


def test_borders_learn_how_wide_this_person_closes_and_opens() -> None:
    fresh = Contact()
    wide = follow([0.8] * 10 + [0.33] * 120)
    assert wide.on > fresh.on + 0.02
    small = follow([0.62] * 240)
    assert small.off < fresh.off


def test_fingers_that_never_quite_meet_still_touch() -> None:
    contact = follow([0.85] * 15 + [0.6, 0.43, *[0.41] * 6], Contact(ContactSettings(sensitivity=0.3)))
    assert contact.phase == "closed"


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.5), (0.5, 1.0)])
def test_sensitivity_touches_earlier_and_holds_longer(low: float, high: float) -> None:
    firm, light = (Contact(ContactSettings(sensitivity=value)) for value in (low, high))
    assert firm.on < light.on
    assert firm.off < light.off
    assert firm.on < firm.off


def test_a_gap_that_is_not_a_number_changes_nothing() -> None:
    contact = follow([0.8] * 5 + [0.2] * 5)
    assert contact.update(math.nan, 1.0) == "closed"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (lambda: ContactSettings(sensitivity=1.5), "sensitivity"),
        (lambda: ContactSettings(on_share=0.6), "on_share"),
        (lambda: InkSettings(judged_s=0), "judged_s"),
        (lambda: ReachBox(0.1), "share"),
        (lambda: ReachBox(0.5, (2.0, 0.5)), "centre"),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused(settings: object, words: str) -> None:
    assert callable(settings)
    with pytest.raises(ValueError, match=words):
        settings()


def test_ink_without_points_has_nothing_to_tell() -> None:
    ink = Ink()
    assert ink.judge(1.0, PALM, hold=False) == []
    assert ink.end(1.0, PALM) == []


# -- from hands ----------------------------------------------------------------------------------------------------


def hand(pose: str, x: float = 320.0, y: float = 240.0, handedness: Handedness = "Right") -> Hand:
    points = np.array(pose_points(pose, handedness), np.float32)
    return Hand(1, handedness, 0.9, 0.9, points * 80 + np.array([x, y, 0], np.float32), points * np.float32(0.09))


@pytest.mark.parametrize(("pose", "touches"), [("pinch", True), ("pinch_open", False), ("open_palm", False)])
def test_the_gap_tells_a_pinch_from_an_open_hand(pose: str, touches: bool) -> None:
    assert (pinch_gap(hand(pose)) < Contact().on) == touches


@pytest.mark.parametrize("pose", ["fist", "thumbs_up", "point"])
def test_a_fist_is_no_pen(pose: str) -> None:
    frames = [HandFrame(i, i * FRAME_S, 640, 480, hands=(hand(pose),)) for i in range(30)]
    recognizer, pens = Recognizer(), Pens()
    told = []
    for frame in frames:
        readings = recognizer.update(frame).readings
        told += pens.update(sights(frame, readings, reach=WHOLE_FRAME, canvas_aspect=4 / 3), frame.time_s)
    assert told == []


@pytest.mark.parametrize(("pose", "draws"), [("point", False), ("two_up", True), ("open_palm", False), ("fist", False)])
def test_in_the_other_style_a_second_finger_draws(pose: str, draws: bool) -> None:
    recognizer, pens = Recognizer(), Pens(PenSettings.of("point"))
    told = []
    for i in range(40):
        frame = HandFrame(i, i * FRAME_S, 640, 480, hands=(hand("point" if i < 10 else pose, 320 - 4 * i),))
        readings = recognizer.update(frame).readings
        told += pens.update(
            sights(frame, readings, reach=WHOLE_FRAME, canvas_aspect=4 / 3, style="point"), frame.time_s
        )
    assert ("down" in kinds(told)) == draws


def test_an_open_pinch_aims_where_the_fingers_will_meet() -> None:
    frame = HandFrame(0, 0.0, 640, 480, hands=(hand("pinch_open"),))
    readings = Recognizer().update(frame).readings
    (sight,) = sights(frame, readings, reach=WHOLE_FRAME, canvas_aspect=4 / 3)
    view = view_from_image(frame[0].landmarks_px, 640, 480, mirrored=False) * (4 / 3, 1)
    low, high = sorted((view[INDEX_TIP, 1], view[THUMB_TIP, 1]))
    assert low + 0.01 < sight.y < high - 0.01


def test_the_measured_reach_keeps_its_middle_and_its_width() -> None:
    box = ReachBox.of(0.3, 0.4, 0.8, 0.8)
    assert (box.share, *box.centre) == pytest.approx((0.5, 0.55, 0.6))
    assert ReachBox.of(0.45, 0.4, 0.55, 0.6).share == 0.2


@pytest.mark.parametrize("canvas_aspect", [16 / 9, 4 / 3, 0.6])
@pytest.mark.parametrize("share", [0.3, COMFORTABLE, 1.0])
def test_the_reach_box_keeps_shapes_and_stays_in_the_view(canvas_aspect: float, share: float) -> None:
    box = ReachBox(share)
    left, top, width, height = box.area(4 / 3, canvas_aspect)
    assert min(left, top) >= 0
    assert max(left + width, top + height) <= 1 + 1e-9
    assert width * (4 / 3) / height == pytest.approx(canvas_aspect)
    corners = np.array([[left, top], [left + width, top + height]], np.float32)
    assert box.to_canvas(corners, 4 / 3, canvas_aspect) == pytest.approx(
        np.array([[0, 0], [canvas_aspect, 1]]), abs=1e-5
    )
