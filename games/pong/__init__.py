"""Pong by hand: court and flight -> rules -> players and opponent -> flow -> scene.

`court`, `flight` and `rules` are the game itself, `opponent` plays it, `players` turns hands, keys and mouse into
paddle targets, `flow` is the table of screens. Only `scene` and what it draws with know pygame.
"""
