"""Pong by hand: `rules` (ball, paddles, score), `opponent` (the AI), `scene` (what is seen and heard)."""
