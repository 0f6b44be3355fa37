"""Pictures that are kept and handed out again."""

from __future__ import annotations

import numpy as np
import pytest

from handplay.engine.bench.film import developed, shot
from handplay.engine.errors import SourceUnreadable
from handplay.engine.sources.base import Frame, Image, SourceInfo


def grey(level: int, width: int = 64, height: int = 48) -> Image:
    return np.full((height, width, 3), level, np.uint8)


class Pictures:
    """A source of these pictures."""

    def __init__(self, *pictures: Image) -> None:
        self.info = SourceInfo("pictures", "video", 64, 48, 30.0)
        self._left = list(pictures)

    def read(self) -> Frame | None:
        return Frame(0, 0.0, self._left.pop(0)) if self._left else None

    def close(self) -> None:
        pass


def test_a_film_runs_forward_and_backward() -> None:
    film = developed([grey(0), grey(100), grey(200)], (64, 48), name="x", count=7)
    levels = []
    times = []
    while (frame := film.read()) is not None:
        levels.append(int(frame.image.mean()))
        times.append(frame.time_s)
    assert levels == pytest.approx([0, 100, 200, 100, 0, 100, 200], abs=2)
    assert times == pytest.approx([i / 30 for i in range(7)])


def test_one_picture_is_a_film_too() -> None:
    film = developed([grey(50)], (64, 48), name="x", count=3)
    assert [film.read() is not None for _ in range(4)] == [True, True, True, False]


def test_another_shape_shows_the_middle() -> None:
    wide = np.zeros((90, 160, 3), np.uint8)
    wide[:, 40:120] = 200
    frame = developed([wide], (32, 32), name="x", count=1).read()
    assert frame is not None
    assert frame.image.shape == (32, 32, 3)
    assert frame.image[:, 6:-6].min() > 180


def test_pictures_of_another_size_are_left_out() -> None:
    kept = shot(Pictures(grey(1), grey(2, width=32), grey(3)), 5)
    assert [int(picture.mean()) for picture in kept] == [1, 3]


def test_a_source_without_pictures_is_told() -> None:
    with pytest.raises(SourceUnreadable, match="name another --source"):
        shot(Pictures(), 5)
