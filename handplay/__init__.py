"""handplay: any webcam becomes a game controller.

Data runs one way: sources -> tracking -> gestures -> events -> scenes.

- `handplay.engine`: sources, the hand tracker, the live threads, pygame events, the stage for scenes
- `handplay.gestures`: finger states and the gesture table
- `handplay.games`: the games
"""

__version__ = "0.1.0"
