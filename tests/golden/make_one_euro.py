"""Remakes `one_euro.json`: the One-Euro filter of the paper, one number at a time, written apart from the product.

Run: python tests/golden/make_one_euro.py
"""

from __future__ import annotations

import json
import math
import random
from pathlib import Path


def smoothing_factor(cutoff_hz: float, dt_s: float) -> float:
    """The paper's alpha: 1 / (1 + tau / Te)."""
    tau = 1.0 / (2.0 * math.pi * cutoff_hz)
    return 1.0 / (1.0 + tau / dt_s)


def one_euro(samples: list[tuple[float, float]], min_cutoff: float, beta: float, d_cutoff: float) -> list[float]:
    """Filters (time, value) pairs, the speed taken against the last filtered value as in the authors' code."""
    out: list[float] = []
    speed = 0.0
    for number, (time_s, value) in enumerate(samples):
        if number == 0:
            out.append(value)
            continue
        dt_s = time_s - samples[number - 1][0]
        raw = (value - out[-1]) / dt_s
        a = smoothing_factor(d_cutoff, dt_s)
        speed = a * raw + (1.0 - a) * speed
        a = smoothing_factor(min_cutoff + beta * abs(speed), dt_s)
        out.append(a * value + (1.0 - a) * out[-1])
    return out


def main() -> None:
    rng = random.Random(7)
    cases = []
    for min_cutoff, beta, d_cutoff in ((1.0, 0.0, 1.0), (1.5, 4.0, 2.0), (0.05, 80.0, 1.0)):
        time_s, samples = 0.0, []
        for step in range(60):
            value = (0.0 if step < 20 else 1.0 if step < 30 else math.sin(step / 4.0)) + rng.gauss(0.0, 0.02)
            samples.append((round(time_s, 6), round(value, 6)))
            time_s += rng.choice((1 / 60, 1 / 30, 1 / 12))
        wanted = one_euro(samples, min_cutoff, beta, d_cutoff)
        cases.append(
            {"min_cutoff": min_cutoff, "beta": beta, "d_cutoff": d_cutoff, "samples": samples, "wanted": wanted}
        )
    Path(__file__).with_name("one_euro.json").write_text(json.dumps(cases), encoding="utf-8")


if __name__ == "__main__":
    main()
