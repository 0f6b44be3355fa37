"""Makes every sound of the stage: `python assets/make_sounds.py [FOLDER]`, by default into `sounds/` beside it.

One family: sines with a few soft overtones on one pentatonic scale, a soft attack, a short tail. Plain arithmetic and
no random numbers from elsewhere, so that every machine writes the same bytes.
"""

from __future__ import annotations

import math
import struct
import sys
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path

RATE = 22_050
PEAK = 0.5
"""Eight voices may sound together; none of them comes near the limit alone."""

_ROOT_HZ = 261.6256  # middle C
_PENTATONIC = (0, 2, 4, 7, 9)


def note_hz(degree: int) -> float:
    """Frequency of a step of the major pentatonic scale; 0 is middle C, 5 an octave above, -5 below."""
    octave, step = divmod(degree, 5)
    return _ROOT_HZ * 2 ** (octave + _PENTATONIC[step] / 12)


def tone(
    degree: int,
    length_s: float,
    *,
    attack_s: float = 0.006,
    decay: float = 6.0,
    overtones: tuple[float, ...] = (1.0, 0.28, 0.10, 0.04),
    bend: float = 0.0,
    level: float = 1.0,
) -> list[float]:
    """A plucked note.

    Args:
        degree: step of the scale.
        length_s: length, seconds; the last fifth fades to nothing.
        attack_s: time to full strength.
        decay: how many times it falls by e over its length.
        overtones: strengths of the harmonics; the higher ones die sooner.
        bend: octaves it slides up (or down) over its length.
        level: 0..1.
    """
    count = round(length_s * RATE)
    base_hz = note_hz(degree)
    samples = []
    phase = 0.0
    for i in range(count):
        t = i / count
        phase += base_hz * 2 ** (bend * t) / RATE
        value = sum(
            strength * math.exp(-decay * t * (1 + 0.7 * k)) * math.sin(2 * math.pi * phase * (k + 1))
            for k, strength in enumerate(overtones)
            if base_hz * (k + 1) < RATE * 0.45
        )
        attack = 0.5 - 0.5 * math.cos(math.pi * min(1.0, i / RATE / attack_s))
        release = 0.5 - 0.5 * math.cos(math.pi * min(1.0, (1 - t) / 0.2))
        samples.append(level * value * attack * release)
    return samples


def breath(length_s: float, *, low: float = 0.06, level: float = 0.5) -> list[float]:
    """A soft puff of filtered noise, from a generator of its own."""
    count = round(length_s * RATE)
    state, smooth, samples = 0x2545F491, 0.0, []
    for i in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        smooth += low * (state / 0x80000000 - 1.0 - smooth)
        shape = math.sin(math.pi * i / count) ** 2
        samples.append(level * smooth * shape * 4)
    return samples


def layered(*parts: tuple[float, list[float]]) -> list[float]:
    """Sounds laid over each other, each from its own moment on (seconds)."""
    placed = [(round(start_s * RATE), samples) for start_s, samples in parts]
    total = [0.0] * max(start + len(samples) for start, samples in placed)
    for start, samples in placed:
        for i, value in enumerate(samples):
            total[start + i] += value
    return total


def rising(degrees: tuple[int, ...], step_s: float, length_s: float) -> list[float]:
    """A few notes in quick succession."""
    return layered(*((i * step_s, tone(degree, length_s, decay=5.0)) for i, degree in enumerate(degrees)))


HITS = 12
_MARIMBA = (1.0, 0.12, 0.0, 0.16)

SOUNDS: dict[str, Callable[[], list[float]]] = {
    **{
        f"hit_{step:02d}": partial(tone, 2 + step, 0.16, attack_s=0.003, decay=7.0, overtones=_MARIMBA)
        for step in range(HITS)
    },
    "wall": lambda: tone(-3, 0.11, attack_s=0.004, decay=6.5, overtones=(1.0, 0.2), level=0.8),
    "serve": lambda: layered((0.0, tone(0, 0.2, bend=0.35, decay=4.0)), (0.0, breath(0.16, level=0.35))),
    "score": lambda: rising((5, 7, 9), 0.05, 0.14),
    "miss": lambda: layered((0.0, tone(2, 0.12, decay=4.0)), (0.09, tone(-1, 0.15, decay=4.0, bend=-0.08))),
    "win": lambda: rising((5, 7, 8, 10), 0.035, 0.14),
    "lose": lambda: layered((0.0, tone(3, 0.1, decay=4.0)), (0.07, tone(1, 0.1, decay=4.0)), (0.14, tone(-2, 0.1))),
    "count": lambda: tone(5, 0.10, decay=5.5, overtones=(1.0, 0.15), level=0.8),
    "go": lambda: layered((0.0, tone(10, 0.22, decay=4.5)), (0.0, tone(7, 0.22, decay=4.5, level=0.6))),
    "select": lambda: layered((0.0, tone(7, 0.09)), (0.05, tone(10, 0.13))),
    "hover": lambda: tone(8, 0.06, attack_s=0.010, decay=5.0, overtones=(1.0,), level=0.45),
    "found": lambda: rising((3, 5), 0.06, 0.16),
    "pen_down": lambda: tone(4, 0.05, attack_s=0.004, decay=6.0, overtones=(1.0, 0.1), level=0.6),
    "pen_up": lambda: tone(6, 0.05, attack_s=0.006, decay=6.0, overtones=(1.0,), level=0.5),
    "undo": lambda: layered((0.0, tone(4, 0.07)), (0.045, tone(2, 0.09))),
    "redo": lambda: layered((0.0, tone(2, 0.07)), (0.045, tone(4, 0.09))),
    "snap": lambda: layered((0.0, tone(9, 0.06, overtones=(1.0, 0.1))), (0.03, tone(12, 0.12, overtones=(1.0,)))),
    "saved": lambda: rising((5, 7, 9, 12), 0.03, 0.13),
    "lost": lambda: layered((0.0, tone(3, 0.12, level=0.8)), (0.08, tone(0, 0.15, level=0.8))),
}
"""File name without suffix to what makes its samples."""


def as_wav_frames(samples: list[float], peak: float) -> bytes:
    """Samples as 16-bit little-endian frames, scaled so that the loudest is at `peak` of full scale."""
    loudest = max(max(map(abs, samples)), 1e-9)
    scale = peak * 32767 / loudest
    return struct.pack(f"<{len(samples)}h", *(math.floor(value * scale + 0.5) for value in samples))


_QUIETER = {
    "wall": 0.32,
    "hover": 0.18,
    "count": 0.36,
    "lost": 0.36,
    "found": 0.40,
    "pen_down": 0.14,
    "pen_up": 0.1,
    "undo": 0.3,
    "redo": 0.3,
    "snap": 0.3,
}


def write_all(folder: Path) -> None:
    """Writes all sounds as mono WAV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in SOUNDS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(as_wav_frames(make(), _QUIETER.get(name, PEAK)))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "sounds")
