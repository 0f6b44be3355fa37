"""The games. Each folder holds `rules` (pure: no pygame, no hands) and `scene` (pygame, hand events)."""
