"""What a pose or a template measures on a hand, condition by condition, and what it wants."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from handplay.engine.coordinates import Float32
from handplay.engine.hands import FINGERS, Handedness
from handplay.gestures.conditions import PoseTable, conditions_of, facts_of
from handplay.gestures.fingers import DIRECTIONS, HandWords, WordReader, switch
from handplay.gestures.kinds import Pose, Template
from handplay.gestures.learn.templates import TemplateTable
from handplay.gestures.measures import HandMeasures
from handplay.gestures.settings import PAIRS

PALMS = "palm lengths"
_COUNTED = ("hands", "swings")
_SURE = "% sure"


@dataclass(frozen=True, slots=True)
class Row:
    """One condition of a gesture on one hand.

    Attributes:
        text: the condition: "index extended".
        ok: whether it holds.
        measured: what is measured; None if nothing can be, or if it is no number.
        unit: of the measured value and the range.
        low, high: the range that is wanted, None where it has no end. It is that of the moment: what holds may waver a
            little more than what does not hold yet (hysteresis).
        note: what else there is to say.
    """

    text: str
    ok: bool
    measured: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        # Points that are no hand measure nothing.
        if self.measured is not None and not math.isfinite(self.measured):
            object.__setattr__(self, "measured", None)

    @property
    def off(self) -> float:
        """How far the measured value is outside the range, 0 inside."""
        if self.measured is None:
            return 0.0
        below = self.low - self.measured if self.low is not None else 0.0
        above = self.measured - self.high if self.high is not None else 0.0
        return max(0.0, below, above)

    @property
    def wanted(self) -> str:
        """The range in words: "at most 21 % curled"; empty if there is none."""
        unit = f" {self.unit}" if self.unit else ""
        if self.low is not None and self.high is not None:
            return f"{self._said(self.low)} to {self._said(self.high)}{unit}"
        if self.low is not None:
            return f"at least {self._said(self.low)}{unit}"
        return f"at most {self._said(self.high)}{unit}" if self.high is not None else ""

    @property
    def got(self) -> str:
        """The measured value in words; "-" if there is none."""
        if self.measured is None:
            return "-"
        unit = self.unit.removesuffix("s") if self.measured == 1 and self.unit in _COUNTED else self.unit
        return f"{self._said(self.measured)}{f' {unit}' if unit else ''}"

    @property
    def missed(self) -> str:
        """How far off in words: "31 too much"; empty if it holds or is no number."""
        if self.ok or self.measured is None or not self.off:
            return ""
        high = self.high is not None and self.measured > self.high
        return f"{self._said(self.off)} too {'much' if high else 'little'}"

    def _said(self, value: float) -> str:
        whole = self.unit.startswith(("%", "degrees")) and (abs(value) >= 0.95 or value == 0)
        return f"{value:.0f}" if whole else number(value)

    def to_json(self) -> dict[str, object]:
        """As JSON takes it."""
        return {
            "condition": self.text,
            "ok": self.ok,
            "measured": _rounded(self.measured),
            "unit": self.unit,
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "off": _rounded(self.off),
            "note": self.note,
        }


def number(value: float) -> str:
    """Short: 0.31, 3.4, 52; whole numbers that count something as they are."""
    if isinstance(value, int):
        return str(value)
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}" if abs(value) >= 3 else f"{value:.2f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def pose_rows(
    pose: Pose, measures: HandMeasures, words: HandWords, handedness: Handedness, reader: WordReader
) -> list[Row]:
    """Every condition of a pose, in the order of `conditions_of`."""
    limits = _Limits(reader, measures, words)
    true, _ = facts_of(words, handedness)
    makers = _makers(pose, limits, handedness)
    rows = []
    for condition in conditions_of(pose):
        ok = bool(true[condition.fact])
        make = makers.get(condition.text)
        rows.append(make(condition.text, ok) if make is not None else Row(condition.text, ok))
    table = PoseTable([pose], reader.settings)
    least = float(table.hanging_score[0])
    if least and words.on[switch("hanging")]:
        fit = float(table.judge(words, handedness)[1][0])
        ok = fit >= least
        note = "" if ok else "the hand hangs down, as hands at rest do: it must show the pose plainly"
        rows.append(Row("fit of a hanging hand", ok, 100.0 * fit, "%", 100.0 * least, None, note))
    return rows


_Make = Callable[[str, bool], Row]


def _makers(pose: Pose, limits: _Limits, handedness: Handedness) -> dict[str, _Make]:
    """Condition text to what measures it. A condition that is missing here is told without numbers."""
    made: dict[str, _Make] = {}
    for finger, states in enumerate(pose.fingers):
        if states is not None:
            text = f"{FINGERS[finger]} {' or '.join(sorted(states))}"
            made[text] = lambda text, ok, finger=finger, states=states: limits.finger(text, ok, finger, states)  # type: ignore[misc]  # defaults bind the loop's values
    between = {"touching": "touching", "together": "together with", "apart": "apart from"}
    for word, said in between.items():
        for a, b in getattr(pose, word):
            index = PAIRS.index((a, b))
            unit = PALMS if word == "touching" or a == 0 else "x their roots' distance"
            made[f"{FINGERS[a]} {said} {FINGERS[b]}"] = limits.of(switch(word, index), unit)
    for finger, way in pose.pointing:
        index = switch("pointing", finger * len(DIRECTIONS) + DIRECTIONS.index(way))
        made[f"{FINGERS[finger]} pointing {way}"] = limits.of(index, "degrees off")
    for palm in ("toward", "away"):
        made[f"palm {palm}"] = limits.of(switch(f"palm_{palm}"), "degrees turned away", _turned)
    made["grip pinch"] = limits.of(switch("pinch"), f"{PALMS} apart", note=limits.why_no_pinch)
    made["no pinch"] = limits.of(switch("pinch"), f"{PALMS} apart", wanted=False)
    made["grip grab"] = limits.of(switch("grab"), "% closed", _percent)
    made["fingers not relaxed"] = lambda text, ok: Row(
        text, ok, note="" if ok else "all fingers are a little bent, as those of a hand at rest"
    )
    for side in ("left", "right"):
        made[f"{side} hand"] = lambda text, ok: Row(text, ok, note="" if ok else f"it is the {handedness.lower()} hand")
    return made


def _percent(value: float) -> float:
    return 100.0 * value


def _turned(facing: float) -> float:
    return math.degrees(math.acos(max(-1.0, min(1.0, facing))))


def _as_it_is(value: float) -> float:
    return value


class _Limits:
    """Where the words of one hand begin and end at the moment."""

    def __init__(self, reader: WordReader, measures: HandMeasures, words: HandWords) -> None:
        self._words, self._measures, self._settings = words, measures, reader.settings
        self._values, self._enter, self._leave, self._rises = reader.levels(measures, words)

    def limit(self, index: int) -> float:
        """Where the word would change: on below its band, off above it."""
        return float((self._leave if self._words.on[index] else self._enter)[index])

    def of(
        self,
        index: int,
        unit: str,
        shown: Callable[[float], float] = _as_it_is,
        *,
        wanted: bool = True,
        note: Callable[[], str] | None = None,
    ) -> _Make:
        """What tells a condition that is one word, or that it is not there."""

        def make(text: str, ok: bool) -> Row:
            value = float(self._values[index])
            if value != value:
                return Row(text, ok, unit=unit, note="cannot be seen")
            limit, at = shown(self.limit(index)), shown(value)
            above = (bool(self._rises[index]) == wanted) == (shown(1.0) >= shown(0.0))
            low, high = (limit, None) if above else (None, limit)
            return Row(text, ok, at, unit, low, high, note() if note is not None and not ok else "")

        return make

    def finger(self, text: str, ok: bool, finger: int, states: frozenset[str]) -> Row:
        """A finger's state, as the range of its curl."""
        unit = "% curled" if finger else "% folded in"
        value = float(self._measures.curl[finger])
        if value != value:
            return Row(text, ok, unit=unit, note="too little of it can be seen")
        straight, rolled = (self.limit(switch(word, finger)) for word in ("extended", "curled"))
        edges = {"extended": (None, straight), "half": (straight, rolled), "curled": (rolled, None)}
        parts = [edges[word] for word in ("extended", "half", "curled") if word in states]
        note = ""
        if states == {"extended", "curled"}:
            parts = [parts[0] if value < 0.5 * (straight + rolled) else parts[1]]
            note = "or the other end"
        low, high = parts[0][0], parts[-1][1]
        return Row(
            text,
            ok,
            _percent(value),
            unit,
            None if low is None else _percent(low),
            None if high is None else _percent(high),
            note,
        )

    def why_no_pinch(self) -> str:
        """A pinch that is near enough and still none."""
        if self._measures.bend_deg[0] > self._settings.pinch_max_bend_deg:
            return "the index finger is rolled in, as in a fist"
        if self._words.grabbing:
            return "the hand is closed; it pinches once it has opened"
        if self._measures.pinch_gap < self.limit(switch("pinch")):
            return "the hand is closing or opening; a pinch begins when it has stopped"
        return ""


