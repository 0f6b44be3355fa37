"""Where pictures come from: one protocol (`base`), one file a kind of source.

`spec` turns the `--source` text into a source; `camera`, `video`, `images`, `network` read the real world;
`demo/` renders the demo hand. Sources know nothing of threads, tracking or pygame.
"""
