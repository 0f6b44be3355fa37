"""The live rim as a game sees it. Sources and trackers are real classes with a hand on their tap."""

from __future__ import annotations

import threading
from typing import Literal

import pytest

from handplay.engine.errors import ModelMissing, SourceMissing, SourceUnreadable, WorkerDied
from handplay.engine.live.capture import NO_CAMERA
from handplay.engine.live.live_feed import LiveFeed
from handplay.engine.live.settings import LiveSettings
from handplay.engine.sources.base import FrameSource, SourceInfo, Wish

from live_parts import FAST, LONG_S, FakeSource, FakeTracker, MakeFeed, eventually, take


def test_pictures_become_results(make_feed: MakeFeed) -> None:
    source = FakeSource()
    feed = make_feed(source)
    assert feed.state == "starting"
    assert feed.picture() is None
    for count in (1, 2, 3):
        source.push()
        (update,) = take(feed, 1)
        assert update.hands.frame_index == count - 1
        assert update.posted_s is not None
        assert 0 <= update.posted_s - update.hands.time_s < LONG_S
    picture = feed.picture()
    assert picture is not None
    assert picture[0, 0, 0] == 2
    assert (feed.state, feed.message) == ("running", "")
    stats = feed.stats()
    assert (stats.captured, stats.tracked, stats.dropped, len(stats.track_ms)) == (3, 3, 0, 3)
    assert feed.info is source.info


def test_live_pictures_are_dropped_while_the_tracker_is_busy_results_are_not(make_feed: MakeFeed) -> None:
    source, tracker = FakeSource(), FakeTracker()
    feed = make_feed(source, tracker=tracker)
    tracker.hold.clear()
    source.push(10)
    eventually(lambda: feed.stats().captured == 10)
    tracker.hold.set()
    eventually(lambda: feed.stats().tracked + feed.stats().dropped == 10)
    source.push()
    eventually(lambda: feed.stats().tracked + feed.stats().dropped == 11)
    updates = feed.take(0.0)
    indices = [update.hands.frame_index for update in updates]
    assert indices[-1] == 10
    assert indices == sorted(set(indices))
    assert len(indices) == feed.stats().tracked < 11
    assert feed.take(0.0) == []


@pytest.mark.parametrize("kind", ["video", "stills"])
def test_of_a_file_every_picture_is_tracked(make_feed: MakeFeed, kind: Literal["video", "stills"]) -> None:
    feed = make_feed(FakeSource(kind, 50))
    updates = take(feed, 50)
    assert [update.hands.frame_index for update in updates] == list(range(50))
    assert updates[0].hands.time_s == 0.0
    assert feed.stats().dropped == 0
    assert feed.stats().track_ms == ()
    eventually(lambda: feed.state == "ended")
    assert (feed.message, feed.take(0.0)) == ("", [])


def test_the_last_picture_of_a_paced_file_is_tracked(make_feed: MakeFeed) -> None:
    feed = make_feed(FakeSource("live", 1))
    assert len(take(feed, 1)) == 1
    eventually(lambda: feed.state == "ended")


def test_a_named_source_that_is_missing_is_raised_once(make_feed: MakeFeed) -> None:
    feed = make_feed(SourceMissing("There is no camera 3."))
    eventually(lambda: feed.state == "ended")
    assert feed.message == "There is no camera 3."
    with pytest.raises(SourceMissing, match="There is no camera 3"):
        feed.take(0.0)
    assert feed.take(0.0) == []


def test_without_a_camera_the_feed_waits_for_one(make_feed: MakeFeed) -> None:
    gone = SourceMissing("There is no camera.")
    source = FakeSource()
    feed = make_feed(gone, gone, gone, source, optional=True)
    eventually(lambda: feed.state == "no_source")
    assert feed.message == NO_CAMERA
    assert "--source demo" in feed.message
    source.push()
    assert len(take(feed, 1)) == 1
    assert (feed.state, feed.message) == ("running", "")


def test_an_optional_camera_that_is_busy_is_told_and_tried_again(make_feed: MakeFeed) -> None:
    source = FakeSource()
    busy = SourceUnreadable("Camera 0 is there but does not open.")
    feed = make_feed(busy, source, optional=True, settings=LiveSettings(look_s=0.3))
    eventually(lambda: feed.state == "no_source")
    assert feed.message.startswith("Camera 0 is there but does not open. Until then play with mouse and keys")
    source.push()
    assert len(take(feed, 1)) == 1


def test_a_live_source_that_breaks_is_told_and_opened_again(make_feed: MakeFeed) -> None:
    first, second = FakeSource(), FakeSource()
    unplugged = SourceMissing("There is no camera 0.")
    feed = make_feed(first, unplugged, unplugged, second, settings=LiveSettings(retry_s=0.05, look_s=0.1))
    first.push()
    take(feed, 1)
    first.break_off(SourceUnreadable("The camera 0 gives no more pictures."))
    eventually(lambda: feed.state == "no_source")
    assert feed.message in ("The camera 0 gives no more pictures.", "There is no camera 0.")
    eventually(lambda: feed.message == "There is no camera 0.")
    second.push()
    take(feed, 1)
    assert (feed.state, feed.message) == ("running", "")
    assert first.closed


