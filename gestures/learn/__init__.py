"""Learning gestures from examples.

A table: `tables` -> `training` (`rules` for words, `prototypes` and `weights` for templates, `augment` between), judged
by `evaluation`. A recording: `sampling` and `performances` -> `recorder` -> `recorded`, judged by `separation`. Both
compare hands by `features` and `metric`; `templates` does so while a game runs and imports nothing of the rest.
"""
