"""A scene of one's own with everything round it: source, tracker, gestures, window. One call."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handplay.engine.stage.app import run
from handplay.engine.stage.gesture_reload import reload_gestures, watch_gestures
from handplay.engine.stage.options import StageOptions

if TYPE_CHECKING:
    from handplay.engine.events import EventPump
    from handplay.engine.live.feed import HandFeed
    from handplay.engine.sources.base import FrameSource, SourceInfo
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage
    from handplay.engine.tracking.tracker import HandTracker
    from handplay.gestures.library import Library

GestureFiles = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


def run_scene(
    make_scene: Callable[[Stage], Scene],
    source: str | None = None,
    *,
    gestures: GestureFiles = (),
    hands: int = 2,
    mirrored: bool = False,
    options: StageOptions | None = None,
) -> dict[str, object]:
    """Runs a scene with a camera, the tracker and the gestures, until it is finished or the player quits.

        run_scene(MyScene)                                # the camera there is, now or later; keys and mouse until then
        run_scene(MyScene, "demo", gestures="mine.json")  # the demo hand, and gestures of one's own

    Gesture files are taken anew when they change.

    Args:
        make_scene: makes the scene from the stage's services; the class itself will do.
        source: as `--source` (`handplay.engine.sources.spec`): "0", "clip.mp4", "demo:two", "game.hands.jsonl"; what is
            named must be there.
        gestures: one file or several, on top of the built-in gestures and the user's library.
        hands: how many are looked for at most.
        mirrored: True if the source is a selfie view.
        options: the switches of the run: window, headless, duration, seed, files.

    Returns:
        The summary (see `StageOptions.summary_path`), the scene's own under "game".

    Raises:
        GestureFileError: a gesture file is wrong.
        HandplayError: the source is missing, there is no display, ...: one or two sentences for a person.
        ValueError: `hands` is not above zero.
    """
    from handplay.gestures.user_library import load_all

    if hands < 1:
        raise ValueError(f"run_scene: got hands={hands}, wanted at least 1")
    named = [gestures] if isinstance(gestures, (str, os.PathLike)) else gestures
    files = [Path(path).expanduser() for path in named]
    watch = watch_gestures(files, lambda: load_all(*files))
    library = load_all(*files)
    pumps: list[EventPump] = []

    def make_pump() -> EventPump:
        from handplay.engine.events import EventPump
        from handplay.gestures.recognizer import Recognizer

        pumps.append(EventPump(Recognizer(library)))
        return pumps[-1]

    def apply(new: Library) -> None:
        for pump in pumps:
            pump.recognizer.replace_library(new)

    options = options or StageOptions()
    feed = _feed(source, hands=hands, mirrored=mirrored, seed=options.seed or 0)
    return run(make_scene, feed, options, make_pump=make_pump, reloading=reload_gestures(watch, apply))


def _feed(source: str | None, *, hands: int, mirrored: bool, seed: int) -> HandFeed:
    """Where the hands come from, not yet started; a source that is not there is told once it is opened.

    Raises:
        SourceMissing: the text names no kind of source.
    """
    from handplay.engine.sources.spec import ANY_CAMERA, open_source, parse_spec

    spec = parse_spec(ANY_CAMERA if source is None else source)
    if spec.is_recording:
        from handplay.engine.live.replay_feed import ReplayFeed

        return ReplayFeed(Path(spec.target).expanduser())

    from handplay.engine.live.live_feed import LiveFeed

    def pictures() -> FrameSource:
        return open_source(spec, realtime=True, mirrored=mirrored, seed=seed)

    def tracker(info: SourceInfo) -> HandTracker:
        from handplay.engine.tracking.tracker import HandTracker

        still = info.kind == "stills"
        return HandTracker(hands, mode="still" if still else "video", smooth=not still, mirrored=info.mirrored)

    return LiveFeed(pictures, tracker, optional=source is None)
