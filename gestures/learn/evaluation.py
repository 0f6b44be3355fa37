"""How often gestures are right on a labelled table: F1 of each class and who is taken for whom. Pure.

A row's label names the gesture that is right for it: its name or an alias, renamed by a mapping if there is one, or
several of them, of which any is right. `none` stands for no gesture at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handplay.gestures.kinds import Gesture
from handplay.gestures.learn.judging import ShapeJudge, is_shape
from handplay.gestures.learn.tables import LandmarkTable
from handplay.gestures.library import Library, names_of
from handplay.gestures.problems import guess

NONE = "none"
_TOLD_EVERY = 100
"""Rows between two words about progress."""

Mapped = Mapping[str, tuple[str, ...]]
"""A label of the file to the names that are right for it."""


class LabelProblem(ValueError):
    """A label, or a mapping of it, that names no gesture: one sentence."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well one class is told, each 0..1."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a table says about the gestures.

    Attributes:
        macro_f1: mean F1 of the classes that have rows.
        accuracy: share of the rows that are right.
        per_class: by class, in order of their names, "none" last.
        confusion: true class to what was seen to how often. What was seen is told by its class where it belongs to
            one, so that what is right stands under its own name.
    """

    macro_f1: float
    accuracy: float
    per_class: dict[str, Score]
    confusion: dict[str, dict[str, int]]

    def to_json(self) -> dict[str, Any]:
        """Plain data, figures rounded to a ten-thousandth."""
        return {
            "macro_f1": round(self.macro_f1, 4),
            "accuracy": round(self.accuracy, 4),
            "per_class": {
                name: {
                    "precision": round(score.precision, 4),
                    "recall": round(score.recall, 4),
                    "f1": round(score.f1, 4),
                    "support": score.support,
                }
                for name, score in self.per_class.items()
            },
            "confusion": self.confusion,
        }

    def mistakes(self) -> list[tuple[str, str, int]]:
        """(true, seen, count), the most frequent first."""
        rows = [
            (true, seen, count)
            for true, counts in self.confusion.items()
            for seen, count in counts.items()
            if true != seen
        ]
        return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))


@dataclass(frozen=True, slots=True)
class LabelClass:
    """Labels that ask for the same thing.

    Attributes:
        name: as the mapped label says it; of a set, the file's label; the gesture's own name if labels differ.
        right: names of the gestures that are right, and "none".
    """

    name: str
    right: frozenset[str]


def read_mapping(text: str) -> dict[str, tuple[str, ...]]:
    """`a=b,c=d|e` as a mapping of labels to names.

    Raises:
        LabelProblem: it is not of that form.
    """
    mapping: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        label, sign, said = part.partition("=")
        names = tuple(name.strip() for name in said.split("|"))
        if not sign or not label.strip() or not all(names):
            raise LabelProblem(f"'{part}' is no mapping; wanted label=gesture or label=gesture|gesture")
        if label.strip() in mapping:
            raise LabelProblem(f"the label '{label.strip()}' is mapped twice")
        mapping[label.strip()] = names
    return mapping


def classes_of(labels: Iterable[str], library: Library, mapping: Mapped | None = None) -> dict[str, LabelClass]:
    """The class of every label.

    Raises:
        LabelProblem: labels name no gesture, or one that a single picture cannot show; the message tells of all.
    """
    counts = Counter(labels)
    mapping = mapping or {}
    said = {label: mapping.get(label, (label,)) for label in counts}
    _check_known(said, counts, library)
    right = {label: frozenset(_gesture(name, library) for name in said[label]) for label in counts}
    names: dict[frozenset[str], str] = {}
    for label in sorted(counts):
        own = said[label][0] if len(said[label]) == 1 else label
        before = names.setdefault(right[label], own)
        if before != own:
            names[right[label]] = "|".join(sorted(right[label]))
    return {label: LabelClass(names[right[label]], right[label]) for label in counts}


def _gesture(name: str, library: Library) -> str:
    found = library.find(name) if name != NONE else None
    return NONE if found is None else found.name


def _check_known(said: Mapped, counts: Mapping[str, int], library: Library) -> None:
    """Raises one error about all names that no row can show."""
    known = [one for gesture in library.gestures if is_shape(gesture) for one in names_of(gesture)]
    unknown: list[str] = []
    wrong: dict[str, None] = {}
    for label, names in said.items():
        for name in names:
            found = library.find(name)
            if name == NONE or (found is not None and is_shape(found)):
                continue
            if found is not None:
                single = "a table of single hands can show poses and templates"
                wrong[f"'{name}' is of kind '{found.kind}'; {single}"] = None
            elif name == label:
                unknown.append(label)
            else:
                wrong[f"'{label}' is mapped to '{name}', which names no gesture{guess(name, known) or '.'}"] = None
    lines = list(wrong)
    if len(unknown) == 1:
        label = unknown[0]
        lines.append(
            f"the label '{label}' ({counts[label]} rows) names no gesture{guess(label, known) or '.'} "
            f"Say with --map {label}=NAME which gesture is meant, or --map {label}=none."
        )
    elif unknown:
        unknown.sort()
        rows = ", ".join(f"'{label}' ({counts[label]} rows{guess(label, known)})" for label in unknown)
        form = ",".join(f"{label}=NAME" for label in unknown)
        lines.append(
            f"{len(unknown)} labels name no gesture: {rows}. Say which gestures are meant, or none, with --map {form}"
        )
    if lines:
        raise LabelProblem("\n".join(lines))


def evaluate(
    table: LandmarkTable,
    library: Library,
    mapping: Mapped | None = None,
    *,
    every_gesture: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Evaluation:
    """Judges every row, each by itself.

    Args:
        mapping: file labels to gesture names.
        every_gesture: let every gesture of the library compete, not those alone that the labels name.
        progress: is told how many rows are done.

    Raises:
        LabelProblem: a label names no gesture.
    """
    classes = classes_of(table.labels, library, mapping)
    named = {name for one in classes.values() for name in one.right}
    judge = ShapeJudge([g for g in library.gestures if is_shape(g) and (every_gesture or g.name in named)])
    seen: list[Gesture | None] = []
    for points, side in zip(table.points, table.handedness, strict=True):
        seen.append(judge.best(points, side))
        if progress is not None and len(seen) % _TOLD_EVERY == 0:
            progress(len(seen))
    return score(
        [classes[label] for label in table.labels], [NONE if gesture is None else gesture.name for gesture in seen]
    )


def score(truth: Sequence[LabelClass], seen: Sequence[str]) -> Evaluation:
    """Figures of what was seen, gesture names or "none", against the classes that were true."""
    owner: dict[str, str] = {}
    for one in sorted(set(truth), key=lambda one: (len(one.right), one.name)):
        for name in one.right:
            owner.setdefault(name, one.name)
    confusion: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one, name in zip(truth, seen, strict=True):
        confusion[one.name][one.name if name in one.right else owner.get(name, name)] += 1
    order = sorted(confusion, key=lambda name: (name == NONE, name))
    told: Counter[str] = sum(confusion.values(), Counter())
    per_class = {name: _score(confusion[name][name], confusion[name].total(), told[name]) for name in order}
    right = sum(confusion[name][name] for name in order)
    return Evaluation(
        macro_f1=sum(one.f1 for one in per_class.values()) / len(per_class) if per_class else 0.0,
        accuracy=right / len(seen) if seen else 0.0,
        per_class=per_class,
        confusion={name: dict(confusion[name].most_common()) for name in order},
    )


def _score(hits: int, support: int, told: int) -> Score:
    precision = hits / told if told else 0.0
    recall = hits / support if support else 0.0
    f1 = 2 * hits / (support + told) if support + told else 0.0
    return Score(precision, recall, f1, support)
