"""Three, two, one: large numbers that come in softly and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.engine.stage.motion import ease_in_out, ease_out

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas


def draw_countdown(
    canvas: Canvas, centre: tuple[float, float], left_s: float, total_s: float, beats: int = 3, *, still: bool = False
) -> None:
    """Draws the number of the beat that is on, in a ring that empties.

    Args:
        canvas: where to.
        centre: the number's middle, design units.
        left_s: time left, seconds.
        total_s: the whole countdown, seconds.
        beats: how many numbers.
        still: no zoom (reduced motion).
    """
    if left_s <= 0.0 or total_s <= 0.0:
        return
    beat_s = total_s / beats
    number = min(beats, int(left_s / beat_s) + 1)
    share = 1.0 - (left_s - (number - 1) * beat_s) / beat_s
    alpha = ease_out(share / 0.25) * (1.0 - ease_in_out((share - 0.75) / 0.25))
    theme = canvas.theme
    canvas.ring(centre, 84, theme.line, width=6)
    canvas.ring(centre, 84, theme.gold, width=6, sweep=min(1.0, left_s / total_s))
    zoom = 1.0 if still else 1.25 - 0.25 * ease_out(share / 0.3)
    canvas.text(
        str(number), centre, size="score", font="title", align="centre", valign="middle", alpha=alpha, zoom=zoom
    )
