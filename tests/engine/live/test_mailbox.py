from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from handplay.engine.live.mailbox import Mailbox, MailboxClosed

LONG_S = 20.0
"""Nobody waits this long unless something is broken."""


def in_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    got: list[object] = []

    def run() -> None:
        try:
            got.append(work())
        except Exception as error:
            got.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, got


def test_the_newest_wins_and_the_rest_is_counted() -> None:
    box: Mailbox[int] = Mailbox()
    for item in (1, 2, 3):
        assert box.put(item)
    assert box.dropped == 2
    assert box.take(0) == 3
    assert box.take(0) is None
    assert box.dropped == 2


def test_an_item_that_is_false_is_an_item() -> None:
    box: Mailbox[float] = Mailbox()
    box.put(0.0)
    assert box.take(0) == 0.0
    box.put(0.0)
    box.put(0.0)
    assert box.dropped == 1


def test_take_waits_for_an_item() -> None:
    box: Mailbox[str] = Mailbox()
    thread, got = in_thread(lambda: box.take(LONG_S))
    box.put("here")
    thread.join(LONG_S)
    assert got == ["here"]


def test_put_wait_loses_nothing() -> None:
    box: Mailbox[int] = Mailbox()

    def produce() -> None:
        for item in range(200):
            assert box.put_wait(item, LONG_S)
        box.finish()

    thread, _ = in_thread(produce)
    assert [box.take(LONG_S) for _ in range(200)] == list(range(200))
    with pytest.raises(MailboxClosed):
        box.take(LONG_S)
    thread.join(LONG_S)
    assert box.dropped == 0


def test_put_wait_gives_up_in_time() -> None:
    box: Mailbox[int] = Mailbox()
    assert box.put_wait(1, 0)
    assert not box.put_wait(2, 0.01)
    assert box.take(0) == 1


def test_an_error_of_the_producer_is_raised_by_the_next_take_once() -> None:
    box: Mailbox[int] = Mailbox()
    box.put(1)
    box.fail(RuntimeError("the reader died"))
    with pytest.raises(RuntimeError, match="the reader died"):
        box.take(0)
    with pytest.raises(MailboxClosed):
        box.take(0)
    assert not box.put(2)


def test_finish_leaves_the_last_item() -> None:
    box: Mailbox[int] = Mailbox()
    box.put(7)
    box.finish()
    assert box.take(0) == 7
    with pytest.raises(MailboxClosed):
        box.take(0)


@pytest.mark.parametrize("end", ["close", "finish", "fail"])
def test_the_end_wakes_who_takes(end: str) -> None:
    box: Mailbox[int] = Mailbox()
    thread, got = in_thread(lambda: box.take(LONG_S))
    if end == "close":
        box.close()
    elif end == "finish":
        box.finish()
    else:
        box.fail(RuntimeError("no"))
    thread.join(LONG_S)
    assert not thread.is_alive()
    assert isinstance(got[0], RuntimeError if end == "fail" else MailboxClosed)


def test_close_wakes_who_puts_and_drops_what_is_there() -> None:
    box: Mailbox[int] = Mailbox()
    box.put(1)
    thread, got = in_thread(lambda: box.put_wait(2, LONG_S))
    box.close()
    thread.join(LONG_S)
    assert got == [False]
    assert box.closed
    with pytest.raises(MailboxClosed):
        box.take(0)
