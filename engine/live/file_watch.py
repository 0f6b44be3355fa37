"""Files that are read anew when they change: looked at in a thread, so that a slow disk never holds up a picture.

An editor may rename a new file into place, take the old one away first, or cut the file and write it bit by bit. What
cannot be read is therefore tried once more, when the files have been still for a moment, before anybody is told.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from handplay.engine.errors import HandplayError
from handplay.engine.live.mailbox import Mailbox, MailboxClosed

_log = logging.getLogger(__name__)

T = TypeVar("T")
Stamp = tuple[int, int, int]
"""Time of the last change, size, inode."""


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How often and how patiently.

    Attributes:
        every_s: between two looks.
        again_s: between a look that found something wrong and the second one.
    """

    every_s: float = 0.5
    again_s: float = 0.25

    def __post_init__(self) -> None:
        for name in ("every_s", "again_s"):
            if not 0 < getattr(self, name) < float("inf"):
                raise ValueError(f"WatchSettings.{name}: got {getattr(self, name)}, wanted seconds above 0")


@dataclass(frozen=True, slots=True)
class FileNews(Generic[T]):
    """What became of the files.

    Attributes:
        value: what they hold now; None if something is wrong.
        error: what is wrong with them.
        gone: files that have been taken away.
    """

    value: T | None = None
    error: HandplayError | None = None
    gone: tuple[Path, ...] = ()


class FileChanges(Generic[T]):
    """Notices changes; without a thread and without a clock.

    Args:
        paths: the files; one that is not there yet may come.
        load: reads all of them.
        settings: how patient.
    """

    def __init__(self, paths: Iterable[Path], load: Callable[[], T], settings: WatchSettings | None = None) -> None:
        self._paths = tuple(paths)
        self._load = load
        self._settings = settings or WatchSettings()
        self._seen = self._stamps()
        self._there = {path for path, stamp in self._seen.items() if stamp is not None}
        self._doubted = False

    def look(self) -> tuple[FileNews[T] | None, float]:
        """Looks once.

        Returns:
            what is new, if anything is, and in how many seconds to look again.
        """
        stamps = self._stamps()
        if stamps == self._seen and not self._doubted:
            return None, self._settings.every_s
        if stamps != self._seen:
            self._doubted = False  # still being written: its time begins anew
        self._seen = stamps
        gone = tuple(path for path in self._paths if path in self._there and stamps[path] is None)
        error: HandplayError | None = None
        if not gone:
            try:
                value = self._load()
            except HandplayError as problem:
                error = problem
            except Exception as fault:
                # Whatever somebody's file has brought about here, the game that runs goes on.
                _log.exception("a file that changed cannot be taken")
                error = HandplayError(f"this is a fault in handplay: {type(fault).__name__}: {fault}")
                error.__cause__ = fault
            else:
                self._doubted = False
                self._there |= {path for path, stamp in stamps.items() if stamp is not None}
                return FileNews(value), self._settings.every_s
        if not self._doubted:
            self._doubted = True
            return None, self._settings.again_s
        self._doubted = False
        self._there -= set(gone)
        return FileNews(error=error, gone=gone), self._settings.every_s

    def _stamps(self) -> dict[Path, Stamp | None]:
        return {path: _stamp(path) for path in self._paths}


def _stamp(path: Path) -> Stamp | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return (0, -1, 0)  # there, and not to be looked at
    return found.st_mtime_ns, found.st_size, found.st_ino


class FileWatch(Generic[T]):
    """Looks at files in a thread of its own.

    Args:
        paths, load, settings: as for `FileChanges`; `load` runs in the thread.
    """

    def __init__(self, paths: Iterable[Path], load: Callable[[], T], settings: WatchSettings | None = None) -> None:
        self._changes = FileChanges(paths, load, settings)
        self._news: Mailbox[FileNews[T]] = Mailbox()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="file watch", daemon=True)

    def start(self) -> None:
        """Begins to look."""
        self._thread.start()

    def take(self) -> FileNews[T] | None:
        """What is new since the last call; the newest if there was more. Never waits."""
        with contextlib.suppress(MailboxClosed):
            return self._news.take(0.0)
        return None

    def close(self) -> None:
        """Ends the thread, with a deadline."""
        self._stop.set()
        self._news.close()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def _run(self) -> None:
        wait_s = 0.0
        try:
            while not self._stop.wait(wait_s):
                news, wait_s = self._changes.look()
                if news is not None:
                    self._news.put(news)
        except Exception as error:
            self._news.fail(error)
