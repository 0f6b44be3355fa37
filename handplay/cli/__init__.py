"""The command line: one small module a command. The only place that prints.

`main` runs it and turns every end into an exit code and at most two plain lines: 0 fine, 1 a failure, 2 wrong usage,
130 stopped by Ctrl-C. `app` puts the commands together, `options` holds the options they share.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

DEBUG = "--debug"
INTERRUPTED = 130
"""128 + SIGINT, as a shell has it."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the `handplay` command and ends the process.

    Args:
        arguments: without the program's name; those of the process if None.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Accepted at any place of the line, because it is added to a line that has just failed.
    debug = DEBUG in given
    given = [argument for argument in given if argument != DEBUG]
    try:
        code = _run(given)
    except KeyboardInterrupt:
        if debug:
            raise
        code = INTERRUPTED
    except Exception as error:
        if debug:
            raise
        code = _tell(error)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    """Runs a command; returns its exit code."""
    _die_like_an_interrupt()
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # its greeting would go to stdout
    from handplay.cli.app import command
    from handplay.cli.usage import USAGE_ERRORS, show

    try:
        code = command().main(args=arguments, prog_name="handplay", standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except USAGE_ERRORS as error:
        return show(error, arguments)
    return code if isinstance(code, int) else 0


def _tell(error: Exception) -> int:
    """Says in one or two lines what went wrong; returns the exit code."""
    from handplay.engine.errors import HandplayError

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, BrokenPipeError):  # the reader has seen enough: nothing to tell, nobody to tell it to
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the last flush would fail as well
            return 1
        cause = cause.__cause__
    if isinstance(error, HandplayError):
        print(f"handplay: {error}", file=sys.stderr)
    else:
        what = " ".join(str(error).split()) or "no message"
        print(f"handplay: unexpected {type(error).__name__}: {what}", file=sys.stderr)
        print("This is a fault in handplay. Add --debug to see where it happened.", file=sys.stderr)
    return 1


def _die_like_an_interrupt() -> None:
    """A polite kill cleans up as Ctrl-C does, instead of leaving half-written files beside their places."""
    import signal
    import threading

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
