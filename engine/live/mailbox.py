"""One slot between two threads: the newest item wins, and nobody waits for an old one.

A queue between a camera and a slower tracker falls behind without end; a slot is never more than one picture late.
"""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class MailboxClosed(Exception):
    """Nothing will come any more."""


class Mailbox(Generic[T]):
    """A slot for one item, from one thread to another. All methods are for any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._error: BaseException | None = None
        self._finished = False
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Items that were overwritten before anybody took them."""
        with self._changed:
            return self._dropped

    @property
    def closed(self) -> bool:
        with self._changed:
            return self._closed

    def put(self, item: T) -> bool:
        """Leaves an item, in place of one that is still there; never waits. False after `close` or `finish`."""
        with self._changed:
            if self._closed or self._finished:
                return False
            if self._item is not None:
                self._dropped += 1
            self._item = item
            self._changed.notify_all()
            return True

    def put_wait(self, item: T, timeout_s: float | None = None) -> bool:
        """Leaves an item as soon as the slot is empty, so that none is lost. False after the time or `close`."""
        with self._changed:
            free = self._changed.wait_for(lambda: self._item is None or self._ended, timeout_s)
            if not free or self._ended:
                return False
            self._item = item
            self._changed.notify_all()
            return True

    def take(self, timeout_s: float | None = None) -> T | None:
        """The item, as soon as there is one; None if none came in time.

        Raises:
            MailboxClosed: it was closed, or the producer has finished and its last item is taken.
            BaseException: what the producer gave to `fail`, once.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._error is not None or self._ended, timeout_s)
            if self._error is not None:
                error, self._error = self._error, None
                raise error
            if self._item is not None and not self._closed:
                item, self._item = self._item, None
                self._changed.notify_all()
                return item
            if self._ended:
                raise MailboxClosed
            return None

    def fail(self, error: BaseException) -> None:
        """The producer's last word: the next `take` raises it; an item that is still there is lost."""
        with self._changed:
            self._error, self._item, self._finished = error, None, True
            self._changed.notify_all()

    def finish(self) -> None:
        """The producer's last word: no more items; one that is still there can be taken."""
        with self._changed:
            self._finished = True
            self._changed.notify_all()

    def close(self) -> None:
        """Ends both sides: what is there is dropped, and who waits is woken."""
        with self._changed:
            self._closed, self._item = True, None
            self._changed.notify_all()

    @property
    def _ended(self) -> bool:
        return self._closed or self._finished
