"""How network addresses are told to people."""

from __future__ import annotations

import urllib.parse

CHECK_CAMERA = "Check the address, and that the camera is on and in the same network."


def public_address(url: str) -> str:
    """The address without user and password, for messages and recordings."""
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment=""))
