"""Draws the court and all that moves on it: paddles, ball, trail, rings, flashes. Some dozen small blits a picture."""

from __future__ import annotations

from collections.abc import Callable

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.motion import ease_out
from handplay.engine.stage.theme import Colour, Theme, mix
from handplay.games.pong.backdrop import paint_backdrop
from handplay.games.pong.court import LEFT, RIGHT, SIDES, Ball, CourtSettings, Match, outward
from handplay.games.pong.effects import GONE_S, TRAIL_SPEED, Effects, Ring
from handplay.games.pong.layout import lay_out
from handplay.games.pong.light import add, bar, bar_glow, goal_light
from handplay.games.pong.rules import held_ball, other


class CourtView:
    """The court in one window size and theme.

    Args:
        canvas: of that size and theme; made anew when either changes.
        court: sizes.
    """

    def __init__(self, canvas: Canvas, court: CourtSettings) -> None:
        self.layout = lay_out(canvas.safe, court)
        self.theme = canvas.theme
        self._court = court
        self._backdrop = paint_backdrop(canvas, self.layout)
        self._made_for = (canvas.surface.get_size(), canvas.theme)

    def fits(self, canvas: Canvas) -> bool:
        """True while the canvas has the size and theme that this view was made for."""
        return (canvas.surface.get_size(), canvas.theme) == self._made_for

    def draw(
        self,
        canvas: Canvas,
        match: Match,
        effects: Effects,
        *,
        last_hit: int | None,
        awake: float,
        held: float,
        under: Callable[[], None] = lambda: None,
    ) -> None:
        """One picture.

        Args:
            canvas: to draw on; covered whole.
            match: the moment to draw, between two steps.
            effects: the moving light.
            last_hit: the side that played the ball last: tints it.
            awake: 0..1, how bright paddles and ball are.
            held: 0..1, how visible the ball in the server's hand is.
            under: draws what lies on the floor, below paddles and ball.
        """
        canvas.surface.blit(self._backdrop, (0, 0))
        with canvas.shifted(*effects.shake()):
            self._draw_flashes(canvas, effects)
            under()
            for light in effects.rings:
                self._draw_ring(canvas, light)
            for side in SIDES:
                self._draw_paddle(canvas, match, side, effects, awake)
            sides = (side_colour(self.theme, LEFT), side_colour(self.theme, RIGHT))
            effects.sparks.draw(canvas, self.layout, (*sides, self.theme.gold))
            tint = self.theme.gold if last_hit is None else side_colour(self.theme, last_hit)
            if match.ball is not None:
                self._draw_trail(canvas, match.ball, effects, tint)
                self._draw_ball(canvas, match.ball.x, match.ball.y, tint, awake)
            elif effects.gone is not None and effects.gone_s < GONE_S:
                fade = 1.0 - effects.gone_s / GONE_S
                self._draw_ball(canvas, effects.gone.x, effects.gone.y, tint, fade * awake)
            elif held > 0 and match.winner is None:
                x, y = held_ball(match, self._court)
                self._draw_ball(canvas, x, y, self.theme.gold, held * awake)

    def ball_place(self, match: Match) -> tuple[float, float]:
        """Design units of the ball, also while it is held."""
        x, y = (match.ball.x, match.ball.y) if match.ball else held_ball(match, self._court)
        return self.layout.x(x), self.layout.y(y)

    def _draw_paddle(self, canvas: Canvas, match: Match, side: int, effects: Effects, awake: float) -> None:
        court, layout = self._court, self.layout
        squash = max(-0.35, min(0.5, 0.45 * effects.squash[side].value))
        push = max(-0.3, min(0.3, 0.09 * effects.recoil[side].value))
        unit_px = layout.unit * canvas.scale
        x = layout.x(outward(side) * (court.face_x + court.paddle_depth / 2 + push))
        px, py = canvas.to_px((x, layout.y(match.paddles[side].y)))
        colour = side_colour(self.theme, side)
        rest_w, rest_h = round(court.paddle_depth * unit_px), round(2 * court.paddle_half * unit_px)
        canvas.glow((x, layout.y(match.paddles[side].y)), 210, colour, 0.05 + 0.10 * awake)
        # Twelve steps of brightness, so that a fade does not fill the cache.
        step = round(12 * awake)
        reach = max(4, round(30 * canvas.scale))
        add(canvas.surface, bar_glow(rest_w, rest_h, reach, colour, 8 + round(2.6 * step)), px, py)
        w, h = round(rest_w * (1 - 0.55 * squash)), round(rest_h * (1 + 0.10 * squash))
        body = mix(self.theme.line, colour, 0.3 + 0.7 * step / 12)
        sprite = bar(w, h, body, mix(self.theme.line, self.theme.text, 0.3 + 0.7 * step / 12), side == RIGHT)
        canvas.surface.blit(sprite, (round(px - w / 2), round(py - h / 2)))

    def _draw_ball(self, canvas: Canvas, x: float, y: float, tint: Colour, bright: float) -> None:
        place = (self.layout.x(x), self.layout.y(y))
        radius = self._court.ball_radius * self.layout.unit
        canvas.glow(place, radius * 6.0, tint, 0.55 * bright)
        canvas.glow(place, radius * 2.8, self.theme.text, 0.6 * bright)
        canvas.disc(place, radius, self.theme.text, alpha=bright)

    def _draw_trail(self, canvas: Canvas, ball: Ball, effects: Effects, tint: Colour) -> None:
        speed = ball.speed
        if effects.reduced_motion or speed < TRAIL_SPEED or len(effects.trail) < 2:
            return
        bright = min(1.0, (speed - TRAIL_SPEED) / 6.0)
        radius = self._court.ball_radius * self.layout.unit
        count = len(effects.trail)
        for number, (_, x, y) in enumerate(effects.trail):
            share = (number + 1) / count
            place = (self.layout.x(x), self.layout.y(y))
            canvas.glow(place, radius * (0.9 + 1.3 * share), tint, 0.5 * bright * share * share)

    def _draw_ring(self, canvas: Canvas, light: Ring) -> None:
        place = (self.layout.x(light.x), self.layout.y(light.y))
        left = (1 - light.share) ** 2 * light.strength
        spread = ease_out(light.share)
        if light.side is None:
            # A wall lights up where it was touched.
            canvas.glow(place, 30 + 60 * spread, self.theme.quiet, 0.8 * left)
            return
        colour = side_colour(self.theme, light.side)
        canvas.glow(place, 70, colour, 0.7 * left)
        canvas.ring(place, 14 + 4 * round(13 * spread), colour, width=3, alpha=0.6 * left)

    def _draw_flashes(self, canvas: Canvas, effects: Effects) -> None:
        """The goal that let the ball in glows, in the colour of the one who scored."""
        for side in SIDES:
            step = round(12 * effects.flash[side] ** 2)
            if step == 0:
                continue
            court = self.layout.court
            colour = side_colour(self.theme, other(side))
            width, height = round(0.16 * court.width * canvas.scale), round(court.height * canvas.scale)
            lit = goal_light(width, height, colour, 4 * step, side == RIGHT)
            x = court.left + (0.08 if side == LEFT else 0.92) * court.width
            px, py = canvas.to_px((x, court.top + court.height / 2))
            add(canvas.surface, lit, px, py)


def side_colour(theme: Theme, side: int) -> Colour:
    """The colour of a side: aqua left, coral right."""
    return theme.player(1 if side == LEFT else 2)
