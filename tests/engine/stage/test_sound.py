"""Sounds are made by the script, bit for bit; playing never fails for want of a device."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pygame
import pytest

from handplay.engine.stage.sound import PITCHES, SOUNDS, VOICES, Sound, file_stem, pan

ASSETS = Path(__file__).resolve().parents[3] / "assets"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sounds")
    subprocess.run([sys.executable, str(ASSETS / "make_sounds.py"), str(folder)], check=True, timeout=60)
    return folder


def samples(path: Path) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def test_the_script_makes_the_files_bit_for_bit(made: Path) -> None:
    committed = {path.name: path.read_bytes() for path in (ASSETS / "sounds").glob("*.wav")}
    fresh = {path.name: path.read_bytes() for path in made.glob("*.wav")}
    assert committed.keys() == fresh.keys()
    wrong = [name for name in fresh if fresh[name] != committed[name]]
    if sys.platform != "linux":  # another C library may round the last bit of a sine differently
        wrong = [
            name
            for name in wrong
            if np.abs(samples(made / name).astype(int) - samples(ASSETS / "sounds" / name)).max() > 1
        ]
    assert wrong == []


def test_every_name_has_its_file() -> None:
    wanted = {file_stem(name, pitch) for name in SOUNDS for pitch in range(PITCHES)}
    assert {path.stem for path in (ASSETS / "sounds").glob("*.wav")} == wanted


def test_sounds_are_short_soft_and_small() -> None:
    paths = sorted((ASSETS / "sounds").glob("*.wav"))
    assert sum(path.stat().st_size for path in paths) < 1_500_000
    for path in paths:
        wave_form = samples(path).astype(float) / 32768
        assert len(wave_form) / 22_050 < 0.25, path.name
        assert np.abs(wave_form).max() <= 0.51, path.name
        assert np.abs(wave_form[:4]).max() < 0.05, path.name  # no click at the start
        assert np.abs(wave_form[-4:]).max() < 0.01, path.name  # nor at the end


def test_hits_rise(made: Path) -> None:
    peaks = []
    for pitch in range(PITCHES):
        spectrum = np.abs(np.fft.rfft(samples(made / f"{file_stem('hit', pitch)}.wav").astype(float), 1 << 15))
        peaks.append(int(spectrum.argmax()))
    assert peaks == sorted(set(peaks))


@pytest.mark.parametrize("x", [-1.0, 0.0, 0.25, 0.5, 0.75, 1.0, 2.0])
def test_panning_keeps_the_power(x: float) -> None:
    left, right = pan(x)
    assert left**2 + right**2 == pytest.approx(1.0)
    assert min(left, right) > 0.2
    assert (left > right) == (x < 0.5) or x == 0.5


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="got 'boing', wanted one of hit, wall"):
        Sound(off=True).play("boing")


def test_without_a_device_it_is_silent_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise pygame.error("No such device")

    monkeypatch.setattr(pygame.mixer, "init", refuse)
    sound = Sound()
    sound.start()
    assert sound._loader is not None
    sound._loader.join(timeout=20)
    sound.play("hit")
    sound.close()
    assert sound.note == "No sound device found: playing without sound"


def test_eight_voices_and_no_more() -> None:
    sound = Sound()
    sound.start()
    try:
        assert sound._loader is not None
        sound._loader.join(timeout=20)
        for pitch in range(20):
            sound.play("hit", x=pitch / 20, pitch=pitch)
        assert pygame.mixer.get_num_channels() == VOICES
        assert sum(pygame.mixer.Channel(i).get_busy() for i in range(VOICES)) <= VOICES
        sound.mute = True
        pygame.mixer.stop()
        sound.play("go")
        assert not pygame.mixer.get_busy()
    finally:
        sound.close()
        sound.close()
