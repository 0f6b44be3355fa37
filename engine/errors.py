"""Every error that handplay raises on purpose.

    HandplayError
    +-- SourceError            a camera, file, folder or network stream
    |   +-- SourceMissing      it is not there
    |   +-- SourceUnreadable   it is there and cannot be read, or stopped giving pictures
    +-- ModelError             a model file
    |   +-- ModelMissing       none of the places has it
    |   +-- ModelRefused       it is not the file it should be
    |   +-- DownloadFailed     the one download did not end well
    +-- RecordingError         a `*.hands.jsonl` file
    +-- OutputError            any other file that cannot be written
    +-- GestureFileError       a gesture JSON file
    +-- TableError             a landmark table (CSV)
    +-- StageError             window, sound or fonts
    +-- WorkerDied             a thread ended in an exception, which is the `__cause__`

A message says what, where, and what to do next, in one or two plain sentences: the command line prints
it as it is and exits with 1. Wrong arguments from code raise the ordinary `ValueError` or `TypeError`.
"""

from __future__ import annotations


class HandplayError(Exception):
    """Base of all errors that handplay raises on purpose."""


class SourceError(HandplayError):
    """A camera, file, folder or network stream."""


class SourceMissing(SourceError):
    """The source is not there: no such file, camera or address."""


class SourceUnreadable(SourceError):
    """The source is there and cannot be read, or stopped giving pictures."""


class ModelError(HandplayError):
    """A model file."""


class ModelMissing(ModelError):
    """None of the places that are looked at holds the models."""


class ModelRefused(ModelError):
    """A model file is not what it should be (hash or tensor shapes)."""


class DownloadFailed(ModelError):
    """The one-time download of the models did not end well; nothing was left half written."""


class RecordingError(HandplayError):
    """A `*.hands.jsonl` file that cannot be read or written."""


class OutputError(HandplayError):
    """A file that cannot be written: no such folder, no permission, full disk; what was there before is untouched."""


class GestureFileError(HandplayError):
    """A gesture JSON file with an error: file, line, path, value, legal values, guess."""


class TableError(HandplayError):
    """A landmark table (CSV) with an error: file, line, column, value, and what was wanted."""


class StageError(HandplayError):
    """Window, sound device or fonts."""


class WorkerDied(HandplayError):
    """A thread ended in an exception; that exception is the `__cause__`."""
