"""Gestures as the rows of a user's file, and libraries made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from handplay.gestures.library import Library, builtin_file, check_bytes, merge


def library_of(*rows: dict[str, Any], builtin: bool = False) -> Library:
    """The library of a file `my.json` with these rows, behind the built-in gestures if `builtin`."""
    known = [builtin_file()] if builtin else []
    data = json.dumps({"version": 1, "gestures": rows}).encode()
    file, problems = check_bytes(data, "my.json", known=known)
    assert file is not None, [str(problem) for problem in problems]
    return merge([*known, file])


def pose(name: str, fingers: Mapping[str, object] | None = None, **more: object) -> dict[str, Any]:
    """The row of a pose."""
    return {"name": name, "fingers": dict(fingers or {}), **more}
