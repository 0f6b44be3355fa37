"""Files of the player's own that change while a scene runs: good ones are taken, bad ones told until they are good."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from handplay.engine.errors import HandplayError
    from handplay.engine.live.file_watch import FileNews
    from handplay.engine.stage.toast import Toasts

T = TypeVar("T")


class Watch(Protocol[T]):
    """Says what is new; `handplay.engine.live.file_watch.FileWatch` is the one."""

    def start(self) -> None: ...

    def take(self) -> FileNews[T] | None: ...

    def close(self) -> None: ...


class Reloading(Generic[T]):
    """Between a watch and what is played.

    Args:
        watch: of the files.
        apply: puts what they hold into force; gives the note that is shown.
        explain: the words for what is wrong with them.
        what: what they hold, in the plural, as in "Your gestures stay as they were".
    """

    def __init__(
        self, watch: Watch[T], apply: Callable[[T], str], explain: Callable[[HandplayError], str], *, what: str
    ) -> None:
        self._watch = watch
        self._apply = apply
        self._explain = explain
        self._what = what

    def start(self) -> None:
        """Begins to watch."""
        self._watch.start()

    def close(self) -> None:
        """Ends watching."""
        self._watch.close()

    def update(self, toasts: Toasts) -> None:
        """Takes what is new. Once a picture, between two steps."""
        news = self._watch.take()
        if news is None:
            return
        if news.value is not None:
            toasts.pin("")
            toasts.show(self._apply(news.value))
        elif news.error is not None:
            toasts.pin(f"Your {self._what} stay as they were. {self._explain(news.error)}")
        elif news.gone:
            names = ", ".join(path.name for path in news.gone)
            toasts.pin("")
            toasts.show(f"{names} is gone: your {self._what} stay as they were")