class TemplateRows:
    """What a template measures: the distance from its samples, against its radius and its rivals.

    Args:
        templates: all templates of the library.
        name: of the one that is asked for.
    """

    def __init__(self, templates: tuple[Template, ...], name: str) -> None:
        self._table = TemplateTable(templates)
        self._templates = templates
        self._number = next(number for number, one in enumerate(templates) if one.name == name)

    def rows(self, points: Float32, handedness: Handedness) -> list[Row]:
        """
        Args:
            points: (21, 3) as of an image that is not mirrored.
        """
        template = self._templates[self._number]
        rows = []
        if template.hand != "any":
            ok = template.hand == handedness.lower()
            rows.append(Row(f"{template.hand} hand", ok, note="" if ok else f"it is the {handedness.lower()} hand"))
        near = float(self._table.distances(points, handedness)[self._number])
        radius = template.radius or self._table.settings.radius
        if not math.isfinite(near):
            return [*rows, Row("shape like a sample", False, note="the points are no hand")]
        rows.append(Row("shape like a sample", near < radius, near, "from the nearest one", None, radius))
        odds, shown = (row.tolist() for row in self._table.odds(points, handedness))
        mine = odds[self._number]
        if template.weights:
            rows.append(Row("what training found in it", mine > 0, _sure(mine), _SURE, 50.0))
        others = [number for number, sure in enumerate(shown) if sure > 0 and number != self._number]
        if others:
            rival = max(others, key=odds.__getitem__)
            least, sure = 100 * self._table.settings.runner_up, _sure(mine - odds[rival])
            note = "" if sure >= least else f"it looks more like {self._templates[rival].name}"
            rows.append(Row("rather than another template", sure >= least, sure, _SURE, least, None, note))
        return rows


def _sure(log_odds: float) -> float:
    """Log-odds as a percentage."""
    return 100.0 / (1.0 + math.exp(-min(max(log_odds, -80.0), 80.0)))
