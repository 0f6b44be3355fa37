"""Where pictures come from: one protocol (`base`), one file a kind of source.

`spec` turns the `--source` text into a source; `camera` (with `camera_device`, `camera_list`), `video`, `images` and
`network` (with `mjpeg`, `multipart`, `ffmpeg_stream`) read the real world; `demo/` renders the demo hand. `opencv`
keeps OpenCV quiet, `scaling` says what `--width` and `--height` do. Sources know nothing of tracking, games or pygame.
"""
