"""Where a game's hands come from: a source and a tracker as the options and the player's choices say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handplay.cli.comfort import preferred_camera, tracker_settings
from handplay.engine.live.live_feed import LiveFeed
from handplay.engine.live.processors import network_threads

if TYPE_CHECKING:
    from handplay.cli.options import GameOptions
    from handplay.engine.live.feed import HandFeed
    from handplay.engine.preferences import Preferences
    from handplay.engine.sources.base import FrameSource, SourceInfo
    from handplay.engine.sources.spec import SourceSpec
    from handplay.engine.tracking.settings import Mode
    from handplay.engine.tracking.tracker import HandTracker, Networks


class GameFeed:
    """The hands of a game: from a recording, or from a source through the tracker.

    Without `--source` the feed takes whichever camera there is, now or later; a source that was named must be there.

    Args:
        options: of the command line; what they name goes before what the player has chosen.
        least_hands: how many the game cannot do without.
        demo: the script of the demo hand that the game steers: what `--source demo` means here.
        preferences: the player's choices so far.

    Attributes:
        feed: not yet started.
    """

    def __init__(self, options: GameOptions, *, least_hands: int, demo: str, preferences: Preferences) -> None:
        self._options = options
        self._demo = demo
        self._chosen = preferences
        self._least = least_hands
        self._networks: Networks | None = None
        self.feed = self._make()

    def adapt(self, chosen: Preferences) -> str:
        """Lets camera and tracker follow other choices while the game runs.

        Returns:
            A sentence for the player about what must wait, or empty.
        """
        before, self._chosen = self._chosen, chosen
        if not isinstance(self.feed, LiveFeed):
            return ""
        if (chosen.smoothing, self._hands(chosen)) != (before.smoothing, self._hands(before)):
            self.feed.retune()
        if chosen.hands != before.hands and self._options.hands:
            return f"This time it stays at --hands {self._options.hands}"
        if chosen.camera != before.camera:
            if self._options.source is not None:
                return f"This time it stays at --source {self._options.source}"
            self.feed.reopen(self._open_pictures)
        return ""

    def _make(self) -> HandFeed:
        spec = self._spec()
        if spec.is_recording:
            from handplay.engine.live.replay_feed import ReplayFeed

            return ReplayFeed(Path(spec.target).expanduser())
        return LiveFeed(self._open_pictures, self._tracker, optional=self._options.source is None, warm_up=self._load)

    def _hands(self, chosen: Preferences) -> int:
        return self._options.hands or max(self._least, chosen.hands)

    def _spec(self) -> SourceSpec:
        from handplay.engine.sources.spec import ANY_CAMERA, parse_spec

        spec = parse_spec(self._options.source or preferred_camera(self._chosen) or ANY_CAMERA)
        if spec.kind == "demo" and not spec.target:
            spec = parse_spec(f"demo:{self._demo}")
        return spec

    def _open_pictures(self) -> FrameSource:
        from handplay.engine.sources.spec import open_source

        options, spec = self._options, self._spec()
        return open_source(
            spec,
            realtime=options.realtime or spec.kind == "demo",  # a game plays the demo hand at its own pace
            mirrored=options.mirrored,
            width=options.width,
            height=options.height,
            seed=options.seed or 0,
        )

    def _tracker(self, info: SourceInfo) -> HandTracker:
        """A tracker for the pictures of a source; called in the tracking thread."""
        from handplay.engine.tracking.tracker import HandTracker

        hands = self._hands(self._chosen)
        mode: Mode = "still" if info.kind == "stills" else "video"
        return HandTracker(
            hands,
            mode=mode,
            smooth=mode == "video",
            mirrored=info.mirrored,
            settings=tracker_settings(self._chosen),
            networks=self._load(),
        )

    def _load(self) -> Networks:
        """The networks; loaded at the first call, in the tracking thread.

        Raises:
            ModelError: they are missing or not what they should be.
        """
        if self._networks is None:
            options = self._options
            threads = options.threads or network_threads()
            if options.model == "auto":
                from handplay.engine.tracking.model_choice import choose_networks

                self._networks, _ = choose_networks(
                    hands=self._hands(self._chosen), models_dir=options.models, threads=threads
                )
            else:
                from handplay.engine.tracking.tracker import load_networks

                self._networks = load_networks(options.model, models_dir=options.models, threads=threads)
        return self._networks
