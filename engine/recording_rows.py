"""The rows of a `*.hands.jsonl` recording, there and back; no files here.

A header line, then one line per frame, also when it has no hand.

    {"format": "handplay-hands", "version": 1, "source", "width", "height", "fps", "mirrored"}
    {"frame": 0, "time_s": 0.0, "hands": [{"id", "handedness", "handedness_score", "presence", "landmarks_px",
                                           "world_m", "fingers", "curl", "pinch", "grab", "gestures"}]}

The last five are there if a recognizer has read the hand. Rows of a folder also have `file`, `width` and `height`.
`time_s` counts from the first recorded frame. Landmarks are rounded to 0.001 px and 0.001 mm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import FINGERS, LANDMARK_COUNT, Hand, HandFrame

if TYPE_CHECKING:
    from handplay.gestures.reading import HandReading

FORMAT = "handplay-hands"
VERSION = 1

_PX_DECIMALS, _WORLD_DECIMALS, _SCORE_DECIMALS, _TIME_DECIMALS = 3, 6, 4, 6


@dataclass(frozen=True, slots=True)
class RecordingHeader:
    """The first line of a recording.

    Attributes:
        source: name of what was recorded.
        width, height: of the source's pictures, pixels; 0 if every row has its own.
        fps: frames a second, 0.0 if not known.
        mirrored: True if the source was a selfie view.
    """

    source: str
    width: int
    height: int
    fps: float
    mirrored: bool = False

    def __post_init__(self) -> None:
        if self.width < 0 or self.height < 0:
            raise ValueError(f"RecordingHeader: got {self.width}x{self.height}, wanted pixels from 0 up")
        if not (math.isfinite(self.fps) and self.fps >= 0):
            raise ValueError(f"RecordingHeader.fps: got {self.fps}, wanted a number from 0 up")


@dataclass(frozen=True, slots=True, eq=False)
class RecordedFrame:
    """One row of a recording.

    Attributes:
        hands: the hands; `time_s` counts from the first recorded frame.
        readings: what the recognizer made of them, one per hand that has it.
        file: file name, for the pictures of a folder.
    """

    hands: HandFrame
    readings: tuple[HandReading, ...] = ()
    file: str | None = None


class RowError(ValueError):
    """A row that is not as the format says; the message names the field, what was wanted and what was found."""


def header_row(header: RecordingHeader) -> dict[str, Any]:
    """The first line."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "source": header.source,
        "width": header.width,
        "height": header.height,
        "fps": round(header.fps, _TIME_DECIMALS),
        "mirrored": header.mirrored,
    }


def frame_row(frame: RecordedFrame) -> dict[str, Any]:
    """One line; readings are matched to hands by id."""
    by_id = {reading.hand_id: reading for reading in frame.readings}
    hands = frame.hands
    row: dict[str, Any] = {"frame": hands.frame_index, "time_s": round(hands.time_s, _TIME_DECIMALS)}
    if frame.file is not None:
        row |= {"file": frame.file, "width": hands.width, "height": hands.height}
    row["hands"] = [_hand_row(hand, by_id.get(hand.hand_id)) for hand in hands]
    return row


def parse_header(row: object) -> RecordingHeader:
    """The header of a decoded first line.

    Raises:
        RowError: another format or version, or a field that is missing or wrong.
    """
    if not isinstance(row, dict) or row.get("format") != FORMAT:
        raise RowError(f'it does not begin with {{"format": "{FORMAT}", ...}}, so it is no recording of hands')
    if row.get("version") != VERSION:
        raise RowError(f"version: got {_told(row.get('version'))}, this program reads version {VERSION}")
    mirrored = row.get("mirrored", False)
    if not isinstance(mirrored, bool):
        raise RowError(f"mirrored: got {_told(mirrored)}, wanted true or false")
    return RecordingHeader(
        source=_text(row, "source"),
        width=_whole(row, "width"),
        height=_whole(row, "height"),
        fps=_number(row, "fps", 0.0, 1e6),
        mirrored=mirrored,
    )


def parse_frame(row: object, header: RecordingHeader) -> RecordedFrame:
    """The frame of a decoded line.

    Raises:
        RowError: a field that is missing or wrong.
    """
    if not isinstance(row, dict):
        raise RowError(f"got {_told(row)}, wanted an object")
    hand_rows = row.get("hands")
    if not isinstance(hand_rows, list):
        raise RowError(f"hands: got {_told(hand_rows)}, wanted a list")
    hands: list[Hand] = []
    readings: list[HandReading] = []
    for number, hand_row in enumerate(hand_rows):
        try:
            hand, reading = _parse_hand(hand_row)
        except RowError as error:
            raise RowError(f"hands[{number}].{error}") from None
        if any(hand.hand_id == other.hand_id for other in hands):
            raise RowError(f"hands[{number}].id: {hand.hand_id} is there twice")
        hands.append(hand)
        if reading is not None:
            readings.append(reading)
    own_size = "file" in row
    frame = HandFrame(
        frame_index=_whole(row, "frame"),
        time_s=_number(row, "time_s", -1e12, 1e12),
        width=_whole(row, "width") if own_size else header.width,
        height=_whole(row, "height") if own_size else header.height,
        mirrored=header.mirrored,
        hands=tuple(hands),
    )
    return RecordedFrame(frame, tuple(readings), _text(row, "file") if own_size else None)


