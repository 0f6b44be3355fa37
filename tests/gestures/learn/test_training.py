"""Training: what is learned from built hands, in each form, and how honestly it is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from handplay.gestures.kinds import Pose, Template
from handplay.gestures.learn import training
from handplay.gestures.learn.augment import AugmentSettings, augmented
from handplay.gestures.learn.features import features
from handplay.gestures.learn.judging import ShapeJudge
from handplay.gestures.learn.metric import whitening
from handplay.gestures.learn.prototypes import distances, medoids, radii
from handplay.gestures.learn.tables import LandmarkTable
from handplay.gestures.learn.training import FORMS, Form, TrainingSettings, cross_validate, examples_of, train
from handplay.gestures.library import check_bytes
from handplay.gestures.writing import file_text

MakeTable = Callable[..., LandmarkTable]
POSES = ("fist", "point", "rock", "open_palm", "thumbs_up")


def as_they_are(table: LandmarkTable) -> dict[str, str]:
    return {label: label for label in table.labels}


@pytest.mark.parametrize("flat", [False, True], ids=["deep", "flat"])
@pytest.mark.parametrize("form", FORMS)
def test_what_was_learned_is_recognized_on_other_hands(make_table: MakeTable, form: Form, flat: bool) -> None:
    learned = make_table(*POSES, each=16, seed=1, flat=flat)
    gestures = train(examples_of(learned, as_they_are(learned)), form)
    assert sorted(gesture.name for gesture in gestures) == sorted(POSES)
    judge = ShapeJudge(gestures)
    others = make_table(*POSES, "victory", each=8, seed=2, flat=flat)
    seen = [judge.best(points, side) for points, side in zip(others.points, others.handedness, strict=True)]
    right = [(one.name if one else "victory") == label for one, label in zip(seen, others.labels, strict=True)]
    assert np.mean(right) > 0.9


@pytest.mark.parametrize("form", FORMS)
def test_the_file_is_one_that_is_read(make_table: MakeTable, form: Form) -> None:
    table = make_table(*POSES)
    gestures = train(examples_of(table, as_they_are(table)), form)
    read, problems = check_bytes(file_text(gestures).encode(), "my.json", known=[])
    assert problems == []
    assert read is not None
    judges = ShapeJudge(gestures), ShapeJudge(read.gestures)
    for points, side in zip(table.points, table.handedness, strict=True):
        (was, _), (now, ranks) = (judge.judge(points, side) for judge in judges)
        assert was.tolist() == now.tolist(), ranks


def test_forms_are_what_they_say(make_table: MakeTable) -> None:
    table = make_table(*POSES)
    examples = examples_of(table, as_they_are(table))
    assert all(isinstance(one, Pose) for one in train(examples, "pose"))
    templates = train(examples, "template", TrainingSettings(samples=3))
    assert all(isinstance(one, Template) and len(one.samples) <= 3 and not one.weights for one in templates)
    weighted = train(examples, "weighted", TrainingSettings(samples=3))
    assert all(isinstance(one, Template) and len(one.weights) == 62 for one in weighted)


def test_the_same_seed_gives_the_same_gestures(make_table: MakeTable) -> None:
    table = make_table("fist", "point", each=4)
    examples = examples_of(table, as_they_are(table))
    one, again, other = (train(examples, "weighted", TrainingSettings(seed=seed)) for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_what_shows_nothing_narrows(make_table: MakeTable) -> None:
    table = make_table("fist", "point", "rock")
    named = examples_of(table, {"fist": "fist", "point": "none", "rock": "none"})
    assert named.names == ("fist",)
    assert (named.classes == 1).sum() == 16
    for form in FORMS:
        judge = ShapeJudge(train(named, form))
        hits = [judge.best(p, s) is not None for p, s in zip(table.points, table.handedness, strict=True)]
        assert hits == [label == "fist" for label in table.labels], form


def test_hands_at_rest_end_a_gesture_where_no_rows_of_none_do(
    make_table: MakeTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = make_table("open_palm", "fist", "rock")
    alone = {"open_palm": "open_palm", "fist": "fist", "rock": "rock"}
    beside = {**alone, "rock": "none"}

    def radii_of(gesture_of: dict[str, str]) -> dict[str, float]:
        rows = train(examples_of(table, gesture_of), "template")
        return {one.name: one.radius for one in rows if isinstance(one, Template)}

    now, now_beside = radii_of(alone), radii_of(beside)
    monkeypatch.setattr(training, "short_of_rest", lambda radius, rows, samples, flat: radius)
    before, before_beside = radii_of(alone), radii_of(beside)
    assert now["open_palm"] < before["open_palm"]
    assert now["fist"] == before["fist"]
    assert now_beside == before_beside


def test_one_hand_is_enough_for_a_template(make_table: MakeTable) -> None:
    table = make_table("rock", each=1)
    (rock,) = train(examples_of(table, as_they_are(table)), "weighted")
    assert isinstance(rock, Template)
    assert not rock.weights  # there is nothing to set it apart from
    assert ShapeJudge([rock]).best(table.points[0], "Right") is rock


def test_persons_are_never_on_both_sides(make_table: MakeTable) -> None:
    table = make_table(*POSES)
    groups = examples_of(table, as_they_are(table)).groups
    for person in set(table.persons):
        assert len({int(group) for group, one in zip(groups, table.persons, strict=True) if one == person}) == 1


def test_without_persons_neighbours_stay_together(make_table: MakeTable) -> None:
    table = make_table("fist", "rock", each=8)
    groups = examples_of(replace(table, persons=("",) * len(table)), as_they_are(table)).groups.tolist()
    assert groups == [0, 0, 1, 1, 2, 2, 3, 3] * 2


def test_cross_validation_judges_every_row_once(make_table: MakeTable) -> None:
    table = make_table(*POSES)
    result = cross_validate(examples_of(table, as_they_are(table)), "template")
    assert result is not None
    assert sum(one.support for one in result.per_class.values()) == len(table)
    assert result.macro_f1 > 0.95


def test_cross_validation_does_not_know_the_rows_it_judges(make_table: MakeTable) -> None:
    """Labels that mean nothing: who has seen the rows gets them right, who has not cannot."""
    table = make_table("fist", each=40, spread=15)
    rng = np.random.default_rng(3)
    table = replace(
        table, labels=tuple(rng.permutation(["a", "b"] * 20).tolist()), persons=tuple(f"p{n}" for n in range(40))
    )
    examples = examples_of(table, as_they_are(table))
    result = cross_validate(examples, "template", TrainingSettings(samples=40))
    judge = ShapeJudge(train(examples, "template", TrainingSettings(samples=40)))
    known = [judge.best(p, s) for p, s in zip(table.points, table.handedness, strict=True)]
    assert np.mean([one is not None and one.name == label for one, label in zip(known, table.labels, strict=True)]) == 1
    assert result is not None
    assert result.accuracy < 0.75


def test_one_group_cannot_be_judged(make_table: MakeTable) -> None:
    table = make_table("fist", "rock")
    examples = examples_of(replace(table, persons=("ann",) * len(table)), as_they_are(table))
    assert cross_validate(examples, "template") is None


def test_hands_of_unknown_side_are_taken_for_palms(make_table: MakeTable) -> None:
    table = make_table("open_palm", "rock")
    told = examples_of(table, as_they_are(table))
    untold = examples_of(replace(table, handedness=(None,) * len(table)), as_they_are(table))
    assert untold.points == pytest.approx(told.points, abs=1e-5)


def test_medoids_stand_for_all() -> None:
    rng = np.random.default_rng(0)
    middles = rng.normal(0, 5, (4, 10))
    rows = np.concatenate([middle + rng.normal(0, 0.1, (25, 10)) for middle in middles]).astype(np.float32)
    chosen = medoids(rows, 4)
    assert sorted(index // 25 for index in chosen) == [0, 1, 2, 3]
    assert len(medoids(rows[:2], 8)) == 2
    copies = np.repeat(rng.normal(0, 1, (1, 62)).astype(np.float32), 20, axis=0)
    assert len(medoids(copies, 3)) == 1


def test_radii_reach_the_own_and_spare_the_others() -> None:
    rng = np.random.default_rng(0)
    rows = np.concatenate([rng.normal(0, 0.02, (40, 20)), rng.normal(3, 0.02, (40, 20))]).astype(np.float32)
    classes = np.repeat([0, 1], 40)
    chosen = [[0, 1, 2], [40, 41, 42]]
    near = np.concatenate([rng.normal(0, 0.02, (60, 20)), rng.normal(3, 0.02, (60, 20))]).astype(np.float32)
    near[:, 0] += 0.6
    wide, narrow = (radii(rows, classes, chosen, negatives) for negatives in (rows[:0], near))
    assert min(wide) >= 0.7  # a little beyond the own samples, where nothing says more
    assert 0.5 <= max(narrow) < distances(near[:60], rows[:3]).min()
    scattered = rows * 10
    wide = radii(scattered, classes, chosen, rows[:0])
    assert all(distances(scattered[:40], scattered[:3]).min(axis=1).max() <= one for one in wide)


@pytest.mark.parametrize("flat", [False, True], ids=["deep", "flat"])
def test_varied_hands_stay_the_same_gesture(make_table: MakeTable, flat: bool) -> None:
    table = make_table("point", each=6, flat=flat)
    varied = augmented(table.points, 0, AugmentSettings(copies=4))
    assert varied.shape == (30, 21, 3)
    assert (varied[:, :, 2] == 0).all() == flat
    rows = features(varied) @ whitening(flat)
    away = distances(rows[6:], rows[:6]).min(axis=1)
    assert np.median(away) < 0.6
    assert away.min() > 0.05
    assert augmented(table.points, 0, AugmentSettings(copies=4)) == pytest.approx(varied)
    assert augmented(table.points, 1, AugmentSettings(copies=4)) != pytest.approx(varied)


def test_augmentation_settings_are_checked() -> None:
    with pytest.raises(ValueError, match="noise"):
        AugmentSettings(noise=-1)
