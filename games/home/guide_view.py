"""How the guide looks: the words of a step, the mirror with its checks, the lights, the way gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.engine.stage.camera_view import CameraView
from handplay.engine.stage.hand_view import HandView
from handplay.engine.stage.hint import HintHand
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import breathe
from handplay.engine.stage.status import draw_icon
from handplay.engine.stage.theme import mix
from handplay.engine.stage.transitions import Screens
from handplay.games.home.guide_steps import LIGHT, SKIP, STEPS, Step, lights
from handplay.games.home.tiles import draw_titled

if TYPE_CHECKING:
    from collections.abc import Callable

    from handplay.engine.stage.canvas import Align, Canvas, Point
    from handplay.games.home.guide import GuideScene

_MIRROR = Area(96, 208, 640, 360)
_SIDE = 784.0
_NO_CAMERA = "There is no camera. Plug one in, or press Enter to see what the guide shows."


class GuideView:
    """Draws a guide.

    Args:
        guide: where it is; only looked at.
    """

    def __init__(self, guide: GuideScene) -> None:
        self._guide = guide
        self._screens: Screens[int] = Screens(0)
        self._hands = HandView(guide.stage)
        self._camera = CameraView()
        self._hints = [HintHand(*step.poses) for step in STEPS]
        for hint in self._hints:
            hint.update(2.0)
        self._time_s = 0.0

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self._time_s += dt_s
        self._hands.update(dt_s)
        self._screens.show(self._guide.at)
        self._screens.update(dt_s)
        if not self._guide.stage.settings.reduced_motion:
            self._hints[self._screens.current].update(dt_s)

    @property
    def _blind(self) -> bool:
        return self._guide.stage.feed_state in ("no_source", "ended")

    def draw(self, canvas: Canvas) -> None:
        """Draws the moment."""
        canvas.backdrop()
        step, shown = STEPS[self._screens.current], self._screens.alpha
        with canvas.shifted(0, self._screens.rise):
            self._draw_words(canvas, step, shown)
            if step.name in ("see", "reach"):
                self._draw_mirror(canvas, step, shown)
            elif step.name in ("hover", "pinch"):
                self._draw_lights(canvas, shown)
            else:
                canvas.glow((640, 420), 220, canvas.theme.aqua, 0.2 * shown)
                self._hints[self._screens.current].draw(canvas, (640, 470), 120, alpha=shown)
        self._draw_dots(canvas)
        self._draw_skip(canvas)

    def _draw_words(self, canvas: Canvas, step: Step, shown: float) -> None:
        wide = step.name in ("see", "reach")
        align: Align = "left" if wide else "centre"
        x, quiet = _MIRROR.left if wide else 640.0, canvas.theme.quiet
        canvas.text(step.title, (x, 104), size="display", font="title", align=align, valign="middle", alpha=shown)
        line = _NO_CAMERA if self._blind and wide else step.line
        canvas.text(line, (x, 156), size=20, colour=quiet, align=align, valign="middle", alpha=shown)

    def _draw_mirror(self, canvas: Canvas, step: Step, shown: float) -> None:
        theme = canvas.theme
        good, stage = self._guide.rest_s is not None, self._guide.stage
        border = theme.good if good else theme.line
        canvas.panel(_MIRROR, colour=theme.raised, border=border, radius=24, alpha=shown)
        frame = stage.hands.frame
        area = _fitted(_MIRROR.shrunk(10), frame.width / frame.height if frame is not None else 16 / 9)

        def place(x: float, y: float) -> tuple[float, float]:
            return area.left + x * area.width, area.top + y * area.height

        image = stage.picture if frame is not None else None
        self._camera.draw(canvas, area, image, mirrored=frame is not None and frame.mirrored, alpha=shown)
        canvas.text(
            "Pictures stay on this computer", (_MIRROR.right, _MIRROR.bottom + 10), size="small",
            colour=theme.quiet, align="right", alpha=shown,
        )  # fmt: skip
        if step.name == "reach":
            self._draw_reach(canvas, place, shown)
        if len(frame or ()):
            natural = min(canvas.bounds.width * area.height / area.width, canvas.bounds.height)
            self._hands.draw(canvas, size=area.height / natural, alpha=shown, place=place)
        else:
            draw_icon(canvas, "camera_off" if self._blind else "hand", _MIRROR.centre, self._time_s, alpha=shown)
        if step.name == "see":
            self._draw_checks(canvas, shown)
        else:
            self._hints[self._screens.current].draw(canvas, (_SIDE + 190, 400), 84, alpha=shown)
            words = "Done" if good else f"{round(100 * self._guide.meter.share)} %"
            canvas.ring((_SIDE + 190, 390), 150, theme.line, width=8, alpha=shown)
            canvas.ring((_SIDE + 190, 390), 150, theme.good if good else theme.aqua, width=8,
                        sweep=self._guide.meter.share, alpha=shown)  # fmt: skip
            canvas.text(words, (_SIDE + 190, 222), size="lead", font="bold", align="centre", valign="middle",
                        tabular=True, alpha=shown)  # fmt: skip

    def _draw_reach(self, canvas: Canvas, place: Callable[[float, float], Point], shown: float) -> None:
        box = self._guide.meter.box()
        if self._guide.meter.share <= 0.05:
            return
        a, b = place(box.left, box.top), place(box.right, box.bottom)
        area = Area(a[0], a[1], b[0] - a[0], b[1] - a[1])
        theme = canvas.theme
        canvas.panel(area, colour=mix(theme.background, theme.aqua, 0.12), border=theme.aqua, alpha=0.5 * shown)

    def _draw_checks(self, canvas: Canvas, shown: float) -> None:
        theme, checks = canvas.theme, self._guide.checks
        rows = (
            ("Light", checks.light, "Bright enough to see every finger"),
            ("Distance", checks.distance, "Near enough, and not too near"),
            ("Whole hand", checks.framing, "From wrist to fingertips"),
        )
        for number, (label, good, line) in enumerate(rows):
            card = Area(_SIDE, _MIRROR.top + 124 * number, 400, 108)
            canvas.panel(card, colour=theme.raised, border=theme.good if good else theme.line, radius=20, alpha=shown)
            mark = (card.left + 52, card.centre[1])
            if good:
                canvas.disc(mark, 24, theme.good, alpha=shown)
                canvas.line((mark[0] - 10, mark[1] + 1), (mark[0] - 3, mark[1] + 9), theme.background, width=5)
                canvas.line((mark[0] - 3, mark[1] + 9), (mark[0] + 11, mark[1] - 8), theme.background, width=5)
            else:
                canvas.ring(mark, 22, theme.gold if good is False else theme.line, width=4, alpha=shown)
            told = checks.advice if good is False and checks.advice else line
            colour = theme.gold if good is False else theme.quiet
            words = Area(card.left + 100, card.top, card.width - 116, card.height)
            draw_titled(canvas, label, told, words, shown, size=16, colour=colour)

    def _draw_lights(self, canvas: Canvas, shown: float) -> None:
        theme = canvas.theme
        for number, place in enumerate(lights(self._guide.step.name)):
            key = f"light {number}"
            gone = self._guide.gone[key].value if key in self._guide.gone else 0.0
            hover = self._guide.chooser.hover(key)
            light = (1 - gone) * shown
            if light <= 0.01:
                continue
            radius = LIGHT * (0.86 + 0.08 * breathe(self._time_s + number) + 0.12 * hover + 0.5 * gone)
            canvas.glow(place, radius * 2.2, theme.gold, (0.3 + 0.4 * hover) * light)
            canvas.ring(place, radius, theme.gold, width=5, alpha=light)
            canvas.disc(place, 16 + 10 * hover, theme.gold, alpha=light)

    def _draw_dots(self, canvas: Canvas) -> None:
        theme = canvas.theme
        for number in range(len(STEPS)):
            place = (_MIRROR.left + 8 + 28 * number, 632.0)
            at = number == self._guide.at
            canvas.disc(place, 8 if at else 5, theme.aqua if number <= self._guide.at else theme.line)

    def _draw_skip(self, canvas: Canvas) -> None:
        theme, hover = canvas.theme, self._guide.chooser.hover("skip")
        last = self._guide.step.name == "done"
        area = SKIP.shrunk(-4 * hover)
        border = mix(theme.gold if last else theme.line, theme.aqua, 0.0 if last else hover)
        canvas.panel(area, colour=mix(theme.raised, theme.surface, hover), border=border, radius=20)
        canvas.text("Start" if last else "Skip", area.centre, size="lead", font="bold", align="centre", valign="middle")
        filled = self._guide.chooser.filled("skip")
        if filled > 0:
            canvas.panel(
                Area(area.left + 20, area.bottom - 12, (area.width - 40) * filled, 4), colour=theme.gold, radius=2
            )


def _fitted(room: Area, aspect: float) -> Area:
    """The largest area of a shape (width over height) in the middle of another."""
    width = min(room.width, room.height * aspect)
    return Area.around(room.centre, width, width / aspect)
