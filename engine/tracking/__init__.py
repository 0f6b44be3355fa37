"""The hand tracker: picture in, hands out. No threads, no pygame, no clock.

`models` finds and verifies the model files, `runtime` runs them; then in the order of the data:
`palm` (detection) -> `roi` -> `crop` -> `keypoints` -> `smoothing`; `tracker` holds the named steps together.
"""
