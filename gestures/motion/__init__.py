"""Gestures of movement: `trail` -> `stroke`, `loop`, `wave`, `depth`, `carry`, `recorded` -> `table`.

A `Trail` is the last seconds of one hand. Each detector looks for one kind of movement in it and tells a `Found`; the
`MotionTable` gives those to the rows of a library that ask for them. `pair` does the same for two hands. What a
gesture then does over time is the table in `handplay.gestures.phases`, as for every other kind.
"""
