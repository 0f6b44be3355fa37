"""The table of bindings has every action of every game and what the games bind already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from handplay.cli.gestures.libraries import known_actions
from handplay.games.airdraw.scene import BINDINGS as AIRDRAW
from handplay.games.pong.controls import BINDINGS as PONG
from handplay.games.slice.scene import BINDINGS as SLICE
from handplay.gestures.library import builtin_library

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "gesture_files.md").read_text(encoding="utf-8")
ROWS = dict(
    re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE.partition("## Bindings")[2].partition("## Your")[0], re.MULTILINE)
)
OWN: dict[str, Mapping[str, str]] = {"airdraw": AIRDRAW, "pong": PONG, "slice": SLICE}


def listed(cell: str) -> set[str]:
    """The actions of a cell; "`tool:` with `pen`, `brush`" are two, "`0` to `4`" five."""
    found: set[str] = set()
    for part in cell.split(";"):
        words = re.findall(r"`([^`]+)`", part)
        family = words.pop(0) if words[0].endswith(":") else ""
        if "` to `" in part:
            words = [str(number) for number in range(int(words[0]), int(words[1]) + 1)]
        found |= {family + word for word in words}
    return found


def test_every_game_has_its_row() -> None:
    assert set(ROWS) == set(known_actions()) == set(OWN)


@pytest.mark.parametrize("game", sorted(OWN))
def test_all_actions_stand_there(game: str) -> None:
    assert listed(ROWS[game].split(" | ")[0]) == set(known_actions()[game])


@pytest.mark.parametrize("game", sorted(OWN))
def test_what_is_bound_already_stands_there(game: str) -> None:
    bound = {**OWN[game], **builtin_library().bindings(game)}
    pairs: set[tuple[str, str]] = set()
    gestures: list[str] = []
    for before, word in re.findall(r"(to )?`(\w+)`", ROWS[game].split(" | ")[1]):
        if before:
            pairs |= {(gesture, word) for gesture in gestures}
            gestures = []
        else:
            gestures.append(word)
    assert pairs == set(bound.items())
