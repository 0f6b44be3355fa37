"""The demo hand: a hand of our own, drawn into ordinary frames that the real tracker then tracks.

Order of the data: `poses` (joint angles) -> `skeleton` (joints in metres) -> `optics` (a camera) ->
`body` (round skin) -> `raster` (depth) -> `shading` and `details` (colour) -> `sensor` (blur, noise) ->
`scene` (one frame with its truth). `script` moves hands in time, `tours` and `trials` are the tables of
scripts, `steering` follows a game's wishes, `source` is the camera, `still` draws single pictures.
"""
