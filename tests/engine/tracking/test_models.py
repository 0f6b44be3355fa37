"""Where models are looked for, in which order, and what is refused."""

from __future__ import annotations

import hashlib
import importlib.machinery
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from handplay.engine.errors import ModelMissing, ModelRefused
from handplay.engine.tracking import model_files, models
from handplay.engine.tracking.bundle import BUNDLE_FILE, unpack_bundle
from handplay.engine.tracking.model_files import BUNDLE_NAMES, KNOWN_SHA256, WHEEL_NAMES, check_shapes, verify_file
from handplay.engine.tracking.models import ModelVariant, find_models

TFLITE = b"\x1c\0\0\0TFL3 a stand-in for "


def put(folder: Path, *names: str) -> Path:
    """Files that begin as a .tflite file does; their sums are what `stand_ins` declares."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(TFLITE + name.encode())
    return folder


def wheel_names(variant: ModelVariant) -> tuple[str, str]:
    return WHEEL_NAMES["palm", variant], WHEEL_NAMES["landmark", variant]


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The stand-ins count as the known files; the cache is empty, no variable is set, mediapipe is not there."""
    for name in KNOWN_SHA256:
        monkeypatch.setitem(KNOWN_SHA256, name, hashlib.sha256(TFLITE + name.encode()).hexdigest())
    monkeypatch.setattr(model_files, "verify_tensors", lambda kind, path: None)
    monkeypatch.delenv("HANDPLAY_MODELS", raising=False)
    monkeypatch.setattr(models, "cache_dir", lambda: tmp_path / "cache")
    use_mediapipe(monkeypatch, None)


def use_mediapipe(monkeypatch: pytest.MonkeyPatch, folder: Path | None) -> None:
    def find_spec(name: str) -> importlib.machinery.ModuleSpec | None:
        assert name == "mediapipe"
        if folder is None:
            return None
        spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
        return spec

    monkeypatch.setattr("importlib.util.find_spec", find_spec)


def put_package(folder: Path, variant: ModelVariant = "full") -> Path:
    palm, landmark = wheel_names(variant)
    put(folder / "modules" / "palm_detection", palm)
    put(folder / "modules" / "hand_landmark", landmark)
    return folder


# --- order of the places ---


def test_argument_beats_variable_beats_cache_beats_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_mediapipe(monkeypatch, put_package(tmp_path / "package"))
    assert find_models().palm.is_relative_to(tmp_path / "package")
    put(tmp_path / "cache", *BUNDLE_NAMES.values())
    assert find_models().palm.is_relative_to(tmp_path / "cache")
    monkeypatch.setenv("HANDPLAY_MODELS", str(put(tmp_path / "variable", *wheel_names("full"))))
    found = find_models()
    assert found.palm.is_relative_to(tmp_path / "variable")
    assert "HANDPLAY_MODELS" in found.origin
    found = find_models(models_dir=put(tmp_path / "argument", *wheel_names("full")))
    assert found.landmark == tmp_path / "argument" / "hand_landmark_full.tflite"
    assert "--models" in found.origin


