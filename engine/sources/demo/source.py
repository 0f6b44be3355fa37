"""The demo hand as a camera: `DemoSource`."""

from __future__ import annotations

import difflib
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from handplay.engine.errors import SourceMissing
from handplay.engine.hands import Handedness
from handplay.engine.sources.base import Frame, SourceInfo, Wish
from handplay.engine.sources.demo.gestures import GESTURES
from handplay.engine.sources.demo.idle import IDLE
from handplay.engine.sources.demo.optics import HandView
from handplay.engine.sources.demo.options import DemoSettings, read_options
from handplay.engine.sources.demo.poses import POSES
from handplay.engine.sources.demo.scene import Renderer
from handplay.engine.sources.demo.script import Keyframe, Moment, Script, Track, living
from handplay.engine.sources.demo.steering import Follower
from handplay.engine.sources.demo.tours import TOURS, held_pose
from handplay.engine.sources.demo.trials import TRIALS
from handplay.engine.sources.demo.truth import HandTruth, mirrored_truth
from handplay.engine.sources.demo.wander import WANDER
from handplay.engine.sources.demo.writing import WRITING

SCRIPTS: dict[str, Script] = {script.name: script for script in (*TOURS, *TRIALS, *WRITING, *GESTURES, *IDLE, *WANDER)}
"""Script name to its script."""

POSE = "pose="
"""Before the name of a pose, in place of a script's name."""

_POSE_MOVE_S = 0.22


