"""Where the palm detector looks, and how often."""

from __future__ import annotations

import numpy as np
import pytest

from handplay.engine.coordinates import Roi
from handplay.engine.sources.base import Image
from handplay.engine.tracking.interest import InterestMap
from handplay.engine.tracking.search import SearchPlan, places, thorough_places
from handplay.engine.tracking.settings import SearchSettings

SIZE = (1280, 720)
RNG = np.random.default_rng(5)


def room(moving: tuple[int, int] | None = None) -> Image:
    image = np.clip(RNG.normal(90, 2, (720, 1280, 3)), 0, 255).astype(np.uint8)
    if moving is not None:
        x, y = moving
        image[y : y + 90, x : x + 90] = 220
    return image


def test_places_cover_the_picture() -> None:
    seen = np.zeros((720, 1280), bool)
    for place in places(*SIZE, SearchSettings())[1:]:
        half = place.region.size_px / 2
        x, y = place.region.cx, place.region.cy
        seen[max(0, round(y - half)) : round(y + half), max(0, round(x - half)) : round(x + half)] = True
    assert seen.all()


def test_small_pictures_have_no_tiles() -> None:
    assert len(places(320, 240, SearchSettings())) == 1


def test_thorough_search_begins_with_the_whole_picture() -> None:
    first, *rest = thorough_places(*SIZE, SearchSettings())
    assert (first.size_px, first.angle_rad) == (1280, 0)
    assert any(region.angle_rad != 0 for region in rest)
    assert any(region.size_px < 720 for region in rest)


def runs(plan: SearchPlan, pictures: list[Image], *, tracked: int, fps: float = 30.0, start: int = 0) -> int:
    known = [Roi(600, 400, 200, 0)] * tracked
    total = 0
    for step, picture in enumerate(pictures, start=start):
        plan.watch(picture, step / fps, known)
        used = len(plan.choose(SIZE, step / fps, tracked=tracked, lost=False))
        plan.spend(used, tracked=tracked)
        total += used
    return total


def test_one_run_in_ten_frames_while_a_hand_is_followed() -> None:
    still = [room() for _ in range(4)]
    assert runs(SearchPlan(SearchSettings()), [still[n % 4] for n in range(100)], tracked=1) <= 10


def test_hurry_is_paid_back() -> None:
    plan, still = SearchPlan(SearchSettings()), [room() for _ in range(4)]
    frames = [room(moving=(100 + 10 * n, 100)) if 20 < n < 60 else still[n % 4] for n in range(200)]
    assert runs(plan, frames, tracked=1) <= 20 + SearchSettings().most_debt


def test_idle_room_is_looked_at_a_few_times_a_second() -> None:
    plan, still = SearchPlan(SearchSettings()), [room() for _ in range(4)]
    frames = [still[n % 4] for n in range(120)]
    runs(plan, frames[:60], tracked=0)  # the first second is news
    assert runs(plan, frames[60:], tracked=0, start=60) <= 9


def test_a_calm_room_is_looked_at_more_rarely_and_movement_ends_the_calm() -> None:
    plan, still = SearchPlan(SearchSettings()), [room() for _ in range(4)]
    runs(plan, [still[n % 4] for n in range(150)], tracked=0)
    assert 6 <= runs(plan, [still[n % 4] for n in range(150)], tracked=0, start=150) <= 8  # 5 s
    moved = [room(moving=(900, 300))]
    assert runs(plan, moved, tracked=0, start=300) == SearchSettings().alert_runs
    runs(plan, moved * 29, tracked=0, start=301)
    assert runs(plan, moved * 30, tracked=0, start=330) >= 3  # the second second: one every 0.3 s again


def test_idle_search_comes_round_to_every_place() -> None:
    plan, still = SearchPlan(SearchSettings(alert_s=0.0)), [room() for _ in range(4)]
    looked: set[tuple[float, float, float]] = set()
    for step in range(3000):
        plan.watch(still[step % 4], step / 30, [])
        looked |= {(r.cx, r.cy, r.size_px) for r in plan.choose(SIZE, step / 30, tracked=0, lost=False)}
    assert len(looked) == len(places(*SIZE, SearchSettings()))


