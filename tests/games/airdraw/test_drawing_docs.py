"""The page about drawing files tells the truth."""

from __future__ import annotations

import json
import re
from pathlib import Path

from handplay.games.airdraw.files import document_from_json, drawing_text
from handplay.games.airdraw.tools import TOOLS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "drawing_files.md"


def test_the_example_is_a_drawing() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    document = document_from_json(json.loads(example))
    assert [stroke.tool for stroke in document.strokes] == ["pen", "brush", "sticker"]
    assert document_from_json(json.loads(drawing_text(document))).strokes == document.strokes


def test_every_tool_is_in_the_table() -> None:
    table = "\n".join(line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|"))
    assert set(re.findall(r"`([a-z]+)`", table)) - {"rings"} == set(TOOLS)
