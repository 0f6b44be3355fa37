"""Curves end where they should, and motion does not depend on how time is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine.stage.motion import Fade, Spring, breathe, ease_in_out, ease_out


@pytest.mark.parametrize("ease", [ease_out, ease_in_out])
def test_easing_goes_from_nought_to_one_and_never_back(ease: object) -> None:
    assert callable(ease)
    values = [ease(share / 100) for share in range(-10, 111)]
    assert values[0] == 0.0
    assert values[-1] == 1.0
    assert values == sorted(values)


@given(st.floats(0.2, 1.0), st.floats(1.0, 8.0), st.lists(st.floats(0.001, 0.05), min_size=1, max_size=12))
def test_a_spring_ends_at_the_same_place_in_one_step_or_many(damping: float, hertz: float, parts: list[float]) -> None:
    whole = Spring(0.0, 1.0, hertz, damping, velocity=2.0)
    whole.update(sum(parts))
    cut = Spring(0.0, 1.0, hertz, damping, velocity=2.0)
    for part in parts:
        cut.update(part)
    assert cut.value == pytest.approx(whole.value, abs=1e-6)
    assert cut.velocity == pytest.approx(whole.velocity, abs=1e-4)


def test_a_spring_arrives() -> None:
    spring = Spring(target=5.0)
    spring.update(2.0)
    assert spring.value == pytest.approx(5.0, abs=1e-3)


def test_a_fade_turns_half_way_without_a_jump() -> None:
    fade = Fade(on=True, duration_s=0.2)
    fade.update(0.1)
    half = fade.value
    fade.on = False
    fade.update(0.001)
    assert 0.0 < half < 1.0
    assert abs(fade.value - half) < 0.02
    fade.update(1.0)
    assert fade.value == 0.0


def test_breathing_starts_and_ends_low() -> None:
    assert breathe(0.0) == breathe(2.4) == pytest.approx(0.0)
    assert breathe(1.2) == pytest.approx(1.0)
