"""What the stage offers to a scene: one object, given to its constructor."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.live.feed import FeedState
from handplay.engine.stage.theme import NIGHT, Theme

if TYPE_CHECKING:
    from handplay.engine.sources.base import Image
    from handplay.engine.stage.inset import Inset
    from handplay.engine.stage.sound import Sound
    from handplay.engine.stage.toast import Toasts
    from handplay.gestures.reading import HandReading


@dataclass(slots=True)
class StageSettings:
    """What the player has switched; a scene reads it when it draws.

    Attributes:
        mute: no sound.
        reduced_motion: no shake, no trails, no zooms.
        high_contrast: the high-contrast theme.
        show_inset: the small camera picture.
        show_debug: the F3 overlay.
    """

    mute: bool = False
    reduced_motion: bool = False
    high_contrast: bool = False
    show_inset: bool = True
    show_debug: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class HandsNow:
    """The newest hands, for drawing.

    Attributes:
        frame: the newest result of the tracker; None before the first.
        readings: what the recognizer made of its hands.
        since_s: simulation time at which it came.
    """

    frame: HandFrame | None = None
    readings: tuple[HandReading, ...] = ()
    since_s: float = 0.0

    def reading(self, hand: Hand) -> HandReading | None:
        """The reading of a hand of `frame`."""
        return next((reading for reading in self.readings if reading.hand_id == hand.hand_id), None)


@dataclass(slots=True)
class Stage:
    """The services of the stage.

    Attributes:
        theme: the colours.
        sound: plays sounds by name; silent without a device.
        inset: the small camera picture; a scene chooses its corner. The loop draws it over the scene.
        toasts: short notes that come and go. The loop draws them.
        settings: what the player has switched.
        seed: the run's seed.
        rng: chance that follows from the seed; the only one a scene may use.
        sim_time_s: seconds of simulation.
        hands: the newest hands, for drawing. What plays the game comes as events.
        picture: the newest tracked picture (uint8 (h, w, 3) BGR, not mirrored by us), or None. Not to be written to.
        feed_state: "starting", "running", "no_source", "ended" or "closed".
        feed_message: one sentence for the player about it, empty when all is well.
    """

    sound: Sound
    inset: Inset
    toasts: Toasts
    theme: Theme = NIGHT
    settings: StageSettings = field(default_factory=StageSettings)
    seed: int = 0
    rng: random.Random = field(default_factory=random.Random)
    sim_time_s: float = 0.0
    hands: HandsNow = field(default_factory=HandsNow)
    picture: Image | None = None
    feed_state: FeedState = "starting"
    feed_message: str = ""
