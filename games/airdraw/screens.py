"""What is written over the paper: how to begin, what is the matter, the question before all is cleared, the keys."""

from __future__ import annotations

from dataclasses import dataclass

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.hint import HintHand
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, Fade, ease_out
from handplay.engine.stage.status import draw_icon
from handplay.games.airdraw.controls import GESTURES, SHORTCUTS
from handplay.games.airdraw.pen_reach import PenStyle

_POSE_HELD_S = 2.0
_HYPHENS = "-\u200c-"
"""An invisible mark between two hyphens: the font would join them to a dash."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the screens must know of the moment.

    Attributes:
        waking: the camera is being opened.
        without_camera: no picture can come.
        ended: pictures came, and will not any more.
        message: the feed's sentence, "" if all is well.
        dark: what is wrong with the picture, in one sentence.
        hands: how many are in view.
        busy: a stroke is being drawn, or the palette is open: no cards then.
        strokes: drawn in this sitting, by hand and by any means.
        mouse_s: since the mouse was last used.
        style: of the pen.
        kept: 0..1, how lately a stroke was put on the disk.
        problem: why autosave cannot write, "" if it can.
        clear_share: 0..1, how far the fist is from clearing.
        opened: 0..1, how much of a large drawing has been read; None if none is being opened.
    """

    waking: bool = False
    without_camera: bool = False
    ended: bool = False
    message: str = ""
    dark: str = ""
    hands: int = 0
    busy: bool = False
    hand_strokes: int = 0
    strokes: int = 0
    mouse_s: float = 1e9
    style: PenStyle = "pinch"
    kept: float = 0.0
    problem: str = ""
    clear_share: float = 0.0
    opened: float | None = None


CLEAR = Area(640 + 12, 452, 216, 120)
KEEP = Area(640 - 228, 452, 216, 120)
"""The two answers to "Clear everything?"."""

NOTE_S = 8.0
"""How long it is said that there is no camera."""


