"""How often finger states and built-in gestures are right on labelled landmark tables, and what a hand costs.

    python benchmarks/finger_states.py [--tables DIR]

Prints JSON. The numbers in `gestures/settings.py` were chosen on the half "tuned"; "held_back" is the other half of
each label's rows (of the persons, where the table names them). A table holds single pictures, so nothing has history.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.conditions import PoseTable
from handplay.gestures.fingers import WordReader
from handplay.gestures.kinds import Pose
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.measures import measure
from handplay.gestures.recognizer import Recognizer, RecognizerSettings
from handplay.gestures.settings import GestureSettings

# What a label says about the fingers, thumb to little finger: 1 straight, 0 not, ? either.
STATES: dict[str, dict[str, str]] = {
    "counting": {"count_0": "00000", "count_1": "?1000", "count_2": "?1100", "count_4": "01111", "count_5": "11111"},
    "gestures5": {
        "open_palm": "11111", "thumbs_up": "10000", "thumbs_down": "10000", "rock": "?1001", "victory": "01100",
    },
    "digits": {
        "digit_1": "01000", "digit_2": "01100", "digit_3": "11100", "digit_4": "01111", "digit_5": "11111",
        "digit_6": "01110", "digit_7": "01101", "digit_8": "01011", "digit_9": "00111",
    },
    "finger_states13": {
        "open_palm": "11111", "fist": "00000", "point": "?1000", "two_fingers": "?1100", "three_fingers": "?1110",
        "four_fingers": "01111",
    },
    "hagrid_2d": {
        "call": "10001", "dislike": "10000", "like": "10000", "mute": "?1000", "one": "?1000", "rock": "?1001",
        "two_up": "?1100", "two_up_inverted": "?1100", "palm": "11111", "peace": "?1100", "peace_inverted": "?1100",
        "stop": "?1111", "stop_inverted": "?1111", "four": "01111", "fist": "00000", "three": "01110",
        "three2": "11100", "ok": "??111",
    },
}  # fmt: skip

# Label to the gestures that are right for it; labels that the built-in gestures do not know are left out.
GESTURES: dict[str, dict[str, tuple[str, ...]]] = {
    "counting": {
        "count_0": ("fist",), "count_1": ("point",), "count_2": ("victory",), "count_3": ("three", "ok"),
        "count_4": ("four",), "count_5": ("open_palm", "stop"),
    },
    "gestures5": {name: (name,) for name in ("open_palm", "victory", "rock", "thumbs_up", "thumbs_down")},
    "finger_states13": {
        "open_palm": ("open_palm",), "fist": ("fist",), "point": ("point",), "two_fingers": ("victory",),
        "three_fingers": ("three",), "four_fingers": ("four",),
    },
    "hagrid_2d": {
        "call": ("call",), "dislike": ("thumbs_down",), "like": ("thumbs_up",), "one": ("point",), "rock": ("rock",),
        "two_up": ("two_up",), "palm": ("open_palm",), "peace": ("victory",), "stop": ("stop",), "four": ("four",),
        "fist": ("fist",), "three": ("three",), "three2": ("three2",), "ok": ("ok",),
    },
}  # fmt: skip

SETTINGS = GestureSettings()
READER = WordReader(SETTINGS)


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    handedness: Any
    points: np.ndarray
    held_back: bool


def rows_of(path: Path) -> Iterator[Row]:
    """The hands of one table, each with the half that it belongs to."""
    with path.open(newline="", encoding="utf-8") as stream:
        table = list(csv.DictReader(stream))
    seen: Counter[str] = Counter()
    sizes = Counter(row["label"] for row in table)
    for row in table:
        points = np.array([[float(row[f"{axis}{i}"]) for axis in "xyz"] for i in range(1, 22)], np.float32)
        seen[row["label"]] += 1
        person = row.get("person")
        held_back = zlib.crc32(person.encode()) % 2 == 1 if person else 2 * seen[row["label"]] > sizes[row["label"]]
        yield Row(row["label"], row.get("handedness") or None, points, held_back)


def share(hits: list[bool]) -> float | None:
    return round(100 * sum(hits) / len(hits), 2) if hits else None


def report(table: str, rows: list[Row]) -> dict[str, object]:
    names = GESTURES.get(table, {})
    poses = [pose for pose in builtin_library().gestures if any(pose.name in right for right in names.values())]
    judge = PoseTable(poses)
    rank_of_bits = RecognizerSettings().bit_weight * judge.bits
    hits: dict[str, list[bool]] = defaultdict(list)
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        half = "held_back" if row.held_back else "tuned"
        measures = measure(row.points, SETTINGS, handedness=row.handedness)
        words = READER.read(measures)
        for finger, mark in enumerate(STATES[table].get(row.label, "?????")):
            if mark != "?":
                straight = measures.thumb_openness > 0 if finger == 0 else words.fingers[finger] == "extended"
                hits[f"{'thumb' if finger == 0 else 'long_fingers'} {half}"].append(bool(straight) == (mark == "1"))
        if row.label in names:
            matches, scores = judge.judge(words, row.handedness)
            rank = np.where(matches, scores + rank_of_bits, -np.inf)
            found = poses[int(rank.argmax())].name if matches.any() else "none"
            hits[f"gestures {half}"].append(found in names[row.label])
            if found not in names[row.label]:
                wrong[row.label][found] += 1
    return {
        "rows": len(rows),
        "percent_right": {key: share(values) for key, values in sorted(hits.items())},
        "wrong_gestures": {label: dict(counts) for label, counts in sorted(wrong.items())},
    }


def cost_ms(rows: list[Row]) -> dict[str, float]:
    """Milliseconds for one hand with image and world points, the built-in gestures and 50 more."""
    extra = [replace(Pose("x", fingers=builtin_library().gestures[k % 8].fingers), name=f"x{k}") for k in range(50)]
    recognizer = Recognizer(Library((*builtin_library().gestures, *extra), MappingProxyType({})))
    times = []
    for k in range(2000):
        points = rows[k // 20 % len(rows)].points
        hand = Hand(1, "Right", 1.0, 1.0, points, points * np.float32(0.001))
        frame = HandFrame(k, k / 30, 640, 480, hands=(hand,))
        begin = time.perf_counter()
        recognizer.update(frame)
        times.append(1000 * (time.perf_counter() - begin))
    cuts = statistics.quantiles(times[100:], n=100)
    return {"p50": round(cuts[49], 3), "p99": round(cuts[98], 3), "gestures": len(recognizer.library.gestures)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).resolve().parents[2] / "shared" / "data" / "landmarks"
    parser.add_argument("--tables", type=Path, default=default, help="folder of the CSV tables")
    folder = parser.parse_args().tables
    tables = {name: list(rows_of(folder / f"{name}.csv")) for name in STATES if (folder / f"{name}.csv").is_file()}
    if not tables:
        raise SystemExit(f"No landmark tables in {folder}: name their folder with --tables DIR.")
    result: dict[str, object] = {name: report(name, rows) for name, rows in tables.items()}
    result["cost_ms_per_hand"] = cost_ms(next(iter(tables.values())))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