def _hand_row(hand: Hand, reading: HandReading | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": hand.hand_id,
        "handedness": hand.handedness,
        "handedness_score": round(float(hand.handedness_score), _SCORE_DECIMALS),
        "presence": round(float(hand.presence), _SCORE_DECIMALS),
        "landmarks_px": _rounded(hand.landmarks_px, _PX_DECIMALS),
        "world_m": _rounded(hand.world_m, _WORLD_DECIMALS),
    }
    if reading is not None:
        row["fingers"] = dict(zip(FINGERS, reading.fingers, strict=True))
        row["curl"] = [round(float(value), _SCORE_DECIMALS) for value in reading.curl]
        row["pinch"] = round(float(reading.pinch), _SCORE_DECIMALS)
        row["grab"] = round(float(reading.grab), _SCORE_DECIMALS)
        row["gestures"] = list(reading.gestures)
    return row


def _rounded(points: Float32, decimals: int) -> list[list[float]]:
    # In double precision: a rounded float32 would print all its seventeen digits.
    rounded: list[list[float]] = np.round(points.astype(np.float64), decimals).tolist()
    return rounded


def _parse_hand(row: object) -> tuple[Hand, HandReading | None]:
    if not isinstance(row, dict):
        raise RowError(f"got {_told(row)}, wanted an object")
    handedness = row.get("handedness")
    if handedness not in ("Left", "Right"):
        raise RowError(f'handedness: got {_told(handedness)}, wanted "Left" or "Right"')
    hand = Hand(
        hand_id=_whole(row, "id"),
        handedness="Left" if handedness == "Left" else "Right",
        handedness_score=_number(row, "handedness_score", 0.0, 1.0),
        presence=_number(row, "presence", 0.0, 1.0),
        landmarks_px=_points(row, "landmarks_px"),
        world_m=_points(row, "world_m"),
    )
    return hand, _parse_reading(row, hand.hand_id) if "fingers" in row else None


def _parse_reading(row: dict[str, Any], hand_id: int) -> HandReading:
    # Imported here: recordings without readings need nothing of the gestures.
    from handplay.gestures.reading import FingerState, HandReading

    known: tuple[FingerState, ...] = ("extended", "half", "curled", "unknown")
    fingers = row["fingers"]
    states: list[FingerState] = []
    for name in FINGERS:
        word = fingers.get(name) if isinstance(fingers, dict) else None
        if word not in known:
            raise RowError(f"fingers.{name}: got {_told(word)}, wanted one of {', '.join(known)}")
        states.append(known[known.index(word)])
    thumb, index, middle, ring, pinky = states
    curl = row.get("curl", [0.0] * len(FINGERS))
    if not isinstance(curl, list) or len(curl) != len(FINGERS) or not all(_is_number(value) for value in curl):
        raise RowError(f"curl: got {_told(curl)}, wanted {len(FINGERS)} numbers")
    gestures = row.get("gestures", [])
    if not isinstance(gestures, list) or not all(isinstance(name, str) for name in gestures):
        raise RowError(f"gestures: got {_told(gestures)}, wanted a list of names")
    curls = tuple(float(value) for value in curl)
    return HandReading(
        hand_id=hand_id,
        fingers=(thumb, index, middle, ring, pinky),
        curl=(curls[0], curls[1], curls[2], curls[3], curls[4]),
        pinch=_number(row, "pinch", 0.0, 1.0),
        grab=_number(row, "grab", 0.0, 1.0),
        gestures=tuple(gestures),
    )


def _points(row: dict[str, Any], name: str) -> Float32:
    try:
        points = np.array(row.get(name), np.float64)
    except (TypeError, ValueError, OverflowError):
        points = np.empty(0)
    wanted = (LANDMARK_COUNT, 3)
    if points.shape != wanted:
        raise RowError(f"{name}: wanted {wanted[0]} points of {wanted[1]} numbers")
    if not (np.abs(points) < 1e9).all():
        raise RowError(f"{name}: a number that is not finite, or absurdly large")
    return points.astype(np.float32)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -1e300 < value < 1e300


def _number(row: dict[str, Any], name: str, low: float, high: float) -> float:
    value = row.get(name)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not low <= value <= high:
        raise RowError(f"{name}: got {_told(value)}, wanted a number from {low:g} to {high:g}")
    return float(value)


def _whole(row: dict[str, Any], name: str) -> int:
    value = row.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise RowError(f"{name}: got {_told(value)}, wanted a whole number from 0 up")
    return value


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise RowError(f"{name}: got {_told(value)}, wanted a text")
    return value


def _told(value: object) -> str:
    """A value for a message, cut to a readable length."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
