"""Jitter at rest against lag in motion, on exact truth: our filter and those that others use.

Run: python benchmarks/jitter_lag.py [--quick] [--seed N] [--json FILE]

The demo hand rests and moves; the tracker's raw landmarks are recorded once, then every filter runs over the very same
points, over the whole range of its parameter.

jitter  rms of the landmarks' motion from frame to frame while the hand stands perfectly still, thousandths of a palm
        length; the median over the clips
lag     the shift in time that best lays the filtered path on the true one while the hand moves from place to place,
        less the shift of the raw path; milliseconds, the mean over the clips

`noisy` adds white noise of a hundredth of a palm to every point, as evening webcams do. `prediction` measures leading
the points to the moment of display: distance from where the hand then is, palm lengths.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import filters
import numpy as np
from filters import Array, Filter
from jitter_clips import Clip, record
from judging import deliver, options
from scipy.interpolate import CubicSpline

from handplay.engine.tracking.prediction import PredictionSettings, Predictor
from handplay.engine.tracking.settings import SmoothingSettings
from handplay.engine.tracking.tracker import load_networks

SHIFTS_S = np.arange(-0.05, 0.25, 0.001)
WARM_UP = 12
NOISE_PALMS = 0.01
DEFAULT = SmoothingSettings()


def ours(scale: float = 1.0) -> Filter:
    """The product's filter; the scale of beta draws its curve."""
    return filters.one_euro(DEFAULT.min_cutoff_hz, DEFAULT.beta * scale, DEFAULT.d_cutoff_hz, DEFAULT.rest_speed)


