"""What is seen: every screen at every size, motion between the steps, and the words for each case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pygame
import pytest

from handplay.engine.stage.theme import HIGH_CONTRAST
from handplay.games.pong.court import LEFT, Ball

Build = Any
"""The builders of conftest, handed out as fixtures."""


def picture(now: Build, alpha: float = 0.5) -> bytes:
    return bytes(pygame.image.tobytes(now.draw(alpha), "RGB"))


class TestDrawing:
    @pytest.mark.parametrize("size", [(1280, 720), (640, 400), (960, 720), (1680, 720), (64, 64)], ids=str)
    def test_every_screen_at_every_size(self, sitting: Build, size: tuple[int, int]) -> None:
        now = sitting.serving(size=size)
        seen = {}
        for state in ("title", "looking", "serve", "rally", "point", "lost", "paused", "countdown", "result"):
            now.game.flow = replace(now.game.flow, state=state, since_s=now.game.now_s)
            now.scene._screens.update(1.0)
            if state == "result":
                now.game.match = replace(now.game.match, winner=LEFT, score=(11, 9))
            seen[state] = picture(now)
        assert len({seen[state] for state in ("title", "looking", "lost", "paused", "countdown", "result")}) == 6

    def test_it_draws_between_the_steps(self, sitting: Build) -> None:
        now = sitting.serving()
        now.press(pygame.K_SPACE)
        now.run_until("rally")
        now.run(0.3)
        assert picture(now, 0.0) != picture(now, 1.0)

    def test_drawing_changes_nothing(self, sitting: Build) -> None:
        now = sitting.serving()
        now.press(pygame.K_SPACE)
        now.run(1.0)
        assert picture(now) == picture(now)

    def test_the_theme_can_change_while_it_runs(self, sitting: Build) -> None:
        now = sitting.serving()
        before = picture(now)
        now.canvas.fit(now.canvas.surface, HIGH_CONTRAST)
        assert picture(now) != before

    def test_reduced_motion_has_neither_shake_nor_trail(self, sitting: Build) -> None:
        now = sitting.serving()
        now.stage.settings.reduced_motion = True
        now.press(pygame.K_SPACE)
        now.run_until("rally")
        now.game.match = replace(now.game.match, ball=Ball(7.9, 3.0, 20.0, 0.0))
        now.run_until("point")
        now.run(0.02)
        assert now.scene._effects.shake() == (0.0, 0.0)

    def test_shake_stays_within_six_pixels(self, sitting: Build) -> None:
        now = sitting.serving()
        now.press(pygame.K_SPACE)
        now.run_until("rally")
        now.game.match = replace(now.game.match, ball=Ball(7.9, 3.0, 24.0, 0.0))
        largest = 0.0
        for _ in range(60):
            now.run(1 / 120)
            largest = max(largest, *map(abs, now.scene._effects.shake()))
        assert 2.0 < largest <= 6.0


class TestWords:
    """What stands on the screen, read from the calls that draw it."""

    def words(self, now: Build, monkeypatch: pytest.MonkeyPatch) -> str:
        said: list[str] = []
        real = type(now.canvas).text

        def listen(canvas: Any, text: str, *args: Any, **options: Any) -> Any:
            if options.get("alpha", 1.0) > 0.5:
                said.append(text)
            return real(canvas, text, *args, **options)

        monkeypatch.setattr(type(now.canvas), "text", listen)
        now.draw()
        return " / ".join(said).replace("\u200c", "")

    def test_no_source_is_told_with_the_way_out(self, sitting: Build, monkeypatch: pytest.MonkeyPatch) -> None:
        now = sitting(lambda _: ())
        now.feed.state = "no_source"
        now.run(2.5)
        told_first = self.words(now, monkeypatch)
        assert "Press space to play" in told_first
        assert "--source demo" in told_first
        now.press(pygame.K_SPACE)
        now.run(1.5)
        playing = self.words(now, monkeypatch)
        assert "No camera:" in playing
        assert "--source demo" in playing
        assert "Space or click to serve" in playing

    @pytest.mark.parametrize(
        ("players", "hands", "sentence"),
        [
            (1, 0, "Show your hand to start"),
            (2, 0, "Show your hands to start"),
            (2, 1, "Player 2, show your hand on the right"),
        ],
    )
    def test_looking_says_who_is_missing(
        self, sitting: Build, shown: Build, monkeypatch: pytest.MonkeyPatch, players: int, hands: int, sentence: str
    ) -> None:
        now = sitting(lambda _: tuple(shown(x=0.25) for _ in range(hands)), players=players)
        now.run(2.5)
        assert sentence in self.words(now, monkeypatch)

    def test_a_lost_camera_is_not_a_lost_hand(self, sitting: Build, monkeypatch: pytest.MonkeyPatch) -> None:
        now = sitting.serving()
        now.feed.state, now.feed.message = "no_source", "No picture from camera 0: check its cable."
        now.run(1.5)
        said = self.words(now, monkeypatch)
        assert "The camera is gone" in said
        assert "check its cable" in said
        now.feed.state, now.feed.message = "running", ""
        now.run(0.5)
        now.hand["here"] = False
        now.run_until("lost", 8.0)
        now.run(0.6)
        assert "Show your hand to go on" in self.words(now, monkeypatch)

    @pytest.mark.parametrize(
        ("condition", "sentence"), [("dark", "It is too dark to see your hand"), ("far", "Your hand is too far away")]
    )
    def test_a_picture_that_shows_no_hand_says_why(
        self, sitting: Build, monkeypatch: pytest.MonkeyPatch, condition: str, sentence: str
    ) -> None:
        now = sitting(lambda _: ())
        now.feed.condition = condition
        now.run(2.5)
        assert sentence in self.words(now, monkeypatch)

    def test_a_clip_that_is_over_is_no_camera_that_is_gone(
        self, sitting: Build, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = sitting.serving()
        now.hand["here"] = False
        now.feed.state = "ended"
        now.run_until("lost", 8.0)
        now.run(0.6)
        said = self.words(now, monkeypatch)
        assert "The pictures are over" in said
        assert "camera" not in said

    def test_the_serve_hint_fits_who_serves(self, sitting: Build, monkeypatch: pytest.MonkeyPatch) -> None:
        now = sitting.serving()
        now.run(1.0)
        assert "Open your palm to serve" in self.words(now, monkeypatch)
        now.press(pygame.K_s)
        now.run(0.2)
        assert "Space or click to serve" in self.words(now, monkeypatch)

    def test_the_rally_gives_way_to_what_interrupts_it(self, sitting: Build, monkeypatch: pytest.MonkeyPatch) -> None:
        now = sitting.serving()
        now.press(pygame.K_SPACE)
        now.run_until("rally")
        now.game.match = replace(now.game.match, rally=12)
        now.run(0.4)
        assert "12" in self.words(now, monkeypatch).split(" / ")
        now.press(pygame.K_p)
        now.run(0.6)
        assert "12" not in self.words(now, monkeypatch).split(" / ")
