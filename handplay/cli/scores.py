"""Whose results are kept: those of people, not of the demo hand, a clip or a run that nobody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handplay.cli.options import GameOptions
    from handplay.engine.high_scores import HighScores


def high_scores(options: GameOptions) -> HighScores:
    """The lists of this computer; a run by hand before a camera, or by mouse and keys, adds to them."""
    from handplay.engine.high_scores import HighScores
    from handplay.engine.sources.spec import parse_spec

    people = options.source is None or parse_spec(options.source).kind in ("camera", "network")
    return HighScores(keep=people and not options.headless)
