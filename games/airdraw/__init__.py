"""Air drawing: the drawing is a vector document that knows neither hands nor the stage.

Plane: an endless sheet, x right, y down; 1 is the height of the canvas at zoom 1, the origin its centre. `View` maps
it to a window. Pen samples go into a `LiveStroke` (curve fitting, steady at rest), which ends as a frozen `Stroke`; a
`Drawing` puts it into the `Document`, the undo `History` and the `Journal` (autosave). A `Painter` keeps a surface true
to the document in slices of time, and each frame draws what is new of the strokes in progress:

    drawing = Drawing.start()                      # journal in the data folder; drawing.problem is a sentence or ""
    painter = Painter(size_px, View(), drawing.document)
    live = LiveStroke("pen", colour, width, layer=drawing.layer)
    live.add(x, y, time_s)                         # plane; view.to_plane(x_px, y_px, size_px)
    painter.extend(live)                           # every frame, any number of live strokes at once
    stroke = live.finish(until_s)                  # None if there is nothing to keep; live.cancel() drops it
    painter.finish(live)                           # its preview goes
    drawing.add(stroke)                            # one undo step, autosaved
    painter.paint(drawing.document, budget_s=0.004)    # once a frame; True when all is sharp
    painter.blit(target)                           # `painter.dirty` are the rectangles that changed

`strokes`, `tools`, `stickers` -> `bezier`, `paths`, `fitting`, `live_stroke` -> `shapes` (snap) -> `document`,
`history`, `codec`, `journal`, `opening`, `files` -> `raster`, `sketch`, `painting`, `export_svg`, `export_png`,
`export_replay`. Only `painting` imports pygame.

On top of it: `pen_reach`, `pen_contact`, `pen_ink`, `pen` (hands become strokes) -> `game`, `palette`, `layout`,
`controls` (a sitting and its actions) -> `scene*`, `screens`, `cursor`, `palette_view` (the stage). `scene_start` makes
the scene.
"""

from __future__ import annotations

__all__ = ["ACTIONS"]

ACTIONS = (
    "undo", "redo", "clear", "confirm", "save", "film", "view:reset",
    *(f"tool:{tool}" for tool in (
        "pen", "brush", "highlighter", "eraser", "fill", "sticker", "line", "arrow", "rectangle", "ellipse", "triangle",
    )),
    *(f"colour:{colour}" for colour in (
        "ink", "white", "coral", "orange", "yellow", "green", "aqua", "blue", "violet", "pink", "brown", "grey",
    )),
    *(f"sticker:{name}" for name in (
        "star", "heart", "sun", "moon", "cloud", "drop", "bolt", "flower", "smile", "check", "spark",
    )),
    *(f"width:{number}" for number in range(5)),
    "pressure:speed",
    "pressure:depth",
    *(f"canvas:{paper}" for paper in ("camera", "white", "black")),
    *(f"layer:{what}" for what in ("new", "next", "hide")),
)  # fmt: skip
"""What gestures can be bound to; written out, so that a gesture file can be checked without loading the game."""
