"""The pictures of `docs/benchmarks.md` and `docs/smoothing.md`, in the product's colours."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

INK, GROUND, PANEL, LINE, QUIET = "#F2F5FF", "#0B0F1A", "#121829", "#2A3552", "#A9B4D0"
AQUA, CORAL, GOLD, GOOD, ROSE = "#3CE0D0", "#FF7A6B", "#FFC857", "#6EE7A0", "#B79CFF"
OURS = {"color": AQUA, "marker": "o", "linewidth": 2.6, "markersize": 6}
THEIRS = {"color": CORAL, "marker": "s", "linewidth": 2.0, "markersize": 5.5}


def _style() -> None:
    for name in ("Manrope-Medium.ttf", "Manrope-Bold.ttf"):
        with resources.as_file(resources.files("font_manrope")) as folder:
            for path in Path(folder).rglob(name):
                font_manager.fontManager.addfont(str(path))
    mpl.rcParams.update(
        {
            "font.family": "Manrope", "font.size": 12, "font.weight": 500, "axes.labelweight": 500,
            "figure.facecolor": GROUND, "axes.facecolor": PANEL,
            "axes.edgecolor": LINE, "axes.labelcolor": QUIET, "axes.titlecolor": INK, "axes.titlesize": 13,
            "axes.titleweight": "bold", "axes.titlelocation": "left", "text.color": INK, "xtick.color": QUIET,
            "ytick.color": QUIET, "grid.color": LINE, "grid.linewidth": 0.8, "axes.grid": True, "legend.frameon": False,
            "axes.spines.top": False, "axes.spines.right": False, "savefig.facecolor": GROUND,
        }
    )  # fmt: skip


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def lost_speed(settings: dict[str, Any], path: Path) -> None:
    """Share of lost runs by speed, one panel for each size and rate."""
    _style()
    figure, axes = plt.subplots(1, len(settings), figsize=(1.2 + 3.6 * len(settings), 3.9), sharey=True, squeeze=False)
    for axis, (name, setting) in zip(axes[0], settings.items(), strict=True):
        speeds = [row["palms_frame"] for row in setting["rows"]]
        for key, look, label in (("mediapipe", THEIRS, "MediaPipe"), ("ours", OURS, "handplay")):
            axis.plot(speeds, [100 * row[key]["lost"] for row in setting["rows"]], label=label, **look)
        axis.axhline(50, color=QUIET, linewidth=1, linestyle=(0, (4, 4)))
        axis.set_title(name)
        axis.set_xlabel("palm lengths a frame")
        axis.set_ylim(-4, 104)
    axes[0][0].set_ylabel("runs lost, %")
    axes[0][0].legend(loc="upper left")
    _save(figure, path)


def far_hands(report: dict[str, Any], path: Path) -> None:
    """Share found by palm size."""
    _style()
    kinds = [kind for kind in ("alone", "further") if kind in report]
    titles = {"alone": "alone, within 0.5 s", "further": "a further hand, within 3 s"}
    figure, axes = plt.subplots(1, len(kinds), figsize=(1.2 + 5.0 * len(kinds), 4.2), sharey=True, squeeze=False)
    for axis, kind in zip(axes[0], kinds, strict=True):
        rows = report[kind]["rows"]
        palms = [row["palm_px"] for row in rows]
        for key, look, label in (("mediapipe", THEIRS, "MediaPipe"), ("ours", OURS, "handplay")):
            if key in rows[0]["found"]:
                axis.plot(palms, [100 * row["found"][key] for row in rows], label=label, **look)
        axis.axhline(50, color=QUIET, linewidth=1, linestyle=(0, (4, 4)))
        axis.set_title(titles[kind])
        axis.set_xlabel("palm length in 1280 x 720, pixels")
        axis.set_ylim(-4, 104)
    axes[0][0].set_ylabel("placements found, %")
    axes[0][0].legend(loc="lower right")
    _save(figure, path)


def smoothing(report: dict[str, Any], path: Path) -> None:
    """Jitter against lag for all filters."""
    _style()
    looks = {
        "exponential": ("^", ROSE), "moving average": ("D", QUIET), "constant-velocity Kalman": ("v", GOLD),
        "One-Euro of the paper": ("P", GOOD), "MediaPipe's pose filter": ("s", CORAL), "ours": ("o", AQUA),
    }  # fmt: skip
    marked = {"ours": "1", "MediaPipe's pose filter": "80"}
    figure, axes = plt.subplots(1, 2, figsize=(11.6, 5.0))
    for axis, (kind, title) in zip(
        axes, (("plain", "the tracker's own points"), ("noisy", "with 1 % of a palm of noise")), strict=True
    ):
        for name, (marker, colour) in looks.items():
            points = sorted(report[kind]["curves"][name].items(), key=lambda item: item[1]["lag_ms"])
            lags, jitters = [p["lag_ms"] for _, p in points], [p["jitter"] for _, p in points]
            wide = 2.6 if name == "ours" else 1.5
            axis.plot(
                lags,
                jitters,
                color=colour,
                marker=marker,
                linewidth=wide,
                markersize=5,
                label="handplay" if name == "ours" else name,
            )
            if name in marked:
                best = report[kind]["curves"][name][marked[name]]
                axis.plot(best["lag_ms"], best["jitter"], marker=marker, color=colour, markersize=13,
                          markeredgecolor=INK, markeredgewidth=1.6)  # fmt: skip
        axis.set_yscale("log")
        axis.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axis.yaxis.set_minor_formatter(NullFormatter())
        axis.set_xlim(-1, 62)
        axis.set_title(title)
        axis.set_xlabel("lag in motion, ms")
    axes[0].set_ylabel("jitter at rest, thousandths of a palm")
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles[::-1], labels[::-1], loc="lower center", ncol=6, fontsize=10)
    figure.tight_layout(rect=(0, 0.07, 1, 1))
    figure.savefig(path, dpi=110)
    plt.close(figure)
