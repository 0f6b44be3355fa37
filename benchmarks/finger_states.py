"""How often finger states and built-in gestures are right on labelled landmark tables, and what a hand costs.

    python benchmarks/finger_states.py [--tables DIR]

Prints JSON. The numbers in `gestures/settings.py` and the rows of `gestures/builtin.json` and `examples/` were chosen
on the half "tuned"; "held_back" is the other half of each label's rows (of the persons, where the table names them).
A table holds single pictures, so nothing has history. Gestures are judged as by `handplay gestures eval`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from types import MappingProxyType

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.fingers import WordReader
from handplay.gestures.kinds import Pose
from handplay.gestures.learn.evaluation import evaluate, read_mapping
from handplay.gestures.learn.tables import LandmarkTable, read_table
from handplay.gestures.library import Library, builtin_library, load_library
from handplay.gestures.measures import measure
from handplay.gestures.recognizer import Recognizer
from handplay.gestures.settings import GestureSettings

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"

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

# The file's labels as gestures, the example that tells them, and labels that are left out.
GESTURES: dict[str, tuple[str, str, str]] = {
    "counting": (
        "count_0=fist,count_1=point,count_2=victory,count_3=three|ok,count_4=four,count_5=open_palm|stop", "", ""
    ),
    "gestures5": ("", "", ""),
    "digits": ("", "digits", ""),
    "finger_states13": ("", "finger_states13", "none"),
    "hagrid_2d": ("", "", ""),
}  # fmt: skip

SETTINGS = GestureSettings()
READER = WordReader(SETTINGS)


def halves_of(table: LandmarkTable) -> dict[str, list[int]]:
    """The rows of each half."""
    halves: dict[str, list[int]] = {"tuned": [], "held_back": []}
    sizes, seen = Counter(table.labels), Counter[str]()
    for row, (label, person) in enumerate(zip(table.labels, table.persons, strict=True)):
        seen[label] += 1
        held_back = zlib.crc32(person.encode()) % 2 == 1 if person else 2 * seen[label] > sizes[label]
        halves["held_back" if held_back else "tuned"].append(row)
    return halves


def share(hits: list[bool]) -> float | None:
    return round(100 * sum(hits) / len(hits), 2) if hits else None


def fingers(name: str, table: LandmarkTable) -> dict[str, float | None]:
    """Percent of fingers whose state is right, of those that the label tells."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for points, label, side in zip(table.points, table.labels, table.handedness, strict=True):
        measures = measure(points, SETTINGS, handedness=side)
        words = READER.read(measures)
        for finger, mark in enumerate(STATES[name].get(label, "?????")):
            if mark != "?":
                straight = measures.thumb_openness > 0 if finger == 0 else words.fingers[finger] == "extended"
                hits["thumb" if finger == 0 else "long_fingers"].append(bool(straight) == (mark == "1"))
    return {finger: share(found) for finger, found in hits.items()}


def report(name: str, table: LandmarkTable) -> dict[str, object]:
    mapping, example, left_out = GESTURES[name]
    library = load_library(*([EXAMPLES / f"{example}.json"] if example else []))
    result: dict[str, object] = {"rows": len(table)}
    for half, rows in halves_of(table).items():
        part = table.take([row for row in rows if table.labels[row] != left_out])
        alone = evaluate(part, library, read_mapping(mapping))
        among_all = evaluate(part, library, read_mapping(mapping), every_gesture=True)
        result[half] = {
            "fingers_percent": fingers(name, part),
            "accuracy": round(alone.accuracy, 4),
            "macro_f1": round(alone.macro_f1, 4),
            "macro_f1_all_gestures": round(among_all.macro_f1, 4),
            "mistakes": [f"{true} as {seen}: {count}" for true, seen, count in alone.mistakes()[:8]],
        }
    return result


def cost_ms(table: LandmarkTable) -> dict[str, float]:
    """Milliseconds for one hand with image and world points, the built-in gestures and 50 more."""
    poses = [gesture for gesture in builtin_library().gestures if isinstance(gesture, Pose)]
    extra = [Pose(f"x{k}", fingers=poses[k % len(poses)].fingers) for k in range(50)]
    recognizer = Recognizer(Library((*builtin_library().gestures, *extra), MappingProxyType({})))
    times = []
    for k in range(2000):
        points = table.points[k // 20 % len(table)]
        hand = Hand(1, "Right", 1.0, 1.0, points, points * 0.001)
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
    tables = {name: read_table(folder / f"{name}.csv") for name in STATES if (folder / f"{name}.csv").is_file()}
    if not tables:
        raise SystemExit(f"No landmark tables in {folder}: name their folder with --tables DIR.")
    result: dict[str, object] = {name: report(name, table) for name, table in tables.items()}
    result["cost_ms_per_hand"] = cost_ms(next(iter(tables.values())))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