def test_movement_wakes_the_search_at_once() -> None:
    plan, still = SearchPlan(SearchSettings()), [room() for _ in range(4)]
    runs(plan, [still[n % 4] for n in range(90)], tracked=0)
    plan.watch(room(moving=(900, 300)), 3.01, [])
    assert len(plan.choose(SIZE, 3.01, tracked=0, lost=False)) >= 1


def test_search_runs_at_full_rate_while_something_moves_and_slows_down_after() -> None:
    plan, still = SearchPlan(SearchSettings()), [room() for _ in range(4)]
    runs(plan, [still[n % 4] for n in range(90)], tracked=0)
    moving = [room(moving=(100 + 90 * n, 300)) for n in range(8)]
    assert runs(plan, moving, tracked=0, start=90) == 8 * SearchSettings().alert_runs
    runs(plan, [moving[-1], moving[-1]], tracked=0, start=98)
    assert 3 <= runs(plan, [moving[-1]] * 20, tracked=0, start=100) <= 7
    assert runs(plan, [moving[-1]] * 60, tracked=0, start=125) <= 7


def test_search_runs_at_full_rate_for_a_while_after_the_last_hand_was_lost() -> None:
    plan, still = SearchPlan(SearchSettings()), [room() for _ in range(4)]
    runs(plan, [still[n % 4] for n in range(90)], tracked=0)
    assert len(plan.choose(SIZE, 3.0, tracked=0, lost=True)) == SearchSettings().alert_runs
    assert runs(plan, [still[n % 4] for n in range(15)], tracked=0, start=91) == 15 * SearchSettings().alert_runs


def test_lost_hand_is_searched_in_the_same_frame() -> None:
    plan = SearchPlan(SearchSettings())
    plan.watch(room(), 0.0, [])
    plan.choose(SIZE, 0.0, tracked=1, lost=False)
    (first, *_) = plan.choose(SIZE, 0.1, tracked=0, lost=True)
    assert first.size_px == 1280


@pytest.mark.parametrize(("known", "news"), [([], True), ([Roi(945, 345, 300, 0)], False)], ids=["free", "followed"])
def test_interest_does_not_count_hands_that_are_followed(known: list[Roi], news: bool) -> None:
    interest = InterestMap(SearchSettings().change)
    interest.look(room(), 0.0, [])
    assert interest.look(room(moving=(900, 300)), 0.1, known) is news


def test_heat_is_where_something_moved_and_fades() -> None:
    interest = InterestMap(SearchSettings().change)
    interest.look(room(), 0.0, [])
    interest.look(room(), 9.0, [])
    interest.look(room(moving=(900, 300)), 9.1, [])
    there, elsewhere = Roi(945, 345, 100, 0), Roi(200, 200, 100, 0)
    assert interest.heat(there, *SIZE) > 0.9
    assert interest.heat(elsewhere, *SIZE) < 0.1


def test_light_that_changes_everywhere_is_no_movement() -> None:
    interest = InterestMap(SearchSettings().change)
    picture = room()
    interest.look(picture, 0.0, [])
    assert not interest.look(picture + np.uint8(20), 0.1, [])


def test_what_always_flickers_is_no_news() -> None:
    interest = InterestMap(SearchSettings().change)
    news = [interest.look(room(moving=(900, 300) if step % 2 else None), step / 30, []) for step in range(20)]
    assert news[1]
    assert not any(news[4:])


@pytest.mark.parametrize("fps", [30, 120])
def test_whole_picture_is_searched_often_but_not_always_while_a_hand_may_come_back(fps: int) -> None:
    plan, total = SearchPlan(SearchSettings()), 0
    for step in range(fps):
        total += len(plan.choose(SIZE, step / fps, tracked=1, lost=False, awaited=True))
        plan.spend(0, tracked=1)
    assert 25 <= total <= 1 / SearchSettings().await_every_s + 1
