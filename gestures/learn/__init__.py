"""Learning gestures from examples.

`tables` (landmark tables) -> `features` -> `templates`, `rules` and other forms, with `augment` between, judged by
`evaluation`.
"""
