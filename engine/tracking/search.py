"""Where to run the palm detector next: the whole picture, or a tile of it, within a budget of runs.

MediaPipe squeezes the whole picture into 192 pixels, in every frame. Here the same number of looks, or a tenth of it,
goes to the places that most deserve one: where something moved, where a hand was lost, where nobody has looked for
longest. Tiles at several sizes make far hands large enough for the detector.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from handplay.engine.coordinates import Roi
from handplay.engine.sources.base import Image
from handplay.engine.tracking.crop import letterbox
from handplay.engine.tracking.interest import InterestMap
from handplay.engine.tracking.settings import SearchSettings


@dataclass(slots=True)
class Place:
    """A region that the detector can look at.

    Attributes:
        region: the square.
        worth: weight among the others; the whole picture finds near hands, the ones that matter most.
        looked_s: when it was last looked at, None for never.
    """

    region: Roi
    worth: float
    looked_s: float | None = None


class SearchPlan:
    """Chooses regions and keeps to the budget. All state of the search lives here."""

    def __init__(self, settings: SearchSettings) -> None:
        self._settings = settings
        self._interest = InterestMap(settings.change)
        self.reset()

    def reset(self) -> None:
        """Starts anew, as for another clip."""
        self._size = (0, 0)
        self._places: list[Place] = []
        self._credit = 1.0
        self._frames = 0
        self._burst = 0
        self._hurry_until_s: float | None = None
        self._interest.reset()

    def choose(
        self, image_size: tuple[int, int], time_s: float, *, tracked: int, lost: bool, awaited: bool = False
    ) -> list[Roi]:
        """The regions to look at in this frame, best first.

        Args:
            image_size: (width, height), pixels.
            tracked: hands that are being followed.
            lost: a hand was lost in this very frame.
            awaited: a hand that was lost may come back: the whole picture is looked at more often, out of budget.
        """
        if image_size != self._size:
            self._size, self._places = image_size, places(*image_size, self._settings)
        whole = self._places[0]
        if tracked and awaited:
            if whole.looked_s is not None and time_s - whole.looked_s < self._settings.await_every_s:
                return []
            whole.looked_s = time_s
            return [whole.region]
        runs = self._budget(time_s, tracked=tracked, lost=lost)
        chosen: list[Roi] = []
        if runs > 1 and not tracked:
            # Near hands are the ones that matter most: while nobody is there, the whole picture comes first.
            whole.looked_s = time_s
            chosen.append(whole.region)
        for _ in range(runs - len(chosen)):
            place = max(self._places, key=lambda place: self._urgency(place, time_s))
            place.looked_s = time_s
            chosen.append(place.region)
        return chosen

    def watch(self, image: Image, time_s: float, known: list[Roi]) -> None:
        """Lets the interest map see the picture: every frame while searching, now and then while following.

        Args:
            known: squares of the hands that are followed.
        """
        self._frames += 1
        if known and self._frames % self._settings.watch_every:
            return
        before = self._interest.moved_s
        moved = self._interest.look(image, time_s, known)
        if moved and known and before is not None and time_s - before > self._settings.alert_s:
            self._burst = self._settings.enter_runs

    def spend(self, runs: int, *, tracked: int) -> None:
        """Accounts for the detector runs of a frame, those for lost hands included: hurry is paid back later."""
        self._credit = max(-self._settings.most_debt, self._credit - runs) if tracked else 1.0

    def heat(self, region: Roi) -> float:
        """How lately something moved in a region, 0..1."""
        return self._interest.heat(region, *self._size)

    def _budget(self, time_s: float, *, tracked: int, lost: bool) -> int:
        """Detector runs that this frame may have."""
        s = self._settings
        if tracked:
            self._credit = min(1.0, self._credit + 1.0 / s.frames_per_run)
            hurry = lost or self._burst > 0
            if self._credit >= 1.0 - 1e-9 or (hurry and self._credit > -s.most_debt):
                self._burst = max(0, self._burst - 1)
                return 1
            return 0
        if lost or self._hurry_until_s is None:  # a hand was here, or nobody has looked yet
            self._hurry_until_s = time_s + s.alert_s
        moved = self._interest.moved_s
        if moved is None or time_s <= max(self._hurry_until_s, moved + s.moving_s):
            return s.alert_runs
        newest = max((p.looked_s for p in self._places if p.looked_s is not None), default=-math.inf)
        calm_s = time_s - moved
        every_s = s.alert_every_s if calm_s <= s.alert_s else s.idle_every_s if calm_s <= s.calm_s else s.calm_every_s
        return s.idle_runs if time_s - newest >= every_s else 0

    def _urgency(self, place: Place, time_s: float) -> float:
        if place.looked_s is None:
            return 1e6 * place.worth
        waited = time_s - place.looked_s
        return waited * place.worth * (1 + self._settings.heat_worth * self._interest.heat(place.region, *self._size))


def places(width: int, height: int, settings: SearchSettings) -> list[Place]:
    """The whole picture, and overlapping tiles at each scale that is smaller than it."""
    found = [Place(letterbox(width, height), settings.whole_worth)]
    for tile in settings.tiles_px:
        if tile >= 0.8 * max(width, height):
            continue
        side = min(float(tile), float(min(width, height)))
        columns, rows = _count(width, side, settings.overlap), _count(height, side, settings.overlap)
        for row in range(rows):
            for column in range(columns):
                cx = side / 2 + (width - side) * (column / (columns - 1) if columns > 1 else 0.5)
                cy = side / 2 + (height - side) * (row / (rows - 1) if rows > 1 else 0.5)
                found.append(Place(Roi(cx, cy, side, 0.0), 1.0))
    return found


def thorough_places(width: int, height: int, settings: SearchSettings) -> list[Roi]:
    """Where to look in a picture of its own: whole, whole and turned (for hands that hang), then the tiles."""
    whole = letterbox(width, height)
    turned = [replace(whole, angle_rad=math.radians(degrees)) for degrees in settings.turns_deg]
    return [whole, *turned, *(place.region for place in places(width, height, settings)[1:])]


def _count(length: float, side: float, overlap: float) -> int:
    """Tiles needed to cover a length with this share of overlap."""
    if length <= side:
        return 1
    return 1 + math.ceil((length - side) / (side * (1 - overlap)))
