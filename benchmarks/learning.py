"""How well learned gestures are recognized on hands that training has not seen, and what judging them costs.

    python benchmarks/learning.py [--quick] [--seed N] [--json FILE] [--tables DIR]

Trained on one half of each table (of the persons, where it names them; else of each label's rows), judged on the
other half. "augmented" against "plain" is the gain of varied examples; "cross_validated" is what training itself says
on its half. Rows labelled none teach what is no gesture, except in finger_states13, whose none is an open hand.
"""

from __future__ import annotations

import statistics
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from judging import deliver, options

from handplay.gestures.kinds import Template
from handplay.gestures.learn.augment import AugmentSettings
from handplay.gestures.learn.evaluation import NONE, Evaluation, evaluate
from handplay.gestures.learn.metric import MetricSettings, model_hands
from handplay.gestures.learn.recorded import template_of
from handplay.gestures.learn.tables import LandmarkTable, read_table
from handplay.gestures.learn.templates import TemplateTable
from handplay.gestures.learn.training import FORMS, Form, TrainingSettings, cross_validate, examples_of, train
from handplay.gestures.library import GestureFile, merge

TABLES = ("hagrid_2d", "counting", "digits", "gestures5", "finger_states13")


def halves(table: LandmarkTable) -> tuple[LandmarkTable, LandmarkTable]:
    """Rows to learn from and rows to judge by."""
    seen: Counter[str] = Counter()
    sizes = Counter(table.labels)
    learned, held_back = [], []
    for row, (label, person) in enumerate(zip(table.labels, table.persons, strict=True)):
        seen[label] += 1
        other = zlib.crc32(person.encode()) % 2 == 1 if person else 2 * seen[label] > sizes[label]
        (held_back if other else learned).append(row)
    return table.take(learned), table.take(held_back)


def figures(result: Evaluation | None) -> dict[str, float] | None:
    return None if result is None else {"macro_f1": round(result.macro_f1, 4), "accuracy": round(result.accuracy, 4)}


def report(table: LandmarkTable, forms: tuple[Form, ...], seed: int) -> dict[str, Any]:
    learned, held_back = halves(table)
    examples = examples_of(learned, {label: label for label in learned.labels if label != NONE})
    told: dict[str, Any] = {"learned": len(learned), "held_back": len(held_back)}
    for form in forms:
        row: dict[str, Any] = {"cross_validated": figures(cross_validate(examples, form, TrainingSettings(seed=seed)))}
        ways: dict[str, AugmentSettings | None] = {"augmented": AugmentSettings(), "plain": None}
        for way, augment in ways.items() if form == "weighted" else (("held_back", None),):
            gestures = train(examples, form, TrainingSettings(augment=augment, seed=seed))
            result = evaluate(held_back, merge([GestureFile("trained", gestures, ())]))
            row[way] = figures(result)
            if way != "plain":
                row["mistakes"] = [f"{true} for {seen}: {count}" for true, seen, count in result.mistakes()[:6]]
        told[form] = row
    return told


FEW = 8
"""Hands of each gesture, about what somebody shows in a minute."""


def few(table: LandmarkTable, seed: int) -> dict[str, dict[str, float]]:
    """Macro-F1 of forms that learned from a few hands of each label, with and without varied copies: mean of three."""
    learned, held_back = halves(table)
    told: dict[str, list[float]] = {}
    for chance in range(seed, seed + 3):
        rng = np.random.default_rng(chance)
        rows: list[int] = []
        for label in sorted(set(learned.labels)):
            own = [row for row, one in enumerate(learned.labels) if one == label]
            rows += rng.permutation(own)[: FEW if label != NONE else 4 * FEW].tolist()
        part = learned.take(sorted(rows))
        examples = examples_of(part, {label: label for label in part.labels if label != NONE})
        ways: tuple[tuple[str, Form, AugmentSettings | None], ...] = (
            ("template", "template", None),
            ("weighted augmented", "weighted", AugmentSettings()),
            ("weighted plain", "weighted", None),
        )
        for way, form, augment in ways:
            gestures = train(examples, form, TrainingSettings(augment=augment, seed=chance))
            result = evaluate(held_back, merge([GestureFile("trained", gestures, ())]))
            told.setdefault(way, []).append(result.macro_f1)
    return {way: {"macro_f1": round(float(np.mean(values)), 4)} for way, values in told.items()}


def cost_ms(gestures: int, samples: int, seed: int, rounds: int) -> dict[str, float]:
    """Milliseconds for one hand."""
    rng = np.random.default_rng(seed)
    templates: list[Template] = []
    for number in range(gestures):
        states = np.repeat(rng.integers(0, 3, (1, 5)), samples, axis=0)
        hands = model_hands(states, MetricSettings(), rng).astype(np.float32)
        templates.append(template_of(f"t{number}", hands, ["Right"] * samples, keep=samples))
    table = TemplateTable(templates)
    times = []
    for number in range(rounds):
        hand = np.array(templates[number % gestures].samples[0], np.float32).reshape(21, 3)
        begin = time.perf_counter()
        table.judge(hand, "Right")
        times.append(1000 * (time.perf_counter() - begin))
    cuts = statistics.quantiles(times, n=100)
    return {"p50": round(cuts[49], 4), "p99": round(cuts[98], 4), "gestures": gestures, "samples": samples}


def main() -> None:
    parser = options(__doc__)
    default = Path(__file__).resolve().parents[2] / "shared" / "data" / "landmarks"
    parser.add_argument("--tables", type=Path, default=default, help="folder of the CSV tables")
    arguments = parser.parse_args()
    result: dict[str, Any] = {}
    for name in TABLES[-2:-1] if arguments.quick else TABLES:
        path = arguments.tables / f"{name}.csv"
        if not path.is_file():
            continue
        table = read_table(path)
        if name == "finger_states13":
            table = table.take([row for row, label in enumerate(table.labels) if label != NONE])
        result[name] = report(table, ("template",) if arguments.quick else FORMS, arguments.seed)
        if not arguments.quick:
            result[name][f"from_{FEW}_hands_each"] = few(table, arguments.seed)
    if not result:
        raise SystemExit(f"No landmark tables in {arguments.tables}: name their folder with --tables DIR.")
    result["cost_ms_per_hand"] = cost_ms(50, 8, arguments.seed, 200 if arguments.quick else 3000)
    deliver(result, arguments.json)


if __name__ == "__main__":
    main()