def test_lite_comes_from_the_package_when_the_cache_has_only_the_download(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(tmp_path / "cache", *BUNDLE_NAMES.values())
    use_mediapipe(monkeypatch, put_package(tmp_path / "package", "lite"))
    assert find_models("lite").palm.name == "palm_detection_lite.tflite"


def test_an_empty_variable_names_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HANDPLAY_MODELS", "")
    put(tmp_path / "cache", *wheel_names("full"))
    assert find_models().origin == "the user's cache folder"


@pytest.mark.parametrize(
    ("palm_folder", "landmark_folder"),
    [(".", "."), ("palm_detection", "hand_landmark"), ("modules/palm_detection", "modules/hand_landmark")],
    ids=["flat", "folders of the wheel", "whole package"],
)
@pytest.mark.parametrize("variant", ["full", "lite"])
def test_layouts_of_a_named_folder(
    tmp_path: Path, palm_folder: str, landmark_folder: str, variant: ModelVariant
) -> None:
    palm, landmark = wheel_names(variant)
    put(tmp_path / palm_folder, palm)
    put(tmp_path / landmark_folder, landmark)
    found = find_models(variant, tmp_path)
    assert (found.palm.name, found.landmark.name, found.variant) == (palm, landmark, variant)


def test_half_a_pair_in_the_cache_is_not_taken(tmp_path: Path) -> None:
    put(tmp_path / "cache", BUNDLE_NAMES["palm"])
    with pytest.raises(ModelMissing):
        find_models()


# --- nothing there ---


def test_nothing_found_names_every_place_and_the_command(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"handplay doctor --download-models") as caught:
        find_models()
    assert str(tmp_path / "cache") in str(caught.value)
    assert "mediapipe package (not installed)" in str(caught.value)


def test_a_newer_mediapipe_without_models_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    use_mediapipe(monkeypatch, tmp_path / "package")
    with pytest.raises(ModelMissing, match=r"carries no model files; 0\.10\.21 does"):
        find_models()


@pytest.mark.parametrize("by", ["argument", "variable"])
@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda place: None, "does not exist"),
        (lambda place: put(place), "does not hold palm_detection_full.tflite and hand_landmark_full.tflite"),
        (lambda place: put(place, "palm_detection_full.tflite"), "does not hold palm_detection_full"),
        (lambda place: put(place, *wheel_names("lite")), "does not hold palm_detection_full"),
    ],
    ids=["absent", "empty", "half", "other variant"],
)
def test_a_named_folder_without_models_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, by: str, prepare: object, message: str
) -> None:
    put(tmp_path / "cache", *wheel_names("full"))  # never fallen back to
    place = tmp_path / "named"
    assert callable(prepare)
    prepare(place)
    if by == "variable":
        monkeypatch.setenv("HANDPLAY_MODELS", str(place))
    who = "HANDPLAY_MODELS" if by == "variable" else "--models"
    with pytest.raises(ModelMissing, match=f"{who} names .*{message}"):
        find_models(models_dir=place if by == "argument" else None)


def test_lite_of_a_folder_with_the_download_says_why(tmp_path: Path) -> None:
    put(tmp_path, *BUNDLE_NAMES.values())
    with pytest.raises(ModelMissing, match="full models of the download only"):
        find_models("lite", tmp_path)


def test_lite_without_any_place_says_that_the_download_has_none() -> None:
    with pytest.raises(ModelMissing, match=r"--model full, or install mediapipe==0\.10\.21"):
        find_models("lite")


def test_a_misspelt_variant_is_refused() -> None:
    with pytest.raises(ValueError, match="got 'heavy', wanted 'full' or 'lite'"):
        find_models("heavy")  # type: ignore[arg-type]  # the point of the test


# --- refused files ---


@pytest.mark.parametrize("name", [*KNOWN_SHA256])
def test_a_file_under_a_known_name_with_another_sum_is_refused(tmp_path: Path, name: str) -> None:
    put(tmp_path, *KNOWN_SHA256)
    (tmp_path / name).write_bytes(TFLITE + b"something else")
    expected = KNOWN_SHA256[name][:12]
    with pytest.raises(ModelRefused, match=f"{name} .*expected {expected}") as caught:
        find_models("full" if "full" in name else "lite", tmp_path)
    assert "handplay doctor --download-models" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"<html>404</html>", "is not a TensorFlow Lite model"),
        (b"TFL3", "is not a TensorFlow Lite model"),
        (b"version https://git-lfs.github.com/spec/v1", "is not a TensorFlow Lite model"),
    ],
    ids=["empty", "web page", "short", "pointer"],
)
@pytest.mark.parametrize("name", ["palm_detection_full.tflite", "hand_detector.tflite"])
def test_what_is_no_model_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelRefused, match=message):
        verify_file(tmp_path / name)


def test_a_member_of_the_bundle_has_no_known_sum(tmp_path: Path) -> None:
    put(tmp_path, "hand_detector.tflite")
    verify_file(tmp_path / "hand_detector.tflite")


def test_a_member_of_the_bundle_with_other_tensors_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def verify_tensors(kind: model_files.ModelKind, path: Path) -> None:
        check_shapes(kind, *PALM, path)

    monkeypatch.setattr(model_files, "verify_tensors", verify_tensors)
    put(tmp_path, *BUNDLE_NAMES.values())
    with pytest.raises(ModelRefused, match=r"hand_landmarks_detector\.tflite is not a hand landmark model"):
        find_models(models_dir=tmp_path)


def test_an_enormous_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(model_files, "_LARGEST_BYTES", 3)
    put(tmp_path, "hand_detector.tflite")
    with pytest.raises(ModelRefused, match="far too much"):
        verify_file(tmp_path / "hand_detector.tflite")


PALM = ([(1, 192, 192, 3)], [(1, 2016, 18), (1, 2016, 1)])
LANDMARK = ([[1, 224, 224, 3]], [[1, 63], [1, 1], [1, 1], [1, 63]])


