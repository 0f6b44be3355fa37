"""Small pieces of sentences that several commands tell."""

from __future__ import annotations


def count(number: int, word: str) -> str:
    """ "1 gesture", "3 gestures"."""
    return f"{number} {word}{'' if number == 1 else 's'}"
