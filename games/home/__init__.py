"""The home screen: what there is to play, the settings, the guide, and the shell that leads from one to another.

`entries` (what can be chosen) -> `home` (the tiles, drawn by `pictures`) -> `shell` (one scene after another on the
same stage); `settings` and `guide` are scenes like the games, and change the player's `engine.preferences`.
"""