def test_shapes_of_the_two_models_pass_in_any_order() -> None:
    check_shapes("palm", *PALM, Path("p"))
    check_shapes("palm", PALM[0], PALM[1][::-1], Path("p"))
    check_shapes("landmark", *LANDMARK, Path("l"))


@pytest.mark.parametrize(
    ("kind", "shapes", "message"),
    [
        ("palm", LANDMARK, r"p\.tflite is not a palm detection model: its inputs .* 1x224x224x3, expected 1x192x192x3"),
        ("landmark", PALM, "not a hand landmark model"),
        ("palm", (PALM[0], PALM[1][:1]), "its outputs have the shapes 1x2016x18, expected 1x2016x1, 1x2016x18"),
        ("landmark", (LANDMARK[0], []), "its outputs have the shapes none"),
        ("palm", (PALM[0] * 2, PALM[1]), "its inputs"),
    ],
    ids=["swapped", "swapped back", "one output", "no output", "two inputs"],
)
def test_other_shapes_are_refused(
    kind: model_files.ModelKind, shapes: tuple[list[tuple[int, ...]], list[tuple[int, ...]]], message: str
) -> None:
    with pytest.raises(ModelRefused, match=message):
        check_shapes(kind, *shapes, Path("p.tflite"))


# --- the task bundle as a zip ---


def make_bundle(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


STAND_IN_MEMBERS = {name: TFLITE + name.encode() for name in BUNDLE_NAMES.values()}


@pytest.mark.parametrize("named", ["folder", "file"])
def test_a_bundle_is_unpacked_once_into_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str) -> None:
    seen: list[str] = []
    monkeypatch.setattr("handplay.engine.tracking.bundle.verify_tensors", lambda kind, path: seen.append(kind))
    bundle = make_bundle(tmp_path / BUNDLE_FILE, STAND_IN_MEMBERS)
    place = bundle if named == "file" else tmp_path
    first, second = find_models(models_dir=place), find_models(models_dir=place)
    assert first == second
    assert first.palm.read_bytes() == STAND_IN_MEMBERS["hand_detector.tflite"]
    assert first.landmark.read_bytes() == STAND_IN_MEMBERS["hand_landmarks_detector.tflite"]
    assert seen == ["palm", "landmark"]
    assert sorted(p.name for p in first.palm.parent.iterdir()) == sorted(STAND_IN_MEMBERS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a zip at all", "is not a whole hand_landmarker.task"),
        ({"readme.txt": b"hello"}, "does not hold hand_detector.tflite and hand_landmarks_detector.tflite"),
        ({"hand_detector.tflite": TFLITE}, "does not hold hand_landmarks_detector.tflite"),
        (dict.fromkeys(STAND_IN_MEMBERS, b"<html>nothing here"), "hand_detector.tflite in .* is not a TensorFlow"),
        (STAND_IN_MEMBERS, "LiteRT"),
    ],
    ids=["no zip", "another zip", "half", "no models", "models that do not open"],
)
def test_a_foreign_bundle_is_refused_and_leaves_nothing(
    tmp_path: Path, content: bytes | dict[str, bytes], message: str
) -> None:
    bundle = tmp_path / BUNDLE_FILE
    if isinstance(content, bytes):
        bundle.write_bytes(content)
    else:
        make_bundle(bundle, content)
    with pytest.raises(ModelRefused, match=message):
        unpack_bundle(bundle, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*"))


def test_a_damaged_bundle_is_refused(tmp_path: Path) -> None:
    bundle = make_bundle(tmp_path / BUNDLE_FILE, STAND_IN_MEMBERS)
    data = bytearray(bundle.read_bytes())
    data[data.index(b"stand-in")] ^= 1
    bundle.write_bytes(data)
    with pytest.raises(ModelRefused, match=r"not a whole .*CRC"):
        find_models(models_dir=tmp_path)


# --- the real thing, and what it costs ---


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=dict(os.environ)
    )


def test_the_installed_package_is_found_and_never_imported() -> None:
    code = (
        "import sys\n"
        "from handplay.engine.tracking.models import find_models, _mediapipe_folder\n"
        "if _mediapipe_folder() is None: print('absent'); raise SystemExit\n"
        "for variant in 'full', 'lite': print(find_models(variant, _mediapipe_folder()).variant)\n"
        "print('mediapipe' in sys.modules, 'ai_edge_litert' in sys.modules)"
    )
    result = run_python(code)
    assert result.returncode == 0, result.stderr
    if result.stdout.strip() == "absent":
        pytest.skip("the mediapipe wheel is not installed")
    assert result.stdout.split() == ["full", "lite", "False", "False"]
