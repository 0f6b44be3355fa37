"""What a model file must be: its names, the known SHA-256 sums, the shapes of its tensors.

A file under one of the wheel's names must be exactly the wheel's file. The members of the task bundle have no known
sum, so their first bytes and their tensors decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from handplay.engine.errors import ModelRefused

ModelKind = Literal["palm", "landmark"]
ModelVariant = Literal["full", "lite"]

Shape = tuple[int, ...]

WHEEL_NAMES: dict[tuple[ModelKind, ModelVariant], str] = {
    ("palm", "full"): "palm_detection_full.tflite",
    ("palm", "lite"): "palm_detection_lite.tflite",
    ("landmark", "full"): "hand_landmark_full.tflite",
    ("landmark", "lite"): "hand_landmark_lite.tflite",
}
"""File names in the mediapipe wheel, below `modules/palm_detection` and `modules/hand_landmark`."""

BUNDLE_NAMES: dict[ModelKind, str] = {
    "palm": "hand_detector.tflite",
    "landmark": "hand_landmarks_detector.tflite",
}
"""Members of Google's `hand_landmarker.task`: the full models; a lite bundle is not published."""

KNOWN_SHA256 = {
    "palm_detection_full.tflite": "1b14e9422c6ad006cde6581a46c8b90dd573c07ab7f3934b5589e7cea3f89a54",
    "palm_detection_lite.tflite": "e9a4aaddf90dda56a87235303cf00e4c2d3fb28725f68fd88772997dac905c18",
    "hand_landmark_full.tflite": "11c272b891e1a99ab034208e23937a8008388cf11ed2a9d776ed3d01d0ba00e3",
    "hand_landmark_lite.tflite": "048edd3645c9bf7397d19a9f6e3a42957d6e414c9bea6598030a2e9b624156e6",
}
"""Of the files in the mediapipe 0.10.21 wheel."""

_INPUTS: dict[ModelKind, tuple[Shape, ...]] = {
    "palm": ((1, 192, 192, 3),),
    "landmark": ((1, 224, 224, 3),),
}
_OUTPUTS: dict[ModelKind, tuple[Shape, ...]] = {
    "palm": ((1, 2016, 1), (1, 2016, 18)),  # scores, boxes with 7 points
    "landmark": ((1, 1), (1, 1), (1, 63), (1, 63)),  # presence, handedness, screen and world landmarks
}

_MAGIC = b"TFL3"
"""The flatbuffer's file identifier, at bytes 4 to 8 of every .tflite file."""

_LARGEST_BYTES = 64 << 20
"""Far above the largest known file (5.5 MB): whatever is larger is something else."""

_REMEDY = "Remove it and run 'handplay doctor --download-models', or reinstall mediapipe==0.10.21."


def verify_model(kind: ModelKind, path: Path) -> None:
    """All checks of one model file: bytes, sum, and tensors where no known sum vouches for them.

    Raises:
        ModelRefused: it is not what it should be.
    """
    verify_file(path)
    if path.name not in KNOWN_SHA256:
        verify_tensors(kind, path)


def verify_file(path: Path) -> None:
    """Checks a model file before LiteRT sees it: it is a .tflite file, and the known one if it bears a known name.

    Reads the whole file (2 to 6 MB, a few milliseconds).

    Raises:
        ModelRefused: it is not; the message names the file, what was found and what was expected.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _LARGEST_BYTES else b""
    except OSError as error:
        reason = error.strerror or error
        raise ModelRefused(f"The model file {path} cannot be read: {reason}. {_REMEDY}") from error
    if size > _LARGEST_BYTES:
        raise ModelRefused(f"{path} has {size >> 20} MB, far too much for a hand model. {_REMEDY}")
    verify_magic(data, str(path))
    expected = KNOWN_SHA256.get(path.name)
    if expected is None:
        return
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise ModelRefused(
            f"{path} is not the {path.name} of mediapipe 0.10.21: "
            f"its SHA-256 begins with {found[:12]}, expected {expected[:12]}. {_REMEDY}"
        )


def verify_magic(data: bytes, name: str) -> None:
    """Checks that the bytes begin as a .tflite file does.

    Raises:
        ModelRefused: they do not; `name` is what the message calls them.
    """
    if data[4:8] != _MAGIC:
        what = "is empty" if not data else "is not a TensorFlow Lite model (its first bytes are not those of one)"
        raise ModelRefused(f"{name} {what}. {_REMEDY}")


def check_shapes(
    kind: ModelKind, input_shapes: Iterable[Sequence[int]], output_shapes: Iterable[Sequence[int]], path: Path
) -> None:
    """Checks the tensors of a loaded model. The order of the outputs does not matter: their names tell them apart.

    Args:
        kind: which of the two models it should be.
        input_shapes, output_shapes: one shape a tensor, as the interpreter gives them.
        path: the file, for the message.

    Raises:
        ModelRefused: other shapes than the model has.
    """
    for side, shapes, wanted in (("inputs", input_shapes, _INPUTS[kind]), ("outputs", output_shapes, _OUTPUTS[kind])):
        got = tuple(sorted(tuple(int(n) for n in shape) for shape in shapes))
        if got != wanted:
            what = "palm detection" if kind == "palm" else "hand landmark"
            raise ModelRefused(
                f"{path} is not a {what} model: its {side} have the shapes {_words(got)}, "
                f"expected {_words(wanted)}. {_REMEDY}"
            )


def verify_tensors(kind: ModelKind, path: Path) -> None:
    """Opens a model with the runtime and checks its tensors.

    Raises:
        ModelRefused: the runtime cannot open it, or its tensors are others.
    """
    from handplay.engine.tracking.runtime import LiteModel

    model = LiteModel(path, threads=1)
    check_shapes(kind, [model.input_shape], model.output_shapes, path)


def _words(shapes: Iterable[Shape]) -> str:
    return ", ".join("x".join(map(str, shape)) for shape in shapes) or "none"
