"""From a hand to gestures: `fingers` (states) -> `measures` -> `conditions` -> `recognizer` (the table).

Knows `handplay.engine.hands` and nothing else of the engine: no pictures, no pygame, no threads.
The built-in gestures are rows of `builtin.json`, read by `library` in the same format users write.
"""