class Screens:
    """All words over the paper; nothing pops."""

    def __init__(self, *, reduced_motion: bool = False) -> None:
        self.help = False
        self.clearing = False
        self.reduced_motion = reduced_motion
        self._facts = Facts()
        self._time_s = 0.0
        self._lost_s = 0.0
        self._blind_s = 0.0
        self._seen = False
        self._opened = 0.0
        self._fades = {
            name: Fade(duration_s=CALM_S) for name in ("looking", "hint", "lost", "note", "opening", "clear", "help")
        }
        self._pinch = HintHand("pinch_open", "pinch")
        self._point = HintHand("point", "two_up")
        self._fist = HintHand("fist", "fist")
        for hand in (self._pinch, self._point, self._fist):
            hand.update(_POSE_HELD_S)

    @property
    def covering(self) -> bool:
        """True while a page lies over the paper: nothing is drawn then."""
        return self.help or self.clearing

    def update(self, dt_s: float, facts: Facts) -> None:
        """One step."""
        self._facts = facts
        self._time_s += dt_s
        if not self.reduced_motion:
            self._pinch.update(dt_s)
            self._point.update(dt_s)
        self._seen = self._seen or facts.hands > 0
        self._lost_s = 0.0 if facts.hands else self._lost_s + dt_s
        by_mouse = facts.mouse_s < 12.0
        here = not facts.waking and not facts.without_camera
        quiet = facts.busy or self.covering
        opening = facts.opened is not None
        self._opened = self._opened if facts.opened is None else facts.opened
        looking = not self._seen and facts.strokes == 0 and not quiet and not by_mouse and not opening
        wanted = {
            "looking": looking,
            "hint": facts.hands > 0 and facts.hand_strokes == 0 and not quiet and not opening,
            "lost": self._seen and here and 1.2 < self._lost_s < 12.0 and not by_mouse and not quiet and not facts.dark,
            "note": bool(self._noted(facts, dt_s)) and not looking and not quiet and not opening,
            "opening": opening and not self.covering,
            "clear": self.clearing,
            "help": self.help,
        }
        for name, fade in self._fades.items():
            fade.on = wanted[name]
            fade.update(dt_s)

    def _noted(self, facts: Facts, dt_s: float) -> bool:
        """Whether there is something to say; that there is no camera only for a while, it lies on the drawing."""
        self._blind_s = self._blind_s + dt_s if facts.without_camera else 0.0
        return bool(facts.dark) or 0.0 < self._blind_s < NOTE_S

    def draw(self, canvas: Canvas) -> None:
        """Draws what shows."""
        f = {name: fade.value for name, fade in self._fades.items()}
        self._draw_kept(canvas)
        if f["looking"] > 0:
            self._draw_looking(canvas, f["looking"])
        if f["hint"] > 0:
            words = "Pinch to draw" if self._facts.style == "pinch" else "Two fingers draw, one points"
            hand = self._pinch if self._facts.style == "pinch" else self._point
            self._card(canvas, words, f["hint"], hand)
        if f["lost"] > 0:
            self._card(canvas, "Where is your hand? Hold it up again", f["lost"])
        if f["note"] > 0:
            gone = "The camera is gone" if self._facts.ended else "No camera"
            words = self._facts.dark or f"{gone}: draw with the mouse"
            self._card(canvas, words, f["note"])
        if f["opening"] > 0:
            self._draw_opening(canvas, f["opening"])
        if f["clear"] > 0:
            self._draw_clear(canvas, f["clear"])
        if f["help"] > 0:
            self._draw_help(canvas, f["help"])

    # -- pages ---------------------------------------------------------------------------------------------------

    def _draw_looking(self, canvas: Canvas, shown: float) -> None:
        """The way in: on a card, because the paper may be white, black or a picture."""
        facts, theme = self._facts, canvas.theme
        if facts.without_camera:
            icon, head, more = "camera_off", "Draw with the mouse", "There is no camera here"
            third = f"Start with {_HYPHENS}source demo to see a hand draw"
        elif facts.waking:
            icon, head, more, third = "wait", "Waking the camera", "You can draw with the mouse already", facts.message
        elif facts.dark:
            icon, head, more, third = "dark", "It is too dark to see your hand", "Turn on a light", ""
        else:
            icon, head = "hand", "Show your hand to draw"
            more, third = "An arm's length away, or take the mouse", "Press ? for all keys"
        lines = [(head, "title", "bold", theme.text), (more, "body", "ui", theme.quiet)]
        if third:
            lines.append((third, "body", "ui", theme.quiet))
        x, y = canvas.frame.centre
        heights = [canvas.text_area(words, size=size).height + 6 for words, size, _, _ in lines]  # type: ignore[arg-type]
        widest = max(canvas.text_area(w, size=s, font=n).width for w, s, n, _ in lines)  # type: ignore[arg-type]
        room = canvas.bounds.width - 24
        small = widest + 48 > room  # a window so small that letters no longer shrink with it
        if small:
            self._plain(canvas, head, shown)
            return
        card = Area.around((x, y + 20 + 12 * (1 - shown)), min(room, max(460, widest + 96)), sum(heights) + 212)
        canvas.panel(card, colour=theme.raised, border=theme.line, radius=28, alpha=0.94 * shown, shadow=True)
        draw_icon(canvas, icon, (x, card.top + 100), self._time_s, alpha=shown)  # type: ignore[arg-type]
        top = card.top + 180
        for (words, size, font, colour), height in zip(lines, heights, strict=True):
            canvas.text(words, (x, top), size=size, font=font, colour=colour, align="centre", alpha=shown)  # type: ignore[arg-type]
            top += height

    def _draw_opening(self, canvas: Canvas, shown: float) -> None:
        """How far a large drawing has come: a card with a bar."""
        words, theme = "Opening your drawing", canvas.theme
        area = canvas.text_area(words, size="lead")
        if area.width + 56 > canvas.bounds.width:
            self._plain(canvas, f"{words}: {self._opened:.0%}", shown)
            return
        card = Area.around(canvas.frame.centre, area.width + 56, area.height + 50)
        canvas.panel(card, colour=theme.raised, border=theme.line, radius=24, alpha=0.94 * shown)
        canvas.text(words, (card.centre[0], card.top + 14), size="lead", align="centre", alpha=shown)
        bar = Area(card.left + 28, card.bottom - 22, area.width, 6)
        canvas.panel(bar, colour=theme.line, radius=3, alpha=shown)
        done = Area(bar.left, bar.top, max(6.0, bar.width * self._opened), bar.height)
        canvas.panel(done, colour=theme.good, radius=3, alpha=shown)

    def _draw_clear(self, canvas: Canvas, shown: float) -> None:
        theme = canvas.theme
        canvas.dim(0.55 * shown)
        x, y = canvas.frame.centre
        card = Area.around((x, y + 12 * (1 - shown)), 560, 500)
        canvas.panel(card, colour=theme.raised, border=theme.line, radius=28, alpha=0.96 * shown, shadow=True)
        place = (x, card.top + 128)
        self._fist.draw(canvas, (x, place[1] + 10), 52, colour=theme.gold, alpha=shown)
        canvas.ring(place, 92, theme.line, width=8, alpha=shown)
        if self._facts.clear_share > 0:
            canvas.ring(place, 92, theme.danger, width=8, sweep=self._facts.clear_share, alpha=shown)
        room = card.width - 40
        self._line(canvas, "Clear everything?", (x, card.top + 250), shown, 32.0, bold=True, room=room)
        self._line(canvas, "Hold your fist to clear. Wait, and all stays", (x, card.top + 292), shown, 18.0, room=room)
        for area, word, key in ((KEEP, "Keep", "Space"), (CLEAR, "Clear", "Enter")):
            border = theme.danger if word == "Clear" else theme.line
            canvas.panel(area, colour=theme.surface, border=border, radius=22, alpha=shown)
            cx, cy = area.centre
            roomy = canvas.text_area(word, size="lead").height < area.height / 2
            self._line(canvas, word, (cx, cy - (12 if roomy else 0)), shown, 24.0, bold=True, room=area.width - 8)
            if roomy:
                self._line(canvas, key, (cx, cy + 24), shown, 14.0, room=area.width - 16)

    def _draw_help(self, canvas: Canvas, shown: float) -> None:
        theme = canvas.theme
        canvas.dim(0.6 * shown)
        x, y = canvas.frame.centre
        size = 18.0 if canvas.scale > 0.62 else 24.0
        step = max(31.0, canvas.text_area("A", size=size).height * 1.12)
        blocks = (*SHORTCUTS, ("By hand", GESTURES))
        if canvas.scale < 0.4:
            self._draw_help_small(canvas, shown)
            return
        columns = ((blocks[0], blocks[3]), (blocks[1], blocks[2]))
        rows = max(sum(len(rows) + 1.6 for _, rows in column) for column in columns)
        card = Area.around(
            (x, y), min(1180.0, canvas.bounds.width - 40), min(canvas.bounds.height - 16, rows * step + 56)
        )
        canvas.panel(card, colour=theme.raised, border=theme.line, radius=28, alpha=0.97 * shown, shadow=True)
        for number, column in enumerate(columns):
            left, top = card.left + 44 + number * (card.width / 2 - 8), card.top + 34
            keys = [key for _, rows in column for key, _ in rows]
            wide = max(canvas.text_area(key, size=size, font="bold").width for key in keys) + 24
            for heading, rows_ in column:
                canvas.text(heading, (left, top), size=size, font="bold", colour=theme.gold, alpha=shown)
                top += step * 1.1
                for key, meaning in rows_:
                    canvas.text(key, (left, top), size=size, font="bold", alpha=shown)
                    canvas.text(meaning, (left + wide, top), size=size, colour=theme.quiet, alpha=shown)
                    top += step
                top += step * 0.5

    def _draw_help_small(self, canvas: Canvas, shown: float) -> None:
        """In a tiny window: the few keys that matter most."""
        lines = (
            "Pinch or mouse: draw",
            "P B E: pen, brush, eraser",
            "C: colour   Z: undo",
            "Ctrl+S: save   Esc: leave",
        )
        step = canvas.text_area("A", size="body").height * 1.1
        x, y = canvas.frame.centre
        plate = canvas.bounds.shrunk(24)
        canvas.panel(plate, colour=canvas.theme.raised, border=canvas.theme.line, radius=40, alpha=0.96 * shown)
        for number, words in enumerate(lines):
            self._line(canvas, words, (x, y + (number - 1.5) * step), shown, 18.0, bold=number == 0)

    # -- small things --------------------------------------------------------------------------------------------

    def _card(self, canvas: Canvas, words: str, shown: float, hand: HintHand | None = None) -> None:
        """A sentence at the bottom, above the notes."""
        if canvas.text_area(words, size="lead").width + 120 > canvas.bounds.width:
            self._plain(canvas, words, shown)
            return
        theme = canvas.theme
        area = canvas.text_area(words, size="lead")
        room = 84.0 if hand is not None else 0.0
        height = 92.0 if hand is not None else area.height + 28
        x, y = canvas.frame.centre[0], canvas.safe.bottom - 88 - height / 2 + 12 * (1 - shown)
        card = Area.around((x, y), area.width + room + 56, height)
        canvas.panel(card, colour=theme.raised, border=theme.line, radius=min(28.0, height / 2), alpha=0.92 * shown)
        if hand is not None:
            hand.draw(canvas, (card.left + 62, y + 8), 29, alpha=shown)
        canvas.text(words, (card.left + 28 + room, y), size="lead", valign="middle", alpha=shown)

    def _plain(self, canvas: Canvas, words: str, shown: float) -> None:
        """The same in a window too small for cards: lines on a plate."""
        theme, bounds = canvas.theme, canvas.bounds
        width = bounds.width - 60
        area = canvas.paragraph(words, (bounds.centre[0], 0), width, size="small", align="centre", draw=False)
        top = bounds.bottom - area.height - 40
        plate = Area(bounds.centre[0] - area.width / 2 - 20, top - 10, area.width + 40, area.height + 20)
        canvas.panel(plate, colour=theme.raised, border=theme.line, radius=20, alpha=0.9 * shown)
        canvas.paragraph(words, (bounds.centre[0], top), width, size="small", align="centre", alpha=shown)

    def _draw_kept(self, canvas: Canvas) -> None:
        """That all is on the disk, quietly; or why it is not."""
        facts, theme = self._facts, canvas.theme
        words, alpha = (facts.problem, 1.0) if facts.problem else ("Kept", 0.9 * ease_out(facts.kept))
        if alpha <= 0.02:
            return
        area = canvas.text_area(words, size="small")
        if area.width > canvas.bounds.width * 0.6:
            words = "Not being saved"  # a note has said why
            area = canvas.text_area(words, size="small")
        colour = theme.gold if facts.problem else theme.good
        plate = Area(canvas.safe.left - 14, canvas.safe.bottom - area.height - 8, area.width + 44, area.height + 10)
        canvas.panel(plate, colour=theme.raised, radius=plate.height / 2, alpha=0.8 * alpha)
        canvas.disc((plate.left + 17, plate.centre[1]), 4.5, colour, alpha=alpha)
        canvas.text(words, (plate.left + 30, plate.centre[1]), size="small", colour=theme.quiet, valign="middle",
                    alpha=alpha)  # fmt: skip

    def _line(
        self, canvas: Canvas, words: str, place: tuple[float, float], shown: float, size: float, *,
        bold: bool = False, room: float | None = None,
    ) -> None:  # fmt: skip
        """One centred line that shrinks its letters before it leaves its room, and stays away if they cannot."""
        theme = canvas.theme
        room = canvas.bounds.width * 0.94 if room is None else room
        width = canvas.text_area(words, size=size, font="bold" if bold else "ui").width
        if width > room:
            size *= room / width
            if canvas.text_area(words, size=size, font="bold" if bold else "ui").width > room * 1.06:
                return
        canvas.text(words, place, size=size, font="bold" if bold else "ui", colour=theme.text if bold else theme.quiet,
                    align="centre", valign="middle", alpha=shown)  # fmt: skip
