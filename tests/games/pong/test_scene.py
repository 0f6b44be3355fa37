"""The scene on the stage: hands, keys and mouse from event to paddle, every screen drawn, the same game at any rate."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygame
import pytest

from handplay.engine.high_scores import HighScores
from handplay.engine.live.replay_feed import ReplayFeed
from handplay.engine.recording import RecordingHeader, RecordingWriter
from handplay.engine.stage.scene import Scene, is_finished, summary_of
from handplay.games.pong import make_scene
from handplay.games.pong.court import LEFT, RIGHT, Ball

Build = Any
"""The builders of conftest, handed out as fixtures."""


class TestHands:
    def test_show_open_play_lose_return(self, sitting: Build) -> None:
        now = sitting.serving()
        now.run(0.6)
        assert now.game.state == "serve", "a relaxed hand does not serve"
        now.hand["pose"] = "open_palm"
        now.run_until("rally", 1.5)
        now.hand["here"] = False
        now.run(0.4)
        assert now.game.state == "rally"
        now.run_until("lost", 0.5)
        now.hand["here"] = True
        now.run_until("countdown", 0.5)
        now.run_until("rally", 2.5)
        heard = [name for name, _, _ in now.sound.heard]
        assert [name for name in heard if name in ("found", "serve", "lost", "count", "go")] == [
            "found", "serve", "lost", "found", "count", "count", "count", "go",
        ]  # fmt: skip

    @pytest.mark.parametrize(("y", "share"), [(0.30, -0.7857), (0.52, 0.0), (0.66, 0.5), (0.9, 1.0)])
    def test_the_height_of_the_hand_is_the_height_of_the_paddle(self, sitting: Build, y: float, share: float) -> None:
        now = sitting.serving()
        now.hand["y"] = y
        now.run(0.8)
        paddle = now.game.match.paddles[LEFT].y
        assert paddle == pytest.approx(share * now.game.court.paddle_limit, abs=0.03)

    def test_the_paddle_is_beside_the_hand_within_a_tenth_of_a_second(self, sitting: Build, shown: Build) -> None:
        made = sitting(lambda time_s: (shown(y=0.52 + 0.12 * math.sin(4 * time_s)),))
        made.run_until("serve")
        behind = []
        for _ in range(360):
            made.run(1 / 120)
            hand = made.game.seats.paddle_y(0.52 + 0.12 * math.sin(4 * made.simulation.time_s))
            behind.append(abs(made.game.match.paddles[LEFT].y - hand))
        # 4.6 units a second at most: a tenth of a second would be 0.46.
        assert max(behind) < 0.3

    def test_thumbs_up_asks_for_a_rematch(self, sitting: Build) -> None:
        now = sitting.serving()
        now.press(pygame.K_SPACE)
        now.run_until("rally")
        now.game.match = replace(now.game.match, score=(10, 0), ball=Ball(7.9, 0.0, 12.0, 0.0))
        now.run_until("result")
        now.run(1.5)
        assert now.game.state == "result"
        now.hand["pose"] = "thumbs_up"
        now.run_until("serve", 1.0)
        assert now.game.match.score == (0, 0)

    def test_the_longest_rally_is_kept(self, sitting: Build, tmp_path: Path) -> None:
        scores = HighScores(tmp_path / "scores.json")
        now = sitting.serving(scores=scores)
        now.press(pygame.K_SPACE)
        now.run_until("rally")
        ball = Ball(7.9, 0.0, 12.0, 0.0)
        now.game.match = replace(now.game.match, score=(10, 0), ball=ball, longest_rally=23)
        now.run_until("result")
        now.run(0.1)
        assert [row.score for row in scores.best("pong")] == [23]

    def test_bindings_are_the_libraries_to_give(self, sitting: Build) -> None:
        now = sitting.serving(bindings={"fist": "serve", "victory": "pause", "point": "paint"})
        now.hand["pose"] = "open_palm"
        now.run(1.5)
        assert now.game.state == "serve"
        now.hand["pose"] = "point"
        now.run(0.5)
        assert now.game.state == "serve"
        now.hand["pose"] = "fist"
        now.run_until("rally", 1.5)
        now.hand["pose"] = "victory"
        now.run_until("paused", 1.0)

    def test_two_players_each_with_the_own_half(self, sitting: Build, shown: Build) -> None:
        made = sitting(
            lambda time_s: (
                shown(x=0.25, y=0.40, hand_id=1),
                shown(x=0.75, y=0.64, hand_id=2, pose="open_palm" if time_s > 3 else "relaxed"),
            ),
            players=2,
        )
        made.run_until("serve")
        made.run(0.8)
        left, right = (paddle.y for paddle in made.game.match.paddles)
        assert left < -0.8
        assert right > 0.8
        made.run(2.0)
        assert made.game.state == "serve", "the right hand opened, but the left one serves"

    def test_a_source_that_ends_lets_the_hand_go(self, sitting: Build) -> None:
        now = sitting.serving()
        now.feed.state = "ended"
        now.run_until("lost", 1.0)
        now.press(pygame.K_SPACE)
        now.run_until("countdown", 0.5)


class TestKeysAndMouse:
    def test_no_source_plays_on_keys(self, sitting: Build) -> None:
        now = sitting(lambda _: ())
        now.feed.state = "no_source"
        now.run(3.0)
        assert now.game.state == "looking"
        now.press(pygame.K_SPACE)
        now.run_until("serve", 0.5)
        now.press(pygame.K_DOWN, hold=True)
        now.run(0.3)
        now.post(pygame.KEYUP, key=pygame.K_DOWN, mod=0)
        now.run(0.2)
        assert now.game.match.paddles[LEFT].y > 1.5
        now.press(pygame.K_SPACE)
        now.run_until("rally", 0.5)

    def test_a_camera_that_is_plugged_in_later_is_taken(self, sitting: Build, shown: Build) -> None:
        now = sitting(lambda _: (shown(y=0.66),))
        now.feed.state = "no_source"
        now.run(2.0)
        now.press(pygame.K_SPACE)
        now.run_until("serve", 0.5)
        assert now.game.seats[LEFT].control == "keys"
        now.feed.state = "running"
        now.run(0.8)
        assert now.game.seats[LEFT].control == "hand"
        assert now.game.match.paddles[LEFT].y > 1.0

    def test_two_players_have_their_own_keys(self, sitting: Build) -> None:
        now = sitting(lambda _: (), players=2)
        now.press(pygame.K_SPACE)
        now.run_until("serve", 0.5)
        now.press(pygame.K_w, hold=True)
        now.press(pygame.K_DOWN, hold=True)
        now.run(0.4)
        left, right = (paddle.y for paddle in now.game.match.paddles)
        assert left < -1.0
        assert right > 1.0

    def test_keys_are_let_go_with_the_window(self, sitting: Build) -> None:
        now = sitting(lambda _: ())
        now.press(pygame.K_SPACE)
        now.run_until("serve", 0.5)
        now.press(pygame.K_s, hold=True)
        now.run(0.1)
        now.post(pygame.WINDOWFOCUSLOST)
        now.run(0.3)
        held = now.game.match.paddles[LEFT].y
        now.run(0.3)
        assert now.game.match.paddles[LEFT].y == pytest.approx(held, abs=1e-3)

    @pytest.mark.parametrize("size", [(1280, 720), (640, 400), (960, 720), (1680, 720)])
    def test_the_mouse_points_at_the_paddle_at_every_size(self, sitting: Build, size: tuple[int, int]) -> None:
        now = sitting(lambda _: (), size=size)
        now.draw()
        now.run(2.0)
        now.post(pygame.MOUSEMOTION, pos=(100, 100), rel=(0, 50), buttons=(0, 0, 0))
        now.run(0.2)
        assert now.game.state == "looking", "nobody starts a game by bumping into the desk"
        now.post(pygame.MOUSEBUTTONDOWN, pos=(100, 100), button=1)
        now.run_until("serve", 0.5)
        layout = now.scene._view.layout
        _, pos_y = now.canvas.to_px((0.0, layout.y(1.2)))
        now.post(pygame.MOUSEMOTION, pos=(100, round(pos_y)), rel=(0, 50), buttons=(0, 0, 0))
        now.run(0.4)
        assert now.game.match.paddles[LEFT].y == pytest.approx(1.2, abs=0.05)

    def test_a_nudged_mouse_takes_nothing_from_a_hand(self, sitting: Build) -> None:
        now = sitting.serving()
        now.draw()
        now.post(pygame.MOUSEMOTION, pos=(100, 600), rel=(0, 9), buttons=(0, 0, 0))
        now.run(0.1)
        assert now.game.seats[LEFT].control == "hand"
        now.post(pygame.MOUSEMOTION, pos=(100, 600), rel=(0, 30), buttons=(0, 0, 0))
        now.run(0.1)
        assert now.game.seats[LEFT].control == "mouse"

    def test_p_pauses_and_goes_on(self, sitting: Build) -> None:
        now = sitting.serving()
        now.press(pygame.K_p)
        now.run_until("paused", 0.2)
        now.press(pygame.K_p)
        now.run_until("countdown", 0.2)


def told(now: Build) -> tuple[object, ...]:
    game = now.game
    return (game.match, game.flow, game.summary(), tuple(now.sound.heard), now.scene.wishes())


def swing(shown: Build) -> Callable[[float], tuple[Any, ...]]:
    """A hand that goes up and down, opens now and then, and is away for a moment."""

    def script(time_s: float) -> tuple[Any, ...]:
        if 6.0 < time_s < 6.9:
            return ()
        pose = "open_palm" if time_s % 2 < 1 else "relaxed"
        return (shown(y=0.52 + 0.2 * math.sin(1.7 * time_s), pose=pose),)

    return script


def play(made: Build, fps: float, seconds: float = 12.0) -> Build:
    """Plays at a rate of drawing; the slow ones are drawn as well."""
    while made.simulation.time_s < seconds:
        alpha = made.simulation.advance(1 / fps, seconds)
        if fps < 20:
            made.draw(alpha)
    return made


class TestSameGame:
    def test_a_recording_plays_the_same_game_at_every_rate(self, sitting: Build, shown: Build, tmp_path: Path) -> None:
        path = tmp_path / "game.hands.jsonl"
        with RecordingWriter(path, RecordingHeader("made up", 640, 480, 30.0, False)) as writer:
            play(sitting(swing(shown), record=writer.write), 60.0)
        slow, fast = (play(sitting(swing(shown), replay=ReplayFeed(path)), fps) for fps in (17.0, 75.0))
        assert slow.simulation.steps == fast.simulation.steps
        assert slow.game.summary()["hits"] != 0
        assert told(slow) == told(fast)

    def test_another_seed_is_another_game(self, sitting: Build, shown: Build) -> None:
        one, two = (play(sitting(swing(shown), seed=seed), 60.0) for seed in (5, 6))
        assert told(one) != told(two)


class TestDemonstration:
    def test_wishes_lead_through_a_whole_point(self, sitting: Build, shown: Build) -> None:
        made = sitting(lambda _: ())
        # The hand is where the scene wished it to be: a steered source without its delay.

        def obey(_: float) -> tuple[Any, ...]:
            (wish,) = made.scene.wishes() or (None,)
            if wish is None or wish.pose == "away":
                return ()
            return (shown(x=wish.x, y=wish.y, pose=wish.pose, handedness=wish.handedness),)

        made.script = obey
        made.run(30.0)
        assert made.game.summary()["rallies"] >= 1
        assert made.game.summary()["hits"] >= 3

    def test_two_players_give_two_wishes_in_their_halves(self, sitting: Build) -> None:
        made = sitting(lambda _: (), players=2)
        made.run(2.5)
        left, right = made.scene.wishes()
        assert left.x < 0.5 < right.x
        assert left.handedness != right.handedness

    def test_the_result_ends_in_a_thumb(self, sitting: Build) -> None:
        now = sitting.serving()
        now.game.match = replace(now.game.match, winner=RIGHT)
        now.game.flow = replace(now.game.flow, state="result", since_s=now.game.now_s)
        now.run(3.0)
        assert now.scene.wishes()[0].pose == "thumbs_up"


def test_the_summary_is_json(sitting: Build) -> None:
    now = sitting.serving()
    assert json.loads(json.dumps(now.scene.summary())) == {
        "score": [0, 0], "rallies": 0, "longest_rally": 0, "hits": 0, "state": "serve",
    }  # fmt: skip


def test_the_public_way_in(sitting: Build) -> None:
    stage = sitting(lambda _: ()).stage
    scene: Scene = make_scene(stage, players=2, difficulty="hard", bindings={"fist": "serve"})
    assert summary_of(scene)["score"] == [0, 0]
    assert not is_finished(scene)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"players": 3}, "got 3 players"), ({"difficulty": "brutal"}, "got difficulty 'brutal'")],
)
def test_wrong_options_are_named(sitting: Build, options: dict[str, Any], message: str) -> None:
    stage = sitting(lambda _: ()).stage
    with pytest.raises(ValueError, match=message):
        make_scene(stage, **options)