def families(noise: float) -> dict[str, dict[str, Filter]]:
    """Name of the family to parameter to filter."""
    return {
        "ours": {f"{s:g}": ours(s) for s in (0.03, 0.06, 0.12, 0.25, 0.5, 1.0, 2.0, 4.0)},
        "One-Euro of the paper": {
            f"{b:g}": filters.one_euro(1.0, b, 1.0) for b in (0.1, 0.3, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
        },
        "exponential": {f"{c:g} Hz": filters.exponential(c) for c in (1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0)},
        "moving average": {f"{n}": filters.moving_average(n) for n in (2, 3, 4, 5, 6, 8)},
        "constant-velocity Kalman": {
            f"{a:g}": filters.kalman(a, noise) for a in (0.1, 0.3, 0.6, 1.0, 2.0, 4.0, 10.0, 30.0)
        },
        "MediaPipe's pose filter": {
            f"{b:g}": filters.mediapipe_pose(beta=b) for b in (2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0)
        },
    }


def jitter(run: Filter, clips: list[Clip]) -> float:
    values = []
    for clip in clips:
        steps = np.diff(run(clip.times, clip.raw, clip.roi_palms)[WARM_UP:], axis=0)
        values.append(float(np.sqrt((steps**2).sum(axis=-1).mean())))
    return 1000 * float(np.median(values))


def shift_s(points: Array, clip: Clip, spline: CubicSpline) -> float:
    """The delay that explains a path best; a constant offset of each landmark is the model's own and does not count."""
    errors = []
    for shift in SHIFTS_S:
        apart = (points - spline(np.clip(clip.times - shift, clip.times[0], clip.times[-1])))[WARM_UP:]
        errors.append(float(((apart - apart.mean(axis=0)) ** 2).mean()))
    return float(SHIFTS_S[int(np.argmin(errors))])


class Motion:
    """The moving clips, with the shift of their raw paths taken once."""

    def __init__(self, clips: list[Clip]) -> None:
        self._clips = [
            (clip, spline := CubicSpline(clip.times, clip.truth), shift_s(clip.raw, clip, spline)) for clip in clips
        ]

    def lag_ms(self, run: Filter) -> float:
        lags = [
            shift_s(run(clip.times, clip.raw, clip.roi_palms), clip, spline) - own for clip, spline, own in self._clips
        ]
        return 1000 * float(np.mean(lags))


def curves(clips: list[Clip], noise: float) -> dict[str, Any]:
    rests, motion = [c for c in clips if c.kind == "rest"], Motion([c for c in clips if c.kind == "motion"])
    table = {
        name: {key: _point(run, rests, motion) for key, run in members.items()}
        for name, members in families(noise).items()
    }
    return {"raw_jitter": round(jitter(filters.raw(), rests), 3), "curves": table, "dominated": dominated(table)}


def _point(run: Filter, rests: list[Clip], motion: Motion) -> dict[str, float]:
    return {"jitter": round(jitter(run, rests), 3), "lag_ms": round(motion.lag_ms(run), 2)}


def dominated(table: dict[str, dict[str, dict[str, float]]]) -> dict[str, Any]:
    """For each family, its jitter at the lag of our default (on its own curve), and ours.

    A family whose curve never gets down to our lag is compared at the least lag it reaches.
    """
    default = table["ours"]["1"]
    found: dict[str, Any] = {}
    for name, members in table.items():
        if name == "ours":
            continue
        points = sorted((p["lag_ms"], p["jitter"]) for p in members.values())
        lags, jitters = [lag for lag, _ in points], [value for _, value in points]
        theirs = float(np.interp(default["lag_ms"], lags, jitters))
        found[name] = {"theirs": round(theirs, 3), "ours": default["jitter"], "we_win": default["jitter"] < theirs}
    return found


def with_noise(clips: list[Clip], seed: int) -> list[Clip]:
    rng = np.random.default_rng(seed)
    return [replace(clip, raw=clip.raw + rng.normal(0, NOISE_PALMS, clip.raw.shape)) for clip in clips]


def prediction(clips: list[Clip], horizons_ms: tuple[int, ...] = (17, 33, 50)) -> list[dict[str, float]]:
    """Error at the moment of display with and without the lead, and what the lead adds to the jitter at rest."""
    smooth = ours()
    rows = []
    for horizon in horizons_ms:
        errors: dict[str, list[Array]] = {"led": [], "not_led": []}
        shakes: dict[str, list[float]] = {"led": [], "not_led": []}
        for clip in clips:
            points = smooth(clip.times, clip.raw, clip.roi_palms)
            predictor, led = Predictor(PredictionSettings()), points.copy()
            for i, time_s in enumerate(clip.times):
                predictor.update(points[i].astype(np.float32), time_s)
                led[i] = predictor.at(time_s + horizon / 1000)
            bias = (clip.raw - clip.truth).mean(axis=0)
            for name, path in (("led", led), ("not_led", points)):
                if clip.kind == "rest":
                    steps = np.diff(path[WARM_UP:], axis=0)
                    shakes[name].append(float(np.sqrt((steps**2).sum(axis=-1).mean())))
                    continue
                inside = clip.times + horizon / 1000 <= clip.times[-1]
                then = CubicSpline(clip.times, clip.truth)(clip.times[inside] + horizon / 1000)
                errors[name].append(np.linalg.norm(path[inside] - bias - then, axis=-1)[WARM_UP:].ravel())
        row: dict[str, float] = {"horizon_ms": horizon}
        for name in ("led", "not_led"):
            every = np.concatenate(errors[name])
            row[f"{name}_rms"] = round(float(np.sqrt((every**2).mean())), 4)
            row[f"{name}_p95"] = round(float(np.percentile(every, 95)), 4)
            row[f"{name}_rest_jitter"] = round(1000 * float(np.median(shakes[name])), 3)
        rows.append(row)
    return rows


def main() -> None:
    args = options(__doc__).parse_args()
    rests, motions, seconds = (2, 2, 1.5) if args.quick else (8, 8, 3.0)
    clips = record(load_networks(), args.seed, rests, motions, seconds)
    deliver(
        {
            "benchmark": "jitter_lag",
            "seed": args.seed,
            "clips": len(clips),
            "plain": curves(clips, 0.004),
            "noisy": curves(with_noise(clips, args.seed), NOISE_PALMS),
            "prediction": prediction(clips),
        },
        args.json,
    )


if __name__ == "__main__":
    main()
