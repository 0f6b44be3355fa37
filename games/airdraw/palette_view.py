"""Draws the palette: the pill that is always there, the dock, its sheets; all of it fades and slides."""

from __future__ import annotations

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, QUICK_S, Fade
from handplay.engine.stage.theme import Colour
from handplay.games.airdraw.game import AirDrawing, Tools
from handplay.games.airdraw.layout import PaletteLayout
from handplay.games.airdraw.palette import COLOURS, DOCK, Palette, Sheet, label, sheet_actions
from handplay.games.airdraw.palette_icons import icon

_ICON = 58.0
_SLIDE = 20.0


class PaletteView:
    """The palette's picture.

    Args:
        palette: its state.
        game: what is chosen.
    """

    def __init__(self, palette: Palette, game: AirDrawing) -> None:
        self._palette = palette
        self._game = game
        self._pill = Fade(on=True, share=1.0, duration_s=CALM_S)
        self._dock = Fade(duration_s=CALM_S)
        self._sheet = Fade(duration_s=QUICK_S)
        self._shown: Sheet = ""
        self._warm: dict[str, Fade] = {}

    def update(self, dt_s: float, *, drawing: bool) -> None:
        """One step. drawing: True takes all of it out of the way."""
        palette = self._palette
        self._pill.on = not palette.opened and not drawing
        self._dock.on = palette.opened and not drawing
        if palette.sheet and palette.sheet != self._shown and self._sheet.share == 0.0:
            self._shown = palette.sheet
        self._sheet.on = self._dock.on and bool(palette.sheet) and palette.sheet == self._shown
        for fade in (self._pill, self._dock, self._sheet):
            fade.update(dt_s)
        for action in palette.hovered:
            self._warm.setdefault(action, Fade(duration_s=QUICK_S))
        for action, fade in tuple(self._warm.items()):
            fade.on = action in palette.hovered
            fade.update(dt_s)
            if fade.share == 0.0 and not fade.on:
                del self._warm[action]

    def draw(self, canvas: Canvas, layout: PaletteLayout) -> None:
        """Draws what shows of it."""
        theme = canvas.theme
        if self._pill.value > 0:
            self._draw_pill(canvas, layout, self._pill.value)
        shown = self._dock.value
        if shown > 0:
            up = -_SLIDE * (1 - shown)
            with canvas.shifted(0, up):
                canvas.panel(layout.dock, colour=theme.raised, border=theme.line, radius=30, alpha=0.95 * shown,
                             shadow=True)  # fmt: skip
                for action, area in zip(DOCK, layout.buttons, strict=True):
                    self._draw_button(canvas, action, area, shown)
        part = self._sheet.value
        actions = sheet_actions(self._shown)
        if part > 0 and actions:
            panel, places = layout.sheet(len(actions))
            with canvas.shifted(0, -_SLIDE * (1 - part)):
                canvas.panel(panel, colour=theme.raised, border=theme.line, radius=30, alpha=0.97 * part, shadow=True)
                for action, area in zip(actions, places, strict=True):
                    self._draw_button(canvas, action, area, part)

    def _draw_pill(self, canvas: Canvas, layout: PaletteLayout, shown: float) -> None:
        """What is chosen, at a glance: tool, colours of both hands, width."""
        theme, tools = canvas.theme, self._game.tools
        warm = self._warm["handle"].value if "handle" in self._warm else 0.0
        pill = layout.pill.moved(0, -_SLIDE * (1 - shown))
        pill = Area(pill.x - 8 * warm, pill.y - 2 * warm, pill.width + 16 * warm, pill.height + 6 * warm)
        canvas.panel(pill, colour=theme.raised, border=theme.gold if warm > 0.5 else theme.line, radius=pill.height / 2,
                     alpha=(0.86 + 0.1 * warm) * shown)  # fmt: skip
        x, y = pill.centre
        self._icon(canvas, _tool_action(tools), (x - 84, y), 30.0, theme.text, shown)
        for side, dx in (("Left", -28.0), ("Right", 12.0)):
            hand = theme.hand("Left" if side == "Left" else "Right")
            canvas.disc((x + dx, y), 13, hand, alpha=shown)
            canvas.disc((x + dx, y), 10, COLOURS[tools.inks["Left" if side == "Left" else "Right"]], alpha=shown)
        canvas.disc((x + 62, y), 3.0 + 2.2 * tools.width, theme.text, alpha=shown)
        for n in (-1, 0, 1):
            canvas.disc((x + 100 + 9 * n, y), 2.4, theme.quiet, alpha=shown)

    def _draw_button(self, canvas: Canvas, action: str, area: Area, shown: float) -> None:
        theme = canvas.theme
        warm = self._warm[action].value if action in self._warm else 0.0
        chosen = self._is_chosen(action)
        area = area.shrunk(4 - 6 * warm)
        border: Colour | None = theme.gold if chosen else theme.quiet if warm > 0.4 else None
        canvas.panel(area, colour=theme.line if warm > 0.4 else theme.surface, border=border, radius=22, alpha=shown)
        words = label(action)
        room = canvas.text_area(words, size="small")  # letters stop shrinking, buttons do not
        named = room.width <= area.width - 4 and room.height <= area.height * 0.4
        x, y = area.centre[0], area.centre[1] - (14 if named else 0)
        ink = theme.gold if chosen and not action.startswith("colour") else theme.text
        size = _ICON * (1 + 0.08 * warm) * (1.0 if named else 1.35)
        self._icon(canvas, self._picture(action), (x, y), size, ink, shown)
        if action == "open:colours":
            tools = self._game.tools
            for dx, side, tint in ((-15, tools.inks["Left"], theme.aqua), (15, tools.inks["Right"], theme.coral)):
                canvas.disc((x + dx, y), 25, tint, alpha=shown)
                canvas.disc((x + dx, y), 21, COLOURS[side], alpha=shown)
        if named:
            canvas.text(words, (x, area.bottom - 22), size="small", colour=theme.text if chosen else theme.quiet,
                        align="centre", valign="middle", alpha=shown)  # fmt: skip

    def _picture(self, action: str) -> str:
        tools = self._game.tools
        return {
            "open:tools": _tool_action(tools),
            "open:widths": f"width:{tools.width}",
            "open:canvas": f"canvas:{self._game.drawing.document.sheet.canvas}",
            "open:colours": "",
        }.get(action, action)

    def _is_chosen(self, action: str) -> bool:
        tools, sheet = self._game.tools, self._game.drawing.document.sheet
        kind, _, value = action.partition(":")
        return {
            "open": value == self._palette.sheet,
            "tool": value == tools.tool,
            "sticker": value == tools.sticker and tools.tool == "sticker",
            "colour": value in tools.inks.values(),
            "width": value == str(tools.width),
            "pressure": value == tools.pressure,
            "canvas": value == sheet.canvas,
        }.get(kind, False)

    def _icon(
        self, canvas: Canvas, action: str, centre: tuple[float, float], size: float, ink: Colour, alpha: float
    ) -> None:
        if not action:
            return
        side = max(8, round(size * canvas.scale / 2) * 2)
        picture = canvas.kept(("icon", action, side, ink), lambda: icon(action, side, ink, canvas.theme))
        canvas.image(picture, centre, alpha=alpha)


def _tool_action(tools: Tools) -> str:
    return f"sticker:{tools.sticker}" if tools.tool == "sticker" else f"tool:{tools.tool}"
