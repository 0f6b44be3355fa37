"""Files that change under a running game: every way an editor saves, and nothing told that is not so."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handplay.engine.errors import HandplayError
from handplay.engine.live.file_watch import FileChanges, FileNews, FileWatch, WatchSettings


def load_from(*paths: Path) -> Callable[[], str]:
    """What the files hold; a file that is absent or does not end in a point is an error."""

    def load() -> str:
        texts = []
        for path in paths:
            try:
                text = path.read_text(encoding="utf-8")
            except OSError as error:
                raise HandplayError(f"{path.name} cannot be read") from error
            if not text.endswith("."):
                raise HandplayError(f"{path.name} is half a file")
            texts.append(text)
        return " ".join(texts)

    return load


def news_of(changes: FileChanges[str], looks: int = 3) -> list[FileNews[str]]:
    return [news for news, _ in (changes.look() for _ in range(looks)) if news is not None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.json"
    path.write_text("one.", encoding="utf-8")
    return path


def test_nothing_happens_while_nothing_changes(path: Path) -> None:
    changes = FileChanges([path], load_from(path))
    assert news_of(changes, 5) == []


def rewrite(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def rename_over(path: Path, text: str) -> None:
    other = path.with_suffix(".new")
    rewrite(other, text)
    os.replace(other, path)


def take_away_first(path: Path, text: str) -> None:
    path.unlink()
    rewrite(path, text)


@pytest.mark.parametrize("save", [rewrite, rename_over, take_away_first])
def test_every_way_of_saving_is_seen_once(path: Path, save: Callable[[Path, str], None]) -> None:
    changes = FileChanges([path], load_from(path))
    save(path, "two, and longer.")
    assert news_of(changes) == [FileNews("two, and longer.")]


def test_a_half_saved_file_is_given_time(path: Path) -> None:
    settings = WatchSettings()
    changes = FileChanges([path], load_from(path), settings)
    for part in ("", "tw", "two"):
        rewrite(path, part)
        assert changes.look() == (None, settings.again_s)
    rewrite(path, "two.")
    assert changes.look() == (FileNews("two."), settings.every_s)


def test_a_file_that_is_away_for_a_moment_is_not_gone(path: Path) -> None:
    changes = FileChanges([path], load_from(path))
    path.unlink()
    assert changes.look()[0] is None
    rewrite(path, "back.")
    assert news_of(changes) == [FileNews("back.")]


def test_a_bad_file_is_told_once_and_a_good_one_again(path: Path) -> None:
    changes = FileChanges([path], load_from(path))
    rewrite(path, "bad")
    (bad,) = news_of(changes, 5)
    assert bad.value is None
    assert "half a file" in str(bad.error)
    rewrite(path, "good again.")
    assert news_of(changes, 5) == [FileNews("good again.")]


def test_a_deleted_file_is_told_once_and_may_come_back(path: Path) -> None:
    changes = FileChanges([path], load_from(path))
    path.unlink()
    assert news_of(changes, 5) == [FileNews(gone=(path,))]
    rewrite(path, "there again.")
    assert news_of(changes, 5) == [FileNews("there again.")]


def test_a_file_that_was_never_there_may_come(path: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.json"
    changes = FileChanges([path, later], load_from(path))
    assert news_of(changes) == []
    rewrite(later, "x.")
    assert news_of(changes) == [FileNews("one.")]


def until(condition: Callable[[], object], within_s: float = 10.0) -> object:
    end_s = time.monotonic() + within_s
    while time.monotonic() < end_s:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("it never came")


def test_the_thread_tells_and_ends(path: Path) -> None:
    watch = FileWatch([path], load_from(path), WatchSettings(every_s=0.01, again_s=0.01))
    watch.start()
    assert watch.take() is None
    rename_over(path, "two.")
    assert until(watch.take) == FileNews("two.")
    watch.close()
    assert not watch._thread.is_alive()
    assert watch.take() is None


def test_a_fault_is_told_and_the_watch_goes_on(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> str:
        if path.read_text(encoding="utf-8") == "good.":
            return "good."
        raise ZeroDivisionError("of a sort")

    watch = FileWatch([path], broken, WatchSettings(every_s=0.01, again_s=0.01))
    watch.start()
    rewrite(path, "something else.")
    news = until(watch.take)
    assert isinstance(news, FileNews)
    assert str(news.error) == "this is a fault in handplay: ZeroDivisionError: of a sort"
    assert isinstance(news.error.__cause__ if news.error else None, ZeroDivisionError)
    assert "cannot be taken" in caplog.text
    rewrite(path, "good.")
    assert until(watch.take) == FileNews("good.")
    watch.close()


def test_closing_a_watch_that_was_never_started(path: Path) -> None:
    FileWatch([path], load_from(path)).close()


@pytest.mark.parametrize("field", ["every_s", "again_s"])
def test_settings_are_checked(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        WatchSettings(**{field: 0.0})