def test_a_file_that_breaks_is_raised(make_feed: MakeFeed) -> None:
    source = FakeSource("video")
    feed = make_feed(source)
    source.push()
    take(feed, 1)
    source.break_off(SourceUnreadable("2.jpg is cut off"))
    with pytest.raises(SourceUnreadable, match=r"2\.jpg is cut off"):
        take(feed, 1)
    assert feed.state == "ended"


def test_a_reader_that_dies_is_raised_with_its_cause(make_feed: MakeFeed) -> None:
    source = FakeSource()
    feed = make_feed(source)
    source.break_off(ZeroDivisionError("in the reader"))
    with pytest.raises(WorkerDied, match="ZeroDivisionError: in the reader") as caught:
        take(feed, 1)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert feed.take(0.0) == []
    eventually(lambda: source.closed)


def test_a_tracker_that_dies_is_raised_and_ends_the_reader(make_feed: MakeFeed) -> None:
    source, tracker = FakeSource(), FakeTracker()
    tracker.error = ValueError("in the tracker")
    feed = make_feed(source, tracker=tracker)
    source.push()
    with pytest.raises(WorkerDied, match="ValueError: in the tracker"):
        take(feed, 1)
    eventually(lambda: source.closed and tracker.closed)


def test_missing_models_are_raised_even_without_a_camera(make_feed: MakeFeed) -> None:
    def warm_up() -> None:
        raise ModelMissing("The models are not here.")

    feed = make_feed(SourceMissing("There is no camera."), optional=True, warm_up=warm_up)
    with pytest.raises(ModelMissing, match="The models are not here"):
        take(feed, 1)


def test_models_load_while_the_source_opens() -> None:
    warm = threading.Event()

    def open_source() -> FrameSource:
        assert warm.wait(LONG_S)
        return FakeSource("video", 1)

    feed = LiveFeed(open_source, FakeTracker, warm_up=warm.set)
    feed.start()
    take(feed, 1)
    feed.close()


def test_the_tracker_is_made_anew_only_for_another_kind_of_source() -> None:
    sources = [FakeSource("live"), FakeSource("live"), FakeSource("video", 1)]
    queue, made = list(sources), []

    def make_tracker(info: SourceInfo) -> FakeTracker:
        made.append(FakeTracker(info))
        return made[-1]

    feed = LiveFeed(lambda: queue.pop(0), make_tracker, settings=FAST)
    feed.start()
    for source in sources[:2]:
        source.push()
        take(feed, 1)
        source.break_off(SourceUnreadable("gone"))
    take(feed, 1)
    feed.close()
    assert [tracker.info.kind for tracker in made if tracker.info] == ["live", "video"]
    assert [tracker.closed for tracker in made] == [1, 1]


def test_wishes_reach_the_source_also_those_made_before_it_opened(make_feed: MakeFeed) -> None:
    first, second = (Wish(0.1, 0.2),), (Wish(0.3, 0.4),)
    source = FakeSource()
    feed = make_feed(SourceMissing("no camera"), source, optional=True)
    feed.steer(first)
    source.push()
    take(feed, 1)
    feed.steer(second)
    assert source.wishes[-2:] == [first, second]


def test_silence_of_a_live_source_is_told(make_feed: MakeFeed) -> None:
    source = FakeSource()
    feed = make_feed(source, settings=LiveSettings(stall_s=0.05))
    source.push()
    take(feed, 1)
    eventually(lambda: feed.state == "no_source")
    assert "No picture from fake for" in feed.message

    def well_again() -> bool:
        source.push()
        return feed.state == "running" and feed.message == ""

    eventually(well_again)


def test_a_read_that_never_returns_is_left_behind(make_feed: MakeFeed) -> None:
    stuck, fresh = FakeSource(deaf=True), FakeSource()
    feed = make_feed(stuck, fresh, settings=LiveSettings(stall_s=0.1, abandon_s=0.2))
    feed.steer((Wish(0.5, 0.5),))
    stuck.push()
    take(feed, 1)
    fresh.push()
    (update,) = take(feed, 1)
    assert update.hands.frame_index == 0
    assert feed.stats().captured == 2
    assert fresh.wishes
    stuck.unblock()
    eventually(lambda: stuck.closed >= 2)


def test_a_busy_tracker_is_told(make_feed: MakeFeed) -> None:
    source, tracker = FakeSource(), FakeTracker()
    feed = make_feed(source, tracker=tracker, settings=LiveSettings(stall_s=0.05))
    source.push()
    take(feed, 1)
    tracker.hold.clear()
    source.push()

    def told() -> bool:
        source.push()
        return feed.state == "running" and "This computer is busy" in feed.message

    eventually(told)
    tracker.hold.set()


def test_a_slow_start_is_told() -> None:
    opening = threading.Event()
    source = FakeSource("video", 1)

    def open_slowly() -> FrameSource:
        opening.wait(LONG_S)
        return source

    feed = LiveFeed(open_slowly, FakeTracker, settings=FAST)
    feed.start()
    assert (feed.state, feed.message) == ("starting", "")
    eventually(lambda: "Still opening" in feed.message)
    opening.set()
    take(feed, 1)
    feed.close()


def test_settings_are_checked() -> None:
    with pytest.raises(ValueError, match=r"LiveSettings\.stall_s: got 0, wanted a number above 0"):
        LiveSettings(stall_s=0)
