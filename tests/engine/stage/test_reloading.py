"""What a player reads when files change under a running scene."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from handplay.engine.errors import HandplayError
from handplay.engine.live.file_watch import FileNews
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.reloading import Reloading
from handplay.engine.stage.theme import NIGHT
from handplay.engine.stage.toast import Toasts


class News:
    """A watch that tells what a test gives it."""

    def __init__(self, *news: FileNews[str]) -> None:
        self.news = list(news)
        self.state = "new"

    def start(self) -> None:
        self.state = "started"

    def take(self) -> FileNews[str] | None:
        return self.news.pop(0) if self.news else None

    def close(self) -> None:
        self.state = "closed"


def reloading(watch: News, applied: list[str]) -> Reloading[str]:
    def apply(value: str) -> str:
        applied.append(value)
        return f"took {value}"

    return Reloading(watch, apply, lambda error: f"{error}!", what="gestures")


def test_good_bad_good_and_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = News(
        FileNews("one"),
        FileNews(error=HandplayError("a.json, line 3: bad")),
        FileNews("two"),
        FileNews(gone=(Path("/x/a.json"),)),
    )
    applied: list[str] = []
    notes: list[str] = []
    monkeypatch.setattr(Toasts, "show", lambda _, text: notes.append(text))
    toasts, running = Toasts(), reloading(watch, applied)
    seen = []
    for _ in range(5):
        running.update(toasts)
        seen.append((list(applied), toasts.pinned))
    bad = "Your gestures stay as they were. a.json, line 3: bad!"
    assert seen == [(["one"], ""), (["one"], bad), (["one", "two"], ""), (["one", "two"], ""), (["one", "two"], "")]
    assert notes == ["took one", "took two", "a.json is gone: your gestures stay as they were"]


def test_start_and_close_reach_the_watch() -> None:
    watch = News()
    running = reloading(watch, [])
    running.start()
    assert watch.state == "started"
    running.close()
    assert watch.state == "closed"


LONG = "Your gestures stay as they were. " + 'my_gestures.json, line 7: got "extendet", legal are extended, half. ' * 3


@pytest.mark.parametrize("size", [(1280, 720), (640, 400), (960, 720)], ids=str)
def test_a_pinned_note_fades_in_fits_and_makes_room(new_canvas: Callable[..., Canvas], size: tuple[int, int]) -> None:
    canvas = new_canvas(*size)

    def picture() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        canvas.fill(NIGHT.background)
        toasts.draw(canvas)
        return pygame.surfarray.array3d(canvas.surface)

    toasts = Toasts()
    empty = picture()
    toasts.pin(LONG)
    assert (picture() == empty).all()  # nothing pops in
    for _ in range(60):
        toasts.update(1 / 60)
    shown = picture()
    changed = (shown != empty).any(axis=2)
    assert changed.any()
    assert not any(edge.any() for edge in (changed[0], changed[-1], changed[:, 0], changed[:, -1]))
    toasts.show("Sound off")
    for _ in range(60):
        toasts.update(1 / 60)
    assert (picture() != shown).any()
    for _ in range(600):
        toasts.update(1 / 60)
    assert (picture() == shown).all()
    toasts.pin("")
    for _ in range(60):
        toasts.update(1 / 60)
    assert (picture() == empty).all()