class DemoSource:
    """A camera that sees the demo hand. Also a `Steerable`.

    The frames of one name, size, rate and seed are the same bit for bit, whatever the pacing, until a game steers.
    """

    def __init__(
        self,
        name: str = "demo",
        *,
        width: int = 640,
        height: int = 480,
        fps: float = 30.0,
        seed: int = 0,
        realtime: bool = True,
        skin: int | None = None,
        background: str | None = None,
        noise: float = 1.0,
        exposure_s: float | None = None,
        mirrored: bool = False,
        frames: int | None = None,
        script: Script | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """
        Args:
            name: a script's name, with or without `demo:` before and `?size=1280x720&fps=60&seed=3&skin=2` behind.
            width, height, fps, seed, skin, background, noise, exposure_s, mirrored, frames: see `DemoSettings`.
            realtime: True paces the frames like a camera, and drops those that nobody waited for; False gives every
                frame at once.
            script: a script of your own in place of a named one.
            clock, sleep: for tests.

        Raises:
            SourceMissing: no script of this name, or an option that does not exist or does not fit.
        """
        plain, _, options = name.partition("?")
        plain = plain[5:] if plain.startswith("demo:") else plain
        plain = plain or "demo"
        settings: dict[str, Any] = {
            "width": width,
            "height": height,
            "fps": fps,
            "seed": seed,
            "skin": skin,
            "background": background,
            "noise": noise,
            "exposure_s": exposure_s,
            "mirrored": mirrored,
            "frames": frames,
        }
        try:
            settings.update(read_options(options))
            self._settings = DemoSettings(**settings)
        except ValueError as error:
            raise SourceMissing(f"The demo {name!r} has an option that does not fit: {error}") from error
        self._script = script if script is not None else find_script(plain)
        self._clock, self._sleep = clock, sleep
        self._realtime = realtime
        s = self._settings
        label = self._script.name
        self._info = SourceInfo(
            name="demo" if label == "demo" else f"demo:{label}",
            kind="live" if realtime else "video",
            width=s.width,
            height=s.height,
            fps=s.fps,
            frame_count=s.frames,
            mirrored=s.mirrored,
        )
        self._renderer = Renderer(
            (s.width, s.height), s.background or self._script.background, seed=s.seed, noise=s.noise
        )
        self._next = 0
        self._start_s: float | None = None
        self._closed = threading.Event()
        self._truth: tuple[HandTruth, ...] = ()
        self._lock = threading.Lock()
        self._wishes: tuple[Wish, ...] | None = None
        self._hands: dict[Handedness, _Steered] = {}

    @property
    def info(self) -> SourceInfo:
        """What is known of this source."""
        return self._info

    @property
    def script(self) -> Script:
        """The script that is played."""
        return self._script

    def truth(self) -> tuple[HandTruth, ...]:
        """What is really in the frame that `read` gave last, one entry a hand of the script, seen or not."""
        return self._truth

    def steer(self, wishes: tuple[Wish, ...]) -> None:
        """Takes the newest wishes; the hands get there as a person would. Any thread, never blocks.

        Scripts that are not steerable take no notice.
        """
        if self._script.steerable:
            with self._lock:
                self._wishes = wishes

    def read(self) -> Frame | None:
        """The next picture; None at the end or once closed."""
        s = self._settings
        if self._closed.is_set() or (s.frames is not None and self._next >= s.frames):
            return None
        if self._realtime:
            now_s = self._clock()
            if self._start_s is None:
                self._start_s = now_s
            # A camera does not wait: frames whose time has passed are gone.
            self._next = max(self._next, int((now_s - self._start_s) * s.fps + 1e-6))
            if s.frames is not None and self._next >= s.frames:
                return None
        index = self._next
        self._next = index + 1
        script_s = index / s.fps
        image, truth = self._renderer.frame(self.views(script_s), index)
        if s.mirrored:
            image = np.ascontiguousarray(image[:, ::-1])
            truth = tuple(mirrored_truth(hand, s.width) for hand in truth)
        time_s = script_s
        if self._realtime and self._start_s is not None:
            due_s = self._start_s + script_s
            while (wait_s := due_s - self._clock()) > 0 and not self._closed.is_set():
                self._sleep(min(wait_s, 0.25))
            if self._closed.is_set():
                return None
            time_s = self._clock()
        self._truth = truth
        return Frame(index, time_s, image)

    def close(self) -> None:
        """Ends the source; a `read` under way returns within a quarter of a second."""
        self._closed.set()

    def views(self, script_s: float) -> tuple[HandView, ...]:
        """The hands at this moment of the script (they must be asked for in order once a game steers)."""
        with self._lock:
            wishes, self._wishes = self._wishes, None
        if wishes is not None:
            self._take(wishes, script_s)
        s = self._settings
        half = s.open_s / 2
        result = []
        for track in self._script.tracks:
            before = self._moment(track, script_s - half)
            now = self._moment(track, script_s)
            after = self._moment(track, script_s + half)
            skin = track.skin if s.skin is None else s.skin
            view = now.view(track.handedness, (s.width, s.height), skin, track.sleeve)
            move = ((after.x - before.x) * s.width, (after.y - before.y) * s.height)
            jump = abs(move[0]) > s.width * 0.5 or abs(move[1]) > s.height * 0.5  # the script began again
            result.append(replace(view, move_px=(0.0, 0.0) if jump else move))
        return tuple(result)

    def _moment(self, track: Track, time_s: float) -> Moment:
        round_s = time_s % self._script.duration_s
        moment = track.at(round_s)
        steered = self._hands.get(track.handedness)
        if steered is not None:
            moment = steered.moment(time_s, moment, self._settings.width / self._settings.height)
        return living(moment, time_s, self._settings.seed + (0 if track.handedness == "Right" else 97), track.life)

    def _take(self, wishes: tuple[Wish, ...], script_s: float) -> None:
        for wish in wishes:
            track = next((t for t in self._script.tracks if t.handedness == wish.handedness), None)
            if track is None or (wish.pose != "away" and wish.pose not in POSES):
                continue
            if wish.handedness not in self._hands:
                here = track.at(script_s % self._script.duration_s)
                self._hands[wish.handedness] = _Steered(wish.handedness, here)
            self._hands[wish.handedness].follower.wish(wish, script_s)


class _Steered:
    """A hand that a game has taken over: its follower, and the change from pose to pose."""

    def __init__(self, handedness: Handedness, here: Moment) -> None:
        self.follower = Follower(handedness, here.x, here.y, here.pose)
        self._palm = here.palm
        self._pose, self._old, self._changed_s = here.pose, here.pose, -1e9
        self._last_s = -1e9

    def moment(self, time_s: float, scripted: Moment, aspect: float) -> Moment:
        self._last_s = max(self._last_s, time_s)
        x, y, pose = self.follower.at(time_s, aspect)
        if pose != self._pose:
            self._old, self._pose, self._changed_s = self._pose, pose, time_s
        keys = (Keyframe(0.0, self._old, x, y, self._palm), Keyframe(_POSE_MOVE_S, self._pose, x, y, self._palm))
        return Track(keys).at(min(_POSE_MOVE_S, max(0.0, time_s - self._changed_s)))


def find_script(name: str) -> Script:
    """The script of this name; `pose=NAME` holds up that pose.

    Raises:
        SourceMissing: there is none; the message names the legal ones.
    """
    if name in SCRIPTS:
        return SCRIPTS[name]
    if name.startswith(POSE):
        try:
            return held_pose(name.removeprefix(POSE))
        except ValueError as error:
            raise SourceMissing(f"There is no demo called {name!r}: {error}") from error
    guess = difflib.get_close_matches(name, SCRIPTS, 1)
    hint = f" Did you mean 'demo:{guess[0]}'?" if guess else ""
    raise SourceMissing(f"There is no demo called {name!r}; there are {', '.join(SCRIPTS)}.{hint}")
